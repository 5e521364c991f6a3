"""A text that comes to others: what it shares with them, as it will be told when it is one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.aligning import runs
from annotated_archive.reuse.grouping import group, leading, parted
from annotated_archive.reuse.index import COMMON, Index, Small
from annotated_archive.reuse.pairing import Places, passages, shared, told
from annotated_archive.reuse.passages import Found
from annotated_archive.reuse.shingles import kept, shingled
from annotated_archive.reuse.words import Numbers, words


def against(text: str, indexes: Sequence[Index]) -> Found:
    """What a text, whose id is empty, shares with those of all indexes. How common a run is, all of them say together.

    The pairs with the most words come first. Every text that has a run in common is compared word for word, so that two
    short passages are told here where a search among all texts may see only one, and tell none.
    """
    place = words(text)
    mine = place.numbers.astype(np.uint32)
    if not len(mine):
        return Found()
    first = np.cumsum([0, *(len(index.ids) for index in indexes)])  # the texts of all indexes are numbered through
    new = int(first[-1])

    def within(number: int) -> tuple[Index, int]:
        at = int(np.searchsorted(first, number, "right")) - 1
        return indexes[at], number - int(first[at])

    def many(runs: Numbers) -> NDArray[np.intp]:
        return sum((index.many(runs) for index in indexes), start=np.ones(len(runs), dtype=np.intp))

    def carriers(run: int) -> Small:
        lists = [index.carriers(run) + np.uint32(before) for index, before in zip(indexes, first, strict=False)]
        return np.concatenate([*lists, np.array([new])]).astype(np.uint32)

    def places() -> Places:
        return place.starts, place.ends

    own = np.unique(kept(mine))
    counts = many(own)
    near = {number for run in own[(counts > 1) & (counts <= COMMON)].tolist() for number in carriers(run).tolist()}
    pairs = []
    for number in sorted(near - {new}):
        index, at = within(number)
        theirs = index.text(at)
        if found := told(mine, theirs, many):
            said = passages(mine, places(), index.places(at), found)
            pairs.append(shared("", index.ids[at], (len(mine), len(theirs)), said))
    shingles = shingled(mine)
    common = np.flatnonzero(np.isin(shingles, own[counts > COMMON]))
    groups = []
    for start, last, members in parted(many(shingles), common, lambda at: carriers(int(shingles[at]))):
        others = [within(number) for number in members.tolist() if number != new]
        listed = [(index.ids[at], index.text(at), partial(index.places, at)) for index, at in others]
        words_of = leading(mine, start, last)
        members_of: list[tuple[str, Small, Callable[[], Places]]] = [("", mine, places), *listed]
        made = group(words_of, members_of, [runs(own_words, words_of) for _, own_words, _ in members_of])
        if made and not made.carriers[0].article:
            groups.append(made)
    return Found(tuple(sorted(pairs, key=lambda one: (-one.words, one.other))), tuple(groups))
