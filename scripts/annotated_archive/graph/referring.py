"""What an authority file refers to in others."""

from __future__ import annotations

from collections.abc import Iterator

from annotated_archive.records.authority import Actor, Authority, Entity, Event, Place, Treaty


def references(entity: Entity) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every reference from an authority file to another entity, with its path in the file."""
    for name in ("within", "side", "signed_at", "part_of_event"):
        if target := getattr(entity, name, None):
            yield (name,), target
    for name in ("part_of", "members", "parties", "places", "actors", "treaties", "related"):
        for number, target in enumerate(getattr(entity, name, ())):
            yield (name, number), target
    for number, office in enumerate(getattr(entity, "offices", ())):
        if office.of:
            yield ("offices", number, "of"), office.of
    for number, fact in enumerate(entity.facts):
        if fact.says:
            yield ("facts", number, "says"), fact.says


def relations(entity: Authority) -> Iterator[tuple[str, str]]:
    """What a record says of others, as (role of the record seen from the other, the other's id)."""
    if isinstance(entity, Place) and entity.within:
        yield "contains", entity.within
    if isinstance(entity, Actor):
        yield from (("part", target) for target in entity.part_of)
        yield from (("member of", target) for target in entity.members)
        yield from (("office holder", office.of) for office in entity.offices if office.of)
        if entity.side:
            yield "actor of this side", entity.side
    if isinstance(entity, Treaty):
        yield from (("party to", target) for target in entity.parties)
        if entity.signed_at:
            yield "signed here", entity.signed_at
    if isinstance(entity, Event):
        yield from (("event", target) for target in (*entity.places, *entity.actors, *entity.treaties))
        if entity.part_of_event:
            yield "part of this event", entity.part_of_event
    yield from (("see also", target) for target in entity.related)
