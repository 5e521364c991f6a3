"""Texts by the runs of words in them: which share some, at a cost that grows with the texts, not with their pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import LEAST, runs, worth
from annotated_archive.reuse.passages import Passage, Shared
from annotated_archive.reuse.shingles import SHINGLE, kept, shingled
from annotated_archive.reuse.words import Numbers, Words, characters, read, words

COMMON = 20
"""A run that stands in more texts than this is common: it does not make two texts a pair, but many of them a group."""
MOSTLY = 0.5
"""Of the shorter text: a pair is told with its common runs too if they and the others are this much of it."""

_Found = list[tuple[int, int, int]]


class Index:
    """Texts and the runs of words in them. Texts have numbers here, in the order of their ids."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.ids: list[str] = []
        self.words: list[NDArray[np.uint32]] = []
        runs_of: list[Numbers] = []
        ids = sorted(texts)
        for identifier, text in zip(ids, read([texts[identifier] for identifier in ids]), strict=True):
            if len(text.numbers):
                self.ids.append(identifier)
                self.words.append(text.numbers.astype(np.uint32))
                runs_of.append(kept(self.words[-1]))
        of = np.repeat(np.arange(len(runs_of), dtype=np.uint32), [len(one) for one in runs_of])
        every = np.concatenate([np.empty(0, dtype=np.uint64), *runs_of])
        del runs_of
        order = np.argsort(every, kind="stable")  # the texts of a run stay in their order
        every, of = every[order], of[order]
        del order
        once = np.ones(len(every), dtype=bool)
        once[1:] = (every[1:] != every[:-1]) | (of[1:] != of[:-1])
        self._runs, self._of = every[once], of[once]
        self.places: Callable[[int], Words] = lru_cache(1024)(lambda number: words(self.texts[self.ids[number]]))

    def pairs(self) -> Iterator[Shared]:
        """Every two texts that share a passage which is not common."""
        for key in self._candidates().tolist():
            one, other = divmod(key, len(self.ids))
            mine, theirs = self.words[one], self.words[other]
            if found := told(mine, theirs, self.many):
                yield pair(self.ids[one], self.ids[other], self.places(one), self.places(other), found)

    def many(self, runs: Numbers) -> NDArray[np.intp]:
        """In how many texts each run stands."""
        return np.searchsorted(self._runs, runs, "right") - np.searchsorted(self._runs, runs, "left")

    def carriers(self, run: int) -> NDArray[np.uint32]:
        """The numbers of the texts in which a run stands."""
        wanted = np.uint64(run)
        return self._of[np.searchsorted(self._runs, wanted, "left") : np.searchsorted(self._runs, wanted, "right")]

    def common(self) -> tuple[Numbers, list[int]]:
        """The runs that are common, in order, and the texts that have any."""
        values, counts = np.unique(self._runs, return_counts=True)
        values = values[counts > COMMON]
        return values, np.unique(self._of[np.isin(self._runs, values)]).tolist()

    def _candidates(self) -> Numbers:
        """Pairs of texts that have a run in common which is not common, each as one number."""
        ordered, of = self._runs, self._of.astype(np.uint64)
        repeated = np.zeros(len(ordered), dtype=bool)
        if len(ordered):
            same = ordered[1:] == ordered[:-1]
            repeated[1:] |= same
            repeated[:-1] |= same
        ordered, of = ordered[repeated], of[repeated]
        _, group, sizes = np.unique(ordered, return_inverse=True, return_counts=True)
        rare = sizes[group] <= COMMON
        ordered, of = ordered[rare], of[rare]
        texts = np.uint64(max(len(self.ids), 1))
        found = np.empty(0, dtype=np.uint64)
        for step in range(1, COMMON):  # one after the other: all at once would be many times the memory
            both = np.flatnonzero(ordered[step:] == ordered[:-step])
            found = np.union1d(found, of[both] * texts + of[both + step])
        return found


def told(words: NDArray[np.uint32], others: NDArray[np.uint32], many: Callable[[Numbers], NDArray[np.intp]]) -> _Found:
    """The passages that two texts share, if they are worth telling.

    Without those that stand in very many texts, unless all together are a great part of the shorter one.
    """
    found = runs(words, others)
    if sum(length for _, _, length in found) < MOSTLY * min(len(words), len(others)):
        found = [one for one in found if _rare(words[one[0] : one[0] + one[2]], many)]
    return found if worth(words, found) else []


def _rare(passage: NDArray[np.uint32], many: Callable[[Numbers], NDArray[np.intp]]) -> bool:
    """Whether a passage has words enough that do not belong to common runs: one next to a common passage is not two."""
    return len(passage) - int(np.count_nonzero(covered(len(passage), many(shingled(passage))) > COMMON)) >= LEAST


def covered(words: int, many: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each word of a text the most of the numbers that its shingles have."""
    most = np.zeros(words, dtype=np.intp)
    for at in range(min(SHINGLE, words)):
        np.maximum(most[at : at + len(many)], many, out=most[at : at + len(many)])
    return most


def pair(one: str, other: str, mine: Words, theirs: Words, found: _Found) -> Shared:
    """Passages by words as passages by code points."""
    letters = characters(mine.numbers.astype(np.uint32))
    passages = tuple(
        Passage(
            int(mine.starts[a]), int(mine.ends[a + n - 1]), int(theirs.starts[b]), int(theirs.ends[b + n - 1]),
            n, int(letters[a : a + n].sum()),
        )
        for a, b, n in found
    )  # fmt: skip
    total = sum(passage.words for passage in passages)
    return Shared(one, other, total, round(total / min(len(mine.numbers), len(theirs.numbers)), 4), passages)
