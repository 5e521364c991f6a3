"""Suggestions in another order, by a spaCy model: what it takes for a name at all comes first.

Which kind of name a model says it is, is not looked at: on the names of small places and of other languages it is more
often wrong than right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from annotated_archive.names.suggest.suggesting import Suggestion


class NoModel(Exception):
    """spaCy or the model is not installed."""


def reranked(suggestions: Sequence[Suggestion], model: str) -> list[Suggestion]:
    """The suggestions, each score times 0.5 to 1.5 by the share of its sentences in which the model sees a name there.

    Raises NoModel.
    """
    try:
        spacy = import_module("spacy")
    except ImportError:
        raise NoModel("spaCy is not installed: `pip install '.[ner]'` in the archive's repository adds it.") from None
    try:
        read = spacy.load(model)
    except (OSError, ImportError):
        raise NoModel(f"spaCy has no model {model!r} here: `python -m spacy download` gets one.") from None
    weighed = [replace(one, score=round(one.score * (0.5 + _share(one, read)), 3)) for one in suggestions]
    return sorted(weighed, key=lambda one: (not one.likely, -one.score, one.form))


def _share(one: Suggestion, read: object) -> float:
    """The share of sentences in which an entity of the model shares characters with the form."""
    seen = [
        any(entity.start_char < quoted.end and quoted.start < entity.end_char for entity in read(quoted.text).ents)  # type: ignore[operator]
        for quoted in one.sentences
    ]
    return sum(seen) / len(seen) if seen else 0.0
