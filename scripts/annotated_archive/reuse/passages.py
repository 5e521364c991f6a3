"""What texts share: two of them, or a group of many."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """Words that stand in two texts: [start, end) in the one, [other_start, other_end) in the other, in code points.

    In scripts without spaces each letter counts as a word; `characters` of the words are such letters.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    words: int
    characters: int = 0


@dataclass(frozen=True)
class Shared:
    """What two texts share: how many words, which part of the shorter text that is, and the passages."""

    article: str
    other: str
    words: int
    share: float
    passages: tuple[Passage, ...]

    @property
    def unit(self) -> str:
        """What is counted, mostly."""
        return unit(self.words, sum(passage.characters for passage in self.passages))

    def turned(self) -> Shared:
        """The same, seen from the other text."""
        passages = (
            Passage(p.other_start, p.other_end, p.start, p.end, p.words, p.characters) for p in self.passages
        )
        return Shared(
            self.other, self.article, self.words, self.share, tuple(sorted(passages, key=lambda passage: passage.start))
        )


@dataclass(frozen=True)
class Carrier:
    """What a text carries of a group's words: [start, end) in code points with the number of words, in order."""

    article: str
    words: int
    passages: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Group:
    """Words that stand in many texts, whole or in part: how many words, how many texts have all, and the texts by id.

    `characters` of the words are letters of scripts without spaces.
    """

    words: int
    characters: int
    whole: int
    carriers: tuple[Carrier, ...]

    @property
    def unit(self) -> str:
        """What is counted, mostly."""
        return unit(self.words, self.characters)


@dataclass(frozen=True)
class Found:
    """What some texts share: two and two, and in groups of many."""

    pairs: tuple[Shared, ...] = ()
    groups: tuple[Group, ...] = ()


def unit(words: int, characters: int) -> str:
    """How to call what is counted: by the most of it."""
    return "character" if 2 * characters > words else "word"
