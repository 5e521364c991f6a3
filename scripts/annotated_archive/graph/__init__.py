"""Everything resolved: mentions, backlinks with their sentences, what is named together, relations, the timeline.

Pages, exports and checks read this and ask the matcher nothing themselves, except for texts that are not articles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sentencex import segment

from annotated_archive.anchor.parts import parts
from annotated_archive.graph.placing import SHOWN, Annotated, age, numbered, place
from annotated_archive.graph.referring import citations, references, relations
from annotated_archive.names import ArticleMentions, Matcher, Mention, article_mentions
from annotated_archive.records import dates
from annotated_archive.records.article import LINKED
from annotated_archive.records.authority import Entity, Event, Place
from annotated_archive.records.bibliography import Work
from annotated_archive.records.text import Block
from annotated_archive.reuse import Found, Group, Shared
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
    "citations",
    "references",
    "resolve",
    "sentence_spans",
]


@dataclass(frozen=True)
class Sentence:
    """A sentence [start, end) of an article's body, its block, and the mentions [start, end) of one entity in it.

    Block 0 stands for the title; its offsets count in the title.
    """

    block: int
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Backlink:
    """An article that mentions an entity, with every sentence that does; without any, where its text is withheld."""

    article: str
    sentences: tuple[Sentence, ...]

    @property
    def mentions(self) -> int:
        """How often the article mentions the entity."""
        return sum(len(sentence.marks) for sentence in self.sentences)


@dataclass(frozen=True)
class Related:
    """An entity named in the same paragraphs: in how many, and in how many articles."""

    entity: str
    paragraphs: int
    articles: int


@dataclass(frozen=True)
class Relation:
    """Something another record says of an entity: `role` in words, and the other's id."""

    role: str
    entity: str


@dataclass(frozen=True)
class Graph:
    """The archive with everything resolved. Built by `resolve`."""

    archive: Archive
    matcher: Matcher = field(repr=False)
    mentions: dict[str, ArticleMentions] = field(repr=False)
    backlinks: dict[str, tuple[Backlink, ...]] = field(repr=False)
    together: dict[str, tuple[Related, ...]] = field(repr=False)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """All entities by id."""
        return {identifier: file.record for identifier, file in self.archive.entities.items()}

    @cached_property
    def articles(self) -> list[ArticleFile]:
        """All articles in the order of their dates; those without a date come last."""
        return sorted(self.archive.articles.values(), key=lambda a: (dates.moment_key(a.record.date), a.record.id))

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
            if article.record.source:
                found[article.record.source].append(article.record.id)
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
    def annotations(self) -> dict[str, tuple[Annotated, ...]]:
        """Article → its annotations (replies stand with what they reply to), in the order of their words."""
        found: dict[str, list[Annotated]] = defaultdict(list)
        for file in self.archive.annotations.values():
            article = self.archive.articles.get(file.record.article or "")
            if article is not None and not file.record.parent:
                found[article.record.id].append(place(file, self.parts(article), self.replies(file.record.id)))
        return {identifier: numbered(annotated) for identifier, annotated in found.items()}

    @cached_property
    def annotation(self) -> dict[str, Annotated]:
        """Every annotation of an article by its id, without replies."""
        return {a.file.record.id: a for annotated in self.annotations.values() for a in annotated}

    @cached_property
    def _replies(self) -> dict[str, list[AnnotationFile]]:
        found: dict[str, list[AnnotationFile]] = defaultdict(list)
        for file in sorted(self.archive.annotations.values(), key=age):
            if file.record.parent:
                found[file.record.parent].append(file)
        return found

    def replies(self, annotation: str) -> tuple[AnnotationFile, ...]:
        """The annotations that reply to one, by the time they were made."""
        return tuple(self._replies.get(annotation, ()))

    @cached_property
    def claims(self) -> dict[str, AnnotationFile]:
        """Every claim by its id, of articles and of works, that is neither withdrawn nor removed.

        Those of one article or work stand together, in the order of their words.
        """
        claims = (file for file in self.archive.annotations.values() if file.record.claim)
        found = sorted((file for file in claims if file.record.status in SHOWN), key=self._where)
        return {file.record.id: file for file in found}

    def _where(self, file: AnnotationFile) -> tuple[str, int, str]:
        """Sorts claims by what carries them, and by where they stand in it as far as that is known."""
        record, target = file.record, file.record.targets[0]
        work = self.work(record.work or "")
        words = work.words if work else []
        quoted = next((number for number, one in enumerate(words) if target.exact and target.exact in one), len(words))
        return record.article or record.work or "", target.start or 0 if record.article else quoted, record.id

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
        for other in self.entities.values():
            named = {m.entity for fact in other.facts for m in self.matcher.find(fact.text)[0]}
            for target in sorted(named - {other.id}):
                found[target].append(other.id)
        return {target: tuple(ids) for target, ids in found.items()}

    @cached_property
    def cited_by(self) -> dict[str, tuple[str, ...]]:
        """Work (or article) → ids of the entities that cite it."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.entities.values():
            for work in dict.fromkeys(work for _, works in citations(entity) for work in works):
                found[work].append(entity.id)
        return {work: tuple(ids) for work, ids in found.items()}

    @cached_property
    def _shared(self) -> Found:
        """Found when somebody asks, and written down in the folder for what is built."""
        texts = {article.record.id: article.body for article in self.articles if article.body}
        return remembered(texts, self.archive.build / "reuse") if len(texts) > 1 else Found()

    @cached_property
    def reuse(self) -> dict[str, tuple[Shared, ...]]:
        """Article → what it shares with others whose texts are here, the most words first."""
        found: dict[str, list[Shared]] = defaultdict(list)
        for one in self._shared.pairs:
            found[one.article].append(one)
            found[one.other].append(one.turned())
        return {name: tuple(sorted(ones, key=lambda o: (-o.words, o.other))) for name, ones in found.items()}

    @cached_property
    def groups(self) -> dict[str, tuple[Group, ...]]:
        """Article → the words in it that stand in very many articles, each as a group."""
        found: dict[str, list[Group]] = defaultdict(list)
        for group in self._shared.groups:
            for carrier in group.carriers:
                found[carrier.article].append(group)
        return {name: tuple(ones) for name, ones in found.items()}

    def work(self, identifier: str) -> Work | None:
        """The work of that id, unless it is an article of the archive."""
        return self.archive.works.get(identifier)

    def chain(self, place: Place) -> list[Place]:
        """The places that hold `place`, from the nearest to the country."""
        holders: list[Place] = []
        while place.within and isinstance(holder := self.entities.get(place.within), Place) and holder not in holders:
            holders.append(place := holder)
        return holders

    def block_mentions(self, article: ArticleFile) -> Iterator[tuple[Block, list[Mention]]]:
        """Each block of the article with the mentions in it; offsets count in the body."""
        waiting = list(self.mentions[article.record.id].body)
        for block in article.blocks():
            inside = []
            while waiting and waiting[0].start < block.end:
                inside.append(waiting.pop(0))
            yield block, inside


_HOURS = {"night": "02:00", "morning": "08:00", "evening": "19:00"}


def _hour(time: str | None) -> str:
    """A time for sorting: the first hour that an event's `time` gives, or one for its word; noon where it is silent."""
    hour = re.search(r"\b\d\d:\d\d\b", time or "")
    return hour.group() if hour else next((at for word, at in _HOURS.items() if word in (time or "").lower()), "12:00")


