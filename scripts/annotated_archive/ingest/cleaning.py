"""Lines as canonical text, and the spans that undo what was done to them; shared by what reads dumps and pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotated_archive.records.ledger import Span
from annotated_archive.records.text import FORBIDDEN, SEPARATOR, composed

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# A chunk that can be cleaned by itself: printable ASCII composes with nothing before it, and begins a chunk.
_CHUNK = re.compile(r"[\x20-\x7e]?[^\x20-\x7e]+|[\x20-\x7e]")


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its span in the original without surrounding white space, and its clean text."""

    start: int
    end: int
    text: str
    edits: tuple[Span, ...]


@dataclass(frozen=True)
class Cut:
    """Characters of the original that a rule sets aside: where, the rule's id, and the reason for the ledger."""

    start: int
    end: int
    rule: str
    reason: str


def clean(original: str, start: int, end: int) -> Line | None:
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
        chunk, tidy = match.group(), _canonical(match.group())
        if chunk == tidy:
            continue
        removed = FORBIDDEN.search(chunk)
        edits.append(
            Span(
                start=start + match.start(), end=start + match.end(), text=chunk, replacement=tidy,
                rule="forbidden-character" if removed else "normal-form",
                reason="a control, bidirectional or unassigned character" if removed else "letters composed (NFC)",
            )
        )  # fmt: skip
    return Line(start, end, "".join(_canonical(m.group()) for m in _CHUNK.finditer(raw)), tuple(edits))


def between(original: str, start: int, end: int, cuts: list[Cut], separator: str, one_line: bool = False) -> list[Span]:
    """The spans for what stands between two kept lines: white space, and what rules set aside.

    `separator` stands for all of it in the article; `one_line` says that each line of the original is a paragraph.
    """
    spans: list[Span] = []
    at = start
    for cut in cuts:
        spans += _space(original, at, cut.start, "", one_line)
        spans.append(
            Span(
                start=cut.start, end=cut.end, rule=cut.rule, reason=cut.reason,
                text=original[cut.start : cut.end], replacement="",
            )
        )  # fmt: skip
        at = cut.end
    return spans + _space(original, at, end, separator, one_line)


def line_ends(text: str) -> int:
    """How many lines end in `text`."""
    return len(_LINE_END.findall(text))


def _blank(character: str) -> bool:
    return bool(character) and not _canonical(character).strip()


def _canonical(text: str) -> str:
    return composed(FORBIDDEN.sub(lambda m: " " if m.group() == "\t" else "", text))


def _space(original: str, start: int, end: int, separator: str, one_line: bool) -> list[Span]:
    text = original[start:end]
    if text == separator:
        return []
    split = one_line and separator == SEPARATOR and line_ends(text) == 1
    return [
        Span(
            start=start, end=end, text=text, replacement=separator,
            rule="one-line-paragraph" if split else "white-space",
            reason="each line is a paragraph here" if split else "blocks stand apart by one blank line",
        )
    ]  # fmt: skip
