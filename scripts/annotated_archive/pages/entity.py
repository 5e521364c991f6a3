"""What the pages of all four kinds share: names, facts and accounts, backlinks, relations, ids elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from annotated_archive.claims.sides import side_of
from annotated_archive.graph import Backlink, Sentence, references
from annotated_archive.pages import links, maps, notes, saying, wording
from annotated_archive.pages.base import Page
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records import dates
from annotated_archive.records.authority import Entity, Event, Fact, Place, Treaty

MAX_TOGETHER = 12
ELSEWHERE = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
    "whosonfirst": ("Who’s On First", "https://spelunker.whosonfirst.org/id/{}"),
}


@dataclass(frozen=True)
class Part:
    """Some facts in their order, or (`accounts`) what each side says: (name of the side, its facts)."""

    facts: list[Fact]
    accounts: list[tuple[str, list[Fact]]]


@dataclass(frozen=True)
class Topic:
    """Consecutive facts of one topic (None: no heading)."""

    heading: str | None
    parts: list[Part]


def finish(
    draft: Draft, entity: Entity, template: str, skip: Iterable[str] = (), **values: Any
) -> Page:
    """The page of an entity. `skip` names the relations that the page's own template shows."""
    source = draft.graph.archive.entities[entity.id].path
    backlinks = draft.graph.backlinks.get(entity.id, ())
    return draft.page(
        template,
        title=entity.name,
        description=entity.summary or f"{wording.type_word(entity.type)}, in {draft.settings.name}",
        kind=entity.kind,
        source=source,
        entity=entity,
        where=links.where(draft.graph, entity),
        topics=topics(draft, entity),
        silent=silent_sides(draft, entity),
        backlinks=[quotations(draft, backlink) for backlink in backlinks],
        mentions=sum(backlink.mentions for backlink in backlinks),
        together=draft.graph.together.get(entity.id, ())[:MAX_TOGETHER],
        relations=relations(draft, entity, skip),
        also=also(draft, entity),
        elsewhere=elsewhere(entity),
        made=saying.made(draft, entity.id),
        words_of=notes,
        **values,
    )


def topics(draft: Draft, entity: Entity) -> list[Topic]:
    """The facts by topic; within a topic, consecutive accounts stand side by side."""
    found = []
    for heading, facts in groupby(entity.facts, key=lambda fact: fact.topic):
        parts = []
        for is_account, run in groupby(facts, key=lambda fact: fact.says is not None):
            listed = list(run)
            parts.append(Part([], accounts(draft, listed)) if is_account else Part(listed, []))
        found.append(Topic(heading, parts))
    return found


def accounts(draft: Draft, facts: list[Fact]) -> list[tuple[str, list[Fact]]]:
    """The facts of each side, in the alphabetical order of the sides' names."""
    by_side: dict[str, list[Fact]] = {}
    for fact in facts:
        side = draft.graph.entities.get(side_of(draft.graph.entities, str(fact.says)))
        by_side.setdefault(side.name if side else str(fact.says), []).append(fact)
    return sorted(by_side.items(), key=lambda pair: pair[0].casefold())


def silent_sides(draft: Draft, entity: Entity) -> list[str]:
    """Of the sides that face each other, those without an account on a page that has another's.

    A fact that says in words that a side's statement is missing stands for itself.
    """
    sides = [side for side in draft.settings.sides if side in draft.graph.entities]
    speaking = {side_of(draft.graph.entities, fact.says) for fact in entity.facts if fact.says}
    if not speaking.intersection(sides):
        return []
    names = [(side, draft.graph.entities[side].name) for side in sides if side not in speaking]
    said = [fact.text for fact in entity.facts]
    return sorted(name for _, name in names if not any(f"o statement by {name}" in text for text in said))


