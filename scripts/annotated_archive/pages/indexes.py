"""The index pages: one for each kind, one for articles and one for sources, in parts of 200."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from annotated_archive.pages import links, wording
from annotated_archive.pages.base import Page
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.entity import all_of
from annotated_archive.records import dates
from annotated_archive.records.authority import FOLDERS, KINDS, Actor, Entity, Event, Place, Treaty
from annotated_archive.store import ArticleFile

SIZE = 200
OUTLETS = ("outlet", "news-agency", "photo-agency")
INTRODUCTIONS = {
    "places": "Every place that has a page, with what holds it and the names it goes by in other languages.",
    "actors": "People in public office, ministries, forces, organisations and outlets, with the side they belong to.",
    "treaties": "Treaties, statements, protocols and resolutions, by date.",
    "events": "What happened when, by date. The timeline shows the same events year by year.",
    "articles": "Every article of the archive, by date.",
    "sources": "The outlets whose articles are kept here, and those that the articles credit.",
}


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it sorts as `text` or `number`."""

    heading: str
    sort: str = "text"


@dataclass(frozen=True)
class Cell:
    """A cell: what is shown, and the value it sorts by."""

    shown: Markup
    value: str


Row = list[Cell]


def pages(site: Site) -> Iterator[Page]:
    """All index pages."""
    yield from _index(site, "articles", "Articles", ARTICLE_COLUMNS, site.graph.articles, _article)
    for kind, folder in FOLDERS.items():
        entities: list[Any] = list(site.graph.timeline) if kind == "event" else all_of(site, KINDS[kind])
        if kind == "treaty":
            entities.sort(key=lambda treaty: (dates.sort_key(treaty.signed), treaty.id))
        yield from _index(site, folder, wording.PLURALS[kind], COLUMNS[kind], entities, _entity)
    yield from _index(site, "sources", "Sources", SOURCE_COLUMNS, _outlets(site), _source)


def _index(
    site: Site, folder: str, title: str, columns: list[Column], items: Sequence[Any],
    row: Callable[[Draft, Any], Row],
) -> Iterator[Page]:  # fmt: skip
    parts = [items[start : start + SIZE] for start in range(0, len(items), SIZE)] or [items]
    paths = [f"{folder}/index" if number == 1 else f"{folder}/index-{number}" for number in range(1, len(parts) + 1)]
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), 1):
        draft = Draft(site, path)
        name = title if number == 1 else f"{title}, part {number}"
        yield draft.page(
            "index.html",
            title=name,
            description=INTRODUCTIONS[folder],
            kind="index",
            heading=title,
            folder=folder,
            introduction=INTRODUCTIONS[folder],
            total=len(items),
            columns=columns,
            rows=[row(draft, item) for item in part],
            paths=paths,
            number_of_part=number,
            first=(number - 1) * SIZE + 1,
        )


def text(value: str) -> Cell:
    """A cell of plain text."""
    return Cell(escape(value), value)


def count(value: int) -> Cell:
    """A cell of a number."""
    return Cell(Markup("{:,}").format(value) if value else Markup('<span class="aa-none">0</span>'), str(value))


def date(value: str | None) -> Cell:
    """A cell of a date, which sorts by its first day; without a date last."""
    first = dates.sort_key(value)[0].isoformat()
    return Cell(escape(dates.words(value) if value else "not recorded"), first)


def linked(draft: Draft, path: str, name: str, css: str = "") -> Cell:
    """A cell that links to a page, without a preview: the row says it all."""
    return Cell(Markup('<a class="{}" href="{}">{}</a>').format(f"row {css}".strip(), draft.href(path), name), name)


ARTICLE_COLUMNS = [
    Column("Date"), Column("Title"), Column("Outlet"), Column("Credited source"), Column("Language"),
    Column("Mentions", "number"),
]  # fmt: skip
SOURCE_COLUMNS = [
    Column("Name"), Column("Type"), Column("Articles", "number"), Column("Credited in", "number"),
    Column("Mentions", "number"),
]  # fmt: skip
COUNTS = [Column("Mentions", "number"), Column("Articles", "number")]
COLUMNS = {
    "place": [Column("Name"), Column("Type"), Column("Within"), Column("Other names"), *COUNTS],
    "actor": [Column("Name"), Column("Type"), Column("Side"), Column("Other names"), *COUNTS],
    "treaty": [Column("Signed or dated"), Column("Name"), Column("Type"), Column("Parties"), *COUNTS],
    "event": [Column("Date"), Column("Name"), Column("Type"), Column("Part of"), *COUNTS],
}


def _article(draft: Draft, article: ArticleFile) -> Row:
    record = article.record
    found = draft.graph.mentions[record.id]
    day = date(record.date)
    how = Markup('<br><span class="aa-note">{}</span>').format(how_known(record)) if record.date else Markup("")
    outlet = draft.graph.entities.get(record.source or "")
    title, closed = linked(draft, f"articles/{record.id}", record.title, "aa-serif"), Markup("")
    if withheld := wording.closed(record):
        closed = Markup('<br><span class="aa-note">{}</span>').format(withheld)
    return [
        Cell(day.shown + how, day.value),
        Cell(title.shown + closed, title.value),
        linked(draft, links.place_of(outlet), outlet.name) if outlet else text("not recorded"),
        text(record.credited or "none"),
        text(wording.language(record.language)),
        Cell(Markup("–"), "") if article.withheld else count(len(found.title) + len(found.body)),
    ]


def _entity(draft: Draft, entity: Entity) -> Row:
    backlinks = draft.graph.backlinks.get(entity.id, ())
    name = linked(draft, links.place_of(entity), entity.name, entity.kind)
    kind = text(wording.type_word(entity.type))
    counts = [count(sum(b.mentions for b in backlinks)), count(len(backlinks))]
    if isinstance(entity, Place):
        return [name, kind, text(links.where(draft.graph, entity)), _names(entity), *counts]
    if isinstance(entity, Actor):
        return [name, kind, text(links.where(draft.graph, entity)), _names(entity), *counts]
    if isinstance(entity, Treaty):
        return [date(entity.signed), name, kind, text(links.where(draft.graph, entity)), *counts]
    assert isinstance(entity, Event)
    whole = draft.graph.entities.get(entity.part_of_event or "")
    return [date(entity.date), name, kind, text(whole.name if whole else ""), *counts]


def _names(entity: Entity) -> Cell:
    """The entity's names in other languages, each marked with its language."""
    names = {name.text: name for name in entity.names if name.text != entity.name}
    shown = Markup('<span class="aa-sep" aria-hidden="true"> · </span>').join(
        Markup('<span lang="{}">{}</span>').format(f"{n.lang}-{n.script}" if n.script else n.lang, n.text)
        for n in names.values()
    )
    return Cell(shown, " ".join(names))


def _outlets(site: Site) -> list[Actor]:
    known = {*site.graph.sources, *site.credited}
    return [a for a in all_of(site, Actor) if a.id in known or a.type in OUTLETS]


def _source(draft: Draft, actor: Actor) -> Row:
    backlinks = draft.graph.backlinks.get(actor.id, ())
    return [
        linked(draft, links.place_of(actor), actor.name, "actor"),
        text(wording.type_word(actor.type)),
        count(len(draft.graph.sources.get(actor.id, ()))),
        count(len(draft.site.credited.get(actor.id, ()))),
        count(sum(b.mentions for b in backlinks)),
    ]
