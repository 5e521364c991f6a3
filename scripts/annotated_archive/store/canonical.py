"""`archive fmt`: the one form in which each file of the record is written, and what that would lose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article
from annotated_archive.records.authority import FOLDERS, KINDS
from annotated_archive.records.base import Record, plain
from annotated_archive.records.bibliography import Work
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.dismissed import Dismissed
from annotated_archive.records.ledger import Ledger
from annotated_archive.records.question import Question
from annotated_archive.store.annotations import annotation_text
from annotated_archive.store.archive import BIBLIOGRAPHY, QUESTIONS, validated
from annotated_archive.store.dismissed import DISMISSED, order
from annotated_archive.store.files import FENCE, read_article_text, read_text

_HEADER = re.compile(r"# yaml-language-server:[^\n]*\n")
_COMMENT = re.compile(r"(?:^|[ \t])#", re.M)
_ESCAPED_HASH = re.compile(r"\\(?:x23|u0023|U00000023)")
_LISTS: dict[str, type[Record]] = {BIBLIOGRAPHY: Work, DISMISSED: Dismissed, QUESTIONS: Question}
_FOLDERS: dict[str, type[Record]] = {
    "archive/articles": Article,
    "archive/ledgers": Ledger,
    "archive/annotations": Annotation,
    **{f"archive/authority/{folder}": KINDS[kind] for kind, folder in FOLDERS.items()},
}


@dataclass(frozen=True)
class Formatted:
    """A file of the record: its path relative to the archive's folder, what it holds, and what it should hold."""

    path: str
    text: str
    canonical: str


def record_files(root: Path, below: Iterable[str] = ()) -> list[str]:
    """The paths of all files that have a canonical form, or of those at or below the paths given."""
    found = [name for name in _LISTS if (root / name).is_file()]
    for folder in _FOLDERS:
        suffix = "*.md" if folder == "archive/articles" else "*.yml"
        found += [path.relative_to(root).as_posix() for path in (root / folder).rglob(suffix) if path.is_file()]
    wanted = list(below)
    return sorted(
        name
        for name in found
        if not wanted or any(one in ("", ".") or name == one or name.startswith(f"{one}/") for one in wanted)
    )


def formatted(root: Path, name: str) -> Formatted:
    """One file in canonical form. Raises ContentError where it cannot be read, or holds comments that would be lost."""
    text = read_text(root / name, name)
    if name in _LISTS:
        return Formatted(name, text, _list(text, name, _LISTS[name]))
    folder = "/".join(name.split("/")[: 3 if name.startswith("archive/authority/") else 2])
    if _FOLDERS[folder] is Article:
        return Formatted(name, text, _article(text, name))
    document = yamlio.read(text, name)
    record = validated(_FOLDERS[folder], document, name)
    keep_comments(text, document.data, name)
    if isinstance(record, Annotation):
        return Formatted(name, text, annotation_text(record))
    return Formatted(name, text, _header(text) + yamlio.write(plain(record)))


def keep_comments(text: str, data: Any, name: str, first_line: int = 1) -> None:
    """Raise ContentError (FMT-COMMENT) if YAML holds a comment beyond the line that names its schema.

    A comment is a `#` of the text that is in none of its values. `text` begins in line `first_line` of the file.
    """
    after = len(_header(text))
    hashes = text.count("#", after) + len(_ESCAPED_HASH.findall(text, after))
    if hashes == sum(value.count("#") for value in _strings(data)):
        return
    at = next((at for at in _comments(text, after) if _without(text, at, name) == data), after)
    line, column = first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
    raise ContentError(
        Diagnostic(
            name, line, column, "FMT-COMMENT", "a comment, which a program that writes this file would lose",
            "Move it into a field, such as a `note`, or remove it.",
        )
    )  # fmt: skip


def _comments(text: str, after: int) -> list[int]:
    """Where comments may begin; as many as are worth looking at."""
    return [match.end() - 1 for match in islice(_COMMENT.finditer(text, after), 50)]


def _without(text: str, at: int, name: str) -> Any:
    """What YAML says without the rest of the line from `at` on; None if that is no YAML."""
    end = text.find("\n", at)
    try:
        return yamlio.read(text[:at] + text[end if end >= 0 else len(text) :], name).data
    except ContentError:
        return None


def _header(text: str) -> str:
    match = _HEADER.match(text)
    return match.group() if match else ""


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def _list(text: str, name: str, model: type[Record]) -> str:
    document = yamlio.read(text, name)
    if not isinstance(document.data, list):
        raise ContentError(Diagnostic(name, 1, 1, "SCHEMA", "not a list.", "Begin each entry with `- id:`."))
    problems: list[Diagnostic] = []
    records: list[Record] = []
    for number in range(len(document.data)):
        try:
            records.append(validated(model, document, name, (number,)))
        except ContentError as error:
            problems += error.diagnostics
    if problems:
        raise ContentError(*problems)
    keep_comments(text, document.data, name)
    if name == DISMISSED:
        records.sort(key=lambda entry: order(entry))  # type: ignore[arg-type]
    return _header(text) + yamlio.write([plain(record) for record in records])


def _article(text: str, name: str) -> str:
    """An article with canonical front matter. Whatever stands below that is the text, and stays byte for byte."""
    read = read_article_text(text, name)
    front = plain(validated(Article, read.document, name))
    closing = text.find(f"\n{FENCE}", len(FENCE) - 1)
    closing = len(text) - len(FENCE) if closing < 0 else closing
    head, rest = text[len(FENCE) : closing + 1], text[closing + 1 + len(FENCE) :]
    keep_comments(head, read.document.data, name, first_line=2)
    return f"{FENCE}{_header(head)}{yamlio.write(front)}{FENCE}{rest}"
