"""The MkDocs plugin: hands the archive's pages to MkDocs, and takes its own site map and error page to the site."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import write_file

from annotated_archive import pages
from annotated_archive.pages import hosts
from annotated_archive.pages.compiled import COMPILED
from annotated_archive.pages.search import INDEXES
from annotated_archive.search.pagefind import SearchError
from annotated_archive.search.write import ENGINE
from annotated_archive.site import content, editions, extras, published
from annotated_archive.site.searching import Searching
from annotated_archive.store import private as kept

log = logging.getLogger("mkdocs.plugins.annotated-archive")

STYLES = (
    "assets/tokens.css", "assets/shell.css", "assets/pages.css", "assets/notes.css", "assets/annolist.css",
    "assets/said.css", "assets/contribute.css",
)  # fmt: skip
SCRIPTS = (
    "assets/shell.js", "assets/previews.js", "assets/tables.js", "assets/notes.js", "assets/annolist.js",
    "assets/said.js",
)  # fmt: skip
UNUSED = (
    "sitemap.xml", "assets/javascripts/lunr/", "assets/images/favicon.png", "assets/stylesheets/palette.",
    *(f"assets/{name}" for name in ENGINE),
)  # fmt: skip
"""What Material brings and no page of ours asks for, and what is written into another file. Source maps go too."""
MACHINERY = "assets/javascripts/"
"""Material's own scripts, which serve its features alone: where mkdocs.yml asks for none, they go too."""
FOREIGN_SEARCH = ("search", "material/search")
"""Plugins that make an index of their own, which no page of ours would read."""
BY_HAND = ("doc", "home")
"""Kinds of pages that are Markdown when they come here."""


