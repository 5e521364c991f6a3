"""Takes captures into an archive on disk: original, manifest line, ledger and article, or nothing at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.ingest.article import Details, Ingested, ingest
from annotated_archive.ingest.decode import MAX_BYTES
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records import yamlio
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.store import Archive, article_text, write_if_changed

ORIGINALS = Path("archive/originals")
MANIFEST = ORIGINALS / "manifest-sha256.txt"


@dataclass(frozen=True)
class TakenIn:
    """What came of one capture: the article's id, and the result, or None where the archive had it already."""

    article: str
    result: Ingested | None


def take_in(archive: Archive, path: Path, details: Details, *, dry_run: bool = False) -> TakenIn:
    """Take one capture in. Raises ContentError, and then has written nothing."""
    name = one_line(path, 4096)[1:-1]
    damaged = [problem for problem in archive.problems if problem.path == MANIFEST.as_posix()]
    if damaged:
        raise ContentError(*damaged)  # writing the manifest anew would lose the lines that cannot be read
    try:
        if not path.is_file() and not path.is_dir() and path.exists():
            raise ContentError(Diagnostic(name, 1, 1, "INGEST-PATH", "not an ordinary file", "Name a file."))
        if path.stat().st_size > MAX_BYTES:
            raise ContentError(
                Diagnostic(
                    name, 1, 1, "INGEST-SIZE", f"{path.stat().st_size:,} bytes; an article has at most {MAX_BYTES:,}",
                    "Split the file.",
                )
            )  # fmt: skip
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(
            Diagnostic(name, 1, 1, "INGEST-PATH", str(error.strerror or error).lower(), "Name a file.")
        ) from None
    sha256 = hashlib.sha256(data).hexdigest()
    for article in archive.articles.values():
        if article.record.original.sha256 == sha256:
            return TakenIn(article.record.id, None)
    try:
        result = ingest(Candidate("text", "text", data), path.name, sha256, details)
    except ContentError as error:
        raise ContentError(*(_at(name, diagnostic) for diagnostic in error.diagnostics)) from None
    if result.article.id in archive.articles or (archive.root / f"archive/articles/{result.article.id}.md").exists():
        raise ContentError(
            Diagnostic(
                name, 1, 1, "INGEST-ID", f"the id {one_line(result.article.id)} belongs to another article",
                "Give a date, source or title that tells the two apart.",
            )
        )  # fmt: skip
    result = _free_name(archive, result)
    if not dry_run:
        _write(archive, data, result)
    return TakenIn(result.article.id, result)


def _at(name: str, found: Diagnostic) -> Diagnostic:
    return Diagnostic(name, found.line, found.column, found.rule, found.message, found.mend, found.severity)


def _free_name(archive: Archive, result: Ingested) -> Ingested:
    """The result with a file name that no other original has; a run that was cut short had the same bytes there."""
    sha256 = result.article.original.sha256
    folder = archive.root / ORIGINALS
    names = {*archive.manifest, *(path.name for path in folder.glob("*"))}
    taken = {name.casefold() for name in names} | {MANIFEST.name}
    there = folder / result.file_name
    if result.file_name.casefold() not in taken or (
        archive.manifest.get(result.file_name, sha256) == sha256
        and there.is_file()
        and hashlib.sha256(there.read_bytes()).hexdigest() == sha256
    ):
        return result
    name = f"{sha256[:16]}-{result.file_name}"
    original = result.article.original.model_copy(update={"path": name})
    source = result.ledger.original.model_copy(update={"path": name})
    return Ingested(
        result.article.model_copy(update={"original": original}),
        result.body,
        result.ledger.model_copy(update={"original": source}),
        name,
    )


def _write(archive: Archive, data: bytes, result: Ingested) -> None:
    """Write the parts; the article comes last, so that an interrupted run can simply be repeated."""
    root, identifier = archive.root, result.article.id
    write_if_changed(root / ORIGINALS / result.file_name, data)
    archive.manifest[result.file_name] = result.article.original.sha256
    manifest = "".join(f"{digest}  {name}\n" for name, digest in sorted(archive.manifest.items()))
    write_if_changed(root / MANIFEST, manifest.encode())
    ledger = yamlio.write(plain(result.ledger))
    write_if_changed(root / f"archive/ledgers/{identifier}.yml", ledger.encode())
    text = article_text(plain(result.article), result.body)
    write_if_changed(root / f"archive/articles/{identifier}.md", text.encode())
