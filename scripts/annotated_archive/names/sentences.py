"""The sentences of a block, and those of an article that name an entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sentencex import segment

from annotated_archive.names.matcher import Mention


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence [start, end) of an article's body, its block, and the mentions [start, end) of one entity in it.

    Block 0 stands for the title; its offsets count in the title.
    """

    block: int
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


def sentences_of(
    text: str, block: int, offset: int, mentions: Sequence[Mention], language: str, found: dict[str, list[Sentence]]
) -> None:
    """Add the sentences of a block that begins at `offset` and holds these mentions (in order) to each entity's."""
    if not mentions:
        return
    waiting = 0
    for start, end in sentence_spans(text, language):
        marks: dict[str, list[tuple[int, int]]] = {}
        while waiting < len(mentions) and mentions[waiting].start - offset < end:
            mention = mentions[waiting]
            if start <= mention.start - offset:
                marks.setdefault(mention.entity, []).append((mention.start, mention.end))
            waiting += 1
        for entity, places in marks.items():
            last = max(places[-1][1], end + offset)
            found.setdefault(entity, []).append(Sentence(block, start + offset, last, tuple(places)))
        if waiting == len(mentions):
            return


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of a block as [start, end), without the white space between them."""
    spans: list[tuple[int, int]] = []
    at = 0
    for part in segment(language.split("-")[0], text):
        start = text.find(part, at)
        if start < 0:
            return [(0, len(text))]
        at = start + len(part)
        spans.append((start, start + len(part.rstrip())))
    return [span for span in spans if span[0] < span[1]] or [(0, len(text))]
