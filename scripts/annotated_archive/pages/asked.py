"""What many pages ask of the archive: each answer is a small value, so that a page depends on that alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from annotated_archive.claims.groups import Group, groups
from annotated_archive.claims.index import Index, index
from annotated_archive.graph.tracing import Traced
from annotated_archive.names import Mention
from annotated_archive.pages import links
from annotated_archive.records.authority import Event, prose
from annotated_archive.records.claim import Measure
from annotated_archive.store import AnnotationFile
from annotated_archive.store.captures import Published, captures_of
from annotated_archive.store.kept import text_digest

Item = TypeVar("Item")


@dataclass(frozen=True)
class Beside:
    """An article or event next to another in time."""

    id: str
    title: str
    date: str | None


Both = tuple[Beside | None, Beside | None]


class Asked:
    """The answers. `Site` makes queries of them: nothing here notes what it reads."""

    def __init__(self, graph: Traced) -> None:
        self.graph = graph
        self.said = Said(graph)

    def names(self, text: str) -> list[Mention]:
        """The names in a short text, such as a credit."""
        return self.graph.matcher.find(text)[0]

    def names_in(self, record: str) -> dict[str, list[Mention]]:
        """The names in each text of ours that a record holds, given as "entity" or "question" and its id. So what a
        page depends on is named by its record, and not by texts that may be long."""
        kind, _, identifier = record.partition(" ")
        if kind == "question":
            question = self.graph.archive.questions.get(identifier)
            return {question.note: self.names(question.note)} if question and question.note else {}
        entity = self.graph.entities.get(identifier)
        return {text: self.graph.prose[text_digest(text)] for text in prose(entity)} if entity else {}

    def around(self, article: str) -> Both:
        """The article before one and the one after it, by date."""
        return self._articles_around[article]

    @cached_property
    def _articles_around(self) -> dict[str, Both]:
        return _around([Beside(one.id, one.brief.title, one.date) for one in self.graph.articles])

    def event_around(self, event: str) -> Both:
        """The event before one and the one after it."""
        return self._events_around[event]

    @cached_property
    def _events_around(self) -> dict[str, Both]:
        return _around([Beside(event.id, event.name, event.date) for event in self.graph.timeline])

    def events_within(self, event: str) -> list[Event]:
        """The events that are part of one, in order."""
        return self._events_within.get(event, [])

    @cached_property
    def _events_within(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.graph.timeline:
            if event.part_of_event:
                found[event.part_of_event].append(event)
        return dict(found)

    def credited(self, actor: str) -> list[str]:
        """The articles whose credit, as printed, names an actor, by date."""
        return self.all_credited.get(actor, [])

    @cached_property
    def all_credited(self) -> dict[str, list[str]]:
        """Actor → the articles whose credit names it, by date."""
        named: dict[str, list[str]] = {"": []}
        found: dict[str, list[str]] = defaultdict(list)
        for article in self.graph.articles:
            credit = article.brief.credited
            if credit not in named:
                named[credit] = list(dict.fromkeys(mention.entity for mention in self.names(credit)))
            for actor in named[credit]:
                found[actor].append(article.id)
        return dict(found)

    def addresses(self, article: str) -> list[str | None]:
        """Where on the site each capture of an article stands; None where neither it nor its text is published."""
        archive = self.graph.archive
        return [self.published.address(capture) for capture in captures_of(archive, archive.articles[article])]

    @cached_property
    def published(self) -> Published:
        """What of the originals is published, and where."""
        return Published(self.graph.record)

    def size(self, original: str) -> int | None:
        """The size in bytes of an original in the public record; None where it is not here."""
        path = self.graph.record.root / "archive/originals" / original
        return path.stat().st_size if path.is_file() else None

    def counts(self, entity: str) -> tuple[int, int]:
        """How often an entity is mentioned, and in how many articles."""
        found = self.graph.mentioned_in(entity)
        return sum(mentions for _, mentions in found), len(found)

    def where(self, entity: str) -> str:
        """Where an entity belongs, in a few words."""
        return links.where(self.graph, self.graph.entities[entity])


class Said:
    """All claims by what they are about and by who made them: `claims.index.Index`, of which each part is asked for."""

    def __init__(self, graph: Traced) -> None:
        self._graph = graph
        self._groups: dict[tuple[str, Measure], list[Group]] = {}
        self.figures = graph.query("figures", lambda event: self.index.figures.get(event, {}))
        """Event → measure → claims by id."""
        self.answers = graph.query("answers", lambda question: self.index.answers.get(question, {}))
        """Question → claims by id."""
        self.made = graph.query("made", lambda claimant: self.index.made.get(claimant, []))
        """Claimant → its claims, in the order of time."""
        self._pointing = graph.query("pointing", self._pointing_at)

    @cached_property
    def index(self) -> Index:
        """All of them, not noted: for queries only."""
        return index(self._graph.claims)

    def _pointing_at(self, claim: str) -> dict[str, list[AnnotationFile]]:
        return self._by_claim.get(claim, {})

    @cached_property
    def _by_claim(self) -> dict[str, dict[str, list[AnnotationFile]]]:
        found: dict[str, dict[str, list[AnnotationFile]]] = defaultdict(dict)
        for (claim, type_), files in self.index.pointing.items():
            found[claim][type_] = files
        return dict(found)

    def pointing(self, claim: str, type_: str) -> Sequence[AnnotationFile]:
        """The claims that say they stand so to a claim, in the order of time."""
        return self._pointing(claim).get(type_, ())

    def groups(self, event: str, measure: Measure) -> list[Group]:
        """The figures of an event and measure in groups, compared once for all parts of the page."""
        claims = self.figures(event)[measure]
        if (event, measure) not in self._groups:
            self._groups[event, measure] = groups(claims)
        return self._groups[event, measure]


def _around(items: Sequence[Beside]) -> dict[str, Both]:
    """Each one → those before and after it."""
    befores, afters = [None, *items][:-1], [*items, None][1:]
    return {item.id: (before, after) for item, before, after in zip(items, befores, afters, strict=True)}
