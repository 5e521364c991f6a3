"""Finds the files of the record, and puts what they hold in order: by id, each id once."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from annotated_archive.records.authority import FOLDERS, KINDS
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import private as withheld
from annotated_archive.store.filed import AnnotationFile, ArticleFile, EntityFile, LedgerFile
from annotated_archive.store.files import linked
from annotated_archive.store.kept import Kept, Source, lazily
from annotated_archive.store.parsing import MODELS, TEXT, Listed
from annotated_archive.store.snapshot import signature_of

ANNOTATIONS = "archive/annotations"
OF_WORKS = "_works"
"""The folder below archive/annotations for the claims that cited works carry, each work in a folder of its own."""
Found = Listed | Diagnostic
_NAME = attrgetter("name")


def listed(root: Path, only: Container[str] | None, private: bool) -> Iterator[Found]:
    """Every file of the record and, with `private`, of `private/`; and what lies there and is none.

    In the order in which they are read: what lies in `private/` comes behind its like. `only` names the annotations of
    `archive/` that are wanted; None: all.
    """
    yield from _files(root, "archive/articles", ".md", "article")
    if private:
        yield from _files(root, withheld.TEXTS, ".txt", TEXT)
    for kind, folder in FOLDERS.items():
        yield from _files(root, f"archive/authority/{folder}", ".yml", kind)
    yield from _files(root, "archive/ledgers", ".yml", "ledger")
    if private:
        yield from _files(root, withheld.LEDGERS, ".yml", "ledger")
    yield from _annotations(root, ANNOTATIONS, only)
    if private:
        yield from _annotations(root, withheld.ANNOTATIONS, None)


def _annotations(root: Path, top: str, only: Container[str] | None) -> Iterator[Found]:
    """The annotations below `top`, each in the folder of its article or, below `_works`, of its work."""
    for folder in (*_folders(root, top), *_folders(root, f"{top}/{OF_WORKS}")):
        if isinstance(folder, Diagnostic):
            yield folder
        elif folder != f"{top}/{OF_WORKS}":
            yield from _files(root, folder, ".yml", "annotation", only)


def _entries(root: Path, folder: str) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(root / folder) as entries:
            return sorted(entries, key=_NAME)
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _files(root: Path, folder: str, suffix: str, kind: str, only: Container[str] | None = None) -> Iterator[Found]:
    """The record files of one folder, sorted; anything else that lies there is a problem."""
    for entry in _entries(root, folder):
        if entry.name.startswith("."):
            continue
        name = _shown(f"{folder}/{entry.name}")
        if entry.is_symlink():
            yield linked(name)
        elif entry.name.endswith(suffix) and not entry.is_dir():
            if only is None or name in only:
                yield Listed(entry.path, name, kind, signature_of(entry.stat(follow_symlinks=False)))
        else:
            yield Diagnostic(name, 1, 1, "FILE-STRAY", f"only *{suffix} files belong in {folder}", "Move it away.")


def _folders(root: Path, top: str) -> Iterator[str | Diagnostic]:
    """The folders in the folder `top`, sorted; anything else that lies there is a problem."""
    for folder in _entries(root, top):
        name = _shown(f"{top}/{folder.name}")
        if folder.is_symlink():
            yield linked(name)
        elif folder.is_dir():
            yield f"{top}/{folder.name}"
        else:
            yield Diagnostic(name, 1, 1, "FILE-STRAY", f"only folders belong in {top}", "Move it away.")


def _shown(path: str) -> str:
    """A path as findings write it."""
    return path if path.isprintable() and len(path) <= 4096 else one_line(path, 4096)[1:-1]


class Records:
    """The files of the record by id. What an id says twice, or not as the file is named, is added to `problems`."""

    def __init__(self, root: Path, problems: list[Diagnostic]) -> None:
        self.articles: dict[str, ArticleFile] = {}
        self.entities: dict[str, EntityFile] = {}
        self.ledgers: dict[str, LedgerFile] = {}
        self.annotations: dict[str, AnnotationFile] = {}
        self._root, self._problems = root, problems
        self._public, self._hidden = f"{root / ANNOTATIONS}/", f"{root / withheld.ANNOTATIONS}/"

    def add(self, file: Listed, kept: Kept) -> None:
        """Add a file by what is kept of it. Articles come before their private texts."""
        stem = os.path.basename(file.path).rpartition(".")[0]
        if file.kind == TEXT:
            self._lay_over(file.name, stem, kept)
            return
        source = Source(self._root, file.name, MODELS[file.kind], kept)
        if file.kind == "article":
            made = lazily(ArticleFile, source, path=file.name, body_line=kept.body_line, text_file="")
            self._keep(self.articles, made, kept.identifier, stem)
        elif file.kind in KINDS:
            self._keep(self.entities, lazily(EntityFile, source, path=file.name), kept.identifier, stem)
        elif file.kind == "ledger":
            self.ledgers[stem] = lazily(LedgerFile, source, path=file.name)
        else:
            folder = os.path.dirname(file.path).removeprefix(self._public).removeprefix(self._hidden)
            note = lazily(AnnotationFile, source, path=file.name, folder=folder)
            self._keep(self.annotations, note, kept.identifier, stem)

    def _lay_over(self, name: str, article: str, text: Kept) -> None:
        """The text of `private/` for an article that is withheld."""
        found = self.articles.get(article)
        if found is not None and found.withheld and found.source is not None:
            source = found.source._replace(text=name, body=text.body)
            self.articles[article] = lazily(
                ArticleFile, source, record=found.record, path=found.path, body_line=1, text_file=name
            )

    def _keep(self, records: dict[str, Any], file: Any, identifier: str, stem: str) -> None:
        """Add a file under its id, unless the id is taken or is not the file's name."""
        if identifier != stem:
            line, column = file.document.place(("id",))
            self._problems.append(
                Diagnostic(
                    file.path, line, column, "ID-FILE-NAME",
                    f"id {one_line(identifier)} in a file named {one_line(stem)}", "Give both the same name.",
                )
            )  # fmt: skip
        if identifier in records:
            line, column = file.document.place(("id",))
            self._problems.append(
                Diagnostic(
                    file.path, line, column, "ID-DUPLICATE",
                    f"id {one_line(identifier)} stands already in {records[identifier].path}", "Choose another id.",
                )
            )  # fmt: skip
            return
        records[identifier] = file
