"""What a harvest looks for: outlets, languages and the names of an authority, small enough to travel."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotated_archive.harvest.sieve import Sieve
from annotated_archive.names import Matcher, forms_of
from annotated_archive.names.context import country_of
from annotated_archive.records.authority import KINDS, Actor, Entity, Event, Place
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.store import Archive

FORMAT = 2
"""Goes up whenever the same record and subject give another result."""
EVERY_OUTLET = "any"
_OUTLETS = ("outlet", "news-agency", "photo-agency")
_KEPT = {"id", "kind", "type", "name", "names", "forms", "weak", "not", "context", "date"}
"""What of an authority file the finding of names needs (an event cannot be without its date)."""


@dataclass(frozen=True)
class Named:
    """An entity as a harvest knows it: its name, and whether it is one of the subject's `own` or stands in any news."""

    name: str
    own: bool


@dataclass(frozen=True)
class Subject:
    """What is looked for. It holds values alone, and can be handed to other processes and machines.

    `entities` are authority files as JSON, cut down to their names; `named` says of each that counts what it is (what
    is missing there, such as outlets, counts nothing); `outlets` gives the outlet at each domain of the archive, and
    `countries` the country of each outlet. Of `hosts` and `languages` an empty tuple means all; `least` is the score
    from which a page becomes a candidate.
    """

    entities: tuple[str, ...] = field(repr=False)
    named: tuple[tuple[str, Named], ...] = field(repr=False)
    outlets: tuple[tuple[str, str], ...] = ()
    countries: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    least: int = 0

    @cached_property
    def digest(self) -> str:
        """What names everything that a result depends on beside the record itself."""
        values = [FORMAT, self.entities, [(one, named.name, named.own) for one, named in self.named], self.outlets,
                  self.countries, self.hosts, self.languages, self.least]  # fmt: skip
        return hashlib.blake2b(json.dumps(values).encode(), digest_size=16).hexdigest()

    @cached_property
    def records(self) -> tuple[Entity, ...]:
        """The authority files."""
        models = ((KINDS[data["kind"]], data) for data in map(json.loads, self.entities))
        return tuple(model.model_validate(data) for model, data in models)

    @cached_property
    def matcher(self) -> Matcher:
        """All forms of all names, ready to be found."""
        return Matcher(self.records)

    @cached_property
    def sieve(self) -> Sieve:
        """All forms again, ready to be looked for in a page that nobody has read yet."""
        return Sieve(self.records)

    @cached_property
    def weak(self) -> Mapping[str, frozenset[str]]:
        """Of each entity the forms that are weak."""
        return {record.id: frozenset(form.text for form in forms_of(record) if form.weak) for record in self.records}

    @cached_property
    def names(self) -> Mapping[str, Named]:
        """What each entity is that counts."""
        return dict(self.named)

    @cached_property
    def outlet_ids(self) -> Mapping[str, str]:
        """The outlet at each domain."""
        return dict(self.outlets)

    @cached_property
    def country_ids(self) -> Mapping[str, str]:
        """The country of each outlet."""
        return dict(self.countries)

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(self.hosts)

    def wants_host(self, host: str) -> bool:
        """Whether a host is, or lies in, one of those asked for."""
        if not self._hosts:
            return True
        while host:
            if host in self._hosts:
                return True
            host = host.partition(".")[2]
        return False

    def wants_language(self, language: str) -> bool:
        """Whether a language is one of those asked for; one that is not known (und) may be."""
        main = language.split("-")[0]
        return not self.languages or main in ("", "und") or main in self.languages

    def __getstate__(self) -> dict[str, object]:
        """The values alone: what was made of them is made again where they arrive."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}


def subject_of(archive: Archive, outlets: Iterable[str], languages: Iterable[str], least: int) -> Subject:
    """The subject of an archive. `outlets` are ids of its outlets, domains, or `any`; none: all outlets with a domain.

    Raises ContentError (HARVEST-OUTLET) where an outlet is not known, or none has a domain.
    """
    records = [file.record for _, file in sorted(archive.entities.items())]
    domains = {
        record.id: tuple(domain.removeprefix("www.") for domain in record.domains)
        for record in records
        if isinstance(record, Actor) and record.domains
    }
    own = _own(records)
    named = ((r.id, Named(r.name, own[r.id])) for r in records if r.type not in _OUTLETS)
    countries = ((one, country_of(one, archive)) for one in sorted(domains))
    return Subject(
        entities=tuple(_cut(record) for record in records),
        named=tuple(named),
        outlets=tuple(sorted((domain, one) for one, several in domains.items() for domain in several)),
        countries=tuple((one, country) for one, country in countries if country),
        hosts=_hosts(domains, tuple(outlets)),
        languages=tuple(sorted({language.split("-")[0].lower() for language in languages})),
        least=least,
    )


def _cut(record: Entity) -> str:
    """An authority file with nothing but what names are found by."""
    values = plain(record)
    kept = {key: value for key, value in values.items() if key in _KEPT}
    kept["names"] = [{**name, "cite": name["cite"][:1]} for name in values.get("names", [])]
    return json.dumps(kept, sort_keys=True)


def _hosts(domains: Mapping[str, tuple[str, ...]], asked: tuple[str, ...]) -> tuple[str, ...]:
    if EVERY_OUTLET in asked:
        return ()
    found: set[str] = set()
    for one in asked or domains:
        if one in domains:
            found.update(domains[one])
        elif "." in one:
            found.add(one.lower().removeprefix("www."))
        else:
            message = f"no outlet {one_line(one)} with `domains` is in the archive"
            raise _no_outlet(message)
    if not found:
        raise _no_outlet("no outlet of the archive has `domains`")
    return tuple(sorted(found))


def _no_outlet(message: str) -> ContentError:
    mend = "Give --outlet with a domain, or `--outlet any` for all there are."
    return ContentError(Diagnostic("archive/authority/actors", 1, 1, "HARVEST-OUTLET", message, mend))


def _own(records: list[Entity]) -> dict[str, bool]:
    """Of each entity, whether it is the subject's own.

    A country is, in which an event of the archive took place and one of its other places lies (where none is so, all
    are), and what lies in it; an actor is, whose side is such a country or who has none; treaties and events always
    are. International organisations are not: they stand in news of everything.
    """
    places = {record.id: record for record in records if isinstance(record, Place)}
    events = [record for record in records if isinstance(record, Event)]
    scenes = {home for event in events for place in event.places if (home := _country(place, places))}
    scenes &= {home for place in places if (home := _country(place, places)) != place}

    def at_home(place: str | None) -> bool:
        country = _country(place, places) if place else None
        return not scenes or country is None or country in scenes

    return {
        record.id: at_home(record.id)
        if isinstance(record, Place)
        else record.type != "international-organisation" and at_home(record.side)
        if isinstance(record, Actor)
        else True
        for record in records
    }


def _country(place: str | None, places: Mapping[str, Place]) -> str | None:
    """The country that a place is or lies in, as far as the archive says so."""
    seen: set[str] = set()
    while place is not None and place in places and place not in seen:
        if places[place].type == "country":
            return place
        seen.add(place)
        place = places[place].within
    return None
