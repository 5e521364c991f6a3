"""What texts share, written down, and found again only for those that changed and for those that this touches.

`texts.json` says which text lies in which file, by digests, so that a text is read only when its file is another;
`KEY.found.npz` what the texts share; `KEY.index.npz` the words of all texts, as numbers, and their runs. KEY stands for
the texts and for the version of this program: what is there under it is right whoever wrote it.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotated_archive.records.text import digest
from annotated_archive.reuse.arrays import Sharing, arrays, unchanged
from annotated_archive.reuse.grouping import Stretch, groups, stretches
from annotated_archive.reuse.index import Index
from annotated_archive.reuse.pairing import Hits, Pairs, hits, pairs
from annotated_archive.reuse.passages import Group
from annotated_archive.store.cores import spread
from annotated_archive.store.version import program

Read = Callable[[str], str]
_MOST = 4  # where more than one text in so many is touched, all pairs are looked for again
_AT_ONCE = 100  # texts whose digests one process makes at a time
_KEPT = ("words", "bounds", "steps", "sizes", "runs", "of", "at")
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, zipfile.BadZipFile)


def remembered(digests: Mapping[str, str], read: Read, folder: Path) -> Sharing:
    """What texts share. `digests` says of each (by id) in what state the file is that holds it, `read` gives the text.

    What `folder` holds of a text is which parts of it others have, and its words as numbers; nothing of texts that are
    not among these stays there. What cannot be read is found anew, and what cannot be written is not.
    """
    memory = _Memory(digests, read, folder)
    with suppress(*_UNREADABLE):
        return Sharing(_loaded(memory.path("found")))
    old = memory.before()
    state = _changed(old, memory.bodies, read) if old else _clean(memory.bodies, read)
    memory.save(state)
    return Sharing(state.found)


def index(digests: Mapping[str, str], read: Read, folder: Path) -> Index:
    """The index of texts, from what `remembered` wrote in `folder` of most of them."""
    memory = _Memory(digests, read, folder)
    old = memory.before()
    return _indexed(old, memory.bodies, read)[0] if old else Index.empty(read).changed((), memory.bodies, read)


@dataclass(frozen=True)
class _State:
    """What is written down. `bodies`: text → its digest."""

    bodies: Mapping[str, str]
    index: Index
    where: Hits
    found: Mapping[str, NDArray[Any]]
    groups: Mapping[bytes, int]
    """What a group follows from → which of the groups found it is; -1 for none."""


class _Memory:
    """The folder of some texts."""

    def __init__(self, digests: Mapping[str, str], read: Read, folder: Path) -> None:
        self._folder = folder
        self._digests = digests
        self._version = f"{program('reuse')} {np.__version__}"
        known: dict[str, list[str]] = {}
        with suppress(*_UNREADABLE):
            data = json.loads((folder / "texts.json").read_bytes())
            known = data["texts"] if data["version"] == self._version else {}
        ids = sorted(digests)
        new = [one for one in ids if known.get(one, [""])[0] != digests[one]]
        bodies = dict(zip(new, _digested(new, read), strict=True))
        self.bodies = {one: bodies[one] if one in bodies else known[one][1] for one in ids}
        made = hashlib.blake2b(self._version.encode(), digest_size=16)
        made.update(json.dumps(self.bodies).encode())
        self._key = made.hexdigest()
        if new:
            self._write_texts()

    def path(self, what: str) -> Path:
        """The file of these texts."""
        return self._folder / f"{self._key}.{what}.npz"

    def before(self) -> _State | None:
        """The state of these texts, or of others, that was written down last."""
        found = [self.path("index"), *sorted(self._folder.glob("*.index.npz"))]
        for path in dict.fromkeys(found):
            with suppress(*_UNREADABLE):
                kept = _loaded(path)
                if kept["version"].tobytes().decode() == self._version:
                    return _state(kept, _loaded(path.with_name(path.name.replace(".index.", ".found."))))
        return None

    def save(self, state: _State) -> None:
        """Write a state down, and remove all others: of what is no longer published nothing stays."""
        kept = {name: getattr(state.index, name) for name in _KEPT}
        kept |= {f"where_{name}": getattr(state.where, name) for name in ("of", "at", "runs")}
        kept["ids"] = _packed(list(state.index.ids))
        kept["bodies"] = _packed(dict(state.bodies))
        kept["keys"] = np.frombuffer(b"".join(state.groups), dtype=np.uint8)
        kept["groups"] = np.array(list(state.groups.values()), dtype=np.int32)
        kept["version"] = np.frombuffer(self._version.encode(), dtype=np.uint8)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for what, values in (("index", kept), ("found", state.found)):
                self._replace(self.path(what), partial(_write, values))
        self._write_texts()
        names = {self.path("index").name, self.path("found").name, "texts.json"}
        with suppress(OSError):
            for old in self._folder.iterdir():
                if old.name not in names and not old.name.endswith(".new"):
                    old.unlink(missing_ok=True)

    def _write_texts(self) -> None:
        texts = {one: [self._digests[one], body] for one, body in self.bodies.items()}
        data = json.dumps({"version": self._version, "texts": texts}).encode()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._replace(self._folder / "texts.json", lambda file: file.write(data))

    def _replace(self, path: Path, write: Callable[[Any], object]) -> None:
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            with new.open("wb") as file:
                write(file)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _loaded(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file. The checksums in it are looked at. Raises one of _UNREADABLE."""
    with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _write(values: Mapping[str, Any], file: Any) -> None:
    np.savez(file, allow_pickle=False, **values)


