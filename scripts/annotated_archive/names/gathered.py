"""The pieces of all articles of an archive, in one file and in a few arrays, read as objects for who asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotated_archive.names import pieces
from annotated_archive.names.mentions import ArticleMentions
from annotated_archive.names.pieces import SEEN, Piece
from annotated_archive.names.sentences import Sentence


class Stamp(NamedTuple):
    """What an article's piece was made of, and what else is asked of all articles.

    `file` is the digest of its file (empty: not known); `text` that of all that the piece depends on. `country` is that
    of the outlet; `withheld` says whether there is no text because it may not be published.
    """

    file: str
    outlet: str | None
    country: str | None
    text: str
    date: str | None
    withheld: bool


_NUMBER = np.dtype("<u4")
_CHECKSUM = 16
_LONG = 8
Numbers = NDArray[np.uint32]
Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """The pieces of some articles. What stands in a row belongs to one name in one article.

    `rows`, `spans` and `parts` say where each article's rows, numbers and paragraphs begin, and one more where the last
    ones end; `who` gives each row's name (a number in `entities`); the rest is as in `pieces.Piece`.
    """

    stamps: dict[str, Stamp]
    entities: list[str]
    rows: Numbers
    spans: Numbers
    parts: Numbers
    who: Numbers
    marks: Numbers
    at: Numbers
    seen: NDArray[np.uint8]
    numbers: Numbers
    paragraphs: Numbers
    members: Numbers

    @cached_property
    def articles(self) -> list[str]:
        """The ids of the articles, in the order of everything else."""
        return list(self.stamps)

    @cached_property
    def place(self) -> dict[str, int]:
        """Article → its number here."""
        return {article: number for number, article in enumerate(self.stamps)}

    @cached_property
    def number(self) -> dict[str, int]:
        """Entity → its number here."""
        return {entity: number for number, entity in enumerate(self.entities)}

    @cached_property
    def _by_name(self) -> tuple[Indices, Indices]:
        """All rows by their names; and where each name's begin."""
        order = np.argsort(self.who, kind="stable")
        return order, np.searchsorted(self.who[order], np.arange(len(self.entities) + 1))

    @cached_property
    def article_of(self) -> Indices:
        """Row → the number of its article."""
        return self._each(self.rows)

    def _each(self, begins: Numbers) -> Indices:
        """The number of its article for each of what begins there."""
        begin = begins.astype(np.int64)
        return np.repeat(np.arange(len(self.stamps)), begin[1:] - begin[:-1])

    def rows_of(self, entity: str) -> Indices:
        """The rows of an entity, of the articles in their order."""
        number = self.number.get(entity)
        if number is None:
            return np.empty(0, np.int64)
        order, begin = self._by_name
        return order[begin[number] : begin[number + 1]]

    def row_of(self, entity: str, article: int) -> int:
        """The row of an entity in an article, by its number; -1 where it has none."""
        first, last = self.rows[article], self.rows[article + 1]
        found = np.flatnonzero(self.who[first:last] == self.number.get(entity, -1))
        return int(first + found[0]) if len(found) else -1

    def names(self, article: int) -> list[str]:
        """The names of an article's piece."""
        return [self.entities[n] for n in self.who[self.rows[article] : self.rows[article + 1]].tolist()]

    def numbers_of(self, article: int) -> Numbers:
        """The numbers of an article's piece."""
        return self.numbers[self.spans[article] : self.spans[article + 1]]

    def mentions(self, article: int) -> ArticleMentions:
        """The mentions and doubts of an article."""
        return pieces.mentions(self.names(article), self.numbers_of(article).tolist())

    def named(self, article: str) -> list[str]:
        """The entities that an article mentions, in the order of their first mention."""
        place = self.place[article]
        return self.names(place)[: pieces.mentioned(self.numbers_of(place)[: pieces.HEAD].tolist())]

    def count(self, article: str) -> int:
        """How many mentions an article has."""
        return pieces.count(self.numbers_of(self.place[article])[: pieces.HEAD].tolist())

    def in_doubt(self, article: str) -> bool:
        """Whether anything in an article is ambiguous, or a decision of an editor without a place."""
        return pieces.in_doubt(self.numbers_of(self.place[article])[: pieces.HEAD].tolist())

    def sentences(self, row: int) -> tuple[Sentence, ...]:
        """The sentences of a row."""
        article = int(self.article_of[row])
        numbers = self.numbers_of(article)
        end = int(self.at[row + 1]) if row + 1 < self.rows[article + 1] else len(numbers)
        return pieces.sentences(numbers[int(self.at[row]) : end].tolist())

    @cached_property
    def _company(self) -> tuple[Indices, Indices, Indices, Indices]:
        """Of all members of paragraphs their names and paragraphs; the members by name, and where each begins."""
        paragraph = np.repeat(np.arange(len(self.paragraphs)), self.paragraphs)
        names = self.who[self.rows[self._paragraphs[1][paragraph]] + self.members]
        order = np.argsort(names, kind="stable")
        return names, paragraph, order, np.searchsorted(names[order], np.arange(len(self.entities) + 1))

    @cached_property
    def _paragraphs(self) -> tuple[Indices, Indices]:
        """Where the members of each paragraph begin; and its article."""
        begin = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.paragraphs, dtype=np.int64)))
        return begin, self._each(self.parts)

    def company(self, entity: str) -> list[tuple[str, int, int]]:
        """Who stands in the same paragraphs as an entity: in how many of them, and in how many articles."""
        number = self.number.get(entity)
        if number is None:
            return []
        names, paragraph, order, first = self._company
        own = paragraph[order[first[number] : first[number + 1]]]
        begin, article_of = self._paragraphs
        sizes = self.paragraphs[own].astype(np.int64)
        # The members of all these paragraphs, one after the other.
        each = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(begin[own], sizes)
        others = names[each]
        found, counts = np.unique(others, return_counts=True)
        # Each pair of an article and a name once: as one number they are sorted many times faster than as two.
        pairs = np.unique(np.repeat(article_of[own], sizes) * len(self.entities) + others)
        articles = np.bincount(pairs % len(self.entities), minlength=len(self.entities))
        return [(self.entities[n], count, int(articles[n]))
                for n, count in zip(found.tolist(), counts.tolist(), strict=True) if n != number]  # fmt: skip

    def digest(self, article: str) -> str:
        """Changes when anything in an article's piece does."""
        place = self.place[article]
        first, last = self.rows[place], self.rows[place + 1]
        words = "\0".join(self.names(place)).encode()
        told = (words, self.numbers_of(place).tobytes(), self.seen[first:last].tobytes())
        return blake2b(b"\0".join(told), digest_size=16).hexdigest()


