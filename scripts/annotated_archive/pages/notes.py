"""Annotations on the page: the words they are about marked in the text, and the notes beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import markdown
import nh3
from markupsafe import Markup, escape

from annotated_archive.graph import Annotated
from annotated_archive.names import Mention
from annotated_archive.pages.draft import Draft
from annotated_archive.records.text import Block

WORDS = {"correction": "Correction", "note": "Note", "claim": "Claim", "question": "Question", "link": "Link"}
SHOWN = {"open", "disputed"}
TEASER = 72
_TAGS = {"p", "em", "strong", "del", "a", "ul", "ol", "li", "blockquote", "code", "br"}


@dataclass(frozen=True)
class Mark:
    """Characters [start, end) that a note is about; `first` says that the way back from the note leads to them."""

    start: int
    end: int
    note: Annotated
    first: bool


def marks_of(notes: Iterable[Annotated], part: str = "body") -> list[Mark]:
    """What the notes mark in one part of an article, in order."""
    found = []
    for note in notes:
        spans = getattr(note, part)
        if note.file.record.status in SHOWN:
            found += [Mark(start, end, note, (start, end) == spans[0]) for start, end in spans]
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.note.number))


def with_notes(
    block: Block, mentions: Iterable[Mention], link: Callable[[str, str], Markup], marks: list[Mark]
) -> Markup:
    """A block's words with names linked and notes marked. The text of the result is the block's, to the character.

    The numbers of the notes are drawn by the style sheet (`data-n`), so that they are never copied as words.
    """
    inside = [mark for mark in marks if mark.start < block.end and block.start < mark.end]
    out: list[Markup] = []
    at = block.start
    for mention in mentions:
        out += _pieces(block, at, mention.start, inside)
        words = Markup("").join(_segments(block, mention.start, mention.end, inside))
        out.append(link(mention.entity, words))
        out += [_reference(mark) for mark in inside if mention.start < mark.end <= mention.end]
        at = mention.end
    out += _pieces(block, at, block.end, inside)
    return Markup("").join(out)


def _pieces(block: Block, start: int, end: int, marks: list[Mark]) -> Iterator[Markup]:
    """Words outside names, with the number of each note that ends in them."""
    cuts = sorted({mark.end for mark in marks if start < mark.end <= end})
    for stop in cuts:
        yield from _segments(block, start, stop, marks)
        yield from (_reference(mark) for mark in marks if mark.end == stop)
        start = stop
    yield from _segments(block, start, end, marks)


def _segments(block: Block, start: int, end: int, marks: list[Mark]) -> Iterator[Markup]:
    """Words cut wherever a mark begins or ends; each cut once, however many marks cover it."""
    if start >= end:
        return
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    cuts = sorted({start, end, *edges})
    for first, last in pairwise(cuts):
        words = escape(block.text[first - block.start : last - block.start])
        covering = [mark.note for mark in marks if mark.start <= first and last <= mark.end]
        if covering:
            kinds = " ".join(dict.fromkeys(note.file.record.kind for note in covering))
            numbers = " ".join(str(note.number) for note in covering)
            words = Markup('<mark class="aa-mark {}" data-notes="{}">{}</mark>').format(kinds, numbers, words)
        yield words


def _reference(mark: Mark) -> Markup:
    record = mark.note.file.record
    return Markup(
        '<a class="aa-noteref {0}"{1} href="#a-{2}" role="doc-noteref" data-n="{3}" aria-label="{4} {3}"></a>'
    ).format(
        record.kind,
        Markup(' id="r-{}"').format(record.id) if mark.first else "",
        record.id,
        mark.note.number,
        WORDS[record.kind],
    )


def beside(notes: Iterable[Annotated], block: Block) -> list[Annotated]:
    """The notes that stand beside a block: those whose first words are in it."""
    return [note for note in notes if note.body and block.start <= note.body[0][0] < block.end]


def elsewhere(notes: Iterable[Annotated]) -> list[Annotated]:
    """The notes on the title or on the article as a whole, and those whose words were not found."""
    return [note for note in notes if not note.body]


def body(note: Annotated) -> Markup:
    """A note's Markdown as HTML, with everything but plain text formatting and links taken out."""
    return _rendered(note.file.record.body or "")


@lru_cache(maxsize=4096)
def _rendered(text: str) -> Markup:
    """A correction is shown on every page that quotes its words: it is rendered once."""
    html = markdown.markdown(text, output_format="html")
    return Markup(nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}))


def teaser(note: Annotated) -> str:
    """The note's first words, for where it is folded."""
    text = " ".join(Markup(body(note)).striptags().split())
    return text if len(text) <= TEASER else text[:TEASER].rsplit(" ", 1)[0] + "…"


def corrections(draft: Draft, article: str, start: int, end: int, part: str = "body") -> list[Annotated]:
    """The corrections of words in [start, end) of an article: what is quoted elsewhere carries them along."""
    return [
        note
        for note in draft.graph.annotations.get(article, ())
        if note.file.record.kind == "correction"
        and note.file.record.status in SHOWN
        and any(first < end and start < last for first, last in getattr(note, part))
    ]
