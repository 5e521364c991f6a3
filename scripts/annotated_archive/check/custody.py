"""Verifies the custody of an archive: its originals, and that every article still follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.check import fixity
from annotated_archive.ingest.proof import flaw
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import Archive, load
from annotated_archive.store.captures import Capture, captures
from annotated_archive.store.private import ORIGINALS as PRIVATE

PUBLIC = "archive/originals"
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Shelf:
    """A folder of originals with its list: path of the folder in the archive's, checksum and line of each file."""

    folder: str
    sums: dict[str, str]
    lines: dict[str, int]

    @property
    def manifest(self) -> str:
        """The path of the list."""
        return f"{self.folder}/{fixity.MANIFEST}"


@dataclass(frozen=True)
class Verified:
    """What was verified. `problems` is everything that was found, errors and remarks.

    `files` were read, of `size` bytes in all; `elsewhere` originals are private and not here. Of all `captures`, body
    and ledger of `whole` give back what was read from the original; of `closed` the text is not here to tell.
    """

    problems: tuple[Diagnostic, ...]
    files: int
    size: int
    elsewhere: int
    captures: int
    whole: int
    closed: int


def shelves(archive: Archive) -> list[Shelf]:
    """The folders of originals that are here: those of the record, and those kept private."""
    found = [Shelf(PUBLIC, archive.manifest, archive.manifest_lines)]
    if (archive.root / PRIVATE).is_dir():
        found.append(Shelf(PRIVATE, archive.private_manifest, archive.private_manifest_lines))
    return found


def size(archive: Archive) -> int:
    """How many bytes the listed originals have that are here: what `verify` will read."""
    paths = (archive.root / shelf.folder / name for shelf in shelves(archive) for name in shelf.sums)
    return sum(path.stat().st_size for path in paths if path.is_file() and not path.is_symlink())


def read(root: Path) -> Archive:
    """The archive with everything private that is here."""
    return load(root, private=True)


def verify(archive: Archive, progress: Progress = lambda _: None) -> Verified:
    """Read every original, and rebuild what was read from each. `progress` is told of the bytes as they are read."""
    found: list[Diagnostic] = [*archive.problems]
    read_files = elsewhere = whole = closed = total = read_bytes = 0

    def count(number: int) -> None:
        nonlocal read_bytes
        read_bytes += number
        progress(number)

    for shelf in shelves(archive):
        wrong = list(fixity.differences(archive.root / shelf.folder, shelf.sums, count))
        found += (_difference(shelf, difference) for difference in wrong)
        read_files += len(shelf.sums) - sum(one.kind in ("vanished", "unreadable") for one in wrong)
    for capture in captures(archive):
        total += 1
        sums = archive.private_manifest if capture.private else archive.manifest
        if capture.original.path not in sums and capture.private:
            elsewhere += 1
            if (archive.root / PRIVATE).is_dir():  # a copy without it holds none of them; one with it should hold all
                found.append(_missing(capture))
        elif sums.get(capture.original.path) != capture.original.sha256:
            found.append(_other(capture, sums.get(capture.original.path)))
        if capture.ledger is None or not capture.article.body:
            closed += 1
        elif problem := flaw(capture.article.body, capture.ledger.record, capture.original.sha256):
            article = capture.article
            found.append(
                Diagnostic(
                    article.text_file or article.path, article.body_line, 1, "VERIFY-RECORD",
                    f"body and ledger do not give back what was read from {one_line(capture.original.path)}: {problem}",
                    "One of them was edited: restore it.",
                )
            )  # fmt: skip
        else:
            whole += 1
    return Verified(tuple(sorted(set(found))), read_files, read_bytes, elsewhere, total, whole, closed)


def _difference(shelf: Shelf, one: fixity.Difference) -> Diagnostic:
    name = one_line(one.name, 200)
    if one.kind == "appeared":
        return Diagnostic(
            f"{shelf.folder}/{one_line(one.name, 4096)[1:-1]}", 1, 1, "VERIFY-APPEARED",
            "the list of checksums does not name this file", "Find out who put it here, or take it in.",
        )  # fmt: skip
    place = (shelf.manifest, shelf.lines[one.name], 1)
    if one.kind == "vanished":
        return Diagnostic(*place, "VERIFY-VANISHED", f"{name} is not there", "Restore it from a copy.")
    if one.kind == "unreadable":
        return Diagnostic(*place, "VERIFY-VANISHED", f"{name} cannot be read: {one.found}", "Restore it from a copy.")
    return Diagnostic(
        *place, "VERIFY-CHANGED", f"{name} has the SHA-256 {one.found}, and had {shelf.sums[one.name]} when it was "
        "taken in", "Restore it from a copy.",
    )  # fmt: skip


def _missing(capture: Capture) -> Diagnostic:
    """That an original which is kept private is not in the list of those that are kept here."""
    line, column = capture.article.document.place((*capture.key, "path"))
    return Diagnostic(
        capture.article.path, line, column, "VERIFY-VANISHED",
        f"{one_line(capture.original.path)} is kept private, and the list of {PRIVATE} does not name it",
        "Restore it and its line from a copy.",
    )  # fmt: skip


def _other(capture: Capture, listed: str | None) -> Diagnostic:
    """That an article states another checksum than the list of originals, or an original that the list lacks."""
    line, column = capture.article.document.place((*capture.key, "sha256" if listed else "path"))
    name = one_line(capture.original.path)
    return Diagnostic(
        capture.article.path, line, column, "VERIFY-RECORD",
        f"the list of checksums gives {name} the SHA-256 {listed}, and the article another" if listed
        else f"the list of checksums does not name {name}", "Find out which of the two was edited, and restore it.",
    )  # fmt: skip
