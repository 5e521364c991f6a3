"""Where each claim stands: on the page of its event and measure, or of its question; and who made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from annotated_archive.claims.groups import in_order, zone
from annotated_archive.records.claim import Measure
from annotated_archive.store import AnnotationFile


@dataclass(frozen=True)
class Index:
    """`figures`: event → measure → claims by id; `answers`: question → claims by id; `made`: claimant → its claims.

    `pointing`: (claim, type of relation) → the claims that say they stand so to it. All are in the order of time.
    """

    figures: dict[str, dict[Measure, dict[str, AnnotationFile]]]
    answers: dict[str, dict[str, AnnotationFile]]
    made: dict[str, list[AnnotationFile]]
    pointing: dict[tuple[str, str], list[AnnotationFile]]


def index(claims: Mapping[str, AnnotationFile]) -> Index:
    """All claims by what they are about and by who made them."""
    figures: dict[str, dict[Measure, dict[str, AnnotationFile]]] = defaultdict(lambda: defaultdict(dict))
    answers: dict[str, dict[str, AnnotationFile]] = defaultdict(dict)
    made: dict[str, list[AnnotationFile]] = defaultdict(list)
    pointing: dict[tuple[str, str], list[AnnotationFile]] = defaultdict(list)
    for file in in_order(claims.values(), zone(claims.values())):
        claim = file.claim
        made[claim.claimant].append(file)
        for type_, other in file.brief.relations:
            pointing[other, type_].append(file)
        if claim.question:
            answers[claim.question][file.id] = file
        elif claim.measure:
            figures[claim.event][cast("Measure", claim.measure)][file.id] = file
    return Index(dict(figures), dict(answers), dict(made), dict(pointing))
