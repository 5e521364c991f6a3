"""Folders of finished files, each under a name that says what went into them: made once, kept while they are used."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_WAIT = 60.0  # seconds, while another build removes folders
_SEAL = "seal"
"""A file in each folder: the hash of all others. A folder that does not agree with it is not trusted."""
_SEEN = "seen"
"""A file in each folder: how its files stood on the disk when they last agreed with the seal. While they stand so, they
are not read again. Not the time of the last change of status is among it: a further link to a file changes that."""


class Cache:
    """A folder of folders, of which each is either whole or not there; for use in a `with`.

    Whoever has it open shares a lock, which ends with the process, however that ends. So the last to finish knows that
    nothing else is in use, and removes it at once: what was withdrawn or is withheld now does not stay behind. The lock
    is one of SQLite, which there is on every system.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is made where it is not. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.used: set[str] = set()
        lock = folder.with_name(f".{folder.name}.lock")
        self._lock = sqlite3.connect(lock, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            self._lock.execute("BEGIN")
            self._lock.execute("SELECT 1 FROM sqlite_master").fetchall()
        except sqlite3.Error as error:
            self._lock.close()
            raise OSError(f"{lock}: {error}") from error

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Remove every folder that this build did not ask for, unless it failed or another one is at work."""
        try:
            if kind is None:
                self._lock.execute("COMMIT")
                self._lock.execute("PRAGMA busy_timeout = 0")
                self._lock.execute("BEGIN EXCLUSIVE")
                self._drop_unused()
        except sqlite3.OperationalError:
            pass  # another build has the lock; it removes what is left when it is done
        finally:
            self._lock.close()

    def have(self, name: str, make: Callable[[Path], None]) -> Path:
        """The folder `name`, which `make` fills if there is none, beside its place: it is never there in part.

        One that was damaged since is made again.
        """
        self.used.add(name)
        path = self.folder / name
        if _sealed(path):
            return path
        with self.work() as work:
            new = Path(work) / name
            new.mkdir()
            make(new)
            (new / _SEAL).write_bytes(_hash(new))
            (new / _SEEN).write_bytes(_signature(new))
            if (path.exists() or path.is_symlink()) and not _sealed(path):  # else another build was quicker
                path.rename(Path(work) / "damaged")
            try:
                new.rename(path)
            except OSError:
                if not path.is_dir():
                    raise
        return path

    def holds(self, name: str) -> bool:
        """Whether the folder `name` is there, as it was when it was made."""
        return _sealed(self.folder / name)

    def drop(self, name: str) -> None:
        """Leave the folder `name` no longer as it is: it is made again when somebody asks for it."""
        with suppress(FileNotFoundError):
            (self.folder / name / _SEAL).unlink()

    def put(self, name: str, data: bytes) -> None:
        """Write a file of that name in place of the one there is; it stays, though it is no folder."""
        self.used.add(name)
        with self.work() as work:
            new = Path(work) / name
            new.write_bytes(data)
            new.replace(self.folder / name)

    def work(self) -> tempfile.TemporaryDirectory[str]:
        """A folder for what is in the making, on the same file system."""
        return tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder)

    def _drop_unused(self) -> None:
        """Remove all that nobody asked for, and what a build that was killed left; what cannot be removed stays."""
        for path in self.folder.iterdir():
            if path.name in self.used:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def _sealed(folder: Path) -> bool:
    """Whether a folder is there, and as it was when it was made."""
    try:
        signature = _signature(folder)
        with suppress(FileNotFoundError):
            if (folder / _SEEN).read_bytes() == signature:
                return True
        if (folder / _SEAL).read_bytes() != _hash(folder):
            return False
        with suppress(OSError):  # a cache that cannot be written is read in full each time
            _see(folder, signature)
        return True
    except OSError:
        return False


def _see(folder: Path, signature: bytes) -> None:
    """Note how the files of a folder stand; whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=folder.parent, prefix=".new-", delete=False) as new:
        new.write(signature)
    os.replace(new.name, folder / _SEEN)


def _signature(folder: Path) -> bytes:
    """Names, sizes, times of change and numbers on the disk of all files of a folder. Raises OSError."""
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries if entry.name != _SEEN]
    lines = (f"{name}\0{is_.st_size}\0{is_.st_mtime_ns}\0{is_.st_ino}" for name, is_ in sorted(found, key=_name))
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _name(found: tuple[str, os.stat_result]) -> str:
    return found[0]


def _hash(folder: Path) -> bytes:
    """A hash of the names, sizes and bytes of all files of a folder, but for the seal. Raises OSError."""
    hashed = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.iterdir()):
        if path.name not in (_SEAL, _SEEN):
            data = path.read_bytes()
            hashed.update(f"{path.name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return hashed.hexdigest().encode()


def link(source: Path | str, to: Path | str) -> None:
    """Lay a finished file at a second place, as a link where the file system has links, else as a copy.

    Whoever changes one of them in its place changes both: the folder of the cache then no longer agrees with its seal.
    """
    try:
        os.link(source, to)
    except OSError:
        shutil.copyfile(source, to)
