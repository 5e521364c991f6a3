"""The documents of an archive, gathered again where something that they are made of has changed.

Of each job is kept what it read, with the digest of that, and the documents that it gave, as bytes. These lie in files
that hold the documents of some jobs each, are named by what is in them and never change: so two builds may use them at
once, and what was withdrawn or is withheld leaves the cache with the file that held it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from annotated_archive.graph.since import Lasts, last, unknown
from annotated_archive.graph.tracing import Key, Traced
from annotated_archive.search.cache import Cache
from annotated_archive.search.documents import Job
from annotated_archive.search.spool import Written, raw, written
from annotated_archive.search.volumes import Entry

LIST = "gathered.json"
"""The list of what is kept, in the folder of the cache."""
_FILE = "documents"
_MOST = 64
"""How many files there are at most: all are open while documents are read."""
_TOGETHER = 64
"""Jobs in a file, where that makes no more files than that."""


class _Kept(NamedTuple):
    """What is kept of a job: what it is made of besides, the keys of what it read, and its documents."""

    besides: str
    keys: list[Key]
    entries: list[Entry]


Gathered = tuple[list[Entry], Callable[[], None]]
"""Documents, and what writes the list of them for the next time, which takes a while and can wait."""
_File = tuple[str, dict[str, _Kept]]
"""The name of a file, and what is kept of each job whose documents are in it."""


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
    before, digests = _read(kept, traced, version, since)
    known = {of: one for _, jobs_there in before for of, one in jobs_there.items()}
    whole = {frozenset(jobs_there): (name, jobs_there) for name, jobs_there in before}
    after = []
    for at in sorted(files):
        together = files[at]
        same = whole.get(frozenset(map(_id, together)))
        if same and all(_as_it_was(job, known.get(job.id)) for job in together):
            after.append(same)
        else:
            after.append(_file(together, known, traced, kept))
    kept.used.update([LIST, *(name for name, _ in after)])
    entries = [entry for _, of in after for one in of.values() for entry in one.entries]
    if after == before:
        return entries, nothing
    return entries, partial(_write, kept, traced, version, after, digests, since)


def nothing() -> None:
    """There is no list to be written."""


def _id(job: Job) -> str:
    return job.id


def _as_it_was(job: Job, known: _Kept | None) -> bool:
    return known is not None and known.besides == job.besides


def _file(jobs: list[Job], known: dict[str, _Kept], traced: Traced, kept: Cache) -> _File:
    """Write the documents of some jobs as a file, those that are still the same as they were."""
    made: dict[str, tuple[str, list[Key], list[Written]]] = {}
    for job in jobs:
        one = known.get(job.id)
        if one is not None and _as_it_was(job, one):
            documents = [Written(entry, data) for entry, data in zip(one.entries, raw(one.entries), strict=True)]
            made[job.id] = one.besides, one.keys, documents
            continue
        with traced.noting() as keys:
            documents = [written(document) for document in job.make()]
        made[job.id] = job.besides, sorted(keys), documents
    data = b"".join(document.data for _, _, documents in made.values() for document in documents)
    name = f"t-{hashlib.blake2b(data, digest_size=16).hexdigest()}"
    path = str(kept.have(name, lambda new: _fill(new, data)) / _FILE)
    after = {}
    at = 0
    for of, (besides, read, documents) in made.items():
        entries = []
        for entry, document in documents:
            entries.append(entry._replace(at=(path, at, len(document))))
            at += len(document)
        after[of] = _Kept(besides, read, entries)
    return name, after


def _fill(folder: Path, data: bytes) -> None:
    (folder / _FILE).write_bytes(data)


def _write(
    kept: Cache, traced: Traced, version: str, files: list[_File], digests: Mapping[Key, str], since: Since
) -> None:
    """Write down what is kept. The state of each key stands there once, though many jobs have read it; `digests` has
    it of those that are known to be as they were."""
    numbers: dict[Key, int] = {}
    listed = [
        [name, [
            [of, one.besides, [numbers.setdefault(key, len(numbers)) for key in one.keys],
             [[*entry[:-1], *entry.at[1:]] for entry in one.entries]]
            for of, one in jobs.items()
        ]]
        for name, jobs in files
    ]  # fmt: skip
    keys = [[*key, digests.get(key) or traced.digest(key)] for key in numbers]
    data = {"version": version, "bases": since.bases, "keys": keys, "files": listed}
    text = json.dumps(data, separators=(",", ":")).encode()
    kept.put(LIST, _digest(text) + b"\n" + text)


def _read(kept: Cache, traced: Traced, version: str, since: Since) -> tuple[list[_File], dict[Key, str]]:
    """What is kept of each job that would read the same now, and the state of keys that are known to be as they were;
    nothing where the list is of another version or broken."""
    try:
        digest, _, text = (kept.folder / LIST).read_bytes().partition(b"\n")
        data = json.loads(text) if digest == _digest(text) else {}
        if data.get("version") != version:
            return [], {}
        keys = [(what, which) for what, which, _ in data["keys"]]
        lasts = since.lasts(data["bases"])
        digests = [was for *_, was in data["keys"]]
        same = list(last(keys, lasts))
        stale = {n for n, key in enumerate(keys) if not same[n] and traced.digest(key) != digests[n]}
        found = []
        for name, jobs in data["files"]:
            path = str(kept.folder / name / _FILE)
            known = {
                of: _Kept(besides, [keys[n] for n in read], [_entry(path, *entry) for entry in entries])
                for of, besides, read, entries in jobs
                if stale.isdisjoint(read)
            }
            if known and kept.holds(name):
                found.append((name, known))
        return found, {key: was for key, was, lasting in zip(keys, digests, same, strict=True) if lasting}
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return [], {}


def _entry(path: str, *fields: Any) -> Entry:
    identifier, kind, language, year, size, texts, whole, names, at, length = fields
    return Entry(identifier, kind, language, year, size, texts, whole, tuple(names), (path, at, length))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).hexdigest().encode()
