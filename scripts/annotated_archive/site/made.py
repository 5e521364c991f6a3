"""What the last build made of what: so that the next one makes only the files that would be other ones now."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotated_archive.graph.noted import Key
from annotated_archive.graph.since import Lasts, unknown
from annotated_archive.store import plain

Signature = tuple[int, int, int]
"""By which one knows that nobody has changed a file since: inode, size, time of change in nanoseconds."""
Numbers = NDArray[np.uint32]

FORMAT = 4
SOURCE = "site-source"
"""The kind of a file that another one is a copy of."""


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
class Keys:
    """What the files of a site are made of, by numbers: keys in columns, since there are hundreds of thousands.

    `kind` gives for each the number of its kind among the `kinds`, `which` the one that it is of these, and `digests`
    its state when the files were made.
    """

    kinds: list[str] = field(default_factory=list)
    kind: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8), repr=False)
    which: list[str] = field(default_factory=list, repr=False)
    digests: list[str] = field(default_factory=list, repr=False)

    def __iter__(self) -> Iterator[Key]:
        return ((self.kinds[kind], which) for kind, which in zip(self.kind.tolist(), self.which, strict=True))

    def copy(self) -> Keys:
        """The same keys, to which others can be added."""
        return Keys([*self.kinds], self.kind, [*self.which], [*self.digests])

    def only(self, used: NDArray[np.bool_]) -> Keys:
        """Those of the keys that are used, in their order."""
        there = np.flatnonzero(used).tolist()
        which, digests = ([column[number] for number in there] for column in (self.which, self.digests))
        return Keys(self.kinds, self.kind[used], which, digests)

    def stale(self, used: NDArray[np.bool_], digest: Callable[[Key], str], lasts: Lasts) -> NDArray[np.bool_]:
        """Which of the keys that are used are not in the state that they had.

        `digest` says the present state of a key, and is not asked for those of which `lasts` knows that they are as
        they were.
        """
        known = [lasts(kind) for kind in self.kinds]
        sure = np.array([lasting is True for lasting in known], dtype=bool)
        asked = np.flatnonzero(used & ~sure[self.kind])
        found = np.zeros(len(self.which), dtype=bool)
        for number, kind in zip(asked.tolist(), self.kind[asked].tolist(), strict=True):
            lasting, which = known[kind], self.which[number]
            if callable(lasting) and lasting(which):
                continue
            found[number] = digest((self.kinds[kind], which)) != self.digests[number]
        return found

    def numbers(self, keys: Set[Key]) -> dict[Key, int]:
        """The numbers of some keys, of which those that are new are added, in no state yet."""
        whiches = {which for _, which in keys}
        places = [number for number, which in enumerate(self.which) if which in whiches]
        found = {
            key: number for number, kind in zip(places, self.kind[places].tolist(), strict=True)
            if (key := (self.kinds[kind], self.which[number])) in keys
        }  # fmt: skip
        new = sorted(keys - found.keys())
        self.kinds += sorted({what for what, _ in new} - {*self.kinds})
        number_of = {what: number for number, what in enumerate(self.kinds)}
        found.update((key, number) for number, key in enumerate(new, len(self.which)))
        self.kind = np.concatenate((self.kind, np.array([number_of[what] for what, _ in new], dtype=np.uint8)))
        self.which += [which for _, which in new]
        self.digests += [""] * len(new)
        return found


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
    keys: Keys = field(default_factory=Keys, repr=False)
    lists: dict[str, list[str]] = field(default_factory=dict, repr=False)
    """List → the path of each of its parts (see `pages.parts`)."""

    def current(
        self, paths: Iterable[str], digest: Callable[[Key], str], lasts: Lasts = unknown
    ) -> dict[str, Known]:
        """Those of the files that are still there as they were made, and would be made the same again.

        `digest` and `lasts` are those of `Keys.stale`.
        """
        known = {path: self.files[path] for path in paths if path in self.files}
        numbers = _together([one.keys for one in known.values()])
        stale = self.keys.stale(self._used(numbers), digest, lasts)
        ends = np.cumsum([len(one.keys) for one in known.values()], dtype=np.int64)
        others = {*np.searchsorted(ends, np.flatnonzero(stale[numbers]), side="right").tolist()}
        return {
            path: one for number, (path, one) in enumerate(known.items())
            if number not in others and signature(f"{self.site}/{path}") == one.signature
        }  # fmt: skip

    def _used(self, numbers: Numbers) -> NDArray[np.bool_]:
        used = np.zeros(len(self.keys.which), dtype=bool)
        used[numbers] = True
        return used

    def next(self, site: Path, base: dict[str, str]) -> Memory:
        """The memory of the site that comes next, in the folder `site`. Files of this one may be put into it."""
        return Memory(site, self.version, base, {}, self.keys.copy())

    def add(self, made: Collection[Made], digest: Callable[[Key], str]) -> None:
        """Remember files that were made now, and the present state of what they were made of."""
        number = self.keys.numbers(frozenset().union(*(one.keys for one in made)))
        for key, at in number.items():
            self.keys.digests[at] = digest(key)
        for one in made:
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
        with suppress(OSError, ValueError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(self._written())
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def _written(self) -> bytes:
        numbers = _together([one.keys for one in self.files.values()])
        used = self._used(numbers)
        new = (np.cumsum(used) - 1).astype("<u4")
        keys = self.keys.only(used)
        counts = np.array([len(one.keys) for one in self.files.values()], dtype="<u4")
        signatures = np.array([one.signature for one in self.files.values()], dtype="<u8")
        return plain.packed((
            FORMAT, self.version, self.base, self.lists, keys.kinds, keys.kind.tobytes(), _joined(keys.which),
            _joined(keys.digests), _joined(self.files), counts.tobytes(), new[numbers].tobytes(), signatures.tobytes(),
        ))  # fmt: skip

    @classmethod
    def read(cls, path: Path, site: Path, version: str) -> Memory:
        """What was written down of `site` by a build of this version; nothing where there is no such file."""
        with suppress(OSError, ValueError, TypeError, IndexError, AttributeError):
            known = plain.unpacked(path.read_bytes())
            if known[:2] == (FORMAT, version):
                _, _, base, lists, *rest = known
                return cls(site, version, base, *_read(*rest), lists)
        return cls(site, version)


def _read(
    kinds: list[str], kind: bytes, whiches: str, states: str, paths: str, counts: bytes, numbers: bytes,
    signatures: bytes,
) -> tuple[dict[str, Known], Keys]:  # fmt: skip
    """Files and keys. Raises ValueError where these do not fit together."""
    which, digests = _apart(whiches), _apart(states)
    keys = Keys(kinds, np.frombuffer(kind, np.uint8), which, digests)
    all_numbers = np.frombuffer(numbers, "<u4")
    ends = np.cumsum(np.frombuffer(counts, "<u4"), dtype=np.int64).tolist()
    if (
        not len(keys.kind) == len(which) == len(digests)
        or (len(which) and int(keys.kind.max()) >= len(kinds))
        or (len(all_numbers) and int(all_numbers.max()) >= len(which))
        or (ends[-1] if ends else 0) != len(all_numbers)
    ):
        raise ValueError
    known = map(tuple, np.frombuffer(signatures, "<u8").reshape(-1, 3).tolist())
    files = zip(_apart(paths), pairwise([0, *ends]), known, strict=True)
    return {path: Known(all_numbers[start:end], one) for path, (start, end), one in files}, keys


def _joined(texts: Collection[str]) -> str:
    """Texts as one, which is written and read many times as fast. Raises ValueError where that would say another."""
    text = "".join(f"{one}\0" for one in texts)
    if text.count("\0") > len(texts):
        raise ValueError("a text holds the sign that stands between texts")
    return text


def _apart(text: str) -> list[str]:
    return text.split("\0")[:-1]


def _together(numbers: list[Numbers]) -> Numbers:
    return np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.uint32)


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
