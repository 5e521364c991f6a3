"""Reads the whole record into one immutable `Archive`; what cannot be read becomes diagnostics beside it."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article, Original
from annotated_archive.records.authority import FOLDERS, KINDS, Entity
from annotated_archive.records.bibliography import Work
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Ledger
from annotated_archive.records.question import Question
from annotated_archive.records.text import Block, blocks
from annotated_archive.store import private as withheld
from annotated_archive.store.files import linked, read_article_text, read_text
from annotated_archive.store.manifest import MANIFEST, read_manifest
from annotated_archive.store.validating import validated as validated

Entry = TypeVar("Entry", Work, Question)
BIBLIOGRAPHY = "archive/bibliography.yml"
QUESTIONS = "archive/questions.yml"
OF_WORKS = "_works"
"""The folder below archive/annotations for the claims that cited works carry, each work in a folder of its own."""


@dataclass(frozen=True)
class EntityFile:
    """An authority file: its record, its path relative to the archive's folder, and where each value stands."""

    record: Entity
    path: str
    document: yamlio.Document = field(repr=False)


@dataclass(frozen=True)
class ArticleFile:
    """An article file: front matter, canonical text, path, the places of values, the body's first line.

    `text_file` is the file of `private/` that a withheld text was read from; empty: it stands in `path`, or nowhere.
    """

    record: Article
    body: str = field(repr=False)
    path: str
    document: yamlio.Document = field(repr=False)
    body_line: int = 1
    text_file: str = ""

    @property
    def withheld(self) -> bool:
        """Whether the text may not be published in full and is not here either: nothing can be said about its words."""
        return self.record.rights.publish != "full" and not self.body

    def blocks(self) -> Iterator[Block]:
        """The blocks of the canonical text, with their kinds."""
        return blocks(self.body, {int(number): kind for number, kind in self.record.blocks.items()})

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point of the body, in the file that holds the text."""
        before = self.body[:offset]
        return self.body_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True)
class LedgerFile:
    """A ledger, its path and the places of its values."""

    record: Ledger
    path: str
    document: yamlio.Document = field(repr=False)


@dataclass(frozen=True)
class AnnotationFile:
    """An annotation, its path, the places of its values, and the folder it should lie in by where it does lie.

    `folder` is the id of an article, or `_works/` and the id of a work.
    """

    record: Annotation
    path: str
    document: yamlio.Document = field(repr=False)
    folder: str


@dataclass(frozen=True)
class DocFile:
    """A page written by hand: its front matter, its Markdown, and the line in which that begins.

    `name` is its path inside `docs`, `path` that inside the archive's folder.
    """

    name: str
    path: str
    document: yamlio.Document = field(repr=False)
    text: str = field(repr=False)
    text_line: int = 1


@dataclass(frozen=True)
class Archive:
    """The record as it stands on disk. Everything is sorted by id; `problems` says what could not be read.

    `private` says whether the folder of that name was read too; `private_manifest` then lists the originals in it, as
    `manifest` does those of the record.
    """

    root: Path
    articles: dict[str, ArticleFile]
    entities: dict[str, EntityFile]
    works: dict[str, Work]
    work_places: dict[str, tuple[int, int]] = field(repr=False)
    bibliography: yamlio.Document = field(repr=False)
    questions: dict[str, Question]
    question_places: dict[str, tuple[int, int]] = field(repr=False)
    ledgers: dict[str, LedgerFile]
    annotations: dict[str, AnnotationFile]
    manifest: dict[str, str]
    manifest_lines: dict[str, int] = field(repr=False)
    docs: dict[str, DocFile]
    problems: tuple[Diagnostic, ...]
    private: bool = False
    private_manifest: dict[str, str] = field(default_factory=dict)
    private_manifest_lines: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def build(self) -> Path:
        """The folder for what need not be made again: what was made of private texts never lies among the rest."""
        return self.root / (withheld.BUILD if self.private else "build")

    def original_file(self, original: Original) -> Path:
        """Where a capture lies if it is here: in the record, or in `private/`, where that was read."""
        private = original.kept == "private" and self.private
        folder = withheld.ORIGINALS if private else "archive/originals"
        return self.root / folder / original.path

    @cached_property
    def unread(self) -> frozenset[str]:
        """Ids of records that are there but could not be read: what refers to one of them is no fault of its own."""
        folders = ("archive/", f"{withheld.FOLDER}/")
        stems = {Path(problem.path).stem for problem in self.problems if problem.path.startswith(folders)}
        entries = self.bibliography.data if isinstance(self.bibliography.data, list) else []
        stems |= {str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry}
        return frozenset(stems - self.articles.keys() - self.entities.keys() - self.works.keys())


def load(root: Path, annotations: Container[str] | None = None, private: bool = False) -> Archive:
    """Read `root/archive`. Never raises for content: what is wrong stands in `Archive.problems`.

    `annotations` names the only annotation files of `archive/` to be read, relative to `root`; None: all. With
    `private`, the texts, ledgers, annotations and list of originals in `root/private` are laid over the record, as far
    as they are there: for editors, never for what is published.
    """
    problems: list[Diagnostic] = []
    if not (root / "archive").is_dir():
        problems.append(
            Diagnostic(
                "archive", 1, 1, "ARCHIVE-MISSING", "there is no folder `archive` here", "Name the folder with -C."
            )
        )  # fmt: skip
    articles: dict[str, ArticleFile] = {}
    for path, name in _files(root, "archive/articles", ".md", problems):
        try:
            parts = read_article_text(read_text(path, name), name)
            record = validated(Article, parts.document, name)
        except ContentError as error:
            problems += error.diagnostics
        else:
            _keep(articles, ArticleFile(record, parts.body, name, parts.document, parts.body_line), path.stem, problems)
    for path, name in _files(root, withheld.TEXTS, ".txt", problems) if private else ():
        try:
            body = read_text(path, name).removesuffix("\n")
        except ContentError as error:
            problems += error.diagnostics
        else:
            if (article := articles.get(path.stem)) and article.withheld:
                articles[path.stem] = replace(article, body=body, body_line=1, text_file=name)
    entities: dict[str, EntityFile] = {}
    for kind, folder in FOLDERS.items():
        for path, name in _files(root, f"archive/authority/{folder}", ".yml", problems):
            try:
                document = yamlio.read(read_text(path, name), name)
                entity = validated(_model(document, kind, name), document, name)
            except ContentError as error:
                problems += error.diagnostics
            else:
                _keep(entities, EntityFile(entity, name, document), path.stem, problems)
    ledgers: dict[str, LedgerFile] = {}
    folders = ("archive/ledgers", withheld.LEDGERS) if private else ("archive/ledgers",)
    for path, name in (found for folder in folders for found in _files(root, folder, ".yml", problems)):
        try:
            document = yamlio.read(read_text(path, name), name)
            ledgers[path.stem] = LedgerFile(validated(Ledger, document, name), name, document)
        except ContentError as error:
            problems += error.diagnostics
    noted: dict[str, AnnotationFile] = {}
    _annotations(root, "archive/annotations", noted, problems, annotations)
    if private:
        _annotations(root, withheld.ANNOTATIONS, noted, problems, None)
    works, places, bibliography = _entries(root, BIBLIOGRAPHY, Work, "work", problems)
    questions, question_places, _ = _entries(root, QUESTIONS, Question, "question", problems)
    manifest, manifest_lines = read_manifest(root, MANIFEST, problems)
    private_manifest, private_lines = read_manifest(root, withheld.MANIFEST, problems) if private else ({}, {})
    docs = _docs(root, problems)
    return Archive(
        root=root, articles=dict(sorted(articles.items())), entities=dict(sorted(entities.items())), works=works,
        work_places=places, bibliography=bibliography, questions=questions, question_places=question_places,
        ledgers=dict(sorted(ledgers.items())),
        annotations=dict(sorted(noted.items())), manifest=manifest, manifest_lines=manifest_lines, docs=docs,
        problems=tuple(problems), private=private, private_manifest=private_manifest,
        private_manifest_lines=private_lines,
    )  # fmt: skip


def _files(
    root: Path, folder: str, suffix: str, problems: list[Diagnostic], only: Container[str] | None = None
) -> Iterator[tuple[Path, str]]:
    """The record files of one folder, sorted; anything else that lies there is a problem."""
    directory = root / folder
    for entry in sorted(os.scandir(directory), key=lambda entry: entry.name) if directory.is_dir() else ():
        if entry.name.startswith("."):
            continue
        name = one_line(f"{folder}/{entry.name}", 4096)[1:-1]
        if entry.is_symlink():
            problems.append(linked(name))
        elif entry.name.endswith(suffix) and not entry.is_dir():
            if only is None or name in only:
                yield directory / entry.name, name
        else:
            problems.append(
                Diagnostic(name, 1, 1, "FILE-STRAY", f"only *{suffix} files belong in {folder}", "Move it away.")
            )


def _annotations(
    root: Path,
    top: str,
    annotations: dict[str, AnnotationFile],
    problems: list[Diagnostic],
    only: Container[str] | None,
) -> None:
    """Add the annotations below `top`, each in the folder of its article or, below `_works`, of its work."""
    for folder in (*_folders(root, top, problems), *_folders(root, f"{top}/{OF_WORKS}", problems)):
        if folder == f"{top}/{OF_WORKS}":
            continue
        for path, name in _files(root, folder, ".yml", problems, only):
            try:
                document = yamlio.read(read_text(path, name), name)
                record = validated(Annotation, document, name)
            except ContentError as error:
                problems += error.diagnostics
            else:
                inside = folder.removeprefix(f"{top}/")
                _keep(annotations, AnnotationFile(record, name, document, inside), path.stem, problems)


def _folders(root: Path, top: str, problems: list[Diagnostic]) -> Iterator[str]:
    """The folders in the folder `top`, sorted; anything else that lies there is a problem."""
    directory = root / top
    for folder in sorted(directory.iterdir()) if directory.is_dir() else ():
        name = one_line(f"{top}/{folder.name}", 4096)[1:-1]
        if folder.is_symlink():
            problems.append(linked(name))
        elif folder.is_dir():
            yield f"{top}/{folder.name}"
        else:
            problems.append(Diagnostic(name, 1, 1, "FILE-STRAY", f"only folders belong in {top}", "Move it away."))


def _keep(records: dict[str, Any], file: Any, stem: str, problems: list[Diagnostic]) -> None:
    """Add a file under its id, unless the id is taken or is not the file's name."""
    identifier = file.record.id
    line, column = file.document.place(("id",))
    if identifier != stem:
        problems.append(
            Diagnostic(
                file.path, line, column, "ID-FILE-NAME", f"id {one_line(identifier)} in a file named {one_line(stem)}",
                "Give both the same name.",
            )
        )  # fmt: skip
    if identifier in records:
        problems.append(
            Diagnostic(
                file.path, line, column, "ID-DUPLICATE",
                f"id {one_line(identifier)} stands already in {records[identifier].path}", "Choose another id.",
            )
        )  # fmt: skip
        return
    records[identifier] = file


