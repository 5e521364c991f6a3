"""One page in the making: it knows where it lies, links names and numbers its footnotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from annotated_archive.graph import Graph
from annotated_archive.graph.tracing import traced
from annotated_archive.names import Mention
from annotated_archive.pages import contributing, hosts, links, wording
from annotated_archive.pages.asked import Asked
from annotated_archive.pages.base import Page, Settings
from annotated_archive.pages.cites import Footnotes
from annotated_archive.pages.compiled import COMPILED
from annotated_archive.pages.parts import Parts
from annotated_archive.records import dates

Value = TypeVar("Value")
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
    """What all drafts of one site share. `suffix` is what the links among its pages end in.

    What many pages ask is asked here, as queries of the traced graph: each page depends on the answers it was given.
    """

    def __init__(self, graph: Graph, settings: Settings, suffix: str = ".html") -> None:
        self.graph = traced(graph)
        self.settings, self.suffix = settings, suffix
        self.asked = asked = Asked(self.graph)
        query = self.graph.query
        query("settings", lambda _: settings)  # not `suffix`: pages written by hand are of a site with another one
        query("template", template_digest)
        self.mentions = query("names", asked.names)
        """The names in a short text."""
        self._names_in = query("names in", asked.names_in)
        self.article_around = query("around", asked.around)
        """The article before one and the one after it, by date."""
        self.event_around = query("event around", asked.event_around)
        """The event before one and the one after it."""
        self.events_within = query("events within", asked.events_within)
        """The events that are part of one, in order."""
        self.credited = query("credited", asked.credited)
        """The ids of the articles whose credit, as printed, names an actor, by date."""
        self.addresses = query("addresses", asked.addresses)
        """Where on the site each capture of an article stands, as it is or as the text that was read from it."""
        self.size = query("size", asked.size)
        """The size in bytes of an original in the public record, by its path; None where it is not here."""
        self.counts = query("counts", asked.counts)
        """How often an entity is mentioned, and in how many articles."""
        self.where = query("where", asked.where)
        """Where an entity belongs, in a few words."""
        self.said = asked.said
        self.parts = Parts(self)
        self._once: dict[str, object] = {}
        self.links: dict[str, dict[tuple[str, str], tuple[str, Markup]]] = defaultdict(dict)
        """Folder of a page → how links to entities begin in it, by class and entity, and what they show: an article
        has hundreds."""
        self.headings: dict[str, tuple[Markup, Markup]] = {}
        """Article → its title, and its outlet with its date, as they stand above its passages on entities' pages."""
        from annotated_archive.pages.lists import QUERIES  # of modules that make drafts

        self._queries = {name: query(name, partial(make, self)) for name, make in QUERIES.items()}

    def once(self, what: str, make: Callable[[], Value]) -> Value:
        """What several queries are answered from, made once. Not noted: for queries alone."""
        if what not in self._once:
            with self.graph.apart():
                self._once[what] = make()
        return cast("Value", self._once[what])

    def names_in(self, record: str, text: str) -> list[Mention]:
        """The names in a text of ours, and of the record as `Asked.names_in` takes it."""
        found = self._names_in(record).get(text)
        return self.graph.matcher.find(text)[0] if found is None else found

    def ask(self, what: str, which: str = "") -> Any:
        """The answer to a query of `lists.QUERIES`."""
        return self._queries[what](which)


