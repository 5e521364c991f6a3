"""The pieces of all articles, found once and written down: only what changed is read by the matcher again.

An article's piece is made again when its texts, decisions or setting changed, and when a form stands in it of which the
authority says something else than before.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from annotated_archive.names import pieces
from annotated_archive.names.context import Setting, country_of
from annotated_archive.names.forms import as_read, loose
from annotated_archive.names.gathered import NOTHING, Pieces, Stamp, gather, packed, unpacked
from annotated_archive.names.matcher import Matcher
from annotated_archive.names.pieces import Piece
from annotated_archive.store import Archive, ArticleFile
from annotated_archive.store.cores import spread
from annotated_archive.store.kept import text_digest
from annotated_archive.store.version import program

FOLDER = "links"
"""The name of the folder below an edition's `build`."""
_FILE = "pieces"
_BESIDE = ".pieces."
WORTH = 50
"""What is found in fewer articles, or entities, is found again as quickly as it is read."""
_ALONE = 3
"""So many articles are sooner read each with its own forms than with all that there are (see `Matcher`)."""
_LEFT = 3600
"""After so many seconds nobody writes any more what lies beside the file."""


def pieces_of(archive: Archive, matcher: Matcher) -> Pieces:
    """The pieces of all articles of an archive, whose entities are those of the matcher.

    What is not known yet is made on all cores. The file holds no word of a text, and nothing of an article that is not
    there any more; what cannot be read is found anew, and what cannot be written is not.
    """
    path = archive.build / FOLDER / _FILE
    known, about = _read(path)
    authority = authority_of(archive)
    countries = _Countries(archive)
    stamps = {identifier: _stamp(file, countries, known.stamps.get(identifier))
              for identifier, file in archive.articles.items()}  # fmt: skip
    certain = {
        identifier
        for identifier, stamp in stamps.items()
        if (before := known.stamps.get(identifier)) is None or before.text != stamp.text
    }
    forms: dict[str, str] = about.get("forms", {})
    changed: set[str] = set()
    if about.get("authority") == authority:
        matcher.known(forms, lambda entity: archive.entities[entity].record)
    else:
        before_forms, forms = forms, matcher.readings()
        if len(certain) < len(stamps):
            changed = {text for text, _ in before_forms.items() ^ forms.items()}
    made = dict(_made(_Work(archive, matcher, stamps, frozenset(certain), frozenset(changed))))
    if not made and known.stamps == stamps and about.get("authority") == authority:
        return known
    found = gather(known, stamps, made)
    if len(made) >= WORTH or path.exists():
        write(path, packed(found, {"version": version_of(), "authority": authority, "forms": forms}))
    return found


@dataclass(frozen=True)
class _Work:
    """What is to be done: certain articles, and those in which one of the `changed` forms stands."""

    archive: Archive
    matcher: Matcher
    stamps: Mapping[str, Stamp]
    certain: frozenset[str]
    changed: frozenset[str]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(sorted({loose(text) for text in self.changed}))

    def make(self, identifier: str) -> Piece | None:
        """The piece of an article; None where the known one is still right."""
        file, stamp = self.archive.articles[identifier], self.stamps[identifier]
        record, body = file.record, file.body
        if identifier not in self.certain and not any(self._touches(text) for text in (record.title, body)):
            return None
        return pieces.make(self.matcher, record.title, body, record.mentions, Setting(record.language, stamp.country))

    def _touches(self, text: str) -> bool:
        return bool(self._automaton.find_matches_as_indexes(loose(as_read(text).text)))


_work: _Work | None = None


def _made(work: _Work) -> Iterator[tuple[str, Piece]]:
    """The pieces that are new. Forked processes have the archive and the matcher from here."""
    global _work
    todo = list(work.stamps) if work.changed else sorted(work.certain)
    if not todo:
        return
    if len(todo) > _ALONE:
        work.matcher.prepare()
    before, _work = _work, work
    try:
        for identifier, piece in zip(todo, spread(_make, todo), strict=True):
            if piece is not None:
                yield identifier, piece
    finally:
        _work = before


def _make(identifier: str) -> Piece | None:
    assert _work is not None
    return _work.make(identifier)


class _Countries(dict[str | None, str | None]):
    """Outlet → its country."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self._archive = archive

    def __missing__(self, outlet: str | None) -> str | None:
        found = self[outlet] = country_of(outlet, self._archive)
        return found


def _stamp(file: ArticleFile, countries: Mapping[str | None, str | None], before: Stamp | None) -> Stamp:
    """What an article's piece is made of. Nothing is read of a file that is as it was."""
    source = file.source
    same = f"{source.kept.digest}{source.body}" if source else ""
    if source and before is not None and before.file == same and countries[before.outlet] == before.country:
        return before
    record = file.record
    country = countries[record.source]
    words = (source.body or source.kept.body) if source else text_digest(file.body)
    decisions = [(one.exact, one.prefix, one.suffix, one.id) for one in record.mentions]
    text = text_digest(repr((record.title, record.language, country, decisions, words)))
    return Stamp(same, record.source, country, text, record.date, file.withheld)


def authority_of(archive: Archive) -> str:
    """Changes with anything that the matcher asks of an entity."""
    return text_digest(repr([file.brief.forms for file in archive.entities.values()]))


def version_of() -> str:
    return " ".join((program("names", "records"), *(version(name) for name in ("ahocorasick_rs", "sentencex"))))


def _read(path: Path) -> tuple[Pieces, dict[str, Any]]:
    """What is written down; nothing where that is not there, is damaged, or of another version."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found, about = unpacked(path.read_bytes())
        if about["version"] == version_of():
            return found, about
    return NOTHING, {}


def write(path: Path, data: bytes) -> None:
    """Write beside, then put in place: it is never there in part, and two at a time do no harm."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_BESIDE)
        for left in path.parent.glob(f"{_BESIDE}*"):  # by a program that was killed
            if left.stat().st_mtime < os.fstat(handle).st_mtime - _LEFT:
                left.unlink(missing_ok=True)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
