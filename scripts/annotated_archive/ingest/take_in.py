"""Takes captures into an archive on disk: original, manifest line, ledger and article, each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TypeVar

from annotated_archive.ingest.article import MAX_ID, Details, Ingested, ingest
from annotated_archive.ingest.captures import as_version, differences, doubted, same_page, with_capture
from annotated_archive.ingest.originals import Originals
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records import yamlio
from annotated_archive.records.article import Article
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Ledger, TakenIn
from annotated_archive.records.text import digest
from annotated_archive.store import (
    Archive,
    ArticleFile,
    article_text,
    now,
    private,
    read_article_text,
    write_if_changed,
)
from annotated_archive.store.captures import ledger_name
from annotated_archive.store.manifest import MANIFEST, read_manifest
from annotated_archive.store.validating import validated

Derived = TypeVar("Derived", Article, Ledger)
ORIGINALS = "archive/originals"


@dataclass(frozen=True)
class Page:
    """One page of a capture on disk: its name for messages, the file, the file's SHA-256, and the page itself."""

    name: str
    path: Path
    sha256: str
    candidate: Candidate = field(repr=False)


@dataclass(frozen=True)
class Taken:
    """What taking a page in comes to: an article of its own, or (`capture` from 2) a further capture of one's text."""

    article: str
    result: Ingested
    capture: int = 1


