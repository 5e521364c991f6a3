"""The content of a site after a small edit, without reading the archive again: what `archive serve` shows at once.

An edit of annotations that were there before is a small one: their files are read and checked by themselves. What such
an edit changes elsewhere is left to a build of the whole, which has to follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from annotated_archive.check import PUBLISHING
from annotated_archive.check.again import check_annotations
from annotated_archive.graph.edited import with_annotations
from annotated_archive.records.diagnostic import ERROR, Diagnostic
from annotated_archive.site.content import Content, ContentRefused
from annotated_archive.store import AnnotationFile, Archive
from annotated_archive.store.gathering import Records
from annotated_archive.store.kept import Kept
from annotated_archive.store.parsing import Listed, parsed
from annotated_archive.store.snapshot import signature_of

_ASKED = ("_articles_around", "_events_around", "_events_within", "all_credited", "published")
"""What pages ask (see `pages.asked`) that is answered of no annotation, and of all articles or events at once."""
_LISTS = ("jobs", "exports", "words")
"""What there is to be made: it may list what this edit takes away, and lack what it brings."""


def edited(last: Content, paths: Iterable[str]) -> Content | None:
    """The content with the annotations in some files (absolute paths) as they are now; None: it is no small edit.

    Only the pages of the articles that these are about are to be made of it. Raises ContentRefused.
    """
    archive = last.graph.archive
    files: list[AnnotationFile] = []
    digests: dict[str, str] = {}
    for path in paths:
        known = _known(archive, path)
        if known is None:
            return None
        file, digest = _read(archive, known)
        if (file.article, file.parent) != (known.article, known.parent) or not file.clean:
            return None
        files.append(file)
        digests[file.path] = digest
    graph = with_annotations(last.graph, files, digests)
    found = check_annotations(graph, [file.record.id for file in files])
    if any(one.severity == ERROR and not (archive.private and one.rule in PUBLISHING) for one in found):
        raise ContentRefused(found)
    now = listed(replace(last, graph=graph), last)
    known_answers = last.site.asked.__dict__
    now.site.asked.__dict__.update({name: known_answers[name] for name in _ASKED if name in known_answers})
    return now


def listed(now: Content, last: Content) -> Content:
    """The content `now` with the lists of what there is to be made that the last had: to make them takes seconds."""
    now.__dict__.update({name: getattr(last, name) for name in _LISTS})
    return now


def prepare(content: Content) -> None:
    """Find out now what the page of any article asks of all articles, so that `edited` has it."""
    article = next(iter(content.graph.annotations), None)
    if article is not None:
        content.jobs[f"articles/{article}.md"].make(content.site)


def _known(archive: Archive, path: str) -> AnnotationFile | None:
    """The annotation that stood in a file, if it is about an article whose words may all be shown.

    Of others, more must be known before anything is shown: whether a withheld text is quoted at too great a length.
    """
    name = Path(path).relative_to(archive.root).as_posix()
    file = archive.annotations.get(PurePosixPath(name).stem)
    article = archive.articles.get(file.article or "") if file else None
    if file is None or file.path != name or article is None or article.record.rights.publish != "full":
        return None
    return None if Path(path).is_symlink() else file


def _read(archive: Archive, known: AnnotationFile) -> tuple[AnnotationFile, str]:
    """The annotation that a file holds now, with the digest of its bytes. Raises ContentRefused."""
    path = archive.root / known.path
    listed = Listed(str(path), known.path, "annotation", signature_of(path.lstat()))
    kept = parsed(listed)
    problems: list[Diagnostic] = []
    if isinstance(kept, Kept):
        records = Records(archive.root, problems)
        records.add(listed, kept)
        if not problems:
            return records.annotations[kept.identifier], kept.digest
    else:
        problems += kept
    raise ContentRefused(problems)
