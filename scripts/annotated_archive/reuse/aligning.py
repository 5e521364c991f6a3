"""Where two texts have the same words: the longest runs, in the order of the first text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.shingles import rolled
from annotated_archive.reuse.words import characters

LEAST = 8
"""Words that a shared passage has at least."""
ALONE, TOGETHER = 12, 16
"""One passage of so many words is worth telling; of shorter ones only so many words together: fewer stand in two texts
by chance, or as a name and an office. A quotation that was cut or altered is several short passages. Of scripts without
spaces two characters weigh as much as a word."""
REPEATS = 8
"""Places in the other text at which a run that is repeated there is tried."""


def runs(words: NDArray[np.uint32], others: NDArray[np.uint32]) -> list[tuple[int, int, int]]:
    """The passages that two texts share, as (first word, first word of the other text, how many words).

    From the start of the first text, each time the longest run is taken; no word of either text is in two of them.
    Texts with the same words are one passage, however short.
    """
    if len(words) == len(others) and np.array_equal(words, others):
        return [(0, 0, len(words))]
    mine, theirs = rolled(words, LEAST), rolled(others, LEAST)
    if not len(mine) or not len(theirs):
        return []
    order = np.argsort(theirs, kind="stable")
    ordered = theirs[order]
    begins = np.searchsorted(ordered, mine)
    common = np.flatnonzero(ordered[np.minimum(begins, len(ordered) - 1)] == mine)
    if not len(common):
        return []
    ends = np.minimum(np.searchsorted(ordered, mine[common], "right"), begins[common] + REPEATS)
    places = zip(common.tolist(), begins[common].tolist(), ends.tolist(), strict=True)
    where = order.tolist()
    return taken(words.tolist(), others.tolist(), {start: where[begin:end] for start, begin, end in places})


def taken(a: list[int], b: list[int], where: dict[int, list[int]]) -> list[tuple[int, int, int]]:
    """The passages of two texts, given where in the other text the first LEAST words stand that begin at a word."""
    used = bytearray(len(b))
    passages: list[tuple[int, int, int]] = []
    free = 0
    for start in sorted(where):
        if start < free:
            continue
        best, length = 0, 0
        for other in where[start]:
            end = _end(a, b, used, start, other)
            if end - start > length:
                best, length = other, end - start
        if length >= LEAST:
            passages.append((start, best, length))
            used[best : best + length] = b"\1" * length
            free = start + length
    return passages


def _end(a: list[int], b: list[int], used: bytearray, start: int, other: int) -> int:
    """Where the run that begins at these two words ends in the first text."""
    at = start
    step = other - start
    while at < len(a) and at + step < len(b) and a[at] == b[at + step] and not used[at + step]:
        at += 1
    return at


def disjoint(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The passages that `taken` takes of two texts, given all their longest runs, in order; these may overlap."""
    passages: list[tuple[int, int, int]] = []
    free = 0
    while found := [run for run in found if run[0] + run[2] - LEAST >= free]:
        start = max(free, found[0][0])
        ends = sorted((b + start - a, a + n) for a, b, n in found if a <= start)
        best, length = 0, 0
        for other, end in ends[:REPEATS]:
            used = [max(begin - other, 0) for _, begin, size in passages if begin + size > other]
            if (whole := min([end - start, *used])) > length:
                best, length = other, whole
        if length >= LEAST:
            passages.append((start, best, length))
        free = start + (length if length >= LEAST else 1)
    return passages


def worth(words: NDArray[np.uint32], found: Sequence[tuple[int, int, int]]) -> bool:
    """Whether passages of a text are enough to be told; its whole is."""
    if any(length == len(words) for _, _, length in found):
        return len(words) > 0
    weights = [length - int(characters(words[at : at + length]).sum()) / 2 for at, _, length in found]
    return max(weights, default=0) >= ALONE or sum(weights) >= TOGETHER
