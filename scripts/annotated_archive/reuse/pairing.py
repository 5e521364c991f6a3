"""Which two texts share words that are not common, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import ALONE, LEAST, TOGETHER, runs, worth
from annotated_archive.reuse.index import COMMON, Index, Small
from annotated_archive.reuse.matching import Lookup, Met, Runs
from annotated_archive.reuse.passages import Passage, Shared
from annotated_archive.reuse.shingles import SHINGLE, ranges, rolled, shingled
from annotated_archive.reuse.words import Numbers, characters
from annotated_archive.store.cores import spread

MOSTLY = 0.5
"""Of the shorter text: a pair is told with its common runs too if they and the others are this much of it."""
_AT_ONCE = 2000  # pairs, or a few more, that one process compares at a time
_PAIRS = 1 << 22  # pairs, each as often as it has runs, that are sorted at a time
_WORDS = 1 << 21  # words that one process looks through at a time

Places = tuple[NDArray[np.int64], NDArray[np.int64]]
_Found = list[tuple[int, int, int]]


@dataclass(frozen=True)
class Hits:
    """Where common runs stand: the text, the word at which they begin, and the run; in the order of texts and words."""

    of: Small
    at: Small
    runs: Numbers

    def joined(self, other: Hits) -> Hits:
        """These and others, none of them twice."""
        of, at = np.concatenate([self.of, other.of]), np.concatenate([self.at, other.at])
        order = np.lexsort((at, of))
        of, at, found = of[order], at[order], np.concatenate([self.runs, other.runs])[order]
        once = np.ones(len(of), dtype=bool)
        once[1:] = (of[1:] != of[:-1]) | (at[1:] != at[:-1])
        return Hits(of[once], at[once], found[once])

    def only(self, which: NDArray[np.bool_]) -> Hits:
        """Some of them."""
        return Hits(self.of[which], self.at[which], self.runs[which])


_WORK: list[tuple[Index, Numbers]] = []  # what is worked on now: forked processes share it


def hits(index: Index, values: Numbers, texts: Sequence[tuple[int, int]] | None = None) -> Hits:
    """Where runs (in order) stand in the texts of an index, kept there or not; `texts` are ranges, None means all."""
    ranges: list[tuple[int, int]] = []
    for begin, end in texts if texts is not None else [(0, len(index.ids))]:
        while begin < end:
            last = int(np.searchsorted(index.bounds, index.bounds[begin] + _WORDS, "right")) - 1
            ranges.append((begin, min(max(last, begin + 1), end)))
            begin = ranges[-1][1]
    none = np.empty(0, dtype=np.uint32)
    found = Hits(none, none, np.empty(0, dtype=np.uint64))
    if not len(values) or not ranges:
        return found
    _WORK.append((index, values))
    try:
        parts = [found, *spread(_hits, ranges, chunk=1)]
    finally:
        _WORK.pop()
    return Hits(*(np.concatenate([getattr(one, name) for one in parts]) for name in ("of", "at", "runs")))


def _hits(texts: tuple[int, int]) -> Hits:
    index, values = _WORK[-1]
    begin, end = (int(index.bounds[at]) for at in texts)
    shingles = rolled(index.words[begin:end], SHINGLE)
    low = np.uint64(0xFFFF)  # most shingles are no such run: a table of their last bits says so faster than a search
    table = np.zeros(1 << 16, dtype=bool)
    table[values & low] = True
    at = np.flatnonzero(table[shingles & low])
    slots = np.minimum(np.searchsorted(values, shingles[at]), len(values) - 1)
    at = at[values[slots] == shingles[at]]
    of = np.searchsorted(index.bounds, at + begin, "right") - 1
    inside = at + begin + SHINGLE <= index.bounds[of + 1]
    at, of = at[inside], of[inside]
    found = shingles[at]
    lengths = np.diff(index.bounds[texts[0] : texts[1] + 1])
    short = [int(one) + texts[0] for one in np.flatnonzero(lengths < SHINGLE)]  # their only shingle is their whole
    whole = np.array([shingled(index.text(one))[0] for one in short], dtype=np.uint64)
    here = np.isin(whole, values)
    alone = Hits(np.array(short, np.uint32)[here], np.zeros(int(here.sum()), np.uint32), whole[here])
    return Hits(of.astype(np.uint32), (at + begin - index.bounds[of]).astype(np.uint32), found).joined(alone)


@dataclass(frozen=True)
class Pairs:
    """What two and two of some texts share, in the order of these: the numbers of both, how many passages, these.

    A passage is a row: where it begins and ends in both, in code points, its words, and how many are characters.
    """

    one: Small
    other: Small
    counts: NDArray[np.int64]
    passages: NDArray[np.int32]

    @classmethod
    def joined(cls, parts: Sequence[Pairs]) -> Pairs:
        """All of some, in order."""
        none = cls(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.int64), np.empty((0, 6), np.int32))
        every = [none, *parts]
        one, other, counts, passages = (
            np.concatenate([getattr(part, name) for part in every]) for name in ("one", "other", "counts", "passages")
        )
        made = cls(one, other, counts, passages)
        order = np.lexsort((other, one))
        return made if np.array_equal(order, np.arange(len(order))) else made.only(order)

    def only(self, which: NDArray[np.intp]) -> Pairs:
        """Some of them, in this order."""
        first = np.cumsum(self.counts) - self.counts
        rows = ranges(first[which], self.counts[which])
        return Pairs(self.one[which], self.other[which], self.counts[which], self.passages[rows])


def pairs(index: Index, where: Hits, only: NDArray[np.bool_] | None = None) -> Pairs:
    """Every two texts that share a passage which is not common; with `only`, those of which one is marked."""
    chosen = _candidates(index, only)
    common = np.zeros(len(index.words), dtype=bool)
    common[index.bounds[where.of] + where.at] = True
    ones = chosen // max(len(index.ids), 1)
    borders = np.unique(np.searchsorted(ones, ones[::_AT_ONCE]))  # the pairs of one text are compared together
    blocks = list(pairwise([*borders.tolist(), len(chosen)]))
    _COMPARED.append(_Comparing(Lookup(index, len(index.ids) if only is None else 0), chosen, common))
    try:
        return Pairs.joined(list(spread(_compared, blocks, chunk=1)))
    finally:
        _COMPARED.pop()


@dataclass(frozen=True)
class _Comparing:
    """Candidates, and at which words common runs begin."""

    lookup: Lookup
    chosen: NDArray[np.int64]
    common: NDArray[np.bool_]


_COMPARED: list[_Comparing] = []


def _compared(block: tuple[int, int]) -> Pairs:
    work = _COMPARED[-1]
    ones, others = np.divmod(work.chosen[slice(*block)], len(work.lookup.index.ids))
    borders = np.flatnonzero(np.concatenate([[True], ones[1:] != ones[:-1], [True]])).tolist()
    return Pairs.joined([_told(work, int(ones[begin]), others[begin:end]) for begin, end in pairwise(borders)])


def _told(work: _Comparing, one: int, others: NDArray[np.int64]) -> Pairs:
    """What a text shares with each of some others."""
    index = work.lookup.index
    words = index.text(one)
    met = work.lookup.met(work.lookup.shingles(np.array([one])), others)
    common = work.common[index.bounds[others[met.of]] + met.there]
    promising = _promising(index, one, others, met, common)
    others, met = others[promising], met.only(promising)
    found, unclear = work.lookup.runs(words, others, met)
    begin = index.bounds[one]
    found = _worthy_runs(words, np.diff(index.bounds)[others], found, work.common[begin : begin + len(words)])
    rows = np.stack([found.of, found.here, found.there, found.words], axis=1)
    for number in np.flatnonzero(unclear).tolist():
        compared = told(words, index.text(int(others[number])), index.common.many)
        rows = np.concatenate([rows, np.array([(number, *run) for run in compared], dtype=np.intp).reshape(-1, 4)])
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    counts = np.bincount(rows[:, 0], minlength=len(others))
    which = np.flatnonzero(counts)
    return Pairs(
        np.full(len(which), one, dtype=np.uint32), others[which].astype(np.uint32), counts[which],
        _placed(index, one, others, rows),
    )  # fmt: skip


def _placed(index: Index, one: int, others: NDArray[np.int64], rows: NDArray[np.intp]) -> NDArray[np.int32]:
    """Runs (which of the others, first words, how many) as passages by code points."""
    of, here, there, words = rows.T
    letters = np.concatenate([[0], np.cumsum(characters(index.text(one)), dtype=np.int64)])
    made = np.empty((len(rows), 6), dtype=np.int32)
    starts, ends = index.places(one)
    made[:, 0], made[:, 1] = starts[here], ends[here + words - 1]
    for begin, end in pairwise(np.flatnonzero(np.diff(of, prepend=-1, append=-1)).tolist()):
        starts, ends = index.places(int(others[of[begin]]))
        mine = slice(begin, end)
        made[mine, 2], made[mine, 3] = starts[there[mine]], ends[there[mine] + words[mine] - 1]
    made[:, 4], made[:, 5] = words, letters[here + words] - letters[here]
    return made


def _promising(
    index: Index, one: int, others: NDArray[np.int64], met: Met, common: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which of some texts can share passages with a text that are worth telling: all others do not.

    `common` says which of the shingles that they have in common are common. Shingles in a row of another text are a
    stretch, in which each passage lies. One without a common run in it is not told alone if it has
    fewer than ALONE words; one of common runs only is not told at all; one with both is longer.
    """
    of, at = met.of, met.there
    begins = np.ones(len(at), dtype=bool)
    begins[1:] = (of[1:] != of[:-1]) | (at[1:] != at[:-1] + 1)
    first = np.flatnonzero(begins)
    lengths = np.diff(np.append(first, len(at))) + LEAST - 1
    rare = np.logical_or.reduceat(~common, first) if len(first) else np.zeros(0, dtype=bool)
    whose = of[first]
    several = np.bincount(whose[rare], minlength=len(others)) > 1
    long = np.bincount(whose[rare & (lengths >= ALONE)], minlength=len(others)) > 0
    sizes = np.minimum(np.diff(index.bounds)[others], len(index.text(one)))
    mostly = np.bincount(whose, lengths, minlength=len(others)) >= MOSTLY * sizes
    return several | long | mostly | (sizes < ALONE)


