"""Texts by the runs of words in them, as a few long arrays: what they share is found without a loop over all words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.shingles import Shingled, keeping, repeated
from annotated_archive.reuse.words import Numbers, read, words
from annotated_archive.store.cores import spread

COMMON = 20
"""A run that stands in more texts than this is common: it does not make two texts a pair, but many of them a group."""
_AT_ONCE = 100  # texts whose runs one process finds at a time
_FEW = 100  # new texts whose runs are set in one by one; the runs of more are sorted with all others
_FAR = 255  # a word that begins so far from the one before, or is so long, is looked up in the text

Small = NDArray[np.uint32]
_Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Common:
    """The common runs in order, in how many texts each stands, and where the numbers of these texts begin in `of`."""

    values: Numbers
    counts: NDArray[np.intp]
    first: NDArray[np.intp]
    of: Small

    def carriers(self, slot: int) -> Small:
        """The numbers of the texts in which one of the runs stands, in order."""
        return self.of[self.first[slot] : self.first[slot] + self.counts[slot]]

    def slots(self, shingles: Numbers) -> NDArray[np.intp]:
        """Which of the common runs each shingle is; -1 for none."""
        if not len(self.values):
            return np.full(len(shingles), -1, dtype=np.intp)
        slots = np.minimum(np.searchsorted(self.values, shingles), len(self.values) - 1)
        return np.where(self.values[slots] == shingles, slots, -1)

    def many(self, shingles: Numbers) -> NDArray[np.intp]:
        """In how many texts each shingle stands, if it is common; else 0."""
        slots = self.slots(shingles)
        return np.where(slots < 0, 0, self.counts[slots]) if len(self.counts) else np.zeros(len(slots), dtype=np.intp)


@dataclass(frozen=True)
class Index:
    """Texts and the runs of words in them. Texts have numbers, in the order of their ids; those without words none.

    `words` holds the words of all texts, those of text n from `bounds[n]`; `steps` and `sizes` say how far a word
    begins from where the last one did, and how long it is. `runs` are the runs kept of all texts, in order, each with
    the text that it is `of`, in order, and the word `at` which it first begins there.
    """

    ids: tuple[str, ...]
    words: Small
    bounds: NDArray[np.int64]
    steps: _Bytes
    sizes: _Bytes
    runs: Numbers
    of: Small
    at: Small
    read: Callable[[str], str]

    @classmethod
    def made(cls, texts: Mapping[str, str]) -> Index:
        """An index of these texts (by id)."""
        return cls.empty(texts.__getitem__).changed((), texts, texts.__getitem__)

    @classmethod
    def empty(cls, read: Callable[[str], str]) -> Index:
        """An index of nothing."""
        none, byte = np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint8)
        return cls((), none, np.zeros(1, dtype=np.int64), byte, byte, np.empty(0, dtype=np.uint64), none, none, read)

    def changed(self, gone: Collection[str], new: Collection[str], read: Callable[[str], str]) -> Index:
        """This index without some texts, and with others; no id of `new` is left from before."""
        if not gone and not new:
            return replace(self, read=read)
        left = np.array([one not in gone for one in self.ids], dtype=bool)
        made = list(_made(sorted(new), read))
        fresh = {one: part for part in made for one in part.ids}
        ids = tuple(sorted([*(one for one, stays in zip(self.ids, left, strict=True) if stays), *fresh]))
        number = {one: at for at, one in enumerate(ids)}
        old = np.array([number.get(one, 0) for one in self.ids], dtype=np.uint32)
        runs, of, at = self.runs, self.of, self.at
        if not left.all():
            stays = left[of]
            runs, of, at = runs[stays], of[stays], at[stays]
        of = old[of] if len(of) else of
        runs, of, at = _with(runs, of, at, made, number)
        before = {one: n for n, one in enumerate(self.ids)}
        pieces: list[tuple[_Flat, int, int]] = []  # the words of texts that follow each other as they did are one piece
        for one in ids:
            part = fresh.get(one)
            flat: _Flat = part or self
            place = part.ids.index(one) if part else before[one]
            if pieces and pieces[-1][0] is flat and pieces[-1][2] == place:
                pieces[-1] = flat, pieces[-1][1], place + 1
            else:
                pieces.append((flat, place, place + 1))
        sizes = [np.diff(flat.bounds[first : last + 1]) for flat, first, last in pieces]
        bounds = np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes]))
        spans = [(flat, int(flat.bounds[first]), int(flat.bounds[last])) for flat, first, last in pieces]
        return Index(
            ids,
            np.concatenate([np.empty(0, np.uint32), *(flat.words[a:b] for flat, a, b in spans)]),
            bounds,
            np.concatenate([np.empty(0, np.uint8), *(flat.steps[a:b] for flat, a, b in spans)]),
            np.concatenate([np.empty(0, np.uint8), *(flat.sizes[a:b] for flat, a, b in spans)]),
            runs, of, at, read,
        )  # fmt: skip

    def text(self, number: int) -> Small:
        """The words of a text."""
        return self.words[self.bounds[number] : self.bounds[number + 1]]

    @cached_property
    def places(self) -> Callable[[int], tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Where the words of a text begin and end in it, in code points."""
        return lru_cache(1024)(self._places)

    def _places(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        mine = slice(self.bounds[number], self.bounds[number + 1])
        if not self._far[number]:
            starts = np.cumsum(self.steps[mine], dtype=np.int64)
            return starts, starts + self.sizes[mine]
        found = words(self.read(self.ids[number]))
        return found.starts, found.ends

    @cached_property
    def _far(self) -> NDArray[np.bool_]:
        """Which texts have words whose places only the text can tell."""
        far = np.zeros(len(self.ids), dtype=bool)
        words = np.flatnonzero((self.steps == _FAR) | (self.sizes == _FAR))
        far[np.searchsorted(self.bounds, words, "right") - 1] = True
        return far

    def many(self, runs: Numbers) -> NDArray[np.intp]:
        """In how many texts each run stands."""
        return np.searchsorted(self.runs, runs, "right") - np.searchsorted(self.runs, runs, "left")

    def carriers(self, run: int) -> Small:
        """The numbers of the texts in which a run stands."""
        wanted = np.uint64(run)
        return self.of[np.searchsorted(self.runs, wanted, "left") : np.searchsorted(self.runs, wanted, "right")]

    @cached_property
    def firsts(self) -> Small:
        """Where each run begins in `runs`, and where the last one ends."""
        new = np.ones(len(self.runs) + 1, dtype=bool)
        np.not_equal(self.runs[1:], self.runs[:-1], out=new[1:-1])
        return np.flatnonzero(new if len(self.runs) else new[:1]).astype(np.uint32)

    @cached_property
    def repeated(self) -> Shingled:
        """The shingles of the texts, kept or not, that stand in more than one place."""
        return repeated(self.words, self.bounds)

    @cached_property
    def common(self) -> Common:
        """The common runs."""
        counts = np.diff(self.firsts)
        big = counts > COMMON
        first = self.firsts[:-1][big].astype(np.intp)
        return Common(self.runs[first], counts[big].astype(np.intp), first, self.of)


@dataclass(frozen=True)
class _Part:
    """Some texts: the words of them all, and their runs one text after the other, `kept` of each."""

    ids: tuple[str, ...]
    words: Small
    bounds: NDArray[np.int64]
    steps: _Bytes
    sizes: _Bytes
    runs: Numbers
    at: Small
    kept: tuple[int, ...]


_Flat = Index | _Part
_READ: list[Callable[[str], str]] = []  # how the texts are read that are worked on now: forked processes share it


def _made(ids: Sequence[str], read: Callable[[str], str]) -> Iterator[_Part]:
    words("")  # what it needs is made once, for all processes
    _READ.append(read)
    try:
        yield from spread(_part, [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)], chunk=1)
    finally:
        _READ.pop()


