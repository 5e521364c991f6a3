"""The names of an archive for completion and for finding other forms, some to a file, sorted as they are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from annotated_archive.search.document import Named

SHARD = 150_000
"""Bytes of JSON in a shard, about: a letter typed reads one."""


def shards(
    names: Iterable[tuple[str, str, str]], named: Mapping[str, Named]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Shards of names (key, form, entity), with the key that each begins with; names with one key are in one shard."""
    forms = sorted({(key, form, of) for key, form, of in names if key and of in named})
    inside: list[tuple[str, str, str]] = []
    size = 0
    entities: set[str] = set()
    for _, alike in groupby(forms, key=lambda form: form[0]):
        run = list(alike)
        if inside and size + _size(run, named, entities) > SHARD:
            yield inside[0][0], _shard(inside, named)
            inside, size, entities = [], 0, set()
        size += _size(run, named, entities)
        inside += run
        entities.update(of for _, _, of in run)
    if inside:
        yield inside[0][0], _shard(inside, named)


def shown(entity: Named) -> list[str]:
    """What a completion shows of an entity, and where it leads."""
    return [entity.id, entity.kind, entity.type, entity.name, f"{entity.page}.html", entity.where]


def _size(forms: list[tuple[str, str, str]], named: Mapping[str, Named], there: set[str]) -> int:
    """Bytes of JSON, about, by which forms make a shard larger that has the entities `there`."""
    size = sum(len(key.encode()) + len(form.encode()) + 13 for key, form, _ in forms)
    for of in {of for _, _, of in forms} - there:
        size += sum(len(text.encode()) + 3 for text in shown(named[of])) + 2
    return size


def _shard(forms: list[tuple[str, str, str]], named: Mapping[str, Named]) -> dict[str, Any]:
    numbers = {of: number for number, of in enumerate(sorted({of for _, _, of in forms}))}
    return {
        "entities": [shown(named[of]) for of in numbers],
        "forms": [[key, form, numbers[of]] for key, form, of in forms],
    }
