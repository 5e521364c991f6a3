"""The chosen blocks of a page as an article's body, and a span for everything beside them."""

from __future__ import annotations

from dataclasses import dataclass

from annotated_archive.ingest.cleaning import Cut, Line, between, clean
from annotated_archive.ingest.html.blocks import Block
from annotated_archive.ingest.rules import LINE_FURNITURE, PHOTO_CREDIT
from annotated_archive.records.ledger import Proposal, Span
from annotated_archive.records.text import SEPARATOR

REASONS = {
    "navigation": "navigation of the page",
    "header": "stands in the head of the page",
    "footer": "stands in the foot of the page",
    "aside": "marked in the page as beside its subject",
    "form": "a form, button or list to choose from",
    "comments": "stands where the page keeps readers' comments",
    "hidden": "marked in the page as not to be shown",
    "headline": "kept as the article's title",
    "heading": "the page's own headline; the title was taken from elsewhere in the page",
    "further-article": "stands in another article of the page",
    "links": "a list of links, without words of its own",
    "teaser": "breaks off where a later paragraph goes on",
    "not-article": "not part of the article's text, as trafilatura reads the page",
    "unseen-character": "nothing in it can be shown",
}


@dataclass(frozen=True)
class Body:
    """The canonical text, what of it is not a paragraph (block number → kind), and what was set aside or proposed."""

    text: str
    kinds: dict[int, str]
    spans: list[Span]
    proposals: list[Proposal]


def compose(text: str, blocks: list[Block], rules: list[str | None]) -> Body:
    """Put the article together. `rules` says for each block by which rule it is set aside; None where it is kept.

    Neighbours that one rule takes share a span: a menu is one entry of the ledger.
    """
    spans: list[Span] = []
    parts: list[str] = []
    kinds: dict[int, str] = {}
    proposals: list[Proposal] = []
    cuts: list[Cut] = []
    at = number = 0
    last: Block | None = None
    for block, rule in zip(blocks, rules, strict=True):
        lines = [] if rule else _lines(text, block)
        if not lines:
            _cut(cuts, block, rule or "unseen-character")
            continue
        number += 1
        for line in lines:
            separator = "" if last is None else "\n" if last is block else SEPARATOR
            spans += between(text, at, line.start, cuts, separator)
            spans += line.edits
            parts += [separator, line.text]
            at, cuts, last = line.end, [], block
        kind = "caption" if block.kind == "paragraph" and PHOTO_CREDIT.search(block.text) else block.kind
        if kind != "paragraph":
            kinds[number] = kind
        if LINE_FURNITURE.fullmatch(block.text) and not block.text.endswith((".", "!", "?", "”", '"')):
            start, end = lines[0].start, lines[-1].end
            reason = "looks like a button or link of the page"
            proposals.append(Proposal(start=start, end=end, rule="page-furniture", reason=reason, text=text[start:end]))
    spans += between(text, at, len(text), cuts, "")
    return Body("".join(parts), kinds, spans, proposals)


def _lines(text: str, block: Block) -> list[Line]:
    """The clean lines of a block; those that hold nothing to be shown are left out, and then stand in a span."""
    lines: list[Line] = []
    start = block.offset
    for raw in block.text.split("\n"):
        if line := clean(text, start, start + len(raw)):
            lines.append(line)
        start += len(raw) + 1
    return lines


def _cut(cuts: list[Cut], block: Block, rule: str) -> None:
    """Add a block to what is set aside: to the span before it, where the same rule took that."""
    end = block.offset + len(block.text)
    start = cuts.pop().start if cuts and cuts[-1].rule == rule else block.offset
    cuts.append(Cut(start, end, rule, REASONS[rule]))