def _worthy_runs(words: Small, sizes: NDArray[np.int64], found: Runs, common: NDArray[np.bool_]) -> Runs:
    """What `_worthy` leaves of the runs of a text in others of these sizes; `common` is where common runs begin."""
    total = np.bincount(found.of, found.words, minlength=len(sizes))
    mostly = total >= MOSTLY * np.minimum(sizes, len(words))
    within, run = ranges(found.here, found.words), np.repeat(np.arange(len(found.of)), found.words)
    last = np.maximum.accumulate(np.where(common, np.arange(len(words)), -1))
    before = last[np.minimum(within, (found.here + found.words - SHINGLE)[run])]
    covered = np.bincount(run[before >= np.maximum(found.here[run], within - SHINGLE + 1)], minlength=len(found.of))
    found = found.only(mostly[found.of] | (found.words - covered >= LEAST))
    letters = np.concatenate([[0], np.cumsum(characters(words), dtype=np.int64)])
    weights = found.words - (letters[found.here + found.words] - letters[found.here]) / 2
    enough = np.bincount(found.of, weights, minlength=len(sizes)) >= TOGETHER
    enough[found.of[(weights >= ALONE) | (found.words == len(words))]] = True
    return found.only(enough[found.of])


def _candidates(index: Index, only: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """Pairs of texts that have a run in common which is not common, each as one number, in order."""
    counts = np.diff(index.firsts)
    rare = (counts > 1) & (counts <= COMMON)
    of = index.of[np.repeat(rare, counts)].astype(np.int64)
    sizes = counts[rare].astype(np.intp)
    if only is not None and len(sizes):
        touched = np.logical_or.reduceat(only[of], np.cumsum(sizes) - sizes)
        of, sizes = of[np.repeat(touched, sizes)], sizes[touched]
    group = np.repeat(np.arange(len(sizes)), sizes)
    found, new = np.empty(0, dtype=np.int64), list[NDArray[np.int64]]()
    for step in range(1, COMMON):  # one after the other: all at once would be many times the memory
        both = np.flatnonzero(group[step:] == group[:-step])
        one, other = of[both], of[both + step]
        if only is not None:
            one, other = one[keep := only[one] | only[other]], other[keep]
        new.append(one * len(index.ids) + other)
        if step == COMMON - 1 or sum(map(len, new)) > _PAIRS:
            ordered = np.sort(np.concatenate([found, *new]))
            once = np.ones(len(ordered), dtype=bool)
            np.not_equal(ordered[1:], ordered[:-1], out=once[1:])
            found = ordered[once]
            new.clear()
    return found


def told(words: Small, others: Small, many: Callable[[Numbers], NDArray[np.intp]]) -> _Found:
    """The passages that two texts share, if they are worth telling. `many` need only count what is common.

    Without those that stand in very many texts, unless all together are a great part of the shorter one.
    """
    return _worthy(words, others, runs(words, others), many)


def _worthy(words: Small, others: Small, found: _Found, many: Callable[[Numbers], NDArray[np.intp]]) -> _Found:
    if sum(length for _, _, length in found) < MOSTLY * min(len(words), len(others)):
        found = [one for one in found if _rare(words[one[0] : one[0] + one[2]], many)]
    return found if worth(words, found) else []


def _rare(passage: Small, many: Callable[[Numbers], NDArray[np.intp]]) -> bool:
    """Whether a passage has words enough that do not belong to common runs: one next to a common passage is not two."""
    return len(passage) - int(np.count_nonzero(covered(len(passage), many(shingled(passage))) > COMMON)) >= LEAST


def covered(words: int, many: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each word of a text the most of the numbers that its shingles have."""
    most = np.zeros(words, dtype=np.intp)
    for at in range(min(SHINGLE, words)):
        np.maximum(most[at : at + len(many)], many, out=most[at : at + len(many)])
    return most


def passages(words: Small, mine: Places, theirs: Places, found: _Found) -> tuple[Passage, ...]:
    """Passages by words as passages by code points."""
    letters = characters(words)
    return tuple(
        Passage(
            int(mine[0][a]), int(mine[1][a + n - 1]), int(theirs[0][b]), int(theirs[1][b + n - 1]),
            n, int(letters[a : a + n].sum()),
        )
        for a, b, n in found
    )  # fmt: skip


def shared(one: str, other: str, sizes: tuple[int, int], found: tuple[Passage, ...]) -> Shared:
    """What two texts of so many words share."""
    total = sum(passage.words for passage in found)
    return Shared(one, other, total, round(total / min(sizes), 4), found)
