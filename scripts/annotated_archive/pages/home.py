"""What the generated part of the home page shows: articles, ways in, the days of the fighting, and a map."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from annotated_archive.graph import Annotated, sentence_spans
from annotated_archive.pages import links, maps, notes, timeline, wording
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.entity import pins
from annotated_archive.records import dates
from annotated_archive.records.authority import FOLDERS, KINDS, Place
from annotated_archive.store import ArticleFile

MAX_CARDS = 4
MAX_DAYS = 12


def draft_of(site: Site) -> tuple[Draft, str]:
    """The home page's generated part, with the draft that knows its previews."""
    draft = Draft(site, "index")
    html = draft.render(
        "home.html",
        cards=[card(draft, article) for article in reversed(site.graph.articles[-MAX_CARDS:])],
        tiles=tiles(site),
        map=overview(draft),
        days=days(site),
        chips=lambda event: event.places[:3],
        words_of=notes,
    )
    return draft, html


def card(draft: Draft, article: ArticleFile) -> dict[str, Any]:
    """An article for the front page: title, outlet, date and its first sentence, with the names in it linked."""
    record = article.record
    outlet = draft.graph.entities.get(record.source or "")
    first = Markup("")
    wrong: list[Annotated] = []
    if record.rights.publish == "full":
        for block, mentions in draft.graph.block_mentions(article):
            if block.kind == "paragraph":
                start, end = sentence_spans(block.text, record.language)[0]
                inside = [m for m in mentions if m.end - block.start <= end]
                first = links.with_links(block.text[start:end], inside, draft.name, block.start + start)
                wrong = notes.corrections(draft, record.id, block.start + start, block.start + end)
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
    return found


def overview(draft: Draft) -> dict[str, Any] | None:
    """A map of all places that the articles name, in the frame that holds those on the outlines."""
    named = [e.id for e in draft.graph.entities.values() if isinstance(e, Place) and e.id in draft.graph.backlinks]
    west, south, east, north = maps.whole()
    found = [p for p in pins(draft, named) if west <= p.lon <= east and south <= p.lat <= north]
    return maps.locator(found, maps.around(found, 0.35, (3.6, 2.2)), letter=13.0) if found else None


def days(site: Site) -> list[timeline.Entry]:
    """The events at the time of the articles: those within two days of an article's date, in order."""
    spans = [dates.sort_key(article.record.date) for article in site.graph.articles if article.record.date]
    found = [timeline.Entry(event=event) for event in site.graph.timeline if _near(event.date, spans)]
    return found[:MAX_DAYS]


def _near(date: str, spans: list[tuple[Any, Any]]) -> bool:
    first, last = dates.sort_key(date)
    if (last - first).days > 7:
        return False
    return any((start - last).days <= 2 and (first - end).days <= 1 for start, end in spans)
