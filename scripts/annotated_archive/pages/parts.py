"""Long lists in parts, so that no page grows with the archive, and an entry more moves few others to another page.

A part ends where the next entry says so (by a hash of its id, or because a year begins with it), once the part is long
enough; at the latest where it is full. So the parts after a new entry soon fall together with the old ones again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from annotated_archive.pages.base import File, Job, Page

if TYPE_CHECKING:  # a site has parts
    from annotated_archive.pages.draft import Site

ENOUGH = 2 / 3
"""The share of a part from which on it may end."""
OFTEN = 12
"""How many entries of a full part may end it, as far as their hashes are even."""


class Item(NamedTuple):
    """An entry of a list: its id, how much of a page it takes, and the words for a part that it begins.

    `begins` says whether it may begin one (None: its hash says so), `also` are the ids of what stands with it.
    """

    id: str
    weight: int = 1
    words: str = ""
    begins: bool | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A list: its entries in order, what fits on a page, and the path of each part, by its number from 1.

    With `last`, it is the last part that stands at the list's own path: the newest, of what goes by time.
    """

    items: Sequence[Item]
    most: int
    address: Callable[[int], str]
    last: bool = False


@dataclass(frozen=True)
class Part:
    """One part: its number, its path without suffix, the ids of its entries, the words it begins with, and ends with.

    How many entries come before it is not known here: with each new one, all later pages would change.
    """

    number: int
    path: str
    ids: tuple[str, ...]
    words: str
    until: str


class Parts:
    """The parts of all lists of a site: `base` is the path of a list without suffix, `number` counts from 1."""

    def __init__(self, site: Site) -> None:
        from annotated_archive.pages.lists import listing

        self._listing = partial(listing, site)
        self._known: dict[str, list[Part]] = {}
        self.paths: dict[str, list[str]] = {}
        """List → the path of each of its parts: of those asked for, and what an earlier build knows of others."""
        self._places: dict[str, dict[str, str]] = {}
        query = site.graph.query
        self._part = query("part", lambda which: self._one(*which.rsplit(" ", 1)))
        self._nav = query("parts", lambda base: [(part.path, part.words) for part in self.all(base)])
        self._place = query("place in parts", lambda which: self._found(*which.split(" ", 1)))
        self._total = query("total of parts", lambda base: sum(len(part.ids) for part in self.all(base)))

    def all(self, base: str) -> list[Part]:
        """All parts of a list. Not noted: for queries, and for who asks which pages there are."""
        if base not in self._known:
            self._known[base] = cut(self._listing(base))
        return self._known[base]

    def _one(self, base: str, number: str) -> Part | None:
        parts = self.all(base)
        return parts[int(number) - 1] if int(number) <= len(parts) else None

    def _found(self, base: str, item: str) -> str:
        if base not in self._places:
            also = {item.id: item.also for item in self._listing(base).items if item.also}
            found = {one: part.path for part in self.all(base) for one in part.ids}
            self._places[base] = found | {other: found[one] for one, others in also.items() for other in others}
        return self._places[base].get(item, base)

    def part(self, base: str, number: int) -> Part:
        """One part of a list."""
        found = self._part(f"{base} {number}")
        assert found is not None
        return found

    def nav(self, base: str) -> list[tuple[str, str]]:
        """(path, words) of every part."""
        return self._nav(base)

    def total(self, base: str) -> int:
        """How many entries a list has in all its parts."""
        return self._total(base)

    def jobs(self, base: str, make: Callable[..., Page | File], **values: Any) -> Iterator[Job]:
        """A job for each part: `make(site, base=…, number=…, **values)`."""
        if base not in self.paths:
            self.paths[base] = [part.path for part in self.all(base)]
        for number, path in enumerate(self.paths[base], 1):
            yield Job(f"{path}.md", partial(make, base=base, number=number, **values))

    def place(self, base: str, item: str) -> str:
        """The path of the part that holds an entry; of the list, where there is no such entry."""
        return self._place(f"{base} {item}")


def numbered(base: str, between: str = "-") -> Callable[[int], str]:
    """The path of each part of a list by its number: the list's own, then the number behind it."""
    return lambda number: base if number == 1 else f"{base}{between}{number}"


def cut(listing: Listing) -> list[Part]:
    """A list in parts; at least one, which may be empty."""
    found: list[list[Item]] = [[]]
    weight = 0
    whole = sum(item.weight for item in listing.items) <= listing.most
    for item in listing.items:
        full = weight + item.weight > listing.most
        if found[-1] and not whole and (full or (weight >= ENOUGH * listing.most and _begins(item, listing.most))):
            found.append([])
            weight = 0
        found[-1].append(item)
        weight += item.weight
    numbers = [*range(2, len(found) + 1), 1] if listing.last else range(1, len(found) + 1)
    return [
        Part(number, listing.address(of_path), tuple(item.id for item in items), *_ends(items))
        for number, (of_path, items) in enumerate(zip(numbers, found, strict=True), 1)
    ]


def _ends(items: Sequence[Item]) -> tuple[str, str]:
    return (items[0].words, items[-1].words) if items else ("", "")


def _begins(item: Item, most: int) -> bool:
    if item.begins is not None:
        return item.begins
    drawn = int.from_bytes(blake2b(item.id.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")
    return drawn * most < OFTEN * item.weight * 2**32
