"""An HTML page as an article's parts: its text in blocks, which of them are the article, and what it says of itself."""

from __future__ import annotations

import re
from typing import Any

from annotated_archive.ingest.html.blocks import Block, read_blocks, text_of, words
from annotated_archive.ingest.html.body import compose
from annotated_archive.ingest.html.charset import decode_page
from annotated_archive.ingest.html.choosing import article_text, chosen
from annotated_archive.ingest.html.foreign import doubtful, foreign
from annotated_archive.ingest.html.metadata import describe, headline_of, printed
from annotated_archive.ingest.html.signs import Signs, read_near, read_signs, tidy
from annotated_archive.ingest.html.walls import cut_short, wall
from annotated_archive.ingest.reading import Candidate, Doubt, Reading
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.ledger import COMMENTS, Span

MAX_BYTES = 20_000_000
# The time that lxml takes for one tag grows with the square of the number of its attributes.
_MAX_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_LOCAL = re.compile(r"file:(?:\\?/){2,3}[^\s\"'<>&]{1,300}", re.I)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def read_page(candidate: Candidate, name: str, title: str | None = None) -> Reading:
    """Read a page. `title` is the headline where an editor gives it.

    Pure, and bounded in time and memory. Raises ContentError: INGEST-EMPTY, INGEST-SIZE, INGEST-NOT-TEXT,
    INGEST-CHARSET, INGEST-DEPTH, INGEST-PAGE, INGEST-WALL.
    """
    if len(candidate.data) > MAX_BYTES:
        message = f"{len(candidate.data):,} bytes; a page has at most {MAX_BYTES:,}"
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-SIZE", message, "Save the article without its pictures."))
    page = decode_page(candidate.data, candidate.charset, name)
    tree = parse(page.text, name)
    blocks = read_blocks(tree, name)
    text = text_of(blocks)
    signs = read_signs(tree)
    local = _local(candidate, page.text)
    heading = headline_of(blocks, signs)
    headline = tidy(heading.text) if heading else None
    if headline:
        read_near(signs, tree, headline)
    kept = chosen(blocks, article_text(tree, name))
    beside = foreign(blocks, kept)
    kept = [keep and number not in beside for number, keep in enumerate(kept)]
    marked = bool(signs.subjects) or any(block.article for block, keep in zip(blocks, kept, strict=True) if keep)
    password = any((field.get("type") or "").strip().lower() == "password" for field in tree.iter("input"))
    if kind := wall(signs.title, blocks, kept, marked=marked, password=password):
        message = f"this is {kind}, not an article"
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-WALL", message, "Save the page when the article shows."))
    directly = printed(blocks, kept, heading)
    found, doubts = describe(signs, headline, _joined(blocks, kept), candidate, directly=directly)
    doubts += (*doubtful(blocks, kept), *_partial(signs, blocks), *_frames(tree), *local)
    title = title or next((one.value for one in found if one.field == "title"), None)
    rules = [
        None if keep else COMMENTS if block.rule == COMMENTS else beside.get(number) or block.rule or "not-article"
        for number, (block, keep) in enumerate(zip(blocks, kept, strict=True))
    ]
    set_headline(blocks, rules, title, heading)
    body = compose(text, blocks, rules)
    doubts += _comments(body.spans)
    return Reading(
        text=text, encoding=page.encoding, bom=page.bom, title=title, body=body.text, blocks=body.kinds,
        spans=body.spans, proposals=body.proposals, found=found, doubts=(*page.doubts, *doubts),
        pictures=_pictures(tree), private=bool(local),
    )  # fmt: skip


def set_headline(blocks: list[Block], rules: list[str | None], title: str | None, heading: Block | None) -> None:
    """Set the headline aside, which becomes the title: the page's heading, and what says the same above the text."""
    key = list(words((title or "").casefold()))
    for number, block in enumerate(blocks):
        same = bool(key) and list(words(block.text.casefold())) == key
        if same and (block is heading or block.kind == "heading" or rules[number] is None):
            rules[number] = "headline"
        elif rules[number] is None and block is not heading:
            return
        elif rules[number] is None:
            rules[number] = "heading"


def _joined(blocks: list[Block], kept: list[bool]) -> str:
    return "\n".join(block.text for block, keep in zip(blocks, kept, strict=True) if keep)


def _comments(spans: list[Span]) -> tuple[Doubt, ...]:
    """The doubt about what readers, who are private persons, wrote below the article."""
    length = sum(len(span.text) for span in spans if span.rule == COMMENTS)
    if not length:
        return ()
    message = f"the page holds readers' comments, {length:,} characters: the site leaves them out, the ledger has them"
    mend = "A ledger is published with its text; --publish excerpt keeps both private."
    return (Doubt("INGEST-COMMENTS", message, mend),)


def _partial(signs: Signs, blocks: list[Block]) -> tuple[Doubt, ...]:
    """The doubt about an article that only those who pay see whole, as the page itself says."""
    if all(subject.free for subject in signs.subjects) or not cut_short(blocks):
        return ()
    message = "the page says that the whole article is for subscribers"
    return (Doubt("INGEST-PARTIAL", message, "See whether it breaks off, and save it whole."),)


def _frames(tree: Any) -> tuple[Doubt, ...]:
    """The doubt about pages within the page, which a browser's saving program keeps in an attribute."""
    count = sum(bool((frame.get("srcdoc") or "").strip()) for frame in tree.iter("iframe", "frame"))
    if not count:
        return ()
    message = f"{count:,} embedded pages (frames) were not read"
    return (Doubt("INGEST-FRAME", message, "See whether one of them holds words of the article."),)


def _local(candidate: Candidate, markup: str) -> tuple[Doubt, ...]:
    """The doubt about addresses on the disk of whoever saved the page: a folder's name is often a person's."""
    if not (candidate.url or "").startswith("file:") and not _LOCAL.search(markup):
        return ()
    # The doubt is recorded and published with the ledger: the address itself is not in it.
    message = "the capture holds an address on the disk of whoever saved it (file://)"
    return (Doubt("INGEST-LOCAL", message, "It may name a person; the original is kept private."),)


def _pictures(tree: Any) -> int:
    """How many pictures the page itself carries."""
    return sum((image.get("src") or "").lstrip().lower().startswith("data:") for image in tree.iter("img"))


def parse(text: str, name: str) -> Any:
    """The tree that lxml makes of a page. Raises ContentError (INGEST-EMPTY, INGEST-DEPTH, INGEST-PAGE)."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if any(len(_QUOTED.sub("", tag).split()) > _MAX_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        message = f"a tag with more than {_MAX_ATTRIBUTES:,} attributes"
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-PAGE", message, "Save the article's text alone."))
    # Without `huge_tree` the parser breaks off at 256 levels, with it at 2,048: either way it says so in its log.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        empty = Diagnostic(name, 1, 1, "INGEST-EMPTY", "a page without text", "Save the page again.")
        raise ContentError(empty) from None
    if parser.error_log.filter_from_fatals():
        message = "tags nested more than 2,000 levels deep, or too large to be read: what follows would be lost"
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-DEPTH", message, "Save the article's text alone."))
    return tree
