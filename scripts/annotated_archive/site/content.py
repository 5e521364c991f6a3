"""What the site is made of: the archive checked, and every page and file it gives. No MkDocs here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from annotated_archive import check, exports, pages
from annotated_archive.check import CATALOGUE, PUBLISHING, REPORTERS
from annotated_archive.graph import Graph
from annotated_archive.graph.tracing import Traced, traced
from annotated_archive.records.diagnostic import ERROR, Diagnostic
from annotated_archive.records.stages import stage
from annotated_archive.reuse.words import prepare
from annotated_archive.site import lasting
from annotated_archive.site.editions import in_full
from annotated_archive.site.said_words import PageWords
from annotated_archive.store import DocFile
from annotated_archive.store.captures import Capture, Published, without_comments
from annotated_archive.store.kept import held

THEME = Path(__file__).parent / "theme"
"""Templates and assets laid over Material's."""
HOME = "index.md"
ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""The media type of annotations in the W3C's model."""


class ContentRefused(Exception):
    """The check found errors; the site is not built from them. Carries all diagnostics."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = sum(diagnostic.severity == ERROR for diagnostic in self.diagnostics)
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the content; the site was not built")


class Stopped(Exception):
    """Rendering was given up because something more urgent came."""


@dataclass(frozen=True)
class Content:
    """An archive without errors, and the pages made of it."""

    root: Path
    graph: Graph
    settings: pages.Settings
    warnings: tuple[Diagnostic, ...] = ()
    stop: Callable[[], bool] = bool

    @cached_property
    def traced(self) -> Traced:
        """The graph, noting what is read of it."""
        return traced(self.graph)

    def state(self, key: tuple[str, str]) -> str:
        """The present state of what was read of `traced`; empty for what is not there any more."""
        try:
            return self.traced.digest(key)
        except KeyError:
            return ""

    @cached_property
    def bases(self) -> dict[str, str]:
        """The present state of the record, in parts: see `lasting.bases`."""
        return lasting.bases(self)

    @cached_property
    def site(self) -> pages.Site:
        """What all pages of the site share."""
        return pages.site_of(self.traced, self.settings)

    @cached_property
    def jobs(self) -> dict[str, pages.Job]:
        """All generated pages and files of data by path, to be made of `site`."""
        with stage("graph"):
            jobs = pages.jobs(self.traced, self.settings, ".html", self._rules())
        return {job.path: job for job in jobs}

    def _rules(self) -> list[tuple[str, str, str, str]]:
        return [(rule.id, rule.finds, rule.why, "") for rule in CATALOGUE.values()]

    def render(self, suffix: str) -> Iterator[pages.Page]:
        """All generated pages, their links ending in `suffix`. Raises Stopped."""
        for page in pages.pages(self.graph, self.settings, suffix=suffix, rules=self._rules()):
            if self.stop():
                raise Stopped
            yield page

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """For many pages, in processes that are forked in the block: what each would find or read for itself."""
        articles = self.graph.archive.articles
        if len(articles) > 1:
            self.graph.shared_digest(next(iter(articles)))
            prepare()
        _ = self.graph.prose
        self.graph.together.get(next(iter(self.graph.entities), ""))
        self.graph.matcher.prepare()
        with held(articles.values()):
            yield

    @cached_property
    def by_hand(self) -> dict[str, pages.Page]:
        """All hand-written pages by path: in place of HTML their Markdown, with names linked."""
        return {name: self.doc(doc) for name, doc in self.graph.archive.docs.items()}

    def doc(self, doc: DocFile) -> pages.Page:
        """A hand-written page: in place of HTML its Markdown, with names linked. It is read of `traced`."""
        text = pages.doc_markdown(self.traced, self.settings, doc, ".md")
        return pages.Page(doc.name, "", "", "home" if doc.name == HOME else "doc", text, doc.path)

    @property
    def home(self) -> str:
        """The generated part of the home page, as HTML. It is read of `traced`."""
        return pages.home_html(self.traced, self.settings)

    @cached_property
    def words(self) -> PageWords:
        """What exports and the search are told in the words of the pages."""
        return PageWords(self)

    @cached_property
    def exports(self) -> dict[str, exports.Job]:
        """The files made for other programs, by path, to be made of `traced`."""
        with stage("export"):
            words, site = self.words, self.settings
            jobs = exports.jobs(self.traced, site.name, site.site_url, words.say, words.listed)
        return {job.path: job for job in jobs}

    @property
    def exported(self) -> dict[str, str]:
        """The files made for other programs: path on the site, text."""
        return {path: job.make() for path, job in self.exports.items()}

    def alternates(self, path: str) -> list[tuple[str, str]]:
        """What a page, by its path, says as data too: media type, path of the file on the site."""
        folder, _, name = path.removesuffix(".md").rpartition("/")
        if folder == "annotations":
            return [(ANNOTATIONS, exports.collection_of("all"))]
        if folder in ("said", "questions"):
            return [("text/csv", exports.CLAIMS)]
        return [(ANNOTATIONS, exports.collection_of(name))] if folder == "articles" and self._collected(name) else []

    def _collected(self, article: str) -> bool:
        """Whether an article has a collection of its own. It is read of `traced`."""
        self.traced.note("annotations", article)
        return article != "all" and exports.collection_of(article) in self.exports

    @cached_property
    def published(self) -> Published:
        """What of the originals is published, and where."""
        return self.site.asked.published

    @cached_property
    def originals(self) -> dict[str, str]:
        """The originals that are handed on with the record, by their path in their folder, with their checksums."""
        return self._sound(self.published.originals)

    def _sound(self, originals: Mapping[str, str]) -> dict[str, str]:
        folder = self.root / "archive" / "originals"
        if leads_elsewhere(self.root, folder):
            return {}
        simple = {entry.name for entry in _entries(folder) if entry.is_file(follow_symlinks=False)}
        return {
            name: digest for name, digest in originals.items()
            if name in simple or not leads_elsewhere(self.root, folder / name)
        }  # fmt: skip

    def kept(self) -> Iterator[tuple[str, Path | bytes]]:
        """The originals that are handed on, and the list of their checksums, as `files` gives files."""
        return self._listed(self.originals)

    def _listed(self, originals: Mapping[str, str]) -> Iterator[tuple[str, Path | bytes]]:
        folder = self.root / "archive" / "originals"
        for name in originals:
            yield f"originals/{name}", folder / name
        if originals:
            yield "originals/manifest-sha256.txt", "".join(f"{d}  {name}\n" for name, d in originals.items()).encode()

    def files(self) -> Iterator[tuple[str, Path | bytes]]:
        """Files of the record that are published: path on the site, and path on disk or bytes.

        Of the originals these are the pasted texts, as they are, with the list of their checksums, and of all others
        the texts that were read from them.
        """
        for path, source in self.served:
            yield path, self.published_text(source) if isinstance(source, Capture) else source

    @cached_property
    def served(self) -> list[tuple[str, Path | bytes | Capture]]:
        """As `files`, with the captures in place of the texts that were read from them."""
        return list(self._served())

    def _served(self) -> Iterator[tuple[str, Path | bytes | Capture]]:
        yield from self._listed(self._sound(self.published.served))
        for capture in self.published.captures:
            address = self.published.address(capture)
            if address and capture.path not in self.published.served:
                yield address, capture
        yield from self.schemas()

    def published_text(self, capture: Capture) -> bytes:
        """The text that was read from a capture, as it stands on the site."""
        assert capture.ledger is not None
        return without_comments(capture.article.body, capture.ledger.record.spans).encode()

    def schemas(self) -> Iterator[tuple[str, Path]]:
        """The JSON Schemas beside the record, as `files` gives files."""
        for path in sorted((self.root / "archive" / "schema").glob("*.json")):
            if leads_elsewhere(self.root, path) or not path.is_file():
                continue
            yield f"schema/{path.name}", path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except OSError:
        return []


def leads_elsewhere(root: Path, path: Path) -> bool:
    """Whether a file below `root` is a symbolic link, or lies in a folder that is one: it could be any file at all."""
    inside = path.relative_to(root)
    return any((root / part).is_symlink() for part in (inside, *inside.parents) if part.parts)


def read(
    root: Path, settings: pages.Settings, stop: Callable[[], bool] = bool, private: bool = False
) -> Content:
    """Check the archive in the folder `root`. Raises ContentRefused when the check finds errors.

    When `stop()` becomes true, rendering its pages raises Stopped. With `private`, what is in `private/` is read too,
    and its texts are shown: this is the private edition, and none of it may be published. What only publishing would
    make wrong does not stop it.
    """
    content, warnings = unchecked(root, settings, stop, private)
    return replace(content, warnings=warnings())


def unchecked(
    root: Path, settings: pages.Settings, stop: Callable[[], bool] = bool, private: bool = False
) -> tuple[Content, Callable[[], tuple[Diagnostic, ...]]]:
    """The same before it was checked: nothing that is made of it may be shown until the function that is returned with
    it has been called, which gives the warnings. That raises ContentRefused."""
    with stage("check"):
        graph = check.read(root, private)

    def warnings() -> tuple[Diagnostic, ...]:
        with stage("check"):
            result = check.checked(graph)
        found = tuple(one for one in result.diagnostics if not (private and one.rule in PUBLISHING))
        if any(one.severity == ERROR for one in found):
            raise ContentRefused(found)
        return found

    return Content(root, in_full(graph) if private else graph, settings, (), stop), warnings


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to standard error, one a line."""
    sys.stderr.write(REPORTERS["text"](diagnostics))