def gather(known: Pieces, stamps: Mapping[str, Stamp], made: Mapping[str, Piece]) -> Pieces:
    """The pieces of all articles that have a stamp: those that were made now, and the known ones of the others."""
    ordered = sorted(stamps)
    used: set[str] = {name for piece in made.values() for name in piece.names}
    stay = np.array([known.place[article] for article in ordered if article not in made], np.int64)
    alive = np.zeros(len(known.entities), bool)
    of_kept = np.zeros(len(known.stamps), bool)
    of_kept[stay] = True
    alive[known.who[of_kept[known.article_of]]] = True
    used.update(known.entities[n] for n in np.flatnonzero(alive).tolist())
    entities = sorted(used)
    number = {entity: n for n, entity in enumerate(entities)}
    renamed = np.array([number.get(entity, 0) for entity in known.entities], _NUMBER)
    old_who = renamed[known.who] if len(renamed) else known.who
    columns: tuple[list[NDArray[Any]], ...] = ([], [], [], [], [], [], [])
    rows, spans, parts = [0], [0], [0]
    members = np.concatenate((np.zeros(1, np.int64), np.cumsum(known.paragraphs, dtype=np.int64)))
    for article in ordered:
        if article in made:
            piece = made[article]
            new: tuple[NDArray[Any], ...] = (
                np.array([number[name] for name in piece.names], _NUMBER), np.frombuffer(piece.marks, np.uint32),
                np.frombuffer(piece.at, np.uint32), np.frombuffer(piece.seen, np.uint8).reshape(-1, SEEN),
                np.frombuffer(piece.numbers, np.uint32), np.frombuffer(piece.paragraphs, np.uint32),
                np.frombuffer(piece.members, np.uint32),
            )  # fmt: skip
        else:
            place = known.place[article]
            own = slice(known.rows[place], known.rows[place + 1])
            first, last = known.parts[place], known.parts[place + 1]
            new = (
                old_who[own], known.marks[own], known.at[own], known.seen[own], known.numbers_of(place),
                known.paragraphs[first:last], known.members[members[first] : members[last]],
            )  # fmt: skip
        for column, part in zip(columns, new, strict=True):
            column.append(part)
        rows.append(rows[-1] + len(new[0]))
        spans.append(spans[-1] + len(new[4]))
        parts.append(parts[-1] + len(new[5]))
    if not ordered:
        return NOTHING
    arrays = [*(np.array(begin, _NUMBER) for begin in (rows, spans, parts)), *map(np.concatenate, columns)]
    return Pieces({article: stamps[article] for article in ordered}, entities, *arrays)


