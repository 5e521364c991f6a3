"""The order in which a printed page is read: pieces of text become lines, lines columns, columns paragraphs."""

from __future__ import annotations

import statistics
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

MIN_ROWS = 3  # a column has no fewer lines
MIN_PROSE = 12  # letters of a line on average: what is shorter is a table, which is read line by line
GUTTER = 0.6  # the least width of the gap between two columns, as a part of the letters' height
DEPTH = 3  # how often a part of a page is divided again: up to eight columns
ROOM = 1.35  # a paragraph ends where the next line is further away than usual by this factor
NARROW = 1.5  # no paragraph's lines are further apart, where few lines tell how far they are …
FEW = 0.25  # … which is less than this part of all
SIZES = 1.12  # letters are of another size when they are larger or smaller by this factor
ENDS = '.!?:;։՞՜…؟۔”’»)]"'


@dataclass(frozen=True)
class Piece:
    """A run of letters and where it stands, in points from the page's upper left; `order` as the file has it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool = True
    order: int = 0

    @property
    def size(self) -> float:
        """The letters' height."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


def leftwards(texts: Iterable[str]) -> bool:
    """Whether most letters are of a script that is written from right to left."""
    directions = Counter(unicodedata.bidirectional(c) for text in texts for c in text[:200])
    return directions["R"] + directions["AL"] > directions["L"]


def columns(pieces: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """The lines of a page by column, in the order of reading. What stands across columns comes between them."""
    gutter = _gutter(pieces) if depth < DEPTH else None
    if gutter is None:
        return [rows(pieces)] if pieces else []
    left = [p for p in pieces if p.right <= gutter]
    right = [p for p in pieces if p.left >= gutter]
    across = rows([p for p in pieces if p.left < gutter < p.right])
    sides = [right, left] if leftwards(p.text for p in pieces) else [left, right]
    found: list[list[Piece]] = []
    bands = [sorted(side, key=lambda p: p.middle) for side in sides]
    heights = [[p.middle for p in band] for band in bands]
    starts = [0, 0]
    crossing = False  # whether the last line stands across, too
    for row in [*across, None]:
        ends = [bisect_left(at, row.middle) if row else len(at) for at in heights]
        for band, start, end in zip(bands, starts, ends, strict=True):
            if start < end:
                found += columns(band[start:end], depth + 1)
                crossing = False
        if row and crossing:
            found[-1].append(row)
        elif row:
            found.append([row])
            crossing = True
        starts = ends
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a page, or a part of one, is divided into two columns: the x of the middle between them."""
    if len(pieces) < 2 * MIN_ROWS:
        return None
    first, last = min(p.left for p in pieces), max(p.right for p in pieces)
    width = int(last - first) + 1
    if not 0 < width < 10_000:
        return None
    changes = [0] * (width + 1)
    for piece in pieces:
        changes[max(round(piece.left - first), 0)] += 1
        changes[min(max(round(piece.right - first), 0), width)] -= 1
    covered = []
    over = 0
    for change in changes[:width]:
        over += change
        covered.append(over)
    size = statistics.median(p.size for p in pieces)
    runs: list[tuple[int, int, int]] = []  # how many pieces lie across, minus the width, where it begins
    at = 0
    for x in range(1, width + 1):
        if x == width or covered[x] != covered[at]:
            if x - at >= GUTTER * size and at > 0 and x < width:
                runs.append((covered[at], at - x, at))
            at = x
    for over, narrow, start in sorted(runs)[:8]:
        middle = first + start - narrow / 2
        sides = [rows([p for p in pieces if p.right <= middle]), rows([p for p in pieces if p.left >= middle])]
        if over <= min(map(len, sides)) and all(map(_prose, sides)) and _beside(*sides):
            return middle
    return None


def _prose(lines: Sequence[Piece]) -> bool:
    """Whether lines are those of a column of text, and not of a table or a margin."""
    return len(lines) >= MIN_ROWS and sum(len(line.text) for line in lines) >= MIN_PROSE * len(lines)


def _beside(one: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether two columns stand beside each other for a good part of the shorter one's height."""
    shared = min(one[-1].bottom, other[-1].bottom) - max(one[0].top, other[0].top)
    return shared > 0.3 * min(one[-1].bottom - one[0].top, other[-1].bottom - other[0].top)


def rows(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines that pieces make, from the top: those whose middles lie within one another's height are one line."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle, p.left)):
        head = groups[-1][0] if groups else None
        if head is not None and piece.middle - head.middle < 0.5 * min(piece.size, head.size):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_row(group) for group in groups]


def _row(group: list[Piece]) -> Piece:
    """Pieces of one line as one; from left to right, or the other way where the letters run so."""
    backwards = leftwards(piece.text for piece in group)
    group = sorted(group, key=lambda p: (-p.right if backwards else p.left, p.order))
    text = group[0].text
    for before, piece in pairwise(group):
        glued = piece.order == before.order + 1 and not piece.spaced
        text += piece.text if glued else f" {piece.text}"
    tallest = max(group, key=lambda p: len(p.text))
    return Piece(
        text, min(p.left for p in group), tallest.top, max(p.right for p in group), tallest.bottom,
        group[0].spaced, group[0].order,
    )  # fmt: skip


def leading(columns: Iterable[Sequence[Piece]]) -> float:
    """How far the next line of a paragraph usually is, as a multiple of the letters' height; 1.2 where nothing tells.

    Only lines that end no sentence tell: after them the paragraph goes on. Where nearly every line ends one, paragraphs
    are of one line each, and the room between those is not that between lines.
    """
    pairs = [(a, b) for column in columns for a, b in pairwise(column) if a.size > 0]
    steps = [(a.text[-1:] in ENDS, (b.top - a.top) / a.size) for a, b in pairs if _alike(a, b)]
    usual = [step for ended, step in steps if not ended and 0.5 < step < 3]
    if not usual:
        return 1.2
    step = statistics.median_low(usual)
    return step if len(usual) >= FEW * len(steps) else min(step, NARROW)


def _alike(one: Piece, other: Piece) -> bool:
    """Whether the letters of two lines are of one size."""
    return 1 / SIZES < other.size / max(one.size, 0.1) < SIZES


def paragraphs(column: Sequence[Piece], step: float) -> list[list[Piece]]:
    """The paragraphs of a column: told by the room between lines, by indents, size, and a last line that is short.

    A line that fills less than half of the column ends a paragraph without a full stop, too, where a longer one follows
    that begins with a capital: a by-line, or a heading in letters of the same size.
    """
    if not column:
        return []
    backwards = leftwards(line.text for line in column)
    starts = sorted(-line.right if backwards else line.left for line in column)
    ends = sorted(-line.left if backwards else line.right for line in column)
    margin, edge = starts[len(starts) // 5], ends[len(ends) * 9 // 10]
    room = edge - margin
    found = [[column[0]]]
    for before, line in pairwise(column):
        start, above = (-line.right, -before.right) if backwards else (line.left, before.left)
        end, below = (-before.left, -line.left) if backwards else (before.right, line.right)
        size = max(before.size, 0.1)
        apart = line.top - before.top > ROOM * step * size or line.top < before.top
        indented = start > margin + 0.8 * size and above < margin + 0.5 * size
        short = end < edge - 0.25 * room and before.text[-1:] in ENDS
        stub = end < edge - 0.5 * room and below > end + 0.25 * room and not line.text[:1].islower()
        if apart or indented or short or stub or not _alike(before, line):
            found.append([line])
        else:
            found[-1].append(line)
    return found
