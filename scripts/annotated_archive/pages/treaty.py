"""The pages of treaties, statements, protocols and resolutions."""

from __future__ import annotations

from annotated_archive.pages import entity, links
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.authority import Treaty


def page(site: Site, treaty: Treaty) -> Page:
    """The page of one treaty."""
    return entity.finish(Draft(site, links.place_of(treaty), treaty.id), treaty, "treaty.html")
