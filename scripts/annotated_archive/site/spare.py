"""The folder of the site before, kept to become that of the next one: to link and unlink tens of thousands of files,
which hardly ever differ, takes longer than all else that a small change needs.

Of its files stay only those that are, as links to the same bytes, files of the present site too: nothing that is gone
from the site is kept. It may be deleted at any time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from annotated_archive.site.made import Known


def keep(old: Path, files: Mapping[str, Known], spare: Path) -> None:
    """Make the folder `old` the spare one of the site whose files are given. Where that cannot be, it stays behind."""
    with suppress(OSError):
        _prune(str(old), "", files, set())
        shutil.rmtree(spare, ignore_errors=True)
        spare.parent.mkdir(parents=True, exist_ok=True)
        old.rename(spare)


def take(spare: Path, known: Mapping[str, Known], site: Path) -> set[str]:
    """Move what is known from the spare folder to that of a site in the making. Returns the paths of what is there."""
    if spare.is_symlink() or not spare.is_dir():
        return set()
    there: set[str] = set()
    try:
        _prune(str(spare), "", known, there)
        _move(str(spare), str(site))
    except OSError:
        there = {path for path in there if os.path.lexists(site / path)}
    shutil.rmtree(spare, ignore_errors=True)
    return there


def _prune(folder: str, path: str, files: Mapping[str, Known], there: set[str]) -> bool:
    """Remove all but the files given from a folder, which lies at `path`, and folders left empty.

    The paths of what stays are added to what is `there`. Returns whether any stays.
    """
    before = len(there)
    with os.scandir(folder) as entries:
        for entry in entries:
            name = path + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not _prune(entry.path, f"{name}/", files, there):
                    os.rmdir(entry.path)
            elif (known := files.get(name)) is not None and known.signature[0] == entry.inode():
                there.add(name)
            else:
                os.unlink(entry.path)
    return len(there) > before


def _move(folder: str, to: str) -> None:
    """Move all that is in a folder to another, which may have folders of the same names; what it has already stays."""
    for name in os.listdir(folder):
        source, target = f"{folder}/{name}", f"{to}/{name}"
        if not os.path.lexists(target):
            os.rename(source, target)
        elif os.path.isdir(source) and not os.path.islink(source) and os.path.isdir(target):
            _move(source, target)
