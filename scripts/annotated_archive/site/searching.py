"""The search's files, made in a process of its own while the pages are rendered in others."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from annotated_archive.records.collecting import collected_from_now
from annotated_archive.search.documents import jobs
from annotated_archive.search.gathered import Since
from annotated_archive.search.naming import forms, named
from annotated_archive.search.pagefind import SearchError
from annotated_archive.search.write import Prepared, follow
from annotated_archive.site import lasting
from annotated_archive.site.content import Content
from annotated_archive.site.said_words import PageWords
from annotated_archive.store.version import program

FOLDER = "assets/search"
"""Where a site keeps its search."""
CACHE = "search"
"""Where an archive keeps what it has indexed between builds, in its folder for such things."""
_PACKAGES = ("ahocorasick-rs", "anyascii", "edtf", "markdown", "markupsafe", "nh3")
"""What makes the words of documents beside this program."""
_ENDED = "the search index was not made: its process was ended, perhaps for want of memory"
_WATCH = 0.2  # seconds between two looks whether the build is still there


class Searching:
    """The search of `content` in the making, below the folder `site`.

    `by_hand` says which pages written by hand are on the site, and where (see `published.by_hand`). Where this process
    has other threads, or the system no `fork`, the search is made by `finish`, when the pages are: a thread (of
    `archive serve`, of a library) may hold a lock when its process is forked, which nobody then gives back in the new
    one, and on some systems a process forked from threads does not even run.
    """

    def __init__(self, content: Content, by_hand: Mapping[str, str], site: Path) -> None:
        self._child = 0
        self._said = -1
        self._later: Callable[[], None] | None = None
        work = partial(_make, content, by_hand, site)
        if hasattr(os, "fork") and threading.active_count() == 1:
            self._fork(work)
        else:
            self._later = work

    def _fork(self, work: Callable[[], None]) -> None:
        self._said, said = os.pipe()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # else both processes would write what waits there
        parent = os.getpid()
        self._child = os.fork()
        if not self._child:
            try:
                os.close(self._said)
                collected_from_now()
                os.setpgid(0, 0)  # with what it starts, a group that can be ended as a whole
                threading.Thread(target=_watch, args=(parent,), daemon=True).start()
                os.write(said, _done(work))
            finally:
                os._exit(0)  # without what the other process has to clear away
        os.close(said)

    def finish(self) -> None:
        """Wait until all is written. Raises SearchError."""
        if self._later:
            self._later()
        if not self._child:
            return
        with open(self._said, "rb") as stream:
            said = stream.read().decode("utf-8", "surrogateescape")
        self._end()
        if said != "done":
            raise SearchError(said or _ENDED)

    def abandon(self) -> None:
        """End it; nothing is written any more when this returns. After `finish` there is nothing to end."""
        if self._child:
            os.close(self._said)
            self._end()

    def _end(self) -> None:
        """End the process, if it has not ended, and what it started."""
        for group in (self._child, -self._child):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(group, signal.SIGKILL) if group > 0 else os.killpg(-group, signal.SIGKILL)
        os.waitpid(self._child, 0)
        self._child = 0


def _done(work: Callable[[], None]) -> bytes:
    """What came of the work: `done`, or what a terminal says of it."""
    try:
        work()
    except SearchError as error:
        return str(error).encode("utf-8", "surrogateescape")
    except BaseException as error:  # whatever it is, the other process must know
        return f"the search index could not be made: {type(error).__name__}: {error}".encode("utf-8", "replace")
    return b"done"


def _watch(parent: int) -> None:
    """End this process and what it started as soon as the build is gone, however that ended."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os.killpg(0, signal.SIGKILL)


def _make(content: Content, by_hand: Mapping[str, str], site: Path) -> None:
    archive = content.graph.archive
    made_by = "\n".join([program(), repr(content.settings), *(f"{name} {version(name)}" for name in _PACKAGES)])
    state = repr((made_by, archive.private, sorted(by_hand.items()), sorted(archive.digests.items())))

    def prepare() -> Prepared:
        return jobs(content.traced, PageWords(content, by_hand)), forms(content.graph), named(content.graph)

    bases = content.bases
    names = "\n".join((made_by, bases[lasting.REST], bases[lasting.AUTHORITY]))
    since = Since(bases, partial(lasting.lasting, content), names)
    follow(prepare, content.traced, made_by, state, site / FOLDER, archive.build / CACHE, since)
