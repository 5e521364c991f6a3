"""Every block of text that a page's markup holds, in document order, each with what it is and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from annotated_archive.ingest.html.inline import link_lists
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.ledger import COMMENTS

MAX_BLOCKS = 20_000
MAX_CHARACTERS = 2_000_000

_SPACE = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")
_BLANK_LINE = re.compile(r"\n[\n ]*\n")
# What stands in no block: programs, styles, and the title, which is metadata.
_NO_TEXT = {"script", "style", "title", "math-annotation"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog"),
    *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "head", "header"),
    *("hgroup", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "noscript", "object", "ol", "optgroup"),
    *("option", "p", "pre", "search", "section", "select", "summary", "svg", "table", "tbody", "template", "textarea"),
    *("tfoot", "thead", "tr", "ul", "video", "audio", "listing", "xmp", "plaintext"),
}
_KEEPS_LINES = {"pre", "textarea", "listing", "xmp", "plaintext"}
_RULES = {
    "nav": "navigation", "header": "header", "footer": "footer", "aside": "aside", "form": "form", "button": "form",
    "select": "form", "textarea": "form", "noscript": "hidden", "dialog": "form", "menu": "navigation",
}  # fmt: skip
_ROLES = {
    "navigation": "navigation", "banner": "header", "contentinfo": "footer", "complementary": "aside",
    "search": "form", "dialog": "form", "menu": "navigation", "menubar": "navigation",
}  # fmt: skip
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|comment-?list|disqus|respond)(?:$|[\s_-])", re.I)
# A cell longer than this is layout, as is one of several blocks: its row is not a line of figures.
_LONG_CELL = 150
# How many elements around a block its `path` names.
_PATH = 4


@dataclass
class Block:
    """One block: its text (lines apart by one newline), its kind, the rule of the furniture it stands in, its tag.

    `links` counts the characters in links; `main` says that it stands in an `article` or `main` element, `article` in
    which `article` of the page, `post` in which of those that stand in no other, and `path` names the elements around
    it by tag and class.
    """

    text: str
    kind: str
    rule: str | None
    tag: str
    links: int
    main: bool
    article: int
    path: tuple[str, ...]
    post: int = 0
    offset: int = 0


@dataclass
class _State:
    """What holds for the text inside one element."""

    kind: str = "paragraph"
    rule: str | None = None
    tag: str = "body"
    lines: bool = False
    link: bool = False
    main: bool = False
    article: int = 0
    post: int = 0
    path: tuple[str, ...] = ()


_BREAK = _State(lines=True)
_BESIDE = {"hidden": _State(rule="hidden"), "links": _State(rule="links")}
"""What stands inside a sentence without being of it becomes a block of its own after it."""


@dataclass
class _Row:
    """A table's row that is being read: where its blocks begin, and how many cells it has."""

    first: int
    cells: int = 0


