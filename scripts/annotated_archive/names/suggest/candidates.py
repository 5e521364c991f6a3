"""What of a run of words with capitals may be a name: without titles, without what is known, cut where it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotated_archive.names.suggest.lexicon import Lexicon
from annotated_archive.names.suggest.runs import Run, Word, spaced
from annotated_archive.names.suggest.words import (
    ABSTRACT,
    COMPANIES,
    FIELDS,
    INSTITUTIONS,
    JOINING,
    NEVER,
    PARTICLES,
    ROLES,
    SUFFIXES,
)

COMMON = 0.3
"""A word that begins with a small letter more often than this is a common noun, whose capital is a courtesy."""
_NOT_ALONE = ROLES | INSTITUTIONS | SUFFIXES
_INITIAL = re.compile(r"\w\.")
_ABBREVIATION = re.compile(r"(?:\w\.)+")
_SMALL = frozenset({*PARTICLES, "the", "las", "los"})


@dataclass(frozen=True)
class Candidate:
    """Characters [start, end) of a text that may be a name. `sure`: its capital is not owed to its place.

    `titled`: a title stands before it, as in “President X”. `pair`: two candidates with the “and” between them, which
    may be one name.
    """

    start: int
    end: int
    form: str
    sure: bool
    titled: bool
    pair: bool = False


def candidates(text: str, run: Run, lexicon: Lexicon, known: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """The candidates in a run. `known` are the spans of the text that name something already, in order."""
    words = list(run.words)
    sure = not run.initial
    if run.initial and (words[0].text in NEVER or lexicon.common(words[0].text) > 0.5):
        words, sure = words[1:], True
    before: Candidate | None = None
    office = False
    for piece in _pieces(words, lexicon):
        person = _unofficial(piece) if office else piece
        titled, rest = _untitled(person, lexicon)
        titled, office, piece = (
            titled or any(word.text in FIELDS for word in piece[: len(piece) - len(person)]),
            bool(person) and not rest,
            rest,
        )
        for part in _unlinked(piece, known):
            part = _bare(part, lexicon)
            first = bool(words) and bool(part) and part[0] is words[0]
            if not part or _explained(part, known):
                continue
            start, end = part[0].start, part[-1].end
            form = spaced(text[start:end])
            if sum(c.isalpha() for c in form) > 1:
                one = Candidate(start, end, form, sure or not first or len(part) > 1, titled)
                yield one
                if before and spaced(text[before.end : start]) == "and":
                    both = f"{before.form} and {form}"
                    yield Candidate(before.start, end, both, before.sure, before.titled, pair=True)
                before = one


def _pieces(words: Sequence[Word], lexicon: Lexicon) -> Iterator[list[Word]]:
    """The run, parted where a particle stands between two names rather than in one."""
    piece: list[Word] = []
    for word in words:
        ends = word.text in JOINING and bool(piece) and not _goes_on(piece, word.text, lexicon)
        if ends or word.text in NEVER:
            yield piece
            piece = []
        else:
            piece.append(word)
    yield piece


def _goes_on(piece: Sequence[Word], particle: str, lexicon: Lexicon) -> bool:
    """Whether the name goes on after the particle: after a body or a document, and not after a title or an office."""
    names = [word.text for word in piece if word.text not in _SMALL]
    last = names[-1] if names else ""
    if not names or last in ROLES:
        return False
    of_a_body = any(name in INSTITUTIONS for name in names)
    if particle == "of":
        return True
    if particle == "and" and len(names) == 1 and lexicon.common(last) > COMMON:
        return True  # no name alone: “Economic and Social Council”
    return of_a_body and (particle in ("for", "on") or any(w.text in JOINING for w in piece))


def _untitled(piece: list[Word], lexicon: Lexicon) -> tuple[bool, list[Word]]:
    """What follows the last title in a piece, and whether there was one.

    A title before a common noun is none (“General Motors”), nor is one in the name of a body or a
    company (“General Assembly”, “General Motors Corp”).
    """
    titles = [
        i for i, word in enumerate(piece)
        if word.text in ROLES and (i + 1 == len(piece) or lexicon.common(piece[i + 1].text) <= COMMON)
    ]  # fmt: skip
    last = max(titles, default=-1)
    if last < len(piece) - 1 and any(word.text in INSTITUTIONS | COMPANIES for word in piece):
        return False, piece
    return last >= 0, piece[last + 1 :]


def _unofficial(piece: list[Word]) -> list[Word]:
    """What follows the field of an office: “State Antony Blinken” after “Secretary of”."""
    while piece and piece[0].text in _SMALL | FIELDS:
        piece = piece[1:]
    return piece


def _bare(piece: list[Word], lexicon: Lexicon) -> list[Word]:
    """A piece without particles at its ends; nothing, if all of it are common nouns."""
    while piece and piece[0].text in _SMALL:
        piece = piece[1:]
    while piece and piece[-1].text in _SMALL:
        piece = piece[:-1]
    names = [word for word in piece if word.text not in _SMALL]
    if len(names) > 1 and _INITIAL.fullmatch(names[-1].text):
        return []  # cut before the surname: “James E. (Jim) …”
    if len(names) == 1 and (names[0].text in _NOT_ALONE or lexicon.common(names[0].text) > COMMON):
        return []
    if all(word.text in SUFFIXES or word.text in ABSTRACT for word in names):
        return []
    if len(piece) == 2 and _ABBREVIATION.fullmatch(piece[0].text) and lexicon.common(piece[1].text) > 2 * COMMON:
        return piece[:1]  # “… of the U.S. Officials said”
    return piece


def _unlinked(piece: list[Word], known: Sequence[tuple[int, int]]) -> Iterator[list[Word]]:
    """A piece cut at the names in it that are known: what is left is “Ильхам Алиев” of “Азербайджана Ильхам Алиев”.

    The name of a body or a company stays whole (“Goris State University”). One word right before a known name says
    what that is (“Lake Sevan”, “Жители Вардениса”) and is none.
    """
    linked = [any(s < word.end and word.start < e for s, e in known) for word in piece]
    if not any(linked) or any(word.text in INSTITUTIONS | COMPANIES for word in piece):
        yield piece
        return
    part: list[Word] = []
    for word, is_known in zip(piece, linked, strict=True):
        if is_known:
            if len(part) > 1:
                yield part
            part = []
        else:
            part.append(word)
    yield part


def _explained(piece: Sequence[Word], known: Sequence[tuple[int, int]]) -> bool:
    """Whether every word of a piece is known, a particle or a title."""
    return all(
        word.text in _SMALL or word.text in ROLES or any(s < word.end and word.start < e for s, e in known)
        for word in piece
    )
