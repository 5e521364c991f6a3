"""What was set aside from a capture, as the page of its article tells it: a few words, and all on demand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from annotated_archive.ingest.proof import flaw
from annotated_archive.pages import wording
from annotated_archive.pages.draft import Site
from annotated_archive.pages.margin import ledger_blocks
from annotated_archive.pages.marks import Mark, marked
from annotated_archive.pages.notes import cut
from annotated_archive.records.ledger import COMMENTS, Ledger
from annotated_archive.store import ArticleFile

LINE_END = Markup('<span class="aa-nl" title="line end">↵</span>')
SPACE = Markup('<span class="aa-nl" title="space">␣</span>')
LONG = 300  # characters of a passage beyond which it is folded; then so many of its first ones are shown: …
OPENING = 70
WALL = 3_000  # characters of all passages beyond which their table is folded, of each row at least these counted: …
ROW = 60
_LINE_ENDS = re.compile(r"\n+")


@dataclass(frozen=True)
class Row:
    """A passage of the ledger in its table: its words with their marks, and what became of them.

    `opening` are its first words where it is long, and `length` its characters as words. Readers' comments have no
    `words`; passages of white space alone are one row for each rule, without a `place`.
    """

    rule: str
    reason: str
    place: str
    words: Markup | None = None
    became: Markup | None = None
    opening: str = ""
    length: str = ""
    noted: bool = False


def ledger(article: ArticleFile, site: Site, marks: dict[int, list[Mark]]) -> dict[str, Any] | None:
    """The article's ledger for the page; `exact` says whether body and ledger give back what was read."""
    file = site.graph.archive.ledgers.get(article.record.id)
    if file is None:
        return None
    record = file.record
    source = record.original
    rows = list(_rows(record, marks))
    comments = [span for span in record.spans if span.rule == COMMENTS]
    weight = sum(max(len(row.words or ""), ROW) for row in rows)
    return {
        "path": file.path, "exact": flaw(article.body, record, article.record.original.sha256) is None,
        "encoding": (source.encoding or "").upper(), "bom": source.bom, "bytes": source.container == "text",
        "reader": source.reader, "sha256": source.text, "count": len(record.spans), "rows": rows,
        "comments": sum(len(span.text) for span in comments),
        "folded": weight > WALL and not any(row.noted for row in rows),
        "proposals": [(span, visible(span.text)) for span in record.proposals],
    }  # fmt: skip


def _rows(record: Ledger, marks: dict[int, list[Mark]]) -> Iterator[Row]:
    """The passages in their order, then how many were white space alone."""
    blocks = iter(ledger_blocks(record.spans))
    space: Counter[tuple[str, str]] = Counter()
    for span in record.spans:
        if not span.text.strip():
            space[span.rule, span.reason] += 1
            continue
        block = next(blocks)
        mine = marks.get(block.number, [])
        length = wording.number(len(span.text), "character")
        place = f"{span.start}–{span.end}"
        if span.rule == COMMENTS:
            yield Row(span.rule, span.reason, place, length=length)
            continue
        opening = cut(span.text, OPENING) if len(span.text) > LONG else ""
        words = marked(block.text, block.start, mine, plain=lines)
        yield Row(span.rule, span.reason, place, words, visible(span.replacement), opening, length, bool(mine))
    for (rule, reason), count in space.items():
        yield Row(rule, reason, "", Markup("white space alone, {}").format(wording.number(count, "time")))


def visible(text: str) -> Markup:
    """A removed text with its line ends, and white space that stands alone, made visible."""
    if text and not text.strip():
        return Markup("").join(LINE_END if character == "\n" else SPACE for character in text)
    return lines(text)


def lines(text: str) -> Markup:
    """A text with its line ends made visible; what stands on lines of its own does so here."""
    out = Markup()
    at = 0
    for ends in _LINE_ENDS.finditer(text):
        out += Markup("{}{}{}").format(text[at : ends.start()], LINE_END * len(ends.group()), Markup("<br>"))
        at = ends.end()
    return out + text[at:]
