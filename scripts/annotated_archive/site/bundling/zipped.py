"""A ZIP file of one folder, with the checksums of all that is in it: the same files give the same bytes."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

SUMS = "SHA256SUMS"
CHUNK = 1 << 20
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can state; every file in ours has it, since a clock is not part of the record."""
_UNIX = 3
_MODE = stat.S_IFREG | 0o644
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


class Zipped:
    """A ZIP file being written to `path`, all of it inside `folder`. Files go in as they come, a piece at a time.

    At the end of the `with` block, the checksums of all files are added, in the form that `sha256sum --check` reads.
    """

    def __init__(self, path: Path, folder: str) -> None:
        self.folder = folder
        self.sums: list[str] = []
        self._file = zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED)

    def add(self, name: str, source: Path | bytes) -> None:
        """Add a file under its path inside the folder. Raises OSError; ValueError for a name that is not Unicode."""
        try:
            name.encode()
        except UnicodeEncodeError:
            raise ValueError(f"the name {name!r} is not Unicode") from None
        if isinstance(source, bytes):
            digest = self._write(name, io.BytesIO(source), len(source))
        else:
            with source.open("rb") as stream:
                digest = self._write(name, stream, source.stat().st_size)
        self.sums.append(checksum_line(digest, name))

    def _write(self, name: str, stream: BinaryIO, size: int) -> str:
        info = zipfile.ZipInfo(f"{self.folder}/{name}", OLDEST)
        info.create_system, info.external_attr = _UNIX, _MODE << 16
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, size
        digest = hashlib.sha256()
        with self._file.open(info, "w") as target:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
        return digest.hexdigest()

    def __enter__(self) -> Zipped:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            sums = "".join(self.sums).encode()
            self._write(SUMS, io.BytesIO(sums), len(sums))
        self._file.close()


def checksum_line(digest: str, name: str) -> str:
    """A line as `sha256sum` writes it: a backslash before it says that some in the name are doubled."""
    escaped = "".join(_ESCAPES.get(character, character) for character in name)
    return f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n"
