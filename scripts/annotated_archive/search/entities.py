"""Places, actors, treaties and events as a search finds them: all their names, and what their pages say of them."""

from __future__ import annotations

from collections.abc import Iterator

from annotated_archive.claims.sides import side_of
from annotated_archive.graph import references
from annotated_archive.graph.tracing import Traced
from annotated_archive.names import Mention
from annotated_archive.records import dates
from annotated_archive.records.authority import Actor, Entity, Event, Place, Treaty
from annotated_archive.search.document import Document
from annotated_archive.search.gathering import Gathered
from annotated_archive.search.naming import date_of, page_of, type_words, where_words
from annotated_archive.search.words import Words


def of_entity(graph: Traced, words: Words, entity: Entity) -> Document:
    """An entity: what is said of it, then its names in all languages, its offices, and what stands at a glance.

    Of passages that answer a search alike the first is shown: so a reader meets a sentence before a list.
    """
    made = Gathered(graph.matcher)
    where, type_ = where_words(graph, entity), type_words(entity)
    made.title(entity.name, [Mention(0, len(entity.name), entity.id)])
    made.add(entity.summary or "")
    for number, fact in enumerate(entity.facts, 1):
        made.add(f"{_voice(graph, fact.says)}{fact.text}", f"f-{number}")
    made.add(*_names(words, entity))
    if isinstance(entity, Actor):
        for office in entity.offices:
            holder = graph.label(office.of) if office.of else None
            of = holder.name if holder else ""
            parts = [office.title, "" if of in office.title else of, *_when(office.from_, office.until)]
            made.add(", ".join(filter(None, parts)), "offices")
    made.add(" · ".join([type_, *filter(None, [where]), *_at_a_glance(graph, entity)]))
    made.about(target for _, target in references(entity) if target in graph.entities)
    return Document(
        id=page_of(entity),
        kind=entity.kind,
        title=entity.name,
        page=page_of(entity),
        passages=tuple(made.passages),
        language="en",
        date=date_of(entity),
        byline=" · ".join(filter(None, [type_, "" if date_of(entity) else where])),  # a date stands beside it
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
    )


def _voice(graph: Traced, says: str | None) -> str:
    """Whose account a fact is, as it stands above it on the page: no account is found without its side."""
    if says is None:
        return ""
    side = side_of(graph.entities, says)
    known = graph.label(side)
    return f"{known.name if known else side}: "


def _names(words: Words, entity: Entity) -> tuple[str, str, list[Mention]]:
    """All names on one line, each with its language and who uses it; where they stand on the page; and in the line."""
    text, found = "", []
    for name in entity.names:
        language = words.language(name.lang)
        use = [language] if language not in (name.note or "") else []
        start = len(text) + len("; " if text else "")
        text += f"{'; ' if text else ''}{name.text} ({', '.join([*use, *filter(None, [name.note])])})"
        found.append(Mention(start, start + len(name.text), entity.id))
    return text, "", found


def _at_a_glance(graph: Traced, entity: Entity) -> Iterator[str]:
    """What the page says beside the text: who and what the entity belongs to, as names."""
    match entity:
        case Place():
            yield from filter(None, [entity.location.note if entity.location else None])
        case Actor():
            yield from _named(graph, [*entity.part_of, *entity.members])
            yield from entity.domains
        case Treaty():
            signed_at = [entity.signed_at] if entity.signed_at else []
            yield from _named(graph, [*entity.parties, *signed_at])
            yield from filter(None, [entity.status])
        case Event():
            part_of = [entity.part_of_event] if entity.part_of_event else []
            yield from filter(None, [entity.time])
            yield from _named(graph, [*part_of, *entity.places, *entity.actors, *entity.treaties])


def _named(graph: Traced, identifiers: list[str]) -> list[str]:
    return [known.name for identifier in identifiers if (known := graph.label(identifier))]


def _when(first: str | None, last: str | None) -> Iterator[str]:
    """The time in which an office was held, as far as it is recorded."""
    if first:
        yield f"from {dates.words(first)}"
    if last:
        yield f"until {dates.words(last)}"
