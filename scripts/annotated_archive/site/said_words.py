"""What the pages know and the search asks for: claims in words and where they stand, and texts without markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markdown import Markdown
from markupsafe import Markup

from annotated_archive.pages import bibliography, cites, notes, saying, wording
from annotated_archive.pages.draft import Draft
from annotated_archive.records import dates
from annotated_archive.records.article import Article
from annotated_archive.store import AnnotationFile, DocFile

if TYPE_CHECKING:
    from annotated_archive.site.content import Content

EXTENSIONS = ("toc", "tables", "fenced_code", "footnotes")
"""Those that MkDocs always uses, and footnotes."""
STATED = ("page", "json-ld", "meta", "time")
"""The origins of a date that say no more than that the text itself, or its metadata, gives it."""


class PageWords:
    """The words of one site's pages (`annotated_archive.search.words.Words`), read of the content's traced graph."""

    def __init__(self, content: Content, by_hand: Mapping[str, str] | None = None) -> None:
        """`by_hand` says which pages written by hand are on the site, and where; without it, all as they are named."""
        self._content = content
        self._by_hand = by_hand
        self._draft = Draft(content.site, "annotations/all")
        self._markdown = Markdown(extensions=EXTENSIONS)

    def say(self, file: AnnotationFile) -> str:
        """A claim as one plain sentence."""
        words = str(saying.sentence(self._draft, file)).replace("<q>", "“").replace("</q>", "”")
        return f"{Markup(words).striptags()}."

    def where(self, file: AnnotationFile) -> tuple[str, str]:
        """The page, without suffix, on which a claim stands beside others, and its fragment there."""
        if not file.record.claim:
            return "said/index", ""
        path = saying.path_of(self._content.traced, file.record.claim)
        return self._draft.site.parts.place(path, file.record.id), f"c-{file.record.id}"

    def listed(self, work: str) -> str:
        """The page, without suffix, of the part of the bibliography on which a work stands."""
        return self._draft.site.parts.place(bibliography.PATH, work)

    def plain(self, markdown: str) -> str:
        """The words of an annotation's body, without markup."""
        return notes.rendered(markdown).striptags()

    def dated(self, article: Article) -> str:
        """The date of an article in words, with how it is known where the text itself does not state it."""
        if not article.date:
            return ""
        known = "" if article.date_source in STATED else f", {cites.how_known(article)}"
        return f"{dates.words(article.date)}{known}"

    def address(self, doc: DocFile) -> str:
        """The page, without suffix, that a page written by hand becomes; empty where it is not published."""
        return doc.name.removesuffix(".md") if self._by_hand is None else self._by_hand.get(doc.name, "")

    def page(self, doc: DocFile) -> str:
        """A page written by hand, as HTML with the ids that its headings have on the site."""
        return self._markdown.reset().convert(self._content.doc(doc).html)

    def language(self, code: str) -> str:
        """The name of a language in English, or its code where there is none."""
        return wording.language(code)
