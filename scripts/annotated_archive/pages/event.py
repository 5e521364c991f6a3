"""The pages of events."""

from __future__ import annotations

from typing import Any

from annotated_archive.pages import entity, links, maps, said
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.authority import Event


def page(site: Site, event: Event) -> Page:
    """The page of one event, with its neighbours in time."""
    draft = Draft(site, links.place_of(event), event.id)
    previous, following = site.events_around[event.id]
    return entity.finish(
        draft,
        event,
        "event.html",
        skip=("part of this event",),
        parts=site.events_within.get(event.id, []),
        said=said.said_of(site, event),
        map=_map(draft, event),
        previous=previous,
        next=following,
    )


def _map(draft: Draft, event: Event) -> dict[str, Any] | None:
    """The event's places in the frame that holds those on the outlines; None where none has a position there."""
    west, south, east, north = maps.whole()
    found = [p for p in entity.pins(draft, event.places) if west <= p.lon <= east and south <= p.lat <= north]
    return maps.locator(found, maps.around(found, 0.5, (4.8, 3.1)), share=0.04) if found else None
