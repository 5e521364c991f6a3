"""The page on custody: what is known of each capture's origin and what is not, in parts of at most 200."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from markupsafe import Markup, escape

from annotated_archive.graph import Graph
from annotated_archive.pages import wording
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.indexes import SIZE, Cell, Column, Row, date, linked, text
from annotated_archive.pages.parts import Item, Listing, numbered
from annotated_archive.pages.wording import number
from annotated_archive.records import dates
from annotated_archive.store import ArticleFile
from annotated_archive.store.captures import Capture, Published, captures_of

PATH = "custody"
KINDS = {
    "text": ("pasted text", "pasted texts"), "html": ("saved page, HTML", "saved pages, HTML"),
    "singlefile": ("saved page, SingleFile", "saved pages, SingleFile"),
    "mhtml": ("saved page, MHTML", "saved pages, MHTML"), "pdf": ("PDF", "PDFs"),
    "warc": ("page of a web archive, WARC", "pages of web archives, WARC"),
    "wacz": ("page of a web archive, WACZ", "pages of web archives, WACZ"),
}  # fmt: skip
"""What a capture is, one and many."""
UNKNOWN = ("whose format is not stated", "whose format is not stated")
BY_CAPTURE, BY_EDITORS, UNTOLD = (
    "named by the capture for", "given by the editors for", "recorded, without a public ledger that says by whom, for"
)
COLUMNS = [Column("Title"), Column("Original"), Column("Saved"), Column("Read by"), Column("Kept")]

# What the chapter asks of an item, in our words; what is done for it here; and what that does not show. How far each
# sentence holds is said by counts, which `_summary` makes.
PROPERTIES = (
    (
        "Authenticity",
        "That an item can be shown not to have changed since it was collected.",
        "An original is kept byte for byte. Its SHA-256 was taken when it was taken in and stands in the article’s "
        "record, which is public for every capture; for {open} it stands in a public ledger too, and for {listed} in "
        "the public list of originals. Every check compares what is here of these with one another and "
        "with the file. Where the ledger is public, article and ledger together give back, to the character, what "
        "was read.",
        "That the capture shows what the outlet published, or that nobody changed the file before it was taken in. "
        "The checksums are not signed: against somebody who changes all of them and the file, only copies speak that "
        "others hold. A checksum alone shows nothing of an original that is kept private; only who holds it can "
        "compare it.",
    ),
    (
        "Availability",
        "That it goes on existing and can be retrieved.",
        "For {itself} the original is on this site, for {texts} the text that was read from it, for {closed} neither. "
        "What is published can be bundled into one file that needs no network. For {private} the original is kept "
        "private, and its checksum is published.",
        "That anything here will be kept for a given time, or that a private original is still there today.",
    ),
    (
        "Identity",
        "That it can be identified, and told from every other item.",
        "Each article has an id of its own, each original its name and SHA-256, and each page inside a web archive "
        "the id of its record.",
        "Which page a text was taken from, where no address is recorded.",
    ),
    (
        "Persistence",
        "That its bits stay whole and can be processed.",
        "For {listed} the original is in the public record, with its checksum, and anyone can verify it at any time; "
        "any other only whoever holds it. A bag carries what is public to other archives.",
        "How many copies there are, where, and on what they are stored. That is for whoever keeps this archive.",
    ),
    (
        "Renderability",
        "That people or machines can use it with suitable hardware and software.",
        "For {open} the article is shown as a page, and the text that was read can be had as plain text. For the rest "
        "only what the record says is shown. Records are text files in open formats.",
        "How a page looked. Of a pasted text nothing of that was saved; of a saved page what was saved of it is in "
        "the original, and not on this site.",
    ),
    (
        "Understandability",
        "That those it is meant for can interpret it.",
        "Names lead to what is known of them, with sources. For {open} the text is published: there the ledger "
        "says what was set aside and why, and corrections stand beside the words.",
        "What readers of its time and language understood. Texts are shown in the language they were written in.",
    ),
)


def jobs(site: Site) -> Iterator[Job]:
    """The page with the summary and the first captures, and a page for each further part of the list."""
    return site.parts.jobs(PATH, _page)


def listing(site: Site) -> Listing:
    """The captures of all articles: the article's id, and the capture's number from 0."""
    items: list[Item] = []
    for article in site.graph.articles:
        day = wording.day(article.date)
        ids = (f"{article.id} {place}" for place in range(len(article.brief.originals)))
        items += [Item(one, 1, day) for one in ids]
    return Listing(items, SIZE, numbered(PATH))


def summary(site: Site, _: str) -> dict[str, Any]:
    """What is known of all captures together."""
    graph = site.graph
    found = [capture for article in graph.articles for capture in captures_of(graph.archive, article)]
    return _summary(graph, found, site.asked.published)


def _page(site: Site, base: str, number: int) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    rows = []
    for entry in part.ids:
        identifier, _, place = entry.partition(" ")
        article = draft.graph.archive.articles[identifier]
        capture = next(islice(captures_of(draft.graph.archive, article), int(place), None))
        rows.append(_row(draft, capture))
    told = site.ask("custody") if number == 1 else None
    return draft.page(
        "custody.html",
        title="Where the captures come from" if number == 1 else f"Where the captures come from, part {number}",
        description="What is known of the origin of each capture in the archive, what is not, and how it is kept.",
        kind="index",
        summary=told,
        properties=list(_properties(told)) if told else [],
        columns=COLUMNS,
        rows=rows,
        parts=site.parts.nav(base),
        part=part,
    )


def _properties(told: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    total = told["total"]
    counts = {name: f"{n:,} of {number(total, 'capture')}" for name, n in told.items() if isinstance(n, int)}
    for name, meaning, done, limit in PROPERTIES:
        yield name, meaning, done.format(**counts), limit


def of_article(draft: Draft, article: ArticleFile) -> list[dict[str, Any]]:
    """The captures of one article for its page: name, kind, size, checksum, and where it or its text can be read."""
    return [_shown(draft, capture) for capture in captures_of(draft.graph.archive, article)]


def _shown(draft: Draft, capture: Capture) -> dict[str, Any]:
    address = draft.site.addresses(capture.article.record.id)[capture.number - 1]
    name = capture.original.path
    return {
        "name": name, "sha256": capture.original.sha256, "part": capture.original.part,
        "captured": capture.original.captured, "unknown": capture.original.capture == "unknown",
        "kind": _kind(capture)[0] if capture.ledger else "format not stated", "size": _size(draft, capture),
        "href": draft.file(address) if address else "",
        "itself": address == f"originals/{name}", "private": capture.private,
    }  # fmt: skip


def _kind(capture: Capture) -> tuple[str, str]:
    """What it is, in words for one and for many."""
    return KINDS[capture.ledger.container] if capture.ledger else UNKNOWN


def _size(draft: Draft, capture: Capture) -> int | None:
    """The original's size in bytes; None where it is not here, or may not be spoken of as if it were."""
    return None if capture.private else draft.site.size(capture.original.path)


