"""The texts of an archive that grows while captures are taken in: which of them share words with the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from annotated_archive.cli.base import count
from annotated_archive.ingest import Doubt
from annotated_archive.reuse import Found
from annotated_archive.reuse.index import Index
from annotated_archive.reuse.meeting import against
from annotated_archive.reuse.words import words

LISTED = 3
"""Of many articles with the same words, so many are listed."""
NEAR_WITHHELD = "INGEST-WITHHELD"
"""The rule of a text that would publish most of one that is withheld."""
_NEAR = 0.5
_TAIL = 32
"""So many new texts are compared one by one before they get an index of their own."""


class Texts:
    """Texts, indexed once; those added later in indexes that are joined when two are of a size, as carrying adds up."""

    def __init__(self, texts: Mapping[str, str], known: Index | None = None) -> None:
        """Texts, beside those that an index holds already."""
        self._known = [known] if known else []
        self._indexes = [(Index.made(texts), dict(texts))] if texts else []
        self._tail: dict[str, str] = {}

    def add(self, identifier: str, text: str) -> None:
        """Take one more text in."""
        self._tail[identifier] = text
        if len(self._tail) == _TAIL:
            joined, self._tail = self._tail, {}
            while self._indexes and len(self._indexes[-1][1]) <= len(joined):
                joined = {**self._indexes.pop()[1], **joined}
            self._indexes.append((Index.made(joined), joined))

    def against(self, text: str) -> Found:
        """What a text shares with each of these, most first, and with many."""
        tail = [Index.made(self._tail)] if self._tail else []
        return against(text, [*self._known, *(index for index, _ in self._indexes), *tail])


def told_shared(found: Found) -> Iterator[str]:
    """What an editor is told of a text that shares words with others."""
    for one in found.pairs:
        yield f"Shares {count(one.words, one.unit)} with {one.other}."
    for group in found.groups:
        own, *others = group.carriers
        rest = f" and {len(others) - LISTED} others" if len(others) > LISTED else ""
        listed = ", ".join(other.article for other in others[:LISTED])
        yield f"Shares {count(own.words, group.unit)}, whole or in part, with {len(others)} articles: {listed}{rest}."


def near_withheld(found: Found, text: str, withheld: Mapping[str, str]) -> Iterator[Doubt]:
    """The doubts about a text that shares half of its words, or of theirs, with withheld ones (id → text)."""
    shared = Counter({one.other: one.words for one in found.pairs if one.other in withheld})
    for group in found.groups:
        own, *others = group.carriers
        shared.update({one.article: min(own.words, one.words) for one in others if one.article in withheld})
    for other, number in sorted(shared.items()):
        shorter = min(len(words(text).numbers), len(words(withheld[other]).numbers))
        if number >= _NEAR * shorter:
            message = f"{min(number / shorter, 1):.0%} of its words are those of {other}, whose text is withheld"
            yield Doubt(NEAR_WITHHELD, message, "Say with --publish how much of this one may be published.")
