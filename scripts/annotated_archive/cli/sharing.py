"""The texts of an archive that grows while captures are taken in: which of them share words with the next one."""

from __future__ import annotations

from collections.abc import Mapping

from annotated_archive.reuse import Shared
from annotated_archive.reuse.index import Index

_TAIL = 32
"""So many new texts are compared one by one before they get an index of their own."""


class Texts:
    """Texts, indexed once; those added later in indexes that are joined when two are of a size, as carrying adds up."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._indexes = [Index(dict(texts))] if texts else []
        self._tail: dict[str, str] = {}

    def add(self, identifier: str, text: str) -> None:
        """Take one more text in."""
        self._tail[identifier] = text
        if len(self._tail) == _TAIL:
            joined, self._tail = self._tail, {}
            while self._indexes and len(self._indexes[-1].texts) <= len(joined):
                joined = {**self._indexes.pop().texts, **joined}
            self._indexes.append(Index(joined))

    def against(self, text: str) -> list[Shared]:
        """What a text shares with each of these, most first."""
        indexes = [*self._indexes, *([Index(self._tail)] if self._tail else [])]
        found = [shared for index in indexes for shared in index.against(text)]
        return sorted(found, key=lambda shared: (-shared.words, shared.other))
