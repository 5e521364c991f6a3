"""Runs every rule over an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotated_archive.check import annotations, docs, names, originals, references, texts
from annotated_archive.graph import Graph, resolve
from annotated_archive.records.diagnostic import ERROR, Diagnostic
from annotated_archive.store import load


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
        *archive.problems,
        *references.check(graph),
        *texts.check(archive),
        *originals.check(archive),
        *names.check(graph),
        *annotations.check(graph),
        *docs.check(graph),
    ]
    return CheckResult(tuple(sorted(set(findings))), graph)
