"""Custody: every original is there, unchanged, and follows from its article's body and ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from annotated_archive.check.scope import Scope
from annotated_archive.ingest.proof import flaw
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import Archive, ArticleFile

FOLDER = "archive/originals"
MANIFEST = "manifest-sha256.txt"


def check(archive: Archive, scope: Scope) -> Iterator[Diagnostic]:
    """All findings about originals, the manifest and ledgers."""
    if f"{FOLDER}/{MANIFEST}" in scope:
        yield from _manifest(archive)
    for article in archive.articles.values():
        if article.path in scope:
            yield from _article(archive, article)
    for identifier, ledger in archive.ledgers.items():
        line, column = ledger.document.place(("article",))
        if identifier not in archive.articles:
            yield Diagnostic(
                ledger.path, line, column, "LEDGER-MISSING", f"there is no article {one_line(identifier)}",
                "Take the original in again, or remove the ledger.",
            )  # fmt: skip
        elif ledger.record.article != identifier:
            yield Diagnostic(
                ledger.path, line, column, "ID-FILE-NAME",
                f"`article` {one_line(ledger.record.article)} in a file named {one_line(identifier)}",
                "Give both the same name.",
            )  # fmt: skip


def _manifest(archive: Archive) -> Iterator[Diagnostic]:
    folder = archive.root / FOLDER
    for name, recorded in archive.manifest.items():
        path = folder / name
        place = (f"{FOLDER}/{MANIFEST}", archive.manifest_lines[name], 1)
        if path.is_symlink() or not path.is_file():
            yield Diagnostic(*place, "ORIGINAL-MISSING", f"there is no file {one_line(name)}", "Restore it.")
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != recorded:
            yield Diagnostic(
                *place, "ORIGINAL-HASH", f"{one_line(name)} has the checksum {found[:12]}…, not {recorded[:12]}…",
                "Restore the file as it was taken in.",
            )  # fmt: skip
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST and name not in archive.manifest:
            yield Diagnostic(
                f"{FOLDER}/{one_line(name, 4096)[1:-1]}", 1, 1, "ORIGINAL-UNLISTED",
                "the manifest does not name this file", "Take it in with `archive ingest`, or remove it.",
            )  # fmt: skip


def _article(archive: Archive, article: ArticleFile) -> Iterator[Diagnostic]:
    original = article.record.original

    def at(key: str, rule: str, message: str, mend: str) -> Diagnostic:
        line, column = article.document.place(("original", key))
        return Diagnostic(article.path, line, column, rule, message, mend)

    if original.path not in archive.manifest:
        yield at("path", "ORIGINAL-MISSING", f"the manifest does not name {one_line(original.path)}", "Mend the path.")
        return
    if archive.manifest[original.path] != original.sha256:
        yield at("sha256", "ORIGINAL-HASH", "not the checksum in the manifest", "Take the original in again.")
    ledger = archive.ledgers.get(article.record.id)
    if ledger is None:
        yield at(
            "path", "LEDGER-MISSING", f"there is no archive/ledgers/{article.record.id}.yml", "Restore the ledger."
        )
        return
    source = ledger.record.original
    if (source.path, source.sha256) != (original.path, original.sha256):
        line, column = ledger.document.place(("original",))
        yield Diagnostic(
            ledger.path, line, column, "LEDGER-REBUILD", "the ledger is of another original than its article",
            "Restore the ledger.",
        )  # fmt: skip
    if article.body and (problem := flaw(article.body, ledger.record, original.sha256)):
        yield Diagnostic(
            article.path, article.body_line, 1, "LEDGER-REBUILD",
            f"body and ledger do not rebuild the original: {problem}",
            "Undo the edit: a slip is noted beside the words, the text stays.",
        )  # fmt: skip
