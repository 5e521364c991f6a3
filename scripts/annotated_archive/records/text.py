"""The canonical text: plain text in NFC whose blocks stand apart by one blank line; offsets are code points into it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATOR = "\n\n"
# Characters that no canonical text and no record holds: controls other than the newline, bidirectional embeddings,
# overrides and isolates (they can show a sentence in another order than it is stored), lone surrogates, byte-order
# marks and the line separators that only some programs break at.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")


# No language writes more marks on one letter (the limit of Unicode's stream-safe format), and the time that it takes to
# bring marks into their order grows with the square of their number.
MAX_MARKS = 30
# What can be such a run: combining marks are neither letters, digits nor white space.
_RUN = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")


@dataclass(frozen=True)
class Block:
    """One block: its number from 1, its kind (`paragraph`, `heading`, `caption`, `quotation`) and where it stands."""

    number: int
    kind: str
    start: int
    end: int
    text: str


def blocks(text: str, kinds: dict[int, str] | None = None) -> Iterator[Block]:
    """The blocks of a canonical text. `kinds` names those that are not paragraphs, by number."""
    start = 0
    for number, part in enumerate(text.split(SEPARATOR) if text else [], 1):
        yield Block(number, (kinds or {}).get(number, "paragraph"), start, start + len(part), part)
        start += len(part) + len(SEPARATOR)


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 form, in hexadecimal: the name of this version of it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def crowded(text: str) -> int | None:
    """The offset of the first run of more than MAX_MARKS combining marks; None where there is none."""
    if text.isascii():
        return None
    # Where so many characters that are not ASCII never stand in a row, nothing needs to be looked at one by one.
    if b"?" * (MAX_MARKS + 1) not in text.encode("ascii", "replace"):
        return None
    for run in _RUN.finditer(text):
        marks = 0
        for at, character in enumerate(run.group(), run.start()):
            marks = marks + 1 if unicodedata.combining(unicodedata.normalize("NFD", character)[0]) else 0
            if marks > MAX_MARKS:
                return at - MAX_MARKS
    return None


def is_plain(text: str) -> bool:
    """Whether a text holds letters, signs, spaces and newlines alone: a quick look that spares most texts a search.

    What it says no to need not be wrong. No control, no character that steers others and no white space but these two
    is printable.
    """
    return text.replace("\n", " ").isprintable()


def composed(text: str) -> str:
    """`text` in Unicode normalisation form C; as it is where marks crowd in it, which the check finds (`stray`)."""
    return text if crowded(text) is not None else unicodedata.normalize("NFC", text)


def stray(text: str) -> Iterator[tuple[int, str]]:
    """Characters that no text or value of the record holds: (offset, what it is), the first of each kind."""
    yield from _stray(text, is_plain(text))


def _stray(text: str, plain: bool) -> Iterator[tuple[int, str]]:
    if not plain and (match := FORBIDDEN.search(text)):
        yield match.start(), f"character U+{ord(match.group()):04X}"
    if (at := crowded(text)) is not None:
        yield at, f"more than {MAX_MARKS} combining marks in a row"
    elif not unicodedata.is_normalized("NFC", text):
        normal = composed(text)
        at = next((i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b), len(normal))
        yield at, "text that is not in Unicode normalisation form C"


def flaws(text: str) -> Iterator[tuple[int, str]]:
    """What keeps `text` from being canonical: (offset, what it is), the first of each kind."""
    plain = is_plain(text)
    yield from _stray(text, plain)
    if text != text.strip():
        yield (0 if text[:1].isspace() else len(text.rstrip())), "white space around the text"
    # Cut into lines first: to look for two characters of which one is a space takes ten times as long.
    if plain and "\n\n\n" not in text and not any(line[:1] == " " or line[-1:] == " " for line in text.split("\n")):
        return
    if match := re.search(r"\n{3,}|[^\S\n]\n|\n[^\S\n]", text):
        yield match.start(), "blocks that are not separated by exactly one blank line"
