"""Pages written by hand: footnotes that resolve, links that lead somewhere, and no HTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator
from functools import cached_property

from annotated_archive.check.scope import Scope
from annotated_archive.graph import Graph
from annotated_archive.records.authority import FOLDERS
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import DocFile

_CODE = re.compile(r"^(```|~~~).*?^\1\s*$|`[^`\n]+`", re.S | re.M)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\](:?)")
_LINK = re.compile(
    r"\]\(\s*<?([^)\s>]*)>?[^)]*\)|^ {0,3}\[[^\]^]+\]:\s*<?(\S+?)>?(?:\s|$)|<([a-z][a-z0-9+.-]*:[^>\s]*)>", re.M
)
_HTML = re.compile(r"<(?:[a-z][a-z0-9-]*(?=[\s/>])|/[a-z]|!--|!\[|\?)", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)


def check(graph: Graph, scope: Scope) -> Iterator[Diagnostic]:
    """All findings about hand-written pages."""
    pages = _Pages(graph)
    for doc in graph.archive.docs.values():
        if doc.path not in scope:
            continue
        text = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), doc.text)
        yield from _footnotes(graph, doc, text)
        yield from _links(graph, doc, text, pages)
        for match in _HTML.finditer(text):
            yield _at(doc, match.start(), "DOC-HTML", f"HTML: {one_line(match.group())}", "Write Markdown.")


def _at(doc: DocFile, offset: int, rule: str, message: str, mend: str) -> Diagnostic:
    before = doc.text[:offset]
    line, column = doc.text_line + before.count("\n"), offset - before.rfind("\n")
    return Diagnostic(doc.path, line, column, rule, message, mend)


def _footnotes(graph: Graph, doc: DocFile, text: str) -> Iterator[Diagnostic]:
    defined = {m.group(1) for m in _FOOTNOTE.finditer(text) if m.group(2)}
    for match in _FOOTNOTE.finditer(text):
        name = match.group(1)
        if name not in defined and name not in graph.archive.works and name not in graph.archive.articles:
            yield _at(
                doc, match.start(), "DOC-CITE", f"no work or article {one_line(name)}",
                "Mend the id, or add the work to archive/bibliography.yml.",
            )  # fmt: skip


def _links(graph: Graph, doc: DocFile, text: str, pages: Container[str]) -> Iterator[Diagnostic]:
    for match in _LINK.finditer(text):
        target, at = next((text, match.start(n)) for n, text in enumerate(match.groups(), 1) if text is not None)
        scheme = _SCHEME.match(target)
        if scheme:
            if scheme.group(1).lower() not in ("http", "https", "mailto"):
                yield _at(doc, at, "DOC-LINK", f"address {one_line(target)}", "Use http, https or mailto.")
            continue
        path = target.partition("#")[0]
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(doc.name), path))
        if path and goal not in pages and not _is_asset(graph, goal):
            yield _at(
                doc, at, "DOC-LINK", f"there is no page {one_line(path)}",
                "Link relative to this page, ending in `.md`.",
            )  # fmt: skip


def _is_asset(graph: Graph, path: str) -> bool:
    """Whether `path` is a file beside the pages, such as a picture."""
    if path.endswith(".md") or path.startswith(("/", "..")):
        return False
    return (graph.archive.root / "docs" / path).is_file()


class _Pages:
    """The paths of all pages. Those of what was said, for which all claims must be read, only if one is asked for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __contains__(self, path: object) -> bool:
        return path in self._most or (str(path).startswith("said/") and path in _said(self._graph))

    @cached_property
    def _most(self) -> set[str]:
        return _without_said(self._graph)


def page_paths(graph: Graph) -> set[str]:
    """The Markdown paths of all pages, written and generated; of a list in parts, the first."""
    return _without_said(graph) | _said(graph)


def _said(graph: Graph) -> set[str]:
    return {
        f"said/{claim.event}-{claim.measure}.md"
        for file in graph.claims.values()
        if (claim := file.record.claim) and claim.measure and claim.event in graph.entities
    }


def _without_said(graph: Graph) -> set[str]:
    archive = graph.archive
    paths = {*archive.docs, *(f"articles/{identifier}.md" for identifier in archive.articles)}
    paths |= {f"{FOLDERS[entity.kind]}/{identifier}.md" for identifier, entity in graph.entities.items()}
    paths |= {f"{folder}/index.md" for folder in (*FOLDERS.values(), "articles", "sources")}
    paths |= {f"annotations/{name}.md" for name in ("index", "questions", "changes", "contributors")}
    paths |= {f"questions/{identifier}.md" for identifier in archive.questions}
    return paths | {"timeline.md", "bibliography.md", "custody.md", "rules.md", "search.md", "said/index.md"}
