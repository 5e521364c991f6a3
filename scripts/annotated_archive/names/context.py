"""Rules of an editor that say when a weak or contested form means an entity."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Set
from dataclasses import dataclass

from annotated_archive.records.article import Article
from annotated_archive.records.authority import Actor, Context, Entity
from annotated_archive.store import Archive


@dataclass(frozen=True)
class Setting:
    """What is known of a text from outside it: its language, and the country of the outlet that published it."""

    language: str = ""
    country: str | None = None


NOWHERE = Setting()
"""The setting of a text of which nothing is known: rules that ask for a language or a country do not hold there."""


def setting_of(article: Article, archive: Archive) -> Setting:
    """The setting of an article: its language, and the country of its outlet."""
    return Setting(article.language, country_of(article.source, archive))


def country_of(outlet: str | None, archive: Archive) -> str | None:
    """The country of an outlet: its `side`, or that of what it is `part_of`."""
    waiting, seen = deque([outlet]), set()
    while waiting:
        file = archive.entities.get(waiting.popleft() or "")
        found = file.record if file else None
        if not isinstance(found, Actor) or found.id in seen:
            continue
        if found.side is not None:
            return found.side
        seen.add(found.id)
        waiting += found.part_of
    return None


def holds(rule: Context, setting: Setting, sure: Set[str]) -> bool:
    """Whether all conditions of a rule hold in a text whose surely named entities are `sure`."""
    if rule.language is not None and f"{setting.language}-".find(f"{rule.language}-") != 0:
        return False
    if rule.source_in is not None and rule.source_in != setting.country:
        return False
    return (not rule.with_ or not sure.isdisjoint(rule.with_)) and sure.isdisjoint(rule.without)


def named_in_rules(entity: Entity) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every entity that a rule of an authority file names, with its path in the file."""
    for number, rule in enumerate(entity.context):
        if rule.source_in is not None:
            yield ("context", number, "source_in"), rule.source_in
        for name, targets in (("with", rule.with_), ("without", rule.without)):
            for place, target in enumerate(targets):
                yield ("context", number, name, place), target
