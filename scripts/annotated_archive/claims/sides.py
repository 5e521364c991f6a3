"""Whose voice an actor is."""

from __future__ import annotations

from collections.abc import Mapping

from annotated_archive.records.authority import Actor, Entity


def side_of(entities: Mapping[str, Entity], identifier: str) -> str:
    """The id of the state that an actor speaks for, or the id itself where it speaks for none."""
    speaker = entities.get(identifier)
    if isinstance(speaker, Actor) and speaker.side in entities:
        return str(speaker.side)
    return identifier
