"""Numbers for runs of words, and which of them to keep, so that two texts with a run in common keep the same ones.

Winnowing (Schleimer, Wilkerson, Aiken: Winnowing: local algorithms for document fingerprinting, SIGMOD 2003): of every
WINDOW shingles in a row the least is kept. Any run of SHINGLE + WINDOW - 1 words that two texts share is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.words import Numbers

SHINGLE = 8
WINDOW = 4
AnyNumbers = NDArray[np.uint32] | NDArray[np.uint64]
_FACTOR = 0xD6E8FEB86659FD93  # odd
_AT_ONCE = 1 << 21  # words
_BITS = 26  # of a shingle, by which a table tells at most whether it has several places


def rolled(words: AnyNumbers, length: int) -> Numbers:
    """A number for every `length` words in a row."""
    windows = len(words) - length + 1
    if windows < 1:
        return np.empty(0, dtype=np.uint64)
    made = np.zeros(windows, dtype=np.uint64)
    for at in range(length):
        made += words[at : at + windows].astype(np.uint64) * np.uint64(pow(_FACTOR, at, 1 << 64))
    made ^= made >> np.uint64(31)  # the least number is to be a random one, whatever the words
    made *= np.uint64(0xBF58476D1CE4E5B9)
    made ^= made >> np.uint64(29)
    return made


def shingled(words: AnyNumbers) -> Numbers:
    """All shingles of a text; of one that is shorter than a shingle its whole."""
    return rolled(words, min(SHINGLE, max(len(words), 1)))


def kept(words: AnyNumbers) -> Numbers:
    """The shingles of a text that are kept, in order; those in a row that are the same once."""
    return keeping(words)[0]


def keeping(words: AnyNumbers) -> tuple[Numbers, NDArray[np.intp]]:
    """The shingles of a text that are kept, in order, and at which word each begins."""
    shingles = shingled(words)
    if len(shingles) <= WINDOW:
        lowest = np.array([shingles.argmin()] if len(shingles) else [], dtype=np.intp)
        return shingles[lowest], lowest
    windows = len(shingles) - WINDOW + 1
    least = shingles[:windows].copy()
    place = np.arange(windows)
    for at in range(1, WINDOW):
        later = shingles[at : at + windows]
        less = later < least
        least[less] = later[less]
        place[less] = np.flatnonzero(less) + at
    first = np.ones(windows, dtype=bool)
    np.not_equal(least[1:], least[:-1], out=first[1:])
    return least[first], place[first]


@dataclass(frozen=True)
class Shingled:
    """Shingles of some texts, one text after the other: their last bits, and at which words of their texts they begin.

    Those of text n stand from `bounds[n]`.
    """

    values: NDArray[np.uint32]
    at: NDArray[np.uint32]
    bounds: NDArray[np.int64]

    def of(self, texts: NDArray[np.intp]) -> Shingled:
        """Those of some texts, in the order of these."""
        counts = self.bounds[texts + 1] - self.bounds[texts]
        where = ranges(self.bounds[texts], counts)
        return Shingled(self.values[where], self.at[where], np.concatenate([[0], np.cumsum(counts)]))


def shingles_of(texts: Sequence[NDArray[np.uint32]]) -> Shingled:
    """All shingles of texts; of one that is shorter than a shingle none."""
    values = [rolled(words, SHINGLE).astype(np.uint32) for words in texts]
    at = [np.arange(len(found), dtype=np.uint32) for found in values]
    none = np.empty(0, dtype=np.uint32)
    return Shingled(
        np.concatenate([none, *values]), np.concatenate([none, *at]), np.cumsum([0, *map(len, values)], dtype=np.int64)
    )


def repeated(words: NDArray[np.uint32], bounds: NDArray[np.int64]) -> Shingled:
    """The shingles that stand in more than one place, and a few others, of texts with these words.

    Those of text n begin at `bounds[n]`. Most shingles stand in one place only, so that these are soon looked through.
    """
    low = np.empty(len(words), dtype=np.uint32)
    for at in range(0, len(low), _AT_ONCE):
        part = rolled(words[at : at + _AT_ONCE + SHINGLE - 1], SHINGLE)
        low[at : at + len(part)] = part
    bits = min(len(words).bit_length() + 2, _BITS)
    dropped = np.uint32(32 - bits)
    table = np.zeros(1 << bits, dtype=bool)
    for first in range(0, 1 << 32, 1 << 30):  # a quarter of all numbers at a time, for the memory
        part = np.sort(low[(low >= first) & (low <= first + (1 << 30) - 1)])
        table[part[1:][part[1:] == part[:-1]] >> dropped] = True
    del part
    several = np.zeros(len(low), dtype=bool)
    for at in range(0, len(low), _AT_ONCE):
        several[at : at + _AT_ONCE] = table[low[at : at + _AT_ONCE] >> dropped]
    for at in range(1, SHINGLE):  # what begins here ends in the next text
        last = bounds[1:] - at
        several[last[last >= bounds[:-1]]] = False
    found = np.flatnonzero(several)
    borders = np.searchsorted(found, bounds)
    begins = np.repeat(bounds[:-1], np.diff(borders))
    return Shingled(low[found], (found - begins).astype(np.uint32), borders)


def ranges(first: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each `first`, so many of them."""
    ends = np.cumsum(counts)
    made: NDArray[np.int64] = np.repeat(first - (ends - counts), counts)
    made += np.arange(len(made))
    return made
