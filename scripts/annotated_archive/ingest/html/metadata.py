"""What a page says of itself, the most trusted first for each field, and a doubt where two sources disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import urljoin, urlsplit

from annotated_archive.ingest.html import dating
from annotated_archive.ingest.html.blocks import Block, words
from annotated_archive.ingest.html.language import code, language_of
from annotated_archive.ingest.html.signs import Signs, tidy
from annotated_archive.ingest.html.structured import Subject
from annotated_archive.ingest.reading import Candidate, Doubt
from annotated_archive.records.base import SAFE_URL
from annotated_archive.records.diagnostic import one_line
from annotated_archive.records.ledger import Found

_Origin = Literal[
    "json-ld", "meta", "open-graph", "time", "title-element", "heading", "byline", "canonical", "html-lang", "text",
    "capture",
]  # fmt: skip
Said = Iterable[tuple[str | None, _Origin]]

_AUTHORS = ("author", "article:author", "dc.creator", "dc.creator.name", "parsely-author", "sailthru.author", "byl")
_DATES = (
    *("article:published_time", "article:published", "og:article:published_time", "og:published_time"),
    *("datepublished", "pubdate"),
    *("publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date"),
    *("cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created"),
    *("dc.date", "dcterms.date", "article.published", "published_time", "date"),
)
_BY = re.compile(
    r"(?:by|written by|story by)\s*:?\s+|(?:текст|автор|müəllif|yazar|հեղինակ|ავტორი|author|نویسنده)\s*:\s*", re.I
)
# What content management systems write for nobody.
_NOBODY = {
    *("admin", "administrator", "anonymous", "editor", "false", "n/a", "none", "null", "true", "undefined", "unknown")
}
_SEPARATOR = re.compile(r"\s+[|–—·»:-]\s+")
# Between a headline and its text stand by-line and date, which are short.
_SHORT_LINE = 80
# Two titles of one text share so many words, longer than articles and prepositions.
_SHARED = 2
_LITTLE_WORD = 3
_TRUST_TITLE: tuple[_Origin, ...] = ("json-ld", "open-graph", "heading", "meta")


def headline_of(blocks: list[Block], signs: Signs) -> Block | None:
    """The heading that is the page's headline: the one of the first rank, if it is not the site's name, else the one
    that the page gives as its title. None where there is none, or several."""
    site = {_key(name) for name in signs.first("og:site_name", "application-name")}
    ranked = [block for block in blocks if block.tag == "h1" and block.rule is None and _key(block.text) not in site]
    inside = [block for block in ranked if block.main] or ranked
    if len({block.text for block in inside}) == 1:
        return inside[0]
    said = [*signs.first("og:title"), signs.title or ""]
    for block in blocks:
        text = tidy(block.text) if block.kind == "heading" and block.rule in (None, "header") else None
        if text and len(text.split()) > 1 and any(title == text or _suffixed(title, text) for title in said):
            return block
    return None


def printed(blocks: list[Block], kept: list[bool], heading: Block | None) -> bool:
    """Whether the page's headline, of the first rank, stands directly above the article's text: but for short lines,
    such as who wrote it and when, nothing is between them."""
    if heading is None or heading.tag != "h1":
        return False
    for block, keep in list(zip(blocks, kept, strict=True))[blocks.index(heading) + 1 :]:
        if keep:
            return True
        if block.kind == "heading" or (block.rule is None and len(block.text) > _SHORT_LINE):
            return False
    return False


def describe(
    signs: Signs, headline: str | None, text: str, candidate: Candidate, *, directly: bool
) -> tuple[tuple[Found, ...], tuple[Doubt, ...]]:
    """Everything that was found, and what there is to doubt. `text` is the article's, by which its language is told;
    `directly` says that the headline stands directly above it."""
    doubts: list[Doubt] = []
    subject = _subject(signs, headline, candidate, doubts)
    found = [
        *_fields("title", _titles(signs, subject, headline, directly)),
        *_fields("date", _dates(signs, subject, candidate, doubts)),
        *_fields("author", _authors(signs, subject)),
        *_fields("url", _addresses(signs, candidate, doubts)),
        *_fields("outlet", _outlets(signs, subject)),
        *_fields("language", _languages(signs, subject, text)),
    ]
    for field in ("title", "date", "author", "url", "outlet", "language"):
        _disagreement([one for one in found if one.field == field], doubts)
    return tuple(found), tuple(doubts)


def _fields(name: Literal["title", "date", "author", "url", "outlet", "language"], said: Said) -> Iterator[Found]:
    """Each value with its origin, once."""
    seen = set()
    for value, origin in said:
        if value and (value, origin) not in seen:
            seen.add((value, origin))
            yield Found(field=name, value=value, origin=origin)


def _each(values: Iterable[str], origin: _Origin) -> Iterator[tuple[str | None, _Origin]]:
    return ((value, origin) for value in values)


def _subject(signs: Signs, headline: str | None, candidate: Candidate, doubts: list[Doubt]) -> Subject | None:
    """The article of the JSON-LD that is this page's; of several, the one that has its address or title."""
    if len(signs.subjects) < 2:
        return signs.subjects[0] if signs.subjects else None
    places = {_place(url) for url in (*signs.canonical, *signs.first("og:url"), candidate.url) if url}
    titles = {_key(title) for title in (headline, signs.title, *signs.first("og:title")) if title}
    for subject in signs.subjects:
        if places & {_place(url) for url in subject.addresses} or _key(subject.headline or "") in titles:
            return subject
    message = f"its JSON-LD describes {len(signs.subjects)} articles, none of which is surely this one"
    doubts.append(Doubt("INGEST-DISAGREE", message, "Check title, date and author."))
    return None


