"""Lines in which letters run from right to left, put into the order in which they are read.

A PDF says where each letter stands, and its own order is often neither that of reading nor that of the eye. So the
order is made anew from the places, by the few rules of the Unicode Bidirectional Algorithm that a line needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

SPACE = 0.18  # of the letters' height: a wider gap between two letters is a space
COLUMN = 1.0  # of the letters' height: what stands further apart may belong to another column
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_OPENING, _CLOSING = frozenset("([{«"), frozenset(")]}»")


@dataclass(frozen=True)
class Glyph:
    """A letter, or several that have one sign, and where it stands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


def pieces(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Runs of letters that stand on one line with no wide gap between them, each read in its own direction."""
    found: list[Glyph] = []
    for line in _lines(glyphs):
        start = 0
        for at, (before, glyph) in enumerate(pairwise(line), 1):
            if glyph.left - before.right > COLUMN * max(glyph.bottom - glyph.top, before.bottom - before.top):
                found.append(_piece(line[start:at]))
                start = at
        found.append(_piece(line[start:]))
    return found


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters by line, each from left to right; marks go with the letter above or below which they stand."""
    lines: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if not _is_mark(g)), key=lambda g: g.middle):
        head = lines[-1][0] if lines else None
        if head and glyph.middle - head.middle < 0.4 * max(min(head.bottom - head.top, glyph.bottom - glyph.top), 0.1):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    lines = [_ligatures(sorted(line, key=lambda g: g.left + g.right)) for line in lines]
    for mark in (g for g in glyphs if _is_mark(g)):
        near = [line for line in lines if line[0].top - 5 < mark.middle < line[0].bottom + 5]
        line = min(near, key=lambda line: abs(line[0].middle - mark.middle), default=None)
        if line is None:
            lines.append([mark])
            continue
        at = min(range(len(line)), key=lambda i: abs(line[i].left + line[i].right - mark.left - mark.right))
        base = line[at]
        line[at] = Glyph(base.text + mark.text, base.left, base.top, base.right, base.bottom)
    return lines


def _is_mark(glyph: Glyph) -> bool:
    return all(unicodedata.combining(c) for c in glyph.text)


def _ligatures(line: list[Glyph]) -> list[Glyph]:
    """Letters at one place as one: they share a sign. A lam comes before its alef: no sign has the other."""
    found: list[Glyph] = []
    for glyph in line:
        last = found[-1] if found else None
        if last and (last.left, last.right) == (glyph.left, glyph.right) and glyph.right > glyph.left:
            text = last.text + glyph.text
            swapped = text[0] in "اأإآ" and text[1:] == "ل"
            found[-1] = Glyph(text[::-1] if swapped else text, last.left, last.top, last.right, last.bottom)
        else:
            found.append(glyph)
    return found


def _piece(line: list[Glyph]) -> Glyph:
    signs: list[str] = []
    for at, glyph in enumerate(line):
        apart = at and " " not in (glyph.text, line[at - 1].text)
        if apart and glyph.left - line[at - 1].right > SPACE * (glyph.bottom - glyph.top):
            signs.append(" ")
        signs.append(glyph.text)
    ends = (min(g.top for g in line), max(g.right for g in line), max(g.bottom for g in line))
    return Glyph(logical(signs), line[0].left, *ends)


def logical(signs: Sequence[str]) -> str:
    """Signs as they stand from left to right, in the order in which they are read."""
    kinds = [_kind(sign) for sign in signs]
    backwards = kinds.count("R") > kinds.count("L")
    base = "R" if backwards else "L"
    runs: list[tuple[str, list[str]]] = []
    at = 0
    for neutral, group in groupby(kinds, key=lambda kind: kind == "N"):
        length = len(list(group))
        for number in range(at, at + length):
            before, after = kinds[at - 1] if at else base, kinds[at + length] if at + length < len(kinds) else base
            same = {before, after} <= {"L", "D"} or before == after
            direction = (("R" if before == "R" else "L") if same else base) if neutral else kinds[number]
            direction = "L" if direction == "D" else direction
            if runs and runs[-1][0] == direction:
                runs[-1][1].append(signs[number])
            else:
                runs.append((direction, [signs[number]]))
        at += length
    parts = ["".join(run[::-1] if direction == "R" else run) for direction, run in runs]
    text = "".join(parts[::-1] if backwards else parts)
    mirrored = text.translate(_MIRRORED)
    return mirrored if backwards and _astray(mirrored) < _astray(text) else text


def _kind(sign: str) -> str:
    """R: runs to the left; L: to the right; D: a figure, to the right within either; N: as what is beside it."""
    kind = unicodedata.bidirectional(sign[0])
    return "R" if kind in ("R", "AL") else "L" if kind == "L" else "D" if kind in ("EN", "AN") else "N"


def _astray(text: str) -> int:
    """How many brackets close nothing or are never closed: files differ on which of two such signs they name."""
    open_now = astray = 0
    for character in text:
        if character in _OPENING:
            open_now += 1
        elif character in _CLOSING:
            astray += not open_now
            open_now -= bool(open_now)
    return astray + open_now