class Intake:
    """An archive that pages are taken into: loaded once, and kept up to date with what was added.

    `by` is the name under which whoever takes them in wants to be shown; None: nobody is named.
    Raises ContentError if a manifest of originals cannot be read: writing it anew would lose lines.
    """

    def __init__(self, archive: Archive, by: str | None = None) -> None:
        damaged = [problem for problem in archive.problems if problem.path == MANIFEST]
        kept_back, _ = read_manifest(archive.root, private.MANIFEST, damaged)
        if damaged:
            raise ContentError(*damaged)
        self.archive = archive
        self._by = by
        self._originals = {
            "archive": Originals(archive.root, ORIGINALS, archive.manifest),
            "private": Originals(archive.root, private.ORIGINALS, kept_back),
        }
        self.outlets = {
            domain.removeprefix("www."): identifier
            for identifier, file in archive.entities.items()
            for domain in getattr(file.record, "domains", ())
        }
        self.bodies: dict[str, str] = {}
        """The canonical text of every article whose text is here, withheld or not."""
        self._captures: dict[tuple[str, str | None], str] = {}
        self._texts: dict[str, str] = {}
        self._tried: dict[str, str] = {}
        for file in archive.articles.values():
            self._remember(file, file.body or _withheld(archive.root, file.record))

    def _remember(self, file: ArticleFile, body: str) -> None:
        self.archive.articles[file.record.id] = file
        if body:
            self.bodies[file.record.id] = body
        for original in (file.record.original, *file.record.captures):
            self._captures.setdefault((original.sha256, original.part), file.record.id)
        text = file.record.text.sha256 if file.record.text else digest(body) if body else None
        if text:
            self._texts.setdefault(text, file.record.id)

    def holds(self, sha256: str, part: str | None) -> str | None:
        """The article that was taken from this page, or that it is a further capture of."""
        return self._captures.get((sha256, part))

    def take(self, page: Page, details: Details) -> Taken:
        """What the page would become; nothing is written. Raises ContentError (INGEST-*)."""
        try:
            result = ingest(page.candidate, page.path.name, page.sha256, details, self.outlets, now()[:10])
        except ContentError as error:
            raise ContentError(*(replace(found, path=page.name) for found in error.diagnostics)) from None
        except Exception as error:  # one page that a library stumbles over must not end the batch
            message = f"the program failed on this page: {type(error).__name__} {one_line(error, 200)}"
            mend = "Report it, with the page. Nothing of it was taken in."
            raise ContentError(Diagnostic(page.name, 1, 1, "INGEST-FAULT", message, mend)) from error
        known = self.archive.articles.get(self._texts.get(digest(result.body), ""))
        if known is not None:
            return self._further(known.record, result)
        identifier = result.article.id
        before = self.archive.articles.get(identifier)
        if before is not None and same_page(before.record, result.article):
            result = as_version(result, before.record, self._free(identifier))
        elif not self._is_free(identifier):
            raise ContentError(
                Diagnostic(
                    page.name, 1, 1, "INGEST-ID", f"the id {one_line(identifier)} belongs to another article",
                    "Give a date, source or title that tells the two apart.",
                )
            )  # fmt: skip
        return Taken(result.article.id, self._named(result))

    def _is_free(self, identifier: str) -> bool:
        return identifier not in self.archive.articles and not (self.archive.root / _article_path(identifier)).exists()

    def _free(self, identifier: str) -> str:
        """The id with the first number behind it that no article has."""
        endings = (f"-{number}" for number in count(2))
        ids = (f"{identifier[: MAX_ID - len(ending)].rstrip('-')}{ending}" for ending in endings)
        return next(one for one in ids if self._is_free(one))

    def _further(self, article: Article, result: Ingested) -> Taken:
        """The result as a further capture of an article, whose record decides what is published."""
        original = result.article.original
        if article.rights.publish != "full":
            original = original.model_copy(update={"kept": "private"})
        result = replace(
            result,
            article=result.article.model_copy(update={"original": original, "rights": article.rights}),
            ledger=result.ledger.model_copy(update={"article": article.id}),
            doubts=(*result.doubts, *differences(article, result)),
        )
        return Taken(article.id, self._named(result), len(article.captures) + 2)

    def _named(self, result: Ingested) -> Ingested:
        """The result with a file name that no other original has."""
        original = result.article.original
        name = self._originals[original.kept].name(result.file_name, original.sha256)
        return replace(
            result,
            file_name=name,
            article=_with_path(result.article, name),
            ledger=_with_path(result.ledger, name),
        )

    def keep(self, page: Page, taken: Taken, beside: Mapping[str, bytes], *, dry_run: bool = False) -> None:
        """Write the parts and those `beside` them (path → bytes), the article last: a broken run can be repeated.

        Raises ContentError if the capture changed since it was read, or the article's record cannot be continued.
        """
        result, root = taken.result, self.archive.root
        original = result.article.original
        withheld = result.article.rights.publish != "full"
        path = _article_path(taken.article)
        if taken.capture == 1:
            text = article_text(plain(result.article), "" if withheld else result.body)
        else:
            before = self._tried[path] if path in self._tried else (root / path).read_bytes().decode()
            text = with_capture(before, path, original)
        if dry_run:
            self._tried[path] = text
        else:
            self._originals[original.kept].put(page.path, result.file_name, page.sha256)
            ledger = ledger_path(taken.article, taken.capture, withheld)
            write_if_changed(root / ledger, yamlio.write(plain(self._signed(result))).encode())
            if withheld and taken.capture == 1:
                private.write_text(root, taken.article, result.body)
            for name, data in beside.items():
                write_if_changed(root / name, data)
            write_if_changed(root / path, text.encode())
        parts = read_article_text(text, path)
        record = validated(Article, parts.document, path)
        self._remember(ArticleFile(record, parts.body, path, parts.document, parts.body_line), result.body)

    def _signed(self, result: Ingested) -> Ledger:
        """The ledger with what was doubted, the moment at which it is written, and by whom."""
        by = {"by": self._by} if self._by else {}
        doubts = {"doubts": [doubted(doubt) for doubt in result.doubts]} if result.doubts else {}
        return result.ledger.model_copy(update={"taken_in": TakenIn(at=now(), **by), **doubts})


def ledger_path(article: str, capture: int, withheld: bool) -> str:
    """The file of the ledger of an article's capture, counted from 1."""
    if withheld:
        return private.ledger_path(article, capture)
    return f"archive/ledgers/{ledger_name(article, capture)}.yml"


def _article_path(article: str) -> str:
    return f"archive/articles/{article}.md"


def _withheld(root: Path, article: Article) -> str:
    """An article's withheld text, where it is here."""
    try:
        return private.read_body(root, article.id) if article.text else ""
    except ContentError:
        return ""


def _with_path(record: Derived, path: str) -> Derived:
    """The article's or the ledger's original under the name that it is kept by."""
    return record.model_copy(update={"original": record.original.model_copy(update={"path": path})})
