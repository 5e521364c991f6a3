"""What the pages know and the search asks for: claims in words and where they stand, and texts without markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import Markdown
from markupsafe import Markup

from annotated_archive.pages import notes, saying, wording
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.store import AnnotationFile, DocFile

if TYPE_CHECKING:
    from annotated_archive.site.content import Content

EXTENSIONS = ("toc", "tables", "fenced_code", "footnotes")
"""Those that MkDocs always uses, and footnotes."""


class PageWords:
    """The words of one site's pages (`annotated_archive.search.words.Words`)."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._draft = Draft(Site(content.graph, content.settings), "annotations/all")
        self._markdown = Markdown(extensions=EXTENSIONS)

    def say(self, file: AnnotationFile) -> str:
        """A claim as one plain sentence."""
        words = str(saying.sentence(self._draft, file)).replace("<q>", "“").replace("</q>", "”")
        return f"{Markup(words).striptags()}."

    def where(self, file: AnnotationFile) -> tuple[str, str]:
        """The page, without suffix, on which a claim stands beside others, and its fragment there."""
        claim = file.record.claim
        return (saying.path_of(self._content.graph, claim), f"c-{file.record.id}") if claim else ("said/index", "")

    def plain(self, markdown: str) -> str:
        """The words of an annotation's body, without markup."""
        return notes.rendered(markdown).striptags()

    def page(self, doc: DocFile) -> str:
        """A page written by hand, as HTML with the ids that its headings have on the site."""
        return self._markdown.reset().convert(self._content.by_hand[doc.name].html)

    def language(self, code: str) -> str:
        """The name of a language in English, or its code where there is none."""
        return wording.language(code)
