"""What articles say of an entity: the passages that name it, on the entity's page.

They are most of the pages of entities. So a row is laid out here and not by a template, and what stands above the
passages of an article is put into words once, not for each entity that the article names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from annotated_archive.graph import Backlink, Sentence
from annotated_archive.pages import links, notes
from annotated_archive.pages.cites import how_known
from annotated_archive.pages.draft import Draft
from annotated_archive.pages.wording import number
from annotated_archive.records import dates
from annotated_archive.records.article import Article

QUOTES = 40  # passages of one article that a page shows
LONGEST = 1200  # characters of a passage


def row(draft: Draft, backlink: Backlink) -> Markup:
    """An article that mentions an entity, with the first sentences that do, unless its text may not be published."""
    record = draft.graph.archive.articles[backlink.article].record
    href = escape(draft.href(f"articles/{record.id}"))
    title, about = _heading(draft, record)
    mentions = f" · {number(backlink.mentions, 'mention')}" if backlink.mentions else ""
    found = backlink.sentences
    quotes = list(_quotes(draft, record, found[:QUOTES], href)) if record.rights.publish == "full" else []
    if not quotes:
        quotes = ['<p class="aa-note">The text of this article is not published here.</p>\n']
    elif more := len(found) - len(quotes):
        others = number(more, "other passage")
        quotes.append(f'<p class="aa-note">And {others} in <a href="{href}">this article</a>.</p>\n')
    return Markup(
        f'<article class="aa-backlink">\n<h3><a href="{href}">{title}</a></h3>\n'
        f'<p class="aa-by">{about}{mentions}</p>\n{"".join(quotes)}</article>'
    )


def _heading(draft: Draft, record: Article) -> tuple[Markup, Markup]:
    """The title of an article; its outlet and its date."""
    if record.source:
        draft.graph.note("label", record.source)
    known = draft.site.headings.get(record.id)
    if known is None:
        outlet = draft.graph.label(record.source) if record.source else None
        date = f"{dates.words(record.date)} ({how_known(record)})" if record.date else "undated"
        about = " · ".join(part for part in (outlet.name if outlet else "", date) if part)
        known = draft.site.headings[record.id] = escape(record.title), escape(about)
    return known


def _quotes(draft: Draft, record: Article, sentences: Sequence[Sentence], href: str) -> Iterator[str]:
    """Sentences as quotations, each with a link to where it stands, and with the corrections of its words."""
    body = ""
    if any(sentence.block for sentence in sentences):
        body = draft.graph.archive.articles[record.id].body  # read once for all of them
    language, kinds = escape(record.language), record.blocks
    for sentence in sentences:
        block = sentence.block
        words = _words(body if block else record.title, sentence)
        fixes = draft.graph.corrections(record.id, sentence.start, sentence.end, "body" if block else "title")
        where = f'<a href="{href}#p-{block}">' if block else f'<a href="{href}">'
        yield (
            f'<blockquote class="aa-quote" lang="{language}"><p>{words}</p>'
            f"<footer>{where}{_spot(block, kinds)}</a></footer></blockquote>\n"
            f"{notes.corrections(draft, record.id, fixes) if fixes else ''}"
        )


def _words(text: str, sentence: Sentence) -> Markup:
    """A sentence with the name marked; of a very long one only what stands around it."""
    marks, start, end = sentence.marks, sentence.start, sentence.end
    if end - start <= LONGEST:
        return links.with_marks(text, marks, start, end)
    first = max(start, marks[0][0] - LONGEST // 2)
    last = max(min(end, first + LONGEST), marks[0][1])
    inside = links.with_marks(text, [mark for mark in marks if mark[1] <= last], first, last)
    return Markup("{}{}{}").format("… " if first > start else "", inside, " …" if last < end else "")


def _spot(block: int, kinds: Mapping[str, str]) -> str:
    """Where a sentence stands, in words."""
    return f"{kinds.get(str(block), 'paragraph')} {block}" if block else "headline"
