"""For whoever lawfully holds a text that is not published: is it the one that was archived, and is it quoted right?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotated_archive.records.annotation import Target
from annotated_archive.records.text import SEPARATOR, blocks, composed, digest
from annotated_archive.store import AnnotationFile, Archive, ArticleFile


@dataclass(frozen=True)
class Quotation:
    """Words that an annotation quotes from an article's text, and how they stand in the text at hand.

    `place`: exactly where the annotation says. `once`, `several`: found, in so many `times`, where nothing says which
    place is meant. `elsewhere`: not where it says, though the words are found. `absent`: not found.
    """

    note: AnnotationFile
    exact: str
    result: Literal["place", "once", "several", "elsewhere", "absent"]
    times: int
    block: int | None

    @property
    def right(self) -> bool:
        """Whether the words stand in the text, as far as this can be told."""
        return self.result in ("place", "once", "several")

    def __str__(self) -> str:
        """How the words stand in the text, in words."""
        block = f", paragraph {self.block}" if self.block else ""
        return {
            "place": f"at its place{block}",
            "once": f"found once{block}",
            "several": f"found {self.times} times: which place is meant cannot be told",
            "elsewhere": f"not at its place; found {self.times} times elsewhere",
            "absent": "not found",
        }[self.result]


def canonical(text: str) -> str:
    """A text as a file has it in the form in which texts are archived: NFC, one blank line between blocks.

    Line ends, white space at the ends of lines and the number of blank lines do not count. A text that is in this form
    already stays as it is.
    """
    lines = (line.strip() for line in composed(text).replace("\t", " ").splitlines())
    return re.sub(r"\n{3,}", SEPARATOR, "\n".join(lines)).strip()


def expected(article: ArticleFile) -> str:
    """The SHA-256 of an article's text, by its record where the text is withheld."""
    return article.record.text.sha256 if article.record.text else digest(article.body)


def identified(archive: Archive, text: str) -> ArticleFile | None:
    """The article whose text this is, to the character."""
    wanted = digest(text)
    return next((article for article in archive.articles.values() if expected(article) == wanted), None)


def quotations(archive: Archive, article: str, text: str, *, same: bool) -> Iterator[Quotation]:
    """How each quotation of an article's text stands in `text`, which is the `same` text or another copy of it.

    They come in the order of the text as far as their annotations know it.
    """
    notes = (note for note in archive.annotations.values() if note.record.article == article)
    quoted = [(note, target) for note in notes for target in note.record.targets if target.part == "body"]
    for note, target in sorted(quoted, key=lambda one: (one[1].start is None, one[1].start or 0, one[0].record.id)):
        if target.exact is not None:
            yield _quotation(note, target.exact, target, text, same)


def _quotation(note: AnnotationFile, exact: str, target: Target, text: str, same: bool) -> Quotation:
    places = list(_places(text, f"{target.prefix}{exact}{target.suffix}", len(target.prefix))) or list(
        _places(text, exact, 0)
    )
    first = _block(text, places[0]) if len(places) == 1 else None
    if same and target.start is not None:
        if text.startswith(exact, target.start):
            return Quotation(note, exact, "place", len(places), _block(text, target.start))
        return Quotation(note, exact, "elsewhere" if places else "absent", len(places), first)
    result: Literal["once", "several", "absent"] = "absent" if not places else "once" if first else "several"
    return Quotation(note, exact, result, len(places), first)


def _places(text: str, words: str, before: int) -> Iterator[int]:
    """Where `words` stand in the text, overlapping ones too; `before` of its characters are not counted."""
    at = text.find(words)
    while at >= 0:
        yield at + before
        at = text.find(words, at + 1)


def _block(text: str, offset: int) -> int:
    """The number of the block in which an offset lies."""
    return next((block.number for block in blocks(text) if block.start <= offset < block.end + len(SEPARATOR)), 1)
