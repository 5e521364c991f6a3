"""Makes selectors: the words of an annotation with as much around them as tells them from all others."""

from __future__ import annotations

from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.records.annotation import MAX_EXACT, Target

CONTEXT = 30
"""Characters of context that are aimed at on each side, where the sentence holds no more."""
BRIEF = 5
"""Characters by which the context on each side grows where it is to be short."""
MAX_CONTEXT = 500
"""Characters of context on each side that are never exceeded, however long the sentence."""
_LONGEST_WORD = 40


def select(text: str, exact: str, part: str = "body", near: int | None = None) -> list[Target]:
    """A complete target for each place in a part's text where the exact words stand; `near`: only the nearest to it.

    Words typed with other quotation marks, spaces or hyphens are found as well; the targets say them as the text does.
    Places within a longer word or number, or over several paragraphs, are none. The context on each side holds the
    rest of the sentence and at least about 30 characters, goes to the edge of a word, stays in the paragraph, and is
    widened until it is unique in the part.
    """
    here = reading(text)
    places = whole_places(here, exact)
    if near is not None:
        places = sorted(places, key=lambda place: abs(place[0] - near))[:1]
    return [target_at(text, start, end, part) for start, end in places]


def whole_places(here: Reading, exact: str) -> list[tuple[int, int]]:
    """The spans of a text in which the words stand as whole words in one paragraph."""
    return [
        (start, end)
        for start, end in all_places(here, exact)
        if not here.cuts(start) and not here.cuts(end) and len(set(here.paragraphs(start, end))) == 1
    ]


def all_places(here: Reading, exact: str) -> list[tuple[int, int]]:
    """The spans of a text in which the words stand at all."""
    words = normal(exact).strip()
    spans = [here.span(at, at + len(words)) for at in here.find(words)] if words else []
    return [span for span in spans if span is not None and span[1] - span[0] <= MAX_EXACT]


def target_at(text: str, start: int, end: int, part: str = "body", brief: bool = False) -> Target:
    """The target for characters [start, end) of a part's text.

    `brief` is for a text that is withheld: context counts among the words that are published, so there is no more of it
    than makes the words unique. Such a text never changes (its checksum is recorded), so that is safe.
    """
    here = reading(text)
    block, sentence = here.block(start, end), (start, end) if brief else here.sentence(start, end)
    reach, more = (0, BRIEF) if brief else (CONTEXT, CONTEXT)
    while True:
        before = max(block[0], min(start - reach, max(sentence[0], start - MAX_CONTEXT)))
        after = min(block[1], max(end + reach, min(sentence[1], end + MAX_CONTEXT)))
        if reach:
            before, after = _word_edge(text, before, -1, block), _word_edge(text, after, 1, block)
        unique = len(list(here.find(normal(text[before:after])))) == 1
        if unique or reach >= MAX_CONTEXT or (before == 0 and after == len(text)):
            break
        if (before, after) == block:
            block = here.block(max(block[0] - 3, 0), min(block[1] + 3, len(text)))
        reach += more
    found = {
        "part": part, "exact": text[start:end], "prefix": text[before:start], "suffix": text[end:after],
        "start": start, "text_sha256": here.sha256,
    }  # fmt: skip
    return Target.model_validate({key: value for key, value in found.items() if value != ""})


def _word_edge(text: str, at: int, step: int, block: tuple[int, int]) -> int:
    """The nearest edge of a word from `at` on, away from the words; `at` itself where no space is near."""
    for edge in range(at, at + step * _LONGEST_WORD, step):
        if edge <= block[0] or edge >= block[1]:
            return min(max(edge, block[0]), block[1])
        space_before, space_after = text[edge - 1].isspace(), text[edge].isspace()
        if space_before != space_after and space_before == (step < 0):
            return edge
    return at
