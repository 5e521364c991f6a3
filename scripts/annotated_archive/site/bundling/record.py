"""The record as it may be handed on: what `archive/` holds, without what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.site.content import Content, leads_elsewhere
from annotated_archive.store import ArticleFile
from annotated_archive.store.archive import BIBLIOGRAPHY, QUESTIONS


@dataclass(frozen=True)
class Withheld:
    """An article whose text may not be published in full, and how many files about it are therefore left out.

    `annotations` counts those left out: an annotation quotes the text around its words.
    """

    article: ArticleFile
    annotations: int


def withheld(content: Content) -> list[Withheld]:
    """The articles whose text is kept back, by id."""
    notes = [file.folder for file in content.graph.archive.annotations.values()]
    articles = content.graph.archive.articles.values()
    return [Withheld(file, notes.count(file.record.id)) for file in articles if file.record.rights.publish != "full"]


def record(content: Content) -> Iterator[tuple[str, Path | bytes]]:
    """The files to hand on, sorted by path: path in the archive's folder, and the file on disk or its bytes.

    Only what was read as part of the record is here, so nothing that merely lies in its folders is. Of an article that
    is not published in full there is the front matter; the check has seen to it that no words of its text stand there.
    """
    archive = content.graph.archive
    kept_back = {file.article.record.id for file in withheld(content)}
    found: dict[str, Path | bytes] = {}
    known = archive.articles.keys() - kept_back
    ledgers = (file for file in archive.ledgers.values() if file.record.article in known)
    notes = (file for file in archive.annotations.values() if file.folder not in kept_back)
    paths = [file.path for file in archive.articles.values()] + [file.path for file in archive.entities.values()]
    paths += [file.path for file in ledgers] + [file.path for file in notes]
    found |= {path: content.root / path for path in paths}
    for name in (BIBLIOGRAPHY, QUESTIONS):
        if (content.root / name).is_file():
            found[name] = content.root / name
    found |= {f"archive/{name}": path for name, path in (*content.kept(), *content.schemas())}
    for path, source in sorted(found.items()):
        if isinstance(source, bytes) or not leads_elsewhere(content.root, source):
            yield path, source
