"""Every document of an archive that a search can find: the public edition, and nothing that is withheld or gone."""

from __future__ import annotations

from collections.abc import Iterator

from annotated_archive.graph import SHOWN, Graph
from annotated_archive.search.articles import corrections, of_article
from annotated_archive.search.document import Document
from annotated_archive.search.entities import of_entity
from annotated_archive.search.handwritten import is_kept_out, of_page
from annotated_archive.search.notes import of_annotation, of_claim_of_work
from annotated_archive.search.words import Words
from annotated_archive.search.works import of_question, of_work


def documents(graph: Graph, words: Words) -> Iterator[Document]:
    """All documents: articles by date, each with its annotations and claims; the claims of works; then what
    explains them.

    What is withdrawn or removed is not found, nor what replies to it; nor a page that is not published, or asks not to
    be found.
    """
    for file in graph.articles:
        fixes = corrections(graph, file.record.id)
        yield of_article(graph, words, file, fixes)
        for note in graph.annotations.get(file.record.id, ()):
            if note.file.record.status in SHOWN:
                yield of_annotation(graph, words, file, note, fixes)
    for claim in graph.claims.values():
        if claim.record.work and not claim.record.parent:
            yield of_claim_of_work(graph, words, claim)
    for entity in graph.entities.values():
        yield of_entity(graph, words, entity)
    for work in graph.archive.works.values():
        yield of_work(graph, work)
    for question in graph.archive.questions.values():
        yield of_question(graph, question)
    for doc in graph.archive.docs.values():
        if words.address(doc) and not is_kept_out(doc):
            yield of_page(graph, words, doc)