def _summary(graph: Graph, found: list[Capture], published: Published) -> dict[str, Any]:
    """How many captures there are of which kind, of how many the origin is known, and how they are kept."""
    kinds = Counter(map(_kind, found))
    open_ = [capture for capture in found if published.address(capture)]
    itself = sum(capture.original.path in published.served for capture in open_)
    origins = Counter(_named_by(list(captures_of(graph.archive, article))) for article in graph.articles)
    ledgers = [capture.ledger.record for capture in found if capture.ledger]
    taken_in = [ledger.taken_in for ledger in ledgers if ledger.taken_in]
    return {
        "total": len(found),
        "kinds": [number(n, *kind) for kind, n in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))],
        "dated": sum(bool(capture.original.captured) for capture in found),
        "dates_itself": sum(capture.dates_itself for capture in found),
        "addresses": [
            f"{words} {number(origins[words], 'article')}"
            for words in (BY_CAPTURE, BY_EDITORS, UNTOLD, "not recorded for") if origins[words]
        ],
        "taken_in": len(taken_in),
        "named": sum(one.by is not None for one in taken_in),
        "itself": itself,
        "texts": len(open_) - itself,
        "open": len(open_),
        "closed": len(found) - len(open_),
        "listed": sum(capture.original.path in published.originals for capture in found),
        "private": sum(capture.private for capture in found),
    }  # fmt: skip