def resolve(archive: Archive) -> Graph:
    """Resolve all mentions of an archive whose records are sound."""
    matcher = Matcher(file.record for file in archive.entities.values())
    mentions: dict[str, ArticleMentions] = {}
    backlinks: dict[str, list[Backlink]] = defaultdict(list)
    paragraphs: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, Counter[str]] = defaultdict(Counter)
    ordered = sorted(archive.articles.values(), key=lambda a: (dates.moment_key(a.record.date), a.record.id))
    for article in ordered:
        record = article.record
        found = article_mentions(matcher, archive, article)
        mentions[record.id] = found
        sentences: dict[str, list[Sentence]] = defaultdict(list)
        _collect(record.title, 0, 0, found.title, record.language, sentences)
        pairs: set[tuple[str, str]] = set()
        waiting = iter([*found.body, None])
        mention = next(waiting)
        for block in article.blocks():
            inside: list[Mention] = []
            while mention is not None and mention.start < block.end:
                inside.append(mention)
                mention = next(waiting)
            _collect(block.text, block.number, block.start, inside, record.language, sentences)
            named = sorted({m.entity for m in inside})
            for one in named:
                paragraphs[one].update(other for other in named if other != one)
                pairs.update((one, other) for other in named if other != one)
        for one, other in pairs:
            articles[one][other] += 1
        if article.withheld:  # its lists were made by an editor who has the text, and are all that can be said
            for entity in (entity for name in LINKED.values() for entity in getattr(record, name)):
                sentences.setdefault(entity, [])
        for entity, list_of_sentences in sentences.items():
            backlinks[entity].append(Backlink(record.id, tuple(list_of_sentences)))
    together = {
        entity: tuple(
            Related(other, count, articles[entity][other])
            for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        for entity, counts in paragraphs.items()
    }
    return Graph(archive, matcher, mentions, {e: tuple(b) for e, b in backlinks.items()}, together)


def _collect(
    text: str,
    block: int,
    offset: int,
    mentions: Iterable[Mention],
    language: str,
    sentences: dict[str, list[Sentence]],
) -> None:
    """Add the sentences of one block that hold mentions to each entity's list."""
    mentions = list(mentions)
    if not mentions:
        return
    for start, end in sentence_spans(text, language):
        marks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for mention in mentions:
            if start <= mention.start - offset < end:
                marks[mention.entity].append((mention.start, mention.end))
        for entity, places in marks.items():
            last = max(max(stop for _, stop in places) - offset, end)
            sentences[entity].append(Sentence(block, start + offset, last + offset, tuple(places)))


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of a block as [start, end), without the white space between them."""
    spans: list[tuple[int, int]] = []
    at = 0
    for part in segment(language.split("-")[0], text):
        start = text.find(part, at)
        if start < 0:
            return [(0, len(text))]
        at = start + len(part)
        spans.append((start, start + len(part.rstrip())))
    return [span for span in spans if span[0] < span[1]] or [(0, len(text))]
