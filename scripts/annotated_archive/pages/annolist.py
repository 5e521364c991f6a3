"""The pages about annotations: all of them, the open questions, what was added when, and who wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from annotated_archive.graph import SHOWN
from annotated_archive.graph.placing import age
from annotated_archive.pages import notes, saying, wording
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.cites import citation, short
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.marks import WORDS
from annotated_archive.pages.parts import Item, Listing, Part, numbered
from annotated_archive.records import dates
from annotated_archive.records.annotation import Annotation
from annotated_archive.store import AnnotationFile

SIZE = 200
DAYS = 200  # entries of a page of recent changes
PEOPLE = 400
QUOTE = 180
BODY = 200
PAGES = {
    "index": "All annotations",
    "questions": "Open questions",
    "changes": "Recent changes",
    "contributors": "Contributors",
}
LEADS = {
    "index": "Every note, correction, claim, question and link, in the order of the articles and of their words.",
    "questions": "What readers have asked about the words of an article and nobody has answered for good.",
    "changes": "Annotations and replies by the day on which they were written (UTC), the newest first. How each was "
    "changed since stands in its history.",
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


def jobs(site: Site) -> Iterator[Job]:
    """All pages about annotations."""
    for name in LEADS:
        yield from site.parts.jobs(f"annotations/{name}", _page, name=name)
    yield from site.parts.jobs("annotations/contributors", _contributors)


def listing(site: Site, name: str) -> Listing:
    """The entries of a list: of annotations of articles the article and which of its annotations it is."""
    base = f"annotations/{name}"
    if name == "contributors":
        return Listing([Item(person, 1, person.split("\n")[0]) for person in people(site)], PEOPLE, numbered(base))
    if name == "changes":
        files = sorted(site.graph.record.annotations.values(), key=age)
        found = [Item(file.id, 1, dates.words(file.created[:10])) for file in files]
        return Listing(found, DAYS, numbered(base), last=True)
    return Listing(list(_of_carriers(site, name)), SIZE, numbered(base))


def _of_carriers(site: Site, name: str) -> Iterator[Item]:
    """By article, in the order of their words, which is not looked for here; then the claims of works."""
    known = site.once("annotations of articles", lambda: _files_of(site))
    for article in site.graph.articles:
        day = wording.day(article.date)
        files = [file for file in known.get(article.id, ()) if name == "index" or _is_open(file)]
        yield from (Item(f"{article.id} {number}", 1, day) for number in range(len(files)))
    of_works = [file for file in known.get("", ()) if name == "index" or _is_open(file)]
    for file in sorted(of_works, key=lambda file: (file.record.work or "", *age(file))):
        yield Item(file.record.id, 1, "cited works")


def _files_of(site: Site) -> dict[str, list[AnnotationFile]]:
    """Article (empty: of works) → its annotations without replies, in no order."""
    found: dict[str, list[AnnotationFile]] = defaultdict(list)
    articles = site.graph.record.articles
    for file in site.graph.record.annotations.values():
        if not file.parent and (file.article is None or file.article in articles):
            found[file.article or ""].append(file)
    return dict(found)


def _is_open(file: AnnotationFile) -> bool:
    """Whether it is a question that still stands."""
    return file.kind == "question" and file.status in SHOWN


def _files(draft: Draft, name: str, part: Part) -> list[AnnotationFile]:
    """The annotations of a part of a list."""
    if name == "changes":
        return [draft.graph.archive.annotations[one] for one in reversed(part.ids)]
    found = []
    for article, entries in groupby(part.ids, key=lambda one: one.partition(" ")[0]):
        places = [entry.partition(" ")[2] for entry in entries]
        if places == [""]:
            found.append(draft.graph.archive.annotations[article])
            continue
        listed = [one.file for one in draft.graph.annotations[article] if name == "index" or _is_open(one.file)]
        found += [listed[int(place)] for place in places]
    return found


def counts(site: Site, _: str) -> dict[str, int]:
    """How many entries each list has."""
    return {name: site.parts.total(f"annotations/{name}") for name in PAGES}


def kinds(site: Site, _: str) -> tuple[list[tuple[str, str, int]], int]:
    """How many annotations of each kind there are, and how many replies."""
    known = site.once("annotations of articles", lambda: _files_of(site))
    found: Counter[str] = Counter(file.kind for files in known.values() for file in files)
    replies = sum(1 for file in site.graph.record.annotations.values() if file.parent)
    return [(kind, WORDS[kind], found[kind]) for kind in WORDS if found[kind]], replies


def _page(site: Site, base: str, number: int, name: str) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    first = part.path == base
    of_kinds, replies = site.ask("annotation kinds") if first and name == "index" else (None, 0)
    files = _files(draft, name, part)
    rows = (row(draft, file) for file in files)
    parts = site.parts.nav(base)
    shown_as = len(parts) + 1 - number if name == "changes" else number  # the newest are the first part
    return draft.page(
        "annotations.html",
        title=PAGES[name] if first else f"{PAGES[name]}, part {shown_as}",
        description=LEADS[name],
        kind="index",
        at=name,
        heading=PAGES[name],
        groups=_by_day(rows) if name == "changes" else _by_carrier(rows),
        shown=len(files),
        total=site.parts.total(base) if first else None,
        parts=parts,
        part=part,
        lead=LEADS[name],
        counts=site.ask("annotation counts") if first else None,
        names=PAGES,
        kinds=of_kinds,
        replies=replies,
    )


def _contributors(site: Site, base: str, number: int) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    known = site.ask("people")
    shown = [known[one] for one in part.ids]
    return draft.page(
        "annotations-contributors.html",
        title=PAGES["contributors"] if number == 1 else f"{PAGES['contributors']}, part {number}",
        description="Who wrote the annotations of this archive, under the names they chose.",
        kind="index",
        at="contributors",
        credited=[person for person in shown if person.ways],
        others=[person for person in shown if not person.ways],
        parts=site.parts.nav(base),
        part=part,
        counts=site.ask("annotation counts") if number == 1 else None,
        names=PAGES,
    )


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
    annotated = graph.annotated(record.id)
    carrier, outlet = "", ""
    if article:
        known = graph.label(article.record.source or "")
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
        return saying.compared(draft, claimed)
    return draft.href("bibliography", record.work or "")


def people(site: Site, _: str = "") -> dict[str, Person]:
    """Everyone who wrote an annotation or a reply, by name; whoever gives an account is one person with it."""
    return site.once("people", lambda: _people(site))


def _people(site: Site) -> dict[str, Person]:
    written: dict[tuple[str, str, str], list[AnnotationFile]] = {}
    for file in site.graph.record.annotations.values():
        if known := file.brief.author:
            name, github, orcid = known
            written.setdefault((name, github, orcid), []).append(file)
    people = {}
    for key, files in sorted(written.items(), key=lambda item: (item[0][0].casefold(), *item[0])):
        kinds: Counter[str] = Counter(file.kind for file in files if not file.parent)
        author = files[0].record.author
        people["\n".join(key)] = Person(
            name=key[0],
            ways=tuple(notes.credit(author)) if author else (),
            counts=tuple((_many(kind, kinds[kind]), kinds[kind]) for kind in WORDS if kinds[kind]),
            total=sum(kinds.values()),
            replies=len(files) - sum(kinds.values()),
        )
    return people
