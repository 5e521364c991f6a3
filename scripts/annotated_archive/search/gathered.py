"""The documents of an archive, gathered again where something that they are made of has changed.

Of each job is kept what it read, with the digest of that, and the documents that it gave, as bytes. These lie in files
that hold the documents of some jobs each, are named by what is in them and never change: so two builds may use them at
once, and what was withdrawn or is withheld leaves the cache with the file that held it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from annotated_archive.graph.since import Lasts, last, unknown
from annotated_archive.graph.tracing import Key, Traced
from annotated_archive.search.cache import Cache
from annotated_archive.search.documents import Job
from annotated_archive.search.spool import Written, raw, written
from annotated_archive.search.volumes import Entry
from annotated_archive.store import plain

LIST = "gathered"
"""The list of what is kept, in the folder of the cache."""
_FILE = "documents"
_MOST = 64
"""How many files there are at most: all are open while documents are read."""
_TOGETHER = 64
"""Jobs in a file, where that makes no more files than that."""

_Kept = tuple[str, tuple[int, ...], tuple[tuple[Any, ...], ...]]
"""What is kept of a job: what it is made of besides, the numbers of the keys of what it read, and its entries."""
_File = tuple[str, dict[str, _Kept]]
"""The name of a file, and what is kept of each job whose documents are in it."""
Gathered = tuple[list[Entry], Callable[[], None]]
"""Documents, and what writes the list of them for the next time, which takes a while and can wait."""


@dataclass
class _Keys:
    """All keys that jobs have read, each with a number, and their states when they did (empty: not known yet)."""

    keys: list[Key] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    @cached_property
    def _numbers(self) -> dict[Key, int]:
        return {key: number for number, key in enumerate(self.keys)}

    def number(self, key: Key) -> int:
        """The number of a key, which may be new."""
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
            self.digests.append("")
        return number


class Since(NamedTuple):
    """What tells which keys stand for what cannot have changed since the last time, so that nobody need look.

    `bases` is the present state of all there is, in a few words; `lasts` tells it of keys, given those of then. `names`
    is the state of all that names are made of, and more; empty: nobody knows.
    """

    bases: dict[str, str]
    lasts: Callable[[dict[str, str]], Lasts]
    names: str = ""


ASK = Since({}, lambda _: unknown)
"""Look at each."""


def gathered(
    jobs: Iterable[Job], traced: Traced, kept: Cache, version: str, since: Since = ASK
) -> Gathered:
    """The documents of all jobs, those of which nothing has changed since the last time as they were.

    `version` is that of all that makes documents besides what `traced` notes. Raises OSError.
    """
    listed = sorted(jobs, key=_id)
    number = min(_MOST, -(-len(listed) // _TOGETHER))
    files: dict[int, list[Job]] = defaultdict(list)
    for job in listed:
        files[int.from_bytes(hashlib.blake2b(job.id.encode(), digest_size=4).digest()) % number].append(job)
    before, keys, complete = _read(kept, traced, version, since)
    known = {of: one for _, jobs_there in before for of, one in jobs_there.items()}
    whole = {frozenset(jobs_there): (name, jobs_there) for name, jobs_there in before if name}
    after = []
    for at in sorted(files):
        together = files[at]
        same = whole.get(frozenset(map(_id, together)))
        if same and all(_as_it_was(job, known.get(job.id)) for job in together):
            after.append(same)
        else:
            after.append(_file(together, known, keys, traced, kept))
    kept.used.update([LIST, *(name for name, _ in after)])
    entries = [Entry._make(entry) for _, of in after for _, _, listed in of.values() for entry in listed]
    if complete and after == before:
        return entries, nothing
    return entries, partial(_write, kept, traced, version, after, keys, since)


def nothing() -> None:
    """There is no list to be written."""


def _id(job: Job) -> str:
    return job.id


def _as_it_was(job: Job, known: _Kept | None) -> bool:
    return known is not None and known[0] == job.besides


def _file(jobs: list[Job], known: dict[str, _Kept], keys: _Keys, traced: Traced, kept: Cache) -> _File:
    """Write the documents of some jobs as a file, those that are still the same as they were."""
    made: dict[str, tuple[str, tuple[int, ...], list[Written]]] = {}
    for job in jobs:
        one = known.get(job.id)
        if one is not None and _as_it_was(job, one):
            entries = [Entry._make(entry) for entry in one[2]]
            made[job.id] = *one[:2], [Written(*both) for both in zip(entries, raw(entries), strict=True)]
            continue
        with traced.noting() as read:
            documents = [written(document) for document in job.make()]
        made[job.id] = job.besides, tuple(map(keys.number, sorted(read))), documents
    data = b"".join(document.data for _, _, documents in made.values() for document in documents)
    name = f"t-{hashlib.blake2b(data, digest_size=16).hexdigest()}"
    path = str(kept.have(name, lambda new: _fill(new, data)) / _FILE)
    after = {}
    at = 0
    for of, (besides, numbers, documents) in made.items():
        listed = []
        for entry, document in documents:
            listed.append(tuple(entry._replace(at=(path, at, len(document)))))
            at += len(document)
        after[of] = besides, numbers, tuple(listed)
    return name, after


def _fill(folder: Path, data: bytes) -> None:
    (folder / _FILE).write_bytes(data)


def _write(kept: Cache, traced: Traced, version: str, files: list[_File], keys: _Keys, since: Since) -> None:
    """Write down what is kept, with the state of each key once, though many jobs have read it.

    No key stays that no job reads any more: it may name what was withdrawn.
    """
    used = set[int]()
    for _, jobs in files:
        for _, numbers, _ in jobs.values():
            used.update(numbers)
    if len(used) < len(keys.keys):
        new = {number: at for at, number in enumerate(sorted(used))}
        keys = _Keys([keys.keys[number] for number in new], [keys.digests[number] for number in new])
        files = [
            (name, {of: (besides, tuple(map(new.__getitem__, numbers)), entries)
                    for of, (besides, numbers, entries) in jobs.items()})
            for name, jobs in files
        ]  # fmt: skip
    digests = [was or traced.digest(key) for key, was in zip(keys.keys, keys.digests, strict=True)]
    kept.put(LIST, plain.packed((version, since.bases, str(kept.folder), keys.keys, digests, files)))


def _read(kept: Cache, traced: Traced, version: str, since: Since) -> tuple[list[_File], _Keys, bool]:
    """What is kept of each job that would read the same now, and the keys with the states that they still have;
    nothing where the list is of another version, of another folder, or broken. Says too whether that is all there was.

    A file that holds more than what is right has no name here: it would keep what was withdrawn.
    """
    try:
        known = plain.unpacked((kept.folder / LIST).read_bytes())
        if known[0] != version or known[2] != str(kept.folder):
            return [], _Keys(), False
        _, bases, _, keys, digests, files = known
        same = last(keys, since.lasts(bases))
        stale = {
            number for number, (key, lasting) in enumerate(zip(keys, same, strict=True))
            if not lasting and _state(traced, key) != digests[number]
        }  # fmt: skip
        for number in stale:
            digests[number] = ""
        found: list[_File] = []
        for name, jobs in files:
            right = {of: one for of, one in jobs.items() if stale.isdisjoint(one[1])} if stale else jobs
            if right and kept.holds(name):
                found.append((name if len(right) == len(jobs) else "", right))
        return found, _Keys(keys, digests), found == files
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return [], _Keys(), False


def _state(traced: Traced, key: Key) -> str:
    """The present state of a key; empty for what is not there any more."""
    try:
        return traced.digest(key)
    except KeyError:
        return ""
