"""Articles as a search finds them: their text where it may be published, else what their record says."""

from __future__ import annotations

from bisect import bisect_right

from annotated_archive.graph import SHOWN, Annotated
from annotated_archive.graph.tracing import Traced
from annotated_archive.records.article import LINKED
from annotated_archive.search.document import Document
from annotated_archive.search.gathering import TITLE, Gathered
from annotated_archive.search.words import Words
from annotated_archive.store import ArticleFile


def of_article(graph: Traced, words: Words, file: ArticleFile, fixes: list[Annotated]) -> Document:
    """An article with its corrections: a passage for each block.

    Of one that is not published in full only the title is found, and who is named in it, as on its page.
    """
    record = file.record
    found = graph.mentions[record.id]
    made = Gathered(graph.matcher)
    made.title(record.title, found.title)
    starts: list[int] = []
    published = record.rights.publish == "full"
    if published:
        for block, mentions in graph.block_mentions(file):
            made.add(block.text, f"p-{block.number}", mentions, block.start)
            starts.append(block.start)
    if file.withheld:
        made.about(entity for name in LINKED.values() for entity in getattr(record, name))
    for note in fixes:
        _correct(made, note, starts)
    return Document(
        id=f"articles/{record.id}",
        kind="article",
        title=record.title,
        page=page_of(file),
        passages=tuple(made.passages),
        language=record.language,
        date=record.date or "",
        dated=words.dated(record),
        source=record.source or "",
        byline=" · ".join(filter(None, [outlet(graph, file), "" if published else "text not published"])),
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
        corrections=tuple(made.corrections),
        numbers=tuple(made.numbers.items()),
    )


def page_of(file: ArticleFile) -> str:
    """The path of an article's page, without suffix."""
    return f"articles/{file.record.id}"


def outlet(graph: Traced, file: ArticleFile) -> str:
    """The name of an article's outlet; empty where it is not recorded."""
    entity = graph.label(file.record.source or "")
    return entity.name if entity else ""


def corrections(graph: Traced, article: str) -> list[Annotated]:
    """The corrections of an article that stand beside their words, in the order of their numbers."""
    return [
        note
        for note in graph.annotations.get(article, ())
        if note.file.record.kind == "correction" and note.file.record.status in SHOWN
    ]


def _correct(made: Gathered, note: Annotated, starts: list[int]) -> None:
    """Mark the words that a correction is about; they stay in one block. `starts` are those of the blocks."""
    for start, end in note.title:
        made.corrected(TITLE, start, end, note)
    for start, end in note.body if starts else ():
        number = bisect_right(starts, start) - 1
        made.corrected(number, start - starts[number], end - starts[number], note)
