"""What a reader is shown of an entity before following a link to it: a small script for each, loaded when asked for.

They are classic scripts, which a page can also load where it was opened from a folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from annotated_archive.pages import links, maps, wording
from annotated_archive.pages.base import File, Job
from annotated_archive.pages.draft import Site
from annotated_archive.records.authority import Entity, Place

FOLDER = "assets/previews"
MAP = f"{FOLDER}/_map.js"
"""The outlines that the previews of places share. No id begins so."""


def jobs(site: Site) -> Iterator[Job]:
    """A file for each entity, and the one that they share."""
    yield Job(MAP, _map)
    for identifier in site.graph.entities:
        yield Job(f"{FOLDER}/{identifier}.js", partial(_of, identifier=identifier))


def _map(site: Site) -> File:
    return File(MAP, script("_map", maps.mini_outline()))


def _of(site: Site, identifier: str) -> File:
    return File(f"{FOLDER}/{identifier}.js", script(identifier, preview(site, site.graph.entities[identifier])))


def preview(site: Site, entity: Entity) -> dict[str, Any]:
    """What is shown of an entity."""
    location = entity.location if isinstance(entity, Place) else None
    mentions, articles = site.counts(entity.id)
    data: dict[str, Any] = {
        "name": entity.name,
        "kind": entity.kind,
        "type": wording.type_word(entity.type),
        "where": site.where(entity.id),
        "summary": entity.summary or "",
        "alt": links.alternatives(entity),
        "mentions": mentions,
        "articles": articles,
        "pin": [location.lon, location.lat] if location else None,
    }
    if date := links.when(entity):
        data["date"] = date
    return data


def script(name: str, data: dict[str, Any]) -> bytes:
    """A script that hands data to `previews.js`, in ASCII: no server has to name its encoding."""
    return f"aaPreview({json.dumps(name)},{json.dumps(data, sort_keys=True, separators=(',', ':'))});\n".encode()
