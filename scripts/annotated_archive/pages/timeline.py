"""The timeline: events year by year, smaller ones within larger ones, and the articles at their dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from annotated_archive.pages.base import Page
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records import dates
from annotated_archive.records.authority import Event
from annotated_archive.store import ArticleFile

MAX_CHIPS = 6


@dataclass
class Entry:
    """One line of the timeline: an event with those within it, or an article."""

    event: Event | None = None
    article: ArticleFile | None = None
    within: list[Entry] = field(default_factory=list)
    how: str = ""

    @property
    def date(self) -> str | None:
        """The EDTF date."""
        return self.event.date if self.event else self.article.record.date if self.article else None

    @property
    def order(self) -> tuple[tuple[datetime.date, datetime.date], int, str, float, str]:
        """Sorts by date, events before articles, those of one day by the hour."""
        day, instant = dates.moment_key(self.date)
        name = self.event.id if self.event else self.article.record.id if self.article else ""
        return day, int(self.event is None), (self.event.time or "") if self.event else "", instant, name


def entries(site: Site) -> list[Entry]:
    """All dated entries, those within a larger event below it."""
    events = {event.id: Entry(event=event) for event in site.graph.timeline}
    top: list[Entry] = []
    for entry in events.values():
        holder = events.get(entry.event.part_of_event or "") if entry.event else None
        (holder.within if holder is not None and not _inside_itself(events, entry) else top).append(entry)
    for article in site.graph.articles:
        if article.record.date:
            top.append(Entry(article=article, how=how_known(article.record)))
    for entry in events.values():
        entry.within.sort(key=lambda e: e.order)
    return sorted(top, key=lambda e: e.order)


def _inside_itself(events: dict[str, Entry], entry: Entry) -> bool:
    """Whether following "part of" upwards comes round in a circle."""
    seen: set[str] = set()
    current: Entry | None = entry
    while current is not None and current.event is not None:
        if current.event.id in seen:
            return True
        seen.add(current.event.id)
        current = events.get(current.event.part_of_event or "")
    return False


def by_year(found: list[Entry]) -> list[tuple[int | None, list[Entry]]]:
    """The entries in groups by the year in which they begin."""
    groups: list[tuple[int | None, list[Entry]]] = []
    for entry in found:
        year = dates.year(entry.date)
        if not groups or groups[-1][0] != year:
            groups.append((year, []))
        groups[-1][1].append(entry)
    return groups


def chips(event: Event) -> list[str]:
    """The places, actors and treaties of an event that its line shows."""
    return [*event.places, *event.treaties, *event.actors][:MAX_CHIPS]


def page(site: Site) -> Page:
    """The timeline page."""
    draft = Draft(site, "timeline")
    years = by_year(entries(site))
    return draft.page(
        "timeline.html",
        title="Timeline",
        description=f"The events of {site.settings.name} year by year, with the articles at their dates.",
        kind="timeline",
        years=years,
        chips=chips,
        total=len(site.graph.timeline),
        articles=sum(1 for article in site.graph.articles if article.record.date),
    )
