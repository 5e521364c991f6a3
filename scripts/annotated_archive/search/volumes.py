"""The volumes of the index: which documents are indexed together.

Pagefind needs some 45 bytes of memory for each byte of text that it indexes, and indexes a volume as a whole. So a
large archive goes into several volumes, which a page searches together. A volume holds documents of one language (what
there is little of goes with the archive's main one, and is found by its words as they stand); where there are many,
articles by the years in which they begin, and what changes more often apart from them, in smaller volumes: by their
ids, so that a document more or less changes one volume. An article more changes its own volume, and the next one only
where its own was full.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from annotated_archive.search.document import Named

SMALL = 4_000_000
"""Documents of one language with no more bytes than this in all are one volume.

Pagefind takes 0.6 seconds of the processor for a megabyte of articles, two for one of notes, and we half as much again.
"""
LARGE = 10_000_000
"""The most bytes in a volume: Pagefind takes about 0.45 GB and six seconds for it."""
OFTEN = 1_000_000
"""About the most bytes in a volume of what changes often: all of it is indexed again for one annotation changed."""
FEW = 200_000
"""A language with no more bytes than this has no volume of its own: each costs a reader a program and a table."""
_SAID = ("annotation", "claim")


class Entry(NamedTuple):
    """What is kept of a document while all are sorted: `year` is None without a date, `size` is in bytes of UTF-8.

    `texts` is the hash of its id, title and passages, `whole` that of all there is but the names of the entities
    `names`, which are given by id; `at` is its place: a file, the first byte, how many.
    """

    id: str
    kind: str
    language: str
    year: int | None
    size: int
    texts: str
    whole: str
    names: tuple[str, ...] = ()
    at: tuple[str, int, int] = ("", 0, 0)


@dataclass(frozen=True)
class Volume:
    """Documents of one language, sorted by id."""

    language: str
    entries: tuple[Entry, ...]

    def index_hash(self, *besides: str) -> str:
        """The name of its index: it changes with ids and texts, and with nothing else of a document."""
        return _hash([self.language, *besides, *(entry.texts for entry in self.entries)])

    def data_hash(self, named: Mapping[str, Named], *besides: str) -> str:
        """The name of its data: it changes with anything in a document, and with kinds and names of what it names."""
        ids = sorted(set().union(*(entry.names for entry in self.entries)))
        names = (word for of in ids if of in named for word in (of, named[of].kind, named[of].name))
        return _hash([self.language, *besides, *names, *(entry.whole for entry in self.entries)])


def _hash(words: Iterable[str]) -> str:
    return hashlib.blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def primary(language: str) -> str:
    """The primary subtag of a language tag, in small letters; `und` for what is none."""
    subtag = re.match(r"[a-z]{2,3}(?![^-_])", language.lower())
    return subtag.group() if subtag else "und"


def volumes(
    entries: Iterable[Entry], small: int = SMALL, large: int = LARGE, often: int = OFTEN, few: int | None = None
) -> list[Volume]:
    """All documents in volumes: by language, then articles by year, annotations with claims, and everything else."""
    languages: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.id):
        languages[entry.language].append(entry)
    found = []
    for language, members in sorted(_gathered(languages, FEW if few is None else few).items()):
        if _size(members) <= small:
            found.append(Volume(language, tuple(members)))
            continue
        rooms: dict[int, list[Entry]] = defaultdict(list)
        for entry in members:
            rooms[0 if entry.kind == "article" else 1 if entry.kind in _SAID else 2].append(entry)
        for room, inside in sorted(rooms.items()):
            parts = _filled(_years(inside), large) if room == 0 else _dealt(inside, often, large)
            found += [Volume(language, tuple(part)) for part in parts]
    return found


def _dealt(entries: list[Entry], often: int, large: int) -> Iterator[list[Entry]]:
    """Entries dealt out by their ids, into a number of parts that changes only when there is twice as much or half."""
    number = 1
    while number * often < _size(entries):
        number *= 2
    parts: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        named = hashlib.blake2b(entry.id.encode("utf-8", "surrogatepass"), digest_size=4)
        parts[int.from_bytes(named.digest()) % number].append(entry)
    for _, part in sorted(parts.items()):
        yield from _filled([part], large)


def _gathered(languages: dict[str, list[Entry]], few: int) -> dict[str, list[Entry]]:
    """Documents by language, those of a language with few bytes put to the one with the most."""
    if not languages:
        return {}
    main = max(languages, key=lambda language: (_size(languages[language]), language))
    own = {language: members for language, members in languages.items() if language == main or _size(members) > few}
    rest = [entry for language, members in languages.items() if language not in own for entry in members]
    return own | {main: sorted(own[main] + rest, key=lambda entry: entry.id)}


def _size(entries: Iterable[Entry]) -> int:
    return sum(entry.size for entry in entries)


def _years(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries of each year, from the earliest; those without one come last."""
    years: dict[tuple[bool, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        years[entry.year is None, entry.year or 0].append(entry)
    return [years[key] for key in sorted(years)]


def _filled(parts: Iterable[list[Entry]], large: int) -> Iterator[list[Entry]]:
    """Parts put together in their order while they fit; one that is too large by itself is cut."""
    together: list[Entry] = []
    size = 0
    for part in parts:
        weight = _size(part)
        if together and size + weight > large:
            yield sorted(together, key=lambda entry: entry.id)
            together, size = [], 0
        if weight > large:
            yield from _cut(part, large)
            continue
        together, size = together + part, size + weight
    if together:
        yield sorted(together, key=lambda entry: entry.id)


def _cut(part: list[Entry], large: int) -> Iterator[list[Entry]]:
    """A part that is too large, in pieces of about the same size."""
    whole = _size(part)
    share = whole / -(-whole // large)
    piece: list[Entry] = []
    size = 0
    for entry in part:
        if piece and size + entry.size > share:
            yield piece
            piece, size = [], 0
        piece.append(entry)
        size += entry.size
    yield piece
