"""Annotations with their words found in their article, numbered as a reader meets them.

Where they stand is written down for the next time: a list of annotations takes them from hundreds of articles, whose
texts need not be read for that. No word of a text is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from annotated_archive.anchor import Placed, Unplaced, resolve_target
from annotated_archive.anchor.parts import parts
from annotated_archive.names.remembered import FOLDER, WORTH, write
from annotated_archive.store import AnnotationFile, Archive, plain
from annotated_archive.store.cores import spread
from annotated_archive.store.kept import text_digest
from annotated_archive.store.version import program

SHOWN = frozenset({"open", "disputed"})
"""The statuses of what stands beside its words; what is withdrawn or removed marks nothing and corrects nothing."""


@dataclass(frozen=True)
class Annotated:
    """An annotation, its number on the page (from 1, in the order of its words), and where its words stand.

    `title`, `body` and `ledger` hold the spans [start, end) in each part; `unplaced` says why the words of a target
    (by its number from 0) have no place. `replies` are the annotations of this annotation, by the time they were made.
    `sure`: all words stand where the annotation says, in the very text that it was made for.
    """

    file: AnnotationFile
    number: int
    title: tuple[tuple[int, int], ...]
    body: tuple[tuple[int, int], ...]
    unplaced: tuple[tuple[int, str], ...]
    ledger: tuple[tuple[int, int], ...] = ()
    replies: tuple[AnnotationFile, ...] = ()
    sure: bool = False


class Spots(NamedTuple):
    """Where the words of an annotation stand: what `Annotated` says of it that is found in the text."""

    id: str
    title: tuple[tuple[int, int], ...]
    body: tuple[tuple[int, int], ...]
    unplaced: tuple[tuple[int, str], ...]
    ledger: tuple[tuple[int, int], ...]
    sure: bool


_Known = tuple[str, tuple[Spots, ...]]
"""Of an article the digest of all by which its annotations are placed, and these in the order of their words."""
_FILE = "placed"
_CHUNK = 16
"""Articles that a process places at a time."""


def age(file: AnnotationFile) -> tuple[datetime, str]:
    """Sorts annotations by the time they were made."""
    return datetime.fromisoformat(file.created), file.id


def place(file: AnnotationFile, parts: dict[str, str]) -> Spots:
    """Find the words of an annotation in the parts of its article."""
    spans: dict[str, list[tuple[int, int]]] = {part: [] for part in parts}
    unplaced: list[tuple[int, str]] = []
    sure = True
    for number, target in enumerate(file.record.targets):
        sure = sure and not target.unplaced
        if target.exact is None:
            continue
        found = Unplaced(target.unplaced) if target.unplaced else resolve_target(parts[target.part], target)
        sure = sure and isinstance(found, Placed) and found.tier == 1
        match found:
            case Placed(start, end):
                spans[target.part].append((start, end))
            case Unplaced(reason):
                unplaced.append((number, reason))
    title, body, ledger = (tuple(sorted(spans[part])) for part in ("title", "body", "ledger"))
    return Spots(file.id, title, body, tuple(unplaced), ledger, sure)


def in_order(files: Iterable[AnnotationFile], parts: dict[str, str]) -> tuple[Spots, ...]:
    """The annotations of one article, placed, in the order of their words."""

    def order(found: tuple[AnnotationFile, Spots]) -> tuple[object, ...]:
        """What is set aside, is about the article as a whole, or has lost its words, comes last."""
        file, one = found
        words = one.title or one.body
        return not words, not one.ledger, not one.title, one.title, one.body, one.ledger, *age(file)

    return tuple(spots for _, spots in sorted(((file, place(file, parts)) for file in files), key=order))


class Placing:
    """The annotations of an archive by their articles. Those of one are placed in its words when somebody asks."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._placed: dict[str, tuple[Annotated, ...]] = {}

    @cached_property
    def of(self) -> dict[str, list[AnnotationFile]]:
        """Article → its annotations that reply to none."""
        found: dict[str, list[AnnotationFile]] = {}
        for file in self.archive.annotations.values():
            if (article := file.article) in self.archive.articles and article and not file.parent:
                found.setdefault(article, []).append(file)
        return found

    @cached_property
    def _replies(self) -> dict[str, list[AnnotationFile]]:
        found: dict[str, list[AnnotationFile]] = {}
        for file in self.archive.annotations.values():
            if parent := file.parent:
                found.setdefault(parent, []).append(file)
        return found

    def replies(self, annotation: str) -> tuple[AnnotationFile, ...]:
        """The annotations that reply to one, by the time they were made."""
        found = self._replies.get(annotation)
        return tuple(sorted(found, key=age)) if found else ()

    def placed(self, article: str) -> tuple[Annotated, ...]:
        """The annotations of an article in the order of their words. Raises KeyError where it has none."""
        if article not in self._placed:
            files = {file.id: file for file in self.of[article]}
            known = self._is_known(article, self._stamp(article))
            spots = self._known[article][1] if known else self.spots(article)
            self._placed[article] = tuple(
                Annotated(files[one.id], number, *one[1:5], self.replies(one.id), one.sure)
                for number, one in enumerate(spots, 1)
            )
        return self._placed[article]

    def spots(self, article: str) -> tuple[Spots, ...]:
        """The annotations of an article in the order of their words, which are looked for in its text."""
        return in_order(self.of[article], parts(self.archive, self.archive.articles[article]))

    def place_all(self, articles: Iterable[str], keep: bool) -> None:
        """Find the words of all annotations of these articles, on all cores; `keep`: write down where they stand.

        What is written down must not be that of an archive of which only some annotations were read.
        """
        global _at_work
        stamps = {article: self._stamp(article) for article in articles if article in self.of}
        missing = [article for article, stamp in stamps.items() if not self._is_known(article, stamp)]
        if not missing and self._known.keys() <= self.of.keys():
            return
        before, _at_work = _at_work, self
        try:
            found = list(spread(_spots, missing, _CHUNK))
        finally:
            _at_work = before
        self._known.update((article, (stamps[article], spots)) for article, spots in zip(missing, found, strict=True))
        listed = {
            article: (stamp, tuple(map(tuple, spots)))
            for article, (stamp, spots) in self._known.items() if stamp and article in self.of
        }  # fmt: skip
        if keep and (len(listed) >= WORTH or self._path.exists()):
            write(self._path, plain.packed((_version(), listed)))

    def _is_known(self, article: str, stamp: str) -> bool:
        """Whether it is known where the annotations of an article stand, whose stamp this is now."""
        return bool(stamp) and self._known.get(article, ("",))[0] == stamp

    @property
    def _path(self) -> Path:
        return self.archive.build / FOLDER / _FILE

    @cached_property
    def _known(self) -> dict[str, _Known]:
        """What is written down; nothing where that is not there, is damaged, or of another version."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            of, known = plain.unpacked(self._path.read_bytes())
            if of == _version():
                return {article: (stamp, tuple(map(Spots._make, spots))) for article, (stamp, spots) in known.items()}
        return {}

    def _stamp(self, article: str) -> str:
        """Changes with all by which the annotations of an article are placed; empty where that is not known."""
        archive = self.archive
        file, ledger = archive.articles[article], archive.ledgers.get(article)
        paths = [file.path, file.text_file or file.path, ledger.path if ledger else file.path]
        digests = [archive.digests.get(path, "") for path in (*paths, *(one.path for one in self.of[article]))]
        return text_digest("\0".join(digests)) if all(digests) else ""


_at_work: Placing | None = None
"""What forked processes place: it holds the archive, which they have by then and need not be sent."""


def _spots(article: str) -> tuple[Spots, ...]:
    assert _at_work is not None
    return _at_work.spots(article)


def _version() -> str:
    return program("records", "store", "anchor", "graph")


class AnnotationsOf(Mapping[str, tuple[Annotated, ...]]):
    """Article → its annotations; no entry for one that has none."""

    def __init__(self, placing: Placing) -> None:
        self._placing = placing

    def __getitem__(self, article: str) -> tuple[Annotated, ...]:
        if article in self._placing.of:
            return self._placing.placed(article)
        raise KeyError(article)

    def __contains__(self, article: object) -> bool:
        return article in self._placing.of

    def __iter__(self) -> Iterator[str]:
        return iter(self._placing.of)

    def __len__(self) -> int:
        return len(self._placing.of)


class AnnotationById(Mapping[str, Annotated]):
    """The id of an annotation of an article that replies to none → the annotation, placed."""

    def __init__(self, placing: Placing) -> None:
        self._placing = placing

    def __getitem__(self, identifier: str) -> Annotated:
        if identifier in self:
            article = self._placing.archive.annotations[identifier].article or ""
            return next(one for one in self._placing.placed(article) if one.file.record.id == identifier)
        raise KeyError(identifier)

    def __contains__(self, identifier: object) -> bool:
        file = self._placing.archive.annotations.get(identifier) if isinstance(identifier, str) else None
        return file is not None and not file.parent and (file.article or "") in self._placing.of

    def __iter__(self) -> Iterator[str]:
        return (one.file.record.id for article in self._placing.of for one in self._placing.placed(article))

    def __len__(self) -> int:
        return sum(map(len, self._placing.of.values()))
