"""Finds the words of an annotation in a text, or says why not. A wrong anchor is worse than none.

Three tiers, the surest first:

1. the text is the one that was annotated (its SHA-256 says so), and the words stand at their position and in context;
2. the words stand exactly once with their context, character for character;
3. they do so after characters that look alike are made one (quotation marks, spaces, hyphens; see `reading`).

Words that are only similar are never placed (`propose` shows them to a person). Nor are words whose surroundings
changed: the same “50 personnel” may have got another side as its subject. So in a text other than the annotated one,
the context must hold the whole sentence, and that sentence must stand there unchanged and only once. Words without a
hash are vouched for by whoever wrote them down, in the text as it is now: they need only be unique, and neither begin
nor end within a word or number. `archive reanchor` adds the hash, and from then on the stricter rule holds.

“Never at other words” is a promise about the sentence. What stands before it (“It said …”, the paragraph before, a
heading) can decide who speaks, and no anchor holds that: who reads a note sees it, but a claim says who claims what.
So claims in a changed text are placed here and shown, and `archive reanchor` renews them only for a person who has read
who says the words now.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.records.annotation import Target

NOT_THERE = "the words are not there"


@dataclass(frozen=True)
class Placed:
    """Characters [start, end) of the part that the target names; `tier` says how surely: 1, 2 or 3."""

    start: int
    end: int
    tier: int


@dataclass(frozen=True)
class Unplaced:
    """The words were not found, or not only once, or not certainly."""

    reason: str


def resolve_target(text: str, target: Target) -> Placed | Unplaced:
    """Find a target's words in the text of its part."""
    if target.exact is None:
        return Placed(0, 0, 1)
    here = reading(text)
    found = _at_position(here, target) or _in_context(here, target, target.exact)
    if isinstance(found, Placed):
        first, last = here.paragraphs(found.start, found.end)
        if first != last:
            return Unplaced(f"the words run from paragraph {first} to {last}; a target stays in one")
    return found


def _at_position(here: Reading, target: Target) -> Placed | None:
    """Tier 1."""
    if target.start is None or target.exact is None or target.text_sha256 != here.sha256:
        return None
    start, end = target.start, target.start + len(target.exact)
    first = start - len(target.prefix)
    if first < 0 or not here.text.startswith(target.prefix + target.exact + target.suffix, first):
        return None
    return None if here.cuts(start) or here.cuts(end) else Placed(start, end, 1)


def _in_context(here: Reading, target: Target, exact: str) -> Placed | Unplaced:
    """Tiers 2 and 3."""
    words = normal(exact)
    if not words.strip():
        return Unplaced("there are no words to look for")
    prefix, suffix = normal(target.prefix), normal(target.suffix)
    places, cut = [], 0
    for at in here.find(prefix + words + suffix):
        whole = here.span(at, at + len(prefix + words + suffix))
        span = here.span(at + len(prefix), at + len(prefix + words))
        if whole is None or span is None or (not prefix and here.cuts(span[0])) or (not suffix and here.cuts(span[1])):
            cut += 1
        else:
            places.append((whole, span))
    if len(places) > 1:
        return Unplaced(f"the words stand {len(places)} times with the same context")
    if not places:
        if cut:
            return Unplaced("the words stand only within longer words or numbers")
        elsewhere = (prefix or suffix) and words in here.plain
        return Unplaced("the words are there, but not in their context" if elsewhere else NOT_THERE)
    (first, last), (start, end) = places[0]
    if target.text_sha256 not in (None, here.sha256):
        sentence = here.sentence(start, end)
        if first > sentence[0] or last < sentence[1]:
            return Unplaced("the text has changed, and the context is shorter than the sentence")
        if len(list(here.find(normal(here.text[slice(*sentence)])))) > 1:
            return Unplaced("the text has changed, and the sentence stands there more than once")
    same = here.text[first:last] == target.prefix + exact + target.suffix
    return Placed(start, end, 2 if same else 3)
