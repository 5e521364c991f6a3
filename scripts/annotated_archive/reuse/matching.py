"""Where one text has the same words as each of many others, which are all looked through at once.

What it finds is what `aligning.runs` finds of two texts; it says of which texts it cannot tell, and these are few.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import LEAST, disjoint
from annotated_archive.reuse.index import Index, Small
from annotated_archive.reuse.shingles import Shingled, ranges, shingles_of

_TABLE = 1 << 18
_MANY = 20_000  # places of one text that have the words of a place of another; more have texts that repeat themselves
_FEW = 8  # where less than one text in so many is looked through, not all are prepared for it

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Met:
    """Places with the same shingle: in which of the others, at which word of it, and where in the one text.

    `first` and `last` are a range in `here`, in which the words of the one text stand by their shingles.
    """

    of: Places
    there: Small
    first: Places
    last: Places
    here: Small

    def only(self, which: NDArray[np.bool_]) -> Met:
        """What it says of some of the others: `which` says of each whether it is one. They are numbered anew."""
        chosen = which[self.of]
        of = (np.cumsum(which) - 1)[self.of[chosen]]
        return Met(of, self.there[chosen], self.first[chosen], self.last[chosen], self.here)


@dataclass(frozen=True)
class Runs:
    """Words in a row: in which of the others, at which word of the one text and of the other they begin, how many."""

    of: Places
    here: Places
    there: Places
    words: Places

    def only(self, which: NDArray[np.bool_] | Places) -> Runs:
        """Some of them."""
        return Runs(self.of[which], self.here[which], self.there[which], self.words[which])


class Lookup:
    """The shingles of the texts of an index, to look for those of a text in."""

    def __init__(self, index: Index, texts: int) -> None:
        """For so many texts that will be looked through."""
        self.index = index
        self._all = index.repeated if texts * _FEW > len(index.ids) else None
        self._table = np.zeros(_TABLE, dtype=bool)  # all False but while it is used: tells fast what is not there

    def shingles(self, texts: Places) -> Shingled:
        """The shingles of some texts; without such as stand in no second place, if that is known."""
        return self._all.of(texts) if self._all else shingles_of([self.index.text(one) for one in texts.tolist()])

    def met(self, mine: Shingled, others: Places) -> Met:
        """The shingles of a text in others."""
        theirs = self.shingles(others)
        order = np.argsort(mine.values, kind="stable")
        ordered = mine.values[order]
        mask = np.uint32(_TABLE - 1)
        self._table[ordered & mask] = True
        found = np.flatnonzero(self._table[theirs.values & mask])
        self._table[ordered & mask] = False
        wanted = theirs.values[found]
        first, last = np.searchsorted(ordered, wanted, "left"), np.searchsorted(ordered, wanted, "right")
        same = last > first
        found = found[same]
        of = np.searchsorted(theirs.bounds, found, "right") - 1
        return Met(of, theirs.at[found], first[same], last[same], mine.at[order])

    def runs(self, words: Small, others: Places, met: Met, turned: bool = False) -> tuple[Runs, NDArray[np.bool_]]:
        """The runs of a text with these words in the others, by these and by words; and of which others it cannot tell.

        With `turned` those of each of the others in the text: where runs overlap, this is not always the same.
        It cannot where a text repeats itself very often, or is shorter than a run.
        """
        sizes = np.diff(self.index.bounds)[others]
        counts = met.last - met.first
        unclear = (np.bincount(met.of, counts, minlength=len(others)) > _MANY) | (sizes < LEAST) | (len(words) < LEAST)
        counts[unclear[met.of]] = 0
        of, there = np.repeat(met.of, counts), np.repeat(met.there.astype(np.intp), counts)
        here = met.here[ranges(met.first, counts)].astype(np.intp)
        order = np.lexsort((here, there - here, of))
        of, here, there = of[order], here[order], there[order]
        begins = np.ones(len(of), dtype=bool)
        begins[1:] = (of[1:] != of[:-1]) | (here[1:] != here[:-1] + 1) | (there[1:] != there[:-1] + 1)
        first = np.flatnonzero(begins)
        lengths = np.diff(np.append(first, len(of))) + LEAST - 1
        found = Runs(of[first], here[first], there[first], lengths)
        mine, theirs = ranges(found.here, lengths), ranges(found.there + self.index.bounds[others[found.of]], lengths)
        other = np.repeat(found.of, lengths)[words[mine] != self.index.words[theirs]]  # shingles are told by few bits
        unclear[other] = True
        if turned:
            found = Runs(found.of, found.there, found.here, found.words)
        found = found.only(np.lexsort((found.there, found.here, found.of)))
        return _disjoint(found.only(~unclear[found.of]), len(others)), unclear


def _disjoint(found: Runs, others: int) -> Runs:
    """Runs (by others and words) without what overlaps."""
    overlapping = np.zeros(others, dtype=bool)
    for side in (found.there, found.here):
        order = np.lexsort((side, found.of))
        of, begin, end = found.of[order], side[order], (side + found.words)[order]
        overlapping[of[1:][(of[1:] == of[:-1]) & (begin[1:] < end[:-1])]] = True
    if not overlapping.any():
        return found
    rows = np.stack([found.of, found.here, found.there, found.words], axis=1)
    parts = [rows[~overlapping[found.of]]]
    borders = np.searchsorted(found.of, np.arange(others + 1))
    for one in np.flatnonzero(overlapping).tolist():
        kept = disjoint([(a, b, n) for _, a, b, n in rows[borders[one] : borders[one + 1]].tolist()])
        parts.append(np.array([(one, *run) for run in kept], dtype=np.intp).reshape(-1, 4))
    made = np.concatenate(parts)
    return Runs(*made[np.argsort(made[:, 0], kind="stable")].T)