@dataclass
class _Walk:
    """The blocks so far, and the one that is being read."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)
    state: _State = field(default_factory=_State)
    links: int = 0
    characters: int = 0

    def add(self, text: str | None, state: _State) -> None:
        if not text:
            return
        if state.lines:
            text = "\n".join(_SPACE.sub(" ", line) for line in re.split(r"\r\n|[\r\n]", text))
        else:
            text = _SPACE.sub(" ", text)
        if state.rule in _BESIDE:
            self.beside.setdefault(state.rule, []).append(text)
            return
        if not self.parts and text.isspace():
            return
        if not self.parts:
            self.state = state
        self.parts.append(text)
        if state.link:
            self.links += len(text)

    def flush(self) -> None:
        """End the block that is being read; what is hidden inside it becomes a block of its own after it."""
        if self.parts:
            self._emit("".join(self.parts), self.state, self.links)
        for rule, texts in self.beside.items():
            self._emit("".join(texts), _BESIDE[rule], 0)
        self.parts, self.beside, self.links = [], {}, 0

    def _emit(self, whole: str, state: _State, links: int) -> None:
        for part in _BLANK_LINE.split(whole):
            lines = (_SPACE.sub(" ", line).strip() for line in part.split("\n"))
            text = "\n".join(line for line in lines if line)
            if text:
                share = min(len(text), links * len(text) // len(whole))
                inside = (state.main, state.article, state.path, state.post)
                self.blocks.append(Block(text, state.kind, state.rule, state.tag, share, *inside))
                self.characters += len(text)
        if len(self.blocks) > MAX_BLOCKS or self.characters > MAX_CHARACTERS:
            message = f"more than {MAX_BLOCKS:,} blocks or {MAX_CHARACTERS:,} characters of text"
            raise ContentError(Diagnostic(self.name, 1, 1, "INGEST-PAGE", message, "Save the article alone."))


def read_blocks(tree: Any, name: str) -> list[Block]:
    """All blocks of the tree that lxml made of a page. Raises ContentError (INGEST-PAGE) beyond the limits.

    The tree is walked, not recursed into: its depth costs nothing. Text between `script`, `style` and `title` tags is
    no text of the page, nor is a `template`'s, unless it is a shadow root that browsers show.
    """
    from lxml import etree

    walk = _Walk(name)
    states = [_State()]
    rows: list[_Row] = []
    articles = 0
    lists = link_lists(tree)
    events = etree.iterwalk(tree, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                walk.add(element.tail, states[-1])
            continue
        block = tag in _BLOCKS
        if event == "start":
            if block:
                walk.flush()
            articles += tag == "article"
            state = _inside(element, tag, states[-1], articles)
            if element in lists and state.rule is None:
                state = replace(state, rule="links")
            states.append(state)
            if tag == "tr":
                rows.append(_Row(len(walk.blocks)))
            elif tag in ("td", "th"):
                walk.flush()
                if rows:
                    rows[-1].cells += 1
            elif tag == "br":
                walk.add("\n", _BREAK)
            if tag in _NO_TEXT or (tag == "template" and not _shown(element)):
                events.skip_subtree()
            else:
                walk.add(element.text, state)
            continue
        states.pop()
        if block or tag in ("td", "th"):
            walk.flush()
        if tag == "tr" and rows:
            _join(walk.blocks, rows.pop())
        walk.add(element.tail, states[-1])
    walk.flush()
    at = 0
    for found in walk.blocks:
        found.offset = at
        at += len(found.text) + 2
    return walk.blocks


def _inside(element: Any, tag: str, outer: _State, articles: int) -> _State:
    """What holds inside an element: its own kind and place, or those of what it stands in."""
    rule = outer.rule or _furniture(element, tag, outer)
    if (tag in _BLOCKS or rule != "hidden") and _holds_comments(element, tag):
        rule = COMMENTS
    if tag not in _BLOCKS and tag != "a" and rule == outer.rule:
        return outer
    kind, path = outer.kind, outer.path
    if tag in _HEADINGS:
        kind = "heading"
    elif tag in ("figcaption", "caption"):
        kind = "caption"
    elif tag == "blockquote":
        kind = "quotation"
    if tag in _BLOCKS:
        path = (*path[-_PATH + 1 :], f"{tag} {element.get('class') or ''}" if tag != "p" else tag)
    return _State(
        kind=kind, rule=rule, tag=tag if tag in _BLOCKS else outer.tag, lines=outer.lines or tag in _KEEPS_LINES,
        link=outer.link or tag == "a", main=outer.main or tag in ("article", "main"),
        article=articles if tag == "article" else outer.article, path=path,
        post=outer.post or (articles if tag == "article" else 0),
    )  # fmt: skip


def _furniture(element: Any, tag: str, outer: _State) -> str | None:
    """The rule for an element that is not, or not surely, the article's: None where it says nothing of the kind."""
    get = element.get
    if get("hidden") is not None or _UNSEEN.search(get("style") or ""):
        return "hidden"
    if tag == "header" and outer.main:
        return None  # an article's own header holds its headline
    return _RULES.get(tag) or _ROLES.get((get("role") or "").strip().lower())


def _holds_comments(element: Any, tag: str) -> bool:
    """Whether an element holds readers' comments, wherever it stands: what private persons wrote is told from all else.

    The element of the whole page, or of an article, may have the word in its class for another reason.
    """
    if tag in ("body", "html", "main"):
        return False
    get = element.get
    if "comment" in (get("itemprop") or "").lower().split() or (get("itemtype") or "").lower().endswith("/comment"):
        return True
    return tag != "article" and any(_COMMENTS.search(get(name) or "") for name in ("class", "id"))


def _shown(template: Any) -> bool:
    """Whether a template is a shadow root, which SingleFile saves in this form and browsers show."""
    return template.get("shadowrootmode") is not None or template.get("shadowroot") is not None


def _join(blocks: list[Block], row: _Row) -> None:
    """Make one block of a table's row, a line to each cell, unless the table is there for layout."""
    cells = blocks[row.first :]
    if len(cells) < 2 or len(cells) > row.cells or any(len(cell.text) > _LONG_CELL for cell in cells):
        return
    cells[0].text = "\n".join(cell.text for cell in cells)
    cells[0].links = sum(cell.links for cell in cells)
    del blocks[row.first + 1 :]


def text_of(blocks: list[Block]) -> str:
    """The text that was read from a page: all blocks, apart by one blank line."""
    return "\n\n".join(block.text for block in blocks)


def words(text: str) -> Iterator[str]:
    """The words of a text, for comparing: white space and punctuation do not count."""
    return (match.group() for match in re.finditer(r"\w+", text))