def quotations(draft: Draft, backlink: Backlink) -> dict[str, Any]:
    """An article that mentions an entity, with the sentences that do, unless its text may not be published."""
    article = draft.graph.archive.articles[backlink.article]
    record = article.record
    outlet = draft.graph.entities.get(record.source) if record.source else None
    address = f"articles/{record.id}"
    kinds = {block.number: block.kind for block in article.blocks()}
    quotes = []
    if record.rights.publish == "full":
        for sentence in backlink.sentences:
            text = record.title if sentence.block == 0 else article.body
            quotes.append(
                {
                    "words": links.with_marks(text, sentence.marks, sentence.start, sentence.end),
                    "href": draft.href(address, f"p-{sentence.block}") if sentence.block else draft.href(address),
                    "place": _spot(sentence, kinds),
                    "corrections": draft.graph.corrections(
                        record.id, sentence.start, sentence.end, "body" if sentence.block else "title"
                    ),
                }
            )
    return {
        "title": record.title, "href": draft.href(address), "outlet": outlet.name if outlet else "", "quotes": quotes,
        "date": f"{dates.words(record.date)} ({how_known(record)})" if record.date else "undated",
        "mentions": backlink.mentions, "language": record.language, "article": record.id,
    }  # fmt: skip


def _spot(sentence: Sentence, kinds: dict[int, str]) -> str:
    """Where a sentence stands, in words."""
    if sentence.block == 0:
        return "headline"
    return f"{kinds.get(sentence.block, 'paragraph')} {sentence.block}"


def relations(draft: Draft, entity: Entity, skip: Iterable[str]) -> list[tuple[str, list[Entity]]]:
    """What other records say of the entity, and its own `related`: (heading, entities), in the pages' order."""
    found: dict[str, list[Entity]] = {}
    for relation in draft.graph.relations.get(entity.id, ()):
        found.setdefault(relation.role, []).append(draft.graph.entities[relation.entity])
    nearby = {other: draft.graph.entities[other] for other in entity.related if other in draft.graph.entities}
    nearby |= {other.id: other for other in found.pop("see also", [])}
    shown = {other.id for others in found.values() for other in others}
    shown |= {target for path, target in references(entity) if path[0] not in ("related", "facts")}
    found["see also"] = [other for other in nearby.values() if other.id not in shown]
    roles = [role for role in wording.ROLES if found.get(role) and role not in skip]
    return [(wording.ROLES[role], in_order(found[role])) for role in roles]


def in_order(entities: list[Entity]) -> list[Entity]:
    """Dated entities by date, the others by name."""
    return sorted(entities, key=lambda e: (dates.sort_key(_date(e)), e.name.casefold(), e.id))


def _date(entity: Entity) -> str | None:
    return entity.date if isinstance(entity, Event) else entity.signed if isinstance(entity, Treaty) else None


def also(draft: Draft, entity: Entity) -> list[str]:
    """Entities whose facts name this one and that no other part of the page lists."""
    listed = {relation.entity for relation in draft.graph.relations.get(entity.id, ())} | set(entity.related)
    others = [other for other in draft.graph.named_in.get(entity.id, ()) if other not in listed]
    return sorted(others, key=lambda other: draft.graph.entities[other].name.casefold())


def elsewhere(entity: Entity) -> list[tuple[str, str, str]]:
    """(data set, id, address) of the entity in other data sets."""
    if entity.ids is None:
        return []
    known = ((key, getattr(entity.ids, key)) for key in ELSEWHERE)
    return [(ELSEWHERE[key][0], str(value), ELSEWHERE[key][1].format(value)) for key, value in known if value]


def pins(draft: Draft, places: Iterable[str], linked: bool = True) -> list[maps.Pin]:
    """The places of these ids that have a position."""
    found = []
    for identifier in places:
        place = draft.graph.entities.get(identifier)
        if isinstance(place, Place) and place.location:
            href = draft.href(links.place_of(place)) if linked else ""
            found.append(maps.Pin(place.location.lon, place.location.lat, place.name, href, place.id))
    return found


def all_of(site: Site, kind: type[Entity]) -> list[Any]:
    """All entities of a kind, by name."""
    found = [entity for entity in site.graph.entities.values() if isinstance(entity, kind)]
    return sorted(found, key=lambda e: (e.name.casefold(), e.id))
