"""What the pieces of all articles say together, when asked: mentions by article, backlinks and company by entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from hashlib import blake2b

import numpy as np

from annotated_archive.names import ArticleMentions
from annotated_archive.names.gathered import NOTHING, Indices, Pieces
from annotated_archive.names.sentences import Sentence
from annotated_archive.records import dates

_REMEMBERED = 64
"""Of so many articles and entities what was read last is kept: whoever asks once asks again soon."""
_HALF = 8


def _no_sentences() -> tuple[Sentence, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Backlink:
    """An article that mentions an entity, with every sentence that does; without any, where its text is withheld.

    `mentions` says how often the article mentions the entity.
    """

    article: str
    mentions: int = 0
    read: Callable[[], tuple[Sentence, ...]] = field(default=_no_sentences, repr=False, compare=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence that mentions the entity, read anew each time."""
        return self.read()


@dataclass(frozen=True)
class Related:
    """An entity named in the same paragraphs: in how many, and in how many articles."""

    entity: str
    paragraphs: int
    articles: int


class Named:
    """The pieces of an archive's articles in the order of their dates.

    `lists` gives, for each article without its text, the entities that its own lists name: they were made by an editor
    who has the text, and are all that can be said.
    """

    def __init__(self, pieces: Pieces = NOTHING, lists: Mapping[str, Sequence[str]] | None = None) -> None:
        self.pieces, self._lists = pieces, lists or {}
        self.mentions_of = lru_cache(_REMEMBERED)(pieces.mentions)

    @cached_property
    def order(self) -> list[str]:
        """The ids of all articles in the order of their dates; those without a date come last."""
        stamps = self.pieces.stamps
        return sorted(stamps, key=lambda article: (dates.moment_key(stamps[article].date), article))

    @cached_property
    def _rank(self) -> Indices:
        """Article, by its number → where it stands in the order of dates."""
        rank = np.empty(len(self.order), np.int64)
        rank[[self.pieces.place[article] for article in self.order]] = np.arange(len(self.order))
        return rank

    @cached_property
    def _listed(self) -> dict[str, list[int]]:
        """Entity → the articles without text whose lists name it."""
        found: dict[str, list[int]] = {}
        for article, entities in self._lists.items():
            for entity in dict.fromkeys(entities):
                found.setdefault(entity, []).append(self.pieces.place[article])
        return found

    @cached_property
    def entities(self) -> list[str]:
        """Every entity that an article leads to."""
        named = self.pieces.entities
        marked = sorted(set(self.pieces.who[self.pieces.marks > 0].tolist()))
        return sorted({*(named[number] for number in marked), *self._listed})

    def _lines(self, entity: str) -> tuple[list[int], list[int]]:
        """The articles that lead to an entity, in the order of their dates, by their numbers among the pieces; and the
        row of each there (-1: it has none)."""
        rows = self.pieces.rows_of(entity)
        rows = rows[self.pieces.marks[rows] > 0]
        articles = self.pieces.article_of[rows]
        if further := set(self._listed.get(entity, ())).difference(articles.tolist()):
            articles = np.append(articles, sorted(further))
            rows = np.append(rows, np.full(len(further), -1))
        order = np.argsort(self._rank[articles])
        return articles[order].tolist(), rows[order].tolist()

    def mentioned_in(self, entity: str) -> list[tuple[str, int]]:
        """The articles that lead to an entity, by their dates, and how often each mentions it."""
        articles, rows = self._lines(entity)
        marks, ids = self.pieces.marks, self.pieces.articles
        return [(ids[article], int(marks[row]) if row >= 0 else 0) for article, row in zip(articles, rows, strict=True)]

    def backlinks(self, entity: str) -> tuple[Backlink, ...]:
        """The backlinks of an entity, by the dates of the articles."""
        return tuple(self._backlink(*line) for line in zip(*self._lines(entity), strict=True))

    def backlinks_in(self, entity: str, articles: Iterable[str]) -> list[Backlink]:
        """As `backlinks`, of these articles alone, in the order in which they are given."""
        listed = self._listed.get(entity, ())
        found = []
        for article in articles:
            place = self.pieces.place[article]
            row = self.pieces.row_of(entity, place)
            if row >= 0 and self.pieces.marks[row]:
                found.append(self._backlink(place, row))
            elif place in listed:
                found.append(self._backlink(place, -1))
        return found

    def _backlink(self, article: int, row: int) -> Backlink:
        identifier = self.pieces.articles[article]
        if row < 0:
            return Backlink(identifier)
        return Backlink(identifier, int(self.pieces.marks[row]), partial(self.pieces.sentences, row))

    def together(self, entity: str) -> tuple[Related, ...]:
        """What is named in the same paragraphs as an entity, most often first."""
        found = sorted(self.pieces.company(entity), key=lambda one: (-one[1], one[0]))
        return tuple(Related(*one) for one in found)

    def backlink_digest(self, entity: str) -> str:
        """Changes when an entity's backlinks do, or the words of one of their sentences."""
        told = blake2b(digest_size=16)
        for article, row in zip(*self._lines(entity), strict=True):
            told.update(f"{self.pieces.articles[article]}\0".encode())
            told.update(self.pieces.seen[row, :_HALF].tobytes() if row >= 0 else b"-")
        return told.hexdigest()

    def together_digest(self, entity: str) -> str:
        """Changes when what is named together with an entity does."""
        told = blake2b(digest_size=16)
        rows = self.pieces.rows_of(entity)
        for article, seen in zip(self.pieces.article_of[rows].tolist(), self.pieces.seen[rows, _HALF:], strict=True):
            if seen.any():
                told.update(f"{self.pieces.articles[article]}\0".encode() + seen.tobytes())
        return told.hexdigest()


class MentionsOf(Mapping[str, ArticleMentions]):
    """Article → its mentions."""

    def __init__(self, named: Named) -> None:
        self._named = named

    def __getitem__(self, article: str) -> ArticleMentions:
        return self._named.mentions_of(self._named.pieces.place[article])

    def __iter__(self) -> Iterator[str]:
        return iter(self._named.order)

    def __len__(self) -> int:
        return len(self._named.pieces.stamps)


class BacklinksOf(Mapping[str, tuple[Backlink, ...]]):
    """Entity → its backlinks; no entry for one that nothing mentions."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._read = lru_cache(_REMEMBERED)(named.backlinks)

    def __getitem__(self, entity: str) -> tuple[Backlink, ...]:
        if found := self._read(entity):
            return found
        raise KeyError(entity)

    def __iter__(self) -> Iterator[str]:
        return iter(self._named.entities)

    def __len__(self) -> int:
        return len(self._named.entities)


class TogetherWith(Mapping[str, tuple[Related, ...]]):
    """Entity → what is named in the same paragraphs; no entry for one that is always alone."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._read = lru_cache(_REMEMBERED)(named.together)

    def __getitem__(self, entity: str) -> tuple[Related, ...]:
        if found := self._read(entity):
            return found
        raise KeyError(entity)

    def __iter__(self) -> Iterator[str]:
        return (entity for entity in self._named.entities if self._read(entity))

    def __len__(self) -> int:
        return sum(1 for _ in self)
