"""The site as one file for Kiwix. The only module that imports libzim, which is under the GPL and an extra."""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from libzim.writer import Creator, FileProvider, Hint, IndexData, Item

from annotated_archive import __version__
from annotated_archive.records.authority import FOLDERS
from annotated_archive.search.document import Document
from annotated_archive.site.bundling import icon
from annotated_archive.site.bundling.zimfile import finish
from annotated_archive.site.content import THEME, Content
from annotated_archive.site.renderer import SiteError

MAIN = "index.html"
LEFT_OUT = ("404.html", "sitemap.xml")
"""What only a web server uses; it links by absolute addresses."""
ICON = 48
MAX_TITLE = 30
MAX_DESCRIPTION = 80
MAX_LONG_DESCRIPTION = 4000
LANGUAGE = "eng"
"""The language of the pages' own words, by ISO 639-3."""
LANGUAGES = {
    "ar": "ara", "az": "aze", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "hy": "hye", "it": "ita",
    "ka": "kat", "pl": "pol", "ru": "rus", "tr": "tur", "uk": "ukr",
}  # fmt: skip
"""Codes of ISO 639-3 for those that articles give."""
TYPES = {
    ".css": "text/css", ".csv": "text/csv", ".gif": "image/gif", ".html": "text/html", ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg", ".js": "application/javascript", ".json": "application/json",
    ".jsonld": "application/ld+json", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
    ".txt": "text/plain", ".webp": "image/webp", ".xml": "application/xml",
}  # fmt: skip
"""Media types, by the suffix of a file. The system's own list would differ from machine to machine."""
PACKED = ("image/gif", "image/jpeg", "image/png", "image/webp")
"""Media types that no compression makes smaller."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Description:
    """What a ZIM file says of itself, by the names that Kiwix knows."""

    fields: dict[str, str]

    @classmethod
    def of(cls, config: Any, content: Content, name: str, day: date | None) -> Description:
        """From MkDocs' configuration and the record. Raises SiteError without a day, which every ZIM file states."""
        if day is None:
            raise SiteError("a ZIM file states a day, and the record has none: state one as extra.archive.version")
        summary = " ".join((config.site_description or config.site_name).split())
        author = config.site_author or f"Contributors of {config.site_name}"
        fields = {
            "Name": f"{name}_en_all",
            "Title": _cut(config.site_name, MAX_TITLE),
            "Description": _cut(summary, MAX_DESCRIPTION),
            "Language": ",".join(_languages(content)),
            "Creator": author,
            "Publisher": author,
            "Date": day.isoformat(),
            "License": "Each article says who holds the rights in its text; all else: CC BY 4.0",
            "Scraper": f"annotated-archive {__version__}",
        }
        if len(summary) > MAX_DESCRIPTION:
            fields["LongDescription"] = _cut(summary, MAX_LONG_DESCRIPTION)
        if config.site_url:
            fields["Source"] = config.site_url
        return cls(fields)


class _File(Item):  # type: ignore[misc]
    """One file of the site, and what is found of it: nothing, unless it is a page that the site's search finds."""

    def __init__(self, site: Path, path: str, ending: str, words: str) -> None:
        super().__init__()
        self.file, self.path, self.ending, self.words = site / path, path, ending, words
        self.type = TYPES.get(self.file.suffix.lower(), "application/octet-stream")
        self.html = self.file.read_text("utf-8") if self.type == "text/html" else ""

    def get_path(self) -> str:
        return self.path

    def get_title(self) -> str:
        """The page's own title, without the name of the site."""
        found = _TITLE.search(self.html)
        return unescape(found[1]).removesuffix(self.ending) if found else ""

    def get_mimetype(self) -> str:
        return self.type

    def get_contentprovider(self) -> FileProvider:
        return FileProvider(str(self.file))

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: bool(self.html), Hint.COMPRESS: self.type not in PACKED}

    def get_indexdata(self) -> IndexData:
        return _Words(self.get_title(), self.words)


class _Words(IndexData):  # type: ignore[misc]
    """What the full-text index knows of a page: its words as the site's search has them.

    The page itself may also show what nobody is to find, such as why an annotation was withdrawn.
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.title, self.text = title, text

    def has_indexdata(self) -> bool:
        return bool(self.text)

    def get_title(self) -> str:
        return self.title

    def get_content(self) -> str:
        return self.text

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self.text.split())


def write(
    site: Path, to: Path, content: Content, description: Description, documents: Iterable[Document] = ()
) -> None:
    """Write the site in the folder `site` as the ZIM file `to`, with indexes of titles and of what `documents` say.

    The same site gives the same bytes. Paths are those of the site, so that its links work as they are. Every other
    name of a place, actor, treaty or event leads to its page, so that the box of Kiwix completes it in any script.
    """
    words: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        words[f"{document.page}.html"] += document.texts()
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    with _quiet(), Creator(to).config_indexing(True, LANGUAGE).config_nbworkers(1) as creator:
        creator.set_mainpath(MAIN)
        creator.add_illustration(ICON, icon.png(THEME / "assets" / "favicon.svg", ICON))
        for name, text in sorted(description.fields.items()):
            creator.add_metadata(name, text)
        for path in paths:
            if path not in LEFT_OUT:
                creator.add_item(_File(site, path, f" · {content.settings.name}", "\n".join(words.pop(path, ()))))
        for path, form, target in _other_names(content):
            creator.add_redirection(path, form, target, {Hint.FRONT_ARTICLE: True})
    finish(to)


def _other_names(content: Content) -> Iterator[tuple[str, str, str]]:
    """Every name of an entity beside its preferred one: path of an entry of its own, the name, path of the page."""
    for entity in content.graph.entities.values():
        page = f"{FOLDERS[entity.kind]}/{entity.id}"
        forms = dict.fromkeys([*(name.text for name in entity.names), *entity.forms])
        forms.pop(entity.name, None)
        for number, form in enumerate(forms, 1):
            yield f"names/{page}/{number}", form, f"{page}.html"


@contextmanager
def _quiet() -> Iterator[None]:
    """Send what libzim prints from C++ to nowhere: what went wrong, it raises."""
    sys.stdout.flush()
    kept = os.dup(1)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _languages(content: Content) -> list[str]:
    """The language of the pages, then those of the texts that are published, by ISO 639-3."""
    texts = (file.record.language for file in content.graph.archive.articles.values() if file.body)
    found = {LANGUAGES.get(code.partition("-")[0].lower(), LANGUAGE) for code in texts}
    return [LANGUAGE, *sorted(found - {LANGUAGE})]


def _cut(text: str, length: int) -> str:
    """`text`, shortened at a space to at most `length` characters."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
