"""Everything resolved: mentions, backlinks with their sentences, what is named together, relations, the timeline.

Pages, exports and checks read this and ask the matcher nothing themselves, except for texts that are not articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from annotated_archive.anchor.parts import parts
from annotated_archive.graph.naming import Backlink, BacklinksOf, MentionsOf, Named, Related, TogetherWith
from annotated_archive.graph.placing import SHOWN, Annotated, AnnotationById, AnnotationsOf, Placing
from annotated_archive.graph.referring import references, relations
from annotated_archive.names import ArticleMentions, Matcher, Mention, named_in_prose, pieces_of
from annotated_archive.names.sentences import Sentence, sentence_spans
from annotated_archive.records import dates
from annotated_archive.records.article import LINKED
from annotated_archive.records.authority import Entity, Event, Place
from annotated_archive.records.bibliography import Work
from annotated_archive.records.text import Block
from annotated_archive.reuse import Group, Shared
from annotated_archive.reuse.arrays import Sharing
from annotated_archive.reuse.remembered import remembered
from annotated_archive.store import AnnotationFile, Archive, ArticleFile

__all__ = [
    "SHOWN",
    "Annotated",
    "Backlink",
    "Graph",
    "Related",
    "Relation",
    "Sentence",
    "references",
    "resolve",
    "sentence_spans",
]


@dataclass(frozen=True)
class Relation:
    """Something another record says of an entity: `role` in words, and the other's id."""

    role: str
    entity: str