class ArchiveConfig(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say under `annotated-archive`."""

    root = config_options.Optional(config_options.Type(str))
    """The folder that holds `archive/`, relative to that of mkdocs.yml; that one itself by default."""


class Finished(MkDocsPage):
    """A page whose HTML is put in afterwards: no converter is set up for its Markdown, of which there is none."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make nothing of nothing, as MkDocs would."""
        self.content, self.toc, self.present_anchor_ids = "", TableOfContents([]), set()


class AnnotatedArchive(BasePlugin[ArchiveConfig]):  # type: ignore[no-untyped-call]
    """Reads and checks the archive, then gives MkDocs a page for every record, already rendered."""

    content: content.Content
    known: Mapping[str, pages.Page] = MappingProxyType({})
    """Pages that stand already where this build goes: those that are still the same are not rendered again."""
    records: Container[str] | None = None
    """The records to render, when the pages of all others are to stay as they are in `known`."""
    stop: Callable[[], bool] = staticmethod(bool)
    """Tells when to give up rendering."""
    private: bool = False
    """Whether this is the private edition, which shows what may not be published."""
    searching: Searching | None = None
    """The search's files in the making, while MkDocs renders."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the archive; lay our theme over Material's. Aborts when the check finds errors."""
        if config.use_directory_urls:
            raise ConfigurationError("set `use_directory_urls: false`: the site is also read from a folder")
        self._read(config)
        _keep_out(self.content.root, config)
        _dress(config)
        _silence(config)
        return config

    def _read(self, config: MkDocsConfig) -> None:
        base = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            root = (base / (self.config.root or "")).resolve()
            self.content = content.read(root, settings(config), self.stop, self.private)
        except content.ContentRefused as refused:
            content.report(refused.diagnostics)
            raise Abort(str(refused)) from None
        if self.records is not None:
            self.content.take(self.known, self.records)
        for warning in self.content.warnings:
            log.warning("%s", warning)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for every page, the originals and the schemas; leave out what no page uses."""
        unused = UNUSED if config.theme.get("features") else (*UNUSED, MACHINERY)
        for file in list(files):
            if file.src_uri.startswith(unused) or file.src_uri.endswith(".map") or _is_linked(config, file):
                files.remove(file)
        by_hand = published.by_hand(config, files)
        for path in self.content.generated:
            # Not in the navigation: with thousands of pages in it, every page would carry them all.
            _add(files, File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        for name, source in self.content.files():
            if isinstance(source, bytes):
                _add(files, File.generated(config, name, content=source))
            else:
                _add(files, File.generated(config, name, abs_src_path=str(source)))
        for name, text in self.content.exported.items():
            _add(files, File.generated(config, name, content=text))
        for path, made in self.content.everything.items():
            # Excluded, not left out, when it stands already: links to it must still be found right. The home page is
            # made anew each time, since only half of it stands in its Page.
            there = files.get_file_from_path(path)
            if path != content.HOME and self.known.get(path) == made and there:
                there.inclusion = InclusionLevel.EXCLUDED
        if self.records is None:  # a whole build follows one of some records, and brings the search
            self.searching = Searching(self.content, by_hand, Path(config.site_dir))
            # However this build ends: the folder may be taken away then. Not a method `on_shutdown`, with which MkDocs
            # would keep this plugin, and all it knows, for the next build.
            config.plugins.events["shutdown"].append(self.searching.abandon)
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Give a hand-written page its linked names. A generated one has no Markdown: its HTML comes afterwards."""
        made = self.content.everything.get(page.file.src_uri)
        if made is None:
            return markdown
        page.meta.update(aa_kind=made.kind, aa_source=made.source, aa_previews=content.embedded(made.previews))
        page.meta["aa_edit"] = hosts.edit(self.content.settings, made.source) if made.source else ""
        if made.kind in BY_HAND:
            return made.html
        page.meta.update(title=made.title, description=made.description)
        page.meta["aa_alternates"] = self.content.alternates(page.file.src_uri)
        return ""

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Put the finished HTML in: Python-Markdown never sees what comes from a record."""
        made = self.content.everything.get(page.file.src_uri)
        if made and made.kind not in BY_HAND:
            whole = made.html
        else:  # CSS cannot tell a footnote reference right after another from one with words between them
            whole = html.replace('</sup><sup id="fnref', '</sup><sup class="aa-next" id="fnref')
        page.meta["aa_html"] = whole
        if page.meta.get("aa_kind") == "home":
            # The generated part comes between the words and their footnotes.
            words, mark, notes = whole.partition('<div class="footnote">')
            page.meta.update(aa_html=words, aa_home=self.content.home, aa_notes=mark + notes)
        return whole

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let templates ask which pages and files there are."""
        env.bytecode_cache = COMPILED
        env.globals["aa_indexes"] = INDEXES
        env.globals["aa_banner"] = editions.BANNER if self.private else ""
        env.globals["aa_paths"] = frozenset(file.dest_uri for file in files)
        return env

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Refuse a navigation without a home page, to which every page links; mark the pages that are finished."""
        if nav.homepage is None:
            raise ConfigurationError("the navigation needs `index.md` at its head")
        for file in files.documentation_pages():
            made = self.content.everything.get(file.src_uri)
            if made and made.kind not in BY_HAND and file.page not in nav.pages:
                Finished(None, file, config)  # takes the place of the page that MkDocs made of the file
        return nav

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the error page, and the site map where the site's address is known; see the search to its end."""
        site = Path(config.site_dir)
        try:
            if self.searching:
                self.searching.finish()
        except SearchError as error:
            raise Abort(str(error)) from error
        banner = editions.BANNER if self.private else ""
        error_page = extras.error_page(config.site_name, config.site_url, extras.SECTIONS, banner)
        write_file(error_page.encode(), str(site / "404.html"))
        if self.private:
            write_file(editions.ROBOTS.encode(), str(site / "robots.txt"))
        elif config.site_url:
            addresses = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html") if p.name != "404.html")
            write_file(extras.site_map(config.site_url, addresses).encode(), str(site / "sitemap.xml"))


def archive_plugin(config: MkDocsConfig) -> AnnotatedArchive:
    """Our plugin among those of mkdocs.yml. Raises ConfigurationError where another one bears its name."""
    plugin = config.plugins["annotated-archive"]
    if not isinstance(plugin, AnnotatedArchive):
        raise ConfigurationError("another plugin is called annotated-archive")
    return plugin


def _keep_out(root: Path, config: MkDocsConfig) -> None:
    """Refuse a folder of pages that holds what is kept private, or lies in it: MkDocs copies every file it finds."""
    docs, private = Path(config.docs_dir).resolve(), (root / kept.FOLDER).resolve()
    if docs.is_relative_to(private) or private.is_relative_to(docs):
        raise ConfigurationError(f"`docs_dir` {docs} and {private} lie one in the other: name another folder")


def _is_linked(config: MkDocsConfig, file: File) -> bool:
    """Whether a file of the docs folder is a link, or lies behind one."""
    docs, path = Path(config.docs_dir), file.abs_src_path
    return path is not None and Path(path).is_relative_to(docs) and content.leads_elsewhere(docs, Path(path))


def _add(files: Files, file: File) -> None:
    """Add a generated file; one of that name in the docs folder stays."""
    if files.get_file_from_path(file.src_uri):
        log.warning("%s is written by hand and also generated; the one by hand is used", file.src_uri)
    else:
        files.append(file)


def settings(config: MkDocsConfig) -> pages.Settings:
    """What mkdocs.yml says that pages need to know."""
    archive = config.extra.get("archive") or {}
    return pages.Settings(
        name=config.site_name,
        contact=archive.get("contact") or "",
        repo_url=config.repo_url or "",
        edit_branch=archive.get("edit_branch") or "main",
        site_url=config.site_url or "",
        sides=tuple(archive.get("sides") or ()),
        as_of=archive.get("as_of") or "",
        host=_host(archive.get("host") or ""),
        download=_download(archive.get("download") or ""),
    )


def _host(kind: str) -> str:
    """The kind of the repository's host as mkdocs.yml names it; empty: its address tells."""
    if kind and kind not in hosts.HOSTS:
        raise ConfigurationError(f"extra.archive.host: {kind!r} is none of {', '.join(hosts.HOSTS)}")
    return kind


def _download(address: object) -> str:
    """The address of the download as mkdocs.yml states it; empty: there is none."""
    if address and not (isinstance(address, str) and re.fullmatch(r"https?://[^\s\"<>]+", address)):
        raise ConfigurationError(f"extra.archive.download: {address!r} is not a whole http or https address")
    return str(address)


def _dress(config: MkDocsConfig) -> None:
    """Lay our templates, styles and scripts over Material's, below a `custom_dir` of the archive's own."""
    theme = config.theme
    theme.dirs.insert(1 if theme.custom_dir else 0, str(content.THEME))
    theme.static_templates -= {"404.html", "sitemap.xml"}
    theme["font"] = False
    theme["favicon"] = "assets/favicon.svg"
    theme["palette"] = None  # ours is set by partials/header.html
    config.extra_css[:0] = STYLES
    config.extra_javascript[:0] = SCRIPTS


def _silence(config: MkDocsConfig) -> None:
    """Take no part in any other search: a mkdocs.yml that still names one keeps working, and its index is not made."""
    silent = {id(config.plugins[name]) for name in FOREIGN_SEARCH if name in config.plugins}
    for event, methods in config.plugins.events.items():
        if event != "config":  # which is under way
            methods[:] = [method for method in methods if id(getattr(method, "__self__", None)) not in silent]
