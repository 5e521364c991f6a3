"""Findings in the forms that people and programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict

from annotated_archive.records.diagnostic import ERROR, Diagnostic, harmless


def text(diagnostics: Iterable[Diagnostic]) -> str:
    """One line a finding: `FILE:LINE:COLUMN: RULE message`, and how to mend it."""
    return "".join(f"{diagnostic}\n" for diagnostic in diagnostics)


def github(diagnostics: Iterable[Diagnostic]) -> str:
    """GitHub workflow commands, which show a finding beside its line in a pull request."""

    def data(value: str) -> str:
        return harmless(value).replace("%", "%25")

    def field(value: str) -> str:
        return data(value).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{'error' if d.severity == ERROR else 'warning'} file={field(d.path)},line={d.line},col={d.column},"
        f"title={field(d.rule)}::{data(d.words)}\n"
        for d in diagnostics
    )


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects: path, line, column, rule, message, mend, severity."""
    found = [asdict(d) for d in diagnostics]
    for one in found:
        one |= {key: harmless(value) for key, value in one.items() if isinstance(value, str)}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings as Markdown, for a job's summary page (hosts cut annotations off after ten)."""
    rows = [
        f"| <code>{_cell(d.path)}:{d.line}:{d.column}</code> | {d.rule} | {_cell(d.message)} | {_cell(d.mend)} |"
        for d in diagnostics
    ]
    if not rows:
        return "## archive check\n\nNo findings.\n"
    many = f"{len(rows)} finding{'' if len(rows) == 1 else 's'}."
    head = ["## archive check", "", many, "", "| where | rule | what | mend |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _cell(value: str) -> str:
    """`value` in a table's cell, where nothing of it is Markdown or HTML."""
    return re.sub(r"[&<>|`*_~\[\]\\]", lambda m: f"&#{ord(m.group())};", harmless(value))


REPORTERS: dict[str, Callable[[Iterable[Diagnostic]], str]] = {"text": text, "github": github, "json": as_json}
