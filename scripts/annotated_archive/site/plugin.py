"""The MkDocs plugin: has MkDocs render the pages written by hand, and makes every other file of the site itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file

from annotated_archive import pages
from annotated_archive.pages import hosts
from annotated_archive.pages.compiled import COMPILED
from annotated_archive.pages.search import INDEXES
from annotated_archive.records.diagnostic import Diagnostic
from annotated_archive.records.stages import stage
from annotated_archive.search.pagefind import SearchError
from annotated_archive.search.write import ENGINE
from annotated_archive.site import content, editions, extras, lasting, outputs, published
from annotated_archive.site.addressed import Addressed, Ours, addresses
from annotated_archive.site.made import Memory
from annotated_archive.site.searching import Searching
from annotated_archive.site.shell import Shells, is_ours
from annotated_archive.site.versions import version
from annotated_archive.site.writing import Writer
from annotated_archive.site.written import Written
from annotated_archive.store import private as kept
from annotated_archive.store.cores import cores

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
MEMORY, SPARE = "pages", "spare"
"""Where an archive keeps what its sites were made of, and their spare folders, in its folder for such things."""


class ArchiveConfig(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say under `annotated-archive`."""

    root = config_options.Optional(config_options.Type(str))
    """The folder that holds `archive/`, relative to that of mkdocs.yml; that one itself by default."""


@dataclass
class Orders:
    """What whoever runs a build wants of it.

    `last` is the folder of the last site, whose files may be used again, `memory` what is known of them (None: what was
    written down), and `spare` the folder of the site before that (None: where an archive keeps it); `jobs` how many
    processes make pages. When `stop()` becomes true, making them is given up. `private`: this is the private edition,
    which shows what may not be published.
    """

    last: Path | None = None
    jobs: int = field(default_factory=cores)
    stop: Callable[[], bool] = bool
    private: bool = False
    memory: Memory | None = None
    spare: Path | None = None


