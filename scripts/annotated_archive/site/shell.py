"""Finished pages: each generated page in the frame of the site, which is rendered once for all pages that share it.

A *shell* is what main.html gives for a page of one kind in one folder, cut where the page's own words stand. Filling it
gives the bytes that rendering the template for that page would give, in a hundredth of the time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import normalize_url

from annotated_archive.pages import Page

Alternates = Sequence[tuple[str, str]]
"""What says the same as a page in another form: media type, path on the site."""

TEMPLATE = "main.html"
EVENTS = ("page_context", "post_page", "page_content", "page_markdown", "pre_page", "page_read_source", "nav", "env")
"""The events of MkDocs through which a plugin or a hook can change a finished page."""
_CUT = re.compile("\ue000([a-z]+[0-9]*)\ue001")
"""The marks at which a shell is cut: a private character, the name of a field, another one."""


class Kind(NamedTuple):
    """What decides which shell a page has: two pages of one kind differ in their own words alone."""

    kind: str
    folder: str
    """The page's folder; below the first, `-` stands for every folder that the frame does not link to."""
    listed: str
    """The page itself, where it stands in the navigation."""
    described: bool
    alternates: int


class Shells:
    """The shells of one site. `whole`: render every page through the template instead, which may be anyone's."""

    def __init__(
        self, config: MkDocsConfig, env: Environment, nav: Navigation, files: Iterable[File] = (), whole: bool = False
    ) -> None:
        self.config, self.env, self.nav, self.whole = config, env, nav, whole
        self.files = [file for file in files if file.src_uri.endswith(".md")]
        self._listed = {page.file.src_uri: page for page in nav.pages}
        self._deep = {page.url.split("/")[0] for page in nav.pages if page.url.count("/") > 1}
        self._made: dict[Kind, tuple[str, ...]] = {}

    def finished(self, page: Page, alternates: Alternates = ()) -> bytes:
        """The file that a page becomes."""
        plain = page.title and not self.whole  # without a title of its own a page takes one from MkDocs
        text = self._filled(page, alternates) if plain else self.rendered(page, alternates)
        return text.encode("utf-8", "xmlcharrefreplace")

    def rendered(self, page: Page, alternates: Alternates = ()) -> str:
        """The page as its template gives it."""
        file = self._file(page.path)
        meta = {
            "title": page.title, "description": page.description, "aa_kind": page.kind, "aa_html": page.html,
            "aa_alternates": _relative(alternates, file.url),
        }  # fmt: skip
        return self._render(file, meta)

    def kind(self, page: Page, alternates: Alternates = ()) -> Kind:
        """Which shell a page has."""
        folders = page.path.split("/")[:-1]
        if folders and folders[0] not in self._deep:
            folders[1:] = ["-"] * (len(folders) - 1)
        listed = page.path if page.path in self._listed else ""
        return Kind(page.kind, "/".join(folders), listed, bool(page.description), len(alternates))

    def digest(self, kind: Kind) -> str:
        """Changes when a shell does."""
        return blake2b("\0".join(self._shell(kind)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _filled(self, page: Page, alternates: Alternates) -> str:
        file = self._file(page.path)
        values = {
            "title": str(escape(page.title)),
            "description": str(escape(page.description)),
            "canonical": str(escape(self._canonical(file) or "")),
            "html": page.html,
        }
        for number, (form, address) in enumerate(_relative(alternates, file.url)):
            values |= {f"form{number}": str(escape(form)), f"address{number}": str(escape(address))}
        parts = self._shell(self.kind(page, alternates))
        return "".join(values[part] if number % 2 else part for number, part in enumerate(parts))

    def _shell(self, kind: Kind) -> tuple[str, ...]:
        """Literal text and names of fields by turns."""
        if kind not in self._made:
            file = self._file(kind.listed or "/".join(filter(None, (kind.folder, "-.md"))))
            meta = {
                "title": _mark("title"), "aa_html": _mark("html"), "aa_kind": kind.kind,
                "description": _mark("description") if kind.described else "",
                "aa_alternates": [(_mark(f"form{n}"), _mark(f"address{n}")) for n in range(kind.alternates)],
            }  # fmt: skip
            self._made[kind] = tuple(_CUT.split(self._render(file, meta, _mark("canonical"))))
        return self._made[kind]

    def _render(self, file: File, meta: dict[str, Any], canonical: str | None = None) -> str:
        page = self._listed.get(file.src_uri) or MkDocsPage(None, file, self.config)
        kept = page.meta, page.canonical_url
        page.meta = {**page.meta, **meta}
        if canonical and page.canonical_url:
            page.canonical_url = canonical
        page.active = True
        try:
            context = get_context(self.nav, self.files, self.config, page)
            context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
            text = self.env.get_template(TEMPLATE).render(context)
            return self.config.plugins.on_post_page(text, page=page, config=self.config)
        finally:
            page.active = False
            page.meta, page.canonical_url = kept

    def _file(self, path: str) -> File:
        return File(path, None, self.config.site_dir, use_directory_urls=False)

    def _canonical(self, file: File) -> str | None:
        return urljoin(self.config.site_url.rstrip("/") + "/", file.url) if self.config.site_url else None


def is_ours(config: MkDocsConfig, plugin: object) -> bool:
    """Whether no plugin but ours and no hook has a hand in finished pages, and no template but ours.

    Where one has, each page is rendered by itself and none is kept from one build to the next.
    """
    hands = [getattr(method, "__self__", None) for event in EVENTS for method in config.plugins.events[event]]
    folder = config.theme.custom_dir
    # Folders that are links are followed: templates are found behind them too.
    own = folder and any(name.endswith(".html") for _, _, names in os.walk(folder, followlinks=True) for name in names)
    return not own and all(hand is plugin for hand in hands)


def _mark(field: str) -> str:
    return f"\ue000{field}\ue001"


def _relative(alternates: Alternates, url: str) -> list[tuple[str, str]]:
    """Alternates by their addresses relative to the page at `url`."""
    page: Any = _Addressed(url)
    return [(form, normalize_url(path, page)) for form, path in alternates]


class _Addressed:
    """As much of a page as MkDocs asks for to find an address relative to it."""

    def __init__(self, url: str) -> None:
        self.url = url
