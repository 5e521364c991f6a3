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
        self._numbers: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._named_in: list[tuple[list[int], list[int]]] = []
        self._own: list[int] = []
        self.rows: list[tuple[int, int | None, int | None, int]] = []

    def add(self, document: Document) -> None:
        """Add a document."""
        if document.kind in ENTITIES and (number := self.number(document.id.rpartition("/")[2])) is not None:
            self._own += [number, len(self.rows)]
        source = self._sources.setdefault(document.source, len(self._sources)) if document.source else -1
        self.rows.append((KINDS.index(document.kind), *days(document.date), source))
        self._named_in.append((self._counted(document.entities), self._counted(document.nested)))

    def _counted(self, entities: Iterable[tuple[str, int]]) -> list[int]:
        """Each entity's number, followed by how often it is named."""
        known = ((self.number(identifier), times) for identifier, times in entities)
        return [part for number, times in known if number is not None for part in (number, times)]

    def number(self, entity: str) -> int | None:
        """The number of an entity; None for one that nobody named here."""
        if (known := self._numbers.get(entity)) is not None:
            return known
        found = self._named.get(entity)
        return self._numbers.setdefault(entity, len(self._numbers)) if found and found.kind in ENTITIES else None

    def written(self, packs: list[int]) -> dict[str, Any]:
        """What every search reads of the table; `packs` has the first row of each pack."""
        columns = {name: [row[at] for row in self.rows] for at, name in enumerate(("kind", "from", "to", "source"))}
        sources = [[of, self._named[of].name if of in self._named else of] for of in self._sources]
        return columns | {"packs": packs, "sources": sources}

    def entities(self) -> dict[str, Any]:
        """What is read of it where a name was typed, or facets are shown: three quarters of the table.

        `own` has the number of each entity whose own page is here, followed by its row.
        """
        entities, nested = ([row[at] for row in self._named_in] for at in (0, 1))
        values = [[of, self._named[of].kind, self._named[of].name] for of in self._numbers]
        return {"entities": entities, "nested": nested, "own": self._own, "values": values}
