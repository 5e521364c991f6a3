"""Captures of what the archive has: of the same text, added to its record; of the same page, a version of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotated_archive.ingest.article import Ingested
from annotated_archive.ingest.reading import Doubt
from annotated_archive.records import yamlio
from annotated_archive.records.article import Article, Original, Publish
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Doubted
from annotated_archive.records.text import composed
from annotated_archive.store import read_article_text

_BELOW = re.compile(r"[ \t]+\S|-\s|\s*(?:#|$)")
"""A line that belongs to the list above it, or to nothing."""
_NO_ITEM = re.compile(r"\s*(?:#|$)")
_COMPARED = (("title", "title"), ("date", "date"), ("source", "outlet"), ("url", "address"), ("author", "author"))
_STRICTNESS = ("full", "excerpt", "metadata")
_LOCAL = re.compile(r"file:[^\s“”]+", re.I)


def doubted(doubt: Doubt) -> Doubted:
    """A doubt as the ledger keeps it, without the path of a file on somebody's disk."""
    message = one_line(_LOCAL.sub("file:…", " ".join(doubt.message.split())), 1000)[1:-1]
    return Doubted(rule=doubt.rule, message=composed(message))


def same_page(known: Article, new: Article) -> bool:
    """Whether both were taken from one page of one day: same address, title and date."""
    return bool(new.url) and all(
        _key(field, getattr(known, field)) == _key(field, getattr(new, field)) for field in ("url", "title", "date")
    )


def as_version(result: Ingested, known: Article, identifier: str) -> Ingested:
    """The result as another version of the page of an article: with an id of its own, and a doubt that says so."""
    message = f"another version of {known.id}: same address, title and date, other words"
    return replace(
        result,
        article=result.article.model_copy(update={"id": identifier}),
        ledger=result.ledger.model_copy(update={"article": identifier}),
        doubts=(*result.doubts, Doubt("INGEST-VERSION", message, "See which words differ; both articles stay.")),
    )


def differences(known: Article, result: Ingested) -> Iterator[Doubt]:
    """What a further capture of an article's text says otherwise than its record, and what it was asked and is not."""
    for field, name in _COMPARED:
        here, there = getattr(known, field), getattr(result.details, field)
        if not there or _key(field, here) == _key(field, there):
            continue
        has = f"that of {known.id} is {one_line(here, 300)}" if here else f"{known.id} has none"
        message = f"the same text with another {name}: {one_line(there, 300)}; {has}"
        yield Doubt("INGEST-DIFFERS", message, "The record was left as it is. See whether both are right.")
    if doubt := still_published(known, result.details.publish):
        yield doubt


def still_published(known: Article, asked: Publish) -> Doubt | None:
    """The doubt about an article of which less was asked to be published than is: taking it in changes nothing."""
    publish = known.rights.publish
    if _STRICTNESS.index(asked) <= _STRICTNESS.index(publish):
        return None
    message = f"{asked} was asked for; {known.id} stays published {'in full' if publish == 'full' else f'as {publish}'}"
    return Doubt("INGEST-PUBLISH", message, f"`archive withhold {known.id} --publish {asked}` withholds it.")


def _key(field: str, value: str | None) -> str:
    """What of a value two captures of one text have in common where they say the same."""
    if value is None:
        return ""
    if field == "url":
        return re.sub(r"^https?://(?:www\.)?", "", value.partition("#")[0]).rstrip("/")
    return " ".join(value.casefold().split()) if field in ("title", "author") else value


def with_capture(text: str, name: str, capture: Original) -> str:
    """An article file's text with one more capture; every other byte stays.

    `name` is the file's path for diagnostics. Raises ContentError (ARTICLE-FENCE) where the front matter is written in
    a form in which the list cannot be continued.
    """
    before = read_article_text(text, name)
    closing = text.find("\n---\n", 3)
    head_end = (closing if closing >= 0 else text.rindex("\n---")) + 1
    lines = text[:head_end].splitlines(keepends=True)
    item = yamlio.write({"captures": [plain(capture)]}).splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if re.match(r"captures\s*:", line)), None)
    if start is None:
        at = next((i for i, line in enumerate(lines) if re.match(r"rights\s*:", line)), len(lines))
    elif not before.document.data["captures"]:  # an empty list, written out
        at = start
        del lines[start]
    else:
        at = start + 1
        while at < len(lines) and _BELOW.match(lines[at]):
            at += 1
        while _NO_ITEM.match(lines[at - 1]):
            at -= 1
        del item[0]
    changed = "".join([*lines[:at], *item, *lines[at:]]) + text[head_end:]
    wanted = {**before.document.data, "captures": [*before.document.data.get("captures", []), plain(capture)]}
    try:
        after = read_article_text(changed, name)
    except ContentError:
        after = None
    if after is None or (after.document.data, after.body) != (wanted, before.body):
        message = "a further capture cannot be added to the list alone"
        raise ContentError(Diagnostic(name, 1, 1, "ARTICLE-FENCE", message, "Run `archive fmt` on it first."))
    return changed
