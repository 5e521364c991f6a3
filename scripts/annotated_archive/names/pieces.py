"""What is learnt of one article alone, as numbers: its mentions and doubts, its sentences, who stands with whom.

A piece holds no word of a text: it says where names stand, in arrays that are small on disk and in memory, and are
read as objects only for who asks.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from annotated_archive.names.context import Setting
from annotated_archive.names.matcher import Ambiguity, Matcher, Mention
from annotated_archive.names.mentions import ArticleMentions, find_mentions
from annotated_archive.names.sentences import Sentence, sentences_of
from annotated_archive.records.article import Mention as Decision
from annotated_archive.records.text import blocks

NUMBER = "I"
"""The type of all numbers in arrays: 32 bits, without sign."""
SEEN = 16
"""Bytes of `seen` for each name: eight that tell its sentences apart, and eight that tell who stands with it."""
HEAD = 7
"""How many numbers count those that follow."""


class Piece(NamedTuple):
    """A piece. `names` are those that are mentioned, in the order of their first mention, then those of doubts alone.

    `marks` says of each name how many marks its sentences hold, `at` where in `numbers` they begin; `seen` changes with
    its sentences (their words too) and with who stands in the same paragraphs. `numbers` holds, after eight that count
    what follows: mentions as start, end, name; doubts as start, end, how many names, names; decisions without a place;
    then the sentences. `paragraphs` says how many names stand in each that has more than one, and `members` which.
    """

    names: tuple[str, ...]
    marks: bytes
    at: bytes
    seen: bytes
    numbers: bytes
    paragraphs: bytes
    members: bytes


def make(matcher: Matcher, title: str, body: str, decisions: list[Decision], setting: Setting) -> Piece:
    """The piece of an article with these texts, decisions and setting."""
    found = find_mentions(matcher, title, body, decisions, setting)
    number: dict[str, int] = {}
    for mention in (*found.title, *found.body):
        number.setdefault(mention.entity, len(number))
    mentioned = len(number)
    for doubt in (*found.ambiguous, *found.ambiguous_title):
        for entity in doubt.entities:
            number.setdefault(entity, len(number))
    numbers = array(NUMBER, (
        len(found.title), len(found.body), len(found.ambiguous), len(found.ambiguous_title), len(found.lost),
        len(found.overlapping), mentioned,
    ))  # fmt: skip
    numbers.extend(n for m in (*found.title, *found.body) for n in (m.start, m.end, number[m.entity]))
    for doubt in (*found.ambiguous, *found.ambiguous_title):
        numbers.extend((doubt.start, doubt.end, len(doubt.entities), *(number[entity] for entity in doubt.entities)))
    numbers.extend(n for pair in found.lost for n in pair)
    numbers.extend(found.overlapping)
    sentences: dict[str, list[Sentence]] = {}
    beside: dict[str, list[bytes]] = {}
    sentences_of(title, 0, 0, found.title, setting.language, sentences)
    paragraphs, members = array(NUMBER), array(NUMBER)
    waiting = 0
    for block in blocks(body):
        first = waiting
        while waiting < len(found.body) and found.body[waiting].start < block.end:
            waiting += 1
        if first == waiting:
            continue
        inside = found.body[first:waiting]
        sentences_of(block.text, block.number, block.start, inside, setting.language, sentences)
        named = sorted({mention.entity for mention in inside})
        if len(named) > 1:
            paragraphs.append(len(named))
            members.extend(number[entity] for entity in named)
            told = _short("\0".join(named).encode())
            for entity in named:
                beside.setdefault(entity, []).append(told)
    marks, at, seen = array(NUMBER), array(NUMBER), []
    for entity in number:
        at.append(len(numbers))
        own, words = array(NUMBER), []
        for one in sentences.get(entity, ()):
            own.extend((one.block, one.start, one.end, len(one.marks), *(n for mark in one.marks for n in mark)))
            words.append((body if one.block else title)[one.start : one.end])
        numbers.extend(own)
        marks.append(sum(len(one.marks) for one in sentences.get(entity, ())))
        seen.append(_short(own.tobytes() + "\0".join(words).encode()) + _short(b"".join(beside.get(entity, ()))))
    return Piece(
        tuple(number), marks.tobytes(), at.tobytes(), b"".join(seen), numbers.tobytes(), paragraphs.tobytes(),
        members.tobytes(),
    )  # fmt: skip


def _short(data: bytes) -> bytes:
    """Eight bytes that tell data apart; zeros for none."""
    return blake2b(data, digest_size=SEEN // 2).digest() if data else bytes(SEEN // 2)


def count(numbers: Sequence[int]) -> int:
    """How many mentions a piece has."""
    return numbers[0] + numbers[1]


def mentioned(numbers: Sequence[int]) -> int:
    """How many of a piece's names are mentioned."""
    return numbers[6]


def in_doubt(numbers: Sequence[int]) -> bool:
    """Whether the piece has doubts, or decisions without a place."""
    return any(numbers[2:6])


def mentions(names: Sequence[str], numbers: Sequence[int]) -> ArticleMentions:
    """The mentions and doubts that a piece's numbers tell of."""
    in_title, in_body, doubts, title_doubts, lost, overlapping, *_ = numbers[:HEAD]
    reading = iter(numbers[HEAD:])

    def mention() -> Mention:
        return Mention(next(reading), next(reading), names[next(reading)])

    def doubt() -> Ambiguity:
        start, end, several = next(reading), next(reading), next(reading)
        return Ambiguity(start, end, tuple(names[next(reading)] for _ in range(several)))

    title = tuple(mention() for _ in range(in_title))
    body = tuple(mention() for _ in range(in_body))
    unsure, unsure_title = tuple(doubt() for _ in range(doubts)), tuple(doubt() for _ in range(title_doubts))
    missed = tuple((next(reading), next(reading)) for _ in range(lost))
    return ArticleMentions(title, body, unsure, missed, tuple(next(reading) for _ in range(overlapping)), unsure_title)


def sentences(numbers: Sequence[int]) -> tuple[Sentence, ...]:
    """The sentences of one name from its own share of the numbers."""
    found = []
    at = 0
    while at < len(numbers):
        block, start, end, marks = numbers[at : at + 4]
        places = numbers[at + 4 : at + 4 + 2 * marks]
        found.append(Sentence(block, start, end, tuple(zip(places[::2], places[1::2], strict=True))))
        at += 4 + 2 * marks
    return tuple(found)
