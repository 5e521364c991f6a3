"""Documents set down in a file, so that what is held in memory is one volume and not the archive."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotated_archive.records import dates
from annotated_archive.search.document import Document, Mark, Named, Passage
from annotated_archive.search.volumes import Entry, primary

_LONE = re.compile("[\ud800-\udfff]")


def spooled(documents: Iterable[Document], path: Path, named: Mapping[str, Named]) -> list[Entry]:
    """Write documents to a new file at `path`, and return what is kept of each; `named` has what they name, by id."""
    entries = []
    at = 0
    with path.open("wb") as file:
        for document in documents:
            texts, rest = _bytes([document.id, *document.texts()]), _bytes(_rest(document))
            file.write(texts + b"\n" + rest + b"\n")
            length = len(texts) + len(rest) + 2
            hashes = _digest(texts), _digest(texts + rest + _bytes(_called(document, named)))
            language, year = primary(document.language), dates.year(document.date)
            entries.append(Entry(document.id, document.kind, language, year, len(texts), *hashes, (at, length)))
            at += length
    return entries


def taken(entries: Iterable[Entry], path: Path) -> Iterator[Document]:
    """The documents of entries, from the file at `path`."""
    with path.open("rb") as file:
        for entry in entries:
            file.seek(entry.at[0])
            texts, rest = (json.loads(line) for line in file.read(entry.at[1]).splitlines())
            yield _document(texts, rest)


def _rest(document: Document) -> list[Any]:
    """All of a document besides its id and its texts."""
    return [
        document.kind, document.page, [passage.fragment for passage in document.passages],
        document.fragment, document.language, document.date, document.dated, document.source, document.byline,
        document.entities, document.nested, [[m.passage, m.start, m.end, m.of] for m in document.mentions],
        [[m.passage, m.start, m.end, m.of] for m in document.corrections], document.numbers,
    ]  # fmt: skip


def _called(document: Document, named: Mapping[str, Named]) -> list[tuple[str, str]]:
    """The kinds and names of what a document names: its data hold them."""
    counted = (*document.entities, *document.nested)
    ids = [document.source, *(of for of, _ in counted), *(mark.of for mark in document.mentions)]
    return [(named[of].kind, named[of].name) if of in named else ("", "") for of in ids]


def _document(texts: list[str], rest: list[Any]) -> Document:
    identifier, title, *blocks = texts
    kind, page, fragments, fragment, language, date, dated, source, byline, *lists = rest
    entities, nested, mentions, corrections, numbers = (tuple(map(tuple, entries)) for entries in lists)
    return Document(
        id=identifier, kind=kind, title=title, page=page, fragment=fragment, language=language, date=date, dated=dated,
        passages=tuple(Passage(text, name) for text, name in zip(blocks, fragments, strict=True)),
        source=source, byline=byline, entities=entities, nested=nested, numbers=numbers,
        mentions=tuple(Mark(*mark) for mark in mentions), corrections=tuple(Mark(*mark) for mark in corrections),
    )  # fmt: skip


def _bytes(value: Any) -> bytes:
    """JSON on one line; halves of surrogate pairs, which no file can hold, become the sign for what cannot be read."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text).encode()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
