"""A BagIt bag (version 1.0, RFC 8493): files in a folder with the checksums of all of them, for others to keep."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can state; every file in ours has it, since a clock is not part of the record."""
_MODE = (stat.S_IFREG | 0o644) << 16
_UNIX = 3
_UNSAFE = re.compile("[%\r\n]")


@contextmanager
def unbroken(to: Path) -> Iterator[Path]:
    """Gives a folder to write in place of `to`, which must not hold anything, and moves it there when all is done.

    What lies beside it under the name of `to` with a suffix is moved with it: `to.zip`. If the block ends with an
    error, or is broken off, `to` is as it was. Raises FileExistsError.
    """
    to = to.resolve()
    if to.exists() and any(to.iterdir()):
        raise FileExistsError(17, "not empty; a bag holds nothing but what its lists name", str(to))
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bagging-", dir=to.parent) as work:
        made = Path(work) / to.name
        yield made
        if to.exists():
            to.rmdir()
        made.rename(to)
        for beside in Path(work).iterdir():
            os.replace(beside, to.with_name(beside.name))


class Bag:
    """A bag being written into the folder `to`, given by `unbroken`; files go in as they come.

    The same files and the same `info` give the same bytes. What holds them together is written by `close`.
    """

    def __init__(self, to: Path) -> None:
        self.to = to
        self.sums: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def add(self, name: str, source: Path | bytes) -> None:
        """Add a file to the payload, under its path in `data/`. Raises OSError."""
        path = f"data/{name}"
        target = self.to / path
        target.parent.mkdir(parents=True, exist_ok=True)
        opened = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        with opened as stream, target.open("wb") as file:
            self.sums[path], self.sizes[path] = _copy(stream, file)

    def close(self, info: Mapping[str, str]) -> None:
        """Write the tag files: what the bag is, `info` about it, and the checksums of payload and tag files."""
        told = {**info, "Payload-Oxum": f"{sum(self.sizes.values())}.{len(self.sizes)}"}
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(f"{label}: {' '.join(value.split())}\n" for label, value in told.items()),
            "manifest-sha256.txt": _lines(self.sums),
        }
        sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
        for name, text in (*tags.items(), ("tagmanifest-sha256.txt", _lines(sums))):
            (self.to / name).write_bytes(text.encode())


def zipped(folder: Path, to: Path) -> None:
    """Write a folder as one ZIP file that holds it under its name; the same files give the same bytes."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", OLDEST)
            entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _MODE, zipfile.ZIP_DEFLATED
            entry.file_size = path.stat().st_size
            with path.open("rb") as stream, file.open(entry, "w") as target:
                while piece := stream.read(CHUNK):
                    target.write(piece)


def _copy(source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    """Copy a piece at a time. Returns the SHA-256 and the number of bytes."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        digest.update(piece)
        target.write(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _lines(sums: Mapping[str, str]) -> str:
    """A manifest. In its paths, line ends and the percent sign are written as `%0A`, `%0D` and `%25`."""
    return "".join(f"{digest}  {_UNSAFE.sub(_escaped, path)}\n" for path, digest in sorted(sums.items()))


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):02X}"
