"""What the containers hand on: a page that a capture holds, and what was read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from annotated_archive.records.article import Container
from annotated_archive.records.ledger import Found, Proposal, Span


@dataclass(frozen=True)
class Candidate:
    """One page that a capture holds, as bytes. `media` says what they are; the rest is what the capture says of it.

    `charset` was declared outside the page (HTTP header, MIME part); `captured` is EDTF; `pictures` counts those that
    the capture carries with the page; `remarks` are said to the editor.
    """

    container: Container
    media: Literal["text", "html", "pdf"]
    data: bytes = field(repr=False)
    part: str | None = None
    charset: str | None = None
    url: str | None = None
    captured: str | None = None
    pictures: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """Something an editor should look at: a rule's id, what was seen, and what to do."""

    rule: str
    message: str
    mend: str


@dataclass(frozen=True)
class Reading:
    """What was read from a page.

    `text` is all text that was read, in which `spans` and `proposals` count; `rebuild(body, spans)` gives it back, so
    that nothing vanishes unseen. `blocks` says what of the body is not a paragraph (block number from 1 → kind).
    `found` is what the page says of itself, the most trusted first for each field; nothing in it is guessed.
    `pictures` counts what the page itself carries; `private` says that it holds what may not be published with it.
    """

    text: str = field(repr=False)
    encoding: str | None
    bom: bool
    title: str | None
    body: str = field(repr=False)
    blocks: dict[int, str]
    spans: list[Span] = field(repr=False)
    proposals: list[Proposal] = field(repr=False)
    credited: str | None = None
    found: tuple[Found, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pictures: int = 0
    private: bool = False