class AnnotatedArchive(BasePlugin[ArchiveConfig]):  # type: ignore[no-untyped-call]
    """Reads and checks the archive, gives MkDocs the pages written by hand, and makes all others itself."""

    content: content.Content
    check: Callable[[], Iterable[Diagnostic]]
    """Gives the warnings of the content; raises ContentRefused."""
    written: Written
    shells: Shells
    left_out: frozenset[str]
    """Paths that are generated and also written by hand: the latter are used."""
    memory: Memory
    """What this build made of what; until then, what the last one did."""
    base: dict[str, str]
    """The present state of the record: see `lasting.bases`."""
    made: int
    """How many files this build made."""
    orders: Orders
    searching: Searching | None = None
    """The search's files in the making, while pages are made."""

    def __init__(self) -> None:
        self.orders = Orders()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the archive; lay our theme over Material's."""
        if config.use_directory_urls:
            raise ConfigurationError("set `use_directory_urls: false`: the site is also read from a folder")
        base = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        root = (base / (self.config.root or "")).resolve()
        self.content, self.check = content.unchecked(root, settings(config), self.orders.stop, self.orders.private)
        _keep_out(self.content.root, config)
        _dress(config)
        _silence(config)
        return config

    def _check(self) -> None:
        try:
            warnings = self.check()
        except content.ContentRefused as refused:
            content.report(refused.diagnostics)
            raise Abort(str(refused)) from None
        for warning in warnings:
            log.warning("%s", warning)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Check the archive; add a file for every page, the originals and the schemas; leave out what no page uses.

        Aborts when the check finds errors.
        """
        unused = UNUSED if config.theme.get("features") else (*UNUSED, MACHINERY)
        for file in list(files):
            if file.src_uri.startswith(unused) or file.src_uri.endswith(".map") or _is_linked(config, file):
                files.remove(file)
        by_hand = published.by_hand(config, files)
        self.base = self.content.bases
        # As soon as it can be, for it takes long: before the check, which may end it. However this build ends, the
        # folder may be taken away then: not a method `on_shutdown`, with which MkDocs would keep this plugin, and all
        # it knows, for the next build.
        self.searching = Searching(self.content, by_hand, Path(config.site_dir))
        config.plugins.events["shutdown"].append(self.searching.abandon)
        self._check()
        self.memory = self._remembered()
        parts = self.content.site.parts
        parts.paths.update(lasting.lists(self.content, self.memory.base, self.memory.lists))
        self.written = Written(self.content, config, files)
        ours, theirs = outputs.paths(self.content), files.src_uris
        self.left_out = frozenset(path for path in ours if path in theirs)
        for path in sorted(self.left_out):
            log.warning("%s is written by hand and also generated; the one by hand is used", path)
        return Addressed(files, {path: at for path, at in ours.items() if path not in self.left_out}, config)

    def _remembered(self) -> Memory:
        """What is known of the last site; nothing where whoever runs this build leaves none."""
        if self.orders.last is None:
            return Memory(Path(), version())
        if self.orders.memory is not None:
            return self.orders.memory
        return Memory.read(self.memory_file(self.orders.last), self.orders.last, version())

    def memory_file(self, site: Path) -> Path:
        """Where is kept what the site in a folder was made of."""
        return self.content.graph.archive.build / MEMORY / Memory.name(self.content.root, site)

    def spare(self, site: Path) -> Path:
        """Where the folder of the site before the one in a folder is kept, for the next one."""
        return self.content.graph.archive.build / SPARE / Path(Memory.name(self.content.root, site)).stem

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Refuse a navigation without a home page, to which every page links; see which pages need not be rendered."""
        if nav.homepage is None:
            raise ConfigurationError("the navigation needs `index.md` at its head")
        for page in nav.pages:
            job = self.content.jobs.get(page.file.src_uri)
            if page.title is None and job and isinstance(page.file, Ours):
                made = job.make(self.content.site)
                page.title = made.title if isinstance(made, pages.Page) else None
        env = self._with_globals(config.theme.get_env(), files)
        ours = is_ours(config, self)
        self.shells = Shells(config, env, nav, files if ours else files.src_uris.values(), whole=not ours)
        if self.shells.whole:  # what pages are made of then, nobody knows
            self.memory = Memory(self.memory.site, version())
        self.written.keep(self.memory, self.shells, nav, files)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let templates ask which pages and files there are."""
        self.written.listened()
        return self._with_globals(env, files)

    def _with_globals(self, env: Environment, files: Files) -> Environment:
        env.bytecode_cache = COMPILED
        env.globals["aa_indexes"] = INDEXES
        env.globals["aa_banner"] = editions.BANNER if self.orders.private else ""
        env.globals["aa_paths"] = frozenset(addresses(files).values())
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Give a hand-written page its linked names."""
        made = self.written.page(page.file.src_uri)
        if made is None:
            return markdown
        page.meta.update(aa_kind=made.kind, aa_source=made.source)
        page.meta["aa_edit"] = hosts.edit(self.content.settings, made.source) if made.source else ""
        return made.html

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Put the generated part of the home page in: Python-Markdown never sees what comes from a record."""
        # CSS cannot tell a footnote reference right after another from one with words between them
        whole = html.replace('</sup><sup id="fnref', '</sup><sup class="aa-next" id="fnref')
        page.meta["aa_html"] = whole
        if page.meta.get("aa_kind") == "home":
            # The generated part comes between the words and their footnotes.
            words, mark, notes = whole.partition('<div class="footnote">')
            home = self.written.home(page.file.src_uri)
            page.meta.update(aa_html=words, aa_home=home, aa_notes=mark + notes)
        return whole

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make all that MkDocs does not, and see the search to its end."""
        site = Path(config.site_dir)
        self._write(site)
        try:
            with stage("index"):
                if self.searching:
                    self.searching.finish()
        except SearchError as error:
            raise Abort(str(error)) from error
        banner = editions.BANNER if self.orders.private else ""
        error_page = extras.error_page(config.site_name, config.site_url, extras.SECTIONS, banner)
        write_file(error_page.encode(), str(site / "404.html"))
        if self.orders.private:
            write_file(editions.ROBOTS.encode(), str(site / "robots.txt"))
        elif config.site_url:
            addresses = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html") if p.name != "404.html")
            write_file(extras.site_map(config.site_url, addresses).encode(), str(site / "sitemap.xml"))

    def _write(self, site: Path) -> None:
        """Write what is made here, and what of the last site is still right."""
        last = self.orders.last
        writer = Writer(site, self.orders.jobs, self.orders.spare or (self.spare(last) if last else None))
        files = outputs.Outputs(self.content, self.shells, self.left_out)
        memory, self.made = writer.write(files, self.memory, self.base, self.written.kept)
        rendered = self.written.made(site)
        memory.add(rendered, self.written.state)
        memory.lists = self.content.site.parts.paths
        self.memory = Memory(site, version()) if self.shells.whole else memory
        self.made += len(rendered)


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
