"""Names that editors turned down: each once, in order, and none that the archive knows by now."""

from __future__ import annotations

from collections.abc import Iterator

from annotated_archive.check.scope import Scope
from annotated_archive.graph import Graph
from annotated_archive.names.forms import key, spellings
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store.dismissed import DISMISSED, order, read_dismissed


def check(graph: Graph, scope: Scope) -> Iterator[Diagnostic]:
    """All findings about archive/dismissed.yml."""
    if DISMISSED not in scope:
        return
    file = read_dismissed(graph.archive.root)
    yield from file.problems
    if not file.entries:
        return
    known = {key(text): entity.id for entity in graph.entities.values() for text, _ in spellings(entity)}
    lines: dict[tuple[str, str | None], int] = {}
    before = None
    for entry, (line, column) in zip(file.entries, file.places, strict=True):
        form, same = one_line(entry.form), (key(entry.form), entry.language)
        if same in lines or (same[0], None) in lines:
            first = lines.get(same, lines.get((same[0], None)))
            yield Diagnostic(
                DISMISSED, line, column, "DISMISSED-DUPLICATE", f"{form} stands already in line {first}", "Keep one."
            )
        elif before is not None and order(entry) < before:
            yield Diagnostic(
                DISMISSED, line, column, "DISMISSED-ORDER", f"{form} stands after a form that comes later",
                "Run `archive fmt`.",
            )  # fmt: skip
        if entity := known.get(same[0]):
            yield Diagnostic(
                DISMISSED, line, column, "DISMISSED-KNOWN", f"{form} is a form of {one_line(entity)} by now",
                "Remove the entry.",
            )  # fmt: skip
        lines.setdefault(same, line)
        before = order(entry)
