"""References, citations and dates: everything a record points at exists and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.nearest import Nearest
from annotated_archive.check.places import at, uncited, unknown
from annotated_archive.check.scope import Scope
from annotated_archive.graph import Graph, references
from annotated_archive.names.context import named_in_rules
from annotated_archive.records import dates, yamlio
from annotated_archive.records.article import LINKED
from annotated_archive.records.authority import KINDS, Actor, Event, Place, Treaty, citations
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import ArticleFile, EntityFile
from annotated_archive.store.archive import BIBLIOGRAPHY, QUESTIONS

_MUST_BE: dict[str, tuple[type, ...]] = {
    "within": (Place,),
    "side": (Place,),
    "source_in": (Place,),
    "signed_at": (Place,),
    "part_of_event": (Event,),
    "part_of": (Actor,),
    "members": (Place,),
    "parties": (Place, Actor),
    "places": (Place,),
    "actors": (Actor,),
    "treaties": (Treaty,),
    "offices": (Actor,),
    "facts": (Place, Actor),
}
_KIND_WORDS: dict[type, str] = {Place: "a place", Actor: "an actor", Treaty: "a treaty", Event: "an event"}
_CITED_FIELDS = {
    "summary": "summary_cite",
    "members": "members_cite",
    "status": "status_cite",
    "signed": "dates_cite",
    "in_force": "dates_cite",
    "ended": "dates_cite",
    "date": "date_cite",
}
_OUTLETS = {"outlet", "news-agency"}


def check(
    graph: Graph, scope: Scope, near: Nearest, near_work: Nearest, inputs: Inputs, memory: Memory
) -> Iterator[Diagnostic]:
    """All findings about references, citations and dates. `near` suggests authority files, `near_work` works."""
    archive = graph.archive

    def entities() -> Iterator[Diagnostic]:
        for file in archive.entities.values():
            if file.path in scope:
                yield from _references(graph, file, near)
                yield from _citations(graph, file, near_work)
                yield from _dates(file)
                yield from _cycle(graph, file)

    def one(identifier: str) -> Iterator[Diagnostic]:
        return _article(graph, archive.articles[identifier], near)

    yield from memory.unit(("references", *inputs.everything_named), entities)
    asked = [(name, file) for name, file in archive.articles.items() if file.path in scope]
    named = inputs.entities
    units = ((name, ("article", named, *inputs.article(file))) for name, file in asked)
    yield from memory.units(units, one, ("article", named, inputs.articles))
    yield from _ids(graph)
    yield from _questions(graph, near)
    if BIBLIOGRAPHY in scope:
        if scope.annotations is not None or archive.problems:
            yield from _unused(graph, scope)
        else:
            cited = sorted({work for file in archive.annotations.values() for work in file.brief.cited})
            pages = inputs.together(doc.path for doc in archive.docs.values())
            key = ("unused", inputs.entities, inputs.works, pages, *cited)
            yield from memory.unit(key, lambda: _unused(graph, scope))


def _unused(graph: Graph, scope: Scope) -> Iterator[Diagnostic]:
    """Works that nothing cites."""
    archive = graph.archive
    used = {work for file in archive.entities.values() for work in file.brief.cited}
    for annotation in archive.annotations.values():
        used.update(annotation.brief.cited)
    if scope.annotations is not None or archive.problems:
        used |= scope.cited_elsewhere({file.path for file in archive.annotations.values()})
    for doc in archive.docs.values():
        used.update(work for work in archive.works if f"[^{work}]" in doc.text)
    for identifier, work in archive.works.items():
        if identifier not in used and not work.listed:
            line, column = archive.work_places[identifier]
            yield Diagnostic(
                BIBLIOGRAPHY, line, column, "BIB-UNUSED", f"nothing cites {one_line(identifier)}",
                "Cite it, remove it, or write `listed: true`.",
            )  # fmt: skip


def _questions(graph: Graph, near: Nearest) -> Iterator[Diagnostic]:
    """The event that each question is about."""
    for question in graph.archive.questions.values():
        file = graph.archive.entities.get(question.event)
        line, column = graph.archive.question_places[question.id]
        if file is None:
            yield Diagnostic(
                QUESTIONS, line, column, "REF-UNKNOWN", f"there is no authority file {one_line(question.event)}",
                f"Mend `event`, or write that file.{near(question.event)}",
            )  # fmt: skip
        elif not isinstance(file.record, Event):
            yield Diagnostic(
                QUESTIONS, line, column, "REF-KIND", f"{one_line(question.event)} is not an event",
                "Name the event that the question is about.",
            )  # fmt: skip


def _references(graph: Graph, file: EntityFile, near: Nearest) -> Iterator[Diagnostic]:
    for path, target in (*references(file.record), *named_in_rules(file.record)):
        wanted = _MUST_BE.get(str(path[-1] if path[0] == "context" else path[0]))
        other = graph.entities.get(target)
        if other is None:
            yield unknown(file, path, target, near)
        elif wanted and not isinstance(other, wanted):
            words = " or ".join(_KIND_WORDS[kind] for kind in wanted)
            yield at(file, path, "REF-KIND", f"{one_line(target)} is not {words}", "Name a record of that kind.")


def _citations(graph: Graph, file: EntityFile, near: Nearest) -> Iterator[Diagnostic]:
    for path, works in citations(file.record):
        for number, work in enumerate(works):
            if work not in graph.archive.works and work not in graph.archive.articles:
                yield uncited(file, (*path, number), work, near)
    for name, cite in _CITED_FIELDS.items():
        if getattr(file.record, name, None) and hasattr(file.record, cite) and not getattr(file.record, cite):
            yield at(file, (name,), "CITE-MISSING", f"{one_line(name)} has no citation", f"Add `{cite}`.")


def _dates(file: EntityFile) -> Iterator[Diagnostic]:
    record = file.record
    pairs: list[tuple[yamlio.Path, str | None, str | None]] = []
    if isinstance(record, Treaty):
        pairs += [(("in_force",), record.signed, record.in_force), (("ended",), record.signed, record.ended)]
    if isinstance(record, Actor):
        pairs += [(("offices", n, "until"), o.from_, o.until) for n, o in enumerate(record.offices)]
    for path, first, last in pairs:
        if first and last and dates.bounds(last)[1] < dates.bounds(first)[0]:
            yield at(file, path, "DATE-ORDER", f"{last} is before {first}", "Mend one of the two dates.")


def _article(graph: Graph, file: ArticleFile, near: Nearest) -> Iterator[Diagnostic]:
    record = file.record
    if record.source is not None:
        source = graph.entities.get(record.source)
        if source is None:
            yield unknown(file, ("source",), record.source, near)
        elif not isinstance(source, Actor) or source.type not in _OUTLETS:
            yield at(
                file, ("source",), "ARTICLE-SOURCE", f"{one_line(record.source)} is not an outlet",
                "Name an actor of type outlet or news-agency.",
            )  # fmt: skip
    if bool(record.date) != bool(record.date_source):
        missing = "date_source" if record.date else "date"
        yield at(
            file, ("date" if record.date else "date_source",), "ARTICLE-DATE", f"there is no `{missing}`",
            "Say how the date is known; leave both empty where it is not.",
        )  # fmt: skip
    for kind, name in LINKED.items():
        for number, target in enumerate(getattr(record, name)):
            other = graph.entities.get(target)
            if other is None:
                yield unknown(file, (name, number), target, near)
            elif other.kind != kind:
                message = f"{one_line(target)} is not {_KIND_WORDS[KINDS[kind]]}"
                yield at(file, (name, number), "REF-KIND", message, "Run `archive link`.")
    for number, mention in enumerate(record.mentions):
        if mention.id is not None and mention.id not in graph.entities:
            yield unknown(file, ("mentions", number, "id"), mention.id, near)


def _ids(graph: Graph) -> Iterator[Diagnostic]:
    """Works, articles and authority files share one space of ids: a citation names a work or an article."""
    archive = graph.archive
    for identifier in sorted(archive.articles.keys() & archive.entities.keys()):
        yield at(
            archive.entities[identifier], ("id",), "ID-DUPLICATE",
            f"id {one_line(identifier)} stands already in {archive.articles[identifier].path}", "Choose another id.",
        )  # fmt: skip
    for identifier in sorted(archive.works.keys() & (archive.articles.keys() | archive.entities.keys())):
        line, column = archive.work_places[identifier]
        other = (archive.articles.get(identifier) or archive.entities[identifier]).path
        yield Diagnostic(
            BIBLIOGRAPHY, line, column, "ID-DUPLICATE",
            f"id {one_line(identifier)} stands already in {other}", "Choose another id.",
        )  # fmt: skip


def _cycle(graph: Graph, file: EntityFile) -> Iterator[Diagnostic]:
    name = {"place": "within", "event": "part_of_event"}.get(file.record.kind, "")
    seen: list[str] = []
    holder: Any = file.record
    while holder is not None and holder.id not in seen:
        seen.append(holder.id)
        holder = graph.entities.get(getattr(holder, name, None) or "")
    if holder is not None and holder.id == file.record.id:
        words = "lies within" if name == "within" else "is part of"
        yield at(file, (name,), "REF-CYCLE", f"{one_line(holder.id)} {words} itself", f"Mend `{name}`.")
