"""The index of the search in a terminal: one SQLite file with full text (FTS5), never changed under its name.

It is written beside and renamed. So a search needs no lock, two processes that write at once leave one whole file, and
one that is killed leaves the old one. Where the file was made by this same program, only the documents that differ are
written again. What FTS5 is given is folded as names are, a word at a time, so that its tokens are words parted by one
space (the tokenizer `ascii` takes every other character as part of a word) and its stemming that of English. The words
as they are written stand in a table of their own. What is taken out is overwritten: what somebody removed from the
archive is to be read nowhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from annotated_archive.records import dates
from annotated_archive.records.program import checksum
from annotated_archive.search.document import KINDS, Document, Name, Named
from annotated_archive.search.folding import folded
from annotated_archive.search.query import joined, lasting, tokens

INDEX = "build/terminal/search.sqlite"
"""Where the index of an archive lies in its folder."""
MOST_YEARS = 5
"""A document whose date may be in more years than these is of none of them."""
_PARTING = "\u2029"
"""Stands between passages as a word of its own, so that no phrase reaches from one into the next."""
_ASCII = {code: folded(chr(code)) if chr(code) in "'`" else folded(chr(code)) or " " for code in range(128)}
_STALE = 3600
"""Seconds after which a half-written file is one that nobody writes any more."""
_TABLES = """
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE document (n INTEGER PRIMARY KEY, id TEXT UNIQUE, hash BLOB, kind INTEGER, source TEXT,
        first INTEGER, last INTEGER, first_year INTEGER, last_year INTEGER);
    CREATE TABLE content (n INTEGER PRIMARY KEY, data BLOB);
    CREATE TABLE naming (entity TEXT, n INTEGER, times INTEGER, inside INTEGER, PRIMARY KEY (entity, n)) WITHOUT ROWID;
    CREATE INDEX naming_document ON naming (n);
    CREATE TABLE spelling (word TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID;
    CREATE TABLE form (folded TEXT, backwards TEXT, form TEXT, entity TEXT);
    CREATE INDEX form_folded ON form (folded);
    CREATE INDEX form_backwards ON form (backwards);
    CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT, name TEXT) WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5 (title, body, content='', tokenize='porter ascii');
"""


def opened(path: Path, signature: str) -> sqlite3.Connection | None:
    """The index at `path`, for reading; None where there is none that this program made of the files of `signature`."""
    if not path.is_file():
        return None
    index = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    with contextlib.suppress(sqlite3.DatabaseError):
        index.execute("PRAGMA trusted_schema = OFF")
        if _about(index) == {"program": checksum(), "signature": signature}:
            return index
    index.close()
    return None


def write(
    path: Path, signature: str, documents: Iterable[Document], names: Iterable[Name], named: Iterable[Named]
) -> None:
    """Write the index of these documents and names to `path`. Raises OSError, and sqlite3.Error for a full disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        with contextlib.closing(_begun(path, temporary)) as index:
            _fill(index, documents)
            _fill_names(index, names, named)
            about = {"program": checksum(), "signature": signature}
            index.executemany("REPLACE INTO about VALUES (?, ?)", about.items())
            index.commit()
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def content_of(data: bytes) -> dict[str, Any]:
    """What a document shows, as it is kept. Raises sqlite3.DatabaseError where that is broken."""
    try:
        content: dict[str, Any] = json.loads(zlib.decompress(data))
    except (zlib.error, ValueError) as error:
        raise sqlite3.DatabaseError(str(error)) from error
    return content


def _about(index: sqlite3.Connection) -> dict[str, str]:
    return dict(index.execute("SELECT key, value FROM about"))


def _begun(path: Path, temporary: str) -> sqlite3.Connection:
    """A file to write: a copy of the present index where it is whole and made by this program, else an empty one."""
    if path.is_file():
        shutil.copyfile(path, temporary)
        index = sqlite3.connect(temporary)
        with contextlib.suppress(sqlite3.DatabaseError):
            _unguarded(index)
            if _about(index).get("program") == checksum() and _whole(index):
                return index
        index.close()
        Path(temporary).write_bytes(b"")
    index = sqlite3.connect(temporary)
    _unguarded(index)
    index.executescript(_TABLES)
    return index


def _whole(index: sqlite3.Connection) -> bool:
    return index.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]


def _unguarded(index: sqlite3.Connection) -> None:
    """Write without safeguards: nobody else knows the file, and one that is not finished is thrown away."""
    index.execute("PRAGMA trusted_schema = OFF")
    index.execute("PRAGMA journal_mode = OFF")
    index.execute("PRAGMA synchronous = OFF")
    index.execute("PRAGMA secure_delete = ON")


