"""A document in the making: its passages, with where names stand in them and which corrections are about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotated_archive.graph import Annotated
from annotated_archive.names import Matcher, Mention
from annotated_archive.search.document import Mark, Passage

TITLE = -1
"""The number that stands for the title where passages are numbered."""


def fragment_of(annotation: str) -> str:
    """The id under which an annotation stands on the page of its article."""
    return f"a-{annotation}"


@dataclass
class Gathered:
    """What is gathered of one document. Names are looked for by `matcher` where nobody has found them before."""

    matcher: Matcher
    passages: list[Passage] = field(default_factory=list)
    mentions: list[Mark] = field(default_factory=list)
    corrections: list[Mark] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)

    def title(self, text: str, mentions: Iterable[Mention] | None = None) -> None:
        """Note the names in the title; `mentions` are those known already."""
        self._name(TITLE, text, self.matcher.find(text)[0] if mentions is None else mentions, 0)

    def add(self, text: str, fragment: str = "", mentions: Iterable[Mention] | None = None, offset: int = 0) -> int:
        """Add a passage, unless it is empty, and return its number.

        The `mentions` known already count from `offset` of the text that the passage is taken from.
        """
        number = len(self.passages)
        if not text:
            return number
        self.passages.append(Passage(text, fragment))
        self._name(number, text, self.matcher.find(text)[0] if mentions is None else mentions, offset)
        return number

    def _name(self, passage: int, text: str, mentions: Iterable[Mention], offset: int) -> None:
        end = offset + len(text)
        here = [
            mention if not offset and mention.end <= end
            else Mention(max(mention.start - offset, 0), min(mention.end, end) - offset, mention.entity)
            for mention in mentions
            if offset < mention.end and mention.start < end
        ]  # fmt: skip
        if here:
            self._mark(passage, here, self.counts)
            if nested := self.matcher.inside(text, here):
                self._mark(passage, nested, self.inside)

    def _mark(self, passage: int, mentions: list[Mention], counts: Counter[str]) -> None:
        for mention in mentions:
            self.mentions.append(Mark(passage, mention.start, mention.end, mention.entity))
            counts[mention.entity] += 1

    def about(self, entities: Iterable[str | None]) -> None:
        """Count entities that the record itself names, whether or not their names stand in the text."""
        for entity in filter(None, entities):
            self.counts[entity] = self.counts[entity] or 1

    def corrected(self, passage: int, start: int, end: int, correction: Annotated) -> None:
        """Note that words of a passage are what a correction is about."""
        fragment = fragment_of(correction.file.record.id)
        if start < end:
            self.corrections.append(Mark(passage, start, end, fragment))
            self.numbers[fragment] = correction.number

    @property
    def entities(self) -> tuple[tuple[str, int], ...]:
        """How often each entity is named, by their ids."""
        return tuple(sorted(self.counts.items()))

    @property
    def nested(self) -> tuple[tuple[str, int], ...]:
        """How often a name of each entity stands inside the longer name of another, by their ids."""
        return tuple(sorted(self.inside.items()))