def _titles(signs: Signs, subject: Subject | None, headline: str | None, directly: bool) -> Said:
    """The headline as it is printed goes before what was written for programs, where it is surely the same text's."""
    said = tidy(subject.headline) if subject else None
    listed: list[tuple[str | None, _Origin]] = [
        (said, "json-ld"), *_each(signs.first("og:title"), "open-graph"), (headline, "heading"),
        (signs.title, "title-element"),
    ]  # fmt: skip
    first = said or next(signs.first("og:title"), None)
    if headline and first and first != headline and (directly or _alike(first, headline)):
        listed.insert(0, (headline, "heading"))
    return listed


def _alike(one: str, other: str) -> bool:
    """Whether two titles share words, as two wordings of one do."""
    first, second = ({word for word in _key(text).split() if len(word) > _LITTLE_WORD} for text in (one, other))
    return len(first & second) >= min(_SHARED, len(first), len(second)) > 0


def _suffixed(text: str, whole: str) -> bool:
    return text.startswith(whole) and bool(_SEPARATOR.match(text, len(whole)))


def _dates(signs: Signs, subject: Subject | None, candidate: Candidate, doubts: list[Doubt]) -> Said:
    near = {day for value in signs.times if (day := dating.edtf(value))}
    one_day = len({day[:10] for day in near}) == 1
    listed: list[tuple[str | None, _Origin]] = [
        (subject.date if subject else None, "json-ld"), *_each(signs.first(*_DATES), "meta"),
        *_each(signs.times if one_day else [], "time"),
    ]  # fmt: skip
    for value, origin in listed:
        if not value:
            continue
        day = dating.edtf(value)
        if day is None:
            wrong = "is no date, or can be read in two ways"
        elif candidate.captured and dating.after(day, candidate.captured):
            wrong = "is later than the capture"
        else:
            yield day, origin
            continue
        message = f"the date {one_line(value, 60)} ({origin}) {wrong}"
        doubts.append(Doubt("INGEST-DATE", message, "Give the date, if the page shows it."))


def _authors(signs: Signs, subject: Subject | None) -> Said:
    if subject and (names := [name for said in subject.authors if (name := _name(said))]):
        yield ", ".join(names), "json-ld"
    for value in signs.first(*_AUTHORS):
        yield _name(value), "meta"
    for value in signs.bylines[:1]:
        yield _name(value), "byline"


