"""The texts of documents as the page shows them in results, some documents to a file."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import to_json

from annotated_archive.search.document import Document
from annotated_archive.search.tables import Table

PACK = 40_000
"""Bytes of JSON in a pack, unless one document is longer: some 16 kB compressed."""

_LEVEL = 6
"""Of compression: 9 takes twice the time, for one byte in a hundred."""


def gzipped(value: Any) -> bytes:
    """`value` as JSON in a gzip file, the same bytes on every run."""
    return zlib.compress(written(value), _LEVEL, 31)


def written(value: Any) -> bytes:
    """`value` as compact JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def row(document: Document, table: Table, counted: bool) -> dict[str, Any]:
    """What a result shows of a document, by keys in their order.

    Where words are not `counted` in the index as they are here, nothing is said of what they carry.
    """
    numbers = dict(document.numbers)
    title, *texts = document.in_line
    mentions = [
        [first, count, number]
        for first, count, of in (document.words_of(document.mentions) if counted else ())
        if (number := table.number(of)) is not None
    ]
    corrections = [
        [first, count, numbers.get(of, 0), of]
        for first, count, of in (document.words_of(document.corrections) if counted else ())
    ]
    return {
        "b": document.byline,
        "c": corrections,
        "d": document.when,
        "f": document.fragment,
        "id": document.id,
        "l": document.language,
        "m": mentions,
        "p": [[passage.fragment, text] for passage, text in zip(document.passages, texts, strict=True)],
        "t": title,
        "u": f"{document.page}.html",
    }


def packs(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[int, bytes]]:
    """Rows in packs: the number of the first, and the compressed file."""
    together: list[bytes] = []
    size = first = 0
    for number, entry in enumerate(rows):
        data = to_json(entry)  # as `written`, in a fifth of the time
        if together and size + len(data) > PACK:
            yield first, _pack(together)
            together, size, first = [], 0, number
        together.append(data)
        size += len(data)
    if together:
        yield first, _pack(together)


def _pack(rows: list[bytes]) -> bytes:
    return zlib.compress(b"[" + b",".join(rows) + b"]", _LEVEL, 31)
