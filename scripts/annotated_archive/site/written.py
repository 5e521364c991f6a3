"""Pages written by hand: MkDocs renders them, those that would be other ones now."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from annotated_archive.graph.noted import Key
from annotated_archive.pages import Page
from annotated_archive.site.addressed import addresses
from annotated_archive.site.content import THEME, Content
from annotated_archive.site.lasting import lasting
from annotated_archive.site.made import Known, Made, Memory, signature
from annotated_archive.site.published import UNPUBLISHED
from annotated_archive.site.shell import Kind, Shells

FRAME = "site-frame"
"""What a page written by hand is made of beside its words: everything that MkDocs looks at."""
SELF_CONTAINED = frozenset(
    f"{prefix}{name}" for prefix in ("", "markdown.extensions.") for name in (
        "abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html", "meta",
        "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
    )
)  # fmt: skip
"""Extensions of Markdown that read nothing but the page. With any other, pages are rendered each time."""


class _Ear(logging.Handler):
    """Hears whether MkDocs warns."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = True


class Written:
    """The pages written by hand of one build."""

    def __init__(self, content: Content, config: MkDocsConfig, files: Iterable[File]) -> None:
        self.content, self.config = content, config
        docs = content.graph.archive.docs
        self.files = {file.src_uri: file for file in files if file.src_uri in docs}
        self.kept: dict[str, Known] = {}
        self._keys: dict[str, frozenset[Key]] = {}
        self._ear = _Ear()

    def page(self, path: str) -> Page | None:
        """The page whose Markdown is at `path`, its names linked; None if that is no page of the archive."""
        doc = self.content.graph.archive.docs.get(path)
        if doc is None:
            return None
        with self.content.traced.noting() as noted:
            made = self.content.doc(doc)
        self._keys[path] = self._keys.get(path, frozenset()) | noted
        return made

    def home(self, path: str) -> str:
        """The generated part of the home page."""
        with self.content.traced.noting() as noted:
            html = self.content.home
        self._keys[path] = self._keys.get(path, frozenset()) | noted
        return html

    def keep(self, memory: Memory, shells: Shells, nav: Navigation, files: Files) -> None:
        """Leave out the pages that are the same as in the last build; what MkDocs says of the others is heard."""
        logging.getLogger("mkdocs").addHandler(self._ear)
        self.config.plugins.events["shutdown"].append(self.listened)
        self._rememberable = self._can_be_kept(nav) and not shells.whole
        if self._rememberable:
            self._frames = _frames(self.content, self.config, shells, files, self.files)
            # What `exclude_docs` or a hook takes off the site stood there before, and must not be taken from it.
            pages = [file.dest_uri for file in self.files.values() if file.inclusion not in UNPUBLISHED]
            self.kept = memory.current(pages, self.state, lasting(self.content, memory.base))
            for file in self.files.values():
                if file.dest_uri in self.kept:
                    file.inclusion = InclusionLevel.EXCLUDED

    def _can_be_kept(self, nav: Navigation) -> bool:
        """Not where a page's own words stand on others, as a title does that mkdocs.yml does not give."""
        titled = all(page.title for page in nav.pages)
        anchors = self.config.validation.links.anchors < logging.WARNING
        return titled and anchors and SELF_CONTAINED.issuperset(map(str, self.config.markdown_extensions))

    def listened(self) -> None:
        """All pages are rendered."""
        logging.getLogger("mkdocs").removeHandler(self._ear)

    def state(self, key: Key) -> str:
        """The present state of what such a page is made of."""
        return self._frames.get(key[1], "") if key[0] == FRAME else self.content.state(key)

    def made(self, site: Path) -> list[Made]:
        """What is to be remembered of the pages that were rendered into `site`: nothing if MkDocs warned."""
        if not self._rememberable or self._ear.heard:
            return []
        found = []
        for path, keys in self._keys.items():
            file = self.files[path]
            if now := signature(site / file.dest_uri):
                found.append(Made(file.dest_uri, keys | {(FRAME, path)}, now))
        return found


def _frames(
    content: Content, config: MkDocsConfig, shells: Shells, files: Files, docs: Iterable[str]
) -> dict[str, str]:
    """For each page written by hand, the state of its frame and words, and of what MkDocs finds its links by.

    To be asked for before MkDocs reads the pages: then it knows more of each.
    """
    said = (
        config.markdown_extensions, config.mdx_configs, config.nav, content.settings, config.validation,
        config.site_description, _templates(),
    )  # fmt: skip
    there = sorted(f"{file.src_uri} {file.inclusion.name}" for file in files)
    common = _hashed((said, there, sorted(addresses(files).items())))
    found = {}
    for path in docs:
        doc = content.graph.archive.docs[path]
        shell = shells.digest(Kind("doc", path.rpartition("/")[0], path, True, 0))
        found[path] = _hashed((common, shell, doc.document.data, doc.text))
    return found


def _templates() -> list[tuple[str, bytes]]:
    """Our templates: a shell shows of them only what every such page has."""
    return [(path.relative_to(THEME).as_posix(), path.read_bytes()) for path in sorted(THEME.rglob("*.html"))]


def _hashed(value: object) -> str:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
