"""A pasted text dump as canonical text and ledger spans. Nothing is lost: `records.ledger.rebuild` undoes it."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from itertools import pairwise

from annotated_archive.ingest import rules
from annotated_archive.ingest.cleaning import Cut, Line, between, clean, line_ends
from annotated_archive.ingest.reading import Doubt
from annotated_archive.records.ledger import Proposal, Span
from annotated_archive.records.text import SEPARATOR

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
ONE_LINE_PARAGRAPH = 120
_MARKUP = (
    ("links", re.compile(r"\[[^\]\n]{1,300}\]\([^()\s]{1,2000}\)")),
    ("emphases", re.compile(r"(?<!\*)\*{1,3}(?=[^\s*])[^*\n]{1,500}(?<=\S)\*{1,3}(?!\*)|\b__[^_\n]{1,500}__\b")),
    ("headings", re.compile(r"^#{1,6} +\S", re.M)),
)
"""What of Markdown stands in no text that was printed."""


@dataclass(frozen=True)
class Dump:
    """The canonical text, what is not a paragraph (block number → kind), and what ingest did to get there."""

    title: str | None
    body: str
    blocks: dict[int, str]
    spans: list[Span]
    proposals: list[Proposal]
    credited: str | None


def read_dump(original: str, title: str | None = None) -> Dump:
    """Derive an article's parts from a decoded text dump. `title` is the headline, where an editor gives it."""
    lines = [line for match in _LINE.finditer(original) if (line := clean(original, *match.span()))]
    gaps = [original[a.end : b.start] for a, b in pairwise(lines)]
    blank_before = [True, *(line_ends(gap) > 1 for gap in gaps)]
    one_line = not any(blank_before[1:]) and _long_lines(lines)
    if one_line:
        blank_before = [True] * len(lines)
    reading = rules.read([line.text for line in lines], blank_before, title)
    kept = [i for i in range(len(lines)) if i not in reading.taken]
    spans: list[Span] = []
    parts: list[str] = []
    blocks: dict[int, str] = {}
    number = at = 0
    for place, index in enumerate(kept):
        line = lines[index]
        separator = ""
        if place:
            apart = any(blank_before[kept[place - 1] + 1 : index + 1]) or index in reading.captions
            separator = SEPARATOR if apart or kept[place - 1] in reading.captions else "\n"
        if separator != "\n":
            number += 1
        if index in reading.captions:
            blocks[number] = "caption"
        taken = [reading.taken[i] for i in range(kept[place - 1] + 1 if place else 0, index)]
        spans += between(original, at, line.start, _cuts(lines, taken), separator, one_line)
        spans += line.edits
        parts += [separator, line.text]
        at = line.end
    taken = [reading.taken[i] for i in range(kept[-1] + 1 if kept else 0, len(lines))]
    spans += between(original, at, len(original), _cuts(lines, taken), "", one_line)
    proposals = [
        Proposal(
            start=lines[i].start, end=lines[i].end, rule=t.rule, reason=t.reason,
            text=original[lines[i].start : lines[i].end],
        )
        for i, t in sorted(reading.proposed.items())
    ]  # fmt: skip
    return Dump(reading.title, "".join(parts), blocks, spans, proposals, reading.credited)


def markup(body: str) -> tuple[Doubt, ...]:
    """The doubt about a text that was written in Markdown: its marks are characters of the text, and stay."""
    found = [f"{name} {count:,}" for name, pattern in _MARKUP if (count := len(pattern.findall(body)))]
    if not found:
        return ()
    message = f"marks of Markdown stay in the text: {', '.join(found)}"
    return (Doubt("INGEST-MARKUP", message, "Take in the text as it was printed, if you have it."),)


def could_be_title(body: str) -> str | None:
    """The first line of a text that has more, where it is short enough for a headline."""
    first, _, rest = body.partition("\n")
    return first if rest and len(first.split()) >= rules.MIN_TITLE_WORDS and len(first) <= rules.MAX_TITLE else None


def _cuts(lines: list[Line], taken: list[rules.Taken]) -> list[Cut]:
    return [Cut(lines[t.index].start, lines[t.index].end, t.rule, t.reason) for t in taken]


def _long_lines(lines: list[Line]) -> bool:
    """Whether lines are paragraphs (some dumps keep one paragraph to a line and no blank lines)."""
    return len(lines) > 1 and statistics.median(len(line.text) for line in lines) > ONE_LINE_PARAGRAPH
