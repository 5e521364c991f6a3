"""The captures behind an article: the one it was taken from, and those that hold the same text again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from annotated_archive.records import yamlio
from annotated_archive.records.article import Original
from annotated_archive.records.ledger import COMMENTS, Span, rebuild
from annotated_archive.records.text import digest
from annotated_archive.store.archive import Archive, ArticleFile, LedgerFile


@dataclass(frozen=True)
class Capture:
    """One capture of an article, numbered from 1, and its ledger where that is here (None: kept back, or missing)."""

    article: ArticleFile
    number: int
    ledger: LedgerFile | None

    @cached_property
    def original(self) -> Original:
        """What the article says of it."""
        record = self.article.record
        return (record.original, *record.captures)[self.number - 1]

    @property
    def path(self) -> str:
        """Where it lies in the folder of originals; the article's record is not made for that."""
        return self.article.brief.originals[self.number - 1]

    @cached_property
    def key(self) -> yamlio.Path:
        """Where the article's front matter speaks of it."""
        return ("original",) if self.number == 1 else ("captures", self.number - 2)

    @cached_property
    def name(self) -> str:
        """What its ledger is called, without ending: the article's id, for a further capture with its number."""
        return ledger_name(self.article.id, self.number)

    @property
    def dates_itself(self) -> bool:
        """Whether the day that is recorded is the one that the capture gives for itself, as far as a ledger tells."""
        found = self.ledger.record.found if self.ledger else ()
        return any(one.field == "captured" and one.value == self.original.captured for one in found)

    @property
    def private(self) -> bool:
        """Whether the original is not published: then it is in `private/`, or not here at all."""
        return bool(self.article.brief.private) and self.original.kept == "private"


def ledger_name(article: str, number: int) -> str:
    """The name of a ledger's file without ending: `ID`, `ID.2`, `ID.3` …"""
    return article if number == 1 else f"{article}.{number}"


def captures_of(archive: Archive, article: ArticleFile) -> Iterator[Capture]:
    """The captures of one article, in their order."""
    for number in range(1, len(article.brief.originals) + 1):
        yield Capture(article, number, archive.ledgers.get(ledger_name(article.id, number)))


def captures(archive: Archive) -> Iterator[Capture]:
    """All captures of all articles, by the ids of the articles."""
    for article in archive.articles.values():
        yield from captures_of(archive, article)


PLAIN = (".txt", ".text", ".md", ".markdown")
"""What the name of a file ends in that every server and browser takes for text, in which nothing runs."""


@dataclass(frozen=True)
class Published:
    """What of the originals is published, and where on the site it stands.

    A page that a stranger made is never served from the site, where its scripts would run as if they were ours, and its
    pictures would be shown: in its place stands the text that was read from it. Only pasted text is served as it is.
    """

    archive: Archive = field(repr=False)

    @cached_property
    def captures(self) -> list[Capture]:
        """All captures of all articles, by the ids of the articles."""
        return list(captures(self.archive))

    @cached_property
    def originals(self) -> dict[str, str]:
        """The originals that may be handed on, by their path, with their checksums."""
        kept = {c.path for c in self.captures if c.private or _withheld(c.article)}
        return {name: sha256 for name, sha256 in self.archive.manifest.items() if name not in kept}

    @cached_property
    def served(self) -> dict[str, str]:
        """Those of them that the site serves as they are."""
        text = {c.path for c in self.captures if c.ledger and c.ledger.container == "text"}
        return {
            name: sha256 for name, sha256 in self.originals.items() if name in text and name.lower().endswith(PLAIN)
        }

    def address(self, capture: Capture) -> str | None:
        """Where on the site an original stands, or the text that was read from it; None where neither is published."""
        if _withheld(capture.article) or capture.ledger is None:
            return None
        if capture.path in self.served:
            return f"originals/{capture.path}"
        return f"originals/read/{capture.name}.txt"

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """The texts that stand in place of originals: where on the site, and as UTF-8 what was read."""
        for capture in self.captures:
            address = self.address(capture)
            if address and capture.ledger and capture.path not in self.served:
                yield address, without_comments(capture.article.body, capture.ledger.record.spans).encode()


def without_comments(body: str, spans: list[Span]) -> str:
    """The text that was read from a capture, as it is published: without the words of readers, who are private persons.

    Where words are left out it is not the text whose checksum the ledger gives: its first line says so, and gives it.
    Raises LedgerError where body and ledger disagree.
    """
    whole = rebuild(body, spans)
    comments = [span for span in spans if span.rule == COMMENTS]
    if not comments:
        return whole
    length = sum(len(span.text) for span in comments)
    parts = [
        f"[Readers’ comments, {length:,} characters in all, are left out of this text, each time with a note such as"
        f" this. The whole text that was read has the SHA-256 {digest(whole)}; the ledger in the record holds it.]\n\n"
    ]
    at = 0
    for span in comments:
        parts += [whole[at : span.start], f"[Readers’ comments left out: {len(span.text):,} characters.]"]
        at = span.end
    return "".join([*parts, whole[at:]])


def _withheld(article: ArticleFile) -> bool:
    return article.brief.publish != "full"
