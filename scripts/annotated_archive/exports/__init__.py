"""What the archive gives to other programs, and what it takes from them: annotations and claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from annotated_archive.exports.claims import CLAIMS, claims_csv
from annotated_archive.exports.collections import Collections, Job, collection_of
from annotated_archive.graph import Graph
from annotated_archive.graph.tracing import traced
from annotated_archive.store import AnnotationFile

__all__ = ["CLAIMS", "FORMATS", "Job", "collection_of", "files", "jobs"]

FORMATS = ("jsonld", "csv")
"""The formats there are; each is what the names of its files end in."""


def files(
    graph: Graph, name: str, base: str, say: Callable[[AnnotationFile], str], listed: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Every exported file: its path on the site, its text. The same bytes for the same archive; see `jobs`."""
    for job in jobs(graph, name, base, say, listed):
        yield job.path, job.make()


def jobs(
    graph: Graph, name: str, base: str, say: Callable[[AnnotationFile], str], listed: Callable[[str], str]
) -> list[Job]:
    """Every exported file, to be made in any order and process; what each is made of is noted by the traced graph.

    `name` is that of the site and `base` its address, or empty: then all addresses are relative. `say` puts a claim
    into a sentence of plain text, and `listed` gives the page, without suffix, on which a work stands; both read the
    traced graph too.
    """
    found = [*Collections(graph, name, base, say, listed).jobs()]
    return [*found, Job(CLAIMS, partial(claims_csv, traced(graph)))]
