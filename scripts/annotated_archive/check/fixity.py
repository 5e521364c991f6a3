"""Whether files are the bytes that a list of checksums names: which changed, vanished, or appeared beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

MANIFEST = "manifest-sha256.txt"
CHUNK = 1 << 20
"""Bytes read at a time: a capture may be larger than the memory."""


@dataclass(frozen=True)
class Difference:
    """One file that is not as the list says. `found` is its checksum where it changed, or why it cannot be read."""

    kind: Literal["changed", "vanished", "appeared", "unreadable"]
    name: str
    found: str = ""


def differences(
    folder: Path, sums: Mapping[str, str], progress: Callable[[int], object] = lambda _: None
) -> Iterator[Difference]:
    """Compare the files in `folder` with `sums` (path in the folder → SHA-256), in the order of the list.

    `progress` is called with the number of bytes after each piece that was read.
    """
    for name, recorded in sums.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            yield Difference("vanished", name)
            continue
        try:
            found = sha256(path, progress)
        except OSError as error:
            yield Difference("unreadable", name, str(error.strerror or error).lower())
        else:
            if found != recorded:
                yield Difference("changed", name, found)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST and name not in sums and (path.is_symlink() or not path.is_dir()):
            yield Difference("appeared", name)


def sha256(path: Path, progress: Callable[[int], object] = lambda _: None) -> str:
    """The SHA-256 of a file, read a piece at a time. Raises OSError."""
    with path.open("rb") as stream:
        return sha256_of(stream, progress)


def sha256_of(stream: BinaryIO, progress: Callable[[int], object] = lambda _: None) -> str:
    """The SHA-256 of what is left of a stream."""
    digest = hashlib.sha256()
    while piece := stream.read(CHUNK):
        digest.update(piece)
        progress(len(piece))
    return digest.hexdigest()
