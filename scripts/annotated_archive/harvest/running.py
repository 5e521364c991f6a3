"""A chunk screened, and all chunks of a harvest: in one process, on all cores, or wherever they are handed to."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from annotated_archive import __version__
from annotated_archive.harvest.screening import FAULT, Candidate, Dropped, screen
from annotated_archive.harvest.streaming import Chunk, Fault, Record, Stretch, packed_length, records
from annotated_archive.harvest.subject import FORMAT, Subject
from annotated_archive.ingest.versions import readers
from annotated_archive.records.diagnostic import ERROR, WARNING, Diagnostic, one_line
from annotated_archive.store.cores import pooled

CANDIDATE, DAMAGED = "candidate", "INGEST-DAMAGED"
_TOLD = 200
_ROUNDS = 3


@dataclass(frozen=True)
class Result:
    """What came of a chunk: how many records and damaged places it has, what became of each, and the candidates.

    `counts` gives the number of records by what became of them, in order; together they are `records`. `end` is the
    byte at which the next chunk of the file must begin. `problems` are what is to be told about the file.
    """

    chunk: Chunk
    version: str
    records: int
    end: int
    counts: tuple[tuple[str, int], ...]
    candidates: tuple[Candidate, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Failed:
    """A chunk of which nothing came: every process that had it ended, or its file cannot be read."""

    chunk: Chunk
    problem: Diagnostic


Outcome = Result | Failed


def version() -> str:
    """What names the program that screens: two versions of it may find other texts in a page."""
    return f"{__version__}/{FORMAT}/{readers('html')}"


def run_chunk(chunk: Chunk, subject: Subject) -> Outcome:
    """Screen the records of a chunk. Pure, but for reading the file."""
    counts: Counter[str] = Counter()
    candidates: list[Candidate] = []
    problems: list[Diagnostic] = []
    stretch = Stretch(chunk.start, chunk.start)

    def tell(offset: int, rule: str, message: str) -> None:
        if len(problems) < _TOLD:
            problems.append(found(chunk.file, offset, rule, message))

    try:
        with Path(chunk.file).open("rb") as file:
            state = Path(chunk.file).stat()
            if (state.st_size, state.st_mtime_ns) != (chunk.size, chunk.modified):
                return _lost(chunk, "the file changed meanwhile")
            for one in records(file, chunk, stretch):
                if isinstance(one, Fault):
                    counts[one.unreadable.rule] += 1
                    tell(one.offset, one.unreadable.rule, one.unreadable.message)
                    continue
                screened = screen(one, subject)
                if isinstance(screened, Dropped):
                    counts[screened.reason] += 1
                    if screened.reason in (FAULT, DAMAGED):
                        tell(one.offset, screened.reason, screened.message)
                else:
                    counts[CANDIDATE] += 1
                    candidates.append(_measured(screened, file, one))
    except OSError as error:
        return _lost(chunk, str(error.strerror or error).lower())
    told = tuple(sorted(counts.items()))
    return Result(chunk, version(), counts.total(), stretch.end, told, tuple(candidates), tuple(problems))


def _measured(candidate: Candidate, file: IO[bytes], record: Record) -> Candidate:
    return replace(candidate, place=replace(candidate.place, length=packed_length(file, record)))


def found(file: str, offset: int, rule: str, message: str) -> Diagnostic:
    """A finding about a place in a web archive, which has no lines: the column is the byte.

    It counts from 0, unlike columns of text: so do the bytes in messages and in the files of candidates.
    """
    name = one_line(file, 4096)[1:-1]
    return Diagnostic(name, 1, offset, rule, message, "Get the file again, if it was not whole.", WARNING)


def _lost(chunk: Chunk, message: str) -> Failed:
    problem = found(chunk.file, chunk.start, "HARVEST-FILE", message)
    return Failed(chunk, replace(problem, mend="Run the same command again.", severity=ERROR))


def here(chunks: Iterable[Chunk], subject: Subject) -> Iterator[Outcome]:
    """Screen chunks one after the other, in this process."""
    for chunk in chunks:
        yield run_chunk(chunk, subject)


_subject: Subject | None = None


def _prepare(subject: Subject) -> None:
    """Give a process of a pool the subject, once. Ctrl-C ends it without a word: the one that waits for it says all."""
    global _subject
    _subject = subject
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _in_pool(chunk: Chunk) -> Outcome:
    assert _subject is not None
    return run_chunk(chunk, _subject)


def on_cores(chunks: Iterable[Chunk], subject: Subject, jobs: int) -> Iterator[Outcome]:
    """Screen chunks in so many processes, in the order in which they are done.

    Where a process is ended from outside, its chunks are given to new ones, and given up after the third time.
    """
    left = list(chunks)
    yield from again(left, lambda some: _pooled(some, subject, jobs))


def again(chunks: list[Chunk], attempt: Callable[[list[Chunk]], Iterator[Outcome]]) -> Iterator[Outcome]:
    """Try chunks until each has an outcome; those that have none after three rounds have failed."""
    for _ in range(_ROUNDS):
        done: set[Chunk] = set()
        for outcome in attempt(chunks):
            done.add(outcome.chunk)
            yield outcome
        chunks = [chunk for chunk in chunks if chunk not in done]
        if not chunks:
            return
    for chunk in chunks:
        yield given_up(chunk)


def given_up(chunk: Chunk, why: str = "each process that tried was ended") -> Failed:
    """The outcome of a chunk that ended every process that had it."""
    message = f"the bytes {chunk.start:,} to {chunk.stop:,} were not screened: {why}"
    problem = found(chunk.file, chunk.start, "HARVEST-CHUNK", message)
    mend = "Give the processes more memory, and run the same command again."
    return Failed(chunk, replace(problem, mend=mend, severity=ERROR))


def _pooled(chunks: list[Chunk], subject: Subject, jobs: int) -> Iterator[Outcome]:
    forked = sys.platform.startswith("linux")  # elsewhere a copy of a process is not safe to work with
    if forked:
        subject.matcher, subject.sieve  # noqa: B018  (made once, and shared by the copies)
    with pooled(min(jobs, len(chunks)), "fork" if forked else "spawn", _prepare, (subject,)) as pool:
        waiting: list[Future[Outcome]] = []
        with suppress(BrokenProcessPool):  # a process can be ended before all are handed out
            waiting.extend(pool.submit(_in_pool, chunk) for chunk in chunks)
        for done in as_completed(waiting):
            with suppress(BrokenProcessPool):
                yield done.result()