def _nothing() -> Pieces:
    none, zero = np.empty(0, _NUMBER), np.zeros(1, _NUMBER)
    seen = np.empty((0, SEEN), np.uint8)
    return Pieces({}, [], zero, zero, zero, none, none, none, seen, none, none, none)


NOTHING = _nothing()
"""No pieces."""


def packed(found: Pieces, about: Mapping[str, object]) -> bytes:
    """The pieces as the bytes of a file, with what else is known `about` them, and a checksum over all."""
    head = json.dumps(
        {"about": about, "articles": [[a, *stamp] for a, stamp in found.stamps.items()], "entities": found.entities,
         "sizes": [len(column) for column in _columns(found)]},
        ensure_ascii=False, separators=(",", ":"),
    ).encode()  # fmt: skip
    data = b"".join((len(head).to_bytes(_LONG, "little"), head, found.seen.tobytes(),
                     *(column.astype(_NUMBER, copy=False).tobytes() for column in _columns(found))))  # fmt: skip
    return blake2b(data, digest_size=_CHECKSUM).digest() + data


def unpacked(data: bytes) -> tuple[Pieces, dict[str, Any]]:
    """The pieces in the bytes of a file, and what is known about them. Raises ValueError for anything else."""
    whole = memoryview(data)
    if blake2b(whole[_CHECKSUM:], digest_size=_CHECKSUM).digest() != whole[:_CHECKSUM]:
        raise ValueError("damaged")
    begin = _CHECKSUM + _LONG
    at = begin + int.from_bytes(whole[_CHECKSUM:begin], "little")
    head = json.loads(bytes(whole[begin:at]))
    stamps = {article: Stamp(*stamp) for article, *stamp in head["articles"]}
    columns = []
    seen = np.frombuffer(data, np.uint8, head["sizes"][3] * SEEN, at).reshape(-1, SEEN)
    at += seen.size
    for size in head["sizes"]:
        columns.append(np.frombuffer(data, _NUMBER, size, at))
        at += size * _NUMBER.itemsize
    rows, spans, parts, who, marks, places, numbers, paragraphs, members = columns
    found = Pieces(stamps, head["entities"], rows, spans, parts, who, marks, places, seen, numbers, paragraphs, members)
    return found, head["about"]


def _columns(found: Pieces) -> tuple[Numbers, ...]:
    return (found.rows, found.spans, found.parts, found.who, found.marks, found.at, found.numbers, found.paragraphs,
            found.members)  # fmt: skip
