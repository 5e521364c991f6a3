"""Checks a few annotations by themselves, where all else is as it was when it was checked."""

from __future__ import annotations

from collections.abc import Collection

from annotated_archive.check import claims, notes
from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.nearest import Nearest
from annotated_archive.check.scope import Scope
from annotated_archive.graph import Graph
from annotated_archive.records.diagnostic import Diagnostic


def check_annotations(graph: Graph, names: Collection[str]) -> tuple[Diagnostic, ...]:
    """What the rules about annotations and claims find in the annotations `names`, sorted by place.

    What these make wrong elsewhere, and what they say too much of a withheld text, only a whole check finds.
    """
    archive = graph.archive
    scope = Scope(archive.root, frozenset(archive.annotations[name].path for name in names))
    inputs, memory = Inputs(archive), Memory(archive, whole=False)
    works = Nearest([*archive.works, *archive.articles])
    found = {
        *notes.check(graph, names, scope, works, inputs, memory),
        *claims.check(graph, names, Nearest(archive.entities), inputs, memory),
    }
    return tuple(sorted(one for one in found if one.path in scope))
