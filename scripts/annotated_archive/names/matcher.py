"""Finds the forms of all known entities in a text.

Aho-Corasick over all forms at once (`ahocorasick_rs`), with overlapping matches; then word boundaries, then
leftmost-longest. The library's own leftmost-longest chooses before it knows of word boundaries, and would lose
"Goris" in "Goris regional" to a form "Goris region".
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from annotated_archive.names.forms import fold, forms_of, not_phrases, without_inner_marks
from annotated_archive.records.authority import Entity


@dataclass(frozen=True)
class Mention:
    """Characters [start, end) of a text that name an entity."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True)
class Decided:
    """Characters [start, end) of a text of which an editor has decided what they name; None: nothing."""

    start: int
    end: int
    entity: str | None


@dataclass(frozen=True)
class Ambiguity:
    """Characters [start, end) that could name any of several entities, and are therefore not linked."""

    start: int
    end: int
    entities: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    strong: frozenset[str]
    weak: frozenset[str]


class Matcher:
    """All forms of a set of entities, ready to be found in texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        strong: dict[str, set[str]] = defaultdict(set)
        weak: dict[str, set[str]] = defaultdict(set)
        refused: dict[str, set[str]] = defaultdict(set)
        for entity in entities:
            for form in forms_of(entity):
                (weak if form.weak else strong)[form.text].add(entity.id)
            for phrase in not_phrases(entity):
                refused[phrase].add(entity.id)
        texts = sorted(strong.keys() | weak.keys() | refused.keys())
        self._strong = [frozenset(strong.get(text, ())) for text in texts]
        self._weak = [frozenset(weak.get(text, ())) for text in texts]
        self._refused = [frozenset(refused.get(text, ())) for text in texts]
        self._automaton = AhoCorasick(texts) if texts else None

    def find(self, text: str, decided: Sequence[Decided] = ()) -> tuple[list[Mention], list[Ambiguity]]:
        """The mentions in `text`, and what could not be decided, both in order and without overlap.

        Nothing is found in words that are `decided` (without overlap); what they name counts as named there.
        """
        candidates = [
            c for c in self._candidates(text) if not any(c.start < d.end and d.start < c.end for d in decided)
        ]
        sure = {e for c in _longest(c for c in candidates if c.strong) if len(c.strong) == 1 for e in c.strong}
        sure.update(d.entity for d in decided if d.entity is not None)
        mentions = [Mention(d.start, d.end, d.entity) for d in decided if d.entity is not None]
        doubts: list[Ambiguity] = []
        for candidate in _longest(c for c in candidates if c.strong or c.weak & sure):
            named = candidate.strong or candidate.weak & sure
            if len(named) == 1:
                mentions.append(Mention(candidate.start, candidate.end, *named))
            else:
                doubts.append(Ambiguity(candidate.start, candidate.end, tuple(sorted(named))))
        return sorted(mentions, key=lambda m: m.start), doubts

    def inside(self, text: str, mentions: Iterable[Mention]) -> list[Mention]:
        """Forms that stand inside the longer name of another entity: "Gadabay" in "Gadabay region", in order.

        They name nothing there and are never linked; but who looks for every spelling of a name looks for these too.
        """
        longer = list(mentions)
        found = {
            Mention(candidate.start, candidate.end, entity)
            for candidate in (self._candidates(text) if longer else ())
            for entity in candidate.strong
            if len(candidate.strong) == 1
            for mention in longer
            if mention.start <= candidate.start and candidate.end <= mention.end and entity != mention.entity
        }
        return sorted(found, key=lambda m: (m.start, m.end))

    def _candidates(self, text: str) -> list[_Candidate]:
        if self._automaton is None:
            return []
        plain, offsets = without_inner_marks(fold(text))
        refused: list[tuple[int, int, frozenset[str]]] = []
        found: list[tuple[int, int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if _inside_word(plain, start) or _inside_word(plain, end):
                continue
            if self._refused[index]:
                refused.append((start, end, self._refused[index]))
            if self._strong[index] or self._weak[index]:
                found.append((start, end, index))
        candidates: list[_Candidate] = []
        for start, end, index in found:
            barred = {e for s, t, entities in refused if s < end and start < t for e in entities}
            strong, weak = self._strong[index] - barred, self._weak[index] - barred
            if strong or weak:
                if offsets is not None:
                    start, end = offsets[start], offsets[end - 1] + 1
                candidates.append(_Candidate(start, end, strong, weak))
        return candidates


def _longest(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Of overlapping candidates the leftmost, of those the longest."""
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if not chosen or candidate.start >= chosen[-1].end:
            chosen.append(candidate)
    return chosen


def _inside_word(text: str, at: int) -> bool:
    """Whether the cut before `text[at]` would go through a word."""
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"
