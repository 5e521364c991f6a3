"""The sentence of a document that says why it was found, with the words of the query marked in it."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from annotated_archive.search.query import Phrase, Term, expression, lasting, tokens

MOST_WORDS = 45
_BEFORE = 15
"""Of a sentence that is too long, how many words are shown before the first that is marked."""
_WORD = re.compile(r"\w(?:\S*\w)?")
"""A word without the punctuation around it."""

Mark = tuple[int, int, int]
"""Words [start, end) of a passage, and the number of the term that they answer."""


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt: whether it is marked, and the number of the correction that its end carries (0: none)."""

    text: str
    marked: bool = False
    correction: int = 0


class Excerpts:
    """Finds the words of terms in texts as FTS5 did, which takes words of one stem for the same.

    `texts` are all that will be looked at: their words are handed to FTS5 once.
    """

    def __init__(self, terms: Iterable[Term], texts: Iterable[str]) -> None:
        self._terms = [term for term in terms if not term.excluded]
        phrases = [phrase for term in self._terms for given in term.phrases for phrase in term.written(given)]
        asked = {word for phrase in phrases for word in phrase}
        beginnings = {word[:2] for word in asked}  # stemming leaves them as they are
        written = {word: tokens(word) for word in set().union(*map(str.split, texts))}
        near = {token for found in written.values() for token in found if token[:2] in beginnings}
        index = sqlite3.connect(":memory:")
        index.execute("CREATE VIRTUAL TABLE words USING fts5 (word, tokenize='porter ascii')")
        given = {lasting([word]): word for word in near}
        index.executemany("INSERT INTO words VALUES (?)", ((word,) for word in given))
        same = {word: index.execute("SELECT word FROM words(?)", (expression((word,)),)).fetchall() for word in asked}
        self._same = {word: {given[one] for (one,) in found} for word, found in same.items()}
        index.close()
        answering = set().union(*self._same.values())
        self._answering = {word: found for word, found in written.items() if not answering.isdisjoint(found)}

    def of(self, content: dict[str, Any]) -> tuple[int | None, tuple[Piece, ...]]:
        """The number of the passage that answers most terms, and its best sentence; None where there is no passage."""
        texts = [text for _, text in content["passages"]]
        named: dict[int, list[Mark]] = defaultdict(list)
        for passage, start, end, entity in content["mentions"]:
            named[passage] += [(start, end, at) for at, term in enumerate(self._terms) if entity in term.entities]
        # A passage is read word by word only if it could answer more terms than those before.
        could = [len(self._could(text) | {term for *_, term in named[at]}) for at, text in enumerate(texts)]
        best, answered, marks = None, -1, []
        for at in sorted(range(len(texts)), key=lambda at: (-could[at], not texts[at].strip(), at)):
            if could[at] <= answered:
                break
            found = sorted([*self._marks(texts[at]), *named[at]])
            if len({term for *_, term in found}) > answered:
                best, answered, marks = at, len({term for *_, term in found}), found
        if best is None:
            return None, ()
        corrections = [tuple(mark) for passage, *mark in content["corrections"] if passage == best]
        return best, tuple(_pieces(texts[best], content["language"], marks, corrections))

    def _could(self, text: str) -> set[int]:
        """The numbers of the terms that have a phrase of which every word stands somewhere in `text`."""
        present = {token for word in self._answering.keys() & set(text.split()) for token in self._answering[word]}
        return {
            at for at, term in enumerate(self._terms)
            if any(
                not any(self._same[word].isdisjoint(present) for word in phrase)
                for given in term.phrases for phrase in term.written(given)
            )
        }  # fmt: skip

    def _marks(self, text: str) -> Iterator[Mark]:
        """Where the phrases of the terms stand."""
        places = [(*match.span(), token) for match in _WORD.finditer(text) for token in tokens(match.group())]
        for number, term in enumerate(self._terms):
            for phrase in (phrase for given in term.phrases for phrase in term.written(given)):
                yield from ((start, end, number) for start, end in self._standing(phrase, places))

    def _standing(self, phrase: Phrase, places: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
        same = [self._same[word] for word in phrase]
        for at, (start, _, token) in enumerate(places[: len(places) - len(phrase) + 1]):
            if token in same[0] and all(places[at + n][2] in words for n, words in enumerate(same)):
                yield start, places[at + len(phrase) - 1][1]


def _window(text: str, language: str, marks: list[Mark]) -> tuple[int, int, bool, bool]:
    """The sentence in which most terms are answered, [start, end), or as much of it as there is room for.

    Then whether it goes on before that, and after.
    """

    def answered(span: tuple[int, int]) -> int:
        return len({term for start, _, term in marks if span[0] <= start < span[1]})

    sentences = _sentences(text, language)
    start, end = max(sentences, key=answered)
    upto = max((last for at, last, _ in marks if start <= at < end), default=end)
    end = max(end, *(last for first, last in sentences if first < upto))  # a phrase goes on in the next
    words = [(start + match.start(), start + match.end()) for match in re.finditer(r"\S+", text[start:end])]
    if len(words) <= MOST_WORDS:
        return start, end, False, False
    hit = next((at for at, *_ in marks if start <= at < end), start)
    before = bisect_right(words, (hit, len(text))) - 1 - _BEFORE
    at = min(max(before, 0), len(words) - MOST_WORDS)
    return words[at][0], words[at + MOST_WORDS - 1][1], at > 0, at + MOST_WORDS < len(words)


def _sentences(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of a passage as [start, end), without the white space between them."""
    from sentencex import segment

    spans, at = [], 0
    for part in segment(language.partition("-")[0], text):
        start = text.find(part, at)
        if start < 0:
            break
        at = start + len(part)
        spans.append((start, start + len(part.rstrip())))
    return [span for span in spans if span[0] < span[1]] or [(0, len(text))]


def _pieces(text: str, language: str, marks: list[Mark], corrected: list[Mark]) -> Iterator[Piece]:
    """The best sentence of a text, cut where marks begin and end and where corrected words end.

    `corrected` are words [start, end) and the number of their correction. No such words are shown without it: where
    they go on after what is shown, it stands at the end of that.
    """
    first, last, before, after = _window(text, language, marks)
    corrections = sorted((min(end, last), number) for start, end, number in corrected if start < last and end > first)
    joined: list[tuple[int, int]] = []
    for start, end, _ in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    cuts = {first, last, *(at for mark in joined for at in mark), *(end for end, _ in corrections)}
    inside = sorted(at for at in cuts if first <= at <= last)
    if before:
        yield Piece("… ")
    for start, end in pairwise(inside):
        marked = any(a <= start and end <= b for a, b in joined)
        numbers = [number for at, number in corrections if at == end]
        yield Piece(text[start:end], marked, numbers[0] if numbers else 0)
        yield from (Piece("", False, number) for number in numbers[1:])
    if after:
        yield Piece(" …")
