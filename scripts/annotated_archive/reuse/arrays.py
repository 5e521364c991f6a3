"""What texts share as a few long arrays: written and read at once, and made into objects for an article at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from annotated_archive.reuse.grouping import groups, stretches
from annotated_archive.reuse.index import Index
from annotated_archive.reuse.pairing import Pairs, hits, pairs, shared
from annotated_archive.reuse.passages import Carrier, Group, Passage, Shared

Arrays = Mapping[str, NDArray[Any]]
Value = TypeVar("Value")


class ByArticle(Mapping[str, Value]):
    """Articles that have something, and what they have: made when it is asked for."""

    def __init__(self, articles: Sequence[str], make: Callable[[str], Value]) -> None:
        self._articles = dict.fromkeys(articles)
        self._make = make

    def __getitem__(self, article: str) -> Value:
        if article not in self._articles:
            raise KeyError(article)
        return self._make(article)

    def __contains__(self, article: object) -> bool:
        return article in self._articles

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


class Sharing:
    """What some texts share, by article."""

    def __init__(self, arrays: Arrays) -> None:
        """Raises ValueError, KeyError or TypeError for arrays that `arrays` did not make."""
        self._arrays = arrays
        self._ids: list[str] = json.loads(arrays["ids"].tobytes())
        self._number = {one: at for at, one in enumerate(self._ids)}
        sizes = [len(arrays[name]) for name in ("one", "other", "passages_of")]
        if len(arrays["sizes"]) != len(self._ids) or sizes != [sizes[0], sizes[0], sizes[0] + 1]:
            raise ValueError("the arrays do not fit together")

    @cached_property
    def pairs(self) -> Mapping[str, tuple[Shared, ...]]:
        """Article → what it shares with others, the most words first."""
        numbers = np.unique(np.concatenate([self._arrays["one"], self._arrays["other"]])).tolist()
        return ByArticle([self._ids[number] for number in numbers], self._pairs)

    @cached_property
    def groups(self) -> Mapping[str, tuple[Group, ...]]:
        """Article → the words in it that stand in very many articles, each as a group."""
        return ByArticle([self._ids[at] for at in sorted(self._groups_of)], self._groups)

    @cached_property
    def every_pair(self) -> tuple[Shared, ...]:
        """All pairs, in the order of their ids."""
        return tuple(self._pair(row) for row in range(len(self._arrays["one"])))

    @cached_property
    def every_group(self) -> tuple[Group, ...]:
        """All groups, in the order in which they were found."""
        return tuple(self._group(at) for at in range(len(self._arrays["heads"])))

    def digest(self, article: str) -> str:
        """Says what an article shares: while it is the same, so are `pairs` and `groups` of the article."""
        made = hashlib.blake2b(digest_size=16)
        number = self._number.get(article)
        if number is None:
            return made.hexdigest()
        for one in self._rows(number):
            passages = self._arrays["passages"][slice(*self._arrays["passages_of"][one : one + 2].tolist())]
            names = [self._ids[int(self._arrays[side][one])] for side in ("one", "other")]
            sizes = [int(self._arrays["sizes"][self._arrays[side][one]]) for side in ("one", "other")]
            made.update(f"{names}{sizes}".encode() + np.ascontiguousarray(passages).tobytes())
        for at in self._groups_of.get(number, ()):
            made.update(self._group_digest(at))
        return made.hexdigest()

    @cached_property
    def _second(self) -> NDArray[np.intp]:
        return np.argsort(self._arrays["other"], kind="stable")

    def _rows(self, number: int) -> list[int]:
        one, other = self._arrays["one"], self._arrays["other"]
        begin, end = np.searchsorted(one, [number, number + 1]).tolist()
        first, last = np.searchsorted(other, [number, number + 1], sorter=self._second).tolist()
        return [*range(begin, end), *self._second[first:last].tolist()]

    def _pairs(self, article: str) -> tuple[Shared, ...]:
        number = self._number[article]
        found = []
        for row in self._rows(number):
            pair = self._pair(row)
            found.append(pair if pair.article == article else pair.turned())
        return tuple(sorted(found, key=lambda pair: (-pair.words, pair.other)))

    def _pair(self, row: int) -> Shared:
        one, other = int(self._arrays["one"][row]), int(self._arrays["other"][row])
        begin, end = self._arrays["passages_of"][row : row + 2].tolist()
        passages = tuple(Passage(*values) for values in self._arrays["passages"][begin:end].tolist())
        sizes = int(self._arrays["sizes"][one]), int(self._arrays["sizes"][other])
        return shared(self._ids[one], self._ids[other], sizes, passages)

    @cached_property
    def _groups_of(self) -> dict[int, list[int]]:
        """The groups of each text that has any, by numbers."""
        found: dict[int, list[int]] = {}
        borders = self._arrays["carriers_of"]
        of = np.repeat(np.arange(len(borders) - 1), np.diff(borders))
        for text, group in zip(self._arrays["carriers"][:, 0].tolist(), of.tolist(), strict=True):
            found.setdefault(text, []).append(group)
        return found

    def _groups(self, article: str) -> tuple[Group, ...]:
        return tuple(self._known(at) for at in self._groups_of[self._number[article]])

    @cached_property
    def _made(self) -> dict[int, Group]:
        return {}

    def _known(self, at: int) -> Group:
        """A group: its articles all have the same one."""
        if at not in self._made:
            self._made[at] = self._group(at)
        return self._made[at]

    @cached_property
    def _digests(self) -> dict[int, bytes]:
        return {}

    def _group_digest(self, at: int) -> bytes:
        if at not in self._digests:
            self._digests[at] = hashlib.blake2b(repr(self._known(at)).encode(), digest_size=16).digest()
        return self._digests[at]

    def _group(self, at: int) -> Group:
        begin, end = self._arrays["carriers_of"][at : at + 2].tolist()
        carriers = []
        for row in range(begin, end):
            text, words = self._arrays["carriers"][row].tolist()
            first, last = self._arrays["places_of"][row : row + 2].tolist()
            places = tuple((a, b, n) for a, b, n in self._arrays["places"][first:last].tolist())
            carriers.append(Carrier(self._ids[text], words, places))
        words, characters, whole = self._arrays["heads"][at].tolist()
        return Group(words, characters, whole, tuple(carriers))


def arrays(
    ids: Sequence[str], sizes: NDArray[np.int64], pairs: Pairs, groups: Sequence[Group]
) -> dict[str, NDArray[Any]]:
    """The arrays for `Sharing`: texts with so many words each, and what they share."""
    number = {one: at for at, one in enumerate(ids)}
    carriers = [carrier for group in groups for carrier in group.carriers]
    return {
        "ids": np.frombuffer(json.dumps(list(ids)).encode(), dtype=np.uint8),
        "sizes": sizes,
        "one": pairs.one,
        "other": pairs.other,
        "passages_of": np.concatenate([[0], np.cumsum(pairs.counts)]),
        "passages": pairs.passages,
        "heads": np.array([(g.words, g.characters, g.whole) for g in groups], dtype=np.int32).reshape(-1, 3),
        "carriers_of": np.cumsum([0, *(len(group.carriers) for group in groups)], dtype=np.int64),
        "carriers": np.array([(number[one.article], one.words) for one in carriers], dtype=np.int32).reshape(-1, 2),
        "places_of": np.cumsum([0, *(len(one.passages) for one in carriers)], dtype=np.int64),
        "places": np.array([place for one in carriers for place in one.passages], dtype=np.int32).reshape(-1, 3),
    }


def sharing(index: Index) -> Sharing:
    """What the texts of an index share."""
    where = hits(index, index.common.values)
    found = [one for one in groups(index, list(stretches(index, where))) if one]
    return Sharing(arrays(index.ids, np.diff(index.bounds), pairs(index, where), found))


def unchanged(made: Arrays, number: NDArray[np.int64], which: NDArray[np.bool_]) -> Pairs:
    """The pairs in arrays, with the texts numbered anew; only those of which both texts are marked, by new numbers.

    A text that is not there any more has the new number -1.
    """
    one, other = number[made["one"]], number[made["other"]]
    marked = np.append(which, False)  # which is what -1 stands for
    stays = marked[one] & marked[other]
    old = Pairs(one.astype(np.uint32), other.astype(np.uint32), np.diff(made["passages_of"]), made["passages"])
    return old.only(np.flatnonzero(stays))
