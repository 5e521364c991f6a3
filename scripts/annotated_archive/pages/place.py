"""The pages of places."""

from __future__ import annotations

from typing import Any

from annotated_archive.pages import entity, maps
from annotated_archive.pages.draft import Draft
from annotated_archive.records.authority import Place


def values(draft: Draft, place: Place) -> dict[str, Any]:
    """What the page of a place shows besides what all do."""
    own = entity.pins(draft, [place.id], linked=False)
    return {"chain": draft.graph.chain(place), "map": maps.locator(own), "position": coordinates(place)}


def coordinates(place: Place) -> str:
    """The position in words: "39.5111° N, 46.3417° E"."""
    if place.location is None:
        return ""
    lat, lon = place.location.lat, place.location.lon
    return f"{abs(lat):g}° {'N' if lat >= 0 else 'S'}, {abs(lon):g}° {'E' if lon >= 0 else 'W'}"
