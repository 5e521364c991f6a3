"""The graph as pages: one module for each kind, templates beside them, and nothing of the renderer."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from annotated_archive.graph import Graph
from annotated_archive.pages import (
    actor,
    annolist,
    article,
    bibliography,
    custody,
    event,
    home,
    indexes,
    place,
    questions,
    said,
    search,
    timeline,
    treaty,
)
from annotated_archive.pages import rules as rules_page
from annotated_archive.pages.base import Page, Settings
from annotated_archive.pages.docs import doc_markdown, doc_previews
from annotated_archive.pages.draft import Site
from annotated_archive.pages.maps import mini_outline
from annotated_archive.records.authority import Actor, Event, Place, Treaty

__all__ = [
    "Page",
    "Settings",
    "doc_markdown",
    "doc_previews",
    "home_html",
    "home_previews",
    "mini_outline",
    "pages",
]


def pages(
    graph: Graph,
    settings: Settings,
    suffix: str = ".html",
    rules: Iterable[tuple[str, str, str, str]] = (),
    records: Container[str] | None = None,
) -> Iterator[Page]:
    """All generated pages. `rules` are those of the check: (id, title, explanation, how to mend).

    With `records`, only the pages of the articles and entities of these ids.
    """
    site = Site(graph, settings, suffix)
    for file in graph.articles:
        if records is None or file.record.id in records:
            yield article.page(site, file)
    for entity in graph.entities.values():
        if records is not None and entity.id not in records:
            continue
        match entity:
            case Place():
                yield place.page(site, entity)
            case Actor():
                yield actor.page(site, entity)
            case Treaty():
                yield treaty.page(site, entity)
            case Event():
                yield event.page(site, entity)
    if records is not None:
        return
    yield from indexes.pages(site)
    yield timeline.page(site)
    yield from said.pages(site)
    yield from questions.pages(site)
    yield from annolist.pages(site)
    yield bibliography.page(site)
    yield from custody.pages(site)
    yield search.page(site)
    yield rules_page.page(site, rules)


def home_html(graph: Graph, settings: Settings, suffix: str = ".html") -> str:
    """The generated part of the home page, which stands below the hand-written one."""
    return home.draft_of(Site(graph, settings, suffix))[1]


def home_previews(graph: Graph, settings: Settings, suffix: str = ".html") -> dict[str, dict[str, Any]]:
    """What a reader is shown of every entity linked in the generated part of the home page."""
    return home.draft_of(Site(graph, settings, suffix))[0].previews()
