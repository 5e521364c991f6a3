"""Texts as words that can be compared: without case, punctuation, quotation marks, or marks on and in a word.

A word is a run of letters and digits; in scripts that set no space between words, each letter counts as one. Two
spellings of a letter are one letter here: composed or not, with or without its accent, a ligature or its parts. A
word's number is a polynomial in its letters modulo 2**64, taken for all words of many texts at once: a hundred thousand
articles hold more words than a loop over them could read in a minute.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
_PLACES = NDArray[np.int64]
_BATCH = 1 << 17  # characters that are read at a time: so many fit into the cache of a core
_PLANES = 0x30000  # no letters are assigned beyond
_FEW = 1 << 16  # characters that are few
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse; the golden ratio in 64 bits
# Marks that stand inside a word without being a part of its spelling: Armenian ՛ ՜ ՞, combining ones, vowel signs,
# the soft hyphen, joiners.
_MARKS = (
    (0x55A, 0x560), (0x300, 0x370), (0x591, 0x5BE), (0x5BF, 0x5C8), (0x610, 0x61B), (0x640, 0x641), (0x64B, 0x660),
    (0x670, 0x671), (0xAD, 0xAE), (0x200B, 0x200E), (0xFE00, 0xFE10),
)  # fmt: skip
# Scripts that set no space between words: Thai, Lao, Burmese, Khmer, Japanese kana, Chinese characters.
_UNSPACED = (
    (0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3005, 0x3008), (0x3041, 0x3100), (0x31F0, 0x3200),
    (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x30000),
)  # fmt: skip


# Where such runs begin and end by turns.
_MARKS_EDGES = sorted(edge for run in _MARKS for edge in run)
_UNSPACED_EDGES = sorted(edge for run in _UNSPACED for edge in run)


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
    letters = _letters(np.minimum(codes, _PLANES - 1))
    where = np.flatnonzero(letters != _MARK)
    letters = letters[where]
    letters, where = _written_out(letters, where)
    letters[1:][(letters[1:] == _YIWN) & (letters[:-1] == _YECH)] = _VEW
    alone = (letters & _ALONE) != 0
    unspaced = alone | ((letters & _SIGN) != 0)
    inside = np.zeros(len(letters) + 1, dtype=bool)
    inside[:-1] = letters != 0
    begins = inside[:-1].copy()
    begins[1:] &= ~inside[:-2] | alone[1:] | (unspaced[1:] != unspaced[:-1])
    starts = np.flatnonzero(begins)
    stops = inside[:-1] & ~inside[1:]
    stops[:-1] |= inside[:-2] & begins[1:]
    ends = np.flatnonzero(stops) + 1
    powers, inverses = _powers(len(letters) + 1)
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[:-1], out=sums[1:])
    numbers = _mixed((sums[ends] - sums[starts]) * inverses[starts])
    numbers = (numbers & ~np.uint64(1)) | unspaced[starts].astype(np.uint64)
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


def _written_out(letters: Numbers, where: _PLACES) -> tuple[Numbers, _PLACES]:
    """Letters that stand for several, as ß and ligatures do, in their place."""
    found = np.flatnonzero((letters & _SEVERAL) != 0)
    if not len(found):
        return letters, where
    parts = [_letter(code)[1] for code in (letters[found] & ~_SEVERAL).tolist()]
    counts = np.ones(len(letters), dtype=np.int64)
    counts[found] = [len(part) for part in parts]
    new, where = np.repeat(letters, counts), np.repeat(where, counts)
    into = np.repeat(counts > 1, counts)
    new[into] = _letters(np.frombuffer("".join(parts).encode("utf-32-le"), dtype="<u4"))
    return new, where


def characters(words: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """For each word whether it is one character of a script without spaces: its number says so."""
    return words & np.uint32(1)


_MARK, _SEVERAL = np.uint64(0xFFFFFFFF), np.uint64(1 << 28)
_ALONE, _SIGN = np.uint64(1 << 24), np.uint64(1 << 25)  # a letter that is a word; a sign that goes with one
_YECH, _YIWN, _VEW = np.uint64(ord("ե")), np.uint64(ord("ւ")), np.uint64(ord("վ"))  # և is written եւ and եվ


def _folded(letter: str) -> str:
    """A letter or a vowel sign as it is compared: in small letters and without what may be left off it."""
    if letter == "ı":
        return "i"
    if not letter.isalpha() or letter in "\u0e33\u0eb3":  # these two stand for a sign and a letter
        return letter
    if unicodedata.is_normalized("NFKD", letter):
        plain = letter.casefold()
        return plain if len(plain) == 1 else "".join(filter(_counts, plain))
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(filter(_counts, small))


def _counts(letter: str) -> bool:
    """Whether a character is a letter, a digit or a vowel sign, and no mark."""
    if any(first <= ord(letter) < last for first, last in _MARKS):
        return False
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


@cache
def _letter(code: int) -> tuple[int, str]:
    """The number of a code point's letter, 0 for what is no letter; and what it stands for if that is several."""
    letter = chr(code)
    if bisect(_MARKS_EDGES, code) % 2:
        return int(_MARK), ""
    sign = not letter.isalnum() and unicodedata.category(letter) in ("Mn", "Mc")
    if not (letter.isalnum() or sign):
        return 0, ""
    if letter.isascii():
        return ord(letter.lower()), ""
    plain = _folded(letter)
    if len(plain) > 1:
        return int(_SEVERAL) | code, plain
    number = ord(plain) if plain else 0
    if number and bisect(_UNSPACED_EDGES, code) % 2:
        number |= int(_SIGN if sign else _ALONE)
    return number, ""


def _letters(codes: NDArray[np.uint32]) -> Numbers:
    """The numbers of the letters that code points stand for."""
    if codes.size < _FEW:  # to look at those there are takes less than to write down all there could be
        found, places = np.unique(codes, return_inverse=True)
        return np.array([_letter(code)[0] for code in found.tolist()], dtype=np.uint64)[places]
    return _all_letters()[codes]


def prepare() -> None:
    """Write down all letters now: processes that are forked after this need not."""
    _all_letters()


@cache
def _all_letters() -> Numbers:
    """Code point → the number of its letter."""
    return np.array([_letter.__wrapped__(code)[0] for code in range(_PLANES)], dtype=np.uint64)


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
