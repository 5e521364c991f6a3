"""Authority files: the record of one place, actor, treaty or event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from annotated_archive.records.base import Citations, Edtf, Id, Language, Record, Reference, Text, Url
from annotated_archive.records.conditions import given

PlaceType = Literal[
    "town", "village", "city", "district", "province", "country", "region", "former-state", "massif",
]  # fmt: skip
ActorType = Literal[
    "person", "ministry", "government-office", "state-body", "armed-force", "military-unit", "organisation",
    "international-organisation", "de-facto-authority", "outlet", "news-agency", "photo-agency", "company",
    "weapon-system",
]  # fmt: skip
TreatyType = Literal[
    "treaty", "charter", "protocol", "ceasefire", "statement", "declaration", "resolution", "agreement", "principles",
    "framework",
]  # fmt: skip
EventType = Literal[
    "war", "fighting", "attack", "ceasefire", "agreement", "statement", "decision", "session", "appeal",
    "proclamation", "referendum", "violence", "displacement", "blockade", "court-order", "election", "dissolution",
    "mission", "withdrawal", "announcement", "meeting", "dispute", "disruption", "explosion",
]  # fmt: skip


class NameForm(Record):
    """A name in a language, with who uses it."""

    text: Text
    lang: Language
    script: Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]{3}$")] | None = None
    note: Text | None = None
    cite: Citations


class Fact(Record):
    """One to three sentences of plain text with the works they rest on. `says`: whose account it is."""

    text: Text
    says: Id | None = None
    topic: Text | None = None
    cite: Citations


class Location(Record):
    """Decimal degrees, WGS 84."""

    lat: Annotated[float, Field(ge=-90, le=90, strict=False)]
    lon: Annotated[float, Field(ge=-180, le=180, strict=False)]
    note: Text | None = None
    cite: Citations


class Identifiers(Record):
    """Ids in other data sets, none of them guessed."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")] | None = None
    geonames: Annotated[int, Field(gt=0)] | None = None
    whosonfirst: Annotated[int, Field(gt=0)] | None = None
    cite: Citations


class Context(Record):
    """When some `forms`, weak or claimed by others too, mean this entity: where all conditions hold that are given.

    `language` is that of the article, `source_in` the country of its outlet; one of the entities in `with` is surely
    named in the article, and none of those in `without`: by a full form that is theirs alone, or by an editor.
    """

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [
            given("language"), given("source_in"),
            {"required": ["with"], "properties": {"with": {"minItems": 1}}},
            {"required": ["without"], "properties": {"without": {"minItems": 1}}},
        ]}
    )  # fmt: skip

    forms: Annotated[list[Text], Field(min_length=1)]
    language: Language | None = None
    source_in: Id | None = None
    with_: Annotated[list[Id], Field(alias="with", description="One of these is surely named in the article.")] = []
    without: Annotated[list[Id], Field(description="None of these is surely named in the article.")] = []

    @model_validator(mode="after")
    def _conditional(self) -> Context:
        if self.language is None and self.source_in is None and not self.with_ and not self.without:
            raise ValueError("give a condition: `language`, `source_in`, `with` or `without`")
        return self


class Authority(Record):
    """What the four kinds share. `forms` are extra spellings to match; `weak` ones link only beside a strong one,
    or where a rule under `context` says so."""

    last: ClassVar[tuple[str, ...]] = ("facts", "related")

    id: Id
    kind: str
    type: str
    name: Text
    summary: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^\S")] | None = None
    summary_cite: list[Reference] = []
    names: list[NameForm] = []
    forms: list[str] = []
    weak: list[str] = []
    not_: Annotated[list[str], Field(alias="not", description="Phrases in which no form matches.")] = []
    context: list[Context] = []
    ids: Identifiers | None = None
    facts: list[Fact] = []
    related: list[Id] = []


class Place(Authority):
    """A town, village, district, province, country or region."""

    kind: Literal["place"]
    type: PlaceType
    location: Location | None = None
    within: Id | None = None
    iso: Text | None = None


class Office(Record):
    """An office a person holds or held."""

    title: Text
    of: Id | None = None
    from_: Annotated[Edtf | None, Field(alias="from")] = None
    until: Edtf | None = None
    cite: Citations


class Actor(Authority):
    """A person in public office, a body, a force, an organisation or an outlet."""

    kind: Literal["actor"]
    type: ActorType
    side: Id | None = None
    part_of: list[Id] = []
    offices: list[Office] = []
    members: list[Id] = []
    members_cite: list[Reference] = []
    domains: list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]] = []


class OfficialText(Record):
    """Where a treaty's text can be read."""

    label: Text
    url: Url
    cite: list[Reference] = []


class Treaty(Authority):
    """A treaty, statement, protocol or resolution."""

    kind: Literal["treaty"]
    type: TreatyType
    parties: list[Id] = []
    signed: Edtf | None = None
    signed_at: Id | None = None
    in_force: Edtf | None = None
    ended: Edtf | None = None
    dates_cite: list[Reference] = []
    status: Text | None = None
    status_cite: list[Reference] = []
    texts: list[OfficialText] = []


class Event(Authority):
    """Something that happened at a time."""

    kind: Literal["event"]
    type: EventType
    date: Edtf
    date_cite: list[Reference] = []
    time: Text | None = None
    part_of_event: Id | None = None
    places: list[Id] = []
    actors: list[Id] = []
    treaties: list[Id] = []


Entity = Place | Actor | Treaty | Event
KINDS: dict[str, type[Entity]] = {"place": Place, "actor": Actor, "treaty": Treaty, "event": Event}
FOLDERS = {"place": "places", "actor": "actors", "treaty": "treaties", "event": "events"}
"""Kind → its folder under `archive/authority`, and under the site's root."""


def citations(entity: Authority) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
    """Every list of citations in an authority file, with its path in the file."""
    data = entity.model_dump(by_alias=True, exclude_none=True)

    def walk(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
        if isinstance(value, dict):
            for name, inner in value.items():
                if (name == "cite" or name.endswith("_cite")) and isinstance(inner, list):
                    yield (*path, name), inner
                else:
                    yield from walk(inner, (*path, name))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from walk(inner, (*path, number))

    return walk(data, ())


def prose(entity: Authority) -> Iterator[str]:
    """The texts of our own that a record holds."""
    texts: list[str | None] = [entity.summary, *(fact.text for fact in entity.facts)]
    if isinstance(entity, Place) and entity.location:
        texts.append(entity.location.note)
    if isinstance(entity, Treaty):
        texts.append(entity.status)
    if isinstance(entity, Actor):
        texts += [office.title for office in entity.offices]
    return filter(None, texts)
