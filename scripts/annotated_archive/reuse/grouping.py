"""Words that stand in many texts, told once as a group: each text is compared with the group's words, not with others.

The first text of a group (by id) leads it: its words are those that the others are held against, without what only the
fewer have. A run of words belongs to one group, so that the cost grows with the runs in the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import LEAST, runs, worth
from annotated_archive.reuse.index import Index, covered
from annotated_archive.reuse.passages import Carrier, Group
from annotated_archive.reuse.shingles import SHINGLE, WINDOW, shingled
from annotated_archive.reuse.words import Numbers, Words, characters

_Numbers = NDArray[np.uint32]
ALIKE = 0.5
"""Of the texts that have either of two runs in a row, so many have both, or else the runs belong to two groups."""


def groups(index: Index) -> Iterator[Group]:
    """The groups of the texts of an index, each led by its first text."""
    values, texts = index.common()
    free = np.ones(len(values), dtype=bool)
    for number in texts:
        mine = shingled(index.words[number])
        slots = np.minimum(np.searchsorted(values, mine), len(values) - 1)
        at = np.flatnonzero((values[slots] == mine) & free[slots])
        for first, last, members in stretches(mine, at, index.carriers, index.many):
            free[slots[at[(at >= first) & (at <= last)]]] = False
            found = group(
                index.words[number], first, last,
                [(index.ids[one], index.words[one], one) for one in members.tolist()], index.places,
            )  # fmt: skip
            if found:
                yield found


def stretches(
    shingles: Numbers,
    at: NDArray[np.intp],
    carriers: Callable[[int], _Numbers],
    many: Callable[[Numbers], NDArray[np.intp]],
) -> Iterator[tuple[int, int, _Numbers]]:
    """Common shingles of a text, as (first, last, the texts that have any): parted where other texts have the next.

    Without those whose words mostly belong to shingles that more texts have: they are the edge of another stretch.
    """
    if not len(at):
        return
    counts = many(shingles)
    most = covered(len(shingles) + SHINGLE - 1, counts)
    for first, last, members in _parted(shingles, at, carriers):
        own = most[first : last + SHINGLE]
        if np.count_nonzero(own <= counts[first : last + 1].max()) >= min(LEAST, len(own)):
            yield first, last, members


def _parted(
    shingles: Numbers, at: NDArray[np.intp], carriers: Callable[[int], _Numbers]
) -> Iterator[tuple[int, int, _Numbers]]:
    first = last = -1
    held = here = np.empty(0, dtype=np.uint32)
    for place in at.tolist():
        next_ = carriers(int(shingles[place]))
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


def group(
    words: _Numbers, first: int, last: int, members: Sequence[tuple[str, _Numbers, int]], places: Callable[[int], Words]
) -> Group | None:
    """The group that the shingles from `first` to `last` of a text lead, or None if it has nothing worth telling.

    The ends of its words lie a little beyond, as not every shingle is kept, and are those that half of the texts have.
    """
    leading = words[max(0, first - WINDOW) : last + SHINGLE + WINDOW]
    carried = [(one, runs(own, leading)) for one, (_, own, _) in enumerate(members)]
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
        identifier, own, number = members[one]
        if worth(own, inside):
            place = places(number)
            told.append(
                Carrier(
                    identifier,
                    sum(length for _, _, length in inside),
                    tuple((int(place.starts[a]), int(place.ends[a + n - 1]), n) for a, _, n in inside),
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
