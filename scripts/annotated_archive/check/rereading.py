"""Reads captures again with the programs of today: whether each article still stands in its capture."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.check import fixity
from annotated_archive.check.custody import PUBLIC, Progress
from annotated_archive.records.diagnostic import ERROR, WARNING, ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Found
from annotated_archive.records.text import SEPARATOR, composed
from annotated_archive.store import Archive
from annotated_archive.store.captures import Capture, captures
from annotated_archive.store.private import ORIGINALS as PRIVATE

_CALLED = {"title": "title", "date": "date", "author": "author", "url": "address", "captured": "day of capture"}
_BESIDE = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[^\w.,]")


@dataclass(frozen=True)
class _Reading:
    """What is read from a page today: all its text, the programs, and what the page and its capture say of it."""

    text: str
    programs: str
    found: list[Found]
    title: str | None


def read_again(archive: Archive, done: Progress = lambda _: None) -> tuple[int, list[Diagnostic]]:
    """Read the captures that are no pasted texts once more, and compare them with article and ledger.

    `done` is told of each capture file. Returns how many captures gave the recorded text, and what is to be said of
    all. Words of an article that its capture does not hold are an error, whatever programs the ledger names; another
    text that holds them all is a remark where the programs are others, since programs change.
    """
    same, findings = 0, []
    for path, wanted in rereadable(archive).items():
        # What changed was found to have changed, and says nothing about the programs.
        sha256 = fixity.sha256(path)
        waiting = {(c.original.part or ""): c for c in wanted if c.original.sha256 == sha256}
        for part, reading in _readings(path, set(waiting)):
            capture = waiting[part]
            if isinstance(reading, str):
                findings.append(_finding(capture, f"it cannot be read today: {reading}", WARNING))
                continue
            others = list(_text(capture, reading))
            same += not others
            findings += [*others, *_said(capture, reading)]
        done(1)
    return same, findings


def rereadable(archive: Archive) -> dict[Path, list[Capture]]:
    """The capture files that `read_again` reads, with the captures taken from each."""
    found: dict[Path, list[Capture]] = {}
    for capture in captures(archive):
        if capture.ledger and capture.ledger.container != "text":
            path = archive.root / (PRIVATE if capture.private else PUBLIC) / capture.original.path
            if path.is_file():
                found.setdefault(path, []).append(capture)
    return found


def _readings(path: Path, parts: set[str]) -> Iterator[tuple[str, _Reading | str]]:
    """Each page of a capture that is asked for, as it is read today, or why it is not."""
    from annotated_archive.ingest.article import heard
    from annotated_archive.ingest.article import read as read_page
    from annotated_archive.ingest.containers import discover, pages
    from annotated_archive.ingest.versions import readers

    reason = "no such page is found in it"
    for saved in discover([path]) if parts else ():
        for candidate in [saved] if isinstance(saved, Diagnostic) else pages(saved):
            if isinstance(candidate, Diagnostic):
                reason = candidate.message
                continue
            if (part := candidate.part or "") not in parts:
                continue
            parts.remove(part)
            try:
                page = read_page(candidate, path.name)
            except ContentError as error:
                yield part, error.diagnostics[0].message
            else:
                yield part, _Reading(page.text, readers(candidate.media), heard(page, candidate), page.title)
    yield from ((part, reason) for part in sorted(parts))


def _text(capture: Capture, reading: _Reading) -> Iterator[Diagnostic]:
    """What differs between the text that was read and the one that is read today."""
    assert capture.ledger is not None
    source = capture.ledger.record.original
    there = _letters(reading.text)
    blocks = capture.article.body.split(SEPARATOR)
    if gone := [block for block in blocks if _letters(block) not in there]:
        yield _finding(
            capture, f"{len(gone):,} of {len(blocks):,} paragraphs of the article do not stand in it, such as "
            f"{one_line(gone[0], 80)}",
        )  # fmt: skip
    elif hashlib.sha256(reading.text.encode()).hexdigest() == source.text:
        return
    elif reading.programs == source.reader:
        yield _finding(capture, f"the same programs ({source.reader}) read another text from it than the ledger states")
    else:
        yield _finding(
            capture, f"another text is read from it today, by {reading.programs}; it was read by "
            f"{source.reader or 'programs that are not recorded'}. All paragraphs of the article stand in it", WARNING,
        )  # fmt: skip


def _letters(text: str) -> str:
    """Letters, and figures with what stands in them: the ledger joins lines and words that a page breaks."""
    return _BESIDE.sub("", composed(text))


def _said(capture: Capture, reading: _Reading) -> Iterator[Diagnostic]:
    """Where the record and the page say different things; of a further capture, when it was made."""
    assert capture.ledger is not None
    ledger, record = capture.ledger.record, capture.article.record
    if reading.programs == ledger.original.reader and reading.found != ledger.found:
        yield _finding(capture, "the same programs find other values in it than the ledger states under `found`")
    fields = {"title": record.title, "date": record.date, "author": record.author, "url": record.url}
    given = {"captured": capture.original.captured} | (fields if capture.number == 1 else {})
    for field, value in given.items():
        known = {one.value for one in reading.found if one.field == field}
        if field == "title" and reading.title:
            known.add(reading.title)
        if value is not None and known and value not in known:
            yield _finding(
                capture, f"it does not give {one_line(value, 120)} as its {_CALLED[field]}, but {_some(known)}", WARNING
            )


def _some(values: set[str]) -> str:
    return " and ".join(one_line(value, 120) for value in sorted(values)[:3])


def _finding(capture: Capture, message: str, severity: str = ERROR) -> Diagnostic:
    assert capture.ledger is not None
    line, column = capture.ledger.document.place(("original", "text"))
    part = f", part {one_line(capture.original.part)}" if capture.original.part else ""
    mend = (
        "Article, ledger and checksum may have been edited together: compare with an older copy." if severity == ERROR
        else "Make sure that this is meant: an editor may have known better."
    )  # fmt: skip
    return Diagnostic(
        capture.ledger.path, line, column, "VERIFY-READING", f"{one_line(capture.original.path)}{part}: {message}",
        mend, severity,
    )  # fmt: skip
