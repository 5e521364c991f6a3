"""The table of a volume's documents, beside Pagefind's index: what facets, dates and names need, by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from annotated_archive.records import dates
from annotated_archive.search.document import ENTITIES, KINDS, Document, Named

_EPOCH = date(1970, 1, 1)


def days(text: str) -> tuple[int | None, int | None]:
    """First and last day of an EDTF date, counted from 1970-01-01; None for an end that is open or not known."""
    try:
        first, last = dates.bounds(text)
    except dates.DateError:
        return None, None
    return (
        None if first == dates.OPEN_START else (first - _EPOCH).days,
        None if last == dates.OPEN_END else (last - _EPOCH).days,
    )


class Table:
    """The columns of a table, a row for each document added, and the values of facets that they speak of by number."""

    def __init__(self, named: Mapping[str, Named]) -> None:
        """Values are called as `named` calls them, by id."""
        self._named = named
        self._numbers: dict[tuple[str, str], int] = {}
        self.rows: list[tuple[Any, ...]] = []

    def add(self, document: Document, page: str) -> None:
        """Add a document, which is `page` in the index (empty: it has no words)."""
        entities, nested = self._counted(document.entities), self._counted(document.nested)
        source = self._number(document.source, "source") if document.source else -1
        self.rows.append((page, KINDS.index(document.kind), *days(document.date), source, entities, nested))

    def _counted(self, entities: Iterable[tuple[str, int]]) -> list[int]:
        """Each entity's number, followed by how often it is named."""
        known = ((self.number(identifier), times) for identifier, times in entities)
        return [part for number, times in known if number is not None for part in (number, times)]

    def number(self, entity: str) -> int | None:
        """The number of an entity; None for one that nobody named here."""
        found = self._named.get(entity)
        return self._number(entity, found.kind) if found and found.kind in ENTITIES else None

    def _number(self, identifier: str, facet: str) -> int:
        return self._numbers.setdefault((identifier, facet), len(self._numbers))

    def written(self, packs: list[int]) -> dict[str, Any]:
        """The table as the page reads it; `packs` has the first row of each pack."""
        names = ("ids", "kind", "from", "to", "source", "entities", "nested")
        columns = {name: [row[at] for row in self.rows] for at, name in enumerate(names)}
        values = [
            [identifier, facet, self._named[identifier].name if identifier in self._named else identifier]
            for identifier, facet in self._numbers
        ]
        return columns | {"packs": packs, "values": values}
