"""What the figures of a measure count."""

from __future__ import annotations

from annotated_archive.records.claim import Measure


def unit(measure: Measure) -> str:
    """The unit of a measure's figures: people, square kilometres, days, or things of its category."""
    match measure:
        case "territory":
            return "square kilometres"
        case "duration":
            return "days"
        case "damage":
            return "things hit"
        case _:
            return "people"
