"""The pages of articles: the text with its names linked, and everything that is known about the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup

from annotated_archive.graph import Annotated
from annotated_archive.names import ArticleMentions
from annotated_archive.pages import custody, ledgers, links, shared, wording
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.cites import citation, how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.margin import Margin, margin
from annotated_archive.pages.marks import marked
from annotated_archive.pages.notes import Note
from annotated_archive.records.article import LINKED
from annotated_archive.records.text import digest
from annotated_archive.store import ArticleFile

READ_FROM = {
    "html": "a saved page", "singlefile": "a page saved with SingleFile", "mhtml": "a page saved as MHTML",
    "pdf": "a PDF", "warc": "a web archive (WARC)", "wacz": "a web archive (WACZ)",
}  # fmt: skip


LAYOUT = {
    "paragraph": ("", "", "<p", "</p>"),
    "heading": ("", "", '<h2 class="aa-heading"', "</h2>"),
    "quotation": ("", "<blockquote>", "<p", "</p></blockquote>"),
    "caption": (
        " aa-figure", '<span class="aa-label">Caption · photograph not republished</span>', '<p class="aa-caption"',
        "</p>",
    ),
}  # fmt: skip
"""How a block of each kind is laid out: its further class, what stands before its words, their element, its end."""


def jobs(site: Site) -> Iterator[Job]:
    """The page of each article."""
    for identifier in site.graph.archive.articles:
        yield Job(f"articles/{identifier}.md", partial(page, identifier=identifier))


def page(site: Site, identifier: str) -> Page:
    """The page of one article."""
    article = site.graph.archive.articles[identifier]
    record = article.record
    draft = Draft(site, f"articles/{record.id}")
    graph = site.graph
    previous, following = site.article_around(record.id)
    found = graph.mentions[record.id]
    outlet = graph.label(record.source) if record.source else None
    published = record.rights.publish == "full"
    day = wording.day(record.date)
    date = f"{day}, {how_known(record)}" if record.date else day
    annotated = graph.annotations.get(record.id, ())
    beside = margin(draft, article, annotated)
    return draft.page(
        "article.html",
        title=record.title,
        description=". ".join(part for part in (outlet.name if outlet else "", date, "With every name linked") if part),
        kind="article",
        source=article.path,
        article=record,
        date=date,
        day=f"{day}, inferred" if record.date_source == "inferred" else day,
        received=_received(article, site),
        outlet=outlet,
        credit=links.with_links(record.credited, site.mentions(record.credited), draft.name) if record.credited else "",
        headline=marked(
            record.title, 0, beside.marks.get("title", {}).get(1, []), found.title,
            lambda e, w: draft.name(e, w, "n quiet"), links.unbroken,
        ),
        blocks=list(_blocks(draft, article, beside)) if published else [],
        annotated=annotated,
        beside=beside,
        strip=_named(article, found),
        mentions=None if article.withheld else len(found.title) + len(found.body),
        kinds={kind: len(getattr(record, name)) for kind, name in LINKED.items()},
        original=_original(article, site),
        captures=custody.of_article(draft, article),
        ledger=ledgers.ledger(article, site, beside.marks["ledger"]) if published else None,
        shared=shared.shared(draft, article) if published else None,
        cited=[citation(graph, work) for work in _cited(annotated)],
        version=record.text.sha256 if record.text else digest(article.body),
        withheld=record.text if not published else None,
        share=f"{record.rights.share:.0%}" if record.rights.publish == "excerpt" else "",
        quoted=any(note.quotes for note in beside.listed),
        secret=bool(article.text_file),
        previous=previous,
        next=following,
        address=f"{site.settings.site_url.rstrip('/')}/articles/{record.id}.html" if site.settings.site_url else "",
        language=wording.language(record.language),
    )


def _blocks(draft: Draft, article: ArticleFile, beside: Margin) -> Iterator[tuple[Markup, list[Note]]]:
    """Each block with its words linked and marked, and the notes beside it.

    Blocks are most of the pages of an archive: what stands around their words is laid out here, and not by a template.
    """
    marks = beside.marks["body"]
    for block, mentions in draft.graph.block_mentions(article):
        words = marked(block.text, block.start, marks.get(block.number, ()), mentions, draft.name)
        kind = block.kind if block.kind in LAYOUT else "paragraph"
        style, before, element, after = LAYOUT[kind]
        number = block.number
        yield Markup(
            f'<div class="aa-block{style}"><a class="aa-para" href="#p-{number}" '
            f'aria-label="Link to {kind} {number}">{number}</a>'
            f'{before}{element} id="p-{number}" data-start="{block.start}">{words}{after}</div>'
        ), beside.blocks.get(number, [])


def _named(article: ArticleFile, found: ArticleMentions) -> list[str]:
    """Who is named, in the order of the text; of a text that is not here, as its record lists them."""
    listed = [one for name in LINKED.values() for one in getattr(article.record, name)] if article.withheld else []
    return list(dict.fromkeys([*(mention.entity for mention in (*found.title, *found.body)), *listed]))


def _cited(annotated: tuple[Annotated, ...]) -> list[str]:
    """The works that annotations and their replies cite, each once, in the order of the notes."""
    files = [file for one in annotated for file in (one.file, *one.replies) if file.record.status != "removed"]
    return list(dict.fromkeys(work for file in files for work in file.record.cite))


def _original(article: ArticleFile, site: Site) -> dict[str, Any]:
    """The original's file: its name, whether it is here to be published, and its size in bytes (None: not here)."""
    size = site.size(article.record.original.path)
    return {"name": article.record.original.path, "size": size, "sha256": article.record.original.sha256}


def _received(article: ArticleFile, site: Site) -> str:
    """What the text that the page shows was read from, and how many bytes that has where it is published."""
    original, ledger = _original(article, site), site.graph.archive.ledgers.get(article.record.id)
    size = wording.number(original["size"], "byte") if original["size"] is not None else ""
    container = ledger.record.original.container if ledger else "text"
    if container == "text":
        return f"text as received, {size}" if size else "text as received"
    return f"text read from {READ_FROM[container]}" + (f" of {size}" if size else "")
