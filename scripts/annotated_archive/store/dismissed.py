"""Reads archive/dismissed.yml, and says what it holds in its canonical form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from annotated_archive.records import yamlio
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.dismissed import Dismissed
from annotated_archive.store.files import read_text
from annotated_archive.store.validating import validated

DISMISSED = "archive/dismissed.yml"
HEADER = "# yaml-language-server: $schema=schema/dismissed.json\n"


@dataclass(frozen=True)
class DismissedFile:
    """The entries in the order of the file, each with the line and column of its form; and what cannot be read."""

    entries: tuple[Dismissed, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    document: yamlio.Document = field(default_factory=lambda: yamlio.Document([]))
    text: str = ""
    problems: tuple[Diagnostic, ...] = ()


def read_dismissed(root: Path) -> DismissedFile:
    """The names that editors turned down; nothing where there is no such file. Never raises for content."""
    if not (root / DISMISSED).exists():
        return DismissedFile()
    try:
        text = read_text(root / DISMISSED, DISMISSED)
        document = yamlio.read(text, DISMISSED)
    except ContentError as error:
        return DismissedFile(problems=error.diagnostics)
    if not isinstance(document.data, list):
        wrong = Diagnostic(DISMISSED, 1, 1, "SCHEMA", "not a list of names.", "Begin each entry with `- form:`.")
        return DismissedFile(problems=(wrong,))
    entries: list[Dismissed] = []
    places: list[tuple[int, int]] = []
    problems: list[Diagnostic] = []
    for number in range(len(document.data)):
        try:
            entries.append(validated(Dismissed, document, DISMISSED, (number,)))
            places.append(document.place((number, "form")))
        except ContentError as error:
            problems += error.diagnostics
    return DismissedFile(tuple(entries), tuple(places), document, text, tuple(problems))


def order(entry: Dismissed) -> tuple[str, str]:
    """How entries stand: by form, then by language."""
    return entry.form, entry.language or ""


def dismissed_text(entries: Iterable[Dismissed]) -> str:
    """The file's text."""
    return HEADER + yamlio.write([plain(entry) for entry in sorted(entries, key=order)])
