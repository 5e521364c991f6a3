"""One page of a capture as an article's record, its canonical text and its ledger. Pure: it touches no file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal
from urllib.parse import urlsplit

from annotated_archive.ingest.decode import decode
from annotated_archive.ingest.dump import read_dump
from annotated_archive.ingest.reading import Candidate, Doubt, Reading
from annotated_archive.ingest.versions import readers
from annotated_archive.records import dates
from annotated_archive.records.article import Article, DateSource, Original, Rights, Withheld
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Found, Ledger, Source, rebuild

Publish = Literal["full", "excerpt", "metadata"]

RIGHTS = (
    "The rights in this text belong to its author or publisher. It is kept here unchanged, as a document of the "
    "coverage; the archive claims no right in it."
)
_TRAILING = {"a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_PLAIN_LETTERS = str.maketrans({"ə": "e", "ı": "i", "'": "", "’": "", "ʼ": ""})
MAX_ID = 60
_DATED: dict[str, DateSource] = {"json-ld": "json-ld", "meta": "meta", "open-graph": "meta", "time": "time"}


@dataclass(frozen=True)
class Details:
    """What an editor knows about a capture, which goes before what the capture says. What is unknown stays None."""

    language: str | None = None
    source: str | None = None
    title: str | None = None
    date: str | None = None
    date_source: DateSource | None = None
    url: str | None = None
    author: str | None = None
    captured: str | None = None
    publish: Publish = "full"


@dataclass(frozen=True)
class Ingested:
    """What came of one page: the record, the body, the ledger, the original's file name, and what to look at."""

    article: Article
    body: str
    ledger: Ledger
    file_name: str
    doubts: tuple[Doubt, ...] = ()


def ingest(
    candidate: Candidate, name: str, sha256: str, details: Details, outlets: Mapping[str, str] | None = None
) -> Ingested:
    """Make an article of one page of the capture `name`, whose bytes have the checksum `sha256`.

    `outlets` gives the id of the outlet at each domain. Raises ContentError (INGEST-*).
    """
    reading = read(candidate, name, details.title)
    known = _known(reading, candidate, details, outlets or {})
    title = reading.title or known.title
    if not title:
        raise _no_title(name, reading)
    if not reading.body:
        raise ContentError(
            Diagnostic(name, 1, 1, "INGEST-EMPTY", "nothing is left beside the furniture", "Save the page again.")
        )
    file_name = safe_name(name, sha256)
    identifier = slug(known.date, known.source, title)
    pictures = candidate.pictures + reading.pictures
    withheld = known.publish != "full"
    kept: dict[str, Any] = {"kept": "private"} if withheld or pictures else {}
    part: dict[str, Any] = {"part": candidate.part} if candidate.part else {}
    text: dict[str, Any] = {}
    if withheld:
        digest = hashlib.sha256(reading.body.encode()).hexdigest()
        text = {"text": Withheld(sha256=digest, characters=len(reading.body))}
    article = Article(
        id=identifier,
        title=title,
        date=known.date,
        date_source=known.date_source,
        source=known.source,
        credited=reading.credited,
        url=known.url,
        author=known.author,
        language=known.language or "und",
        places=[],
        actors=[],
        treaties=[],
        events=[],
        blocks={str(number): kind for number, kind in reading.blocks.items()},  # type: ignore[misc]
        original=Original(
            path=file_name, sha256=sha256, captured=known.captured, capture="known" if known.captured else "unknown",
            **part, **kept,
        ),
        rights=Rights(holder=None, statement=RIGHTS, publish=known.publish),
        **text,
    )  # fmt: skip
    other = candidate.container != "text"
    read_as: dict[str, Any] = {
        "container": candidate.container,
        "text": hashlib.sha256(reading.text.encode()).hexdigest(),
        "reader": readers(candidate.media),
    }
    ledger = Ledger(
        article=identifier,
        original=Source(
            path=file_name, sha256=sha256, encoding=reading.encoding, bom=reading.bom, **part,
            **(read_as if other else {}),
        ),
        **({"found": list(reading.found)} if reading.found else {}),
        spans=reading.spans,
        proposals=reading.proposals,
    )  # fmt: skip
    if rebuild(reading.body, reading.spans) != reading.text:
        raise AssertionError("body and ledger do not rebuild the text of the capture")
    remarks = (Doubt("INGEST-REMARK", remark, "Look at the capture.") for remark in candidate.remarks)
    return Ingested(article, reading.body, ledger, file_name, (*reading.doubts, *remarks))