def _name(value: str) -> str | None:
    """A person's or agency's name as the page writes it, without the word before it; None for what names nobody."""
    name = _BY.sub("", tidy(value) or "", count=1).strip(" ,;|·-–")
    nobody = (
        not re.search(r"[^\W\d_]{2}", name) or name.casefold() in _NOBODY or re.fullmatch(r"\w*admin\w*", name, re.I)
    )
    return None if nobody or len(name) > 150 or re.search(r"https?:|www\.|@|\d{3}", name) else name


def _outlets(signs: Signs, subject: Subject | None) -> Said:
    names: list[tuple[str | None, _Origin]] = [
        *_each(signs.first("og:site_name"), "open-graph"),
        (tidy(subject.publisher) if subject else None, "json-ld"),
    ]
    return [(name, origin) for name, origin in names if name and "://" not in name]


def _addresses(signs: Signs, candidate: Candidate, doubts: list[Doubt]) -> Said:
    listed: list[tuple[str, _Origin]] = [
        *((url, "canonical") for url in dict.fromkeys(signs.canonical)),
        *((url, "open-graph") for url in signs.first("og:url")),
    ]
    several = len({_place(url) for url in signs.canonical}) > 1
    for value, origin in listed:
        try:
            url = urljoin(candidate.url or "", value)
            path = urlsplit(url).path
        except ValueError:
            continue
        if not SAFE_URL.fullmatch(url) or (several and origin == "canonical"):
            continue
        if path.strip("/") == "":
            message = f"the address {one_line(url)} ({origin}) is the front page of a site"
            doubts.append(Doubt("INGEST-DISAGREE", message, "Give the article's own address."))
            continue
        yield url, origin
    if candidate.url and SAFE_URL.fullmatch(candidate.url):
        yield candidate.url, "capture"


def _place(url: str) -> str:
    """What of an address names the text: host without `www`, and path."""
    try:
        parts = urlsplit(url)
        host = re.sub(r"^(?:www|m|amp|mobile)\.", "", parts.hostname or "")
    except ValueError:
        return url
    return f"{host}{parts.path.rstrip('/')}"


def _languages(signs: Signs, subject: Subject | None, text: str) -> Said:
    """Declared languages; before them the text's own, where it is surely another: templates declare what they like."""
    declared: list[tuple[str | None, _Origin]] = [
        (code(signs.language or ""), "html-lang"),
        (code(subject.language) if subject and subject.language else None, "json-ld"),
        *_each(filter(None, map(code, signs.first("content-language", "dc.language"))), "meta"),
        *_each(filter(None, map(code, signs.first("og:locale"))), "open-graph"),
    ]
    own = language_of(text)
    first = next((value for value, _ in declared if value), None)
    if own and (first is None or first.split("-")[0] != own):
        return [(own, "text"), *declared]
    return [*declared, (own, "text")]


def _disagreement(found: list[Found], doubts: list[Doubt]) -> None:
    """Add a doubt where a source says something else than the one that is taken."""
    if not found:
        return
    taken = found[0]
    for other in found[1:]:
        if taken.field == "title" and other.origin not in _TRUST_TITLE:
            continue
        if not _agree(taken, other):
            message = (
                f"two sources in the page disagree about the {_PLAIN.get(taken.field, taken.field)}: "
                f"{one_line(taken.value, 120)} ({taken.origin}) and {one_line(other.value, 120)} ({other.origin})"
            )
            doubts.append(Doubt("INGEST-DISAGREE", message, "Compare both with the page; the first was taken."))
            return


_PLAIN = {"url": "address"}


def _agree(one: Found, other: Found) -> bool:
    if one.field == "date":
        return dating.same(one.value, other.value)
    if one.field == "url":
        return _place(one.value) == _place(other.value)
    if one.field == "language":
        return one.value.split("-")[0] == other.value.split("-")[0]
    if one.field == "author":
        first, second = set(_key(one.value).split()), set(_key(other.value).split())
        return first <= second or second <= first
    first_key, second_key = _key(one.value).replace(" ", ""), _key(other.value).replace(" ", "")
    return first_key in second_key or second_key in first_key


def _key(text: str) -> str:
    return " ".join(words(text)).casefold()
