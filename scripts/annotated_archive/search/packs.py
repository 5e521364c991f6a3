"""The texts of documents as the page shows them in results, some documents to a file."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

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
    """What a result shows of a document.

    Where words are not `counted` in the index as they are here, nothing is said of what they carry.
    """
    numbers = dict(document.numbers)
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
        "id": document.id,
        "t": " ".join(document.title.split()),
        "u": f"{document.page}.html",
        "f": document.fragment,
        "b": document.byline,
        "d": document.when,
        "l": document.language,
        "p": [[passage.fragment, " ".join(passage.text.split())] for passage in document.passages],
        "m": mentions,
        "c": corrections,
    }


def packs(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[int, bytes]]:
    """Rows in packs: the number of the first, and the compressed file."""
    together: list[bytes] = []
    size = first = 0
    for number, entry in enumerate(rows):
        data = written(entry)
        if together and size + len(data) > PACK:
            yield first, _pack(together)
            together, size, first = [], 0, number
        together.append(data)
        size += len(data)
    if together:
        yield first, _pack(together)


def _pack(rows: list[bytes]) -> bytes:
    return zlib.compress(b"[" + b",".join(rows) + b"]", _LEVEL, 31)
