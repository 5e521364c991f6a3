"""Annotations with their words found in their article, numbered as a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from annotated_archive.anchor import Placed, Unplaced, resolve_target
from annotated_archive.store import AnnotationFile

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
    return datetime.fromisoformat(file.record.created), file.record.id


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
