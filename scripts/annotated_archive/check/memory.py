"""Remembers what was found to be sound, so that a check looks again only at what changed, and at what has findings.

What is checked is cut into *units*, each with a key made of the digests of everything that its rules read: the same key
means the same findings. Only units without findings are remembered. Units of one kind make a *group*, with a key over
everything that any of them reads: where all were sound and that key is the same, not even theirs are made. So nothing
that a check says is taken from here, and deleting the memory, or losing part of it, changes nothing but the time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import count
from pathlib import Path

from annotated_archive.records.diagnostic import Diagnostic
from annotated_archive.store import Archive
from annotated_archive.store.cores import spread
from annotated_archive.store.version import program

FILE = "check/sound"
"""Below an edition's `build`."""
WORTH = 100
"""Fewer units than these are checked sooner than their keys are read."""
_SIZE = 16
_COUNT = 4
_LOOSE = bytes(_SIZE)
"""Where a group's key would stand, of units that are no group, or of one that was not sound as a whole."""
_ROOMS = ("records", "store", "ingest", "names", "anchor", "claims", "graph", "check")
"""What decides what is found."""
_OFFERED = count()
_AT_WORK: dict[int, Callable[[str], Iterable[Diagnostic]]] = {}
"""What forked processes are to do: it holds the archive, which they have by then and need not be sent."""


class Memory:
    """The keys of the units that were sound in earlier checks of one archive.

    With `whole`, what this check finds sound is kept for the next (`save`), and nothing else.
    """

    def __init__(self, archive: Archive, whole: bool) -> None:
        self._path = archive.build / FILE
        self._before = _read(self._path)
        self._now: dict[bytes, set[bytes]] = {_LOOSE: set()}
        self.whole, self._start = whole, f"{program(*_ROOMS)}\0".encode()

    @cached_property
    def _known(self) -> frozenset[bytes]:
        """The keys of all units that were sound."""
        return frozenset(key for keys in self._before.values() for key in _cut(keys))

    def unit(self, key: Iterable[str | None], make: Callable[[], Iterable[Diagnostic]]) -> Iterator[Diagnostic]:
        """What `make` finds in one unit, which is not called where the unit is known to be sound."""
        yield from self.units([("", key)], lambda _: make())

    def units(
        self,
        units: Iterable[tuple[str, Iterable[str | None]]],
        make: Callable[[str], Iterable[Diagnostic]],
        group: Iterable[str | None] = (None,),
        prepare: Callable[[list[str]], None] = lambda _: None,
    ) -> Iterator[Diagnostic]:
        """What `make(name)` finds in many units, each given by its name and its key, on all cores.

        A key that holds None says that not everything is known that the unit depends on: it is not remembered. `group`
        is the key of all of them together; `units` is then not even listed where they are known to be sound. `prepare`
        is told which are made, before they are.
        """
        whole = self._key(["group", *group]) if self.whole else None
        if whole is not None and whole in self._before:
            self._now[whole] = set()
            return
        sound: set[bytes] = set()
        every = True
        waiting: list[tuple[str, bytes | None]] = []
        for name, parts in units:
            key = self._key(list(parts))
            if key is not None and key in self._known:
                sound.add(key)
            else:
                waiting.append((name, key))
        number = next(_OFFERED)
        _AT_WORK[number] = make
        try:
            names = [name for name, _ in waiting]
            prepare(names)
            for (_, key), found in zip(waiting, spread(partial(_made, number), names), strict=True):
                if not found and key is not None:
                    sound.add(key)
                else:
                    every = False
                yield from found
        finally:
            del _AT_WORK[number]
        self._now.setdefault(whole if every and whole is not None else _LOOSE, set()).update(sound)

    def save(self) -> None:
        """Keep what is sound, if that is worth it. Where nothing can be written, the next check does everything."""
        groups = {
            group: self._before[group] if group != _LOOSE and group in self._before else b"".join(sorted(keys))
            for group, keys in sorted(self._now.items())
            if keys or group in self._before
        }
        if not self.whole or groups == self._before or sum(map(len, groups.values())) < WORTH * _SIZE:
            return
        data = b"".join(group + len(keys).to_bytes(_COUNT, "little") + keys for group, keys in groups.items())
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".sound.")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(data) + data)
                os.replace(temporary, self._path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            return

    def _key(self, parts: list[str | None]) -> bytes | None:
        if None in parts:
            return None
        return _digest(self._start + "\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def _made(number: int, name: str) -> list[Diagnostic]:
    return list(_AT_WORK[number](name))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SIZE).digest()


def _cut(keys: bytes) -> Iterator[bytes]:
    return (keys[at : at + _SIZE] for at in range(0, len(keys), _SIZE))


def _read(path: Path) -> dict[bytes, bytes]:
    """The key of each group in a file, with those of its units; nothing where it is not there, or damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    if _digest(data[_SIZE:]) != data[:_SIZE]:
        return {}
    found: dict[bytes, bytes] = {}
    at = _SIZE
    while at < len(data):
        group, begin = data[at : at + _SIZE], at + _SIZE + _COUNT
        at = begin + int.from_bytes(data[at + _SIZE : begin], "little")
        found[group] = data[begin:at]
    return found
