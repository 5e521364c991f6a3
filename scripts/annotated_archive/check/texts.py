"""Unicode hygiene: canonical bodies, and clean values in every record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.places import at
from annotated_archive.check.scope import Scope
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.text import flaws, stray
from annotated_archive.store import Archive, ArticleFile, read_text
from annotated_archive.store.archive import BIBLIOGRAPHY, QUESTIONS
from annotated_archive.store.dismissed import DISMISSED, read_dismissed
from annotated_archive.store.kept import digest_of
from annotated_archive.store.parsing import strings

_NOTHING = yamlio.Document([])


def check(archive: Archive, scope: Scope, inputs: Inputs, memory: Memory) -> Iterator[Diagnostic]:
    """All findings about characters, in bodies, records and hand-written pages."""

    def one(identifier: str) -> Iterator[Diagnostic]:
        return _body(archive.articles[identifier])

    asked = [(name, article) for name, article in archive.articles.items() if article.path in scope]
    units = ((name, ("text", *inputs.article(article))) for name, article in asked)
    yield from memory.units(units, one, ("text", inputs.articles))
    files: tuple[dict[str, Any], ...] = (archive.articles, archive.entities, archive.annotations)
    for path, document in (
        *((file.path, file.document) for records in files for file in records.values() if not file.clean),
        (BIBLIOGRAPHY, archive.bibliography),
        (QUESTIONS, _questions(archive)),
        (DISMISSED, read_dismissed(archive.root).document),
    ):
        if path in scope:
            yield from _values(path, document)
    for doc in archive.docs.values():
        if doc.path not in scope:
            continue
        yield from _values(doc.path, doc.document)
        for offset, what in stray(doc.text):
            before = doc.text[:offset]
            yield Diagnostic(
                doc.path, doc.text_line + before.count("\n"), offset - before.rfind("\n"), "TEXT-UNICODE", what,
                "Type the words again.",
            )  # fmt: skip


def _questions(archive: Archive) -> yamlio.Document:
    """The questions' file, or an empty one where it cannot be read: that is reported where it was tried first."""
    try:
        return yamlio.read(read_text(archive.root / QUESTIONS, QUESTIONS), QUESTIONS) if archive.questions else _NOTHING
    except (ContentError, OSError):
        return _NOTHING


def _body(article: ArticleFile) -> Iterator[Diagnostic]:
    if _is_plain(article):
        return
    record = article.record
    # What was read as clean is not looked at again; a text in private/ was not looked at when it was read.
    for offset, what in () if article.clean and not article.text_file else flaws(article.body):
        line, column = article.position(offset)
        path = article.text_file or article.path
        yield Diagnostic(path, line, column, "TEXT-CANONICAL", what, "Undo the edit, or take the original in again.")
    if record.rights.publish == "full" and not article.body:
        yield at(
            article, ("rights", "publish"), "ARTICLE-BODY", "published in full, but there is no text",
            "Take the original in again, or change `publish`.",
        )  # fmt: skip
    elif record.rights.publish != "full" and article.body and not article.text_file:
        yield at(
            article, ("rights", "publish"), "ARTICLE-BODY", "a text that may not be published in full stands here",
            "Run `archive withhold`, which moves it to private/ with all that quotes it.",
        )  # fmt: skip
    count = sum(1 for _ in article.blocks()) if record.blocks else 0
    for number in () if article.withheld else record.blocks:
        if int(number) > count:
            line, column = article.document.place(("blocks", number), key=True)
            yield Diagnostic(
                article.path, line, column, "ARTICLE-BLOCK", f"block {number} of {count}", "Count the blocks from 1."
            )


def _is_plain(article: ArticleFile) -> bool:
    """Whether the file was seen to be sound when it was read: clean, a text in full, and no numbers of blocks."""
    kept = article.source and article.source.kept
    if not kept or not article.clean or article.text_file or article.brief.publish != "full":
        return False
    return kept.body != digest_of(b"") and not article.data.get("blocks")


def _values(path: str, document: yamlio.Document) -> Iterator[Diagnostic]:
    for place, value in strings(document.data):
        for _, what in stray(value):
            line, column = document.place(place)
            message = f"{what} in {one_line(value)}"
            yield Diagnostic(path, line, column, "TEXT-UNICODE", message, "Type the words again.")
