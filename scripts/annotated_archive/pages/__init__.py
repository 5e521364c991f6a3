"""The graph as pages: one module for each kind, templates beside them, and nothing of the renderer."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain
from typing import Any

from annotated_archive.graph import Graph
from annotated_archive.pages import (
    actor,
    annolist,
    article,
    bibliography,
    custody,
    entity,
    event,
    home,
    indexes,
    place,
    previews,
    questions,
    said,
    search,
    timeline,
)
from annotated_archive.pages import rules as rules_page
from annotated_archive.pages.base import File, Job, Page, Settings
from annotated_archive.pages.docs import doc_markdown
from annotated_archive.pages.draft import Draft, Site, site_of
from annotated_archive.records.authority import Treaty

__all__ = [
    "File",
    "Job",
    "Page",
    "Settings",
    "Site",
    "doc_markdown",
    "home_html",
    "jobs",
    "pages",
    "site_of",
]


def _treaty(_: Draft, __: Treaty) -> dict[str, Any]:
    """A treaty's page shows what all do."""
    return {}


KINDS: dict[str, entity.Values] = {
    "place": place.values, "actor": actor.values, "treaty": _treaty, "event": event.values,
}  # fmt: skip
"""What is special to the page of each kind of entity."""


def jobs(
    graph: Graph, settings: Settings, suffix: str = ".html", rules: Iterable[tuple[str, str, str, str]] = ()
) -> list[Job]:
    """Everything that can be made of a graph, in an order that stays; the arguments are those of `pages`.

    Each is made by `job.make(site_of(graph, settings, suffix))`, in this process or in one that was forked from it.
    """
    site = site_of(graph, settings, suffix)
    found = chain(
        article.jobs(site), entity.jobs(site, KINDS), indexes.jobs(site), timeline.jobs(site), said.jobs(site),
        questions.jobs(site), annolist.jobs(site), bibliography.jobs(site), custody.jobs(site), search.jobs(),
        rules_page.jobs(rules), previews.jobs(site),
    )  # fmt: skip
    return list(found)


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
    site = site_of(graph, settings, suffix)
    of_records = site.graph.archive.articles.keys() | site.graph.archive.entities.keys()
    for job in jobs(graph, settings, suffix, rules):
        _, _, name = job.path.removesuffix(".md").partition("/")
        identifier = name.partition("/")[0]
        if records is not None and not (identifier in records and identifier in of_records):
            continue
        made = job.make(site)
        if isinstance(made, Page):
            yield made


def home_html(graph: Graph, settings: Settings, suffix: str = ".html") -> str:
    """The generated part of the home page, which stands below the hand-written one."""
    return home.html(site_of(graph, settings, suffix))
