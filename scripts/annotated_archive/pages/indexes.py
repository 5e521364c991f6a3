"""The index pages: one for each kind, one for articles and one for sources, in parts of at most 200."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from annotated_archive.pages import links, wording
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.entity import all_of
from annotated_archive.pages.parts import Item, Listing, numbered
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


def jobs(site: Site) -> Iterator[Job]:
    """All index pages."""
    for folder in ("articles", *FOLDERS.values(), "sources"):
        yield from site.parts.jobs(f"{folder}/index", _page)


def listing(site: Site, folder: str) -> Listing:
    """The entries of an index."""
    return Listing(list(_items(site, folder)), SIZE, numbered(f"{folder}/index"))


def _items(site: Site, folder: str) -> Iterator[Item]:
    if folder == "articles":
        for article in site.graph.articles:
            yield Item(article.id, 1, wording.day(article.date))
    elif folder == "sources":
        known = {*site.graph.sources, *site.asked.all_credited}
        for actor in all_of(site, Actor):
            if actor.id in known or actor.type in OUTLETS:
                yield Item(actor.id, 1, actor.name)
    elif folder == "events":
        yield from (Item(event.id, 1, dates.words(event.date)) for event in site.graph.timeline)
    elif folder == "treaties":
        for treaty in sorted(all_of(site, Treaty), key=lambda treaty: (dates.sort_key(treaty.signed), treaty.id)):
            yield Item(treaty.id, 1, links.when(treaty) or "undated")
    else:
        kind = next(kind for kind, name in FOLDERS.items() if name == folder)
        yield from (Item(entity.id, 1, entity.name) for entity in all_of(site, KINDS[kind]))


def _page(site: Site, base: str, number: int) -> Page:
    folder = base.partition("/")[0]
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    archive, entities = draft.graph.archive, draft.graph.entities
    title, columns = HEADS[folder]
    if folder == "articles":
        rows = [_article(draft, archive.articles[one]) for one in part.ids]
    else:
        row = _source if folder == "sources" else _entity
        rows = [row(draft, entities[one]) for one in part.ids]
    return draft.page(
        "index.html",
        title=title if number == 1 else f"{title}, part {number}",
        description=INTRODUCTIONS[folder],
        kind="index",
        heading=title,
        folder=folder,
        introduction=INTRODUCTIONS[folder],
        total=site.parts.total(base) if number == 1 else None,
        columns=columns,
        rows=rows,
        parts=site.parts.nav(base),
        part=part,
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

HEADS = {
    "articles": ("Articles", ARTICLE_COLUMNS), "sources": ("Sources", SOURCE_COLUMNS),
    **{folder: (wording.PLURALS[kind], COLUMNS[kind]) for kind, folder in FOLDERS.items()},
}  # fmt: skip


def _article(draft: Draft, article: ArticleFile) -> Row:
    record = article.record
    found = draft.graph.mentions[record.id]
    day = date(record.date)
    how = Markup('<br><span class="aa-note">{}</span>').format(how_known(record)) if record.date else Markup("")
    outlet = draft.graph.label(record.source or "")
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
    name = linked(draft, links.place_of(entity), entity.name, entity.kind)
    kind = text(wording.type_word(entity.type))
    where, counts = text(draft.site.where(entity.id)), [count(number) for number in draft.site.counts(entity.id)]
    if isinstance(entity, Place | Actor):
        return [name, kind, where, _names(entity), *counts]
    if isinstance(entity, Treaty):
        return [date(entity.signed), name, kind, where, *counts]
    assert isinstance(entity, Event)
    whole = draft.graph.label(entity.part_of_event or "")
    return [date(entity.date), name, kind, text(whole.name if whole else ""), *counts]


def _names(entity: Entity) -> Cell:
    """The entity's names in other languages, each marked with its language."""
    names = {name.text: name for name in entity.names if name.text != entity.name}
    shown = Markup('<span class="aa-sep" aria-hidden="true"> · </span>').join(
        Markup('<span lang="{}">{}</span>').format(f"{n.lang}-{n.script}" if n.script else n.lang, n.text)
        for n in names.values()
    )
    return Cell(shown, " ".join(names))


def _source(draft: Draft, actor: Entity) -> Row:
    return [
        linked(draft, links.place_of(actor), actor.name, "actor"),
        text(wording.type_word(actor.type)),
        count(len(draft.graph.sources.get(actor.id, ()))),
        count(len(draft.site.credited(actor.id))),
        count(draft.site.counts(actor.id)[0]),
    ]
