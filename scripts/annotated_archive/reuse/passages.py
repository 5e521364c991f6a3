"""What two texts share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """Words that stand in two texts: [start, end) in the one, [other_start, other_end) in the other, in code points."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


@dataclass(frozen=True)
class Shared:
    """What two texts share: how many words, which part of the shorter text that is, and the passages."""

    article: str
    other: str
    words: int
    share: float
    passages: tuple[Passage, ...]

    def turned(self) -> Shared:
        """The same, seen from the other text."""
        passages = (Passage(p.other_start, p.other_end, p.start, p.end, p.words) for p in self.passages)
        return Shared(
            self.other, self.article, self.words, self.share, tuple(sorted(passages, key=lambda passage: passage.start))
        )
