"""Reads the whole record into one immutable `Archive`; what cannot be read becomes diagnostics beside it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from annotated_archive.records import yamlio
from annotated_archive.records.article import Original
from annotated_archive.records.bibliography import Work
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.question import Question
from annotated_archive.store import private as withheld
from annotated_archive.store.filed import AnnotationFile, ArticleFile, DocFile, EntityFile, LedgerFile
from annotated_archive.store.files import decoded, read_article_text, read_data
from annotated_archive.store.gathering import OF_WORKS, Records, listed
from annotated_archive.store.kept import Kept, digest_of
from annotated_archive.store.manifest import MANIFEST, read_manifest
from annotated_archive.store.parsing import Listed
from annotated_archive.store.snapshot import Snapshot
from annotated_archive.store.validating import validated as validated

__all__ = ["OF_WORKS", "AnnotationFile", "Archive", "ArticleFile", "DocFile", "EntityFile", "LedgerFile", "load"]

Entry = TypeVar("Entry", Work, Question)
BIBLIOGRAPHY = "archive/bibliography.yml"
QUESTIONS = "archive/questions.yml"


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
    digests: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The path of every file of the record that was read (as in `ArticleFile.path`) → a digest of its bytes."""

    @cached_property
    def build(self) -> Path:
        """The folder for what need not be made again: what was made of private texts never lies among the rest.

        Where there is no folder `private/`, nothing was made of it, and none comes to be.
        """
        hidden = self.private and (self.root / withheld.FOLDER).is_dir()
        return self.root / (withheld.BUILD if hidden else "build")

    def original_file(self, original: Original) -> Path:
        """Where a capture lies if it is here: in the record, or in `private/`, where that was read."""
        private = original.kept == "private" and self.private
        folder = withheld.ORIGINALS if private else "archive/originals"
        return self.root / folder / original.path

    @cached_property
    def annotations_of(self) -> dict[str, tuple[AnnotationFile, ...]]:
        """Article (whether it is here or not) → the annotations that name it, replies too, by their ids."""
        found: dict[str, list[AnnotationFile]] = {}
        for file in self.annotations.values():
            if file.article:
                found.setdefault(file.article, []).append(file)
        return {article: tuple(files) for article, files in found.items()}

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

    Files that were read before are not read again (`Snapshot`); their parts are made when somebody asks for them, and
    then a file that has changed since raises ContentError (FILE-CHANGED).
    """
    problems: list[Diagnostic] = []
    digests: dict[str, str] = {}
    if not (root / "archive").is_dir():
        problems.append(
            Diagnostic(
                "archive", 1, 1, "ARCHIVE-MISSING", "there is no folder `archive` here", "Name the folder with -C."
            )
        )  # fmt: skip
    listing = list(listed(root, annotations, private))
    snapshot = Snapshot(root)
    found = snapshot.read(file for file in listing if isinstance(file, Listed))
    if annotations is None:
        snapshot.save(("build", withheld.BUILD) if private else ("build",))
    records = Records(root, problems)
    for file in listing:
        if isinstance(file, Diagnostic):
            problems.append(file)
        elif isinstance(kept := found[file.name], Kept):
            digests[file.name] = kept.digest
            records.add(file, kept)
        else:
            problems += kept
    works, places, bibliography = _entries(root, BIBLIOGRAPHY, Work, "work", problems, digests)
    questions, question_places, _ = _entries(root, QUESTIONS, Question, "question", problems, digests)
    manifest, manifest_lines = read_manifest(root, MANIFEST, problems, digests)
    private_manifest, private_lines = (
        read_manifest(root, withheld.MANIFEST, problems, digests) if private else ({}, {})
    )
    docs = _docs(root, problems, digests)
    return Archive(
        root=root, articles=dict(sorted(records.articles.items())), entities=dict(sorted(records.entities.items())),
        works=works, work_places=places, bibliography=bibliography, questions=questions,
        question_places=question_places, ledgers=dict(sorted(records.ledgers.items())),
        annotations=dict(sorted(records.annotations.items())), manifest=manifest, manifest_lines=manifest_lines,
        docs=docs, problems=tuple(problems), private=private, private_manifest=private_manifest,
        private_manifest_lines=private_lines, digests=digests,
    )  # fmt: skip


def _entries(
    root: Path, name: str, model: type[Entry], noun: str, problems: list[Diagnostic], digests: dict[str, str]
) -> tuple[dict[str, Entry], dict[str, tuple[int, int]], yamlio.Document]:
    """The entries of a file that is one list: the records by id, the place of each id, and the whole file as read."""
    path = root / name
    entries: dict[str, Entry] = {}
    places: dict[str, tuple[int, int]] = {}
    document = yamlio.Document([])
    if not path.exists():
        return entries, places, document
    try:
        data = read_data(path, name)
        digests[name] = digest_of(data)
        document = yamlio.read(decoded(data, name), name)
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


def _docs(root: Path, problems: list[Diagnostic], digests: dict[str, str]) -> dict[str, DocFile]:
    """The pages written by hand: every *.md below `docs`."""
    docs: dict[str, DocFile] = {}
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").as_posix()
        shown = one_line(f"docs/{name}", 4096)[1:-1]
        try:
            data = read_data(path, shown)
            digests[shown] = digest_of(data)
            text = decoded(data, shown)
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
