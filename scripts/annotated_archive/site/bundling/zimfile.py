"""Finishes a ZIM file as libzim wrote it: random numbers become its own checksum, and old readers get their title list.

The format: https://wiki.openzim.org/wiki/ZIM_file_format. libzim gives each file, and each of the two Xapian databases
in it, a random identifier; and since version 9.3 it leaves out the list of all titles, without which the `zimcheck` of
Debian and Ubuntu calls a file invalid.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from annotated_archive.site.bundling.zipped import CHUNK

MAGIC = 0x044D495A
_HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
_UUID_AT = 8
_TITLES_AT = 40
_CHECKSUM_AT = 72
_MD5 = 16
_REDIRECT = 0xFFFF
_LINKS = (_REDIRECT, 0xFFFE, 0xFFFD)
"""Kinds of entries that hold no data: redirects, and two that are no longer in use."""
_XAPIAN = (b"X/fulltext/xapian", b"X/title/xapian")
_GLASS = b"\x0f\rXapian Glass"
"""How a Xapian database in one file begins; two bytes of its version and 16 of its identifier follow."""
_EXTENDED = 0x10


class _Entry(NamedTuple):
    path: bytes
    title: bytes
    cluster: int
    blob: int


def finish(path: Path) -> None:
    """Make the bytes of the ZIM file `path` depend on its content alone. Raises ValueError if it is of another form."""
    with path.open("r+b") as file:
        with mmap.mmap(file.fileno(), 0) as data:
            magic, _, _, _, count, _, paths, titles, clusters, _, _, _, end = _HEADER.unpack_from(data)
            if magic != MAGIC or len(data) != end + _MD5:
                raise ValueError(f"{path} is not a ZIM file that ends in its checksum")
            entries = list(_entries(data, count, paths))
            for entry in entries:
                if entry.path in _XAPIAN:
                    _settle(data, _blob(data, clusters, entry))
            data[_UUID_AT : _UUID_AT + 16] = bytes(16)
            if titles == 0xFFFFFFFFFFFFFFFF:
                order = sorted(range(count), key=lambda number: (entries[number].title, number))
                data[_TITLES_AT : _TITLES_AT + 8] = struct.pack("<Q", end)
                data[_CHECKSUM_AT : _CHECKSUM_AT + 8] = struct.pack("<Q", end + 4 * count)
                listed = struct.pack(f"<{count}I", *order)
            else:
                listed = b""
        file.seek(end)
        file.truncate()
        file.write(listed)
        identity = UUID(bytes=_hash(file, "sha256")[:16], version=5)
        file.seek(_UUID_AT)
        file.write(identity.bytes)
        checksum = _hash(file, "md5")
        file.seek(0, os.SEEK_END)
        file.write(checksum)


def _entries(data: mmap.mmap, count: int, paths: int) -> Iterator[_Entry]:
    """All entries in the order of their paths, which begin with the namespace. A title not written is the path."""
    for at in struct.unpack_from(f"<{count}Q", data, paths):
        kind, _, space, _, cluster = struct.unpack_from("<HBcII", data, at)
        start = at + (12 if kind in _LINKS else 16)
        middle = data.find(b"\0", start)
        name, title = data[start:middle], data[middle + 1 : data.find(b"\0", middle + 1)]
        blob = 0 if kind in _LINKS else struct.unpack_from("<I", data, at + 12)[0]
        yield _Entry(space + b"/" + name, space + b"/" + (title or name), cluster, blob)


def _blob(data: mmap.mmap, clusters: int, entry: _Entry) -> int:
    """Where the data of an entry begins that lies in an uncompressed cluster."""
    (cluster,) = struct.unpack_from("<Q", data, clusters + 8 * entry.cluster)
    if data[cluster] & 0x0F > 1:
        raise ValueError("a Xapian database that is compressed")
    form, size = ("<Q", 8) if data[cluster] & _EXTENDED else ("<I", 4)
    (start,) = struct.unpack_from(form, data, cluster + 1 + size * entry.blob)
    return int(cluster + 1 + start)


def _settle(data: mmap.mmap, at: int) -> None:
    """Take the random identifier of a Xapian database away. Nothing else in it refers to it."""
    if data[at : at + len(_GLASS)] != _GLASS:
        raise ValueError("a Xapian database of another form")
    start = at + len(_GLASS) + 2
    data[start : start + 16] = bytes(16)


def _hash(file: BinaryIO, algorithm: str) -> bytes:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.digest()
