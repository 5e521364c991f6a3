"""Locator maps as inline SVG, drawn from `outline.json` in an equirectangular projection true at 40° north."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

SQUEEZE = math.cos(math.radians(40))
SCALE = 100  # map units to a degree of latitude
INSET = 0.02  # degrees cut off at each edge, so that the edge where outlines were clipped does not show as a border
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in map units

FACING = {"armenia", "azerbaijan"}
# Where a country's name stands, in degrees: the first of its points that is free.
LABELS: dict[str, list[Point]] = {
    "armenia": [(44.55, 40.62), (44.5, 40.15), (45.2, 39.95), (44.8, 40.3), (45.05, 39.9), (44.7, 40.9), (44.5, 40.9)],
    "azerbaijan": [
        (47.75, 40.25), (47.5, 40.2), (47.3, 40.62), (48.1, 39.75), (46.75, 40.3), (46.9, 40.05), (46.6, 40.6),
        (46.85, 40.92), (46.6, 40.92),
    ],
    "georgia": [(43.9, 41.75), (45.2, 41.7)],
    "iran": [(46.9, 38.45), (45.4, 38.65), (46.6, 38.85), (45.9, 38.8), (45.2, 38.95)],
    "russia": [(46.9, 41.98), (47.9, 41.85)],
    "turkey": [(43.2, 39.75), (43.2, 40.5)],
}


@dataclass(frozen=True)
class Pin:
    """A place to show: position in degrees, name, and the address of its page (empty: none)."""

    lon: float
    lat: float
    name: str
    href: str = ""
    entity: str = ""


@lru_cache(maxsize=1)
def outline() -> dict[str, Any]:
    """The outlines: `box`, `note`, `countries` and `lakes` (name → rings of [lon, lat])."""
    data: dict[str, Any] = json.loads((Path(__file__).parent / "outline.json").read_text(encoding="utf-8"))
    return data


def whole() -> Box:
    """The part of the world that the outlines cover, slightly inset."""
    west, south, east, north = outline()["box"]
    return west + INSET, south + INSET, east - INSET, north - INSET


def project(lon: float, lat: float) -> Point:
    """Map units from the north-west corner of the outlines' box."""
    west, _, _, north = outline()["box"]
    return (lon - west) * SQUEEZE * SCALE, (north - lat) * SCALE


def path(rings: Iterable[list[list[float]]], scale: float = 1.0) -> str:
    """The rings as one SVG path of relative steps, in whole map units times `scale`."""
    parts: list[str] = []
    for ring in rings:
        points = [(round(x * scale), round(y * scale)) for x, y in (project(*point) for point in ring)]
        points = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
        if len(points) < 3:
            continue
        steps = [
            f"{b[0] - a[0]}{' ' if b[1] >= a[1] else ''}{b[1] - a[1]}" for a, b in pairwise(points)
        ]
        joined = "".join(step if number == 0 or step[0] == "-" else f" {step}" for number, step in enumerate(steps))
        parts.append(f"M{points[0][0]} {points[0][1]}l{joined}z")
    return "".join(parts)


@lru_cache(maxsize=1)
def shapes() -> tuple[list[tuple[str, str]], str]:
    """(country, path) of every country, and the path of all lakes."""
    data = outline()
    # The two countries last: their borders lie over their neighbours'.
    order = sorted(data["countries"].items(), key=lambda pair: (pair[0] in FACING, pair[0]))
    countries = [(name, path(rings)) for name, rings in order]
    return countries, path(ring for rings in data["lakes"].values() for ring in rings)


@lru_cache(maxsize=1)
def mini_outline() -> dict[str, Any]:
    """Armenia and Azerbaijan as one small path for the previews, with the numbers that project a position onto it.

    x = (lon - west) · squeeze · scale; y = (north - lat) · scale.
    """
    data, scale = outline(), 0.12
    rings = [_thinned(ring, 0.05) for name in ("armenia", "azerbaijan") for ring in data["countries"][name]]
    west, south, east, north = data["box"]
    width, height = (east - west) * SQUEEZE * SCALE * scale, (north - south) * SCALE * scale
    return {
        "viewBox": f"0 0 {width:.0f} {height:.0f}",
        "path": path([ring for ring in rings if len(ring) > 4], scale),
        "box": [west, south, east, north],
        "squeeze": round(SQUEEZE, 5),
        "scale": SCALE * scale,
    }


