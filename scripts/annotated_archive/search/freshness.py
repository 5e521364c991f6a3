"""Whether anything that a search finds has changed: told of an archive's files by their names, times and sizes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

_FOLDERS = ("archive/articles", "archive/annotations", "archive/authority", "archive/ledgers", "docs")
_FILES = ("archive/bibliography.yml", "archive/questions.yml", "mkdocs.yml")


def signature(root: Path) -> str:
    """A checksum over path, time of change (in ns) and size of every file of the archive that documents are made of.

    So a file that is changed by the same number of bytes and given its old time again counts as unchanged.
    """
    return _checksum([
        *(line for folder in _FOLDERS for line in _below(root / folder, folder)),
        *(_line(name, os.stat(root / name)) for name in _FILES if (root / name).exists()),
    ])  # fmt: skip


def _checksum(lines: list[str]) -> str:
    return hashlib.blake2b("\n".join(sorted(lines)).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _below(folder: Path | str, name: str) -> Iterator[str]:
    """Every file below `folder`, called `name` here; links are not followed. A folder that is not there is empty."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            inside = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, inside)
            else:
                yield _line(inside, entry.stat(follow_symlinks=False))


def _line(name: str, found: os.stat_result) -> str:
    return f"{name}\0{found.st_mtime_ns}\0{found.st_size}"