def read(candidate: Candidate, name: str, title: str | None = None) -> Reading:
    """Read one page; `title` is the headline where an editor gives it. Raises ContentError (INGEST-*)."""
    if candidate.media == "html":
        from annotated_archive.ingest.page import read_page

        return read_page(candidate, name, title)
    if candidate.media == "pdf":
        from annotated_archive.ingest.pdf import read_pdf

        return read_pdf(candidate, name, title)
    decoded = decode(candidate.data, name)
    dump = read_dump(decoded.text, title)
    if decoded.encode(decoded.text) != candidate.data:
        raise AssertionError("the text does not give its bytes back")
    return Reading(
        text=decoded.text, encoding=decoded.encoding, bom=decoded.bom, title=dump.title, body=dump.body,
        blocks=dump.blocks, spans=dump.spans, proposals=dump.proposals, credited=dump.credited,
    )  # fmt: skip


def _known(reading: Reading, candidate: Candidate, details: Details, outlets: Mapping[str, str]) -> Details:
    """What the editor knows, and for the rest what the page or its capture says."""
    said: dict[str, Found] = {}
    for found in reading.found:
        said.setdefault(found.field, found)
    url = details.url or (said["url"].value if "url" in said else candidate.url)
    date = said.get("date")
    return replace(
        details,
        title=details.title or (said["title"].value if "title" in said else None),
        author=details.author or (said["author"].value if "author" in said else None),
        language=details.language or (said["language"].value if "language" in said else None),
        captured=details.captured or candidate.captured or (said["captured"].value if "captured" in said else None),
        date=details.date or (date.value if date else None),
        date_source=details.date_source or (_DATED.get(date.origin, "page") if date else None),
        url=url,
        source=details.source or _outlet(url, outlets),
    )


def _outlet(url: str | None, outlets: Mapping[str, str]) -> str | None:
    """The outlet at an address: by its domain, or by one that its domain lies in."""
    host = urlsplit(url).hostname if url else None
    while host:
        if host in outlets:
            return outlets[host]
        host = host.partition(".")[2]
    return None


def _no_title(name: str, reading: Reading) -> ContentError:
    likely = next((proposal.text for proposal in reading.proposals if proposal.rule == "headline"), None)
    return ContentError(
        Diagnostic(
            name, 1, 1, "INGEST-TITLE",
            f"only an editor can tell whether this is the headline: {one_line(likely, 200)}" if likely
            else "no headline stands above the text",
            "Give it with --title; a line that says the same then becomes the title." if likely
            else "Give it with --title.",
        )
    )  # fmt: skip


def ascii_words(text: str) -> list[str]:
    """The words of `text` in lower-case ASCII; letters without an ASCII base are left out."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_PLAIN_LETTERS)
    return re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))


def slug(date: str | None, source: str | None, title: str) -> str:
    """An article's id: first day of its date (or `undated`), source (or `unknown`), words of its title or its hash."""
    start = dates.bounds(date)[0] if date else None
    day = start.isoformat() if start and start != dates.OPEN_START else "undated"
    identifier = f"{day}-{source or 'unknown'}"[:MAX_ID].rstrip("-")
    words: list[str] = []
    for word in ascii_words(title):
        if len("-".join([identifier, *words, word])) > MAX_ID:
            break
        words.append(word)
    while words and words[-1] in _TRAILING:
        words.pop()
    if not words:  # a title in another script: nothing of it is left to tell two of a day apart
        return f"{identifier[: MAX_ID - 9].rstrip('-')}-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    return "-".join([identifier, *words])


def safe_name(name: str, sha256: str) -> str:
    """A file name for the original that is safe on every system; the hash where nothing of it is left."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    clean = re.sub(r"[^A-Za-z0-9._-]+", "-", unicodedata.normalize("NFKD", stem)).strip("-.")[:100]
    ending = re.sub(r"[^A-Za-z0-9.]", "", suffix)[:10]
    reserved = re.fullmatch(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", clean, re.I)  # by Windows, with any ending
    return f"{sha256[:16] if reserved or not clean else clean}{ending if len(ending) > 1 else ''}"