def _named_by(captures: list[Capture]) -> str:
    """Who named the address that an article's record gives, as far as the ledgers tell that are published."""
    url = captures[0].article.record.url
    if url is None:
        return "not recorded for"
    told = [capture.ledger for capture in captures if capture.ledger]
    if any(found.field == "url" and found.value == url for ledger in told for found in ledger.record.found):
        return BY_CAPTURE
    return BY_EDITORS if len(told) == len(captures) else UNTOLD


def _row(draft: Draft, capture: Capture) -> Row:
    record, shown = capture.article.record, _shown(draft, capture)
    title = linked(draft, f"articles/{record.id}", record.title, "aa-serif")
    if capture.number > 1:
        title = Cell(title.shown + _notes(["captured again", *_said(capture)]), title.value)
    return [title, _original(shown), _saved(capture), _doubted(capture, _read(capture)), _kept(capture, shown)]


def _notes(lines: Iterable[str]) -> Markup:
    return Markup("").join(Markup('<br><span class="aa-note">{}</span>').format(line) for line in lines)


def _said(capture: Capture) -> Iterator[str]:
    """What a further capture says of itself, where the article's record says otherwise, or nothing."""
    record = capture.article.record
    told = {"title": record.title, "date": record.date, "url": record.url}
    for field, name in (("title", "title"), ("date", "date"), ("url", "address")):
        found = capture.ledger.record.found if capture.ledger else []
        own = next((one.value for one in found if one.field == field), None)
        if own and own != told[field]:
            yield f"its own {name}: {own}"


def _doubted(capture: Capture, cell: Cell) -> Cell:
    """The cell, and below it what was doubted when the capture was taken in."""
    doubts = capture.ledger.record.doubts if capture.ledger else []
    return Cell(cell.shown + _notes(f"in doubt: {doubt.message}" for doubt in doubts), cell.value)


def _original(shown: dict[str, Any]) -> Cell:
    name = Markup('<a href="{}">{}</a>').format(shown["href"], shown["name"]) if shown["itself"] else shown["name"]
    what = [shown["kind"], number(shown["size"], "byte") if shown["size"] is not None else "", shown["part"] or ""]
    inside = Markup('{}<br><span class="aa-note">{}</span><br><span class="aa-hash">{}</span>').format(
        name, ", ".join(word for word in what if word), shown["sha256"]
    )
    return Cell(inside, shown["name"])


def _saved(capture: Capture) -> Cell:
    """When it was saved, and who says so; what is not known is said to be unknown."""
    if not capture.original.captured:
        known = capture.original.capture == "known"
        return Cell(escape("not recorded when" if known else "capture: unknown"), "")
    day = date(capture.original.captured)
    source = "as the capture says" if capture.dates_itself else "as its record says"
    return Cell(day.shown + Markup('<br><span class="aa-note">{}</span>').format(source), day.value)


def _read(capture: Capture) -> Cell:
    """With what it was read, and when and by whom it was taken in."""
    if capture.ledger is None:
        return text("not published")
    ledger = capture.ledger.record
    reader = ledger.original.reader or "version not recorded"
    if not ledger.taken_in:
        return text(reader)
    when = f"taken in {dates.words(ledger.taken_in.at)}{f' by {ledger.taken_in.by}' if ledger.taken_in.by else ''}"
    return Cell(Markup('{}<br><span class="aa-note">{}</span>').format(reader, when), reader)


def _kept(capture: Capture, shown: dict[str, Any]) -> Cell:
    if shown["itself"]:
        return text("public")
    if shown["href"]:
        where = "kept private" if capture.private else "public in the repository"
        return Cell(
            Markup('{}<br><a href="{}">the text that was read</a>').format(where, shown["href"]), where
        )  # fmt: skip
    return text("kept private; text withheld")
