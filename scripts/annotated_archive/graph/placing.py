"""Annotations with their words found in their article, numbered as a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from annotated_archive.anchor import Placed, Unplaced, resolve_target
from annotated_archive.anchor.parts import parts
from annotated_archive.store import AnnotationFile, Archive

SHOWN = frozenset({"open", "disputed"})
"""The statuses of what stands beside its words; what is withdrawn or removed marks nothing and corrects nothing."""


@dataclass(frozen=True)
class Annotated:
    """An annotation, its number on the page (from 1, in the order of its words), and where its words stand.

    `title`, `body` and `ledger` hold the spans [start, end) in each part; `unplaced` says why the words of a target
    (by its number from 0) have no place. `replies` are the annotations of this annotation, by the time they were made.
    """

    file: AnnotationFile
    number: int
    title: tuple[tuple[int, int], ...]
    body: tuple[tuple[int, int], ...]
    unplaced: tuple[tuple[int, str], ...]
    ledger: tuple[tuple[int, int], ...] = ()
    replies: tuple[AnnotationFile, ...] = ()


def age(file: AnnotationFile) -> tuple[datetime, str]:
    """Sorts annotations by the time they were made."""
    return datetime.fromisoformat(file.created), file.id


def place(file: AnnotationFile, parts: dict[str, str], replies: tuple[AnnotationFile, ...]) -> Annotated:
    """An annotation with its words found in the parts of the article."""
    spans: dict[str, list[tuple[int, int]]] = {part: [] for part in parts}
    unplaced: list[tuple[int, str]] = []
    for number, target in enumerate(file.record.targets):
        if target.exact is None:
            continue
        match Unplaced(target.unplaced) if target.unplaced else resolve_target(parts[target.part], target):
            case Placed(start, end):
                spans[target.part].append((start, end))
            case Unplaced(reason):
                unplaced.append((number, reason))
    title, body, ledger = (tuple(sorted(spans[part])) for part in ("title", "body", "ledger"))
    return Annotated(file, 0, title, body, tuple(unplaced), ledger, replies)


def numbered(annotated: Iterable[Annotated]) -> tuple[Annotated, ...]:
    """The annotations of one article in the order of their words, with their numbers."""

    def order(one: Annotated) -> tuple[object, ...]:
        """What is set aside, is about the article as a whole, or has lost its words, comes last."""
        words = one.title or one.body
        return not words, not one.ledger, not one.title, one.title, one.body, one.ledger, *age(one.file)

    return tuple(replace(one, number=number) for number, one in enumerate(sorted(annotated, key=order), 1))


class Placing:
    """The annotations of an archive by their articles. Those of one are placed in its words when somebody asks."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._placed: dict[str, tuple[Annotated, ...]] = {}

    @cached_property
    def of(self) -> dict[str, list[AnnotationFile]]:
        """Article → its annotations that reply to none."""
        found: dict[str, list[AnnotationFile]] = {}
        for file in self.archive.annotations.values():
            if (article := file.article) in self.archive.articles and article and not file.parent:
                found.setdefault(article, []).append(file)
        return found

    @cached_property
    def _replies(self) -> dict[str, list[AnnotationFile]]:
        found: dict[str, list[AnnotationFile]] = {}
        for file in self.archive.annotations.values():
            if parent := file.parent:
                found.setdefault(parent, []).append(file)
        return found

    def replies(self, annotation: str) -> tuple[AnnotationFile, ...]:
        """The annotations that reply to one, by the time they were made."""
        return tuple(sorted(self._replies.get(annotation, ()), key=age))

    def placed(self, article: str) -> tuple[Annotated, ...]:
        """The annotations of an article in the order of their words. Raises KeyError where it has none."""
        if article not in self._placed:
            texts = parts(self.archive, self.archive.articles[article])
            self._placed[article] = numbered(
                place(file, texts, self.replies(file.record.id)) for file in self.of[article]
            )
        return self._placed[article]


class AnnotationsOf(Mapping[str, tuple[Annotated, ...]]):
    """Article → its annotations; no entry for one that has none."""

    def __init__(self, placing: Placing) -> None:
        self._placing = placing

    def __getitem__(self, article: str) -> tuple[Annotated, ...]:
        if article in self._placing.of:
            return self._placing.placed(article)
        raise KeyError(article)

    def __contains__(self, article: object) -> bool:
        return article in self._placing.of

    def __iter__(self) -> Iterator[str]:
        return iter(self._placing.of)

    def __len__(self) -> int:
        return len(self._placing.of)


class AnnotationById(Mapping[str, Annotated]):
    """The id of an annotation of an article that replies to none → the annotation, placed."""

    def __init__(self, placing: Placing) -> None:
        self._placing = placing

    def __getitem__(self, identifier: str) -> Annotated:
        if identifier in self:
            article = self._placing.archive.annotations[identifier].article or ""
            return next(one for one in self._placing.placed(article) if one.file.record.id == identifier)
        raise KeyError(identifier)

    def __contains__(self, identifier: object) -> bool:
        file = self._placing.archive.annotations.get(identifier) if isinstance(identifier, str) else None
        return file is not None and not file.parent and (file.article or "") in self._placing.of

    def __iter__(self) -> Iterator[str]:
        return (one.file.record.id for article in self._placing.of for one in self._placing.placed(article))

    def __len__(self) -> int:
        return sum(map(len, self._placing.of.values()))
