"""What an article shares with others, as its page says it: the words, and where they stand in both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotated_archive.pages.draft import Draft
from annotated_archive.records import dates
from annotated_archive.records.text import SEPARATOR, Block
from annotated_archive.reuse import Shared
from annotated_archive.store import ArticleFile

OTHERS = 20  # articles that a page lists
PASSAGES = 12  # passages of each that it shows
LONGEST, HEAD, TAIL = 80, 45, 20  # words: of a longer passage only its beginning and its end are shown


@dataclass(frozen=True)
class Quoted:
    """A passage: its paragraphs, how many words are left out between the two parts of a long one, and both places."""

    paragraphs: tuple[str, ...]
    left_out: int
    ending: str
    words: int
    here: str
    here_name: str
    there: str
    there_name: str


@dataclass(frozen=True)
class With:
    """What is shared with one other article; `more` passages are not shown."""

    title: str
    href: str
    language: str
    about: str
    words: int
    share: str
    passages: tuple[Quoted, ...]
    more: int


def shared(draft: Draft, article: ArticleFile) -> list[With]:
    """What the page of an article says; nothing of a text that is not here to be shown."""
    return [_with(draft, article, one) for one in draft.graph.reuse.get(article.record.id, ())[:OTHERS]]


def beyond(draft: Draft, article: ArticleFile) -> int:
    """How many more articles share words with this one."""
    return max(len(draft.graph.reuse.get(article.record.id, ())) - OTHERS, 0)


def _with(draft: Draft, article: ArticleFile, one: Shared) -> With:
    other = draft.graph.archive.articles[one.other]
    outlet = draft.graph.entities.get(other.record.source or "")
    date = dates.words(other.record.date) if other.record.date else "undated"
    blocks, others = list(article.blocks()), list(other.blocks())
    page = f"articles/{other.record.id}"
    passages: list[Quoted] = []
    for passage in one.passages[:PASSAGES]:
        here, there = _block(blocks, passage.start), _block(others, passage.other_start)
        words = article.body[passage.start : passage.end]
        beginning, left_out, ending = _shortened(words)
        passages.append(
            Quoted(
                tuple(beginning.split(SEPARATOR)), left_out, ending, passage.words,
                f"#p-{here.number}", _name(here),
                draft.href(page, f"p-{there.number}"), _name(there),
            )
        )  # fmt: skip
    share = "all words of the shorter one" if one.share > 0.995 else f"{one.share:.0%} of the shorter one"
    return With(
        other.record.title, draft.href(page), other.record.language,
        ", ".join(part for part in (outlet.name if outlet else "outlet not recorded", date) if part),
        one.words, share, tuple(passages), max(len(one.passages) - PASSAGES, 0),
    )  # fmt: skip


def _block(blocks: list[Block], offset: int) -> Block:
    return next(block for block in blocks if offset < block.end)


def _name(block: Block) -> str:
    return f"{block.kind} {block.number}"


def _shortened(words: str) -> tuple[str, int, str]:
    """The beginning of a passage, how many words are left out, and its end; the whole of a short one."""
    separate = words.split()
    if len(separate) <= LONGEST:
        return words, 0, ""
    kept = re.match(rf"(?:\S+\s+){{{HEAD - 1}}}\S+", words)
    return kept[0] if kept else words, len(separate) - HEAD - TAIL, " ".join(separate[-TAIL:])
