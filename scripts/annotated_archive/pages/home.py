"""What the generated part of the home page shows: articles, ways in, the days of the fighting, and a map."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from annotated_archive.graph import Annotated, sentence_spans
from annotated_archive.pages import links, maps, notes, wording
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.entity import pins
from annotated_archive.records import dates
from annotated_archive.records.authority import FOLDERS, KINDS, Place
from annotated_archive.store import ArticleFile

MAX_CARDS = 4
MAX_EVENTS = 24
CHIPS = 300  # places whose names stand below the map
LONGEST = 7  # days that an event on the front page may last


def html(site: Site) -> str:
    """The home page's generated part."""
    draft = Draft(site, "index")
    cards, tiles, named, larger, groups = site.ask("home")
    return draft.render(
        "home.html",
        cards=[card(draft, draft.graph.archive.articles[article]) for article in cards],
        tiles=tiles,
        named=named,
        chips=CHIPS,
        map=overview(draft, named),
        larger=larger,
        days=groups,
        download=site.settings.download,
        words_of=notes,
    )


Days = tuple[list[str], list[tuple[str, list[str]]]]


def shown(site: Site, _: str) -> tuple[list[str], list[tuple[str, str, int]], list[str], *Days]:
    """The articles of the cards, the ways in, the places on the map, the larger events of those days and the others."""
    cards = [article.id for article in reversed(site.graph.articles[-MAX_CARDS:])]
    return cards, tiles(site), named_places(site), *days(site)


def card(draft: Draft, article: ArticleFile) -> dict[str, Any]:
    """An article for the front page: title, outlet, date and its first sentence, with the names in it linked."""
    record = article.record
    outlet = draft.graph.label(record.source or "")
    first = Markup("")
    wrong: list[Annotated] = []
    if record.rights.publish == "full":
        for block, mentions in draft.graph.block_mentions(article):
            if block.kind == "paragraph":
                start, end = sentence_spans(block.text, record.language)[0]
                inside = [m for m in mentions if m.end - block.start <= end]
                first = links.with_links(block.text[start:end], inside, draft.name, block.start + start)
                wrong = draft.graph.corrections(record.id, block.start + start, block.start + end)
                break
    return {
        "record": record, "outlet": outlet, "first": first, "corrections": wrong,
        "date": f"{dates.words(record.date)}, {how_known(record)}" if record.date else "undated",
    }  # fmt: skip


def tiles(site: Site) -> list[tuple[str, str, int]]:
    """(folder, words, how many) for each way in."""
    found = [("articles", "Articles", len(site.graph.articles))]
    for kind, folder in FOLDERS.items():
        total = sum(1 for entity in site.graph.entities.values() if isinstance(entity, KINDS[kind]))
        found.append((folder, wording.PLURALS[kind], total))
    return [*found, ("annotations", "Annotations", site.parts.total("annotations/index"))]


def named_places(site: Site) -> list[str]:
    """The places that the articles name, in the order of their first mention."""
    found = (entity for article in site.graph.articles for entity in site.graph.named_by(article.id))
    return [identifier for identifier in dict.fromkeys(found) if isinstance(site.graph.entities[identifier], Place)]


def overview(draft: Draft, named: list[str]) -> dict[str, Any] | None:
    """A map of these places, in the frame that holds those on the outlines."""
    west, south, east, north = maps.whole()
    found = [p for p in pins(draft, named) if west <= p.lon <= east and south <= p.lat <= north]
    return maps.locator(found, maps.around(found, 0.35, (3.6, 2.2)), share=0.028) if found else None


def days(site: Site) -> Days:
    """What happened at the time of the latest articles: the larger events, and the others by date in words.

    The time is from two days before the date of an article to one day after it.
    """
    dated = [article.date for article in site.graph.articles if article.date]
    latest = [dates.sort_key(date) for date in dated[-MAX_CARDS:]]
    near = [event for event in site.graph.timeline if _near(event.date, latest)]
    larger = {event.part_of_event for event in near}
    smaller = [event for event in near if event.id not in larger][:MAX_EVENTS]
    groups = [(date, [one.id for one in group]) for date, group in groupby(smaller, key=lambda event: event.date)]
    return [event.id for event in near if event.id in larger], groups


def _near(date: str, times: list[tuple[Any, Any]]) -> bool:
    first, last = dates.sort_key(date)
    if (last - first).days > LONGEST:
        return False
    return any((start - last).days <= 2 and (first - end).days <= 1 for start, end in times)
