"""The pages of events."""

from __future__ import annotations

from annotated_archive.pages import entity, links, maps
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.authority import Event


def page(site: Site, event: Event) -> Page:
    """The page of one event, with its neighbours in time."""
    draft = Draft(site, links.place_of(event), event.id)
    timeline = site.graph.timeline
    at = timeline.index(event)
    return entity.finish(
        draft,
        event,
        "event.html",
        skip=("part of this event",),
        parts=[other for other in timeline if other.part_of_event == event.id],
        map=maps.locator(entity.pins(draft, event.places)),
        previous=timeline[at - 1] if at else None,
        next=timeline[at + 1] if at + 1 < len(timeline) else None,
    )
