"""The pages of articles: the text with its names linked, and everything that is known about the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from annotated_archive.graph import Annotated
from annotated_archive.ingest.proof import flaw
from annotated_archive.names import ArticleMentions
from annotated_archive.pages import custody, links, shared, wording
from annotated_archive.pages.base import Page
from annotated_archive.pages.cites import citation, how_known
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.margin import Margin, ledger_blocks, margin
from annotated_archive.pages.marks import Mark, marked
from annotated_archive.records import dates
from annotated_archive.records.article import LINKED
from annotated_archive.records.ledger import Span
from annotated_archive.records.text import digest
from annotated_archive.store import ArticleFile

LINE_END = Markup('<span class="aa-nl" title="line end">↵</span>')
SPACE = Markup('<span class="aa-nl" title="space">␣</span>')


def page(site: Site, article: ArticleFile) -> Page:
    """The page of one article."""
    record = article.record
    draft = Draft(site, f"articles/{record.id}")
    graph = site.graph
    previous, following = site.articles_around[record.id]
    found = graph.mentions[record.id]
    outlet = graph.entities.get(record.source) if record.source else None
    published = record.rights.publish == "full"
    date = f"{dates.words(record.date)}, {how_known(record)}" if record.date else "undated"
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
        captures=custody.of_article(draft, site.published, article),
        ledger=_ledger(article, site, beside.marks["ledger"]) if published else None,
        shared=shared.shared(draft, article) if published else [],
        shared_beyond=shared.beyond(draft, article),
        cited=[citation(graph, work) for work in _cited(annotated)],
        version=record.text.sha256 if record.text else digest(article.body),
        withheld=record.text if not published else None,
        share=f"{record.rights.share:.0%}" if record.rights.publish == "excerpt" else "",
        secret=bool(article.text_file),
        previous=previous,
        next=following,
        address=f"{site.settings.site_url.rstrip('/')}/articles/{record.id}.html" if site.settings.site_url else "",
        language=wording.language(record.language),
    )


def _blocks(draft: Draft, article: ArticleFile, beside: Margin) -> Any:
    """Each block with its words linked and marked, and the notes beside it."""
    for block, mentions in draft.graph.block_mentions(article):
        words = marked(block.text, block.start, beside.marks["body"].get(block.number, []), mentions, draft.name)
        yield block, words, beside.blocks.get(block.number, [])


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
    path = site.graph.archive.root / "archive/originals" / article.record.original.path
    size = path.stat().st_size if path.is_file() else None
    return {"name": article.record.original.path, "size": size, "sha256": article.record.original.sha256}


def _ledger(article: ArticleFile, site: Site, marks: dict[int, list[Mark]]) -> dict[str, Any] | None:
    """The article's ledger for the page; `exact` says whether body and ledger give back what was read."""
    file = site.graph.archive.ledgers.get(article.record.id)
    if file is None:
        return None
    ledger = file.record
    exact = flaw(article.body, ledger, article.record.original.sha256) is None
    return {
        "path": file.path, "exact": exact, "encoding": (ledger.original.encoding or "").upper(),
        "bom": ledger.original.bom, "bytes": ledger.original.container == "text", "reader": ledger.original.reader,
        "spans": [(span, words, visible(span.replacement)) for span, words in _set_aside(ledger.spans, marks)],
        "proposals": [(span, visible(span.text)) for span in ledger.proposals],
    }  # fmt: skip


def _set_aside(spans: list[Span], marks: dict[int, list[Mark]]) -> Iterator[tuple[Span, Markup]]:
    """Each span of the ledger with its words marked."""
    blocks = iter(ledger_blocks(spans))
    for span in spans:
        if span.text.strip():
            block = next(blocks)
            yield span, marked(block.text, block.start, marks.get(block.number, []), plain=_lines)
        else:
            yield span, visible(span.text)


def visible(text: str) -> Markup:
    """A removed text with its line ends, and white space that stands alone, made visible."""
    if text and not text.strip():
        return Markup("").join(LINE_END if character == "\n" else SPACE for character in text)
    return _lines(text)


def _lines(text: str) -> Markup:
    """A text with its line ends made visible."""
    return Markup("").join(
        Markup("{}{}").format(line, LINE_END if number < text.count("\n") else "")
        for number, line in enumerate(text.split("\n"))
    )
