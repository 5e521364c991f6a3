"""Texts of other programs as the Markdown of our notes; of HTML the words and links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from annotated_archive.records.base import SAFE_URL
from annotated_archive.records.text import MAX_MARKS, composed, crowded

MAX_TEXT = 100_000
MAX_TAGS = 2_000
"""What one text may hold: for each unclosed tag, Python's parser reads on to the end."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LEADING = re.compile(r"^(\d*)([-+=.)])", re.M)
_BLOCKS = re.compile("address|article|blockquote|d[dlt]|div|h[1-6r]|li|ol|p|pre|section|table|tr|ul")
_SILENT = frozenset(("script", "style", "template", "title"))


class UnreadableError(ValueError):
    """A text that cannot be read; says why."""


def as_markdown(text: str, form: str) -> str:
    """`text` of a media type as Markdown in NFC, its line ends and the space around it mended.

    Raises UnreadableError.
    """
    if len(text) > MAX_TEXT or text.count("<") > MAX_TAGS:
        raise UnreadableError(f"a text has more than {MAX_TEXT:,} characters or {MAX_TAGS:,} times the character `<`")
    if crowded(text) is not None:
        raise UnreadableError(f"a text has more than {MAX_MARKS} combining marks in a row")
    if "html" in form:
        try:
            text = _words_of(text)
        except AssertionError:  # how Python's own parser gives up
            raise UnreadableError("a text is not HTML") from None
    lines = [line.rstrip() for line in re.split(r"\r\n?|\n", composed(text).expandtabs(4))]
    if form == "text/markdown":
        return "\n".join(lines).strip()
    plain = "\n".join(line.lstrip() for line in lines).strip()
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", plain))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        self.out.append("\n\n" if _BLOCKS.fullmatch(tag) else "\n" if tag == "br" else "")
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        self.out.append("\n\n" if _BLOCKS.fullmatch(tag) else "")
        if tag == "a" and self.links and SAFE_URL.fullmatch(link := self.links.pop()):
            self.out.append(f" ({link})")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))


def _words_of(html: str) -> str:
    """The words of HTML in paragraphs; links in brackets; of a picture or script nothing."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", "".join(parser.out))).strip()
