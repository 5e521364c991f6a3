"""Texts as words that can be compared: without case, punctuation, quotation marks, or marks within a word.

A word is a run of letters and digits. Its number is a polynomial in its letters modulo 2**64, taken for all words of
many texts at once: a hundred thousand articles hold more words than a loop over them could read in a minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
_PLACES = NDArray[np.int64]
_BATCH = 1 << 20  # characters that are read at a time
_PLANES = 0x30000  # no letters are assigned beyond
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse; the golden ratio in 64 bits
# Marks that stand inside a word without being a part of its spelling: Armenian ՛ ՜ ՞, combining ones, vowel signs,
# the soft hyphen, joiners.
_MARKS = (
    (0x55A, 0x560), (0x300, 0x370), (0x591, 0x5BE), (0x5BF, 0x5C8), (0x610, 0x61B), (0x640, 0x641), (0x64B, 0x660),
    (0x670, 0x671), (0xAD, 0xAE), (0x200B, 0x200E),
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of a text: their numbers, and where each begins and ends in it, in code points."""

    numbers: Numbers
    starts: _PLACES
    ends: _PLACES


def words(text: str) -> Words:
    """The words of one text."""
    return next(read([text]))


def read(texts: Sequence[str]) -> Iterator[Words]:
    """The words of each text."""
    first = 0
    while first < len(texts):
        last, size = first, 0
        while last < len(texts) and (last == first or size + len(texts[last]) < _BATCH):
            size += len(texts[last]) + 1
            last += 1
        yield from _together(texts[first:last])
        first = last


def _together(texts: Sequence[str]) -> Iterator[Words]:
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _letters()
    letters = table[np.minimum(codes, _PLANES - 1)]
    where = np.flatnonzero(letters != _MARK)
    letters = letters[where]
    inside = np.zeros(len(letters) + 2, dtype=np.int8)
    inside[1:-1] = letters != 0
    change = np.diff(inside)
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    powers, inverses = _powers(len(letters) + 1)
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[:-1], out=sums[1:])
    numbers = _mixed((sums[ends] - sums[starts]) * inverses[starts])
    at, until = where[starts], where[ends - 1] + 1
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    edges = np.concatenate(([0], np.cumsum(lengths)))
    borders = np.searchsorted(at, edges)
    for number in range(len(texts)):
        mine = slice(borders[number], borders[number + 1])
        yield Words(numbers[mine], at[mine] - edges[number], until[mine] - edges[number])


def _mixed(numbers: Numbers) -> Numbers:
    """Numbers whose lower bits depend on all bits (the finaliser of SplitMix64)."""
    numbers ^= numbers >> np.uint64(30)
    numbers *= np.uint64(0xBF58476D1CE4E5B9)
    numbers ^= numbers >> np.uint64(27)
    numbers *= np.uint64(0x94D049BB133111EB)
    numbers ^= numbers >> np.uint64(31)
    return numbers


_MARK = np.uint64(0xFFFFFFFF)


@cache
def _letters() -> Numbers:
    """Code point → the number of its letter in small letters; 0 is no letter."""
    table = np.zeros(_PLANES, dtype=np.uint64)
    for code in range(_PLANES):
        letter = chr(code)
        if letter.isalnum():
            plain = letter.casefold()
            table[code] = ord(plain) if len(plain) == 1 else code
    for first, last in _MARKS:
        table[first:last] = _MARK
    return table


@cache
def _all_powers(size: int) -> tuple[Numbers, Numbers]:
    made = []
    for factor in (_FACTOR, pow(_FACTOR, -1, 1 << 64)):
        powers = np.full(size, factor, dtype=np.uint64)
        powers[0] = 1
        made.append(np.cumprod(powers, dtype=np.uint64))
    return made[0], made[1]


def _powers(size: int) -> tuple[Numbers, Numbers]:
    """The powers of the factor and of its inverse."""
    whole = 1 << max(size - 1, 1).bit_length()
    powers, inverses = _all_powers(whole)
    return powers[:size], inverses[:size]
