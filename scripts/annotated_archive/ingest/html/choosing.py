"""Which blocks of a page are the article: trafilatura finds its text, and that is laid over the page's own blocks."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from annotated_archive.ingest.html.blocks import Block, words
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line

_GRAM = 5
# A paragraph of an article has so many characters, and so many like it belong to one text.
_PARAGRAPH = 80
_ALIKE = 3
# So few characters are hardly an article.
_LITTLE = 600
_UNLIKELY = ("hidden", "form", "comments", "links")
# How much is compared in full between certain places: words of the page times words of the text, over the whole page.
_EFFORT = 4_000_000
# What trafilatura says to itself is not for the editor.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def article_text(tree: Any, name: str) -> str:
    """The article's text as trafilatura finds it in precision mode; empty where it finds none.

    Raises ContentError (INGEST-PAGE) where trafilatura breaks off: what it does with a hostile page is not known.
    """
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    except Exception as error:
        message = f"trafilatura broke off: {one_line(error)}"
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-PAGE", message, "Save the article's text alone.")) from error
    return str(getattr(document, "text", None) or "")


def chosen(blocks: list[Block], text: str) -> list[bool]:
    """For each block, whether most of its words stand in `text`, at a place that keeps the order of both.

    What the page does not show is looked at only where the rest has too little of the text.
    """
    kept = _laid_over(blocks, list(words(text)))
    return _in_the_article(blocks, kept) or _continued(blocks, kept)


def _laid_over(blocks: list[Block], found: list[str]) -> list[bool]:
    """For each block, whether most of its words are among the words that were found, in the order of both."""
    shown = [block.rule not in _UNLIKELY for block in blocks]
    for among in (shown, [True] * len(blocks)):
        page = [list(words(block.text)) if use else [] for block, use in zip(blocks, among, strict=True)]
        flat = [word for part in page for word in part]
        for method in (_matched, _used_up):
            marks = method(flat, found)
            if found and 2 * sum(marks) >= len(found):
                return _by_majority(page, marks, among)
    return [False] * len(blocks)


def _in_the_article(blocks: list[Block], kept: list[bool]) -> list[bool] | None:
    """The paragraphs of the `article` element with the page's headline, where next to nothing else was found."""
    length = sum(len(block.text) for block, keep in zip(blocks, kept, strict=True) if keep)
    articles = {block.article for block in blocks if block.tag == "h1" and block.article and block.rule is None}
    if length > _LITTLE or len(articles) != 1:
        return None
    theirs = [block.article in articles and block.rule is None and _is_prose(block) for block in blocks]
    their_length = sum(len(block.text) for block, keep in zip(blocks, theirs, strict=True) if keep)
    return theirs if sum(theirs) >= _ALIKE and their_length > 2 * length else None


def _continued(blocks: list[Block], kept: list[bool]) -> list[bool]:
    """`kept`, with the paragraphs that stand in the page just as those do which were found to be the article.

    Where advertisements part a text into several elements, trafilatura may take only the first of them. Another text
    on the same page has its own headline or its own `article` element, and is not taken.
    """
    alike = Counter(block.path for block, keep in zip(blocks, kept, strict=True) if keep and _is_paragraph(block))
    within = {block.article for block, keep in zip(blocks, kept, strict=True) if keep}
    texts = {block.text for block, keep in zip(blocks, kept, strict=True) if keep}
    result = list(kept)
    last = max((number for number, keep in enumerate(kept) if keep), default=-1)
    begun = another = False
    for number, block in enumerate(blocks):
        begun = begun or kept[number]
        another = another or (block.tag == "h1" and number > last)
        if begun and not another and block.rule is None and alike[block.path] >= _ALIKE and block.article in within:
            result[number] = kept[number] or (_is_prose(block) and block.text not in texts)
    return result


def _is_prose(block: Block) -> bool:
    return _is_paragraph(block) and 3 * block.links < len(block.text)


def _is_paragraph(block: Block) -> bool:
    return block.tag == "p" and block.kind == "paragraph" and len(block.text) >= _PARAGRAPH


def _by_majority(page: list[list[str]], marks: list[bool], among: list[bool]) -> list[bool]:
    """The blocks of which most words are marked; what has no words goes with what stands around it, if it was looked
    at."""
    kept = []
    at = 0
    for part in page:
        kept.append(2 * sum(marks[at : at + len(part)]) > len(part))
        at += len(part)
    for number in range(1, len(page) - 1):
        if among[number] and not page[number]:
            kept[number] = kept[number - 1] and kept[number + 1]
    return kept


def _used_up(page: list[str], text: list[str]) -> list[bool]:
    """For each word of the page, whether it stands in a run that the text has, each of the text's runs used once.

    For a page that holds the article twice: nothing of it is certain, so the first of the two is taken.
    """
    left = Counter(tuple(text[i : i + _GRAM]) for i in range(len(text) - _GRAM + 1))
    found = [False] * len(page)
    for i in range(len(page) - _GRAM + 1):
        gram = tuple(page[i : i + _GRAM])
        if left[gram]:
            left[gram] -= 1
            found[i : i + _GRAM] = [True] * _GRAM
    return found


def _matched(page: list[str], text: list[str]) -> list[bool]:
    """For each word of the page, whether it was found in the text: a patience alignment of the two.

    Runs of words that stand once in both are certain; the longest series of them that keeps its order is taken, and
    what lies between two of them is compared in full. Source of the method: Bram Cohen's patience diff.
    """
    found = [False] * len(page)
    at_page = at_text = 0
    left = _EFFORT
    for on_page, in_text in [*_in_order(_certain(page, text)), (len(page), len(text))]:
        effort = (on_page - at_page) * (in_text - at_text)
        if 0 < effort <= left:
            left -= effort
            here, there = page[at_page:on_page], text[at_text:in_text]
            back = at_page == 0  # above the first certain place the nearest words are meant: a headline, not a teaser
            if back:
                here, there = here[::-1], there[::-1]
            for match in SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks():
                for place in range(match.a, match.a + match.size):
                    found[on_page - 1 - place if back else at_page + place] = True
        if on_page < len(page):
            found[on_page] = True
        at_page, at_text = on_page + 1, in_text + 1
    return found


def _certain(page: list[str], text: list[str]) -> list[tuple[int, int]]:
    """The places of words that belong to a run which stands exactly once in the page and once in the text."""
    grams = [tuple(page[i : i + _GRAM]) for i in range(len(page) - _GRAM + 1)]
    theirs = [tuple(text[i : i + _GRAM]) for i in range(len(text) - _GRAM + 1)]
    here, there = Counter(grams), Counter(theirs)
    where = {gram: i for i, gram in enumerate(theirs) if there[gram] == 1}
    pairs: dict[int, int] = {}
    for i, gram in enumerate(grams):
        if here[gram] == 1 and (j := where.get(gram)) is not None:
            pairs.update((i + step, j + step) for step in range(_GRAM))
    return sorted(pairs.items())


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs that rises in both."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        place = bisect_left(tails, there)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [there]
        ends[place : place + 1] = [number]
    series: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        series.append(pairs[at])
        at = before[at]
    return series[::-1]
