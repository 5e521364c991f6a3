"""The page of the search: what stands there before a script fills it, and without one."""

from __future__ import annotations

from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site

INDEXES = (
    ("articles/index", "Articles"), ("places/index", "Places"), ("actors/index", "Actors"),
    ("treaties/index", "Treaties and statements"), ("events/index", "Events"), ("timeline", "Timeline"),
    ("annotations/index", "Annotations"), ("said/index", "What was said"), ("sources/index", "Sources"),
    ("bibliography", "Cited works"),
)  # fmt: skip
"""The pages that list everything: path without suffix, words."""


def page(site: Site) -> Page:
    """`search.html`: the field, how to search, and the ways to what it searches."""
    return Draft(site, "search").page(
        "search.html",
        title="Search",
        description=f"Search {site.settings.name}: articles, annotations, claims, names in every script, cited works.",
        kind="search",
        indexes=INDEXES,
    )
