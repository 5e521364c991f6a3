"""The records of a WARC file: where each begins and ends, without trusting what it says of its own length.

warcio's own iterator holds whatever a line or a packed chunk unpacks to in memory, stops at the first damaged record
and takes a wrong length at its word; so only its parser of headers is used here, on bytes that are bounded before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from annotated_archive.ingest.containers import limits
from annotated_archive.ingest.containers.members import GZIP, Budget, Member, Plain, Reader, Torn, find, next_member
from annotated_archive.ingest.containers.telling import Unreadable, damaged, quoted

_MARK = b"\nWARC/1."
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class Frame:
    """One record: its headers (names in lower case), where its content lies, and how that begins.

    `member` is the byte of the file at which its gzip member begins, None in a file that is not packed; `offset` and
    `length` count in what is unpacked from there. `head` is the length of the headers, which stand before the content.
    """

    headers: dict[str, str]
    member: int | None
    offset: int
    length: int
    start: bytes = field(repr=False)
    head: int = 0


def headers(head: bytes, statuses: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """What follows the protocol on the first line of a head, and its headers; of one that stands twice, the first.

    Raises Unreadable where the head does not begin with one of `statuses`.
    """
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    try:
        parsed = StatusAndHeadersParser(list(statuses)).parse(BytesIO(head))
    except (StatusAndHeadersParserException, EOFError):
        raise damaged(f"{quoted(head[:60].decode('latin-1'))} is not the beginning of a record") from None
    return parsed.statusline, {name.lower(): value[: limits.HEADER].strip() for name, value in reversed(parsed.headers)}


def frames(file: IO[bytes], budget: Budget) -> Iterator[Frame | Unreadable]:
    """Every record of a WARC file in order, and in place of what is damaged, what is wrong there.

    After a damaged place the next record is looked for. Raises Unreadable where the rest is not read.
    """
    faults = 0
    for found in _packed(file, budget) if _is_packed(file) else records_in(Plain(file), None):
        yield found
        faults += isinstance(found, Unreadable)
        if faults >= limits.FAULTS:
            raise damaged(f"damaged in {faults} places; the rest was not read")


def _is_packed(file: IO[bytes]) -> bool:
    file.seek(0)
    return file.read(2) == GZIP[:2]


def _packed(file: IO[bytes], budget: Budget) -> Iterator[Frame | Unreadable]:
    size = file.seek(0, 2)
    start: int | None = 0
    while start is not None and start < size:
        member = Member(file, start, budget)
        try:
            yield from records_in(member, start)
            start = member.end
            continue
        except Unreadable as unreadable:
            if unreadable.rule == "INGEST-UNSAFE":
                raise
            yield unreadable
        start = next_member(file, start, budget)


def records_in(reader: Reader, member: int | None) -> Iterator[Frame | Unreadable]:
    """The records in what a reader gives, to its end. Raises Torn where it can be unpacked no further."""
    where = "" if member is None else f" of the gzip data at byte {member:,}"
    while True:
        while ahead := reader.peek(64):
            blank = len(ahead) - len(ahead.lstrip(b"\r\n"))
            reader.move(blank)
            if blank < len(ahead):
                break
        if not ahead:
            return
        at = reader.offset
        try:
            frame = _frame(reader, member)
        except Unreadable as unreadable:
            if isinstance(unreadable, Torn) or unreadable.rule == "INGEST-UNSAFE":
                raise
            yield damaged(f"the record at byte {at:,}{where} cannot be read: {unreadable.message}")
            reader.seek(at + 1)
            if not find(reader, _MARK):
                return
            continue
        yield frame


def _frame(reader: Reader, member: int | None) -> Frame:
    """The record at which a reader stands, and the reader after it."""
    head = reader.peek(limits.HEAD_BYTES)
    end = _HEAD_END.search(head)
    if not end or not head.startswith(b"WARC/"):
        raise damaged("no head of a record stands there")
    _, fields = headers(head[: end.end()], ("WARC/",))
    said = fields.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,15}", said):
        raise damaged(f"its length is {quoted(said)}")
    length = int(said)
    reader.move(end.end())
    offset = reader.offset
    start = reader.peek(min(length, limits.HEAD_BYTES))
    if not reader.move(length):
        raise damaged(f"it says that it has {length:,} bytes, and there are {reader.offset - offset:,}")
    after = reader.peek(64).lstrip(b"\r\n")
    if not after.startswith(b"WARC/"[: len(after)]):
        raise damaged(f"after the {length:,} bytes that it says it has, no record follows")
    return Frame(fields, member, offset, length, start, end.end())


class Contents:
    """The contents of records, read in the order of the file."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file, self._budget = file, budget
        self._reader: Reader = Plain(file)
        self._member: int | None = None

    def read(self, frame: Frame) -> bytes:
        """The content of a record, whose length the caller has looked at."""
        if frame.member != self._member and frame.member is not None:
            self._reader, self._member = Member(self._file, frame.member, self._budget), frame.member
        self._reader.seek(frame.offset)
        return self._reader.peek(frame.length)