def _part(ids: Sequence[str]) -> _Part:
    texts = [_READ[-1](one) for one in ids]
    found = [(one, text) for one, text in zip(ids, read(texts), strict=True) if len(text.numbers)]
    numbers = [text.numbers.astype(np.uint32) for _, text in found]
    runs = [keeping(one) for one in numbers]
    return _Part(
        tuple(one for one, _ in found),
        np.concatenate([np.empty(0, np.uint32), *numbers]),
        np.cumsum([0, *map(len, numbers)], dtype=np.int64),
        np.concatenate([np.empty(0, np.uint8), *(_short(np.diff(text.starts, prepend=0)) for _, text in found)]),
        np.concatenate([np.empty(0, np.uint8), *(_short(text.ends - text.starts) for _, text in found)]),
        np.concatenate([np.empty(0, np.uint64), *(values for values, _ in runs)]),
        np.concatenate([np.empty(0, np.uint32), *(at.astype(np.uint32) for _, at in runs)]),
        tuple(len(values) for values, _ in runs),
    )


def _short(lengths: NDArray[np.int64]) -> _Bytes:
    return np.minimum(lengths, _FAR).astype(np.uint8)


def _with(
    runs: Numbers, of: Small, at: Small, made: Sequence[_Part], number: Mapping[str, int]
) -> tuple[Numbers, Small, Small]:
    """Runs in their order with those of new texts set in."""
    texts = [np.repeat(np.array([number[one] for one in part.ids], np.uint32), part.kept) for part in made]
    new = _ordered(
        np.concatenate([np.empty(0, np.uint64), *(part.runs for part in made)]),
        np.concatenate([np.empty(0, np.uint32), *texts]),
        np.concatenate([np.empty(0, np.uint32), *(part.at for part in made)]),
    )
    if not len(runs) or not len(new[0]):
        return new if len(new[0]) else (runs, of, at)
    if sum(len(part.ids) for part in made) > _FEW:
        return _ordered(np.concatenate([runs, new[0]]), np.concatenate([of, new[1]]), np.concatenate([at, new[2]]))
    left, right = np.searchsorted(runs, new[0], "left"), np.searchsorted(runs, new[0], "right")
    into = left.copy()
    for one in np.flatnonzero(right > left).tolist():
        into[one] += np.searchsorted(of[left[one] : right[one]], new[1][one])
    return np.insert(runs, into, new[0]), np.insert(of, into, new[1]), np.insert(at, into, new[2])


def _ordered(runs: Numbers, of: Small, at: Small) -> tuple[Numbers, Small, Small]:
    """Runs in order, those that are the same by their texts; in a text each once, where it first stands."""
    order = np.lexsort((at, of, runs)) if np.any(of[1:] < of[:-1]) else np.argsort(runs, kind="stable")
    runs, of, at = runs[order], of[order], at[order]
    once = np.ones(len(runs), dtype=bool)
    once[1:] = (runs[1:] != runs[:-1]) | (of[1:] != of[:-1])
    return runs[once], of[once], at[once]
