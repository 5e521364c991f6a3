"""`archive withhold` and `archive release`: moves what belongs to an article between the record and `private/`.

The front matter, which says where everything belongs, is written last: a run that was cut short has lost nothing, and
can simply be repeated.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article, Original, Publish, statement
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.text import digest
from annotated_archive.store import private
from annotated_archive.store.annotations import annotation_path
from annotated_archive.store.archive import Archive, ArticleFile
from annotated_archive.store.canonical import formatted
from annotated_archive.store.captures import captures_of
from annotated_archive.store.files import article_text, write_if_changed
from annotated_archive.store.manifest import MANIFEST

_ORIGINALS = "archive/originals"


@dataclass
class Moves:
    """What is to be done, in this order, by paths relative to the archive's folder.

    Files to `move` (new path → old), to write, the one that decides last, and to remove.
    """

    moved: dict[str, str] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    def carry_out(self, root: Path) -> None:
        """Do it. Raises OSError; what has been done until then stays done."""
        for to, source in self.moved.items():
            (root / to).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(root / source, root / to)
        for path, data in self.written.items():
            write_if_changed(root / path, data)
        for path in self.removed:
            (root / path).unlink(missing_ok=True)


def quotes(record: Annotation) -> bool:
    """Whether an annotation holds words of its article beyond the title."""
    return any(target.exact and target.part != "title" for target in record.targets)


def withhold(archive: Archive, article: ArticleFile, publish: Publish, share: float | None = None) -> Moves:
    """Take a text out of the record, or say anew how much of a withheld one is published (`excerpt` or `metadata`).

    `archive` is one that was loaded with `private`. Raises ContentError for front matter that cannot be written anew.
    """
    moves, record = Moves(), article.record
    rights = _rights(record, publish)
    if share is not None:
        rights["share"] = share
    changes: dict[str, Any] = {"rights": rights}
    if article.body:
        changes["text"] = {"sha256": digest(article.body), "characters": len(article.body)}
        moves.written[private.text_path(record.id)] = private.file_text(article.body).encode()
    for capture in captures_of(archive, article):
        if capture.ledger and capture.ledger.path.startswith("archive/"):
            moves.moved[private.ledger_path(record.id, capture.number)] = capture.ledger.path
    leaving = {one.path for one in (record.original, *record.captures) if one.kept == "archive"}
    for name in sorted(leaving):
        if (archive.root / _ORIGINALS / name).is_file():
            moves.moved[private.original_path(name)] = f"{_ORIGINALS}/{name}"
    _list(archive, moves, leaving, to_private=True)
    for file in archive.annotations.values():
        public = file.path.startswith("archive/")
        if publish == "metadata" and public and file.record.article == record.id and quotes(file.record):
            moves.moved[private.annotation_path(file.record)] = file.path
    for other in sorted(archive.articles.values(), key=lambda one: one is article):
        own = other is article  # a capture of several pages goes as a whole, and with it those of other articles
        if own or leaving & {one.path for one in (other.record.original, *other.record.captures)}:
            body = "" if own or other.text_file else other.body
            moves.written[other.path] = _front(archive, other, changes if own else {}, leaving, "private", body)
    return moves


def release(archive: Archive, article: ArticleFile) -> Moves:
    """Put a withheld text back into the record, to be published in full.

    Of the originals only pasted texts come back, which hold nothing else. Raises ContentError where the text is not the
    one that was withheld, or not here.
    """
    moves, record = Moves(), article.record
    if not article.text_file or record.text is None or digest(article.body) != record.text.sha256:
        name = private.text_path(record.id)
        raise ContentError(
            Diagnostic(
                name, 1, 1, "RIGHTS-HASH", "this is not the text that was withheld, or it is not here",
                "Put the file there whose SHA-256 the article's record gives.",
            )
        )  # fmt: skip
    moves.removed.append(article.text_file)
    others = (other.record for other in archive.articles.values() if other.record.id != record.id)
    shared = {one.path for other in others for one in (other.original, *other.captures)}
    back: set[str] = set()
    for capture in captures_of(archive, article):
        if capture.ledger and capture.ledger.path.startswith("private/"):
            moves.moved[f"archive/ledgers/{Path(capture.ledger.path).name}"] = capture.ledger.path
        there = archive.root / private.original_path(capture.original.path)
        pasted = capture.ledger is not None and capture.ledger.container == "text"
        if pasted and capture.original.path not in shared and there.is_file():
            back.add(capture.original.path)
    for name in sorted(back):
        moves.moved[f"{_ORIGINALS}/{name}"] = private.original_path(name)
    _list(archive, moves, back, to_private=False)
    for file in archive.annotations.values():
        if file.path.startswith("private/") and file.record.article == record.id:
            moves.moved[annotation_path(file.record)] = file.path
    changes = {"rights": _rights(record, "full"), "text": None}
    moves.written[article.path] = _front(archive, article, changes, back, "archive", article.body)
    return moves


def _rights(record: Article, publish: Publish) -> dict[str, Any]:
    """The article's rights with another extent. A statement that nobody wrote for it speaks of the new one."""
    rights: dict[str, Any] = {**plain(record.rights), "publish": publish}
    if record.rights.statement == statement(record.rights.publish):
        rights["statement"] = statement(publish)
    return rights


def _front(
    archive: Archive, article: ArticleFile, changes: dict[str, Any], paths: Iterable[str], kept: str, body: str
) -> bytes:
    """The article's file with other front matter, in canonical form. Raises ContentError (FMT-COMMENT)."""
    formatted(archive.root, article.path)  # nothing that it says is lost

    def original(one: Original) -> dict[str, Any]:
        data = plain(one)
        if one.path in paths:
            data.pop("kept", None)
            data |= {"kept": kept} if kept == "private" else {}
        return data

    record = article.record
    data = {**plain(record), "original": original(record.original)}
    if record.captures:
        data["captures"] = [original(one) for one in record.captures]
    data |= changes
    data = {key: value for key, value in data.items() if value is not None or key not in changes}
    return article_text(plain(Article.model_validate(data)), body).encode()


def _list(archive: Archive, moves: Moves, names: Iterable[str], *, to_private: bool) -> None:
    """Move the lines of originals from one manifest to the other."""
    lists = {MANIFEST: dict(archive.manifest), private.MANIFEST: dict(archive.private_manifest)}
    source, to = (MANIFEST, private.MANIFEST) if to_private else (private.MANIFEST, MANIFEST)
    for name in names:
        if name in lists[source]:
            lists[to][name] = lists[source].pop(name)
    for path, before in ((MANIFEST, archive.manifest), (private.MANIFEST, archive.private_manifest)):
        if lists[path] != before:
            moves.written[path] = "".join(f"{sha}  {name}\n" for name, sha in sorted(lists[path].items())).encode()
