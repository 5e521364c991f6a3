"""Words that stand in many texts, told once as a group: each text is compared with the group's words, not with others.

The first text of a group (by id) leads it: its words are those that the others are held against, without what only the
fewer have. A run of words belongs to one group, so that the cost grows with the runs in the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import LEAST, runs, worth
from annotated_archive.reuse.index import Common, Index, Small
from annotated_archive.reuse.matching import Lookup
from annotated_archive.reuse.pairing import Hits, Places, covered
from annotated_archive.reuse.passages import Carrier, Group
from annotated_archive.reuse.shingles import SHINGLE, WINDOW, shingles_of
from annotated_archive.reuse.words import characters
from annotated_archive.store.cores import spread

ALIKE = 0.5
"""Of the texts that have either of two runs in a row, so many have both, or else the runs belong to two groups."""


_Carried = list[tuple[int, int, int]]


@dataclass(frozen=True)
class Stretch:
    """Common runs in a row: the text that leads them, the words at which the first and the last begin, the texts."""

    text: int
    first: int
    last: int
    members: Small


def stretches(index: Index, where: Hits) -> Iterator[Stretch]:
    """The stretches of the texts of an index, each led by its first text; `where` its common runs stand."""
    common = index.common
    free = np.ones(len(common.values), dtype=bool)
    slots = common.slots(where.runs)
    borders = np.searchsorted(where.of, np.arange(len(index.ids) + 1))
    for text in np.unique(where.of).tolist():
        mine = slice(int(borders[text]), int(borders[text + 1]))
        at, here = where.at[mine].astype(np.intp), slots[mine]
        open_ = free[here]
        if not open_.any():
            continue
        many = np.zeros(max(len(index.text(text)) - SHINGLE + 1, 1), dtype=np.intp)
        many[at] = common.counts[here]
        slot = dict(zip(at.tolist(), here.tolist(), strict=True))
        for first, last, members in parted(many, at[open_], partial(_carriers, common, slot)):
            free[here[open_ & (at >= first) & (at <= last)]] = False
            yield Stretch(text, first, last, members)


def _carriers(common: Common, slots: dict[int, int], place: int) -> Small:
    return common.carriers(slots[place])


_LOOKUP: list[Lookup] = []  # what is worked on now: forked processes share it


def groups(index: Index, found: Sequence[Stretch]) -> list[Group | None]:
    """For each stretch its group, or None if it has nothing worth telling."""
    _LOOKUP.append(Lookup(index, sum(len(one.members) for one in found)))
    try:
        return list(spread(_of_stretch, found, chunk=16))
    finally:
        _LOOKUP.pop()


def _of_stretch(one: Stretch) -> Group | None:
    index = _LOOKUP[-1].index
    numbers = one.members.tolist()
    members = [(index.ids[number], index.text(number), partial(index.places, number)) for number in numbers]
    words = leading(index.text(one.text), one.first, one.last)
    return group(words, members, _carried(_LOOKUP[-1], words, one))


def _carried(lookup: Lookup, words: Small, one: Stretch) -> list[_Carried]:
    """For each text of a stretch what `runs` says of it and of the words of its group."""
    others = one.members.astype(np.intp)
    found, unclear = lookup.runs(words, others, lookup.met(shingles_of([words]), others), turned=True)
    unclear[others == one.text] = True  # its shingles are not looked for where they stand nowhere else
    borders = np.searchsorted(found.of, np.arange(len(others) + 1)).tolist()
    rows = list(zip(found.here.tolist(), found.there.tolist(), found.words.tolist(), strict=True))
    return [
        runs(lookup.index.text(int(others[at])), words) if unclear[at] else rows[begin:end]
        for at, (begin, end) in enumerate(pairwise(borders))
    ]


def parted(
    many: NDArray[np.intp], at: NDArray[np.intp], carriers: Callable[[int], Small]
) -> Iterator[tuple[int, int, Small]]:
    """Common runs of a text, as (first, last, the texts that have any): parted where other texts have the next.

    `many` says for all its shingles in how many texts they stand, at least of the common ones; `at` which to part. Left
    out are those whose words mostly belong to shingles that more texts have: they are the edge of another stretch.
    """
    if not len(at):
        return
    words = len(many) + SHINGLE - 1
    most = covered(words, many)
    for first, last, members in _parted(at, carriers):
        own = most[first : last + SHINGLE]
        if np.count_nonzero(own <= many[first : last + 1].max()) >= min(LEAST, len(own)):
            yield first, last, members


def _parted(at: NDArray[np.intp], carriers: Callable[[int], Small]) -> Iterator[tuple[int, int, Small]]:
    first = last = -1
    held = here = np.empty(0, dtype=np.uint32)
    for place in at.tolist():
        next_ = carriers(place)
        both = len(np.intersect1d(here, next_, assume_unique=True))
        if last >= 0 and place - last <= SHINGLE and both >= ALIKE * (len(here) + len(next_) - both):
            held = np.union1d(held, next_) if both < len(next_) else held
        else:
            if last >= 0:
                yield first, last, held
            first, held = place, next_
        last, here = place, next_
    if last >= 0:
        yield first, last, held


def leading(words: Small, first: int, last: int) -> Small:
    """The words of a text that its shingles from `first` to `last` lead, and a few beyond: not every one is kept."""
    return words[max(0, first - WINDOW) : last + SHINGLE + WINDOW]


def group(
    leading: Small, members: Sequence[tuple[str, Small, Callable[[], Places]]], every: Sequence[_Carried]
) -> Group | None:
    """The group with these leading words, or None if it has nothing worth telling.

    `members` are the texts: their ids, their words, and what tells where these stand; `every` the runs that each shares
    with the leading words. The ends of the group's words are those that half of the texts have.
    """
    carried = list(enumerate(every))
    covering = np.zeros(len(leading) + 1, dtype=np.int64)
    for _, found in carried:
        for _, at, length in found:
            covering[at] += 1
            covering[at + length] -= 1
    enough = np.flatnonzero(np.cumsum(covering)[:-1] * 2 >= len(members))
    if not len(enough):
        return None
    begin, end = int(enough[0]), int(enough[-1]) + 1
    whole = 0
    told: list[Carrier] = []
    for one, found in carried:
        inside = [_clipped(passage, begin, end) for passage in found]
        inside = [passage for passage in inside if passage[2] >= min(LEAST, end - begin)]
        identifier, own, places = members[one]
        if worth(own, inside):
            starts, ends = places()
            told.append(
                Carrier(
                    identifier,
                    sum(length for _, _, length in inside),
                    tuple((int(starts[a]), int(ends[a + n - 1]), n) for a, _, n in inside),
                )
            )
            whole += any(length == end - begin for _, _, length in inside)
    if len(told) < 2:
        return None
    return Group(end - begin, int(characters(leading[begin:end]).sum()), whole, tuple(told))


def _clipped(passage: tuple[int, int, int], begin: int, end: int) -> tuple[int, int, int]:
    """What of a passage lies within the group's words."""
    at, there, length = passage
    cut = max(begin - there, 0)
    return at + cut, there + cut, min(there + length, end) - (there + cut)
