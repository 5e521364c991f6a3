"""Pages written by hand as a search finds them: each block of words under the heading that it stands below."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from annotated_archive.graph.tracing import Traced
from annotated_archive.search.document import Document, Passage
from annotated_archive.search.gathering import Gathered
from annotated_archive.search.words import Words
from annotated_archive.store import DocFile

_INLINE = {"a", "abbr", "code", "del", "em", "i", "b", "img", "mark", "span", "strong", "sub"}
"""Elements that stand within a block of words; a page's Markdown brings no others."""
_CELLS = {"td", "th", "br"}
"""What parts words without parting passages."""
_NUMBER = "sup"
"""The number of a footnote, which is none of the page's words."""
_FOOTNOTES = "footnote"
"""The class of what follows the page's own words."""


def is_kept_out(doc: DocFile) -> bool:
    """Whether the front matter of a page written by hand says `search: {exclude: true}`, as Material has it."""
    data = doc.document.data
    asked = data.get("search") if isinstance(data, dict) else None
    return isinstance(asked, dict) and asked.get("exclude") is True


def of_page(graph: Traced, words: Words, doc: DocFile) -> Document:
    """A page written by hand: a passage for each block of words, with the id of the nearest heading above it."""
    reader = _Reader()
    reader.feed(words.page(doc))
    reader.close()
    reader.end_block()
    data = doc.document.data
    given = data.get("title") if isinstance(data, dict) else None
    path = words.address(doc)
    title = given if isinstance(given, str) else reader.title or path
    made = Gathered(graph.matcher)
    made.title(title)
    for passage in reader.passages:
        made.add(passage.text, passage.fragment)
    return Document(
        id=f"pages/{doc.name.removesuffix('.md')}",
        kind="background" if path.startswith("background/") else "page",
        title=title,
        page=path,
        passages=tuple(made.passages),
        language="en",
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
    )


class _Reader(HTMLParser):
    """Takes a page apart into its title (the first heading of the first level) and its passages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.passages: list[Passage] = []
        self._words: list[str] = []
        self._fragment = ""
        self._numbering = False
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or what is none of the page's words."""
        given = dict(attrs)
        if tag == _NUMBER:
            self._numbering = True
        elif tag in _CELLS:
            self._words.append(" ")
        elif tag not in _INLINE:
            self.end_block()
            self._ended = self._ended or given.get("class") == _FOOTNOTES
            if re.fullmatch("h[2-6]", tag):
                self._fragment = given.get("id") or self._fragment

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag == _NUMBER:
            self._numbering = False
        elif tag == "h1" and not self.title:
            self.title = " ".join("".join(self._words).split())
            self._words.clear()
        elif tag not in _INLINE | _CELLS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Take words that are the page's own."""
        if not self._numbering and not self._ended:
            self._words.append(data)

    def end_block(self) -> None:
        """Make a passage of the words since the last block ended."""
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self.passages.append(Passage(text, self._fragment))
