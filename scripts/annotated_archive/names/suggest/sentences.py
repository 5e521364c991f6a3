"""The sentence around a name, however long the paragraph is."""

from __future__ import annotations

from sentencex import segment

AROUND = 300
"""How many characters on each side of a name are looked at, and shown, at most."""


def sentence(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """The sentence of `text` that holds [start, end), as [start, end): within its block, and clipped to `AROUND`."""
    first = max(text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0, start - AROUND)
    last = text.find("\n\n", end)
    last = min(len(text) if last < 0 else last, end + AROUND)
    at = first
    for part in segment(language[:2] if language != "und" else "en", text[first:last]):
        found = text.find(part, at, last)
        if found < 0:
            break
        if found <= start and end <= found + len(part):
            return found, found + len(part.rstrip())
        at = found + len(part)
    return first, last
