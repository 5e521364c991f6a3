"""The pages of events."""

from __future__ import annotations

from typing import Any

from annotated_archive.pages import entity, maps, said
from annotated_archive.pages.draft import Draft
from annotated_archive.records.authority import Event


def values(draft: Draft, event: Event) -> dict[str, Any]:
    """What the page of an event shows besides what all do, among it its neighbours in time."""
    previous, following = draft.site.event_around(event.id)
    return {
        "parts": draft.site.events_within(event.id),
        "said": said.said_of(draft.site, event.id),
        "map": _map(draft, event),
        "previous": previous,
        "next": following,
    }


def _map(draft: Draft, event: Event) -> dict[str, Any] | None:
    """The event's places in the frame that holds those on the outlines; None where none has a position there."""
    west, south, east, north = maps.whole()
    found = [p for p in entity.pins(draft, event.places) if west <= p.lon <= east and south <= p.lat <= north]
    return maps.locator(found, maps.around(found, 0.5, (4.8, 3.1)), share=0.04) if found else None
