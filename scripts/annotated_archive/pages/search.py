"""The page of the search: what stands there before a script fills it, and without one."""

from __future__ import annotations

from collections.abc import Iterator

from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.docs import title
from annotated_archive.pages.draft import Draft, Site

INDEXES = (
    ("articles/index", "Articles"), ("places/index", "Places"), ("actors/index", "Actors"),
    ("treaties/index", "Treaties and statements"), ("events/index", "Events"), ("timeline", "Timeline"),
    ("annotations/index", "Annotations"), ("said/index", "What was said"), ("sources/index", "Sources"),
    ("bibliography", "Cited works"),
)  # fmt: skip
"""The pages that list everything: path without suffix, words."""
WRITTEN = (("about/index", "About this archive"), ("contribute/index", "How to contribute"))
"""The first of the pages written by hand, where there are such: path without suffix, words."""


def jobs() -> Iterator[Job]:
    """The page of the search."""
    yield Job("search.md", page)


def page(site: Site) -> Page:
    """`search.html`: the field, how to search, and the ways to what it searches."""
    return Draft(site, "search").page(
        "search.html",
        title="Search",
        description=f"Search {site.settings.name}: articles, annotations, claims, names in every script, cited works.",
        kind="search",
        indexes=[*INDEXES, *site.ask("written")],
    )


def written(site: Site, _: str) -> list[tuple[str, str]]:
    """The pages of the background, each by its title, and the first pages of the others."""
    docs = site.graph.archive.docs
    background = [(name, doc) for name, doc in sorted(docs.items()) if name.startswith("background/")]
    return [
        *((name.removesuffix(".md"), title(doc)) for name, doc in background),
        *((path, words) for path, words in WRITTEN if f"{path}.md" in docs),
    ]
