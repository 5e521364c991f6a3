"""The blocks of printed pages as a text, an article's body, and the ledger between them.

A word broken over two lines is made whole only where the same word stands unbroken elsewhere in the document, and a
paragraph goes on over the end of a page only where its next word is in small letters: every change is a span.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotated_archive.records.ledger import Proposal, Span
from annotated_archive.records.text import SEPARATOR

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE, _AFTER = re.compile(r"[^\W\d_]+(?=-$)"), re.compile(r"[^\W\d_]+")
_HYPHEN = re.compile(r"[^\W_]-$")
_ENDED = re.compile(r"[.!?:;։՞…؟۔”»)\]\"]$")
HYPHEN = "line-end-hyphen"


@dataclass(frozen=True)
class Block:
    """A block of a page, its lines as printed. `taken` is the rule that sets it aside; `goes_on`: begins a column."""

    lines: tuple[str, ...]
    page: int
    size: float = 0.0
    taken: str | None = None
    goes_on: bool = False

    @property
    def text(self) -> str:
        """Its lines as one; but a line's end stays where it has a hyphen: whose that is has still to be decided."""
        text = self.lines[0]
        for line in self.lines[1:]:
            text += f"\n{line}" if _HYPHEN.search(text) else f" {line}"
        return text


@dataclass
class Printed:
    """The text that was read, the article's body, the blocks that stand in it with their numbers, and the ledger."""

    text: str = ""
    body: str = ""
    blocks: dict[int, Block] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    def keep(self, words: str) -> None:
        """Add words to text and body."""
        self.text += words
        self.body += words

    def change(self, words: str, became: str, rule: str, reason: str) -> None:
        """Add words to the text, and to the body what stands for them."""
        if words == became:
            self.keep(words)
            return
        start = len(self.text)
        self.text += words
        self.body += became
        self.spans.append(
            Span(start=start, end=start + len(words), rule=rule, reason=reason, text=words, replacement=became)
        )


def printed(blocks: Iterable[Block], reasons: Mapping[str, str]) -> Printed:
    """Text, body and ledger of blocks in the order of reading; `reasons` are those of the rules that take some."""
    blocks = list(blocks)
    known = {word.casefold() for block in blocks for line in block.lines for word in _WORD.findall(line)}
    made = Printed()
    last: Block | None = None
    for number, block in enumerate(blocks):
        if block.taken:
            if number:
                made.change(SEPARATOR, "", "white-space", "blocks stand apart by one blank line")
            made.change(block.text, "", block.taken, reasons[block.taken])
            continue
        if number:
            _between(made, last, block)
        if last is None or made.body.endswith(SEPARATOR):
            made.blocks[len(made.blocks) + 1] = block
        _lines(made, block.text, known)
        last = block
    return made


def _between(made: Printed, last: Block | None, block: Block) -> None:
    """What stands between two blocks of the body: nothing before the first one, and within one paragraph a space."""
    if last is None:
        made.change(SEPARATOR, "", "white-space", "blocks stand apart by one blank line")
    elif block.goes_on and last.size == block.size and not _ENDED.search(last.text) and block.text[:1].islower():
        became = "\n" if _HYPHEN.search(last.text) else " "
        made.change(SEPARATOR, became, "paragraph-end", "the paragraph goes on in the next column or on the next page")
    else:
        made.keep(SEPARATOR)


def _lines(made: Printed, text: str, known: set[str]) -> None:
    """The lines of a block, each broken word made whole where that is certain, and else only proposed to be."""
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None:
            made.keep(line)
            return
        one, other = _BEFORE.search(line), _AFTER.match(following)
        if not one or not other or other.group()[0].isupper():
            made.keep(line)
            made.change("\n", "", "line-end", "the hyphen stands between capitals or figures")
        elif (one.group() + other.group()).casefold() in known:
            made.keep(line[:-1])
            made.change("-\n", "", HYPHEN, "the word stands unbroken elsewhere in the document")
        elif f"{one.group()}-{other.group()}".casefold() in known:
            made.keep(line)
            made.change("\n", "", "line-end", "the word stands with its hyphen elsewhere in the document")
        else:
            made.keep(line + "\n")
            made.proposals.append(
                Proposal(
                    start=len(made.text) - 2, end=len(made.text), rule=HYPHEN, text="-\n",
                    reason="one word, or two with a hyphen: nothing else in the document tells",
                )
            )  # fmt: skip
