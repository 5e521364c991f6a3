"""How results are put in order, on the page and in the terminal alike: the page is told in the manifest."""

from __future__ import annotations

WEIGHTS = {
    "article": 4.0, "annotation": 1.0, "claim": 1.0, "place": 1.1, "actor": 1.1, "treaty": 1.1, "event": 1.1,
    "background": 1.0, "work": 0.6, "page": 0.6,
}  # fmt: skip
"""How much a match counts in a document of each kind: readers come for the articles."""
HALF = 3.0
"""The score of a term that counts for half: a word in a title has twenty, one in a long article two."""
INSIDE = 0.5
"""How much a form counts that stands inside the longer name of another entity, beside a mention."""


def damped(score: float) -> float:
    """The score of a term so that it grows ever less, up to 1: one rare word in a title is not all that matters."""
    return score / (score + HALF)
