"""Whether anything that a search finds has changed: told of an archive's files by their names, times and sizes."""

from __future__ import annotations

import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FOLDERS = ("archive/articles", "archive/annotations", "archive/authority", "archive/ledgers", "docs")
_FILES = ("archive/bibliography.yml", "archive/questions.yml", "mkdocs.yml")
_PROGRAM = Path(__file__).parent.parent


def signature(root: Path) -> str:
    """A checksum over path, time of change (in ns) and size of every file of the archive that documents are made of.

    So a file that is changed by the same number of bytes and given its old time again counts as unchanged.
    """
    return _checksum([
        *(line for folder in _FOLDERS for line in _below(root / folder, folder)),
        *(_line(name, os.stat(root / name)) for name in _FILES if (root / name).exists()),
    ])  # fmt: skip


@cache
def program() -> str:
    """A checksum over what the modules of this program hold, whenever they were written, and its Python.

    Another version makes other documents of the same files. `store.version` says the same of what builds a site; to
    import that takes longer than a search does.
    """
    made = hashlib.blake2b(f"{sys.version.split()[0]}\n{unicodedata.unidata_version}\n".encode(), digest_size=16)
    for path in sorted(_PROGRAM.rglob("*.py")):
        data = path.read_bytes()
        made.update(f"{path.relative_to(_PROGRAM).as_posix()}\n{len(data)}\n".encode() + data)
    return made.hexdigest()


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
