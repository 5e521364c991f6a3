"""Which two texts share words that are not common, and what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import ALONE, LEAST, REPEATS, runs, taken, worth
from annotated_archive.reuse.index import COMMON, Index, Small
from annotated_archive.reuse.passages import Passage, Shared
from annotated_archive.reuse.shingles import SHINGLE, rolled, shingled
from annotated_archive.reuse.words import Numbers, characters
from annotated_archive.store.cores import spread

MOSTLY = 0.5
"""Of the shorter text: a pair is told with its common runs too if they and the others are this much of it."""
_AT_ONCE = 2000  # pairs, or a few more, that one process compares at a time
_TABLE = 1 << 18
_MANY = 20_000  # places of one text that have the words of a place of another; more have texts that repeat themselves
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
class Told:
    """The passages of two texts, by their numbers."""

    one: int
    other: int
    passages: tuple[Passage, ...]


def pairs(index: Index, where: Hits, only: NDArray[np.bool_] | None = None) -> list[Told]:
    """Every two texts that share a passage which is not common, in order; with `only`, those of which one is marked."""
    chosen = _candidates(index, only)
    common = np.zeros(len(index.words), dtype=bool)
    common[index.bounds[where.of] + where.at] = True
    low = np.empty(len(index.words), dtype=np.uint32) if only is None else None
    if low is not None:
        for at in range(0, len(low), _WORDS):
            part = rolled(index.words[at : at + _WORDS + LEAST - 1], LEAST)[: len(low) - at]
            low[at : at + len(part)] = part
    ones = chosen // max(len(index.ids), 1)
    borders = np.unique(np.searchsorted(ones, ones[::_AT_ONCE]))  # the pairs of one text are compared together
    blocks = list(pairwise([*borders.tolist(), len(chosen)]))
    _COMPARED.append(_Comparing(index, chosen, common, low))
    try:
        return [one for some in spread(_compared, blocks, chunk=1) for one in some]
    finally:
        _COMPARED.pop()


@dataclass(frozen=True)
class _Comparing:
    """Candidates, at which words common runs begin, and the last bits of the shingle that begins at each word."""

    index: Index
    chosen: NDArray[np.int64]
    common: NDArray[np.bool_]
    low: Small | None

    def shingles(self, text: int) -> Small:
        first, last = self.index.bounds[text], self.index.bounds[text + 1]
        if self.low is not None:
            return self.low[first : max(last - LEAST + 1, first)]
        return rolled(self.index.words[first:last], LEAST).astype(np.uint32)


_COMPARED: list[_Comparing] = []


def _compared(block: tuple[int, int]) -> list[Told]:
    work = _COMPARED[-1]
    ones, others = np.divmod(work.chosen[slice(*block)], len(work.index.ids))
    table = np.zeros(_TABLE, dtype=bool)
    borders = np.flatnonzero(np.concatenate([[True], ones[1:] != ones[:-1], [True]])).tolist()
    found: list[Told] = []
    for begin, end in pairwise(borders):
        found += _told(work, int(ones[begin]), others[begin:end], table)
    return found


def _told(work: _Comparing, one: int, others: NDArray[np.int64], table: NDArray[np.bool_]) -> Iterator[Told]:
    """What a text shares with each of some others. `table` is all False, before and after."""
    index = work.index
    words = index.text(one)
    mine = work.shingles(one)
    order = np.argsort(mine, kind="stable")
    ordered = mine[order]
    table[mine & (_TABLE - 1)] = True
    parts = [work.shingles(other) for other in others.tolist()]
    bounds = np.cumsum([0, *map(len, parts)])
    theirs = np.concatenate(parts)
    at = np.flatnonzero(table[theirs & (_TABLE - 1)])  # a table tells faster what is not there
    table[mine & (_TABLE - 1)] = False
    left = np.searchsorted(ordered, theirs[at])
    same = ordered[np.minimum(left, len(ordered) - 1)] == theirs[at] if len(ordered) else np.zeros(0, dtype=bool)
    at, left = at[same], left[same]
    right = np.searchsorted(ordered, theirs[at], "right")
    of = np.searchsorted(bounds, at, "right") - 1
    at = at - bounds[of]
    borders = np.searchsorted(of, np.arange(len(others) + 1)).tolist()
    common = work.common[index.bounds[others[of]] + at]
    a: list[int] = []
    for number in _promising(index, one, others, of, at, common).tolist():
        other = int(others[number])
        others_words = index.text(other)
        mine_here = slice(borders[number], borders[number + 1])
        lefts, rights = left[mine_here].tolist(), right[mine_here].tolist()
        if not lefts or sum(rights) - sum(lefts) > _MANY:
            found = runs(words, others_words)
        else:
            where: dict[int, list[int]] = defaultdict(list)
            for place, begin, end in zip(at[mine_here].tolist(), lefts, rights, strict=True):
                for start in order[begin:end].tolist():
                    if len(where[start]) < REPEATS:
                        where[start].append(place)
            if len(words) == len(others_words) and np.array_equal(words, others_words):
                found = [(0, 0, len(words))]
            else:
                a = a or words.tolist()
                found = taken(a, others_words.tolist(), where)
        if found := _worthy(words, others_words, found, index.common.many):
            yield Told(one, other, passages(words, index.places(one), index.places(other), found))


def _promising(
    index: Index, one: int, others: NDArray[np.int64],
    of: NDArray[np.intp], at: NDArray[np.intp], common: NDArray[np.bool_],
) -> NDArray[np.intp]:  # fmt: skip
    """Which of some texts can share passages with a text that are worth telling: all others do not.

    `at` are the words of each (`of`) at which shingles of the text begin, in order, and which of these are `common`.
    In a row they are a stretch, in which each passage lies. One without a common run in it is not told alone if it has
    fewer than ALONE words; one of common runs only is not told at all; one with both is longer.
    """
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
    return np.flatnonzero(several | long | mostly | (sizes < ALONE))


def _candidates(index: Index, only: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """Pairs of texts that have a run in common which is not common, each as one number, in order."""
    counts = np.diff(index.firsts)
    rare = (counts > 1) & (counts <= COMMON)
    of = index.of[np.repeat(rare, counts)].astype(np.int64)
    sizes = counts[rare]
    if only is not None and len(sizes):
        touched = np.logical_or.reduceat(only[of], np.cumsum(sizes) - sizes)
        of, sizes = of[np.repeat(touched, sizes)], sizes[touched]
    group = np.repeat(np.arange(len(sizes)), sizes)
    found = np.empty(0, dtype=np.int64)
    for step in range(1, COMMON):  # one after the other: all at once would be many times the memory
        both = np.flatnonzero(group[step:] == group[:-step])
        one, other = of[both], of[both + step]
        if only is not None:
            one, other = one[keep := only[one] | only[other]], other[keep]
        found = np.union1d(found, one * len(index.ids) + other)
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