def _fill(index: sqlite3.Connection, documents: Iterable[Document]) -> None:
    """Make the rows those of `documents`, in any order: write what is new or differs, take out what is gone."""
    before = {id_: (n, hash_) for n, id_, hash_ in index.execute("SELECT n, id, hash FROM document")}
    free = max((n for n, _ in before.values()), default=0) + 1
    spellings: Counter[str] = Counter()
    gone = 0
    for document in documents:
        hash_ = hashlib.blake2b(repr(document).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        n, known = before.pop(document.id, (free, None))
        if known == hash_:
            continue
        if known is None:
            free += 1
        else:
            spellings.subtract(_take_out(index, n))
            gone += 1
        spellings.update(_put_in(index, n, hash_, document))
    for n, _ in before.values():
        spellings.subtract(_take_out(index, n))
        gone += 1
    _fill_spellings(index, spellings)
    if gone:
        # FTS5 only notes that words are gone, until it writes their part of the index again.
        index.execute("INSERT INTO words (words) VALUES ('optimize')")


def _fill_spellings(index: sqlite3.Connection, more: Counter[str]) -> None:
    """Add to the number of documents in which each word stands, and take out the words that stand in none."""
    rows = ((word, number) for word, number in more.items() if number)
    add = " ON CONFLICT (word) DO UPDATE SET documents = documents + excluded.documents"
    index.executemany(f"INSERT INTO spelling VALUES (?, ?){add}", rows)
    index.execute("DELETE FROM spelling WHERE documents < 1")


def _put_in(index: sqlite3.Connection, n: int, hash_: bytes, document: Document) -> set[str]:
    """Write a document; the words that it has."""
    row = (n, document.id, hash_, KINDS.index(document.kind), document.source, *_days(document.date))
    index.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    numbers = dict(document.numbers)
    content: dict[str, Any] = {
        "title": document.title,
        "page": document.page,
        "fragment": document.fragment,
        "language": document.language,
        "date": document.date,
        "dated": document.when,
        "byline": document.byline,
        "passages": [(passage.fragment, passage.text) for passage in document.passages],
        "mentions": [(mark.passage, mark.start, mark.end, mark.of) for mark in document.mentions],
        "corrections": [(mark.passage, mark.start, mark.end, numbers[mark.of]) for mark in document.corrections],
    }
    index.execute("INSERT INTO content VALUES (?, ?)", (n, zlib.compress(json.dumps(content).encode(), 1)))
    times, inside = dict(document.entities), dict(document.nested)
    naming = ((of, n, times.get(of, 0), inside.get(of, 0)) for of in times.keys() | inside.keys())
    index.executemany("INSERT INTO naming VALUES (?, ?, ?, ?)", naming)
    title, body, words = _folded(content)
    index.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (n, title, body))
    return words


def _take_out(index: sqlite3.Connection, n: int) -> set[str]:
    """Delete a document; the words that it had."""
    [data] = index.execute("SELECT data FROM content WHERE n = ?", (n,)).fetchone()
    # An index that keeps no texts must be told what it was given.
    title, body, words = _folded(content_of(data))
    index.execute("INSERT INTO words (words, rowid, title, body) VALUES ('delete', ?, ?, ?)", (n, title, body))
    for table in ("document", "content", "naming"):
        index.execute(f"DELETE FROM {table} WHERE n = ?", (n,))
    return words


def _folded(content: dict[str, Any]) -> tuple[str, str, set[str]]:
    """Title and passages of a document as FTS5 is given them, and all words of both."""
    title, *passages = ([*_words(text)] for text in (content["title"], *(text for _, text in content["passages"])))
    return lasting(title), f" {_PARTING} ".join(map(lasting, passages)), set().union(title, *passages)


def _words(text: str) -> Iterable[str]:
    """The words of a text, folded; of one in ASCII, as most are in English, all at once, which is much quicker."""
    if text.isascii():
        return joined(text).translate(_ASCII).split()
    return chain.from_iterable(map(tokens, text.split()))


def _days(date: str) -> tuple[int | None, int | None, int | None, int | None]:
    """First and last day that an EDTF date can mean (days from 0001-01-01, the first of them 1), and their years."""
    try:
        first, last = dates.bounds(date)
    except dates.DateError:
        return None, None, None, None
    few = last.year - first.year < MOST_YEARS
    return first.toordinal(), last.toordinal(), first.year if few else None, last.year if few else None


def _fill_names(index: sqlite3.Connection, names: Iterable[Name], named: Iterable[Named]) -> None:
    index.execute("DELETE FROM form")
    index.execute("DELETE FROM entity")
    forms = ((name.key, name.key[::-1], name.form, name.entity) for name in names)
    index.executemany("INSERT INTO form VALUES (?, ?, ?, ?)", forms)
    rows = ((one.id, one.kind, one.name) for one in named)
    index.executemany("INSERT INTO entity VALUES (?, ?, ?)", rows)
