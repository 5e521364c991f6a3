"""Words with capitals that stand together in a text: what may be a name, before anything else is known of it.

Everything here is bounded: a word has at most 60 characters and a name at most twelve words; a longer run is a headline
or a table and no name.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from annotated_archive.names.suggest.words import PARTICLES

MAX_WORDS = 12


def _capitals() -> str:
    """All capital letters of the scripts that have them, as the inside of a character class."""
    runs: list[list[int]] = []
    for code in range(min(sys.maxunicode, 0xFFFF) + 1):
        if unicodedata.category(chr(code)) in ("Lu", "Lt"):
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in runs)


_UP = f"[{_capitals()}]"
# Marks that stand inside words: Armenian accents, soft hyphens, combining marks that no composed letter holds.
_IN = r"[\w\u0300-\u036f\u055a-\u055f\u00ad]"
_ENDS = r"(?:s|t|d|m|re|ve|ll|n?[ıiuü]n|[ntyd]?[aeə]|d[ae]n)\b"
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|St|Prof|Sen|Rep|Gov|Hon)\."
_PLURAL = rf"(?:People|Women|Workers|Children)['’]s(?= {_UP})"
_PLAIN = rf"(?:[dlLDO]['’])?{_UP}{_IN}{{0,59}}(?:[-‐‑]{_IN}{{1,60}}|['’ʼ](?!{_ENDS}){_IN}{{1,60}}){{0,4}}"
_WORD = rf"(?:(?:{_UP}\.){{2,6}}|{_UP}\.(?=[ \xa0]?(?:{_UP}|[(\"“]))|{_TITLE}|{_PLURAL}|{_PLAIN})"
_GAP = r"(?:[ \xa0]|\n(?!\n))"
_PARTICLE = "|".join(re.escape(word) for word in sorted(PARTICLES, key=len, reverse=True))
_JOIN = rf"(?:{_GAP}(?:(?:{_PARTICLE})(?:{_GAP}(?:the|la|las|los|der|den))?{_GAP}|al[-‐])?|(?<=\.))"
_RUN = re.compile(rf"(?<![\w'’\-@/.#]){_WORD}(?:{_JOIN}{_WORD}){{0,40}}")
_TOKEN = re.compile(rf"{_UP}\.(?!\w)|{_WORD}|[^\s]+")
_CASED = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"(?:^|[.!?…։:;•|\n“„«\"‘‹(\[—–]|(?<=\s)[-'])[\s\"'“”„«»‘’‹›()\[\]]*$")
_FOLD_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Word:
    """One word of a run: characters [start, end) of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Run:
    """Words with capitals and the particles between them. `initial`: the first has its capital from its place."""

    words: tuple[Word, ...]
    initial: bool


def runs(text: str) -> Iterator[Run]:
    """All runs of a canonical text, block by block; blocks that are set like headlines hold none."""
    start = 0
    for block in text.split("\n\n"):
        if not is_headline(block):
            for match in _RUN.finditer(block):
                at = match.start()
                words = tuple(
                    Word(start + at + token.start(), start + at + token.end(), token.group())
                    for token in _TOKEN.finditer(match.group())
                )
                if len(words) <= MAX_WORDS:
                    yield Run(words, _BREAK.search(block, max(0, at - 8), at) is not None if at else True)
        start += len(block) + 2


def is_headline(block: str) -> bool:
    """Whether nearly all words of a block have capitals, so that a capital says nothing in it."""
    if len(block) > 400:
        letters = sum(map(str.isupper, block[:400])), sum(map(str.isalpha, block[:400]))
        return letters[1] > 0 and letters[0] > 0.6 * letters[1]
    words = _CASED.findall(block)
    large = [word for word in words if word[:1].isupper()]
    if sum(word.isupper() for word in words) > 0.6 * len(words):
        return len(words) > 3
    return len(words) > 4 and len(large) > 0.7 * len(words) and block[-1:] not in '.!?…»”"'


def spaced(text: str) -> str:
    """A form as it is proposed: without line breaks and soft hyphens."""
    return _FOLD_SPACE.sub(" ", text.replace("\u00ad", "")).strip()
