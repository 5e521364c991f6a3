"""Cited works and questions as a search finds them."""

from __future__ import annotations

from annotated_archive.graph import Graph
from annotated_archive.records import dates
from annotated_archive.records.bibliography import Work
from annotated_archive.records.question import Question
from annotated_archive.search.document import Document
from annotated_archive.search.gathering import Gathered


def of_work(graph: Graph, work: Work) -> Document:
    """A work of the bibliography: who wrote and published it, and the words relied on."""
    authors = ", ".join(str(name) for name in work.author)
    published = [work.container_title, work.publisher, dates.words(work.issued) if work.issued else None]
    made = Gathered(graph.matcher)
    made.title(work.title)
    reference = ", ".join(dict.fromkeys(part for part in (authors, *published) if part))
    for text in (reference, work.alignment_note, *work.words, work.note):
        made.add(text or "", work.id)
    return Document(
        id=f"works/{work.id}",
        kind="work",
        title=work.title,
        page="bibliography",
        passages=tuple(made.passages),
        fragment=work.id,
        language=work.language or "und",
        date=work.issued or "",
        byline=work.container_title or work.publisher or authors or work.copy_at or "",
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
    )


def of_question(graph: Graph, question: Question) -> Document:
    """The page that sets the answers to a question side by side; each answer is a claim, and found by itself."""
    event = graph.entities.get(question.event)
    made = Gathered(graph.matcher)
    made.title(question.question)
    for text in (event.name if event else "", question.note):
        made.add(text or "")
    made.about([question.event])
    return Document(
        id=f"questions/{question.id}",
        kind="page",
        title=question.question,
        page=f"questions/{question.id}",
        passages=tuple(made.passages),
        language="en",
        byline="What was said",
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
    )
