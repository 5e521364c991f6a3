"""One page in the making: it knows where it lies, links names, numbers its footnotes and remembers its previews."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from annotated_archive.claims.index import Index, index
from annotated_archive.graph import Graph
from annotated_archive.names import Mention
from annotated_archive.pages import contributing, hosts, links, wording
from annotated_archive.pages.base import Page, Settings
from annotated_archive.pages.cites import Footnotes
from annotated_archive.pages.compiled import COMPILED
from annotated_archive.records import dates
from annotated_archive.records.authority import Entity, Event
from annotated_archive.store import ArticleFile
from annotated_archive.store.captures import Published

Item = TypeVar("Item")
TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja2 with every value escaped, whatever the template's name, and no undefined value passed over."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False, bytecode_cache=COMPILED,
    )  # fmt: skip
    jinja.filters |= {"date": dates.words, "type": wording.type_word, "lang": wording.language, "edtf": machine_date}
    jinja.globals |= {
        "number": wording.number, "when": links.when, "path_of": links.place_of, "unbroken": links.unbroken,
        "wording": wording, "contributing": contributing,
    }  # fmt: skip
    return jinja


class Site:
    """What all drafts of one site share. `suffix` is what the links among its pages end in."""

    def __init__(self, graph: Graph, settings: Settings, suffix: str = ".html") -> None:
        self.graph, self.settings, self.suffix = graph, settings, suffix
        self._previews: dict[str, dict[str, Any]] = {}
        self._mentions: dict[str, list[Mention]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """The names in a text of ours."""
        if text not in self._mentions:
            self._mentions[text] = self.graph.matcher.find(text)[0]
        return self._mentions[text]

    @cached_property
    def articles_around(self) -> dict[str, tuple[ArticleFile | None, ArticleFile | None]]:
        """Article → the one before it and the one after it, by date."""
        return _around(self.graph.articles, lambda article: article.record.id)

    @cached_property
    def events_around(self) -> dict[str, tuple[Event | None, Event | None]]:
        """Event → the one before it and the one after it."""
        return _around(self.graph.timeline, lambda event: event.id)

    @cached_property
    def events_within(self) -> dict[str, list[Event]]:
        """Event → the events that are part of it, in order."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.graph.timeline:
            if event.part_of_event:
                found[event.part_of_event].append(event)
        return found

    @cached_property
    def credited(self) -> dict[str, list[ArticleFile]]:
        """Actor → the articles whose credit, as printed, names it, by date."""
        found: dict[str, list[ArticleFile]] = defaultdict(list)
        for article in self.graph.articles:
            for actor in dict.fromkeys(m.entity for m in self.mentions(article.record.credited or "")):
                found[actor].append(article)
        return found

    @cached_property
    def published(self) -> Published:
        """What of the originals is published, and where."""
        return Published(self.graph.archive)

    @cached_property
    def said(self) -> Index:
        """All claims by what they are about and by who made them."""
        return index(self.graph.claims)

    def preview(self, entity: Entity) -> dict[str, Any]:
        """What a preview of the entity shows, without the address."""
        if entity.id not in self._previews:
            self._previews[entity.id] = links.preview(self.graph, entity)
        return self._previews[entity.id]


class Draft:
    """A page at `path` (without suffix). `about` is the entity that the page is about: its name is not linked."""

    def __init__(self, site: Site, path: str, about: str | None = None) -> None:
        self.site, self.path, self.about = site, path, about
        self.graph, self.settings = site.graph, site.settings
        self.notes = Footnotes(site.graph)
        self.linked: dict[str, None] = {}

    def href(self, page: str, fragment: str = "") -> str:
        """The relative address of another page, given without suffix."""
        if page == self.path and fragment:
            return f"#{fragment}"
        address = links.relative(page + self.site.suffix, self.path)
        return f"{address}#{fragment}" if fragment else address

    def file(self, path: str) -> str:
        """The relative address of a file that is published with the site."""
        return links.relative(path, self.path)

    def name(self, identifier: str, words: str | None = None, extra: str = "n") -> Markup:
        """A link to an entity's page, or its bare name on that page itself."""
        entity = self.graph.entities.get(identifier)
        if entity is None or identifier == self.about:
            return escape(words or (entity.name if entity else identifier))
        self.linked[identifier] = None
        return Markup('<a class="{} {}" href="{}" data-e="{}">{}</a>').format(
            extra, entity.kind, self.href(links.place_of(entity)), entity.id, words or entity.name
        )

    def chip(self, identifier: str) -> Markup:
        """A link to an entity's page as a chip."""
        return self.name(identifier, extra="chip")

    def names(self, identifiers: Iterable[str]) -> Markup:
        """Links to several entities, in a row of words."""
        return Markup(", ").join(self.name(identifier) for identifier in identifiers)

    def prose(self, text: str) -> Markup:
        """A text of ours with every name in it linked."""
        return links.with_links(text, self.site.mentions(text), self.name)

    def cite(self, identifiers: Iterable[str]) -> Markup:
        """References to the footnotes of these works."""
        used = self.notes.use(identifiers)
        if not used:
            return Markup("")
        anchor = Markup('<a href="#cite-{0}" id="{1}" aria-label="Source {0}">{0}</a>')
        return Markup('<sup class="aa-ref">{}</sup>').format(
            Markup(", ").join(anchor.format(number, reference) for number, reference in used)
        )

    @cached_property
    def contact(self) -> Markup:
        """The address for objections, as a link where it is one."""
        contact = self.settings.contact
        if "@" in contact and ":" not in contact:
            return Markup('<a href="mailto:{}">{}</a>').format(quote(contact, safe="@.+-_"), contact)
        if contact.startswith(("https://", "http://")):
            return Markup('<a href="{0}" rel="noopener external">{0}</a>').format(contact)
        return escape(contact)

    def edit(self, source: str) -> str:
        """Where the repository's host lets one edit a file; empty where that is not known."""
        return hosts.edit(self.settings, source)

    def previews(self) -> dict[str, dict[str, Any]]:
        """What a reader is shown of every entity linked so far."""
        entities = (self.graph.entities[identifier] for identifier in sorted(self.linked))
        return {e.id: self.site.preview(e) | {"href": self.href(links.place_of(e))} for e in entities}

    def page(
        self, template: str, title: str, description: str, kind: str, source: str | None = None, **values: Any
    ) -> Page:
        """Fill the template and finish the page."""
        html = self.render(template, title=title, source=source, **values)
        line = " ".join(description.split())
        return Page(f"{self.path}.md", title, line, kind, html, source, self.previews())

    def render(self, template: str, **values: Any) -> str:
        """Fill a template for this page. No blank line is left, so that Markdown takes the whole as one block."""
        html = environment().get_template(template).render(draft=self, graph=self.graph, site=self.settings, **values)
        return re.sub(r"\n(?:[^\S\n]*\n)+", "\n", html).strip() + "\n"


def _around(items: Sequence[Item], key: Callable[[Item], str]) -> dict[str, tuple[Item | None, Item | None]]:
    """Each item's key → the items before and after it."""
    befores, afters = [None, *items[:-1]], [*items[1:], None]
    return {key(item): (before, after) for item, before, after in zip(items, befores, afters, strict=True)}


def machine_date(text: str) -> str:
    """The value for `<time datetime>`: the day, month or year if the EDTF date is one, else empty."""
    return text if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else ""
