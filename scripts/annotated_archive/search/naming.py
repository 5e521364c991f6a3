"""The names of all entities, as a reader may type them."""

from __future__ import annotations

from collections.abc import Iterator

from anyascii import anyascii

from annotated_archive.graph import Graph
from annotated_archive.names.forms import spellings
from annotated_archive.records import dates
from annotated_archive.records.authority import FOLDERS, Actor, Entity, Event, Place, Treaty
from annotated_archive.search.document import Name, Named
from annotated_archive.search.folding import folded


def names(graph: Graph) -> tuple[list[Name], list[Named]]:
    """Every form that names an entity by itself, and the entities, by id."""
    return list(forms(graph)), named(graph)


def named(graph: Graph) -> list[Named]:
    """The entities, by id."""
    return [
        Named(entity.id, entity.kind, type_words(entity), entity.name, page_of(entity), where_words(graph, entity))
        for _, entity in sorted(graph.entities.items())
    ]


def forms(graph: Graph) -> Iterator[Name]:
    """Every form that names an entity by itself, once for all spellings that fold alike, in the order of entities.

    One in other letters is also looked up as it would be written in Latin ones (`anyascii`, letter by letter): Кедабек
    by "kedabek". That is a help in typing, and is shown nowhere.
    """
    for _, entity in sorted(graph.entities.items()):
        first: dict[str, str] = {}
        strong = [form for form, weak in spellings(entity) if not weak]
        for form in strong:
            first.setdefault(folded(form), form)
        for form in strong:
            first.setdefault(folded(anyascii(form)), form)
        yield from (Name(form, entity.id, key) for key, form in first.items() if key)


def page_of(entity: Entity) -> str:
    """The path of an entity's page, without suffix."""
    return f"{FOLDERS[entity.kind]}/{entity.id}"


def type_words(entity: Entity) -> str:
    """The type of an entity for readers: "former-state" is "Former state"."""
    return entity.type.replace("-", " ").capitalize()


def date_of(entity: Entity) -> str:
    """The EDTF date of an event, or of a treaty's signature; empty where there is none."""
    return (entity.date if isinstance(entity, Event) else entity.signed if isinstance(entity, Treaty) else None) or ""


def where_words(graph: Graph, entity: Entity) -> str:
    """What tells entities of one name apart: what holds a place, whose side an actor is on, when something was."""
    if isinstance(entity, Place):
        return ", ".join(holder.name for holder in graph.chain(entity))
    if isinstance(entity, Actor):
        return graph.entities[entity.side].name if entity.side in graph.entities else ""
    return dates.words(date_of(entity)) if date_of(entity) else ""
