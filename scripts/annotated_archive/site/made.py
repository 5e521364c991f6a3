"""What the last build made of what: so that the next one makes only the files that would be other ones now."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import Any

Key = tuple[str, str]
"""What a file is made of: of what kind, and which one."""
Signature = tuple[int, int, int]
"""By which one knows that nobody has changed a file since: inode, size, time of change in nanoseconds."""

FORMAT = 1


@dataclass(frozen=True)
class Made:
    """A file of a site: its path there, what it was made of, and how it was left."""

    path: str
    keys: frozenset[Key]
    signature: Signature


@dataclass
class Memory:
    """The files of the site in the folder `site`, and the state at the time of what they were made of.

    `version` stands for all that every file depends on: another one's memory is none. Files that are made of the same
    as before are the same.
    """

    site: Path
    version: str
    files: dict[str, Made] = field(default_factory=dict, repr=False)
    digests: dict[Key, str] = field(default_factory=dict, repr=False)

    def current(self, paths: Iterable[str], digest: Callable[[Key], str]) -> dict[str, Made]:
        """Those of the files that are still there as they were made, and would be made the same again."""
        known = [made for path in paths if (made := self.files.get(path))]
        keys = {key for made in known for key in made.keys}
        changed = {key for key in keys if self.digests.get(key) != digest(key)}
        same = (made for made in known if changed.isdisjoint(made.keys))
        return {made.path: made for made in same if signature(f"{self.site}/{made.path}") == made.signature}

    def add(self, made: Mapping[str, Made], digest: Callable[[Key], str]) -> None:
        """Remember more files, and the present state of what they were made of."""
        self.files.update(made)
        self.digests.update({key: digest(key) for key in {key for one in made.values() for key in one.keys}})

    @staticmethod
    def name(root: Path, site: Path) -> str:
        """What the file is called in which the site in a folder is remembered by the archive in `root`."""
        where = os.path.relpath(site.resolve(), root.resolve())
        return f"{blake2b(where.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}.json"

    def write(self, path: Path) -> None:
        """Write it down in a file. Nothing is said where that is not possible: the next build makes all anew."""
        keys = sorted({key for made in self.files.values() for key in made.keys})
        number = {key: index for index, key in enumerate(keys)}
        data = {
            "format": FORMAT,
            "version": self.version,
            "keys": [[*key, self.digests[key]] for key in keys],
            "files": {
                path: [sorted(number[key] for key in made.keys), made.signature]
                for path, made in sorted(self.files.items())
            },
        }
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_text(json.dumps(data, separators=(",", ":")), "utf-8")
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    @classmethod
    def read(cls, path: Path, site: Path, version: str) -> Memory:
        """What was written down of `site` by a build of this version; nothing where there is no such file."""
        memory = cls(site, version)
        with suppress(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            data = json.loads(path.read_bytes())
            if (data["format"], data["version"]) == (FORMAT, version):
                keys = [(str(what), str(which)) for what, which, _ in data["keys"]]
                digests = dict(zip(keys, (digest for *_, digest in data["keys"]), strict=True))
                files = {name: _made(name, given, keys) for name, given in data["files"].items()}
                memory.files, memory.digests = files, digests
        return memory


def _made(path: str, given: Any, keys: list[Key]) -> Made:
    numbers, (inode, size, changed) = given
    return Made(path, frozenset(keys[number] for number in numbers), (inode, size, changed))


def signature(path: Path | str) -> Signature | None:
    """The signature of a file; None where none lies there, or something else, such as a link to one."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns) if S_ISREG(status.st_mode) else None


def carried(made: Mapping[str, Made], old: Path, new: Path) -> dict[str, Made]:
    """Give a new site the files that it shares with an old one, as links to the same bytes, or as copies.

    Returns those that are there now; what cannot be read any more is left to be made again.
    """
    there: dict[str, Made] = {}
    for folder in sorted({os.path.dirname(path) for path in made}):
        (new / folder).mkdir(parents=True, exist_ok=True)
    for path, one in made.items():
        try:
            os.link(f"{old}/{path}", f"{new}/{path}")
        except OSError:
            if not _copied(old / path, new / path):
                continue
        now = signature(f"{new}/{path}")
        if now is not None and now[1:] == one.signature[1:]:
            there[path] = Made(path, one.keys, now)
    return there


def _copied(source: Path, to: Path) -> bool:
    """Copy a file with its time of change. Returns whether it was there; a full disk is an error."""
    if not source.is_file():
        return False
    shutil.copy2(source, to)
    return True
