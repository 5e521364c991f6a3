"""A pasted text dump as canonical text and ledger spans. Nothing is lost: `records.ledger.rebuild` undoes it."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from itertools import pairwise

from annotated_archive.ingest import rules
from annotated_archive.records.ledger import Proposal, Span
from annotated_archive.records.text import FORBIDDEN, SEPARATOR, composed

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# A chunk that can be cleaned by itself: printable ASCII composes with nothing before it, and begins a chunk.
_CHUNK = re.compile(r"[\x20-\x7e]?[^\x20-\x7e]+|[\x20-\x7e]")
ONE_LINE_PARAGRAPH = 120


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its span in the original without surrounding white space, and its clean text."""

    start: int
    end: int
    text: str
    edits: tuple[Span, ...]


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
    lines = [line for match in _LINE.finditer(original) if (line := _clean(original, *match.span()))]
    gaps = [original[a.end : b.start] for a, b in pairwise(lines)]
    blank_before = [True, *(_line_ends(gap) > 1 for gap in gaps)]
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
        spans += _between(original, at, line.start, [(lines[t.index], t) for t in taken], separator, one_line)
        spans += line.edits
        parts += [separator, line.text]
        at = line.end
    taken = [reading.taken[i] for i in range(kept[-1] + 1 if kept else 0, len(lines))]
    spans += _between(original, at, len(original), [(lines[t.index], t) for t in taken], "", one_line)
    proposals = [
        Proposal(
            start=lines[i].start, end=lines[i].end, rule=t.rule, reason=t.reason,
            text=original[lines[i].start : lines[i].end],
        )
        for i, t in sorted(reading.proposed.items())
    ]  # fmt: skip
    return Dump(reading.title, "".join(parts), blocks, spans, proposals, reading.credited)


def _line_ends(gap: str) -> int:
    return len(re.findall(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", gap))


def _long_lines(lines: list[Line]) -> bool:
    """Whether lines are paragraphs (some dumps keep one paragraph to a line and no blank lines)."""
    return len(lines) > 1 and statistics.median(len(line.text) for line in lines) > ONE_LINE_PARAGRAPH


def _clean(original: str, start: int, end: int) -> Line | None:
    """The line without surrounding white space, forbidden characters and decomposed letters; None if blank."""
    raw = original[start:end]
    text = _canonical(raw).strip()
    if not text:
        return None
    while _blank(raw[:1]):
        raw, start = raw[1:], start + 1
    while _blank(raw[-1:]):
        raw, end = raw[:-1], end - 1
    if raw == text:
        return Line(start, end, text, ())
    edits: list[Span] = []
    for match in _CHUNK.finditer(raw):
        chunk, clean = match.group(), _canonical(match.group())
        if chunk == clean:
            continue
        removed = FORBIDDEN.search(chunk)
        edits.append(
            Span(
                start=start + match.start(), end=start + match.end(), text=chunk, replacement=clean,
                rule="forbidden-character" if removed else "normal-form",
                reason="a control, bidirectional or unassigned character" if removed else "letters composed (NFC)",
            )
        )  # fmt: skip
    return Line(start, end, "".join(_canonical(m.group()) for m in _CHUNK.finditer(raw)), tuple(edits))


def _blank(character: str) -> bool:
    return bool(character) and not _canonical(character).strip()


def _canonical(text: str) -> str:
    return composed(FORBIDDEN.sub(lambda m: " " if m.group() == "\t" else "", text))


def _between(
    original: str, start: int, end: int, taken: list[tuple[Line, rules.Taken]], separator: str, one_line: bool
) -> list[Span]:
    """The spans for what stands between two kept lines: white space, and lines that a rule takes."""
    spans: list[Span] = []
    at = start
    for line, rule in taken:
        spans += _space(original, at, line.start, "", one_line)
        spans.append(
            Span(
                start=line.start, end=line.end, rule=rule.rule, reason=rule.reason,
                text=original[line.start : line.end], replacement="",
            )
        )  # fmt: skip
        at = line.end
    return spans + _space(original, at, end, separator, one_line)


def _space(original: str, start: int, end: int, separator: str, one_line: bool) -> list[Span]:
    text = original[start:end]
    if text == separator:
        return []
    split = one_line and separator == SEPARATOR and _line_ends(text) == 1
    return [
        Span(
            start=start, end=end, text=text, replacement=separator,
            rule="one-line-paragraph" if split else "white-space",
            reason="each line is a paragraph here" if split else "blocks stand apart by one blank line",
        )
    ]  # fmt: skip
