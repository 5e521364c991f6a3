"""The rules by which lines of a pasted text dump are set aside, marked or only proposed.

Each rule looks at one line and its neighbours and takes it whole or not at all. `tests/bench/false_deletions.py`
measures each of them on real articles; a rule that would take real sentences only proposes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotated_archive.records.text import composed

MAX_TITLE = 200
MIN_TITLE_WORDS = 3
_MARKED = re.compile(r"#[ \t]+(?=\S)")
"""What stands before the headline in Markdown."""
_HOME = r"Home|Homepage|Start|Startseite|Accueil|Inicio|Ana Səhifə|Əsas səhifə|Ana ?sayfa|Главная|Գլխավոր|მთავარი"
BREADCRUMB = re.compile(rf"(?:You are here:?\s*)?(?:{_HOME})\s*(?:»|›|→|>|\|)\s*\S.*", re.I)
CRUMB_SIGNS = frozenset("»›→>|")
CREDIT_SOURCE = re.compile(
    r"(?:Source|Sources|Quelle|Fonte|Fuente|Mənbə|Kaynak|Источник|Աղբյուր)\s*:\s*(\S.{0,118})", re.I
)
COMMENT_PROMPT = re.compile(
    r"(?:Leave a (?:Comment|Reply)|Post a Comment|Add a comment|Write a comment|No comments(?: yet)?"
    r"|Leave a Reply Cancel reply|Laisser un commentaire|Оставить комментарий|Şərh yazın|Yorum yap"
    r"|Թողնել մեկնաբանություն)",
    re.I,
)
PHOTO_CREDIT = re.compile(
    r"\((?:Photo|Image|Picture|Foto|Фото|Լուսանկար)[^()\n]{0,120}\)"
    r"|\b(?:via|/)\s?(?:Getty Images|AFP|AP|Reuters|EPA)\)\s*$",
)
LINE_FURNITURE = re.compile(
    r"(?:Advertisement|Read more|Related articles?|Share this:?|Subscribe|Sign up)\b.{0,60}", re.I
)
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


def read(lines: list[str], blank_before: list[bool], title: str | None = None) -> Reading:
    """Apply the rules to the lines that are not blank, in order, each stripped.

    `blank_before[i]` says whether a blank line stands before line i. `title` is the headline where an editor gives it:
    then no other line is taken for one.
    """
    taken: dict[int, Taken] = {}
    proposed: dict[int, Taken] = {}

    def take(index: int, rule: str, reason: str) -> None:
        taken[index] = Taken(index, rule, reason)

    def propose(index: int, rule: str, reason: str) -> None:
        proposed[index] = Taken(index, rule, reason)

    first = 0
    crumbs = ""
    if lines and BREADCRUMB.fullmatch(lines[0]) and len(lines[0]) <= MAX_TITLE + 100:
        crumbs = lines[0]
        take(0, "breadcrumb", "navigation of the page: where it stood on the site")
        first = 1
    at = _headline(lines, blank_before, first, crumbs, title)
    if at is not None:
        for index in range(first, at):
            if crumbs and _names_sections(lines[index], lines[at]):
                take(index, "category-line", "navigation of the page: between breadcrumb and headline")
            else:
                propose(index, "category-line", "stands above the headline")
        take(at, "headline", "kept as the article's title")
        if at + 2 < len(lines) and lines[at + 1] == lines[at]:
            take(at + 1, "headline", "the headline again")
    elif could_be_headline(lines, blank_before, first):
        propose(first, "headline", "stands as a headline does")
    top = max(taken, default=-1) + 1
    last = len(lines)
    while last > top and COMMENT_PROMPT.fullmatch(lines[last - 1]):
        last -= 1
        take(last, "comment-prompt", "a button or form of the page, not the article's words")
    credited = None
    if last > top and (match := CREDIT_SOURCE.fullmatch(lines[last - 1])):
        credited = match.group(1).strip()
        take(last - 1, "source-line", "kept as the credited source")
    body = [i for i in range(len(lines)) if i not in taken]
    captions = frozenset(i for i in body if PHOTO_CREDIT.search(lines[i]))
    for i in body:
        if i not in captions and LINE_FURNITURE.fullmatch(lines[i]) and not _SENTENCE_END.search(lines[i]):
            propose(i, "page-furniture", "looks like a button or link of the page")
    left = {i: proposal for i, proposal in proposed.items() if i not in taken}
    headline = None if at is None else _MARKED.sub("", lines[at], count=1)
    return Reading(headline, taken, captions, left, credited)


def could_be_headline(lines: list[str], blank_before: list[bool], index: int = 0) -> bool:
    """Whether a line stands as a headline does: short, no sentence, alone above a longer line."""
    if index + 1 >= len(lines) or not blank_before[index + 1]:
        return False
    line, after = lines[index], lines[index + 1]
    return _long_enough(line) and len(line) < len(after) and not _SENTENCE_END.search(line)


def _headline(lines: list[str], blank_before: list[bool], first: int, crumbs: str, title: str | None) -> int | None:
    """The headline's index: the line an editor gives, the breadcrumb or the page repeats, or the text takes up."""
    top = range(first, min(first + 4, len(lines) - 1))
    if title is not None:
        words = composed(title).split()
        return next((i for i in top if _MARKED.sub("", lines[i], count=1).split() == words), None)
    if top and _MARKED.match(lines[first]) and len(lines[first]) <= MAX_TITLE:
        return first
    for index in top if crumbs else ():
        before = crumbs.removesuffix(lines[index]).rstrip()
        if before != crumbs and before[-1:] in CRUMB_SIGNS and _long_enough(lines[index]):
            return index
    if first + 2 < len(lines) and lines[first] == lines[first + 1] and _long_enough(lines[first]):
        return first
    if could_be_headline(lines, blank_before, first) and _takes_up(lines[first + 1], lines[first]):
        return first
    return None


def _long_enough(line: str) -> bool:
    return len(line.split()) >= MIN_TITLE_WORDS and len(line) <= MAX_TITLE


def _stems(text: str) -> set[str]:
    """The words of four letters or more, by their first five: "attack" and "attacks" are one."""
    return {word[:5] for word in re.findall(r"\w{4,}", text.casefold())}


def _takes_up(paragraph: str, line: str) -> bool:
    """Whether a paragraph says again what the line above it says, as the first one does with its headline."""
    stems = _stems(line)
    shared = len(stems & _stems(paragraph))
    return len(line.split()) >= 8 and shared >= 5 and shared >= 0.6 * len(stems)


def _names_sections(line: str, headline: str) -> bool:
    """Whether a line is the names of a site's sections: capitalised words and no more, two of them in the headline."""
    words = line.split()
    return (
        2 <= len(words) <= 8
        and not line.isupper()
        and all(word == "&" or (word[0].isupper() and word.replace("-", "").isalpha()) for word in words)
        and len(_stems(line) & _stems(headline)) >= 2
    )
