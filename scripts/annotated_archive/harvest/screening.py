"""One record held against a subject: a candidate for the archive, or why not. The cheap questions come first."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np

from annotated_archive.harvest import scoring
from annotated_archive.harvest.scoring import Reason
from annotated_archive.harvest.sieve import laid_open, words_shown
from annotated_archive.harvest.streaming import Record
from annotated_archive.harvest.subject import Subject
from annotated_archive.ingest import Candidate as Capture
from annotated_archive.ingest import Details, Ingested, ingest
from annotated_archive.ingest.article import outlet_at
from annotated_archive.ingest.containers.telling import Unreadable
from annotated_archive.ingest.containers.warc import candidate_of, page_in, part_of
from annotated_archive.ingest.html.charset import decode_page
from annotated_archive.ingest.html.language import likely_language
from annotated_archive.names import Setting
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.text import digest
from annotated_archive.reuse.shingles import kept
from annotated_archive.reuse.words import Numbers, words

_SURE = 0.99
_SAMPLE, _LITTLE = 3_000, 400
FAULT = "INGEST-FAULT"
REASONS = {
    "no-answer": "records about the capture itself, requests, and answers that repeat another",
    "outlet": "of another outlet",
    "status": "answers of a server that are no page: errors, redirects",
    "not-html": "pictures, programs and whatever else is no page of HTML",
    "language": "in another language",
    "no-name": "without a name of the subject",
    "too-little": "below the threshold",
}
"""Why a record is no candidate, beside the rules (INGEST-…) by which a page cannot be read."""


@dataclass(frozen=True)
class Dropped:
    """A record that is no candidate: the reason, which is one of `REASONS` or the id of a rule, and what was seen."""

    reason: str
    message: str = ""


@dataclass(frozen=True, order=True)
class Place:
    """Where a record lies: file, first byte, number of bytes (of the gzip member, in a packed file), and its id.

    The number of bytes is 0 where the member is damaged behind the record.
    """

    file: str
    offset: int
    length: int
    part: str


@dataclass(frozen=True)
class Candidate:
    """A page that may belong to the archive. Dates are EDTF as the record has them.

    `url` is the record's address, whatever the page says of its own. `sha256` is that of the page's bytes as ingest
    reads them: without the chunks and packing of the transfer. `text` names the article's text and `runs` (base64 of
    unsigned 64-bit numbers, little-endian) the runs of words in it that are kept for comparison; the text itself is not
    in it.
    `reasons`, `quotes` and `points` say why it is proposed.
    """

    place: Place
    url: str
    sha256: str
    captured: str | None
    title: str
    date: str | None
    date_source: str | None
    outlet: str | None
    language: str
    points: int
    reasons: tuple[Reason, ...]
    quotes: tuple[str, ...]
    words: int
    text: str
    runs: str = field(repr=False)


def screen(record: Record, subject: Subject, length: int = 0) -> Candidate | Dropped:
    """Hold one record against a subject. Pure, and bounded in memory; `length` is that of the record in its file."""
    if record.frame.headers.get("warc-type", "").strip().lower() not in ("response", "resource"):
        return Dropped("no-answer")
    url = record.frame.headers.get("warc-target-uri", "").strip().strip("<>")
    if not subject.wants_host(_host(url)):
        return Dropped("outlet")
    held = page_in(record.frame)
    if isinstance(held, str):
        return Dropped("status" if held.startswith(("with status", "without a status")) else "not-html")
    if held.media != "html":
        return Dropped("not-html")
    part = part_of(record.frame)
    try:
        capture = candidate_of(held, record.contents, "warc", part, 0, ())
        if dropped := _sifted(capture, subject):
            return dropped
        sha256 = hashlib.sha256(capture.data).hexdigest()
        read = _read(capture, sha256, subject)
    except Unreadable as unreadable:
        return Dropped(unreadable.rule, unreadable.message)
    except ContentError as error:
        return Dropped(error.diagnostics[0].rule, error.diagnostics[0].message)
    article = read.article
    if not subject.wants_language(article.language):
        return Dropped("language")
    outlet = article.source or outlet_at(capture.url, subject.outlet_ids)
    setting = Setting(article.language, subject.country_ids.get(outlet or ""))
    found = scoring.score(article.title, read.body, setting, subject)
    if not found.points:
        return Dropped("no-name")
    if found.points < subject.least:
        return Dropped("too-little")
    text = words(read.body).numbers
    shown = capture.url or one_line(url, 300)[1:-1]
    return Candidate(
        Place(record.file, record.offset, length, part), shown, sha256, capture.captured, article.title,
        article.date, article.date_source, outlet, article.language, found.points, found.reasons, found.quotes,
        len(text), digest(read.body), _packed(kept(text.astype(np.uint32))),
    )  # fmt: skip


def _packed(runs: Numbers) -> str:
    return base64.b64encode(runs.astype("<u8").tobytes()).decode()


def unpacked(runs: str) -> Numbers:
    """The runs of words of a candidate, as numbers."""
    return np.frombuffer(base64.b64decode(runs), dtype="<u8").astype(np.uint64)


def _host(url: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _sifted(capture: Capture, subject: Subject) -> Dropped | None:
    """Why a page need not be read: it is surely in another language, or too few names could stand in it."""
    markup = decode_page(capture.data, capture.charset, "").text
    possible = subject.sieve.possible(laid_open(markup)) & subject.names.keys()
    if not possible:
        return Dropped("no-name")
    if scoring.most(possible, subject) < subject.least:
        return Dropped("too-little")
    if subject.languages:
        shown = words_shown(markup, _SAMPLE)
        if sum(map(str.isalpha, shown)) >= _LITTLE:
            language, probability = likely_language(shown)
            if probability >= _SURE and not subject.wants_language(language):
                return Dropped("language")
    return None


def _read(capture: Capture, sha256: str, subject: Subject) -> Ingested:
    """The page as `archive ingest` would read it on the day of its capture. Raises ContentError (INGEST-*)."""
    try:
        day = capture.captured[:10] if capture.captured else None
        return ingest(capture, "record.warc", sha256, Details(), subject.outlet_ids, day)
    except ContentError:
        raise
    except Exception as error:  # one page that a library stumbles over must not end the harvest
        message = f"the program failed on this page: {type(error).__name__} {one_line(error, 200)}"
        raise ContentError(Diagnostic("", 1, 1, FAULT, message)) from error
