"""Runs every rule over an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.check import docs, names, notes, originals, references, texts
from annotated_archive.graph import Graph, resolve
from annotated_archive.records.diagnostic import ERROR, Diagnostic, one_line
from annotated_archive.store import Archive, load

_OF_THE_WHOLE = {"BIB-UNUSED", "LINK-STALE"}
_OF_ANOTHER = {"REF-UNKNOWN", "CITE-UNKNOWN", "NOTE-ARTICLE", "DOC-CITE", "DOC-LINK", "LEDGER-MISSING"}


@dataclass(frozen=True)
class CheckResult:
    """All findings, sorted by place, and the resolved archive (of those records that could be read)."""

    diagnostics: tuple[Diagnostic, ...]
    graph: Graph

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(diagnostic.severity == ERROR for diagnostic in self.diagnostics)


def run(root: Path) -> CheckResult:
    """Check the archive in the folder `root`. Never raises for content."""
    archive = load(root)
    graph = resolve(archive)
    findings = [
        *references.check(graph),
        *texts.check(archive),
        *originals.check(archive),
        *names.check(graph),
        *notes.check(graph),
        *docs.check(graph),
    ]
    findings = [*archive.problems, *_own(archive, findings)]
    return CheckResult(tuple(sorted(set(findings))), graph)


def _own(archive: Archive, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that stand on their own.

    One slip that makes a file unreadable must not be drowned in what follows from it: references to the record that
    could not be read, and lists and uses that only the whole record can judge.
    """
    paths = {problem.path for problem in archive.problems}
    unread = {one_line(identifier) for identifier in archive.unread}
    for finding in findings:
        if finding.rule in _OF_THE_WHOLE and paths:
            continue
        if finding.rule in _OF_ANOTHER and any(name in finding.message for name in (*unread, *paths)):
            continue
        yield finding
