"""One page of a capture as an article's record, its canonical text and its ledger. Pure: it touches no file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from annotated_archive.ingest.decode import decode
from annotated_archive.ingest.dump import could_be_title, markup, read_dump
from annotated_archive.ingest.html import dating
from annotated_archive.ingest.html.language import language_of
from annotated_archive.ingest.reading import Candidate, Doubt, Reading
from annotated_archive.ingest.versions import readers
from annotated_archive.records import dates
from annotated_archive.records.article import Article, DateSource, Original, Publish, Rights, Withheld, statement
from annotated_archive.records.base import Edtf, Language, Text, Url
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Found, Ledger, Source, rebuild
from annotated_archive.records.text import stray

_TRAILING = {"a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_PLAIN_LETTERS = str.maketrans({"ə": "e", "ı": "i", "'": "", "’": "", "ʼ": ""})
MAX_ID = 60
_FORMS: dict[str, Any] = {"date": Edtf, "captured": Edtf, "url": Url, "language": Language}
_DATED: dict[str, DateSource] = {"json-ld": "json-ld", "meta": "meta", "open-graph": "meta", "time": "time"}


@dataclass(frozen=True)
class Details:
    """What an editor knows about a capture, which goes before what the capture says.

    None: as the capture says. An empty text: not known, whatever the capture says.
    """

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
    """What came of one page: the record, the body, the ledger, the original's file name, and what to look at.

    `details` are those that the record was made with: what an editor gave, and for the rest what the page says.
    """

    article: Article
    body: str
    ledger: Ledger
    file_name: str
    details: Details
    doubts: tuple[Doubt, ...] = ()


def ingest(
    candidate: Candidate, name: str, sha256: str, details: Details, outlets: Mapping[str, str] | None = None,
    today: str | None = None,
) -> Ingested:
    """Make an article of one page of the capture `name`, whose bytes have the checksum `sha256`.

    `outlets` gives the id of the outlet at each domain; a page whose date lies after `today` (EDTF) has none. Raises
    ContentError (INGEST-*).
    """
    reading = read(candidate, name, details.title or None)
    saying = heard(reading, candidate)
    known, unusable = _known(saying, details, outlets or {}, candidate.url, today)
    title = reading.title or known.title
    if not title:
        raise _no_title(name, reading)
    if not reading.body:
        raise ContentError(
            Diagnostic(name, 1, 1, "INGEST-EMPTY", "nothing is left beside the furniture", "Save the page again.")
        )
    file_name = safe_name(name, sha256)
    identifier = slug(known.date, known.source, title)
    withheld = known.publish != "full"
    # Beside pictures: what else a web archive holds, nobody has looked at.
    private = withheld or candidate.part or candidate.pictures or reading.pictures or reading.private
    kept: dict[str, Any] = {"kept": "private"} if private else {}
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
        rights=Rights(holder=None, statement=statement(known.publish), publish=known.publish),
        **text,
    )  # fmt: skip
    read_as: dict[str, Any] = {"reader": readers(candidate.media)}
    if candidate.container != "text":
        digest = hashlib.sha256(reading.text.encode()).hexdigest()
        read_as |= {"container": candidate.container, "text": digest}
    said: dict[str, Any] = {"found": saying} if saying else {}
    ledger = Ledger(
        article=identifier,
        original=Source(
            path=file_name, sha256=sha256, encoding=reading.encoding, bom=reading.bom, **part,  # type: ignore[arg-type]
            **read_as,
        ),
        **said,
        spans=reading.spans,
        proposals=reading.proposals,
    )  # fmt: skip
    if rebuild(reading.body, reading.spans) != reading.text:
        raise ContentError(
            Diagnostic(
                name, 1, 1, "INGEST-REBUILD", "body and ledger would not give back the text that was read",
                "Report the page: this is a fault of the program. Nothing of it was taken in.",
            )
        )  # fmt: skip
    remarks = (Doubt("INGEST-REMARK", remark, "Look at the capture.") for remark in candidate.remarks)
    doubts = (*reading.doubts, *unusable, *remarks)
    return Ingested(article, reading.body, ledger, file_name, replace(known, title=title), doubts)


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
    language = language_of(dump.body)
    return Reading(
        text=decoded.text, encoding=decoded.encoding, bom=decoded.bom, title=dump.title, body=dump.body,
        blocks=dump.blocks, spans=dump.spans, proposals=dump.proposals, credited=dump.credited,
        found=(Found(field="language", value=language, origin="text"),) if language else (), doubts=markup(dump.body),
    )  # fmt: skip


def heard(reading: Reading, candidate: Candidate) -> list[Found]:
    """What the capture says of itself, the most trusted first: the moment it was saved, the page, then its address."""
    captured = [Found(field="captured", value=candidate.captured, origin="capture")] if candidate.captured else []
    address = [Found(field="url", value=candidate.url, origin="capture")] if candidate.url else []
    return [*captured, *reading.found, *(one for one in address if one not in reading.found)]


def _known(
    saying: list[Found], details: Details, outlets: Mapping[str, str], address: str | None, today: str | None
) -> tuple[Details, list[Doubt]]:
    """What the editor knows, and for the rest what the page or its capture says; empty texts become None.

    What a page says in a form that no record takes is left out, and is a doubt. `address` is the capture's own.
    """
    said: dict[str, Found] = {}
    doubts: list[Doubt] = []
    for found in saying:
        if found.field == "date" and today and _usable(found) and dating.after(found.value, today):
            message = f"the date {one_line(found.value)} of the page lies in the future"
            doubts.append(Doubt("INGEST-DATE", message, "Give the date, if the page shows it."))
        elif _usable(found):
            said.setdefault(found.field, found)
        else:
            what = f"{found.field} {one_line(found.value)} of the page is in no form that the record takes"
            doubts.append(Doubt("INGEST-FOUND", what, "Give it yourself, if you know it."))

    def first(given: str | None, field: str) -> str | None:
        return (said[field].value if field in said else None) if given is None else given or None

    url = first(details.url, "url")
    date = said.get("date")
    date_source = details.date_source
    if details.date is None and date:
        date_source = _DATED.get(date.origin, "page")
    known = replace(
        details,
        title=first(details.title, "title"),
        author=first(details.author, "author"),
        language=first(details.language, "language"),
        captured=first(details.captured, "captured"),
        date=first(details.date, "date"),
        date_source=None if details.date == "" else date_source,
        url=url,
        source=details.source or None,
    )
    if details.source is None:
        outlet, doubt = _outlet(url, address if details.url is None else url, outlets)
        known = replace(known, source=outlet)
        doubts += doubt
    return known, doubts


def _usable(found: Found) -> bool:
    """Whether a record takes the value as it is."""
    try:
        TypeAdapter(_FORMS.get(found.field, Text)).validate_python(found.value)
    except ValidationError:
        return False
    return "\n" not in found.value and next(stray(found.value), None) is None


def _outlet(
    url: str | None, address: str | None, outlets: Mapping[str, str]
) -> tuple[str | None, list[Doubt]]:  # fmt: skip
    """The outlet of a page: by the address that its capture has; what a page says of its own address, anybody writes.

    None where the two lead to different outlets.
    """
    outlet, claimed = outlet_at(address, outlets), outlet_at(url, outlets)
    mend = "Give --source, if you know whose page it is."
    if address is None and claimed:
        message = f"the outlet {one_line(claimed)} is known only by the address that the page gives itself"
        return claimed, [Doubt("INGEST-OUTLET", message, mend)]
    if outlet == claimed:
        return outlet, []
    message = f"the page was saved from {one_line(address, 300)}, and says that its address is {one_line(url, 300)}"
    return None, [Doubt("INGEST-OUTLET", f"{message}: they do not belong to one outlet, and none was taken", mend)]


def outlet_at(url: str | None, outlets: Mapping[str, str]) -> str | None:
    """The outlet at an address: by its domain, or by one that its domain lies in."""
    host = urlsplit(url).hostname if url else None
    while host:
        if host in outlets:
            return outlets[host]
        host = host.partition(".")[2]
    return None


def likely_title(reading: Reading) -> str | None:
    """The line that is likely the headline of a text for which only an editor can tell."""
    proposed = next((proposal.text for proposal in reading.proposals if proposal.rule == "headline"), None)
    return proposed or could_be_title(reading.body)


def _no_title(name: str, reading: Reading) -> ContentError:
    likely = likely_title(reading)
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