def _thinned(ring: list[list[float]], least: float) -> list[list[float]]:
    """The ring without points nearer than `least` degrees to the one before."""
    kept = ring[:1]
    for point in ring[1:]:
        if math.hypot((point[0] - kept[-1][0]) * SQUEEZE, point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return kept


def around(pins: list[Pin], margin: float, least: Point) -> Box:
    """The box that holds all pins with a margin in degrees, at least `least` degrees wide and high, and shifted
    back where it would leave the outlines."""
    limits = whole()
    sides: list[tuple[float, float]] = []
    for axis, values in enumerate(([p.lon for p in pins], [p.lat for p in pins])):
        low, high = min(values) - margin, max(values) + margin
        grow = max(0.0, least[axis] - (high - low)) / 2
        low, high = low - grow, high + grow
        first, last = limits[axis], limits[axis + 2]
        size = min(high - low, last - first)
        low = min(max(low, first), last - size)
        sides.append((low, low + size))
    (west, east), (south, north) = sides
    return west, south, east, north


def locator(pins: Iterable[Pin], box: Box | None = None, share: float = 0.037) -> dict[str, Any] | None:
    """What the map template needs to show `pins` in `box`; None where none of them lies on it.

    `share` is the height of the pins' names as a part of the map's width. Names are laid beside the pins where they
    cover nothing; one that finds no room is left out (it still stands in the pin's title).
    """
    frame = box or whole()
    shown = [pin for pin in pins if frame[0] <= pin.lon <= frame[2] and frame[1] <= pin.lat <= frame[3]]
    if not shown:
        return None
    left, top = project(frame[0], frame[3])
    right, bottom = project(frame[2], frame[1])
    letter = round((right - left) * share, 1)
    radius = letter * 0.3
    taken: list[Rectangle] = []
    spots = [(pin, *project(pin.lon, pin.lat)) for pin in shown]
    for _, x, y in spots:
        taken.append((x - radius, y - radius, x + radius, y + radius))
    marks = []
    for pin, x, y in sorted(spots, key=lambda s: (s[1], s[2])):
        label = _beside(pin.name, x, y, letter, radius, (left, top, right, bottom), taken)
        marks.append({"pin": pin, "x": round(x, 1), "y": round(y, 1), "label": label})
    names = []
    for country, points in LABELS.items():
        for lon, lat in points:
            x, y = project(lon, lat)
            half = len(country) * letter * 0.36
            spot = (x - half, y - letter * 0.8, x + half, y + letter * 0.3)
            inside = left < spot[0] and spot[2] < right and top < spot[1] and spot[3] < bottom
            if inside and not any(_overlap(spot, other) for other in taken):
                taken.append(spot)
                names.append({"country": country, "x": round(x), "y": round(y)})
                break
    if len({n["country"] for n in names} & FACING) == 1:
        # The two states face each other: a map that names one of them and not the other would look like a choice.
        names = [name for name in names if name["country"] not in FACING]
    countries, lakes = shapes()
    view = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    return {
        "view": view, "countries": countries, "lakes": lakes, "marks": marks, "names": names, "letter": letter,
        "radius": round(radius, 1), "note": outline()["note"],
    }  # fmt: skip


def _beside(
    name: str, x: float, y: float, letter: float, radius: float, frame: Rectangle, taken: list[Rectangle]
) -> dict[str, Any] | None:
    """Where a pin's name has room: right, left, above or below of it. Marks the room as taken."""
    width, gap = len(name) * letter * 0.54, radius + letter * 0.25
    for anchor, dx, dy in (
        ("start", gap, letter * 0.34), ("end", -gap, letter * 0.34), ("middle", 0.0, -gap),
        ("middle", 0.0, gap + letter * 0.75), ("start", gap, -letter * 0.35), ("start", gap, letter * 1.05),
        ("end", -gap, -letter * 0.35), ("end", -gap, letter * 1.05),
    ):  # fmt: skip
        start = {"start": x + dx, "end": x + dx - width, "middle": x + dx - width / 2}[anchor]
        spot = (start, y + dy - letter * 0.8, start + width, y + dy + letter * 0.22)
        inside = frame[0] < spot[0] and spot[2] < frame[2] and frame[1] < spot[1] and spot[3] < frame[3]
        own = (x - radius, y - radius, x + radius, y + radius)
        if inside and not any(_overlap(spot, other) for other in taken if other != own):
            taken.append(spot)
            return {"anchor": anchor, "x": round(x + dx, 1), "y": round(y + dy, 1)}
    return None


def _overlap(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
