"""Annotations as collections of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/, section 5).

One collection for each article with annotations, and one for the site, in pages of at most 1,000. What was withdrawn or
removed is in neither. The first page of a collection is in the file of the collection. But where the site has more than
one page of annotations, its collection has none of them in it: each article and work then has a page of its own in that
collection, so that an annotation changes the files of its article and no others.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotated_archive.exports.annotation import CONTEXT, Addresses, annotation
from annotated_archive.graph import Graph
from annotated_archive.graph.tracing import Key, Traced, traced
from annotated_archive.store import AnnotationFile

FOLDER = "annotations"
ALL = "all"
"""The name of the site's collection. No article has this id; the ids of articles begin with a date or an outlet."""
PAGE = 1000
"""Annotations on one page of a collection."""
WORK = "work_"
"""What the name of a work's page begins with: no id has such a sign in it."""
_PUBLIC = ("open", "disputed")


def collection_of(article: str) -> str:
    """The path on the site of an article's collection; of the site's own for `all`."""
    return f"{FOLDER}/{article}.jsonld"


@dataclass(frozen=True)
class Job:
    """A file that can be made: its path on the site, and what gives its text."""

    path: str
    make: Callable[[], str] = field(repr=False)


class Collections:
    """Every file of every collection, each of which can be made by itself. The arguments are those of `exports.jobs`.

    What a file says is read of the traced graph. Which pages there are, and of how many annotations, is asked in
    queries: so each file depends on its own part of the answer.
    """

    def __init__(
        self, graph: Graph, name: str, base: str, say: Callable[[AnnotationFile], str], listed: Callable[[str], str]
    ) -> None:
        self._graph, self._site, self._say = traced(graph), name, say
        self._addresses = Addresses(self._graph, base, listed)
        self._last: tuple[str, list[str], set[Key]] = ("", [], set())
        counts = self._counts()
        self._names = {of: [_numbered(of, n) for n in range(-(-count // PAGE))] for of, count in counts.items()}
        total = sum(counts.values())
        self._parted = total > PAGE
        pages = [f"{ALL}.{page}" for names in self._names.values() for page in names]
        around = {page: (before, after) for before, page, after in zip(["", *pages], pages, [*pages[1:], ""])}  # noqa: B905
        ends = (pages[0], pages[-1]) if pages else ("", "")
        query = self._graph.query
        query("exports", lambda _: (name, base))
        self._count = query("annotations counted", lambda of: total if of == ALL else counts.get(of, 0))
        self._beside = query("annotations around", lambda page: around.get(page, ("", "")))
        self._first_and_last = query("annotations from and to", lambda _: ends)
        self._order = query("annotations in order", lambda _: list(counts))
        self._of_work = query("annotations of work", lambda work: self._works.get(work, []))

    @cached_property
    def _works(self) -> dict[str, list[AnnotationFile]]:
        """What the pages of works are called → their annotations in the order of their ids, without replies."""
        found: dict[str, list[AnnotationFile]] = defaultdict(list)
        for _, file in sorted(self._graph.archive.annotations.items()):
            if file.record.work and not file.record.parent:
                found[_whose(file)].append(file)
        return dict(found)

    def _counts(self) -> dict[str, int]:
        """How many annotations go out: of each article by date, and of each work by id, where there are any."""
        found: dict[str, int] = defaultdict(int)
        for file in self._graph.archive.annotations.values():
            if not file.parent:
                found[_whose(file)] += sum(1 for _ in _threads(self._graph, [file]))
        articles = (article.id for article in self._graph.articles)
        order = [*articles, *sorted(of for of in found if of.startswith(WORK))]
        return {of: found[of] for of in order if found.get(of)}

    def jobs(self) -> Iterator[Job]:
        """All files: those of each article, then those of the site."""
        for of, names in self._names.items():
            if of != ALL and not of.startswith(WORK):
                yield from (self._job(name, self._own, of, number) for number, name in enumerate(names))
            if self._parted:
                yield from (self._job(f"{ALL}.{name}", self._part, of, number) for number, name in enumerate(names))
        yield self._job(ALL, self._all)

    def _job(self, name: str, make: Callable[..., str], *given: Any) -> Job:
        def made() -> str:
            self._graph.note("exports")
            return make(name, *given)

        return Job(collection_of(name), made)

    def _own(self, name: str, article: str, number: int) -> str:
        """A file of an article's collection: the collection with its first page, or another page."""
        record = self._graph.archive.articles[article].record
        count = self._count(article)
        whole = self._whole(article, f"Annotations of “{record.title}”", count)
        items = self._items(article)[number * PAGE : (number + 1) * PAGE]
        last = -(-count // PAGE) - 1
        ids = [f"{whole['id']}#page-1", *(self._id(_numbered(article, n)) for n in range(1, last + 1))]
        page = {"id": ids[number], "type": "AnnotationPage", "partOf": whole, "startIndex": number * PAGE}
        page |= {"prev": ids[number - 1]} if number else {}
        page |= {"next": ids[number + 1]} if number < last else {}
        page["items"] = []
        return _text(page if number else whole | {"first": page, "last": ids[last]}, items)

    def _part(self, name: str, of: str, number: int) -> str:
        """A page of the site's collection. It says nothing that changes with the annotations of others."""
        before, after = self._beside(name)
        part_of = {"id": self._id(ALL), "type": "AnnotationCollection", "label": self._label}
        page = {"id": self._id(name), "type": "AnnotationPage", "partOf": part_of}
        page |= {"prev": self._id(before)} if before else {}
        page |= {"next": self._id(after)} if after else {}
        return _text(page | {"items": []}, self._items(of)[number * PAGE : (number + 1) * PAGE])

    def _all(self, name: str) -> str:
        """The site's collection."""
        total = self._count(ALL)
        whole = self._whole(ALL, self._label, total)
        if total > PAGE:
            first, last = self._first_and_last("*")
            return _text(whole | {"first": self._id(first), "last": self._id(last)}, [])
        if not total:
            return _text(whole, [])
        page = {"id": f"{whole['id']}#page-1", "type": "AnnotationPage", "partOf": whole, "startIndex": 0, "items": []}
        items = [line for of in self._order("*") for line in self._items(of)]
        return _text(whole | {"first": page, "last": page["id"]}, items)

    @property
    def _label(self) -> str:
        return f"All annotations of {self._site}"

    def _id(self, name: str) -> str:
        return self._addresses.file(collection_of(name))

    def _whole(self, name: str, label: str, total: int) -> dict[str, Any]:
        return {"id": self._id(name), "type": "AnnotationCollection", "label": label, "total": total}

    def _items(self, of: str) -> list[str]:
        """The annotations of an article or work as JSON, which take a line each.

        Those that were asked for last are at hand: they stand in two files. What was read for them is noted each time.
        """
        last, lines, read = self._last
        if last != of:
            graph = self._graph
            with graph.noting() as read:
                if of.startswith(WORK):
                    roots = self._of_work(of)
                else:
                    roots = [annotated.file for annotated in graph.annotations.get(of, ())]
                found = (annotation(graph, self._addresses, file, self._say) for file in _threads(graph, roots))
                lines = [json.dumps(one, ensure_ascii=False) for one in found]
            self._last = of, lines, read
        for key in read:
            self._graph.note(*key)
        return lines


def _whose(file: AnnotationFile) -> str:
    """The article that carries an annotation, or the work, with what tells works apart from articles."""
    return file.article or f"{WORK}{file.brief.work}"


def _numbered(name: str, number: int) -> str:
    """The name of a page, of which there are several."""
    return f"{name}.{number + 1}" if number else name


def _threads(graph: Traced, roots: list[AnnotationFile]) -> Iterator[AnnotationFile]:
    """The annotations that are public, each before its replies. Replies to what is not public are not public either."""
    waiting = [file for file in reversed(roots) if file.status in _PUBLIC]
    while waiting:
        file = waiting.pop()
        yield file
        waiting += [reply for reply in reversed(graph.replies(file.id)) if reply.status in _PUBLIC]


def _text(data: dict[str, Any], items: list[str]) -> str:
    """The file: its own keys indented, and the page's items, where it has one, a line each."""
    head = json.dumps({"@context": CONTEXT} | data, ensure_ascii=False, indent=1) + "\n"
    return head.replace('"items": []', '"items": [\n' + ",\n".join(items) + "\n]") if items else head
