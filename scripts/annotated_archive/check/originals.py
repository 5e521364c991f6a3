"""Custody: every original is there, unchanged, and follows from its article's body and ledger."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from functools import partial

from annotated_archive.check import fixity
from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.scope import Scope
from annotated_archive.ingest.proof import flaw
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import Archive
from annotated_archive.store.captures import Capture, captures_of, ledger_name
from annotated_archive.store.snapshot import signature_of

FOLDER = "archive/originals"
MANIFEST = f"{FOLDER}/{fixity.MANIFEST}"


def check(archive: Archive, scope: Scope, inputs: Inputs, memory: Memory) -> Iterator[Diagnostic]:
    """All findings about originals, the manifest and ledgers."""
    if MANIFEST in scope:
        yield from _manifest(archive, memory)

    def one(identifier: str) -> Iterator[Diagnostic]:
        for capture in captures_of(archive, archive.articles[identifier]):
            yield from _capture(archive, capture)

    asked = [(name, file) for name, file in archive.articles.items() if file.path in scope]
    units = ((name, ("captures", *inputs.captures(file))) for name, file in asked)
    yield from memory.units(units, one, ("captures", inputs.articles, inputs.ledgers, inputs.lists))
    wanted = {
        ledger_name(identifier, number): identifier
        for identifier, article in archive.articles.items()
        for number in range(1, len(article.brief.originals) + 1)
    }
    for name, ledger in archive.ledgers.items():
        if wanted.get(name) == ledger.article:
            continue
        line, column = ledger.document.place(("article",))
        if name not in wanted:
            yield Diagnostic(
                ledger.path, line, column, "LEDGER-MISSING", _unwanted(archive, name),
                "Take the original in again, or remove the ledger.",
            )  # fmt: skip
        else:
            yield Diagnostic(
                ledger.path, line, column, "ID-FILE-NAME",
                f"`article` {one_line(ledger.article)} in a file named {one_line(name)}",
                "Give both the same name.",
            )  # fmt: skip


def _unwanted(archive: Archive, name: str) -> str:
    article, _, number = name.partition(".")
    if number and article in archive.articles:
        return f"the article {one_line(article)} has no capture of the number {one_line(number)}"
    return f"there is no article {one_line(name)}"


def _manifest(archive: Archive, memory: Memory) -> Iterator[Diagnostic]:
    folder = archive.root / FOLDER
    # A file that looks as it did when its bytes were read is not read again; `archive verify` reads every byte.
    listed = ((name, ("original", name, sum, *_looks(f"{folder}/{name}"))) for name, sum in archive.manifest.items())
    yield from memory.units(listed, partial(_original, archive))
    for name in fixity.appeared(folder, archive.manifest):
        if (folder / name).is_file():  # a link, or what is no file, is found by another rule
            yield Diagnostic(
                f"{FOLDER}/{one_line(name, 4096)[1:-1]}", 1, 1, "ORIGINAL-UNLISTED",
                "the manifest does not name this file", "Take it in with `archive ingest`, or remove it.",
            )  # fmt: skip


def _looks(path: str) -> tuple[str | None, ...]:
    """What tells that a file was changed without reading it; None where that cannot be told.

    A file that was changed within the last seconds could be changed again without looking so.
    """
    try:
        found = os.lstat(path)
    except OSError:
        return (None,)
    if max(found.st_mtime_ns, found.st_ctime_ns) > time.time_ns() - 2 * 10**9:
        return (None,)
    return str(stat.S_ISREG(found.st_mode)), *map(str, signature_of(found))


def _original(archive: Archive, listed: str) -> Iterator[Diagnostic]:
    for difference in fixity.changed(archive.root / FOLDER, {listed: archive.manifest[listed]}):
        name, found = difference.name, difference.found
        place = (MANIFEST, archive.manifest_lines[name], 1)
        if difference.kind == "vanished":
            yield Diagnostic(*place, "ORIGINAL-MISSING", f"there is no file {one_line(name)}", "Restore it.")
        elif difference.kind == "unreadable":
            yield Diagnostic(*place, "ORIGINAL-MISSING", f"{one_line(name)} cannot be read: {found}", "Restore it.")
        else:
            recorded = archive.manifest[name]
            yield Diagnostic(
                *place, "ORIGINAL-HASH", f"{one_line(name)} has the checksum {found[:12]}…, not {recorded[:12]}…",
                "Restore the file as it was taken in.",
            )  # fmt: skip


def _capture(archive: Archive, capture: Capture) -> Iterator[Diagnostic]:
    article, original, ledger = capture.article, capture.original, capture.ledger

    def at(key: str, rule: str, message: str, mend: str) -> Diagnostic:
        line, column = article.document.place((*capture.key, key))
        return Diagnostic(article.path, line, column, rule, message, mend)

    # What is private may be on another computer: only where it is here can anything be said of it.
    manifest = archive.private_manifest if capture.private else archive.manifest
    if original.path not in manifest and not capture.private:
        yield at("path", "ORIGINAL-MISSING", f"the manifest does not name {one_line(original.path)}", "Mend the path.")
        return
    if manifest.get(original.path, original.sha256) != original.sha256:
        yield at("sha256", "ORIGINAL-HASH", "not the checksum in the manifest", "Take the original in again.")
    if ledger is None:
        if not article.withheld:
            folder = "private" if article.text_file else "archive"
            path = f"{folder}/ledgers/{capture.name}.yml"
            yield at("path", "LEDGER-MISSING", f"there is no {path}", "Restore the ledger.")
        return
    source = ledger.record.original
    if (source.path, source.sha256, source.part) != (original.path, original.sha256, original.part):
        line, column = ledger.document.place(("original",))
        yield Diagnostic(
            ledger.path, line, column, "LEDGER-REBUILD", "the ledger is of another original than its article",
            "Restore the ledger.",
        )  # fmt: skip
    if article.body and (problem := flaw(article.body, ledger.record, original.sha256)):
        yield Diagnostic(
            article.text_file or article.path, article.body_line, 1, "LEDGER-REBUILD",
            f"body and ledger do not rebuild the original: {problem}",
            "Undo the edit: a slip is noted beside the words, the text stays.",
        )  # fmt: skip
