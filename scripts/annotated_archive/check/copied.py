"""Words of a withheld text that stand in what people wrote: notes, pages, authority files, the bibliography.

Only who has the text can find them. What annotations quote as their words is counted elsewhere (`rights`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotated_archive.check.scope import ANNOTATIONS
from annotated_archive.check.texts import strings
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import WARNING, Diagnostic, one_line
from annotated_archive.store import Archive
from annotated_archive.store.archive import BIBLIOGRAPHY

RUN = 12
"""So many words in a row are no accident; a shorter quotation within a sentence of one's own is left to people."""
_WORD = re.compile(r"\w+")


def check(archive: Archive) -> Iterator[Diagnostic]:
    """One warning for each value, and each page, that copies from a withheld text."""
    runs: dict[tuple[str, ...], str] = {}
    for article in archive.articles.values():
        if article.text_file:
            words = _words(article.body)
            runs |= {tuple(words[i : i + RUN]): article.record.id for i in range(len(words) - RUN + 1)}
    if not runs:
        return
    for path, place, text in _written(archive):
        words = _words(text)
        found = (runs.get(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1))
        if article_id := next((one for one in found if one), None):
            line, column = place
            yield Diagnostic(
                path, line, column, "RIGHTS-COPY",
                f"{RUN} words in a row of {one_line(article_id)}, whose text is withheld",
                "Say it in your own words, or make it the words that an annotation is about.", WARNING,
            )  # fmt: skip


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _written(archive: Archive) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Path, place and text of every value that people write in public files, and of every page."""
    documents: list[tuple[str, yamlio.Document]] = [(file.path, file.document) for file in archive.entities.values()]
    documents += [(f.path, f.document) for f in archive.annotations.values() if f.path.startswith(f"{ANNOTATIONS}/")]
    for path, document in (*documents, (BIBLIOGRAPHY, archive.bibliography)):
        for place, value in strings(document.data):
            if place[0] != "targets":
                yield path, document.place(place), value
    for doc in archive.docs.values():
        yield doc.path, (doc.text_line, 1), doc.text