def _packed(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value).encode(), dtype=np.uint8)


def _state(kept: Mapping[str, NDArray[Any]], found: Mapping[str, NDArray[Any]]) -> _State:
    def read(identifier: str) -> str:
        raise KeyError(identifier)

    values: dict[str, Any] = {name: kept[name] for name in _KEPT}
    made = Index(ids=tuple(json.loads(kept["ids"].tobytes())), read=read, **values)
    keys = kept["keys"].tobytes()
    names = [keys[at : at + 16] for at in range(0, len(keys), 16)]
    return _State(
        json.loads(kept["bodies"].tobytes()), made, Hits(*(kept[f"where_{name}"] for name in ("of", "at", "runs"))),
        found, dict(zip(names, kept["groups"].tolist(), strict=True)),
    )  # fmt: skip


_READ: list[Read] = []  # how texts are read now: forked processes share it


def _digested(ids: list[str], read: Read) -> list[str]:
    _READ.append(read)
    try:
        parts = [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
        return [one for part in spread(_digests, parts, chunk=1) for one in part]
    finally:
        _READ.pop()


def _digests(ids: list[str]) -> list[str]:
    return [digest(_READ[-1](one)) for one in ids]


def _clean(bodies: Mapping[str, str], read: Read) -> _State:
    made = Index.empty(read).changed((), bodies, read)
    where = hits(made, made.common.values)
    return _finished(bodies, made, where, pairs(made, where), None)


def _indexed(old: _State, bodies: Mapping[str, str], read: Read) -> tuple[Index, set[str], set[str]]:
    """The index of texts made from an old one, the texts that are gone or others now, and those that are new."""
    gone = {one for one, body in old.bodies.items() if bodies.get(one) != body}
    new = {one for one, body in bodies.items() if old.bodies.get(one) != body}
    return old.index.changed(gone, new, read), gone, new


def _changed(old: _State, bodies: Mapping[str, str], read: Read) -> _State:
    """The state that `_clean` would make, from another state.

    What two texts share hangs on their words, and on which of the runs in them are common. So a pair can be another
    only if one of the two is new, or holds a run (kept or not) that is common now and was not, or the other way round.
    """
    made, gone, new = _indexed(old, bodies, read)
    before, now = old.index.common.values, made.common.values
    rising, falling = np.setdiff1d(now, before), np.setdiff1d(before, now)
    after = {one: at for at, one in enumerate(made.ids)}
    number = np.array([-1 if one in gone else after[one] for one in old.index.ids], dtype=np.int64)
    touched = np.zeros(len(made.ids), dtype=bool)
    touched[[after[one] for one in new if one in after]] = True
    moved = number[old.where.of]
    stayed = Hits(np.maximum(moved, 0).astype(np.uint32), old.where.at, old.where.runs).only(moved >= 0)
    fell = np.isin(stayed.runs, falling)
    touched[stayed.of[fell]] = True
    risen = hits(made, rising)
    touched[risen.of] = True
    fresh = [(after[one], after[one] + 1) for one in sorted(new & after.keys())]
    where = stayed.only(~fell).joined(risen).joined(hits(made, now, fresh))
    if touched.sum() * _MOST > len(touched):
        return _finished(bodies, made, where, pairs(made, where), old)
    found = pairs(made, where, touched)
    left = unchanged(old.found, number, ~touched)
    return _finished(bodies, made, where, Pairs.joined([left, found]), old)


def _finished(bodies: Mapping[str, str], made: Index, where: Hits, pairs: Pairs, old: _State | None) -> _State:
    """A state with the groups, of which those are taken from an old state that follow from the same."""
    found = list(stretches(made, where))
    keys = [_key(made, bodies, one) for one in found]
    known: dict[bytes, Group | None] = {}
    if old:
        every = Sharing(old.found).every_group
        known = {key: every[at] if at >= 0 else None for key, at in old.groups.items()}
    missing = [one for one, key in zip(found, keys, strict=True) if key not in known]
    computed = iter(groups(made, missing))
    results = [known[key] if key in known else next(computed) for key in keys]
    kept = [one for one in results if one]
    place = iter(range(len(kept)))
    numbers = {key: next(place) if one else -1 for key, one in zip(keys, results, strict=True)}
    return _State(bodies, made, where, arrays(made.ids, np.diff(made.bounds), pairs, kept), numbers)


def _key(made: Index, bodies: Mapping[str, str], one: Stretch) -> bytes:
    """What the group of a stretch follows from."""
    names = [made.ids[number] for number in one.members.tolist()]
    leader = made.ids[one.text]
    told = [leader, one.first, one.last, *((name, bodies[name]) for name in names), bodies[leader]]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).digest()
