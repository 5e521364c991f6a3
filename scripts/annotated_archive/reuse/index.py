"""Texts by the runs of words in them: which share some, at a cost that grows with the texts, not with their pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import runs, worth
from annotated_archive.reuse.passages import Passage, Shared
from annotated_archive.reuse.shingles import kept
from annotated_archive.reuse.words import Numbers, read, words

COMMON = 20
"""A run that stands in more texts than this is common: by itself it does not make two texts a pair to compare."""
NEXT = 2  # texts, after a text, with which it is compared because of a common run
MOSTLY = 0.5
"""Of the shorter text: two texts that have only common runs share them if these are this much of it."""


class Index:
    """Texts and the runs of words in them.

    Texts with the same words are one text here, that of the first of them by id (`copies` has the others): a thousand
    copies are a group and not half a million pairs.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.copies: dict[str, list[str]] = {}
        self._words: list[NDArray[np.uint32]] = []
        self._ids: list[str] = []
        self._copies: dict[bytes, str] = {}
        runs_of: list[Numbers] = []
        ids = sorted(texts)
        for identifier, text in zip(ids, read([texts[identifier] for identifier in ids]), strict=True):
            if len(text.numbers) == 0:
                continue
            first = self._copies.setdefault(_digest(text.numbers), identifier)
            if first != identifier:
                self.copies.setdefault(first, [first]).append(identifier)
                continue
            self._ids.append(identifier)
            self._words.append(text.numbers.astype(np.uint32))
            runs_of.append(kept(self._words[-1]))
        of = np.repeat(np.arange(len(runs_of), dtype=np.uint32), [len(one) for one in runs_of])
        every = np.concatenate([np.empty(0, dtype=np.uint64), *runs_of])
        del runs_of
        order = np.argsort(every, kind="stable")  # the texts of a run stay in their order
        every, of = every[order], of[order]
        del order
        once = np.ones(len(every), dtype=bool)
        once[1:] = (every[1:] != every[:-1]) | (of[1:] != of[:-1])
        self._runs, self._of = every[once], of[once]
        self._kept = np.bincount(self._of, minlength=len(self._ids))
        self._places = lru_cache(1024)(lambda identifier: words(self.texts[identifier]))

    def pairs(self) -> Iterator[Shared]:
        """Every two texts that share a passage; each copy of a text with the first of them."""
        for first in sorted(self.copies):
            for copy in self.copies[first][1:]:
                length = len(words(self.texts[first]).numbers)
                yield self._shared(first, copy, [(0, 0, length)], length)
        for key in self._candidates().tolist():
            one, other = divmod(key, len(self._ids))
            if found := self._worth(self._words[one], self._words[other]):
                shorter = min(len(self._words[one]), len(self._words[other]))
                yield self._shared(self._ids[one], self._ids[other], found, shorter)

    def against(self, text: str) -> Iterator[Shared]:
        """The texts here that share a passage with another text, whose id is empty; of copies only the first."""
        numbers = words(text).numbers
        mine = numbers.astype(np.uint32)
        at = np.flatnonzero(np.isin(self._runs, kept(mine)))
        _, group, sizes = np.unique(self._runs[at], return_inverse=True, return_counts=True)
        rare = set(self._of[at[sizes[group] <= COMMON]].tolist())
        common = set(self._of[at].tolist()) - rare
        again = self._copies.get(_digest(numbers))
        if again is not None:  # a copy is told however short it is, and however common its words
            yield self._shared("", again, [(0, 0, len(mine))], len(mine), text)
        for number in sorted(rare | set(sorted(common)[:COMMON])):
            found = self._worth(mine, self._words[number])
            if found and self._ids[number] != again:
                yield self._shared("", self._ids[number], found, min(len(mine), len(self._words[number])), text)

    def _worth(self, words: NDArray[np.uint32], others: NDArray[np.uint32]) -> list[tuple[int, int, int]]:
        """The passages that two texts share, if they are worth telling.

        Without those that stand in very many texts, unless all together are a great part of the shorter one.
        """
        found = runs(words, others)
        if sum(length for _, _, length in found) < MOSTLY * min(len(words), len(others)):
            found = [one for one in found if not self._common(words[one[0] : one[0] + one[2]])]
        return found if worth(found) else []

    def _common(self, passage: NDArray[np.uint32]) -> bool:
        """Whether every run of a passage that its texts keep stands in many texts."""
        inside = kept(passage)
        many = np.searchsorted(self._runs, inside, "right") - np.searchsorted(self._runs, inside, "left")
        return bool(np.all(many > COMMON))

    def _candidates(self) -> Numbers:
        """Pairs of texts that have a run in common, each as one number."""
        ordered, of = self._runs, self._of.astype(np.uint64)
        repeated = np.zeros(len(ordered), dtype=bool)
        if len(ordered):
            same = ordered[1:] == ordered[:-1]
            repeated[1:] |= same
            repeated[:-1] |= same
        ordered, of = ordered[repeated], of[repeated]
        _, group, sizes = np.unique(ordered, return_inverse=True, return_counts=True)
        common = sizes[group] > COMMON
        rare = np.empty(0, dtype=np.uint64)
        for step in range(1, COMMON):  # one after the other: all at once would be many times the memory
            rare = np.union1d(rare, self._near(ordered, of, ~common, [step])[0])
        near, times = self._near(ordered, of, common, range(1, NEXT + 1))
        texts = np.uint64(max(len(self._ids), 1))
        fewer = np.minimum(self._kept[near // texts], self._kept[near % texts])
        return np.union1d(rare, near[times >= MOSTLY / 2 * fewer])  # the others cannot have that much in common

    def _near(
        self, ordered: Numbers, of: Numbers, which: NDArray[np.bool_], steps: Iterable[int]
    ) -> tuple[Numbers, NDArray[np.intp]]:
        """Pairs of texts that stand so many steps apart in the list of a run, and for how many runs they do."""
        texts = np.uint64(max(len(self._ids), 1))
        found = [np.empty(0, dtype=np.uint64)]
        for step in steps:
            both = np.flatnonzero((ordered[step:] == ordered[:-step]) & which[step:])
            found.append(of[both] * texts + of[both + step])
        return np.unique(np.concatenate(found), return_counts=True)

    def _shared(
        self, one: str, other: str, found: list[tuple[int, int, int]], shorter: int, text: str | None = None
    ) -> Shared:
        mine, theirs = self._places(one) if text is None else words(text), self._places(other)
        passages = tuple(
            Passage(
                int(mine.starts[a]), int(mine.ends[a + n - 1]), int(theirs.starts[b]), int(theirs.ends[b + n - 1]), n
            )
            for a, b, n in found
        )
        total = sum(passage.words for passage in passages)
        return Shared(one, other, total, round(total / shorter, 4), passages)


def _digest(words: Numbers) -> bytes:
    return hashlib.blake2b(words.tobytes(), digest_size=16).digest()
