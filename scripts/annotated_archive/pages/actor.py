"""The pages of actors, outlets among them."""

from __future__ import annotations

from annotated_archive.pages import entity, links
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.authority import Actor


def page(site: Site, actor: Actor) -> Page:
    """The page of one actor."""
    draft = Draft(site, links.place_of(actor), actor.id)
    articles = site.graph.archive.articles
    published = [articles[identifier] for identifier in site.graph.sources.get(actor.id, ())]
    return entity.finish(draft, actor, "actor.html", published=published, credited=site.credited.get(actor.id, []))
