"""Folders of finished files, each under a name that says what went into them: made once, kept while they are used."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

KEPT = 600
"""Seconds for which a folder is kept after its last use: another build may be at work on the same cache."""


class Cache:
    """A folder of folders, of which each is either whole or not there."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made where it is not."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.used: set[str] = set()

    def have(self, name: str, make: Callable[[Path], None]) -> Path:
        """The folder `name`, which `make` fills if there is none, beside its place: it is never there in part."""
        self.used.add(name)
        path = self.folder / name
        if path.is_dir():
            os.utime(path)
            return path
        with self.work() as work:
            new = Path(work) / name
            new.mkdir()
            make(new)
            try:
                new.rename(path)
            except OSError:
                if not path.is_dir():  # else another build was quicker
                    raise
        return path

    def work(self) -> tempfile.TemporaryDirectory[str]:
        """A folder for what is in the making, on the same file system."""
        return tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder)

    def drop_unused(self) -> None:
        """Remove every folder that nobody asked for lately, and what a build that was killed left."""
        for path in self.folder.iterdir():
            if path.name not in self.used and path.stat().st_mtime < time.time() - KEPT:
                shutil.rmtree(path)
