"""What the archive gives to other programs, and what it takes from them: annotations and claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotated_archive.exports.claims import CLAIMS, claims_csv
from annotated_archive.exports.collections import all_collections, collection_of
from annotated_archive.graph import Graph
from annotated_archive.store import AnnotationFile

__all__ = ["CLAIMS", "FORMATS", "collection_of", "files"]

FORMATS = ("jsonld", "csv")
"""The formats there are; each is what the names of its files end in."""


def files(graph: Graph, name: str, base: str, say: Callable[[AnnotationFile], str]) -> Iterator[tuple[str, str]]:
    """Every exported file: its path on the site, its text. The same bytes for the same archive.

    `name` is that of the site and `base` its address, or empty: then all addresses are relative. `say` puts a claim
    into a sentence of plain text.
    """
    yield from all_collections(graph, name, base, say)
    yield CLAIMS, claims_csv(graph)
