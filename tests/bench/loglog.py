"""Draws measurements as an SVG picture whose two axes are logarithmic: what grows alike is a line, how fast its slope.

The picture stands on a ground of its own, light or dark as the reader's system is; its words are text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 480, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 138, 40, 44
_APART = 13  # of the names of lines, at least
_COLOURS = 6
_STYLE = """\
svg { --paper: #fbfaf7; --ink: #1f2328; --soft: #5c6370; --line: #e2ded5;
  --c0: #2f6f62; --c1: #3f5a96; --c2: #8a5a12; --c3: #7b3f76; --c4: #b3382c; --c5: #1f6f9c; }
@media (prefers-color-scheme: dark) { svg { --paper: #17191c; --ink: #dfe2e6; --soft: #9aa2ad; --line: #2d3136;
  --c0: #7fc4b4; --c1: #9db4ea; --c2: #dcb06a; --c3: #d3a1ce; --c4: #ff8f83; --c5: #7cc3ea; } }
text { font: 11px system-ui, sans-serif; fill: var(--ink); } .soft { fill: var(--soft); } .head { font-size: 13px; }
.grid { stroke: var(--line); } .ground { fill: var(--paper); } path { fill: none; stroke-width: 1.5; }
"""


class Line(NamedTuple):
    """A named row of points (x, y), both above zero; `whole`: the one that all others are parts of."""

    name: str
    points: Sequence[tuple[float, float]]
    whole: bool = False


def fit(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """(a, b) of y = a * x ** b that fits best, by least squares of the logarithms; None for fewer than two points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    middle_x = sum(x for x, _ in logs) / len(logs) if logs else 0.0
    middle_y = sum(y for _, y in logs) / len(logs) if logs else 0.0
    wide = sum((x - middle_x) ** 2 for x, _ in logs)
    if wide == 0:
        return None
    slope = sum((x - middle_x) * (y - middle_y) for x, y in logs) / wide
    return math.exp(middle_y - slope * middle_x), slope


class _Axis(NamedTuple):
    """Maps powers of ten from `low` to `high` to a stretch of the picture."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def powers(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _axis(values: list[float], start: float, end: float) -> _Axis:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return _Axis(low, max(high, low + 1), start, end)


def _panel(title: str, lines: Sequence[Line], across: str, up: str, left: float, top: float) -> str:
    """One picture with its axes, `left` and `top` pixels into the whole."""
    values = [point for line in lines for point in line.points]
    x = _axis([point[0] for point in values], left + _LEFT, left + WIDTH - _RIGHT)
    y = _axis([point[1] for point in values], top + HEIGHT - _BOTTOM, top + _TOP)
    out = [f'<text class="head" x="{left + _LEFT}" y="{top + 20}">{escape(title)}</text>']
    for value in x.powers():
        out.append(f'<path class="grid" d="M{x.at(value)} {y.start}V{y.end}"/>')
        out.append(f'<text class="soft" x="{x.at(value)}" y="{y.start + 16}" text-anchor="middle">{value:,.0f}</text>')
    for value in y.powers():
        out.append(f'<path class="grid" d="M{x.start} {y.at(value)}H{x.end}"/>')
        out.append(f'<text class="soft" x="{x.start - 6}" y="{y.at(value) + 4}" text-anchor="end">{value:,g}</text>')
    out.append(f'<text class="soft" x="{x.end}" y="{y.start + 34}" text-anchor="end">{escape(across)}</text>')
    out.append(f'<text class="soft" x="{left + 8}" y="{y.end - 8}">{escape(up)}</text>')
    taken: list[float] = []
    for number, line in sorted(enumerate(lines), key=lambda one: -one[1].points[-1][1]):
        colour = "var(--ink)" if line.whole else f"var(--c{number % _COLOURS})"
        look = "stroke-width:2.5" if line.whole else "stroke-dasharray:5 3" if number >= _COLOURS else ""
        path = "L".join(f"{x.at(a)} {y.at(b)}" for a, b in line.points)
        out.append(f'<path style="stroke:{colour};{look}" d="M{path}"/>')
        out += [f'<circle style="fill:{colour}" cx="{x.at(a)}" cy="{y.at(b)}" r="2.5"/>' for a, b in line.points]
        height = max(y.at(line.points[-1][1]) + 4, taken[-1] + _APART if taken else 0)
        taken.append(height)
        out.append(f'<text style="fill:{colour}" x="{x.end + 8}" y="{height}">{escape(line.name)}</text>')
    return "\n".join(out)


def picture(about: str, panels: Sequence[tuple[str, Sequence[Line]]], across: str, up: str) -> str:
    """An SVG file of panels (title, lines) one below the other; `about` says in words what it shows."""
    high = HEIGHT * len(panels)
    drawn = "\n".join(
        _panel(title, lines, across, up, 0, HEIGHT * number) for number, (title, lines) in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img">\n'
        f"<title>{escape(about)}</title>\n<style>\n{_STYLE}</style>\n"
        f'<rect class="ground" width="{WIDTH}" height="{high}"/>\n{drawn}\n</svg>\n'
    )
