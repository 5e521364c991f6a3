"""References, citations and dates: everything a record points at exists and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotated_archive.graph import Graph, citations, references
from annotated_archive.records import dates, yamlio
from annotated_archive.records.article import LINKED
from annotated_archive.records.authority import KINDS, Actor, Event, Place, Treaty
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import ArticleFile, EntityFile

_MUST_BE: dict[str, tuple[type, ...]] = {
    "within": (Place,),
    "side": (Place,),
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


def _at(file: Any, path: yamlio.Path, rule: str, message: str, mend: str) -> Diagnostic:
    line, column = file.document.place(path)
    return Diagnostic(file.path, line, column, rule, message, mend)


def check(graph: Graph) -> Iterator[Diagnostic]:
    """All findings about references, citations and dates."""
    used: set[str] = set()
    for file in graph.archive.entities.values():
        yield from _references(graph, file)
        yield from _citations(graph, file, used)
        yield from _dates(file)
    for article in graph.archive.articles.values():
        yield from _article(graph, article)
    yield from _ids(graph)
    yield from _cycles(graph)
    for annotation in graph.archive.annotations.values():
        used.update(annotation.record.cite)
    for doc in graph.archive.docs.values():
        used.update(work for work in graph.archive.works if f"[^{work}]" in doc.text)
    for identifier, work in graph.archive.works.items():
        if identifier not in used and not work.listed:
            line, column = graph.archive.work_places[identifier]
            yield Diagnostic(
                "archive/bibliography.yml", line, column, "BIB-UNUSED", f"nothing cites {one_line(identifier)}",
                "Cite it, remove it, or write `listed: true`.",
            )  # fmt: skip


def _references(graph: Graph, file: EntityFile) -> Iterator[Diagnostic]:
    for path, target in references(file.record):
        wanted = _MUST_BE.get(str(path[0]))
        other = graph.entities.get(target)
        if other is None:
            yield _unknown(file, path, target)
        elif wanted and not isinstance(other, wanted):
            words = " or ".join(_KIND_WORDS[kind] for kind in wanted)
            yield _at(file, path, "REF-KIND", f"{one_line(target)} is not {words}", "Name a record of that kind.")


def _unknown(file: Any, path: yamlio.Path, target: str) -> Diagnostic:
    return _at(
        file, path, "REF-UNKNOWN", f"there is no authority file {one_line(target)}", "Mend the id, or write that file."
    )


def _citations(graph: Graph, file: EntityFile, used: set[str]) -> Iterator[Diagnostic]:
    for path, works in citations(file.record):
        for number, work in enumerate(works):
            used.add(work)
            if work not in graph.archive.works and work not in graph.archive.articles:
                yield _at(
                    file, (*path, number), "CITE-UNKNOWN", f"no work or article {one_line(work)}",
                    "Mend the id, or add the work to archive/bibliography.yml.",
                )  # fmt: skip
    for name, cite in _CITED_FIELDS.items():
        if getattr(file.record, name, None) and hasattr(file.record, cite) and not getattr(file.record, cite):
            yield _at(file, (name,), "CITE-MISSING", f"{one_line(name)} has no citation", f"Add `{cite}`.")


def _dates(file: EntityFile) -> Iterator[Diagnostic]:
    record = file.record
    pairs: list[tuple[yamlio.Path, str | None, str | None]] = []
    if isinstance(record, Treaty):
        pairs += [(("in_force",), record.signed, record.in_force), (("ended",), record.signed, record.ended)]
    if isinstance(record, Actor):
        pairs += [(("offices", n, "until"), o.from_, o.until) for n, o in enumerate(record.offices)]
    for path, first, last in pairs:
        if first and last and dates.bounds(last)[1] < dates.bounds(first)[0]:
            yield _at(file, path, "DATE-ORDER", f"{last} is before {first}", "Mend one of the two dates.")


def _article(graph: Graph, file: ArticleFile) -> Iterator[Diagnostic]:
    record = file.record
    if record.source is not None:
        source = graph.entities.get(record.source)
        if source is None:
            yield _unknown(file, ("source",), record.source)
        elif not isinstance(source, Actor) or source.type not in _OUTLETS:
            yield _at(
                file, ("source",), "ARTICLE-SOURCE", f"{one_line(record.source)} is not an outlet",
                "Name an actor of type outlet or news-agency.",
            )  # fmt: skip
    if bool(record.date) != bool(record.date_source):
        missing = "date_source" if record.date else "date"
        yield _at(
            file, ("date" if record.date else "date_source",), "ARTICLE-DATE", f"there is no `{missing}`",
            "Say how the date is known; leave both empty where it is not.",
        )  # fmt: skip
    for kind, name in LINKED.items():
        for number, target in enumerate(getattr(record, name)):
            other = graph.entities.get(target)
            if other is None:
                yield _unknown(file, (name, number), target)
            elif other.kind != kind:
                message = f"{one_line(target)} is not {_KIND_WORDS[KINDS[kind]]}"
                yield _at(file, (name, number), "REF-KIND", message, "Run `archive link`.")
    for number, mention in enumerate(record.mentions):
        if mention.id is not None and mention.id not in graph.entities:
            yield _unknown(file, ("mentions", number, "id"), mention.id)


def _ids(graph: Graph) -> Iterator[Diagnostic]:
    """Works, articles and authority files share one space of ids: a citation names a work or an article."""
    archive = graph.archive
    for identifier in sorted(archive.articles.keys() & archive.entities.keys()):
        yield _at(
            archive.entities[identifier], ("id",), "ID-DUPLICATE",
            f"id {one_line(identifier)} stands already in {archive.articles[identifier].path}", "Choose another id.",
        )  # fmt: skip
    for identifier in sorted(archive.works.keys() & (archive.articles.keys() | archive.entities.keys())):
        line, column = archive.work_places[identifier]
        other = (archive.articles.get(identifier) or archive.entities[identifier]).path
        yield Diagnostic(
            "archive/bibliography.yml", line, column, "ID-DUPLICATE",
            f"id {one_line(identifier)} stands already in {other}", "Choose another id.",
        )  # fmt: skip


def _cycles(graph: Graph) -> Iterator[Diagnostic]:
    for file in graph.archive.entities.values():
        name = {"place": "within", "event": "part_of_event"}.get(file.record.kind, "")
        seen: list[str] = []
        at: Any = file.record
        while at is not None and at.id not in seen:
            seen.append(at.id)
            at = graph.entities.get(getattr(at, name, None) or "")
        if at is not None and at.id == file.record.id:
            words = "lies within" if name == "within" else "is part of"
            yield _at(file, (name,), "REF-CYCLE", f"{one_line(at.id)} {words} itself", f"Mend `{name}`.")
