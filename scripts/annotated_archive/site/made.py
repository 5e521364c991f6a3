"""What the last build made of what: so that the next one makes only the files that would be other ones now."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotated_archive.graph.noted import Key
from annotated_archive.graph.since import Lasts, last, unknown

Signature = tuple[int, int, int]
"""By which one knows that nobody has changed a file since: inode, size, time of change in nanoseconds."""
Numbers = NDArray[np.uint32]

FORMAT = 3
SOURCE = "site-source"
"""The kind of a file that another one is a copy of."""
_SUM = 16


@dataclass(frozen=True)
class Made:
    """A file of a site that was made now: its path there, what it was made of, and how it was left."""

    path: str
    keys: frozenset[Key]
    signature: Signature


class Known(NamedTuple):
    """What is remembered of a file: the numbers of the keys of what it was made of, and how it was left."""

    keys: Numbers
    signature: Signature


@dataclass
class Memory:
    """The files of the site in the folder `site`, and the state at the time of what they were made of.

    `version` stands for all that every file depends on: another one's memory is none. `base` is the state of the whole
    record, in parts (see `lasting`). Files that are made of the same as before are the same. Of hundreds of thousands
    of keys, each file has the numbers only, and nothing is done for one file that can be done for all at once.
    """

    site: Path
    version: str
    base: dict[str, str] = field(default_factory=dict)
    files: dict[str, Known] = field(default_factory=dict, repr=False)
    keys: list[Key] = field(default_factory=list, repr=False)
    digests: list[str] = field(default_factory=list, repr=False)
    lists: dict[str, list[str]] = field(default_factory=dict, repr=False)
    """List → the path of each of its parts (see `pages.parts`)."""

    def current(
        self, paths: Iterable[str], digest: Callable[[Key], str], lasts: Lasts = unknown
    ) -> dict[str, Known]:
        """Those of the files that are still there as they were made, and would be made the same again.

        `digest` says the present state of a key, and is not asked for those of which `lasts` knows that they are as
        they were.
        """
        known = {path: self.files[path] for path in paths if path in self.files}
        numbers = _together([one.keys for one in known.values()])
        used = np.zeros(len(self.keys), dtype=bool)
        used[numbers] = True
        stale = np.zeros(len(self.keys), dtype=bool)
        asked = np.flatnonzero(used).tolist()
        same = last([self.keys[number] for number in asked], lasts)
        for number, lasting in zip(asked, same, strict=True):
            if not lasting and digest(self.keys[number]) != self.digests[number]:
                stale[number] = True
        before = np.concatenate(([0], np.cumsum(stale[numbers])))
        ends = np.cumsum([len(one.keys) for one in known.values()], dtype=np.int64)
        starts = np.concatenate(([0], ends[:-1])) if known else ends
        sound = (before[ends] == before[starts]).tolist()
        return {
            path: one for (path, one), right in zip(known.items(), sound, strict=True)
            if right and signature(f"{self.site}/{path}") == one.signature
        }  # fmt: skip

    def next(self, site: Path, base: dict[str, str]) -> Memory:
        """The memory of the site that comes next, in the folder `site`. Files of this one may be put into it."""
        return Memory(site, self.version, base, {}, [*self.keys], [*self.digests])

    def add(self, made: Iterable[Made], digest: Callable[[Key], str]) -> None:
        """Remember files that were made now, and the present state of what they were made of."""
        number = {key: index for index, key in enumerate(self.keys)}
        asked: set[Key] = set()
        for one in made:
            for key in one.keys - asked:
                if key not in number:
                    number[key] = len(self.keys)
                    self.keys.append(key)
                    self.digests.append("")
                self.digests[number[key]] = digest(key)
            asked |= one.keys
            keys = np.array(sorted(number[key] for key in one.keys), dtype=np.uint32)
            self.files[one.path] = Known(keys, one.signature)

    @staticmethod
    def name(root: Path, site: Path) -> str:
        """What the file is called in which the site in a folder is remembered by the archive in `root`."""
        where = os.path.relpath(site.resolve(), root.resolve())
        return f"{blake2b(where.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}.made"

    def write(self, path: Path) -> None:
        """Write it down in a file. Nothing is said where that is not possible: the next build makes all anew."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(self._written())
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def _written(self) -> bytes:
        """A digest of the rest, a line of JSON, the keys of each file as numbers, and the signatures."""
        numbers = _together([one.keys for one in self.files.values()])
        used = np.zeros(len(self.keys), dtype=bool)
        used[numbers] = True
        there = np.flatnonzero(used).tolist()
        new = (np.cumsum(used) - 1).astype("<u4")
        grouped: dict[str, list[str]] = defaultdict(list)
        order: dict[str, list[int]] = defaultdict(list)
        for number in there:
            what, which = self.keys[number]
            grouped[what].append(which)
            order[what].append(number)
        listed = [number for whats in order.values() for number in whats]
        place = np.zeros(len(there), dtype="<u4")
        place[new[listed]] = np.arange(len(listed), dtype="<u4")
        head = {
            "format": FORMAT, "version": self.version, "base": self.base, "lists": self.lists, "keys": grouped,
            "digests": [self.digests[number] for number in listed],
            "files": list(self.files), "counts": [len(one.keys) for one in self.files.values()],
        }  # fmt: skip
        signatures = np.array([one.signature for one in self.files.values()], dtype="<u8")
        text = json.dumps(head, separators=(",", ":")).encode()
        body = b"\n".join((text, place[new[numbers]].tobytes() + signatures.tobytes()))
        return _digest(body) + body

    @classmethod
    def read(cls, path: Path, site: Path, version: str) -> Memory:
        """What was written down of `site` by a build of this version; nothing where there is no such file."""
        memory = cls(site, version)
        with suppress(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            data = path.read_bytes()
            text, _, rest = data[_SUM:].partition(b"\n")
            head = json.loads(text) if _digest(data[_SUM:]) == data[:_SUM] else {}
            if (head.get("format"), head.get("version")) == (FORMAT, version):
                return cls(site, version, dict(head["base"]), *_read(head, rest), dict(head["lists"]))
        return memory


def _read(head: dict[str, Any], rest: bytes) -> tuple[dict[str, Known], list[Key], list[str]]:
    """Files, keys and their digests. Raises ValueError where these do not fit together."""
    keys = [(what, which) for what, whiches in head["keys"].items() for which in whiches]
    total = sum(head["counts"])
    numbers = np.frombuffer(rest, "<u4", total)
    signatures = np.frombuffer(rest, "<u8", 3 * len(head["files"]), 4 * total).reshape(-1, 3).tolist()
    if len(keys) != len(head["digests"]) or (total and int(numbers.max()) >= len(keys)):
        raise ValueError
    files = {}
    at = 0
    for path, count, (inode, size, changed) in zip(head["files"], head["counts"], signatures, strict=True):
        files[path] = Known(numbers[at : at + count], (inode, size, changed))
        at += count
    return files, keys, head["digests"]


def _together(numbers: list[Numbers]) -> Numbers:
    return np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.uint32)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


def signature(path: Path | str) -> Signature | None:
    """The signature of a file; None where none lies there, or something else, such as a link to one."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns) if S_ISREG(status.st_mode) else None


def carried(known: Mapping[str, Known], old: Path, new: Path, has: Container[str] = ()) -> dict[str, Known]:
    """Give a new site the files that it shares with an old one, as links to the same bytes, or as copies.

    Returns those that are there now; what cannot be read any more is left to be made again. Some it `has` already.
    """
    there: dict[str, Known] = {}
    for folder in sorted({os.path.dirname(path) for path in known}):
        (new / folder).mkdir(parents=True, exist_ok=True)
    for path, one in known.items():
        if path in has:
            there[path] = one
            continue
        try:
            os.link(f"{old}/{path}", f"{new}/{path}")
        except OSError:
            if not _copied(old / path, new / path):
                continue
            now = signature(new / path)
            if now is None or now[1:] != one.signature[1:]:
                continue
            one = Known(one.keys, now)
        there[path] = one
    return there


def _copied(source: Path, to: Path) -> bool:
    """Copy a file with its time of change. Returns whether it was there; a full disk is an error."""
    if not source.is_file():
        return False
    shutil.copy2(source, to)
    return True
