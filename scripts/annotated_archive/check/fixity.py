"""Whether files are the bytes that a list of checksums names: which changed, vanished, or appeared beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterator, Mapping
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
    yield from changed(folder, sums, progress)
    yield from (Difference("appeared", name) for name in appeared(folder, sums))


def changed(
    folder: Path, sums: Mapping[str, str], progress: Callable[[int], object] = lambda _: None
) -> Iterator[Difference]:
    """The files of the list that are not as it says, in its order."""
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


def appeared(folder: Path, sums: Container[str]) -> list[str]:
    """What lies in `folder` and is not in the list, by path: files, and links to whatever."""
    found: list[str] = []
    for top, folders, names in os.walk(folder):
        inside = os.path.relpath(top, folder)
        links = (name for name in folders if os.path.islink(os.path.join(top, name)))
        here = names if inside == "." else [f"{inside}/{name}".replace(os.sep, "/") for name in names]
        found += (name for name in here if name not in sums and name != MANIFEST)
        found += (name if inside == "." else f"{inside}/{name}".replace(os.sep, "/") for name in links)
    return sorted(found, key=lambda name: name.split("/"))


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
