"""Shows a person where lost words may have gone. Nothing proposed here is ever applied by a program.

Each proposal says what differs between the sentence that was annotated and the one found. Where that is anything but
the spelling of small words, the proposal is marked as not the same: one word more, or another, can say the opposite.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.records.annotation import Target

# All bounds on the work for one target: sentences compared, words of a sentence, characters of a quotation.
_CANDIDATES, _MOST_WORDS, _MOST_CHARACTERS = 12, 300, 1000
_COMMON = 500
_LEAST = 0.5
_MOST_DIFFERENCES = 8
_WORD = re.compile(r"[^\W_](?:[\w՛՜՞\u0300-\u036f]|[.,'’٫٬](?=\d)|[^\S\n](?=\d{3}(?!\d)))*")

# Words that one slip turns into others: numbers, and pairs that say another thing.
_NUMBERS = """
one two three four five six seven eight nine ten eleven twelve thir fif twen hundred thousand million billion trillion
dozen half third quarter double triple single один одн два две три четыр четвер пят шест сем восем восьм девя десят
двадцат сорок сто двест тысяч милли полов трет bir iki üç dörd beş altı altmış yeddi yetmiş səkkiz səksən doqquz doxsan
otuz qırx əlli iyirmi yüz milyon milyard մեկ երկու երեք երես չորս քառաս հինգ հիս վեց վաթս յոթ ութ ինն տասն քսան հարյուր
հազար միլիոն միլիարդ
"""
_OTHERS = """
attacked/attached deported/departed refused/refuted repelled/rebelled invited/incited shelled/shelved united/untied
martial/marital causal/casual trial/trail прибыли/пробыли выбили/выбыли убивали/убывали
"""
_NUMBER_WORDS = tuple(_NUMBERS.split())
_OTHER_WORDS = frozenset(frozenset(pair.split("/")) for pair in _OTHERS.split())
# Scripts in which capitals mark names; in others any word may be one.
_CAPITALS = re.compile("[a-zà-ʯͰ-ϿЀ-ԯա-և]+")

Words = list[tuple[str, int, int]]


@dataclass(frozen=True)
class Proposal:
    """Characters [start, end) of a part that may be the words; `score` from 0 to 1.

    `same`: nothing but the spelling of small words differs in the sentence. `differs` says what does.
    """

    start: int
    end: int
    score: float
    same: bool
    differs: tuple[str, ...]


def propose(text: str, target: Target, limit: int = 3) -> list[Proposal]:
    """Up to `limit` places of a text that read like a target's words, those that may be meant before those that cannot.

    Sentences that share words are compared with `difflib`; the work is bounded, however long the text.
    """
    if not target.exact:
        return []
    before, exact = target.prefix[-_MOST_CHARACTERS:], target.exact[:_MOST_CHARACTERS]
    whole = Reading(before + exact + target.suffix[:_MOST_CHARACTERS])
    start, end = whole.sentence(len(before), len(before + exact))
    old = _words(whole.text, start, end)[:_MOST_WORDS]
    held = [i for i, word in enumerate(old) if word[2] > len(before) and word[1] < len(before + exact)]
    if not held:
        return []
    here = reading(text)
    length = sum(len(before) <= sentence[0] < len(before + exact) for sentence in whole.sentences())
    found = {}
    for number in _candidates(text, old, held):
        sentences = here.sentences()
        last = sentences[min(number + max(length, 1), len(sentences)) - 1]
        new = _words(text, sentences[number][0], last[1])[:_MOST_WORDS]
        if (proposal := _compare(text, exact, old, held, new)) and proposal.score >= _LEAST:
            found[proposal.start, proposal.end] = proposal
    return sorted(found.values(), key=lambda p: (not p.same, -p.score, p.start))[:limit]


@lru_cache(maxsize=64)
def _index(text: str) -> dict[str, list[int]]:
    """Word → the numbers of the sentences that it stands in."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(reading(text).sentences()):
        for word in {word.casefold() for word, _, _ in _words(text, start, end)}:
            found[word].append(number)
    return found


def _candidates(text: str, old: Words, held: list[int]) -> list[int]:
    """The sentences that share most words with the old one; words of the quotation and rare words count more."""
    index = _index(text)
    shared: Counter[int] = Counter()
    for i, (word, _, _) in enumerate(old):
        numbers = index.get(word.casefold(), [])
        for number in numbers[:_COMMON]:
            shared[number] += (3 if held[0] <= i <= held[-1] else 1) * (1 + _COMMON // len(numbers))
    return [number for number, _ in shared.most_common(_CANDIDATES)]


def _compare(text: str, exact: str, old: Words, held: list[int], new: Words) -> Proposal | None:
    """How the old sentence reads beside a new one; None where none of the quoted words stands in that."""
    before, after = [word for word, _, _ in old], [word for word, _, _ in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    reached: list[int] = []
    differs: list[str] = []
    same, kept = True, False
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        inside = list(range(max(i1, held[0]), min(i2, held[-1] + 1)))
        if kind == "equal":
            reached += [j1 + i - i1 for i in inside]
            kept = kept or bool(inside)
            continue
        if inside and kind == "replace":
            first = j1 + (inside[0] - i1) * (j2 - j1) // (i2 - i1)
            reached += [min(first, j2 - 1), j2 - 1 if inside[-1] == i2 - 1 else first]
        differs.append(_difference(before[i1:i2], after[j1:j2]))
        same = same and not _decides(before[i1:i2], after[j1:j2])
    if not kept:
        return None
    start, end = new[min(reached)][1], new[max(reached)][2]
    words = SequenceMatcher(None, normal(exact), normal(text[start:end])[:_MOST_CHARACTERS], autojunk=False)
    share = sum(block.size for block in matcher.get_matching_blocks()) / len(before)
    return Proposal(start, end, round((words.ratio() + share) / 2, 2), same, tuple(differs))


def _difference(before: list[str], after: list[str]) -> str:
    old, new = " ".join(before[:_MOST_DIFFERENCES]), " ".join(after[:_MOST_DIFFERENCES])
    return f"{old} → {new}" if old and new else f"without {old}" if old else f"with {new}"


def _decides(before: list[str], after: list[str]) -> bool:
    """Whether what differs can change who did what, or how many: anything but another spelling of the same words."""
    return len(before) != len(after) or not all(map(_spelling, before, after))


def _spelling(one: str, other: str) -> bool:
    """Whether two small words differ by one slip inside: two neighbours swapped, a letter doubled or mistaken.

    The first and last two letters agree; so a prefix or ending of another meaning (“un-”, “-ty”) is never a slip. Nor
    is a letter more, with which whole languages negate (“edilir”, “edilmir”).
    """
    if not all(_CAPITALS.fullmatch(word) and word.islower() and len(word) > 4 for word in (one, other)):
        return False
    if one[:2] != other[:2] or one[-2:] != other[-2:] or {one, other} in _OTHER_WORDS:
        return False
    if one.startswith(_NUMBER_WORDS) or other.startswith(_NUMBER_WORDS):
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return swapped or one[at + 1 :] == other[at + 1 :]
    short, long = sorted((one, other), key=len)
    return long[:at] + long[at + 1 :] == short and long[at] == long[at - 1]


def _words(text: str, start: int, end: int) -> Words:
    """The words of [start, end), in their normal form, with their spans."""
    return [(normal(match.group()), *match.span()) for match in _WORD.finditer(text, start, end)]
