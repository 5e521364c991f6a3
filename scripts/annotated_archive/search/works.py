"""Cited works and questions as a search finds them."""

from __future__ import annotations

from annotated_archive.graph.tracing import Traced
from annotated_archive.records.bibliography import Work
from annotated_archive.records.question import Question
from annotated_archive.search.document import Document
from annotated_archive.search.gathering import Gathered
from annotated_archive.search.words import Words


def of_work(graph: Traced, words: Words, work: Work) -> Document:
    """A work of the bibliography: the words relied on, in quotation marks, then who made it and whose voice it is.

    Where the byline would be all that can be said of it, that is the passage, and stands in no second place.
    """
    authors = ", ".join(str(name) for name in work.author)
    made = Gathered(graph.matcher)
    made.title(work.title)
    byline = work.container_title or work.publisher or authors or work.copy_at or ""
    makers = ", ".join(dict.fromkeys(part for part in (authors, work.container_title, work.publisher) if part))
    voice = ": ".join(part for part in (makers, work.alignment_note) if part)
    for text in (*(f"“{quoted}”" for quoted in work.words), voice, work.note or ""):
        made.add(text, work.id)
    return Document(
        id=f"works/{work.id}",
        kind="work",
        title=work.title,
        page=words.listed(work.id),
        passages=tuple(made.passages),
        fragment=work.id,
        language=work.language or "und",
        date=work.issued or "",
        byline="" if voice == byline else byline,
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
    )


def of_question(graph: Traced, question: Question) -> Document:
    """The page that sets the answers to a question side by side; each answer is a claim, and found by itself."""
    event = graph.label(question.event)
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
