"""Annotations as collections of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/, section 5).

One collection for each article with annotations, and one for the site, in pages of at most 1,000. What was withdrawn or
removed is in neither.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from annotated_archive.exports.annotation import CONTEXT, Addresses, annotation
from annotated_archive.graph import Graph
from annotated_archive.store import AnnotationFile

FOLDER = "annotations"
ALL = "all"
"""The name of the site's collection. No article has this id; the ids of articles begin with a date or an outlet."""
PAGE = 1000
"""Annotations on one page of a collection."""
_PUBLIC = ("open", "disputed")


def collection_of(article: str) -> str:
    """The path on the site of an article's collection; of the site's own for `all`."""
    return f"{FOLDER}/{article}.jsonld"


def all_collections(
    graph: Graph, name: str, base: str, say: Callable[[AnnotationFile], str]
) -> Iterator[tuple[str, str]]:
    """Every file of every collection: path on the site, text. See `exports.files`."""
    addresses = Addresses(graph, base)
    everything: list[str] = []
    for article in graph.articles:
        roots = [annotated.file for annotated in graph.annotations.get(article.record.id, ())]
        items = [_line(annotation(graph, addresses, file, say)) for file in _threads(graph, roots)]
        everything += items
        if items and article.record.id != ALL:
            yield from _files(addresses, article.record.id, f"Annotations of “{article.record.title}”", items)
    works = [file for file in graph.archive.annotations.values() if file.record.work and not file.record.parent]
    works.sort(key=lambda file: (file.record.work or "", file.record.id))
    everything += [_line(annotation(graph, addresses, file, say)) for file in _threads(graph, works)]
    yield from _files(addresses, ALL, f"All annotations of {name}", everything)


def _threads(graph: Graph, roots: list[AnnotationFile]) -> Iterator[AnnotationFile]:
    """The annotations that are public, each before its replies. Replies to what is not public are not public either."""
    waiting = [file for file in reversed(roots) if file.record.status in _PUBLIC]
    while waiting:
        file = waiting.pop()
        yield file
        waiting += [reply for reply in reversed(graph.replies(file.record.id)) if reply.record.status in _PUBLIC]


def _files(addresses: Addresses, name: str, label: str, items: list[str]) -> Iterator[tuple[str, str]]:
    """The files of one collection: the first holds the collection and its first page, each other one page.

    `items` are annotations as JSON, which take a line each.
    """
    pages = [items[start : start + PAGE] for start in range(0, len(items), PAGE)]
    whole: dict[str, Any] = {
        "id": addresses.file(collection_of(name)), "type": "AnnotationCollection", "label": label, "total": len(items),
    }  # fmt: skip

    def page_id(number: int) -> str:
        return f"{whole['id']}#page-1" if number == 1 else addresses.file(collection_of(f"{name}.{number}"))

    def page(number: int) -> dict[str, Any]:
        made: dict[str, Any] = {"id": page_id(number), "type": "AnnotationPage", "partOf": dict(whole)}
        made["startIndex"] = (number - 1) * PAGE
        if number > 1:
            made["prev"] = page_id(number - 1)
        if number < len(pages):
            made["next"] = page_id(number + 1)
        return made | {"items": []}

    first = {"first": page(1), "last": page_id(len(pages))} if pages else {}
    yield collection_of(name), _text({"@context": CONTEXT} | whole | first, pages[0] if pages else [])
    for number in range(2, len(pages) + 1):
        yield collection_of(f"{name}.{number}"), _text({"@context": CONTEXT} | page(number), pages[number - 1])


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _text(data: dict[str, Any], items: list[str]) -> str:
    """The file: its own keys indented, and the page's items, where it has one, a line each."""
    head = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return head.replace('"items": []', '"items": [\n' + ",\n".join(items) + "\n]") if items else head
