"""Looks at files again and again, and tells when one was changed, added or taken away."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

POLL = 0.2  # seconds from one look at the files to the next, or as long as a look takes
REST = 0.4  # seconds that are left to what an edit asks for first
Seen = dict[str, tuple[int, int]]
"""Path of a file → its time of change in nanoseconds, and its size in bytes."""
_EDIT = SimpleNamespace(is_directory=False)


class Handler(Protocol):
    """What wants to be told."""

    def on_any_event(self, event: Any) -> object:
        """Take note of an edit."""


class Observer(threading.Thread):
    """In place of the observer that MkDocs' server brings, which takes several times as long for each look.

    `tops` are the files and folders to be watched. An edit is told as soon as it is met, not when all is looked at; so
    is what is not as it was `before`, when what is shown was made (None: what is met first is no edit).
    """

    def __init__(self, tops: Iterable[Path], before: Seen | None = None) -> None:
        super().__init__(daemon=True)
        self._tops = tuple(tops)
        self._before = before
        self._folders: dict[str, Seen] = {}
        files = {*map(str, self._tops)}
        for path, signs in (before or {}).items():
            self._folders.setdefault(path if path in files else os.path.dirname(path), {})[path] = signs
        self._handlers: list[Handler] = []
        self._ended = threading.Event()

    def schedule(self, handler: Handler, path: str, recursive: bool = True) -> None:
        """Have `handler` told of edits. What is watched was said before."""
        self._handlers.append(handler)

    def seen(self) -> Seen:
        """All files as they were when they were last looked at, once something was told."""
        return {path: signs for files in list(self._folders.values()) for path, signs in files.items()}

    def run(self) -> None:
        """Look until `stop`."""
        took = self._look(None if self._before is None else self._tell)
        while not self._ended.wait(max(POLL, took)):
            took = self._look(self._tell)

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()

    def _look(self, tell: Callable[[], None] | None = None) -> float:
        """Look at everything once. Returns how many seconds it took.

        When the first edit was told, nothing is looked at for a moment: whoever was told has work to do.
        """
        start, rested = time.monotonic(), 0.0
        there: set[str] = set()
        for top in self._tops:
            for folder, files in _folders(str(top)):
                there.add(folder)
                if self._folders.get(folder) != files:
                    self._folders[folder] = files
                    if tell:
                        tell()
                        self._ended.wait(REST - rested)
                        rested = REST
        for folder in self._folders.keys() - there:
            del self._folders[folder]
            if tell:
                tell()
        return time.monotonic() - start - rested

    def _tell(self) -> None:
        for handler in self._handlers:
            handler.on_any_event(_EDIT)


def seen(tops: Iterable[Path]) -> Seen:
    """These files, and all files below these folders, as they are now; links to folders are not followed."""
    return {path: signs for top in tops for _, files in _folders(str(top)) for path, signs in files.items()}


def _folders(top: str) -> Iterator[tuple[str, Seen]]:
    """Each folder that has files, with these; a file as if it were one."""
    waiting = [top]
    while waiting:
        folder, found = waiting.pop(), Seen()
        try:
            entries = os.scandir(folder)
        except NotADirectoryError:
            status = os.stat(folder)
            found[folder] = status.st_mtime_ns, status.st_size
        except FileNotFoundError:
            continue
        else:
            with entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file():
                        with suppress(FileNotFoundError):  # it was taken away since
                            status = entry.stat()
                            found[entry.path] = status.st_mtime_ns, status.st_size
        if found:
            yield folder, found
