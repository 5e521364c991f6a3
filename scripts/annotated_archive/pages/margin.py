"""Where the notes of an article stand on its page: at the title, beside a block, at the ledger, or in a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotated_archive.graph import Annotated
from annotated_archive.pages.draft import Draft
from annotated_archive.pages.marks import NAMED, Mark, marks_of, overlapping
from annotated_archive.pages.notes import Note, note
from annotated_archive.records.ledger import Span
from annotated_archive.records.text import SEPARATOR, Block
from annotated_archive.store import ArticleFile

WINDOW = 50  # marks on either side among which a note's neighbours are looked for


@dataclass
class Margin:
    """The notes of one article by where they stand, and what they mark: part → block → marks.

    `whole` are about the article as a whole, `lost` have words that are found nowhere; `blocks` and the marks of a
    part go by the number of the block. Of a text that is not published, `listed` holds the notes.
    """

    marks: dict[str, dict[int, list[Mark]]]
    title: list[Note] = field(default_factory=list)
    blocks: dict[int, list[Note]] = field(default_factory=lambda: defaultdict(list))
    ledger: list[Note] = field(default_factory=list)
    whole: list[Note] = field(default_factory=list)
    lost: list[Note] = field(default_factory=list)
    listed: list[Note] = field(default_factory=list)


def margin(draft: Draft, article: ArticleFile, annotated: Iterable[Annotated]) -> Margin:
    """Sort the notes of an article by where they stand. A note stands where its first words do."""
    annotated = tuple(annotated)
    record = article.record
    published = record.rights.publish == "full"
    ledger = draft.graph.archive.ledgers.get(record.id) if published else None
    parts = {
        "title": [Block(1, "title", 0, len(record.title), record.title)],
        "body": list(article.blocks()) if published else [],
        "ledger": ledger_blocks(ledger.record.spans) if ledger else [],
    }
    found = Margin({part: marks_of(annotated, part, blocks) for part, blocks in parts.items()})
    beside = neighbours(marks for blocks in found.marks.values() for marks in blocks.values())
    for one in annotated:
        shown = note(draft, one, record.rights.publish, beside.get(one.number, {}).values())
        if one.title:
            found.title.append(shown)
        elif not published:
            found.listed.append(shown)
        elif one.body:
            found.blocks[_block(parts["body"], one.body[0][0])].append(shown)
        elif one.ledger:
            found.ledger.append(shown)
        else:
            (found.lost if one.unplaced else found.whole).append(shown)
    return found


def _block(blocks: Sequence[Block], start: int) -> int:
    """The number of the block that words beginning at `start` stand in; between two blocks, the later one."""
    return next((block.number for block in blocks if start < block.end), blocks[-1].number)


def ledger_blocks(spans: Iterable[Span]) -> list[Block]:
    """The spans that hold more than white space, as the blocks of the text of what was set aside."""
    found: list[Block] = []
    start = 0
    for span in spans:
        if span.text.strip():
            found.append(Block(len(found) + 1, "ledger", start, start + len(span.text), span.text))
            start += len(span.text) + len(SEPARATOR)
    return found


def neighbours(parts: Iterable[Sequence[Mark]]) -> dict[int, dict[int, Annotated]]:
    """Number of a note → the notes that share words with it, by their numbers; of many, those that begin nearest."""
    found: dict[int, dict[int, Annotated]] = defaultdict(dict)
    for marks in parts:
        for group in overlapping(marks):
            for at, mark in enumerate(group):
                for other in group[max(at - WINDOW, 0) : at + WINDOW]:
                    shares = other.start < mark.end and mark.start < other.end and other.number != mark.number
                    if shares and len(found[mark.number]) < NAMED:
                        found[mark.number][other.number] = other.note
    return {number: dict(sorted(others.items())) for number, others in found.items()}
