"""A graph after a small edit: what the edit says nothing of is taken from the graph before, as far as it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotated_archive.graph import Graph
from annotated_archive.store import AnnotationFile

APART = (
    "entities", "articles", "timeline", "sources", "relations", "named_in", "prose", "cited_by", "_shared", "reuse",
    "groups",
)  # fmt: skip
"""What a graph makes when asked, and of no annotation."""


def with_annotations(graph: Graph, files: Iterable[AnnotationFile], digests: Mapping[str, str]) -> Graph:
    """The graph with some annotations as they are now; of these ids there must be others in the same files.

    `digests` are those of the files, as in `Archive.digests`.
    """
    archive = graph.archive
    annotations = {**archive.annotations, **{file.record.id: file for file in files}}
    now = replace(graph, archive=replace(archive, annotations=annotations, digests={**archive.digests, **digests}))
    now.__dict__.update({name: graph.__dict__[name] for name in APART if name in graph.__dict__})
    return now
