"""What the search asks of those who make the pages: the words and places that only they know."""

from __future__ import annotations

from typing import Protocol

from annotated_archive.records.article import Article
from annotated_archive.store import AnnotationFile, DocFile


class Words(Protocol):
    """The archive's own words, as its pages have them."""

    def say(self, file: AnnotationFile) -> str:
        """A claim as one plain sentence."""

    def where(self, file: AnnotationFile) -> tuple[str, str]:
        """The page, without suffix, on which a claim stands beside others, and its fragment there."""

    def listed(self, work: str) -> str:
        """The page, without suffix, of the part of the bibliography on which a work stands."""

    def plain(self, markdown: str) -> str:
        """The words of an annotation's body, without markup."""

    def dated(self, article: Article) -> str:
        """The date of an article in words, with how it is known where the text itself does not state it."""

    def address(self, doc: DocFile) -> str:
        """The page, without suffix, that a page written by hand becomes; empty where it is not published."""

    def page(self, doc: DocFile) -> str:
        """A page written by hand, as HTML with the ids that its headings have on the site."""

    def language(self, code: str) -> str:
        """The name of a language in English, or its code where there is none."""
