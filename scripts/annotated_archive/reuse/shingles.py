"""Numbers for runs of words, and which of them to keep, so that two texts with a run in common keep the same ones.

Winnowing (Schleimer, Wilkerson, Aiken: Winnowing: local algorithms for document fingerprinting, SIGMOD 2003): of every
WINDOW shingles in a row the least is kept. Any run of SHINGLE + WINDOW - 1 words that two texts share is found.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.words import Numbers

SHINGLE = 8
WINDOW = 4
AnyNumbers = NDArray[np.uint32] | NDArray[np.uint64]
_FACTOR = 0xD6E8FEB86659FD93  # odd


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
