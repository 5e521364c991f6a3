"""The timeline: events year by year, smaller ones within larger ones, and the articles at their dates."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.parts import Item, Listing, numbered
from annotated_archive.records import dates
from annotated_archive.records.authority import Event
from annotated_archive.store import ArticleFile

MAX_CHIPS = 6
PATH = "timeline"
ARTICLE = "article "
"""What the id of an article's line begins with; no id of an event has a space."""
MOST = 150_000  # bytes of a page's lines, about
WITHIN = 60  # events that stand below a larger one; more stand at their own dates


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
        return self.event.date if self.event else self.article.date if self.article else None

    @property
    def id(self) -> str:
        """Tells the lines of the timeline apart."""
        return self.event.id if self.event else f"{ARTICLE}{self.article.id}" if self.article else ""

    @property
    def weight(self) -> int:
        """About how many bytes the line takes, with those within it."""
        if self.event is None:
            return 350 + (len(self.article.brief.title) if self.article else 0)
        inner = sum(entry.weight for entry in self.within)
        return 400 + len(self.event.summary or "") + 120 * len(chips(self.event)) + inner

    @property
    def order(self) -> tuple[tuple[datetime.date, datetime.date], int, str, float, str]:
        """Sorts by date, events before articles, those of one day by the hour."""
        day, instant = dates.moment_key(self.date)
        name = self.event.id if self.event else self.article.id if self.article else ""
        return day, int(self.event is None), (self.event.time or "") if self.event else "", instant, name


def entries(site: Site) -> list[Entry]:
    """All dated entries, those within a larger event below it, unless they are very many."""
    events = {event.id: Entry(event=event) for event in site.graph.timeline}
    parts = Counter(event.part_of_event for event in site.graph.timeline)
    top: list[Entry] = []
    for entry in events.values():
        holder = events.get(entry.event.part_of_event or "") if entry.event else None
        held = holder is not None and parts[holder.id] <= WITHIN and not _inside_itself(events, entry)
        (holder.within if holder is not None and held else top).append(entry)
    for article in site.graph.articles:
        if article.date:
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


def jobs(site: Site) -> Iterator[Job]:
    """The timeline, in parts of some years."""
    return site.parts.jobs(PATH, _page)


def listing(site: Site) -> Listing:
    """The lines of the timeline; a part begins with a year where it can. Their weights are about their bytes."""
    items = []
    last: int | str | None = ""
    for entry in entries(site):
        year = dates.year(entry.date)
        items.append(Item(entry.id, entry.weight, str(year or "no year"), year != last))
        last = year
    return Listing(items, MOST, numbered(PATH))


def years(site: Site, _: str) -> list[tuple[int | None, str]]:
    """(year, path of the part on which it begins) of all years."""
    first = {dates.year(entry.date): entry.id for entry in reversed(entries(site))}
    return [(year, site.parts.place(PATH, entry)) for year, entry in reversed(first.items())]


def within(site: Site, event: str) -> list[str]:
    """The lines that stand below that of an event."""
    return site.once("timeline within", lambda: _within(entries(site))).get(event, [])


def _within(found: Iterable[Entry]) -> dict[str, list[str]]:
    below = {entry.id: [inner.id for inner in entry.within] for entry in found if entry.within}
    for entry in found:
        below |= _within(entry.within)
    return below


def amounts(site: Site, _: str) -> tuple[int, int]:
    """How many events and dated articles there are."""
    return len(site.graph.timeline), sum(1 for article in site.graph.articles if article.date)


def shown(site: Site, part: Iterable[str]) -> list[Entry]:
    """The lines of these ids, with what happened within each; pages read the graph through it."""
    archive, entities = site.graph.archive, site.graph.entities
    found = []
    for identifier in part:
        if identifier.startswith(ARTICLE):
            article = archive.articles[identifier.removeprefix(ARTICLE)]
            found.append(Entry(article=article, how=how_known(article.record)))
        else:
            event = entities[identifier]
            assert isinstance(event, Event)
            found.append(Entry(event=event, within=shown(site, site.ask("timeline within", identifier))))
    return found


def _page(site: Site, base: str, number: int) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    return draft.page(
        "timeline.html",
        title="Timeline" if number == 1 else f"Timeline, part {number}",
        description=f"The events of {site.settings.name} year by year, with the articles at their dates.",
        kind="timeline",
        years=by_year(shown(site, part.ids)),
        all_years=site.ask("years"),
        chips=chips,
        amounts=site.ask("amounts") if number == 1 else None,
        parts=site.parts.nav(base),
        part=part,
    )
