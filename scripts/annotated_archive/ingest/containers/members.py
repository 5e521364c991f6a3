"""The bytes of a file read forwards, packed with gzip or not, a little at a time and never more than a limit in all."""

from __future__ import annotations

import zlib
from typing import IO, Protocol

from annotated_archive.ingest.containers import limits
from annotated_archive.ingest.containers.telling import Unreadable, damaged, unsafe

_BLOCK = 65_536
_STEP = 262_144
_TRIALS = 1_000
GZIP = b"\x1f\x8b\x08"


class Torn(Unreadable):
    """Packed bytes that cannot be unpacked any further."""

    def __init__(self, message: str) -> None:
        broken = damaged(message)
        super().__init__(broken.rule, broken.message, broken.mend)


class Budget:
    """How much the packed parts of one file may still unpack to."""

    def __init__(self, size: int) -> None:
        self.left = self.all = limits.FREE_BYTES + limits.RATIO * size

    def take(self, number: int) -> None:
        """Count `number` bytes. Raises Unreadable (INGEST-UNSAFE) where they are too many."""
        self.left -= number
        if self.left < 0:
            raise unsafe(f"it unpacks to more than {self.all:,} bytes")


class Reader(Protocol):
    """Bytes that are read forwards; `offset` counts from their beginning."""

    offset: int

    def peek(self, number: int) -> bytes:
        """The next `number` bytes, or all that are left, without going on."""

    def move(self, number: int) -> bool:
        """Go on by `number` bytes; whether there were so many."""

    def seek(self, offset: int) -> None:
        """Go to a place that was reached before."""


class Plain:
    """A file that is not packed."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.offset = file, 0
        self.size = file.seek(0, 2)

    def peek(self, number: int) -> bytes:
        self.file.seek(self.offset)
        return self.file.read(number)

    def move(self, number: int) -> bool:
        there = self.offset + number <= self.size
        self.offset = min(self.offset + number, self.size)
        return there

    def seek(self, offset: int) -> None:
        self.offset = offset


class Member:
    """What one gzip member unpacks to: in a WARC file, each record is one."""

    def __init__(self, file: IO[bytes], start: int, budget: Budget) -> None:
        self.file, self.start, self.budget = file, start, budget
        self._begin()

    def _begin(self) -> None:
        self.offset = 0
        self._raw = self.start
        self._zip = zlib.decompressobj(31)
        self._ahead = bytearray()

    @property
    def end(self) -> int:
        """Where the next member begins in the file; once all of this one has been read."""
        return self._raw - len(self._zip.unused_data)

    def peek(self, number: int) -> bytes:
        """The next bytes. Raises Torn where the member is damaged or cut short."""
        while len(self._ahead) < number and not self._zip.eof:
            self._ahead += self._more()
        return bytes(self._ahead[:number])

    def _more(self) -> bytes:
        packed = self._zip.unconsumed_tail
        if not packed:
            self.file.seek(self._raw)
            packed = self.file.read(_BLOCK)
            self._raw += len(packed)
        try:
            got = self._zip.decompress(packed, _STEP)
        except zlib.error:
            raise Torn(f"the gzip data at byte {self.start:,} are damaged") from None
        if not packed and not got:
            raise Torn(f"the file ends within the gzip data that begin at byte {self.start:,}")
        self.budget.take(len(got))
        return got

    def move(self, number: int) -> bool:
        while number > len(self._ahead):
            number -= len(self._ahead)
            self.offset += len(self._ahead)
            self._ahead.clear()
            if self._zip.eof:
                return False
            self._ahead += self._more()
        del self._ahead[:number]
        self.offset += number
        return True

    def seek(self, offset: int) -> None:
        if offset < self.offset:
            self._begin()
        self.move(offset - self.offset)


def find(reader: Reader, mark: bytes) -> bool:
    """Go to the next place where `mark` stands; False, at the end, if there is none."""
    while True:
        ahead = reader.peek(_BLOCK)
        at = ahead.find(mark)
        if at >= 0:
            return reader.move(at)
        if len(ahead) < _BLOCK:
            reader.move(len(ahead))
            return False
        reader.move(len(ahead) - len(mark) + 1)


def next_member(file: IO[bytes], start: int, budget: Budget) -> int | None:
    """Where after `start` the next gzip member with a WARC record begins."""
    plain = Plain(file)
    plain.seek(start + 1)
    for _ in range(_TRIALS):
        if not find(plain, GZIP):
            return None
        try:
            if Member(file, plain.offset, budget).peek(5) == b"WARC/":
                return plain.offset
        except Unreadable as unreadable:
            if unreadable.rule == "INGEST-UNSAFE":
                raise
        plain.move(1)
    return None
