"""One capture as an article's record, its canonical text and its ledger. Pure: it reads and writes no file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from annotated_archive.ingest.decode import decode
from annotated_archive.ingest.dump import Dump, read_dump
from annotated_archive.records import dates
from annotated_archive.records.article import Article, DateSource, Original, Rights
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Ledger, Source, rebuild

RIGHTS = (
    "The rights in this text belong to its author or publisher. It is kept here unchanged, as a document of the "
    "coverage; the archive claims no right in it."
)
_TRAILING = {"a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_PLAIN_LETTERS = str.maketrans({"ə": "e", "ı": "i", "'": "", "’": "", "ʼ": ""})
MAX_ID = 60


@dataclass(frozen=True)
class Details:
    """What an editor knows about a capture and the text does not say. What is unknown stays None."""

    language: str
    source: str | None = None
    title: str | None = None
    date: str | None = None
    date_source: DateSource | None = None
    url: str | None = None
    author: str | None = None
    captured: str | None = None


@dataclass(frozen=True)
class Ingested:
    """What came of one capture: the record, the body, the ledger, and the original's file name in the archive."""

    article: Article
    body: str
    ledger: Ledger
    file_name: str


def ingest(data: bytes, name: str, details: Details) -> Ingested:
    """Make an article of a pasted text dump. `name` is the capture's file name. Raises ContentError (INGEST-*)."""
    decoded = decode(data, name)
    dump = read_dump(decoded.text, details.title)
    title = dump.title or details.title
    if not title:
        raise _no_title(name, dump)
    if not dump.body:
        raise ContentError(
            Diagnostic(name, 1, 1, "INGEST-EMPTY", "nothing is left beside the furniture", "Save the page again.")
        )
    sha256 = hashlib.sha256(data).hexdigest()
    file_name = safe_name(name, sha256)
    identifier = slug(details.date, details.source, title)
    article = Article(
        id=identifier,
        title=title,
        date=details.date,
        date_source=details.date_source,
        source=details.source,
        credited=dump.credited,
        url=details.url,
        author=details.author,
        language=details.language,
        places=[],
        actors=[],
        treaties=[],
        events=[],
        blocks={str(number): kind for number, kind in dump.blocks.items()},  # type: ignore[misc]
        original=Original(
            path=file_name, sha256=sha256, captured=details.captured, capture="known" if details.captured else "unknown"
        ),
        rights=Rights(holder=None, statement=RIGHTS, publish="full"),
    )
    ledger = Ledger(
        article=identifier,
        original=Source(path=file_name, sha256=sha256, encoding=decoded.encoding, bom=decoded.bom),  # type: ignore[arg-type]
        spans=dump.spans,
        proposals=dump.proposals,
    )
    if decoded.encode(rebuild(dump.body, dump.spans)) != data:
        raise AssertionError("body and ledger do not rebuild the original")
    return Ingested(article, dump.body, ledger, file_name)


def _no_title(name: str, dump: Dump) -> ContentError:
    likely = next((proposal.text for proposal in dump.proposals if proposal.rule == "headline"), None)
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
