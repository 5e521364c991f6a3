"""Zip archives read without being unpacked to the disk, and without trusting what they say of themselves."""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from annotated_archive.ingest.containers import limits
from annotated_archive.ingest.containers.members import Budget
from annotated_archive.ingest.containers.telling import damaged, quoted, unsafe

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_BLOCK = 262_144
_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\")
FAILURES = (
    *(BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, struct.error, ValueError, OverflowError),
    OSError,  # a place before the beginning of the file
)


def opened(file: IO[bytes]) -> ZipFile:
    """The archive, once its list of files has been looked at. Raises Unreadable."""
    number, size = _announced(file)
    if number > limits.ENTRIES or size > limits.DIRECTORY_BYTES:
        raise unsafe(f"it holds {number:,} files; at most {limits.ENTRIES:,} are read")
    try:
        archive = ZipFile(file)
    except FAILURES as error:
        raise damaged(f"its list of files cannot be read: {quoted(error)}") from None
    infos = archive.infolist()
    names = [info.orig_filename for info in infos]
    if len(names) > limits.ENTRIES:
        raise unsafe(f"it holds {len(names):,} files; at most {limits.ENTRIES:,} are read")
    if outside := [name for name in names if _OUTSIDE.search(name) or "\x00" in name]:
        raise unsafe(f"{len(outside)} of its files have names that lead out of it: {quoted(outside[0])}")
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise unsafe(f"it holds {quoted(name)} twice, and which is meant cannot be told")
        seen.add(name.casefold())
    size = file.seek(0, os.SEEK_END)
    if sum(info.file_size for info in infos) > Budget(size).all:
        raise unsafe(f"its {size:,} bytes say that they unpack to {sum(info.file_size for info in infos):,}")
    return archive


def _announced(file: IO[bytes]) -> tuple[int, int]:
    """How many files the archive says it holds, and the bytes of their list: before the list is read."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise damaged("it has no list of files at its end")
    number, length = struct.unpack_from("<HL", tail, at + 10)
    at64 = tail.rfind(_END64)
    if at64 >= 0 and len(tail) - at64 >= 48:
        number64, length64 = struct.unpack_from("<QQ", tail, at64 + 32)
        number, length = max(number, number64), max(0 if length == 0xFFFFFFFF else length, length64)
    return number, length


def blocks(archive: ZipFile, info: ZipInfo, budget: Budget) -> Iterator[bytes]:
    """What a file in the archive unpacks to, a little at a time. Raises Unreadable."""
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & 1:
        raise damaged(f"{quoted(info.filename)} is encrypted, or packed in a way that is not usual")
    try:
        with archive.open(info) as entry:
            while block := entry.read(_BLOCK):
                budget.take(len(block))
                yield block
    except FAILURES as error:
        raise damaged(f"{quoted(info.filename)} cannot be unpacked: {quoted(error)}") from None


def whole(archive: ZipFile, info: ZipInfo, limit: int) -> bytes:
    """A small file in the archive. Raises Unreadable where it is larger than `limit` bytes, or damaged."""
    if info.file_size > limit:
        raise unsafe(f"{quoted(info.filename)} has {info.file_size:,} bytes; at most {limit:,} are read")
    return b"".join(blocks(archive, info, Budget(0)))
