"""The rules by which lines of a pasted text dump are set aside, marked or only proposed.

Each rule looks at one line and its neighbours and takes it whole or not at all. `tests/bench/false_deletions.py`
measures each of them on real articles; a rule that would take real sentences only proposes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_TITLE = 200
_HOME = r"Home|Homepage|Start|Startseite|Accueil|Inicio|Ana Səhifə|Əsas səhifə|Ana ?sayfa|Главная|Գլխավոր|მთავარი"
BREADCRUMB = re.compile(rf"(?:You are here:?\s*)?(?:{_HOME})\s*(?:»|›|→|>|\|)\s*\S.*", re.I)
CRUMB_SIGN = re.compile(r"\s*[»›→>|]\s*")
CREDIT_SOURCE = re.compile(r"(?:Source|Sources|Quelle|Fonte|Fuente|Mənbə|Kaynak|Источник|Աղբյուր)\s*:\s*(\S.{0,118})", re.I)
COMMENT_PROMPT = re.compile(
    r"(?:Leave a (?:Comment|Reply)|Post a Comment|Add a comment|Write a comment|No comments(?: yet)?"
    r"|Leave a Reply Cancel reply|Laisser un commentaire|Оставить комментарий|Şərh yazın|Yorum yap|Թողնել մեկնաբանություն)",
    re.I,
)
PHOTO_CREDIT = re.compile(
    r"\((?:Photo|Image|Picture|Foto|Фото|Լուսանկար)[^()\n]{0,120}\)|\b(?:via|/)\s?(?:Getty Images|AFP|AP|Reuters|EPA)\)\s*$",
)
LINE_FURNITURE = re.compile(r"(?:Advertisement|Read more|Related articles?|Share this:?|Subscribe|Sign up)\b.{0,60}", re.I)
_SENTENCE_END = re.compile(r"[.!?…։:;,»”\"')]$")


@dataclass(frozen=True)
class Taken:
    """A line that a rule takes: its index, the rule's id, and the reason for the ledger."""

    index: int
    rule: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What the rules make of a dump: the headline, the lines set aside, the captions, the proposals, the credit."""

    title: str | None
    taken: dict[int, Taken]
    captions: frozenset[int]
    proposed: dict[int, Taken]
    credited: str | None


def read(lines: list[str], blank_before: list[bool]) -> Reading:
    """Apply the rules to the lines that are not blank, in order, each stripped.

    `blank_before[i]` says whether a blank line stands before line i.
    """
    taken: dict[int, Taken] = {}

    def take(index: int, rule: str, reason: str) -> None:
        taken[index] = Taken(index, rule, reason)

    first = 0
    crumb: str | None = None
    if lines and BREADCRUMB.fullmatch(lines[0]) and len(lines[0]) <= MAX_TITLE + 100:
        crumb = CRUMB_SIGN.split(lines[0])[-1]
        take(0, "breadcrumb", "navigation of the page: where it stood on the site")
        first = 1
    title, at = _headline(lines, blank_before, first, crumb)
    if title is not None:
        for index in range(first, at):
            take(index, "category-line", "navigation of the page: between breadcrumb and headline")
        take(at, "headline", "kept as the article's title")
        if at + 1 < len(lines) and lines[at + 1] == title and at + 2 < len(lines):
            take(at + 1, "headline", "the headline again")
    last = len(lines)
    while last - 1 > max(taken, default=-1) and COMMENT_PROMPT.fullmatch(lines[last - 1]):
        last -= 1
        take(last, "comment-prompt", "a button or form of the page, not the article's words")
    credited = None
    if last - 1 > max((i for i in taken if i < last), default=-1) and (
        match := CREDIT_SOURCE.fullmatch(lines[last - 1])
    ):
        credited = match.group(1).strip()
        take(last - 1, "source-line", "kept as the credited source")
    body = [i for i in range(len(lines)) if i not in taken]
    captions = frozenset(i for i in body if PHOTO_CREDIT.search(lines[i]))
    proposed = {
        i: Taken(i, "page-furniture", "looks like a button or link of the page")
        for i in body
        if i not in captions and LINE_FURNITURE.fullmatch(lines[i]) and not _SENTENCE_END.search(lines[i])
    }
    return Reading(title, taken, captions, proposed, credited)


def _headline(
    lines: list[str], blank_before: list[bool], first: int, crumb: str | None
) -> tuple[str | None, int]:
    """The headline and its line: the line that the breadcrumb repeats, or a first line that stands like a headline."""
    if crumb is not None:
        for index in range(first, min(first + 4, len(lines) - 1)):
            if lines[index] == crumb:
                return crumb, index
    if first < len(lines) - 1 and _stands_as_headline(lines, blank_before, first):
        return lines[first], first
    return None, first


def _stands_as_headline(lines: list[str], blank_before: list[bool], index: int) -> bool:
    """One short line, no sentence, alone above the text, and the next line longer or the same again."""
    line, after = lines[index], lines[index + 1]
    if len(line) > MAX_TITLE or len(line.split()) < 3 or not blank_before[index + 1]:
        return False
    if line == after:
        return True
    return not _SENTENCE_END.search(line) and len(after) > len(line)


RULES: dict[str, Callable[[list[str]], list[int]]] = {}
"""Rule id → the lines it takes of a text; filled below so that measuring and documentation see the same list."""


def _by_rule(rule: str) -> Callable[[list[str]], list[int]]:
    return lambda lines: [
        t.index for t in read(lines, [True] * len(lines)).taken.values() if t.rule == rule
    ]


for _rule in ("breadcrumb", "category-line", "headline", "comment-prompt", "source-line"):
    RULES[_rule] = _by_rule(_rule)
