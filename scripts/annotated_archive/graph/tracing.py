"""What a page reads of the graph, so that it is made again when that changes, and only then.

A `Traced` graph gives what the graph gives, and notes it: nothing can be read of it unnoticed. What was read stands as
a key; `digest` says the present state of what a key stands for. A page whose keys all have the digests that they had
when it was made is the same page, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from annotated_archive.graph import Annotated, Backlink, Graph, Related, Relation
from annotated_archive.graph.noted import ALL, Key, Noted, Notes
from annotated_archive.graph.states import States, hashed
from annotated_archive.names import ArticleMentions, Matcher, Mention
from annotated_archive.records.authority import Entity, Event
from annotated_archive.records.bibliography import Work
from annotated_archive.records.question import Question
from annotated_archive.reuse import Group, Shared
from annotated_archive.store import AnnotationFile, Archive, ArticleFile, DocFile, EntityFile, LedgerFile

__all__ = ["Key", "Label", "Traced", "TracedArchive", "traced"]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Label:
    """What a link to an entity's page shows."""

    id: str
    kind: str
    name: str


class TracedArchive(Archive):
    """The record, as far as pages read it; what is not given here cannot be read."""

    def __init__(self, archive: Archive, notes: Notes) -> None:
        object.__setattr__(self, "_archive", archive)
        object.__setattr__(self, "_notes", notes)

    _archive: Archive
    _notes: Notes

    def _noted(self, what: str, values: Mapping[str, Value]) -> dict[str, Value]:
        return cast("dict[str, Value]", Noted(what, lambda: values, self._notes))

    @cached_property
    def articles(self) -> dict[str, ArticleFile]:
        """The articles by id."""
        return self._noted("article", self._archive.articles)

    @cached_property
    def entities(self) -> dict[str, EntityFile]:
        """The authority files by id."""
        return self._noted("entity", self._archive.entities)

    @cached_property
    def works(self) -> dict[str, Work]:
        """The works by id."""
        return self._noted("work", self._archive.works)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions by id."""
        return self._noted("question", self._archive.questions)

    @cached_property
    def ledgers(self) -> dict[str, LedgerFile]:
        """The ledgers by id."""
        return self._noted("ledger", self._archive.ledgers)

    @cached_property
    def annotations(self) -> dict[str, AnnotationFile]:
        """The annotations by id."""
        return self._noted("annotation", self._archive.annotations)

    @cached_property
    def docs(self) -> dict[str, DocFile]:
        """The pages written by hand, by name."""
        return self._noted("doc", self._archive.docs)

    @property
    def private(self) -> bool:
        """Whether this is the private edition, which has its own folder for what is built."""
        return self._archive.private

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"pages cannot read `{name}` of the archive: nothing notes it")


class Traced(Graph):
    """A graph that notes what is read of it. One thread at a time reads it."""

    def __init__(self, graph: Graph) -> None:
        self._set("_graph", graph)
        self._set("_notes", Notes())
        self._set("archive", TracedArchive(graph.archive, self._notes))
        self._set("_queries", {})
        self._set("_digests", {})
        self._set("_placed", {})
        self._set("_told", States(graph))

    _graph: Graph
    _notes: Notes
    _queries: dict[str, Callable[[str], object]]
    _digests: dict[Key, str]
    _placed: dict[str, dict[str, Annotated]]
    _told: States

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    # What is noted, and what it stands for.

    @contextmanager
    def noting(self) -> Iterator[set[Key]]:
        """Gives the set of the keys of all that is read until the block ends."""
        with self._notes.noting() as keys:
            yield keys

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Nothing that is read in the block is noted: for what only queries ask."""
        with self._notes.apart():
            yield

    @property
    def record(self) -> Archive:
        """The record itself: for queries alone, since nothing that is read of it is noted."""
        return self._graph.archive

    def note(self, what: str, which: str = ALL) -> None:
        """Note a key that is read elsewhere."""
        self._notes.add(what, which)

    def query(self, what: str, make: Callable[[str], Value]) -> Callable[[str], Value]:
        """A question that many pages ask, answered once for each `which`: what is read for the answer is not noted,
        but the answer itself, by its value. That must be of records and their files, or say all of itself in `repr`."""
        known: dict[str, Value] = {}

        def answer(which: str) -> Value:
            self._notes.add(what, which)
            if which not in known:
                with self._notes.apart():
                    known[which] = make(which)
            return known[which]

        self._queries[what] = answer
        return answer

    def digest(self, key: Key) -> str:
        """The present state of what a key stands for: while it is the same, so is what was read."""
        if key not in self._digests:
            with self._notes.apart():
                self._digests[key] = hashed(self._state(*key))
        return self._digests[key]

    def _state(self, what: str, which: str) -> object:
        if what in self._queries:
            return self._told.of(self._queries[what](which))
        if what.endswith("?"):
            return which in self._mappings[what[:-1]]()
        if which != ALL and what in self._states:
            return self._states[what](which)
        values = self._mappings[what]()
        if which != ALL:
            return self._told.of(values.get(which))
        return [(name, self._told.of(value)) for name, value in values.items()]

    @cached_property
    def _mappings(self) -> dict[str, Callable[[], Mapping[str, Any]]]:
        """What keys speak of; some of it takes long to find, and is found when somebody has read it."""
        graph, archive = self._graph, self._graph.archive
        return {
            "article": lambda: archive.articles, "entity": lambda: archive.entities, "work": lambda: archive.works,
            "question": lambda: archive.questions, "ledger": lambda: archive.ledgers,
            "annotation": lambda: archive.annotations, "doc": lambda: archive.docs,
            "mentions": lambda: graph.mentions, "backlinks": lambda: graph.backlinks,
            "together": lambda: graph.together, "relations": lambda: graph.relations, "claim": lambda: graph.claims,
            "sources": lambda: graph.sources, "named_in": lambda: graph.named_in, "cited_by": lambda: graph.cited_by,
            "annotations": lambda: graph.annotations, "reuse": lambda: graph.reuse, "groups": lambda: graph.groups,
            "timeline": lambda: {event.id: event for event in graph.timeline}, "outline": lambda: graph.entities,
            "forms": lambda: self._told.forms,
        }  # fmt: skip

    @cached_property
    def _states(self) -> dict[str, Callable[[str], object]]:
        """What tells the state of a key without making what it stands for."""
        return {
            "mentions": self._graph.piece_digest, "backlinks": self._graph.backlink_digest,
            "together": self._graph.together_digest, "reuse": self._graph.shared_digest,
            "groups": self._graph.shared_digest, "annotations": self._told.annotations,
            "annotated": self._told.annotation, "replies": self._told.replies, "corrections": self._told.corrections,
            "label": self._label, "outline": self._told.outline,
        }  # fmt: skip

    # The graph.

    archive: Archive

    @property
    def matcher(self) -> Matcher:
        """The matcher. Whoever asks it depends on all that it may know of entities; `pages` asks it in queries."""
        self._notes.add("forms")
        return self._graph.matcher

    @property
    def prose(self) -> dict[str, list[Mention]]:
        """The names in our own texts. Whoever asks depends on all that the matcher may know of entities, as of it."""
        self._notes.add("forms")
        return self._graph.prose

    def _noted(self, what: str, values: Callable[[], Mapping[str, Value]]) -> dict[str, Value]:
        return cast("dict[str, Value]", Noted(what, values, self._notes))

    @cached_property
    def mentions(self) -> dict[str, ArticleMentions]:
        """Article → its mentions."""
        return self._noted("mentions", lambda: self._graph.mentions)

    @cached_property
    def backlinks(self) -> dict[str, tuple[Backlink, ...]]:
        """Entity → the articles that mention it."""
        return self._noted("backlinks", lambda: self._graph.backlinks)

    @cached_property
    def together(self) -> dict[str, tuple[Related, ...]]:
        """Entity → what is named together with it."""
        return self._noted("together", lambda: self._graph.together)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """All entities by id."""
        return self._noted("entity", lambda: self._graph.entities)

    @cached_property
    def outlines(self) -> dict[str, Entity]:
        """All entities by id, for who asks what they are: without their facts, summaries and names in other languages,
        which alone change often."""
        return self._noted("outline", lambda: self._told.outlines)

    @property
    def articles(self) -> list[ArticleFile]:
        """All articles in the order of their dates."""
        self._notes.add("article")
        return self._graph.articles

    @property
    def timeline(self) -> list[Event]:
        """All events in the order of their dates."""
        self._notes.add("timeline")
        return self._graph.timeline

    @cached_property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """Outlet → ids of its articles."""
        return self._noted("sources", lambda: self._graph.sources)

    @cached_property
    def relations(self) -> dict[str, tuple[Relation, ...]]:
        """Entity → what other records say of it."""
        return self._noted("relations", lambda: self._graph.relations)

    @cached_property
    def annotations(self) -> dict[str, tuple[Annotated, ...]]:
        """Article → its annotations."""
        return self._noted("annotations", lambda: self._graph.annotations)

    @cached_property
    def claims(self) -> dict[str, AnnotationFile]:
        """Every claim that counts, by id."""
        return self._noted("claim", lambda: self._graph.claims)

    @cached_property
    def named_in(self) -> dict[str, tuple[str, ...]]:
        """Entity → entities whose facts name it."""
        return self._noted("named_in", lambda: self._graph.named_in)

    @cached_property
    def cited_by(self) -> dict[str, tuple[str, ...]]:
        """Work → the entities that cite it."""
        return self._noted("cited_by", lambda: self._graph.cited_by)

    @cached_property
    def reuse(self) -> dict[str, tuple[Shared, ...]]:
        """Article → what it shares with others."""
        return self._noted("reuse", lambda: self._graph.reuse)

    @cached_property
    def groups(self) -> dict[str, tuple[Group, ...]]:
        """Article → the words in it that stand in very many articles."""
        return self._noted("groups", lambda: self._graph.groups)

    @property
    def annotation(self) -> dict[str, Annotated]:
        """Annotations are read by article: see `annotated`."""
        raise AttributeError("pages cannot read `annotation` of the graph: ask `annotated`")

    def annotated(self, annotation: str) -> Annotated | None:
        """An annotation of an article with its place; None for replies and for what works carry."""
        file = self.archive.annotations.get(annotation)
        if file is None or file.record.parent or not file.record.article:
            return None
        article = file.record.article
        self._notes.add("annotated", annotation)
        if article not in self._placed:
            found = self._graph.annotations.get(article, ())
            self._placed[article] = {one.file.record.id: one for one in found}
        return self._placed[article].get(annotation)

    def mentioned_in(self, entity: str) -> list[tuple[str, int]]:
        """(article, mentions) of each backlink of an entity. Not noted: for queries."""
        return self._graph.named.mentioned_in(entity)

    def named_by(self, article: str) -> list[str]:
        """The entities that an article mentions, in the order of their first mention. Not noted: for queries."""
        return self._graph.named.pieces.named(article)

    def backlinks_in(self, entity: str, articles: Collection[str]) -> list[Backlink]:
        """The backlinks of an entity that lie in these articles, in their order: each comes from its article alone."""
        for article in articles:
            self._notes.add("article", article)
            self._notes.add("mentions", article)
        return self._graph.named.backlinks_in(entity, articles)

    def replies(self, annotation: str) -> tuple[AnnotationFile, ...]:
        """The annotations that reply to one, by the time they were made."""
        self._notes.add("replies", annotation)
        return self._graph.replies(annotation)

    def corrections(self, article: str, start: int, end: int, part: str = "body") -> list[Annotated]:
        """The corrections of words in [start, end) of a part of an article."""
        self._notes.add("corrections", article)
        return self._graph.corrections(article, start, end, part) if article in self._told.corrected else []

    def corrections_of(self, annotation: str) -> list[Annotated]:
        """The corrections of words that an annotation of an article is about, in the order of their numbers."""
        file = self.archive.annotations.get(annotation)
        article = file.record.article or "" if file else ""
        self._notes.add("corrections", article)
        return self._graph.corrections_of(annotation) if article in self._told.corrected else []

    def parts(self, article: ArticleFile) -> dict[str, str]:
        """The texts of an article that annotations can be about, by the name of the part."""
        self._notes.add("article", article.record.id)
        self._notes.add("ledger", article.record.id)
        return self._graph.parts(article)

    def label(self, entity: str) -> Label | None:
        """What a link to an entity's page shows; None where there is no such entity."""
        self._notes.add("label", entity)
        return self._label(entity)

    def _label(self, entity: str) -> Label | None:
        known = self._graph.entities.get(entity)
        return Label(known.id, known.kind, known.name) if known else None


def traced(graph: Graph) -> Traced:
    """The graph, traced; the same one each time."""
    if isinstance(graph, Traced):
        return graph
    known = graph.__dict__.get("_traced")
    if not isinstance(known, Traced):
        known = graph.__dict__["_traced"] = Traced(graph)
    return known