class Draft:
    """A page at `path` (without suffix). `about` is the entity that the page is about: its name is not linked."""

    def __init__(self, site: Site, path: str, about: str | None = None) -> None:
        self.site, self.path, self.about = site, path, about
        self.graph, self.settings = site.graph, site.settings
        self.graph.note("settings")
        self.notes = Footnotes(site.graph)
        self._folder = path.rpartition("/")[0]
        self._links = site.links[self._folder]

    def href(self, page: str, fragment: str = "") -> str:
        """The relative address of another page, given without suffix."""
        if page == "bibliography" and fragment:
            page = self.site.parts.place(page, fragment)
        if page == self.path and fragment:
            return f"#{fragment}"
        address = links.seen_from(self._folder, page + self.site.suffix)
        return f"{address}#{fragment}" if fragment else address

    def ways(self, parts: Sequence[tuple[str, str]], at: int, fragment: str, newest: bool) -> Markup:
        """The ways to all parts of a list, given as (path, words), for the page that is part `at`. With `newest`, the
        last stands first. A long list has each of them on hundreds of pages: they are laid out here."""
        out = []
        for number, (path, words) in enumerate(reversed(parts) if newest else parts, 1):
            shown = f"{number} <small>{escape(words)}</small>" if words else str(number)
            if path == parts[at - 1][0]:
                out.append(f'<li><span aria-current="page">{shown}</span></li>')
            else:
                out.append(f'<li><a href="{escape(self.href(path, fragment))}">{shown}</a></li>')
        return Markup("\n".join(out))

    def file(self, path: str) -> str:
        """The relative address of a file that is published with the site."""
        return links.relative(path, self.path)

    def name(self, identifier: str, words: str | None = None, extra: str = "n") -> Markup:
        """A link to an entity's page, or its bare name on that page itself."""
        self.graph.note("label", identifier)
        known = self._links.get((extra, identifier))
        if known is None:
            known = self._links[extra, identifier] = self._link(identifier, extra)
        begin, name = known
        shown = words if isinstance(words, Markup) and words else escape(words) if words else name
        return shown if not begin or identifier == self.about else Markup(f"{begin}{shown}</a>")

    def _link(self, identifier: str, extra: str) -> tuple[str, Markup]:
        """How a link to an entity's page begins (empty: there is no such entity), and its words."""
        entity = self.graph.label(identifier)
        if entity is None:
            return "", escape(identifier)
        href = escape(self.href(links.place_of(entity)))
        return f'<a class="{extra} {entity.kind}" href="{href}" data-e="{entity.id}">', escape(entity.name)

    def chip(self, identifier: str) -> Markup:
        """A link to an entity's page as a chip."""
        return self.name(identifier, extra="chip")

    def names(self, identifiers: Iterable[str]) -> Markup:
        """Links to several entities, in a row of words."""
        return Markup(", ").join(self.name(identifier) for identifier in identifiers)

    def prose(self, text: str, record: str = "") -> Markup:
        """A text of ours with every name in it linked; it stands in the record of what the page is about, or in
        another (see `Asked.names_in`)."""
        return links.with_links(text, self.site.names_in(record or f"entity {self.about}", text), self.name)

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

    def page(
        self, template: str, title: str, description: str, kind: str, source: str | None = None, **values: Any
    ) -> Page:
        """Fill the template and finish the page."""
        html = self.render(template, title=title, source=source, **values)
        line = " ".join(description.split())
        return Page(f"{self.path}.md", title, line, kind, html, source)

    def render(self, template: str, **values: Any) -> str:
        """Fill a template for this page. No blank line is left, so that Markdown takes the whole as one block."""
        self.graph.note("template", template)
        html = environment().get_template(template).render(draft=self, graph=self.graph, site=self.settings, **values)
        return re.sub(r"\n(?:[^\S\n]*\n)+", "\n", html).strip() + "\n"


def site_of(graph: Graph, settings: Settings, suffix: str = ".html") -> Site:
    """The site of a graph: the same one each time."""
    known: dict[tuple[Settings, str], Site] = graph.__dict__.setdefault("_sites", {})
    if (settings, suffix) not in known:
        known[settings, suffix] = Site(graph, settings, suffix)
    return known[settings, suffix]


def template_digest(name: str) -> str:
    """Changes when a template does, or one of those that it includes, imports or extends."""
    loader, waiting, seen = environment().loader, [name], dict[str, str]()
    assert loader is not None
    while waiting:
        if (one := waiting.pop()) not in seen:
            seen[one] = loader.get_source(environment(), one)[0]
            waiting += _named_in(seen[one])
    return blake2b(repr(sorted(seen.items())).encode(), digest_size=16).hexdigest()


@cache
def _named_in(source: str) -> tuple[str, ...]:
    """The templates that one names, by its source: to read it takes a moment, and many name the same."""
    return tuple(other for other in find_referenced_templates(environment().parse(source)) if other)


def machine_date(text: str) -> str:
    """The value for `<time datetime>`: the day, month or year if the EDTF date is one, else empty."""
    return text if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else ""
