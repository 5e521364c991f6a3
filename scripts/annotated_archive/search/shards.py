"""The names of an archive for completion and for finding other forms, some to a file, sorted as they are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from anyascii import anyascii

from annotated_archive.search.document import Named
from annotated_archive.search.folding import folded

SHARD = 150_000
"""Bytes of JSON in a shard, about: a letter typed reads one."""

_SCRIPTS = ((0x0400, 0x0530), (0x0531, 0x0590), (0x10D0, 0x1100))
"""Cyrillic, Armenian and Georgian letters: code points from, up to."""


def letters() -> dict[str, str]:
    """What small letters of other scripts are in Latin ones, folded: a reader's spelling is turned so by a page.

    Letter by letter by `anyascii`, like the keys of `naming.names`. A sign for softness is nothing.
    """
    small = [chr(code) for script in _SCRIPTS for code in range(*script)]
    return {c: folded(anyascii(c)) for c in small if c.isalpha() and c == c.lower()}


def shards(names: Iterable[tuple[str, str, str]], named: Mapping[str, Named]) -> Iterator[tuple[str, dict[str, Any]]]:
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
