"""The ledger: what ingest removed, changed or proposed between an original and its article, span by span."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from annotated_archive.records.annotation import Moment
from annotated_archive.records.article import Container, RelativePath
from annotated_archive.records.base import ONE_LINE, ArticleId, Record, Sha256, Text
from annotated_archive.records.text import SEPARATOR, stray

Encoding = Literal[
    # Of pasted texts, which are given back byte for byte …
    "utf-8", "utf-16-le", "utf-16-be", "windows-1252", "iso-8859-1",
    # … and of pages, by what they are declared in. Encodings that hide markup (UTF-7) are none.
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "cp874",
    "cp932", "cp949", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
    "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman",
    "mac-cyrillic", "gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp",
]  # fmt: skip
Offset = Annotated[int, Field(ge=0)]
COMMENTS = "comments"
"""The rule of what stands where a page keeps readers' comments. The record holds it; no page shows it."""


def _shown(name: str) -> str:
    """A name that pages show, and no check of texts reads: ledgers hold what stood in a capture as it stood."""
    for _, what in stray(name):
        raise ValueError(what)
    return name


def _utc(moment: str) -> str:
    """A moment in UTC: any other zone would tell where somebody was."""
    if not moment.endswith("Z"):
        raise ValueError("not in UTC, such as 2026-11-22T10:00:00Z")
    return moment


class Span(Record):
    """Characters [start, end) of the decoded original, their text, and what stands for them in the article."""

    start: Offset
    end: Offset
    rule: Text
    reason: Text
    text: str
    replacement: str


class Proposal(Record):
    """A span that a rule would remove, were it sure; the article keeps it until a person decides."""

    start: Offset
    end: Offset
    rule: Text
    reason: Text
    text: str


class Source(Record):
    """How the original's bytes were read.

    Of a pasted text the spans count in the decoded file, which they rebuild byte for byte. Of any other capture they
    count in the text that was read from it, every block of it: `text` is the SHA-256 of that (UTF-8).
    """

    path: RelativePath
    sha256: Sha256
    part: Text | None = None
    container: Container = "text"
    encoding: Annotated[
        Encoding | None, Field(description="As Python names it; null where the bytes are no text, as in a PDF.")
    ]
    bom: bool
    text: Sha256 | None = None
    reader: Annotated[Text | None, Field(description="The programs that read it, with their versions.")] = None


class TakenIn(Record):
    """When a capture was taken in, and by whom: the name that somebody chose to have shown, else nobody's."""

    at: Annotated[Moment, AfterValidator(_utc), Field(json_schema_extra={"pattern": "Z$"})]
    by: Annotated[str, StringConstraints(pattern=ONE_LINE), AfterValidator(_shown)] | None = None


class Found(Record):
    """What a capture says of itself, and where: each value that was found, whether the article took it or not."""

    field: Literal["title", "date", "author", "url", "outlet", "language", "captured"]
    value: Text
    origin: Literal[
        "json-ld", "meta", "open-graph", "time", "title-element", "heading", "byline", "canonical", "html-lang", "text",
        "address", "domain", "capture", "document",
    ]  # fmt: skip


class Doubted(Record):
    """What the program said when it read a capture, to be looked at by an editor: the rule, and what it saw."""

    rule: Annotated[str, StringConstraints(pattern=r"^INGEST-[A-Z]+(-[A-Z]+)*$")]
    message: Annotated[str, StringConstraints(pattern=ONE_LINE), AfterValidator(_shown)]


class Ledger(Record):
    """All spans of one article, in the order of the original, none overlapping.

    `taken_in` is left out where it was not recorded, as for the oldest captures; so are their `doubts`.
    """

    article: ArticleId
    original: Source
    taken_in: TakenIn | None = None
    found: list[Found] = []
    doubts: Annotated[list[Doubted], Field(description="What was said of the capture when it was taken in.")] = []
    spans: list[Span] = []
    proposals: list[Proposal] = []


def set_aside(spans: list[Span]) -> str:
    """What ingest took out, as a text whose blocks are the spans that hold more than white space, in their order."""
    return SEPARATOR.join(span.text for span in spans if span.text.strip())


class LedgerError(ValueError):
    """Body and ledger do not fit together; the message says where."""


def rebuild(body: str, spans: list[Span]) -> str:
    """The decoded original, from the article's body and the ledger's spans. Raises LedgerError where they disagree."""
    out: list[str] = []
    at_body = at_original = 0
    for number, span in enumerate(spans, 1):
        if span.start < at_original or span.end - span.start != len(span.text):
            raise LedgerError(f"span {number}: {span.start}–{span.end} overlaps another or does not fit its text")
        kept = span.start - at_original
        if at_body + kept > len(body):
            raise LedgerError(f"span {number} begins beyond the end of the body")
        out.append(body[at_body : at_body + kept])
        at_body += kept
        if not body.startswith(span.replacement, at_body):
            raise LedgerError(f"span {number}: the body does not hold its replacement at offset {at_body}")
        out.append(span.text)
        at_body += len(span.replacement)
        at_original = span.end
    out.append(body[at_body:])
    return "".join(out)
