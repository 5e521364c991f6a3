"""WARC files in chunks, and the records of a chunk one by one, read forwards and never held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from annotated_archive.ingest.containers import kinds, limits
from annotated_archive.ingest.containers.frames import Contents, Frame, records_in
from annotated_archive.ingest.containers.members import GZIP, Budget, Member, Plain, next_member
from annotated_archive.ingest.containers.telling import Unreadable, damaged, unsafe
from annotated_archive.records.diagnostic import Diagnostic, one_line

_BOMBS = 3
_STEP = 1 << 18
CHUNK_BYTES = 64_000_000
"""Of a packed file: some 1,700 pages of Common Crawl's news, a minute's work and what is lost when a worker dies."""


@dataclass(frozen=True, order=True)
class Chunk:
    """The records of a WARC file that begin at the bytes [start, stop), of which the first begins at `start`.

    `size` in bytes and `modified` in nanoseconds say which state of the file is meant.
    """

    file: str
    size: int
    modified: int
    start: int
    stop: int


@dataclass(frozen=True)
class Plan:
    """The chunks of all files, in order, and what is wrong with files that give none."""

    chunks: tuple[Chunk, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Record:
    """One record: the file as it was named, what stands at its head, and its content, to be read if it is wanted."""

    file: str
    frame: Frame
    contents: Contents = field(repr=False)

    @property
    def offset(self) -> int:
        """The byte of the file at which the record begins, or the gzip member that it lies in."""
        return self.frame.offset - self.frame.head if self.frame.member is None else self.frame.member


@dataclass(frozen=True)
class Fault:
    """A damaged place of a file: its byte, and what is wrong."""

    offset: int
    unreadable: Unreadable


@dataclass
class Stretch:
    """Where the records of a chunk really began and ended in the file."""

    start: int
    end: int


def plan(files: Iterable[str], size: int = CHUNK_BYTES) -> Plan:
    """Cut files into chunks of about `size` bytes: no chunk begins within a record, and each record is in one.

    A file that is not packed, or in one piece, is one chunk. Only the places of the cuts are read.
    """
    chunks: list[Chunk] = []
    problems: list[Diagnostic] = []
    for name in sorted(set(files)):
        if not name.isprintable():  # it could not be written down, or would show as another
            problems.append(_problem(name, "its name holds what cannot be printed", "Rename it."))
            continue
        try:
            with Path(name).open("rb") as file:
                state = Path(name).stat()
                if kinds.kind(file.read(limits.HEAD_BYTES), name) != "warc":
                    message = "no WARC file, by its first bytes"
                    problems.append(_problem(name, message, "Name files of web archives; get a damaged one again."))
                    continue
                cuts = _cuts(file, state.st_size, size)
        except (OSError, Unreadable) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            problems.append(_problem(name, str(reason), "Look at the file."))
            continue
        ends = [*cuts[1:], state.st_size]
        chunks += [Chunk(name, state.st_size, state.st_mtime_ns, *cut) for cut in zip(cuts, ends, strict=True)]
    return Plan(tuple(chunks), tuple(problems))


def _problem(name: str, message: str, mend: str) -> Diagnostic:
    return Diagnostic(one_line(name, 4096)[1:-1], 1, 1, "HARVEST-FILE", message, mend)


def _cuts(file: IO[bytes], whole: int, size: int) -> list[int]:
    """The bytes at which chunks begin: of each multiple of `size` the next gzip member that holds a record."""
    file.seek(0)
    cuts = [0]
    if file.read(len(GZIP)) == GZIP:
        for wanted in range(size, whole, size):
            if wanted <= cuts[-1]:
                continue
            if (at := next_member(file, wanted - 1, Budget(whole))) is None:
                break
            cuts.append(at)
    return cuts


def records(file: IO[bytes], chunk: Chunk, stretch: Stretch) -> Iterator[Record | Fault]:
    """The records of a chunk in order, and in place of what is damaged, what is wrong there.

    `stretch` says at the end how far they went. Never raises for what is in the file; memory is bounded by one record.
    """
    budget = Budget(chunk.stop - chunk.start)
    contents = Contents(file, Budget(chunk.stop - chunk.start))
    packed = file.seek(0) == 0 and file.read(len(GZIP)) == GZIP
    faults = 0
    for one in _packed(file, chunk, budget, stretch) if packed else _plain(file, chunk, stretch):
        yield Record(chunk.file, one, contents) if isinstance(one, Frame) else one
        faults += isinstance(one, Fault)
        if faults >= limits.FAULTS:
            rest = damaged(f"damaged in {faults} places; the rest of this part of the file was not read")
            yield Fault(stretch.end, rest)
            stretch.end = chunk.stop
            return


def _plain(file: IO[bytes], chunk: Chunk, stretch: Stretch) -> Iterator[Frame | Fault]:
    reader = Plain(file)
    for one in records_in(reader, None):
        yield one if isinstance(one, Frame) else Fault(reader.offset, one)
    stretch.end = chunk.stop


def _packed(file: IO[bytes], chunk: Chunk, budget: Budget, stretch: Stretch) -> Iterator[Frame | Fault]:
    at = chunk.start
    bombs = 0
    while at < chunk.stop:
        stretch.end = at
        member = Member(file, at, budget)
        try:
            for one in records_in(member, at):
                yield one if isinstance(one, Frame) else Fault(at, one)
            at = member.end
            continue
        except Unreadable as unreadable:
            yield Fault(at, unreadable)
            if unreadable.rule == "INGEST-UNSAFE":  # the budget is used up: one such record is not to cost the others
                bombs += 1
                budget.left = budget.all
        if bombs > _BOMBS:
            message = "several records unpack without end; the rest of this part of the file was not read"
            yield Fault(at, unsafe(message))
            at = chunk.stop
            break
        try:
            after = next_member(file, at, budget)
        except Unreadable as unreadable:
            yield Fault(at, unreadable)
            after = None
        at = chunk.size if after is None else after
    stretch.end = at


def packed_length(file: IO[bytes], record: Record) -> int:
    """How many bytes of the file the record, or the gzip member that it lies in, takes up; 0 if that is damaged."""
    frame = record.frame
    if frame.member is None:
        return frame.head + frame.length
    member = Member(file, frame.member, Budget(frame.offset + frame.length))
    try:
        while member.move(_STEP):
            pass
    except Unreadable:
        return 0
    return member.end - frame.member
