"""The pages of actors, outlets among them."""

from __future__ import annotations

from typing import Any

from annotated_archive.pages.draft import Draft
from annotated_archive.records.authority import Actor


def values(draft: Draft, actor: Actor) -> dict[str, Any]:
    """What the page of an actor shows besides what all do: how many articles are of an outlet."""
    return {"published": len(draft.graph.sources.get(actor.id, ()))}
