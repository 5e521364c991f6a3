"""The pages of places."""

from __future__ import annotations

from annotated_archive.pages import entity, links, maps
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.authority import Place


def page(site: Site, place: Place) -> Page:
    """The page of one place."""
    draft = Draft(site, links.place_of(place), place.id)
    chain = site.graph.chain(place)
    own = entity.pins(draft, [place.id], linked=False)
    return entity.finish(
        draft,
        place,
        "place.html",
        chain=chain,
        map=maps.locator(own),
        position=coordinates(place),
    )


def coordinates(place: Place) -> str:
    """The position in words: "39.5111° N, 46.3417° E"."""
    if place.location is None:
        return ""
    lat, lon = place.location.lat, place.location.lon
    return f"{abs(lat):g}° {'N' if lat >= 0 else 'S'}, {abs(lon):g}° {'E' if lon >= 0 else 'W'}"