@dataclass(frozen=True)
class Graph:
    """The archive with everything resolved, each thing when it is asked for. Built by `resolve`."""

    archive: Archive
    matcher: Matcher = field(repr=False)
    mentions: Mapping[str, ArticleMentions] = field(repr=False)
    backlinks: Mapping[str, tuple[Backlink, ...]] = field(repr=False)
    together: Mapping[str, tuple[Related, ...]] = field(repr=False)
    named: Named = field(default_factory=Named, repr=False)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """All entities by id."""
        return {identifier: file.record for identifier, file in self.archive.entities.items()}

    @property
    def outlines(self) -> Mapping[str, Entity]:
        """All entities by id, for who asks only what they are (see `tracing`)."""
        return self.entities

    @cached_property
    def articles(self) -> list[ArticleFile]:
        """All articles in the order of their dates; those without a date come last."""
        return sorted(self.archive.articles.values(), key=lambda a: (dates.moment_key(a.date), a.id))

    @cached_property
    def timeline(self) -> list[Event]:
        """All events in the order of their dates."""
        events = [entity for entity in self.entities.values() if isinstance(entity, Event)]
        larger = {event.part_of_event for event in events}

        def order(event: Event) -> tuple[date, date, str, str]:
            """A larger event begins before what happened within it; all others stand by `dates.order_key`."""
            key = dates.sort_key(event.date) if event.id in larger else dates.order_key(event.date)
            return *key, "" if event.id in larger else _hour(event.time), event.id

        return sorted(events, key=order)

    @cached_property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """Outlet → ids of its articles, in the order of their dates."""
        found: dict[str, list[str]] = defaultdict(list)
        for article in self.articles:
            if article.brief.source:
                found[article.brief.source].append(article.id)
        return {source: tuple(ids) for source, ids in found.items()}

    @cached_property
    def relations(self) -> dict[str, tuple[Relation, ...]]:
        """Entity → what other records say of it, in the order of their ids."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for other in self.entities.values():
            for role, target in relations(other):
                relation = Relation(role, other.id)
                if target != other.id and relation not in found[target]:
                    found[target].append(relation)
        return {target: tuple(relations) for target, relations in found.items()}

    @cached_property
    def _placing(self) -> Placing:
        return Placing(self.archive)

    @cached_property
    def annotations(self) -> Mapping[str, tuple[Annotated, ...]]:
        """Article → its annotations (replies stand with what they reply to), in the order of their words."""
        return AnnotationsOf(self._placing)

    def place_all(self, articles: Iterable[str], keep: bool = True) -> None:
        """Place all annotations of these articles now, on all cores; `keep`: write down where they stand."""
        self._placing.place_all(articles, keep)

    @cached_property
    def annotation(self) -> Mapping[str, Annotated]:
        """Every annotation of an article by its id, without replies."""
        return AnnotationById(self._placing)

    def replies(self, annotation: str) -> tuple[AnnotationFile, ...]:
        """The annotations that reply to one, by the time they were made."""
        return self._placing.replies(annotation)

    @cached_property
    def claims(self) -> dict[str, AnnotationFile]:
        """Every claim by its id, of articles and of works, that is neither withdrawn nor removed.

        Those of one article or work stand together, in the order of their words.
        """
        claims = (file for file in self.archive.annotations.values() if file.kind == "claim")
        found = sorted((file for file in claims if file.status in SHOWN), key=self._where)
        return {file.id: file for file in found}

    def _where(self, file: AnnotationFile) -> tuple[str, int, str]:
        """Sorts claims by what carries them, and by where they stand in it as far as that is known."""
        if file.article:
            return file.article, file.brief.start, file.id
        exact = file.record.targets[0].exact
        work = self.work(file.brief.work)
        words = work.words if work else []
        quoted = next((number for number, one in enumerate(words) if exact and exact in one), len(words))
        return file.brief.work, quoted, file.id

    def corrections(self, article: str, start: int, end: int, part: str = "body") -> list[Annotated]:
        """The corrections of words in [start, end) of a part of an article: whoever quotes them carries these along."""
        return [
            note
            for note in self.annotations.get(article, ())
            if note.file.record.kind == "correction"
            and note.file.record.status in SHOWN
            and any(first < end and start < last for first, last in getattr(note, part))
        ]

    def corrections_of(self, annotation: str) -> list[Annotated]:
        """The corrections of words that an annotation of an article is about, in the order of their numbers."""
        one = self.annotation.get(annotation)
        if one is None or one.file.record.kind == "correction":
            return []
        found = {
            fix.number: fix
            for part in ("title", "body")
            for start, end in getattr(one, part)
            for fix in self.corrections(one.file.record.article or "", start, end, part)
        }
        return [found[number] for number in sorted(found)]

    def parts(self, article: ArticleFile) -> dict[str, str]:
        """The texts of an article that annotations can be about, by the name of the part."""
        return parts(self.archive, article)

    @cached_property
    def named_in(self) -> dict[str, tuple[str, ...]]:
        """Entity → entities whose facts name it."""
        found: dict[str, list[str]] = defaultdict(list)
        for other in self.archive.entities.values():
            named = {mention.entity for fact in other.brief.facts for mention in self.prose[fact]} - {other.id}
            for target in sorted(named):
                found[target].append(other.id)
        return {target: tuple(ids) for target, ids in found.items()}

    @cached_property
    def prose(self) -> dict[str, list[Mention]]:
        """Digest of each text of our own in the records of entities → the names in it."""
        return named_in_prose(self.archive, self.matcher)

    @cached_property
    def cited_by(self) -> dict[str, tuple[str, ...]]:
        """Work (or article) → ids of the entities that cite it."""
        found: dict[str, list[str]] = defaultdict(list)
        for file in self.archive.entities.values():
            for work in file.brief.cited:
                found[work].append(file.id)
        return {work: tuple(ids) for work, ids in found.items()}

    @cached_property
    def _shared(self) -> Sharing:
        """Found when somebody asks, and written down in the folder for what is built."""
        archive = self.archive
        digests = {name: archive.digests[one.text_file or one.path] for name, one in archive.articles.items()}
        return remembered(digests, lambda name: archive.articles[name].body, archive.build / "reuse")

    @cached_property
    def reuse(self) -> Mapping[str, tuple[Shared, ...]]:
        """Article → what it shares with others whose texts are here, the most words first."""
        return self._shared.pairs

    @cached_property
    def groups(self) -> Mapping[str, tuple[Group, ...]]:
        """Article → the words in it that stand in very many articles, each as a group."""
        return self._shared.groups

    def shared_digest(self, article: str) -> str:
        """Says what an article shares with others (`reuse`, `groups`): while it is the same, so are they."""
        return self._shared.digest(article)

    def work(self, identifier: str) -> Work | None:
        """The work of that id, unless it is an article of the archive."""
        return self.archive.works.get(identifier)

    def chain(self, place: Place) -> list[Place]:
        """The places that hold `place`, from the nearest to the country."""
        holders: list[Place] = []
        while place.within and isinstance(holder := self.outlines.get(place.within), Place) and holder not in holders:
            holders.append(place := holder)
        return holders

    def piece_digest(self, article: str) -> str:
        """Changes when anything does that the names in an article say: its mentions, doubts and sentences."""
        return self.named.pieces.digest(article)

    def backlink_digest(self, entity: str) -> str:
        """Changes when an entity's backlinks do, or the words of one of their sentences."""
        return self.named.backlink_digest(entity)

    def together_digest(self, entity: str) -> str:
        """Changes when what is named together with an entity does."""
        return self.named.together_digest(entity)

    def block_mentions(self, article: ArticleFile) -> Iterator[tuple[Block, list[Mention]]]:
        """Each block of the article with the mentions in it; offsets count in the body."""
        mentions = self.mentions[article.record.id].body
        first = 0
        for block in article.blocks():
            last = first
            while last < len(mentions) and mentions[last].start < block.end:
                last += 1
            yield block, list(mentions[first:last])
            first = last


_HOURS = {"night": "02:00", "morning": "08:00", "evening": "19:00"}


def _hour(time: str | None) -> str:
    """A time for sorting: the first hour that an event's `time` gives, or one for its word; noon where it is silent."""
    hour = re.search(r"\b\d\d:\d\d\b", time or "")
    return hour.group() if hour else next((at for word, at in _HOURS.items() if word in (time or "").lower()), "12:00")


def resolve(archive: Archive) -> Graph:
    """Resolve all mentions of an archive whose records are sound."""
    matcher = Matcher(file.record for file in archive.entities.values())
    pieces = pieces_of(archive, matcher)
    lists = {
        article: [entity for name in LINKED.values() for entity in getattr(archive.articles[article].record, name)]
        for article, stamp in pieces.stamps.items()
        if stamp.withheld
    }
    named = Named(pieces, lists)
    return Graph(archive, matcher, MentionsOf(named), BacklinksOf(named), TogetherWith(named), named)
