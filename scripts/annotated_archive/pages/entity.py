"""What the pages of all four kinds share: names, facts and accounts, backlinks, relations, ids elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from annotated_archive.claims.sides import side_of
from annotated_archive.graph import references
from annotated_archive.pages import links, maps, passages, saying, wording
from annotated_archive.pages import parts as in_parts
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.parts import Item, Listing, numbered
from annotated_archive.records import dates
from annotated_archive.records.authority import Entity, Event, Fact, Place, Treaty

MAX_TOGETHER = 12
MOST = 120_000  # bytes that a list takes on one page, about
MOST_ROWS = 200  # other entities of one kind of relation
LISTS = {
    "mentions": "In the articles", "claims": "Claims made", "articles": "Articles from this source",
    "credited": "Articles that credit it",
}  # fmt: skip
"""The lists on an entity's page that grow with the archive: name, which is their fragment, and heading."""
OF_ACTORS = ("articles", "credited")
Values = Callable[[Draft, Any], dict[str, Any]]
"""What the template of one kind of entity is given besides what all are."""
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


def jobs(site: Site, kinds: Mapping[str, Values]) -> Iterator[Job]:
    """The page of each entity, and the further parts of the lists on it. `kinds` says what is special to each kind."""
    for entity in site.graph.entities.values():
        path = links.place_of(entity)
        yield Job(f"{path}.md", partial(_made, identifier=entity.id, special=kinds[entity.kind]))
        for name in LISTS:
            if name in OF_ACTORS and entity.kind != "actor":
                continue
            further = list(site.parts.jobs(f"{path}#{name}", _part, identifier=entity.id, name=name))
            yield from further[1:]


def listing(site: Site, path: str, name: str) -> Listing:
    """A list of an entity's page, whose path is given: its first part stands there, the others at addresses that no
    entity can have, since no id has a slash."""
    between = "" if name == "mentions" else f"{name}-"
    identifier = path.partition("/")[2]
    return Listing(list(_items(site, identifier, name)), MOST, numbered(path, f"/{between}"))


def _items(site: Site, identifier: str, name: str) -> Iterator[Item]:
    """Their weights are about as many bytes as they take."""
    articles = site.graph.record.articles
    days = site.once("days", lambda: {article: wording.day(file.date) for article, file in articles.items()})
    if name == "mentions":
        for article, mentions in site.graph.mentioned_in(identifier):
            yield Item(article, 500 + 400 * min(mentions, passages.QUOTES), days[article])
    elif name == "claims":
        made = site.asked.said.index.made.get(identifier, ())
        own = {file.record.id for file in made}
        for file in made:
            if any(other.type == "repeats" and other.claim in own for other in file.record.relations):
                continue  # what another text prints of the same statement: its words may have been altered on the way
            yield Item(file.record.id, 900, dates.words(file.record.claim.as_of) if file.record.claim else "")
    else:
        found = site.graph.sources if name == "articles" else site.asked.all_credited
        for article in found.get(identifier, ()):
            yield Item(article, 300 + len(articles[article].brief.title), days[article])


def _made(site: Site, identifier: str, special: Values) -> Page:
    entity = site.graph.entities[identifier]
    draft = Draft(site, links.place_of(entity), identifier)
    mentions, articles = site.counts(identifier)
    lists = {name: rows(draft, name, 1) for name in LISTS if entity.kind == "actor" or name not in OF_ACTORS}
    return draft.page(
        f"{entity.kind}.html",
        title=entity.name,
        description=entity.summary or f"{wording.type_word(entity.type)}, in {draft.settings.name}",
        kind=entity.kind,
        source=draft.graph.archive.entities[identifier].path,
        entity=entity,
        where=site.where(identifier),
        topics=topics(draft, entity),
        silent=silent_sides(draft, entity),
        lists=lists,
        backlinks=lists["mentions"].rows,
        articles=articles,
        mentions=mentions,
        together=draft.graph.together.get(identifier, ())[:MAX_TOGETHER],
        relations=relations(draft, entity, ("part of this event",) if entity.kind == "event" else ()),
        also=also(draft, entity),
        most=MOST_ROWS,
        elsewhere=elsewhere(entity),
        made=lists["claims"].rows,
        **special(draft, entity),
    )


