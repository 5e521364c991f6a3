"""Claims of one event and measure in groups that can be compared: one subject and one category each.

Claims of the same origin (`repeats`) are one figure. Nothing here says which figure is right.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timezone

import numpy as np

from annotated_archive.claims.moments import Moment, moment, zone_of
from annotated_archive.records.claim import Category, Claim, Value
from annotated_archive.store import AnnotationFile

NAMED = 8
"""How many of the figures that one differs from are named; of hundreds nobody reads them all."""


@dataclass(frozen=True)
class Figure:
    """One figure: the claim that stands for it, the claims that repeat it, and its life beside the others.

    `successor` is the claim that took its place: the next of the same claimant and stance, or one that says it updates
    it. `differs` are the other figures of the group, by the ids of their claims, that stood at some moment when this
    one did and cannot be true together with it: the first of them (NAMED), and in `differing` their number.
    """

    file: AnnotationFile
    also: tuple[AnnotationFile, ...]
    at: Moment
    successor: str | None = None
    differs: tuple[str, ...] = ()
    differing: int = 0

    @property
    def id(self) -> str:
        """The id of the claim that stands for the figure."""
        return self.file.record.id

    @property
    def claim(self) -> Claim:
        """What is claimed."""
        return claim_of(self.file)


@dataclass(frozen=True)
class Group:
    """The figures of one subject (`side` None: all sides together) and one category, in the order of time."""

    side: str | None
    category: Category | None
    figures: tuple[Figure, ...]


def claim_of(file: AnnotationFile) -> Claim:
    """The claim of an annotation that is known to be one."""
    assert file.record.claim is not None
    return file.record.claim


def zone(claims: Iterable[AnnotationFile]) -> timezone:
    """The zone of the hours that these claims give; UTC where they give none (days need no zone)."""
    return zone_of(file.claim.as_of for file in claims) or UTC


def in_order(claims: Iterable[AnnotationFile], zone: timezone) -> list[AnnotationFile]:
    """Claims in the order of time; those of one time stay in the order in which they come."""
    return sorted(claims, key=lambda file: moment(file.claim.as_of, zone))


def repeated(claims: Mapping[str, AnnotationFile]) -> dict[str, tuple[str, ...]]:
    """Claim → all claims of the same origin, itself among them: what `repeats` joins, whichever way it points.

    Only claims that repeat another or are repeated have an entry. Each tuple begins with what repeats nothing (the
    origin, where it is in the archive), then goes by time.
    """
    joined: dict[str, set[str]] = defaultdict(set)
    repeating: set[str] = set()
    for identifier, file in claims.items():
        for relation in file.record.relations:
            if relation.type == "repeats" and relation.claim in claims and relation.claim != identifier:
                joined[identifier].add(relation.claim)
                joined[relation.claim].add(identifier)
                repeating.add(identifier)
    found: dict[str, tuple[str, ...]] = {}
    place = {identifier: number for number, identifier in enumerate(claims)}
    for identifier in joined:
        if identifier in found:
            continue
        together, waiting = {identifier}, [identifier]
        while waiting:
            new = joined[waiting.pop()] - together
            together |= new
            waiting += new
        same = sorted((claims[one] for one in together), key=lambda file: place[file.record.id])
        ordered = in_order(same, zone(same))
        ids = sorted((file.record.id for file in ordered), key=lambda one: one in repeating)
        found |= dict.fromkeys(together, tuple(ids))
    return found


def origins(claims: Mapping[str, AnnotationFile]) -> set[str]:
    """The claims that stand for themselves and for those that repeat them: one for each origin."""
    same = repeated(claims)
    return {same.get(identifier, (identifier,))[0] for identifier in claims}


def groups(claims: Mapping[str, AnnotationFile]) -> list[Group]:
    """The figures among these claims of one event and measure, by side (all sides last) and category."""
    local = zone(claims.values())
    same = repeated(claims)
    by_subject: dict[tuple[str, str], list[AnnotationFile]] = defaultdict(list)
    for file in in_order(claims.values(), local):
        subject = claim_of(file).subject
        if subject:
            by_subject[subject.side or "", subject.category or ""].append(file)
    found = []
    for _, files in sorted(by_subject.items(), key=lambda item: (not item[0][0], item[0])):
        subject = claim_of(files[0]).subject
        assert subject
        found.append(Group(subject.side, subject.category, _compared(_figures(files, same, local))))
    return found


def _figures(files: list[AnnotationFile], same: dict[str, tuple[str, ...]], local: timezone) -> list[Figure]:
    """One figure for all claims of one origin."""
    here = {file.record.id: file for file in files}
    found, done = [], set()
    for file in files:
        together = [one for one in same.get(file.record.id, (file.record.id,)) if one in here]
        if together[0] not in done:
            done.add(together[0])
            first = here[together[0]]
            found.append(Figure(first, tuple(here[o] for o in together[1:]), moment(claim_of(first).as_of, local)))
    return sorted(found, key=lambda figure: figure.at)


def _compared(figures: list[Figure]) -> tuple[Figure, ...]:
    """The figures, in the order of time, with what followed each and those it cannot be true together with."""
    after = _successors(figures)
    begins = [figure.at for figure in figures]
    ranges = [_range(_value(figure)) for figure in figures]
    lows, highs = np.array(ranges, dtype=np.float64).reshape(-1, 2).T
    first: list[list[int]] = [[] for _ in figures]
    number = np.zeros(len(figures), dtype=np.int64)
    for one, (low, high) in enumerate(ranges):
        end = after[one]
        # Until the first was replaced; whatever comes later stood beside another.
        until = len(figures) if end is None else bisect_left(begins, begins[end], one + 1)
        later = slice(one + 1, until)
        against = (highs[later] < low) | (lows[later] > high)
        for other in np.flatnonzero(against & (number[later] < NAMED)).tolist():
            first[one + 1 + other].append(one)
        number[later] += against
        first[one] += (one + 1 + np.flatnonzero(against)[: max(0, NAMED - len(first[one]))]).tolist()
        number[one] += np.count_nonzero(against)
    return tuple(
        replace(
            figure,
            successor=None if end is None else figures[end].id,
            differs=tuple(figures[other].id for other in others),
            differing=differing,
        )
        for figure, end, others, differing in zip(figures, after, first, number.tolist(), strict=True)
    )


def _successors(figures: list[Figure]) -> list[int | None]:
    """For each figure the number of the first later one that takes its place: of its voice, or updating it."""
    updated_by: dict[str, list[int]] = defaultdict(list)
    of_voice: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, figure in enumerate(figures):
        of_voice[figure.claim.claimant, figure.claim.stance].append(number)
        for file in (figure.file, *figure.also):
            for relation in file.record.relations:
                if relation.type == "updates":
                    updated_by[relation.claim].append(number)
    found: list[int | None] = []
    for number, figure in enumerate(figures):
        voice = of_voice[figure.claim.claimant, figure.claim.stance]
        at = bisect_right(voice, figure.at.at, key=lambda n: figures[n].at.at)
        later = voice[at : at + 1]
        updating = [n for file in (figure.file, *figure.also) for n in updated_by.get(file.record.id, ())]
        found.append(min((n for n in (*later, *updating) if n > number), default=None))
    return found


def _value(figure: Figure) -> Value:
    assert figure.claim.value
    return figure.claim.value


def _range(value: Value) -> tuple[float, float]:
    if value.number is not None:
        return value.number, value.number
    return (-math.inf if value.min is None else value.min), (math.inf if value.max is None else value.max)
