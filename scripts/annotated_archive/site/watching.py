"""Looks at files again and again, and tells when one was changed, added or taken away."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

POLL = 0.2  # seconds from one look at the files to the next, or as long as a look takes
Seen = dict[str, tuple[int, int]]
"""Path of a file → its time of change in nanoseconds, and its size in bytes."""
_EDIT = SimpleNamespace(is_directory=False)


class Handler(Protocol):
    """What wants to be told."""

    def on_any_event(self, event: Any) -> object:
        """Take note of an edit."""


class Observer(threading.Thread):
    """In place of the observer that MkDocs' server brings, which takes several times as long for each look.

    `look` gives all that is watched, and `tell` is given each new state before the server hears that there is one.
    """

    def __init__(self, look: Callable[[], object], tell: Callable[[Any], None]) -> None:
        super().__init__(daemon=True)
        self._look, self._tell = look, tell
        self._handlers: list[Handler] = []
        self._ended = threading.Event()

    def schedule(self, handler: Handler, path: str, recursive: bool = True) -> None:
        """Have `handler` told of edits. What is watched, and where, is for `look` to say."""
        self._handlers.append(handler)

    def run(self) -> None:
        """Look until `stop`."""
        before, took = self._look(), 0.0
        while not self._ended.wait(max(POLL, took)):
            start = time.monotonic()
            now = self._look()
            took = time.monotonic() - start
            if now != before:
                self._tell(now)
                for handler in self._handlers:
                    handler.on_any_event(_EDIT)
            before = now

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()


def seen(path: Path | str) -> Seen:
    """A file, or every file below a folder, as it is now; links to folders are not followed."""
    found: Seen = {}
    _walk(path, found)
    if not found:
        with suppress(OSError):
            status = os.stat(path)
            if not os.path.isdir(path):
                found[str(path)] = status.st_mtime_ns, status.st_size
    return found


def _walk(folder: Path | str, found: Seen) -> None:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _walk(entry.path, found)
            elif entry.is_file():
                with suppress(FileNotFoundError):  # it was taken away since
                    status = entry.stat()
                    found[entry.path] = status.st_mtime_ns, status.st_size