def _part(site: Site, base: str, number: int, identifier: str, name: str) -> Page:
    """A further part of a list."""
    label = site.graph.label(identifier)
    assert label is not None
    draft = Draft(site, site.parts.part(base, number).path, identifier)
    found = rows(draft, name, number, links.place_of(label))
    return draft.page(
        "entity-part.html",
        title=f"{label.name}: {LISTS[name][0].lower() + LISTS[name][1:]}, part {number}",
        description=f"{LISTS[name]}: {label.name}, part {number}.",
        kind=label.kind,
        entity=label,
        main=links.place_of(label),
        heading=LISTS[name],
        name=name,
        found=found,
    )


@dataclass(frozen=True)
class Listed:
    """A part of a list: its rows, the ways to the others, its number, and how many entries all parts have."""

    rows: list[Any]
    parts: list[tuple[str, str]]
    part: in_parts.Part
    total: int | None


def rows(draft: Draft, name: str, number: int, path: str = "") -> Listed:
    """A part of a list of the entity that the draft is about; `path` is that of its own page."""
    site, identifier = draft.site, draft.about or ""
    base = f"{path or draft.path}#{name}"
    part = site.parts.part(base, number)
    found: list[Any]
    if name == "mentions":
        found = [passages.row(draft, backlink) for backlink in draft.graph.backlinks_in(identifier, part.ids)]
    elif name == "claims":
        found = saying.made(draft, identifier, part.ids)
    else:
        found = [draft.graph.archive.articles[article] for article in part.ids]
    return Listed(found, site.parts.nav(base), part, site.parts.total(base) if number == 1 else None)


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
        side = draft.graph.label(side_of(draft.graph.outlines, str(fact.says)))
        by_side.setdefault(side.name if side else str(fact.says), []).append(fact)
    return sorted(by_side.items(), key=lambda pair: pair[0].casefold())


def silent_sides(draft: Draft, entity: Entity) -> list[str]:
    """Of the sides that face each other, those without an account on a page that has another's.

    A fact that says in words that a side's statement is missing stands for itself.
    """
    sides = [side for side in draft.settings.sides if side in draft.graph.outlines]
    speaking = {side_of(draft.graph.outlines, fact.says) for fact in entity.facts if fact.says}
    if not speaking.intersection(sides):
        return []
    names = [(side, draft.graph.outlines[side].name) for side in sides if side not in speaking]
    said = [fact.text for fact in entity.facts]
    return sorted(name for _, name in names if not any(f"o statement by {name}" in text for text in said))


def relations(draft: Draft, entity: Entity, skip: Iterable[str]) -> list[tuple[str, list[Entity]]]:
    """What other records say of the entity, and its own `related`: (heading, entities), in the pages' order."""
    found: dict[str, list[Entity]] = {}
    for relation in draft.graph.relations.get(entity.id, ()):
        found.setdefault(relation.role, []).append(draft.graph.outlines[relation.entity])
    outlines = draft.graph.outlines
    nearby = {other: outlines[other] for other in entity.related if other in outlines}
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
    return sorted(others, key=lambda other: (label.name if (label := draft.graph.label(other)) else other).casefold())


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
        place = draft.graph.outlines.get(identifier)
        if isinstance(place, Place) and place.location:
            href = draft.href(links.place_of(place)) if linked else ""
            found.append(maps.Pin(place.location.lon, place.location.lat, place.name, href, place.id))
    return found


def all_of(site: Site, kind: type[Entity]) -> list[Any]:
    """All entities of a kind, by name."""
    found = [entity for entity in site.graph.entities.values() if isinstance(entity, kind)]
    return sorted(found, key=lambda e: (e.name.casefold(), e.id))
