"""The pages about annotations: all of them, the open questions, what was added when, and who wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from annotated_archive.graph import SHOWN
from annotated_archive.graph.placing import age
from annotated_archive.pages import notes, saying
from annotated_archive.pages.base import Page
from annotated_archive.pages.cites import citation, short
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.marks import WORDS
from annotated_archive.records import dates
from annotated_archive.records.annotation import Annotation
from annotated_archive.store import AnnotationFile

SIZE = 500
DAYS = 200  # entries of a page of recent changes
QUOTE = 180
BODY = 200
PAGES = {
    "index": "All annotations",
    "questions": "Open questions",
    "changes": "Recent changes",
    "contributors": "Contributors",
}


@dataclass(frozen=True)
class Row:
    """One annotation in a list.

    `number` is the one on its article's page; a reply and a claim of a work have none. `quotes` are the words it is
    about, `carrier` the title of what it stands on, `outlet` whose that is, `fixes` the corrections of these words.
    """

    record: Annotation
    word: str
    number: int | None
    href: str
    quotes: tuple[str, ...]
    about: str
    teaser: str
    carrier: str
    outlet: str
    place: str
    author: str
    day: str
    replies: int
    fixes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Person:
    """Someone who wrote annotations, as they call themselves; `ways` are the accounts they ask to be credited with."""

    name: str
    ways: tuple[notes.Way, ...]
    counts: tuple[tuple[str, int], ...]
    total: int
    replies: int


def pages(site: Site) -> Iterator[Page]:
    """All pages about annotations."""
    everything = [file for file in ordered(site) if not file.record.parent]
    replies = [file for file in site.graph.archive.annotations.values() if file.record.parent]
    questions = [file for file in everything if file.record.kind == "question" and file.record.status in SHOWN]
    changes = sorted(site.graph.archive.annotations.values(), key=age, reverse=True)
    counts = {"index": len(everything), "questions": len(questions), "changes": len(changes)}
    people = contributors(site)
    counts["contributors"] = len(people)
    shared: dict[str, Any] = {"counts": counts, "names": PAGES}
    kinds: Counter[str] = Counter(file.record.kind for file in everything)
    yield from _list(site, "index", everything, SIZE, _by_carrier, shared | {
        "lead": "Every note, correction, claim, question and link, in the order of the articles and of their words.",
        "kinds": [(kind, WORDS[kind], kinds[kind]) for kind in WORDS if kinds[kind]],
        "replies": len(replies),
    })  # fmt: skip
    yield from _list(site, "questions", questions, SIZE, _by_carrier, shared | {
        "lead": "What readers have asked about the words of an article and nobody has answered for good.",
    })  # fmt: skip
    yield from _list(site, "changes", changes, DAYS, _by_day, shared | {
        "lead": "Annotations and replies by the day on which they were written (UTC), the newest first. How each was "
        "changed since stands in its history.",
    })  # fmt: skip
    draft = Draft(site, "annotations/contributors")
    yield draft.page(
        "annotations-contributors.html",
        title=PAGES["contributors"],
        description="Who wrote the annotations of this archive, under the names they chose.",
        kind="index",
        at="contributors",
        credited=[person for person in people if person.ways],
        others=[person for person in people if not person.ways],
        **shared,
    )


def ordered(site: Site) -> list[AnnotationFile]:
    """All annotations but the replies: by article, in the order of their words; then the claims of works."""
    graph = site.graph
    of_articles = [a.file for article in graph.articles for a in graph.annotations.get(article.record.id, ())]
    of_works = [file for file in graph.archive.annotations.values() if file.record.work and not file.record.parent]
    return of_articles + sorted(of_works, key=lambda file: (file.record.work or "", *age(file)))


def _list(
    site: Site, name: str, files: Sequence[AnnotationFile], size: int, grouped: Any, values: dict[str, Any]
) -> Iterator[Page]:
    """A list in parts."""
    parts = [files[start : start + size] for start in range(0, len(files), size)] or [files]
    paths = [f"annotations/{name}" if number == 1 else f"annotations/{name}-{number}" for number in _from_one(parts)]
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), 1):
        draft = Draft(site, path)
        title = PAGES[name] if number == 1 else f"{PAGES[name]}, part {number}"
        yield draft.page(
            "annotations.html",
            title=title,
            description=values["lead"],
            kind="index",
            at=name,
            heading=PAGES[name],
            groups=grouped(row(draft, file) for file in part),
            shown=len(part),
            total=len(files),
            first=(number - 1) * size + 1,
            paths=paths,
            number_of_part=number,
            **values,
        )


def _from_one(parts: Sequence[object]) -> range:
    return range(1, len(parts) + 1)


def _by_carrier(rows: Iterator[Row]) -> list[tuple[str, str, list[Row]]]:
    """(what they stand on, whose it is, rows) for rows in order."""
    groups = groupby(rows, key=lambda row: (row.carrier, row.outlet, row.record.article or row.record.work))
    return [(carrier, outlet, list(group)) for (carrier, outlet, _), group in groups]


def _by_day(rows: Iterator[Row]) -> list[tuple[str, str, list[Row]]]:
    """(day, what was added, rows) for rows in order."""
    found = []
    for day, group in groupby(rows, key=lambda row: row.record.created[:10]):
        inside = list(group)
        kinds = Counter("reply" if row.record.parent else row.record.kind for row in inside)
        words = [f"{kinds[kind]} {_many(kind, kinds[kind])}" for kind in (*WORDS, "reply") if kinds[kind]]
        found.append((dates.words(day), ", ".join(words), inside))
    return found


def _many(kind: str, number: int) -> str:
    return kind if number == 1 else "replies" if kind == "reply" else f"{kind}s"


def row(draft: Draft, file: AnnotationFile) -> Row:
    """An annotation for a list. Of a text that is not published no word is shown, but where excerpts are allowed."""
    graph, record = draft.graph, file.record
    article = graph.archive.articles.get(record.article or "")
    annotated = graph.annotation.get(record.id)
    carrier, outlet = "", ""
    if article:
        known = graph.entities.get(article.record.source or "")
        carrier, outlet = article.record.title, known.name if known else "outlet not recorded"
    elif record.work:
        carrier, outlet = citation(graph, record.work).title, short(graph, record.work)
    publish = article.record.rights.publish if article else "full"
    quotes = notes.quotable(record, publish)
    aside = Draft(draft.site, draft.path)  # the sentence is shown without its links, so the page needs no previews
    sentence = saying.sentence(aside, file) if record.claim else None
    return Row(
        record=record,
        word="Reply" if record.parent else WORDS[record.kind],
        number=annotated.number if annotated else None,
        href=address(draft, file),
        quotes=tuple(notes.cut(words, QUOTE) for words in quotes),
        about=_about(record, bool(annotated and annotated.unplaced) and publish == "full"),
        teaser=notes.cut((sentence or notes.rendered(record.body or "")).striptags(), BODY),
        carrier=carrier,
        outlet=outlet,
        place=record.article or record.work or "",
        author=record.author.name if record.author else "",
        day=dates.words(record.created[:10]),
        replies=len(graph.replies(record.id)),
        fixes=tuple(_fixes(draft, record)) if quotes else (),
    )


def _fixes(draft: Draft, record: Annotation) -> Iterator[tuple[str, str, str]]:
    """The corrections of the words that are quoted: (which, address, what it says)."""
    for fix in draft.graph.corrections_of(record.id):
        words = notes.cut(notes.body(fix).striptags(), BODY)
        yield f"Correction {fix.number}", address(draft, fix.file), words


def _about(record: Annotation, lost: bool) -> str:
    """What it is about in our words, where that is more than words of the body."""
    if record.status == "removed":
        return "removed"
    if record.parent:
        return "in reply to another annotation"
    if lost:
        return "words that are no longer found"
    if not any(target.exact for target in record.targets):
        return "the work as a whole" if record.work else "the article as a whole"
    return {"title": "in the title", "ledger": "in what was set aside"}.get(record.targets[0].part, "")


def address(draft: Draft, file: AnnotationFile) -> str:
    """Where an annotation stands: on its article's page; of a work, where its claim stands among others."""
    record = file.record
    if record.article:
        return draft.href(f"articles/{record.article}", f"a-{record.id}")
    claimed = file
    while claimed.record.parent and claimed.record.parent in draft.graph.archive.annotations:
        claimed = draft.graph.archive.annotations[claimed.record.parent]
    if claimed.record.claim and claimed.record.id in draft.graph.claims:
        return draft.href(saying.path_of(draft.graph, claimed.record.claim), f"c-{claimed.record.id}")
    return draft.href("bibliography", record.work or "")


def contributors(site: Site) -> list[Person]:
    """Everyone who wrote an annotation or a reply, by name; whoever gives an account is one person with it."""
    written: dict[tuple[str, str, str], list[AnnotationFile]] = {}
    for file in site.graph.archive.annotations.values():
        if author := file.record.author:
            key = (author.name, author.github or "", author.orcid or "")
            written.setdefault(key, []).append(file)
    people = []
    for (name, _, _), files in sorted(written.items(), key=lambda item: (item[0][0].casefold(), *item[0])):
        kinds: Counter[str] = Counter(file.record.kind for file in files if not file.record.parent)
        author = files[0].record.author
        people.append(
            Person(
                name=name,
                ways=tuple(notes.credit(author)) if author else (),
                counts=tuple((_many(kind, kinds[kind]), kinds[kind]) for kind in WORDS if kinds[kind]),
                total=sum(kinds.values()),
                replies=len(files) - sum(kinds.values()),
            )
        )
    return people