def _model(document: yamlio.Document, kind: str, name: str) -> type[Entity]:
    """The model for an authority file, chosen by its `kind`, which its folder must confirm."""
    stated = document.data.get("kind") if isinstance(document.data, dict) else None
    if stated != kind and stated is not None:
        line, column = document.place(("kind",))
        raise ContentError(
            Diagnostic(
                name, line, column, "SCHEMA-KIND", f"kind {one_line(stated)} in the folder of kind {kind}",
                f"Write `kind: {kind}`, or move the file.",
            )
        )  # fmt: skip
    return KINDS[kind]


def _entries(
    root: Path, name: str, model: type[Entry], noun: str, problems: list[Diagnostic]
) -> tuple[dict[str, Entry], dict[str, tuple[int, int]], yamlio.Document]:
    """The entries of a file that is one list: the records by id, the place of each id, and the whole file as read."""
    path = root / name
    entries: dict[str, Entry] = {}
    places: dict[str, tuple[int, int]] = {}
    document = yamlio.Document([])
    if not path.exists():
        return entries, places, document
    try:
        document = yamlio.read(read_text(path, name), name)
    except ContentError as error:
        problems += error.diagnostics
        return entries, places, document
    if not isinstance(document.data, list):
        mend = f"Begin each {noun} with `- id:`."
        problems.append(Diagnostic(name, 1, 1, "SCHEMA", f"not a list of {noun}s.", mend))
        return entries, places, document
    for number in range(len(document.data)):
        try:
            entry = validated(model, document, name, (number,))
        except ContentError as error:
            problems += error.diagnostics
            continue
        line, column = document.place((number, "id"))
        if entry.id in entries:
            problems.append(
                Diagnostic(
                    name, line, column, "ID-DUPLICATE",
                    f"{noun} {one_line(entry.id)} stands already in line {places[entry.id][0]}", "Merge the two.",
                )
            )  # fmt: skip
            continue
        entries[entry.id], places[entry.id] = entry, (line, column)
    return dict(sorted(entries.items())), places, document


def _docs(root: Path, problems: list[Diagnostic]) -> dict[str, DocFile]:
    """The pages written by hand: every *.md below `docs`."""
    docs: dict[str, DocFile] = {}
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").as_posix()
        shown = one_line(f"docs/{name}", 4096)[1:-1]
        try:
            text = read_text(path, shown)
            if text.startswith("---\n"):
                parts = read_article_text(text, shown)
                if not isinstance(parts.document.data, dict):
                    line, column = parts.document.place(())
                    raise ContentError(
                        Diagnostic(
                            shown, line, column, "SCHEMA", "the front matter is not a mapping.",
                            "Write `title: …`, or leave it out.",
                        )
                    )  # fmt: skip
                docs[name] = DocFile(name, shown, parts.document, parts.body, parts.body_line)
            else:
                docs[name] = DocFile(name, shown, yamlio.Document({}), text, 1)
        except ContentError as error:
            problems += error.diagnostics
    return docs
