"""Runs every rule over an archive, or over some of its files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.check import (
    claims,
    copied,
    dismissed,
    docs,
    files,
    names,
    notes,
    originals,
    references,
    rights,
    texts,
)
from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.nearest import Nearest
from annotated_archive.check.scope import ANNOTATIONS, Scope
from annotated_archive.graph import Graph, resolve
from annotated_archive.names import Matcher, article_mentions
from annotated_archive.records.collecting import uncollected
from annotated_archive.records.diagnostic import ERROR, Diagnostic, one_line
from annotated_archive.records.stages import stage
from annotated_archive.store import Archive, load

_OF_THE_WHOLE = {"BIB-UNUSED", "LINK-STALE"}
_OF_ANNOTATIONS = {"CLAIM-UNKNOWN", "NOTE-REPLY"}
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


def run(root: Path, paths: Collection[str] | None = None, private: bool = False) -> CheckResult:
    """Check the archive in the folder `root`. Never raises for content.

    `paths` names files relative to `root`: only what is found in them is given (and in what stands and falls with them,
    see `Scope`), in a fraction of the time. The graph then holds the mentions of these articles alone. With `private`,
    withheld texts that lie in `private/` are checked too, and are in the graph: it is not one to publish.
    """
    scope = Scope(root) if paths is None else Scope.of(root, paths)
    with uncollected():
        return _checked(_read(root, scope, private), scope)


def read(root: Path, private: bool = False) -> Graph:
    """The resolved archive in the folder `root`, which `checked` checks. Never raises for content."""
    with uncollected():
        return _read(root, Scope(root), private)


def checked(graph: Graph) -> CheckResult:
    """All that `run` finds in an archive that was read by `read`."""
    with uncollected():
        return _checked(graph, Scope(graph.archive.root))


def _read(root: Path, scope: Scope, private: bool) -> Graph:
    with stage("load"):
        archive = load(root, scope.annotations, private)
    with stage("link"):
        return resolve(archive) if scope.paths is None else _resolved(archive, scope)


def _checked(graph: Graph, scope: Scope) -> CheckResult:
    archive = graph.archive
    inputs, memory = Inputs(archive), Memory(archive, scope.paths is None)
    annotations = [identifier for identifier, file in archive.annotations.items() if file.path in scope]
    near = Nearest(archive.entities)
    near_work = Nearest([*archive.works, *archive.articles])
    findings = [
        *files.check(archive.root, scope),
        *references.check(graph, scope, near, near_work, inputs, memory),
        *texts.check(archive, scope, inputs, memory),
        *originals.check(archive, scope, inputs, memory),
        *rights.check(archive, scope, inputs, memory),
        *copied.check(archive),
        *names.check(graph, scope, inputs, memory),
        *dismissed.check(graph, scope),
        *notes.check(graph, annotations, scope, near_work, inputs, memory),
        *claims.check(graph, annotations, near, inputs, memory),
        *docs.check(graph, scope),
    ]
    memory.save()
    found = {*archive.problems, *_own(archive, findings)}
    return CheckResult(tuple(sorted(finding for finding in found if finding.path in scope)), graph)


def _resolved(archive: Archive, scope: Scope) -> Graph:
    """The graph with the mentions of the articles in the scope; what leads to an entity from elsewhere is left out."""
    matcher = Matcher(file.record for file in archive.entities.values())
    articles = [article for article in archive.articles.values() if article.path in scope]
    mentions = {article.record.id: article_mentions(matcher, archive, article) for article in articles}
    return Graph(archive, matcher, mentions, {}, {})


def _own(archive: Archive, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that stand on their own.

    One slip that makes a file unreadable must not be drowned in what follows from it: references to the record that
    could not be read, and lists and uses that only the whole record can judge.
    """
    paths = {problem.path for problem in archive.problems}
    annotations = {path for path in paths if path.startswith(f"{ANNOTATIONS}/")}
    others = paths - annotations
    stems = {Path(path).stem for path in annotations}
    unread = [one_line(identifier) for identifier in archive.unread - stems]
    unread_annotations = [one_line(identifier) for identifier in stems - archive.annotations.keys()]
    for finding in findings:
        if finding.rule in _OF_THE_WHOLE and others:
            continue
        if finding.rule in _OF_ANOTHER and any(name in finding.message for name in (*unread, *others)):
            continue
        if finding.rule in _OF_ANNOTATIONS and any(name in finding.message for name in unread_annotations):
            continue
        yield finding
