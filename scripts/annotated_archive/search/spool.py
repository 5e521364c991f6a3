"""Documents set down in files, so that what is held in memory is one volume and not the archive."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import PydanticSerializationError, to_json

from annotated_archive.records import dates
from annotated_archive.search.document import ENTITIES, Document, Mark, Passage
from annotated_archive.search.volumes import Entry, primary

_LONE = re.compile("[\ud800-\udfff]")


class Written(NamedTuple):
    """A document as bytes: its id with all its texts, everything else, and what is kept of it meanwhile."""

    entry: Entry
    data: bytes


def spooled(documents: Iterable[Document], path: Path) -> list[Entry]:
    """Write documents to a new file at `path`, and return what is kept of each."""
    entries = []
    at = 0
    with path.open("wb") as file:
        for document in documents:
            entry, data = written(document)
            file.write(data)
            entries.append(entry._replace(at=(str(path), at, len(data))))
            at += len(data)
    return entries


def written(document: Document) -> Written:
    """A document as it is set down; its entry has no place yet."""
    texts, rest = _bytes([document.id, *document.texts()]), _bytes(_rest(document))
    hashed = hashlib.blake2b(texts, digest_size=16)
    whole = hashed.copy()
    whole.update(rest)
    entry = Entry(
        document.id, document.kind, primary(document.language), dates.year(document.date), len(texts),
        hashed.hexdigest(), whole.hexdigest(), _names(document),
    )  # fmt: skip
    return Written(entry, texts + b"\n" + rest + b"\n")


def raw(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The documents of entries as they were set down, from the files where they are."""
    with ExitStack() as stack:
        files: dict[str, int] = {}
        for path, at, size in (entry.at for entry in entries):
            if path not in files:
                files[path] = stack.enter_context(open(path, "rb", buffering=0)).fileno()
            os.lseek(files[path], at, os.SEEK_SET)
            yield os.read(files[path], size)


def taken(entries: Iterable[Entry]) -> Iterator[Document]:
    """The documents of entries."""
    for data in raw(entries):
        texts, rest = map(json.loads, data.splitlines())
        yield _document(texts, rest)


def pages(entries: Iterable[Entry]) -> Iterator[list[str]]:
    """The title and the passages of each document."""
    for data in raw(entries):
        _, *texts = json.loads(data.partition(b"\n")[0])
        yield texts


def _rest(document: Document) -> list[Any]:
    """All of a document besides its id and its texts."""
    return [
        document.kind, document.page, [passage.fragment for passage in document.passages],
        document.fragment, document.language, document.date, document.dated, document.source, document.byline,
        document.entities, document.nested, document.mentions, document.corrections, document.numbers,
    ]  # fmt: skip


def _names(document: Document) -> tuple[str, ...]:
    """The entities whose kinds and names its data hold, by their ids."""
    counted = (*document.entities, *document.nested)
    ids = {document.source, *(of for of, _ in counted), *(mark.of for mark in document.mentions)}
    if document.kind in ENTITIES:
        ids.add(document.id.rpartition("/")[2])
    return tuple(sorted(ids - {""}))


def _document(texts: list[str], rest: list[Any]) -> Document:
    identifier, title, *blocks = texts
    kind, page, fragments, fragment, language, date, dated, source, byline, *lists = rest
    entities, nested, mentions, corrections, numbers = lists
    return Document(
        id=identifier, kind=kind, title=title, page=page, fragment=fragment, language=language, date=date, dated=dated,
        passages=tuple(map(Passage, blocks, fragments)),
        source=source, byline=byline, entities=tuple(map(tuple, entities)), nested=tuple(map(tuple, nested)),
        mentions=tuple(map(Mark._make, mentions)), corrections=tuple(map(Mark._make, corrections)),
        numbers=tuple(map(tuple, numbers)),
    )  # fmt: skip


def _bytes(value: Any) -> bytes:
    """JSON on one line; halves of surrogate pairs, which no file can hold, become the sign for what cannot be read."""
    try:
        return to_json(value)
    except (PydanticSerializationError, UnicodeEncodeError):
        return _LONE.sub("\ufffd", json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()
