"""The page on custody: what is known of each capture's origin and what is not, in parts of 200."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.indexes import SIZE, Cell, Column, Row, date, linked, text
from annotated_archive.pages.wording import number
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
UNKNOWN = ("of a kind that is not published", "of a kind that is not published")
COLUMNS = [Column("Title"), Column("Original"), Column("Saved"), Column("Read by"), Column("Kept")]

# What the chapter asks of an item, in our words; what is done for it here; and what that does not show.
PROPERTIES = (
    (
        "Authenticity",
        "That an item can be shown not to have changed since it was collected.",
        "An original is kept byte for byte. Its SHA-256 was taken when it was taken in and stands in three places: the "
        "list of originals, the article’s record and its ledger. Every check compares them with the file, and a site "
        "is only built when all agree. Article and ledger together give back, to the character, what was read.",
        "That the capture shows what the outlet published, or that nobody changed the file before it was taken in. "
        "The checksums are not signed: against somebody who changes all three and the file, only copies speak that "
        "others hold.",
    ),
    (
        "Availability",
        "That it goes on existing and can be retrieved.",
        "Whatever may be published is on this site, and can be bundled with the record into one file that needs no "
        "network. What may not be is kept private, and its checksum is published.",
        "That anything here will be kept for a given time, or that a private original is still there today.",
    ),
    (
        "Identity",
        "That it can be identified, and told from every other item.",
        "Each article has an id that never changes, each original its name and SHA-256, and a page inside a web "
        "archive the number of its record.",
        "Which page a pasted text was taken from, where nobody recorded its address.",
    ),
    (
        "Persistence",
        "That its bits stay whole and can be processed.",
        "Every original can be verified by anyone, at any time, with the list of checksums. A bag carries originals "
        "and record to other archives.",
        "How many copies there are, where, and on what they are stored. That is for whoever keeps this archive.",
    ),
    (
        "Renderability",
        "That people or machines can use it with suitable hardware and software.",
        "The text that was read is kept as plain text beside every original, and shown as a page. Records are text "
        "files in open formats.",
        "How a page looked. Of a pasted text nothing of that was saved; of a saved page it is in the original, and "
        "not on this site.",
    ),
    (
        "Understandability",
        "That those it is meant for can interpret it.",
        "Names in the text lead to what is known of them, with sources. The ledger says what was set aside and why, "
        "and corrections stand beside the words.",
        "What readers of its time and language understood. Texts are shown in the language they were written in.",
    ),
)


def pages(site: Site) -> Iterator[Page]:
    """The page with the summary and the first captures, and a page for each further part of the list."""
    found = [capture for article in site.graph.articles for capture in captures_of(site.graph.archive, article)]
    parts = [found[start : start + SIZE] for start in range(0, len(found), SIZE)] or [found]
    paths = [PATH if at == 1 else f"{PATH}-{at}" for at in range(1, len(parts) + 1)]
    published = site.published
    for at, (path, part) in enumerate(zip(paths, parts, strict=True), 1):
        draft = Draft(site, path)
        yield draft.page(
            "custody.html",
            title="Where the captures come from" if at == 1 else f"Where the captures come from, part {at}",
            description="What is known of the origin of each capture in the archive, what is not, and how it is kept.",
            kind="index",
            summary=_summary(found, published) if at == 1 else None,
            properties=PROPERTIES,
            columns=COLUMNS,
            rows=[_row(draft, published, capture) for capture in part],
            paths=paths,
            number_of_part=at,
            first=(at - 1) * SIZE + 1,
            total=len(found),
        )


def of_article(draft: Draft, published: Published, article: ArticleFile) -> list[dict[str, Any]]:
    """The captures of one article for its page: name, kind, size, checksum, and where it or its text can be read."""
    return [_shown(draft, published, capture) for capture in captures_of(draft.graph.archive, article)]


def _shown(draft: Draft, published: Published, capture: Capture) -> dict[str, Any]:
    address, name = published.address(capture), capture.original.path
    return {
        "name": name, "sha256": capture.original.sha256, "part": capture.original.part,
        "captured": capture.original.captured, "unknown": capture.original.capture == "unknown",
        "kind": _kind(capture)[0], "size": _size(draft, capture), "href": draft.file(address) if address else "",
        "itself": address == f"originals/{name}", "private": capture.private,
    }  # fmt: skip


def _kind(capture: Capture) -> tuple[str, str]:
    """What it is, in words for one and for many."""
    return KINDS[capture.ledger.record.original.container] if capture.ledger else UNKNOWN


def _size(draft: Draft, capture: Capture) -> int | None:
    """The original's size in bytes; None where it is not here, or may not be spoken of as if it were."""
    path = draft.graph.archive.root / "archive/originals" / capture.original.path
    return path.stat().st_size if not capture.private and path.is_file() else None


def _summary(found: list[Capture], published: Published) -> dict[str, Any]:
    """How many captures there are of which kind, of how many the origin is known, and how they are kept."""
    kinds = Counter(map(_kind, found))
    open_ = [capture for capture in found if published.address(capture)]
    itself = sum(capture.original.path in published.served for capture in open_)
    return {
        "total": len(found),
        "kinds": [number(n, *kind) for kind, n in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))],
        "known": sum(capture.original.capture == "known" for capture in found),
        "addresses": sum(bool(capture.article.record.url) for capture in found),
        "itself": itself,
        "texts": len(open_) - itself,
        "closed": len(found) - len(open_),
    }


def _row(draft: Draft, published: Published, capture: Capture) -> Row:
    record, shown = capture.article.record, _shown(draft, published, capture)
    title = linked(draft, f"articles/{record.id}", record.title, "aa-serif")
    if capture.number > 1:
        title = Cell(title.shown + Markup('<br><span class="aa-note">captured again</span>'), title.value)
    return [title, _original(shown), _saved(capture), text(_reader(capture)), _kept(capture, shown)]


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
    itself = capture.ledger and any(found.field == "captured" for found in capture.ledger.record.found)
    day = date(capture.original.captured)
    source = "as the capture says" if itself else "as its record says"
    return Cell(day.shown + Markup('<br><span class="aa-note">{}</span>').format(source), day.value)


def _reader(capture: Capture) -> str:
    if capture.ledger is None:
        return "not published"
    return capture.ledger.record.original.reader or "version not recorded"


def _kept(capture: Capture, shown: dict[str, Any]) -> Cell:
    if shown["itself"]:
        return text("public")
    if shown["href"]:
        where = "kept private" if capture.private else "public in the repository"
        return Cell(
            Markup('{}<br><a href="{}">the text that was read</a>').format(where, shown["href"]), where
        )  # fmt: skip
    return text("kept private; text withheld")
