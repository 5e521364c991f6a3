"""Every document of an archive that a search can find: the public edition, and nothing that is withheld or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from annotated_archive.graph import SHOWN, Graph
from annotated_archive.graph.tracing import Traced, traced
from annotated_archive.search.articles import corrections, of_article
from annotated_archive.search.document import Document
from annotated_archive.search.entities import of_entity
from annotated_archive.search.handwritten import is_kept_out, of_page
from annotated_archive.search.notes import of_annotation, of_claim_of_work
from annotated_archive.search.words import Words
from annotated_archive.search.works import of_question, of_work


@dataclass(frozen=True)
class Job:
    """Documents that can be made: `make` gives them. `besides` is what they are made of beside what the graph tells."""

    id: str
    make: Callable[[], Iterable[Document]] = field(repr=False)
    besides: str = ""


def documents(graph: Graph, words: Words) -> Iterator[Document]:
    """All documents, as `jobs` makes them."""
    for job in jobs(graph, words):
        yield from job.make()


def jobs(graph: Graph, words: Words) -> list[Job]:
    """All documents: articles, each with its annotations and claims; the claims of works; then what explains them.

    What is withdrawn or removed is not found, nor what replies to it; nor a page that is not published, or asks not to
    be found. What each job reads is noted by `tracing.traced(graph)`, which `words` must read too.
    """
    graph = traced(graph)

    def job(identifier: str, make: Callable[..., Iterable[Document]], *given: Any, besides: str = "") -> Job:
        return Job(identifier, partial(make, graph, words, *given), besides)

    archive = graph.archive
    claims: dict[str, list[str]] = defaultdict(list)
    for claim in graph.claims.values():
        if claim.brief.work and not claim.parent:
            claims[claim.brief.work].append(claim.id)
    found = [job(f"articles/{of}", _article, of) for of in archive.articles]
    found += [job(f"claims/{of}", _claims, ids, besides=" ".join(ids)) for of, ids in claims.items()]
    found += [job(f"entities/{of}", _entity, of) for of in archive.entities]
    found += [job(f"works/{of}", _work, of) for of in archive.works]
    found += [job(f"questions/{of}", _question, of) for of in archive.questions]
    for name, doc in archive.docs.items():
        if words.address(doc) and not is_kept_out(doc):
            found.append(job(f"pages/{name}", _page, name, besides=words.address(doc)))
    return found


def _article(graph: Traced, words: Words, identifier: str) -> Iterator[Document]:
    file, fixes = graph.archive.articles[identifier], corrections(graph, identifier)
    yield of_article(graph, words, file, fixes)
    for note in graph.annotations.get(identifier, ()):
        if note.file.record.status in SHOWN:
            yield of_annotation(graph, words, file, note, fixes)


def _claims(graph: Traced, words: Words, identifiers: list[str]) -> Iterator[Document]:
    for identifier in identifiers:
        yield of_claim_of_work(graph, words, graph.claims[identifier])


def _entity(graph: Traced, words: Words, identifier: str) -> Iterator[Document]:
    yield of_entity(graph, words, graph.entities[identifier])


def _work(graph: Traced, words: Words, identifier: str) -> Iterator[Document]:
    yield of_work(graph, words, graph.archive.works[identifier])


def _question(graph: Traced, _: Words, identifier: str) -> Iterator[Document]:
    yield of_question(graph, graph.archive.questions[identifier])


def _page(graph: Traced, words: Words, name: str) -> Iterator[Document]:
    yield of_page(graph, words, graph.archive.docs[name])
