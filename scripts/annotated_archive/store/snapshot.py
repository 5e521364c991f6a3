"""Remembers the record as it was read, so that a file that did not change is not read again.

What is kept lies in `build/records`, of files in `private/` in `private/build/records`, each in a few files by the
digest of its path. A file whose signature is the one that was seen is taken to be unchanged, as git does; of any other
the bytes tell. All of it may be deleted at any time.
"""

from __future__ import annotations

import os
import tempfile
import time
import zlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.store import plain, private
from annotated_archive.store.cores import spread
from annotated_archive.store.files import read_data
from annotated_archive.store.kept import Kept, Signature, digest_of
from annotated_archive.store.parsing import Listed, parsed
from annotated_archive.store.version import program

FOLDER = "records"
"""The name of the folder below an edition's `build`."""
SHARDS = 16
WORTH = 100
"""So many files (or thirty times as many that only had to be hashed) take longer to read than all takes to write."""
_TYPES = (tuple, str, str, tuple, int, str, bool, bytes)
_NEVER: Signature = (0, 0, 0, 0)
_SECOND = 10**9
_BESIDE = ".kept."


def signature_of(found: os.stat_result) -> Signature:
    """What tells that a file was changed without reading it."""
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns


class Snapshot:
    """The files of one archive as they were read before. Look all of them up, then `save`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._began = time.monotonic_ns()
        self._before: dict[Path, dict[str, Kept]] = {}
        self._seen: dict[Path, dict[str, Kept]] = {}
        self._dirty: set[Path] = set()
        self._fresh: dict[Path, set[str]] = {}
        self._work = 0.0

    def read(self, files: Iterable[Listed]) -> dict[str, Kept | tuple[Diagnostic, ...]]:
        """What each file holds, by its path: remembered, or read now; or what keeps it from being read."""
        found: dict[str, Kept | tuple[Diagnostic, ...]] = {}
        missing: list[Listed] = []
        for file in files:
            place = self._place(file.name)
            kept = self._kept(place).get(file.name)
            if kept is not None and kept.signature != file.signature:
                if not self._is_same(file, kept):
                    self._dirty.add(place)
                    kept = None
                else:
                    kept = kept._replace(signature=file.signature)
                    self._fresh.setdefault(place, set()).add(file.name)
            if kept is None:
                missing.append(file)
            else:
                found[file.name] = kept
                self._seen.setdefault(place, {})[file.name] = kept
        self._work += len(missing)
        for file, made in zip(missing, spread(parsed, missing), strict=True):
            found[file.name] = made
            if isinstance(made, Kept):
                place = self._place(file.name)
                self._seen.setdefault(place, {})[file.name] = made
                self._fresh.setdefault(place, set()).add(file.name)
        return found

    def save(self, editions: Iterable[str]) -> None:
        """Keep what was read, of all files of these `editions` (their folders `build`), where that is worth it.

        What is not there any more, or is something else now, does not stay: it may have been withdrawn. Where nothing
        can be written, everything is read again the next time.
        """
        try:
            for folder in editions:
                for path in sorted((self._root / folder / FOLDER).glob("*.kept")):
                    if self._kept(path).keys() - self._seen.get(path, {}).keys():
                        self._dirty.add(path)
            for path in sorted(self._dirty | (self._fresh.keys() if self._work >= WORTH else set())):
                if path in self._seen:
                    self._write(path)
                else:
                    path.unlink(missing_ok=True)
        except OSError:
            return

    def _is_same(self, file: Listed, kept: Kept) -> bool:
        """Whether a file that has another signature still holds the same."""
        if file.signature[1] != kept.signature[1] and kept.signature != _NEVER:
            return False
        try:
            data = read_data(Path(file.path), file.name)
        except (ContentError, OSError):
            return False
        self._work += 1 / 30
        return digest_of(data) == kept.digest

    def _place(self, name: str) -> Path:
        """The file in which is kept what is said of the file `name`. What is private is kept apart."""
        shard = zlib.crc32(name.encode("utf-8", "surrogatepass")) % SHARDS
        return self._places[name.startswith(f"{private.FOLDER}/")][shard]

    @cached_property
    def _places(self) -> tuple[list[Path], list[Path]]:
        public, hidden = self._root / "build" / FOLDER, self._root / private.BUILD / FOLDER
        numbers = range(SHARDS)
        return [public / f"{n:02}.kept" for n in numbers], [hidden / f"{n:02}.kept" for n in numbers]

    def _kept(self, path: Path) -> dict[str, Kept]:
        if path not in self._before:
            found = _read(path)
            if found is None:
                self._dirty.add(path)
            self._before[path] = found or {}
        return self._before[path]

    def _write(self, path: Path) -> None:
        """Write one of the files beside its place, then put it there: it is never there in part."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_BESIDE)
        try:
            with os.fdopen(handle, "wb") as file:
                # By the clock of this disk, which need not be that of the machine, and may count in seconds.
                now = os.fstat(handle).st_mtime_ns
                for left in path.parent.glob(f"{_BESIDE}*"):  # by a program that was killed
                    if left.stat().st_mtime_ns < now - 3600 * _SECOND:
                        left.unlink(missing_ok=True)
                began = now - (time.monotonic_ns() - self._began) - 2 * _SECOND
                fresh = self._fresh.get(path, set())
                kept = {
                    name: (_NEVER if name in fresh and max(one.signature[0], one.signature[3]) >= began
                           else one.signature, *one[1:])
                    for name, one in sorted(self._seen[path].items())
                }  # fmt: skip
                file.write(plain.packed((_version(), kept)))
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _version() -> str:
    return program("records", "store")


def _read(path: Path) -> dict[str, Kept] | None:
    """What one of the files keeps, nothing where there is none; None for a damaged one, or one of another version."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError:
        return None
    try:
        version, kept = plain.unpacked(data)
        if version != _version() or not all(
            type(name) is str and tuple(map(type, one)) == _TYPES for name, one in kept.items()
        ):
            return None
        return {name: Kept(*one) for name, one in kept.items()}
    except (ValueError, TypeError, AttributeError):
        return None
