"""The folder of the originals, and its manifest: a capture is copied in once, byte for byte, under its own name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.store import write_if_changed

MANIFEST = "manifest-sha256.txt"
_CHUNK = 1 << 20


def checksum(path: Path) -> str:
    """The SHA-256 of a file, which is never held whole in memory. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Originals:
    """One folder of originals. `manifest` gives the checksum of each; `folder` is relative to the archive's."""

    def __init__(self, root: Path, folder: str, manifest: dict[str, str]) -> None:
        self.root = root
        self.folder = folder
        self.manifest = dict(manifest)
        self._names = {digest: name for name, digest in sorted(manifest.items(), reverse=True)}
        there = (path.name for path in (root / folder).glob("*"))
        self._taken = {name.casefold() for name in (*manifest, *there, MANIFEST)}
        self._sound: set[str] = set()

    def name(self, wanted: str, sha256: str) -> str:
        """The name of the capture with this checksum: the one it has, or `wanted` if no other original has that."""
        if sha256 in self._names:
            return self._names[sha256]
        if wanted.casefold() not in self._taken or self._left_by_a_broken_run(wanted, sha256):
            return wanted
        return f"{sha256[:16]}-{wanted}"

    def _left_by_a_broken_run(self, name: str, sha256: str) -> bool:
        path = self.root / self.folder / name
        return name not in self.manifest and path.is_file() and checksum(path) == sha256

    def put(self, source: Path, name: str, sha256: str) -> None:
        """Copy a capture in, then list it. Raises ContentError (INGEST-CHANGED) if it is no longer what was read."""
        path = self.root / self.folder / name
        if name in self._sound:
            return
        if not path.is_file() or checksum(path) != sha256:
            _copy(source, path, sha256)
        self.manifest[name] = sha256
        self._names[sha256] = name
        self._taken.add(name.casefold())
        self._sound.add(name)
        lines = "".join(f"{digest}  {one}\n" for one, digest in sorted(self.manifest.items()))
        write_if_changed(self.root / self.folder / MANIFEST, lines.encode())


def _copy(source: Path, target: Path, sha256: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as out, source.open("rb") as data:
            while chunk := data.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != sha256:
            name = one_line(source, 4096)[1:-1]
            message = "the file changed while it was read"
            raise ContentError(Diagnostic(name, 1, 1, "INGEST-CHANGED", message, "Take it in again."))
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
