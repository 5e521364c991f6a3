"""Finds the words of an annotation in a text, or says why not. A wrong anchor is worse than none.

Three tiers, the surest first: the text is the one that was annotated, so the position holds; the exact words stand
exactly once with their context; they do so after characters that look alike are made one (quotation marks, spaces,
hyphens). Words that are only similar are never placed: one digit or name decides what a sentence says.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from annotated_archive.records.annotation import Target
from annotated_archive.records.text import digest

# One character for one, so that offsets stay.
_ALIKE = str.maketrans(
    dict.fromkeys("’‘ʻʼ`´‚‛", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("\n\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—−", "-")
)
_IGNORED = "\u00ad\u200b"


@dataclass(frozen=True)
class Placed:
    """Characters [start, end) of the part that the target names; `tier` says how surely: 1, 2 or 3."""

    start: int
    end: int
    tier: int


@dataclass(frozen=True)
class Unplaced:
    """The words were not found, or not only once."""

    reason: str


def resolve_target(text: str, target: Target) -> Placed | Unplaced:
    """Find a target's words in the text of its part."""
    exact = target.exact
    if exact is None:
        return Placed(0, 0, 1)
    if (
        target.start is not None
        and target.text_sha256 == digest(text)
        and text.startswith(exact, target.start)
    ):
        return Placed(target.start, target.start + len(exact), 1)
    found = _find(text, exact, target.prefix, target.suffix)
    if len(found) == 1:
        return Placed(found[0], found[0] + len(exact), 2)
    if found:
        return Unplaced(f"the words stand {len(found)} times with the same context")
    plain, spans = _normal(text)
    words = _normal(exact)[0]
    found = _find(plain, words, _normal(target.prefix)[0], _normal(target.suffix)[0]) if words else []
    if len(found) == 1:
        return Placed(spans[found[0]][0], spans[found[0] + len(words) - 1][1], 3)
    return Unplaced(f"the words stand {len(found)} times with the same context" if found else "the words are not there")


def _find(text: str, exact: str, prefix: str, suffix: str) -> list[int]:
    """Where `exact` stands between `prefix` and `suffix`."""
    whole = prefix + exact + suffix
    places: list[int] = []
    at = text.find(whole)
    while at >= 0:
        places.append(at + len(prefix))
        at = text.find(whole, at + 1)
    return places


def _normal(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` composed (NFC), look-alikes made one, invisible characters dropped; and where each character stood."""
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for character in unicodedata.normalize("NFC", text[at:end]).translate(_ALIKE):
            if character not in _IGNORED:
                out.append(character)
                spans.append((at, end))
        at = end
    return "".join(out), spans
