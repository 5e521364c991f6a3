"""Words of a withheld text that stand in what people wrote: notes, pages, authority files, the bibliography.

Only who has the text can find them. What annotations quote as their words is counted elsewhere (`rights`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from annotated_archive.check.scope import ANNOTATIONS
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import WARNING, Diagnostic, one_line
from annotated_archive.store import AnnotationFile, Archive, DocFile, EntityFile
from annotated_archive.store.archive import BIBLIOGRAPHY
from annotated_archive.store.parsing import strings

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
    for path, text, place in _written(archive):
        words = _words(text)
        found = (runs.get(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1))
        if article_id := next((one for one in found if one), None):
            line, column = place()
            yield Diagnostic(
                path, line, column, "RIGHTS-COPY",
                f"{RUN} words in a row of {one_line(article_id)}, whose text is withheld",
                "Say it in your own words, or make it the words that an annotation is about.", WARNING,
            )  # fmt: skip


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _written(archive: Archive) -> Iterator[tuple[str, str, Callable[[], tuple[int, int]]]]:
    """Path, text and what tells the place of every value that people write in public files, and of every page."""
    files: list[EntityFile | AnnotationFile] = list(archive.entities.values())
    files += [file for file in archive.annotations.values() if file.path.startswith(f"{ANNOTATIONS}/")]
    for file in files:
        for place, value in strings(file.data):
            if place[0] != "targets":
                yield file.path, value, partial(_place, file, place)
    for place, value in strings(archive.bibliography.data):
        yield BIBLIOGRAPHY, value, partial(archive.bibliography.place, place)
    for doc in archive.docs.values():
        yield doc.path, doc.text, partial(_first, doc)


def _first(doc: DocFile) -> tuple[int, int]:
    return doc.text_line, 1


def _place(file: EntityFile | AnnotationFile, place: yamlio.Path) -> tuple[int, int]:
    return file.document.place(place)
