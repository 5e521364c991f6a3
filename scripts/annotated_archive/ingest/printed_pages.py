"""Printed pages as blocks: what repeats at their heads and feet told apart, and the rest by columns and paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from annotated_archive.ingest import layout
from annotated_archive.ingest.layout import Piece
from annotated_archive.ingest.printed import Block

EDGE = 2  # lines at the head and at the foot of a page, among which those that repeat are looked for
REPEATED = 0.3  # of the pages, and two at least: what repeats on fewer is kept
REASONS = {
    "page-header": "repeats at the head of pages",
    "page-footer": "repeats at the foot of pages",
    "page-number": "counts the pages",
    "headline": "kept as the article's title",
}
_NUMBERED = re.compile(r"[\W_]*(?:[^\W\d_]+\.? )?(\d{1,4})(?:\s*(?:/|-|[^\W\d_]{1,4})\s*\d{1,4})?[\W_]*")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Repeated:
    """A line that stands at the head (`head`) or foot of several pages, and the rule that sets it aside."""

    row: Piece
    head: bool
    rule: str

    def holds(self, piece: Piece) -> bool:
        """Whether a piece of the page is a part of the line."""
        return self.row.top - 0.5 * self.row.size < piece.middle < self.row.bottom + 0.5 * self.row.size and (
            piece.text in self.row.text
        )


def blocks(pages: Sequence[Sequence[Piece]]) -> list[Block]:
    """The blocks of all pages, in the order of reading."""
    edges = _repeated([layout.rows(page) for page in pages])
    columns = [
        layout.columns([piece for piece in page if not any(one.holds(piece) for one in repeated)])
        for page, repeated in zip(pages, edges, strict=True)
    ]
    step = layout.leading(column for page in columns for column in page)
    found: list[Block] = []
    for number, (page, repeated) in enumerate(zip(columns, edges, strict=True), 1):
        found += [Block((one.row.text,), number, taken=one.rule) for one in repeated if one.head]
        for column in page:
            for at, lines in enumerate(layout.paragraphs(column, step)):
                size = round(2 * max(lines, key=lambda line: len(line.text)).size) / 2
                found.append(Block(tuple(line.text for line in lines), number, size, goes_on=at == 0))
        found += [Block((one.row.text,), number, taken=one.rule) for one in repeated if not one.head]
    return found


def _repeated(pages: Sequence[Sequence[Piece]]) -> list[list[Repeated]]:
    """For each page the lines at its edges that other pages have, too, whatever the figures in them."""
    seen: dict[tuple[bool, str], list[tuple[int, Piece]]] = defaultdict(list)
    counted: dict[tuple[bool, int], list[tuple[int, Piece]]] = defaultdict(list)
    for number, rows in enumerate(pages):
        for head, edge in ((True, rows[:EDGE]), (False, rows[max(len(rows) - EDGE, EDGE) :])):
            for row in edge:
                if _LETTERS.search(row.text):
                    seen[head, re.sub(r"\d+", "#", row.text.casefold())].append((number, row))
                if match := _NUMBERED.fullmatch(row.text):
                    counted[head, int(match[1]) - number].append((number, row))
    enough = max(2, REPEATED * len(pages))
    found: dict[tuple[int, int], Repeated] = {}
    for (head, _), lines in seen.items():
        if len({number for number, _ in lines}) >= enough:
            rule = "page-header" if head else "page-footer"
            found |= {(number, row.order): Repeated(row, head, rule) for number, row in lines}
    for (head, _), lines in counted.items():
        if len({number for number, _ in lines}) >= enough:
            found |= {(number, row.order): Repeated(row, head, "page-number") for number, row in lines}
    return [
        [*_outermost(number, rows, found), *_outermost(number, rows[::-1], found)[::-1]]
        for number, rows in enumerate(pages)
    ]


def _outermost(number: int, rows: Sequence[Piece], found: Mapping[tuple[int, int], Repeated]) -> list[Repeated]:
    """The lines at an edge of a page that repeat, up to the first that does not: further in there is text."""
    repeated = (found.get((number, row.order)) for row in rows[:EDGE])
    return [one for one in takewhile(bool, repeated) if one]
