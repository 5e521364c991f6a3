"""A small chart of how the figures of one group moved: a step line for each voice, drawn as SVG by its template.

Voices of different stance, and figures of different categories, never share a line. A range is a bar without a middle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from annotated_archive.claims.groups import Figure, Group
from annotated_archive.claims.moments import Moment
from annotated_archive.records import dates
from annotated_archive.records.claim import Value

WIDTH, HEIGHT = 420, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 26, 26, 50
MOST_TICKS = 7
SHAPES = ("circle", "square", "diamond", "triangle", "cross", "bar")
LETTER, LINE = 7.0, 13.0
"""The width of a digit and the height of a line of a label, in the chart's units."""


@dataclass(frozen=True)
class _Box:
    """A part of the chart that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: _Box) -> bool:
        """Whether the two share a spot."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def fits(self) -> bool:
        """Whether it lies within the chart."""
        return self.left >= 0 and self.right <= WIDTH and self.top >= 0 and self.bottom <= HEIGHT - BOTTOM


@dataclass(frozen=True)
class Voice:
    """Whose figures a line shows, and the shape of its marks."""

    words: str
    shape: str
    number: int


@dataclass
class Point:
    """A figure in the chart: `y` of the number or bound, `y2` of a range's other end.

    `bound` is `min` or `max` where the figure is open that way.
    """

    x: float
    y: float
    y2: float | None
    voice: Voice
    label: str
    bound: str
    stamp: str
    label_x: float = 0
    label_y: float = 0


@dataclass(frozen=True)
class Tick:
    """A moment on the axis, in one or two lines; empty where there is no room for words."""

    x: float
    stamp: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """All that the template draws, in the units of the view box."""

    view: str
    points: list[Point]
    lines: list[tuple[Voice, str, str]]
    levels: list[tuple[float, str]]
    ticks: list[Tick]
    voices: list[Voice]
    description: str
    open: bool
    ranges: bool
    floor: float = HEIGHT - BOTTOM
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP


def chart(group: Group, voices: dict[str, str]) -> Chart | None:
    """The chart of a group; `voices` says whose each figure (by its claim's id) is. None where nothing moves."""
    # What one side says of the other's losses is in the table: on one scale with a side's own it would flatten these.
    figures = [f for f in group.figures if f.at.precision != "open" and f.claim.stance != "opponent-losses"]
    moments = sorted({figure.at.at: figure.at for figure in figures}.items())
    if len(moments) < 2:
        return None
    step = (WIDTH - LEFT - RIGHT) / (len(moments) - 1)
    across = {at: round(LEFT + number * step, 1) for number, (at, _) in enumerate(moments)}
    levels = _levels(max(bound for figure in figures for bound in _bounds(figure)))
    top = levels[-1]

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)

    named: dict[str, Voice] = {}
    points: dict[str, Point] = {}
    for figure in figures:
        words, value = voices[figure.id], _value(figure)
        voice = named.setdefault(words, Voice(words, SHAPES[len(named) % len(SHAPES)], len(named) % len(SHAPES) + 1))
        ends = [height(bound) for bound in _bounds(figure)]
        points[figure.id] = Point(
            across[figure.at.at], ends[0], ends[1] if len(ends) > 1 else None, voice, label(value), _bound(value),
            figure.at.stamp,
        )  # fmt: skip
    _label(list(points.values()))
    lines = [
        (points[figure.id].voice, _step(points[figure.id], points[figure.successor]), points[figure.successor].stamp)
        for figure in figures
        if figure.successor in points
        and points[figure.id].voice == points[figure.successor].voice
        and points[figure.id].y2 is None
        and points[figure.successor].y2 is None
    ]
    said = "; ".join(f"{figure.at.words}: {label(_value(figure))}, {voices[figure.id]}" for figure in figures)
    return Chart(
        f"0 0 {WIDTH} {HEIGHT}", list(points.values()), lines, [(height(level), f"{level:,}") for level in levels],
        _ticks([at for _, at in moments], across), list(named.values()), f"{said}.",
        any(point.bound for point in points.values()), any(point.y2 is not None for point in points.values()),
    )  # fmt: skip


def _value(figure: Figure) -> Value:
    assert figure.claim.value
    return figure.claim.value


def _bounds(figure: Figure) -> list[float]:
    """The number, the one bound, or both ends of a figure."""
    value = _value(figure)
    given = [bound for bound in (value.number, value.min, value.max) if bound is not None]
    return list(dict.fromkeys(given))


def _bound(value: Value) -> str:
    """Which way a figure is open: `min` for "at least", `max` for "at most"; empty otherwise."""
    if value.min is not None and value.max is None:
        return "min"
    return "max" if value.max is not None and value.min is None else ""


def label(value: Value) -> str:
    """A figure as short as a chart needs it: "49", "≥ 10", "c. 450", "140–150"."""
    parts = [f"{bound:,}" for bound in (value.number, value.min, value.max) if bound is not None]
    sign = {"min": "≥ ", "max": "≤ "}.get(_bound(value), "")
    return f"{'c. ' if value.approx else ''}{sign}{'–'.join(dict.fromkeys(parts))}"


def _levels(highest: float) -> list[int]:
    """Round numbers from 0 to one not below the highest figure, at most six of them."""
    rough = max(highest, 1) / 4
    power = 10 ** math.floor(math.log10(rough))
    unit = next(max(1, int(power * factor)) for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [unit * number for number in range(math.ceil(max(highest, 1) / unit) + 1)]


def _label(points: list[Point]) -> None:
    """Give each label the first place beside its mark where it covers neither a mark nor another label."""
    taken = [_Box(p.x - 7, min(p.y, p.y2 or p.y) - 7, p.x + 7, max(p.y, p.y2 or p.y) + 7) for p in points]
    for point in points:
        wide = LETTER * (len(point.label) + 1)
        top = min(point.y, point.y2 or point.y) - (18 if point.bound == "min" else 9)
        places = [(x, y) for y in (top, point.y + 20, top - LINE, point.y + 20 + LINE) for x in (0.0, 14.0, -14.0)]
        boxes = [_Box(point.x + x - wide / 2, y - LINE + 2, point.x + x + wide / 2, y + 2) for x, y in places]
        free = next((n for n, box in enumerate(boxes) if box.fits and not any(map(box.covers, taken))), 0)
        box = boxes[free]
        taken.append(box)
        point.label_x, point.label_y = round(point.x + places[free][0], 1), round(places[free][1], 1)


def _step(one: Point, other: Point) -> str:
    return f"M{one.x} {one.y}H{other.x}V{other.y}"


def _ticks(moments: list[Moment], across: dict[datetime, float]) -> list[Tick]:
    every = math.ceil(len(moments) / MOST_TICKS)
    years = {moment.at.year for moment in moments}
    found = []
    for number, moment in enumerate(moments):
        day = f"{moment.at.day} {dates.MONTHS[moment.at.month - 1][:3]}"
        if moment.precision == "month":
            day = dates.MONTHS[moment.at.month - 1][:3]
        lines = [f"by {day}" if moment.precision == "span" else day]
        if moment.precision == "hour":
            lines.append(f"{moment.at:%H:%M}")
        if len(years) > 1 and (number == 0 or moments[number - 1].at.year != moment.at.year):
            lines.append(str(moment.at.year))
        last = number == len(moments) - 1
        shown = last or (number % every == 0 and len(moments) - 1 - number >= every)
        found.append(Tick(across[moment.at], moment.stamp, tuple(lines) if shown else ()))
    return found
