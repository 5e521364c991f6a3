"""One build at a time: whoever comes second waits until the first has ended, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from annotated_archive.store import private as kept

WAITING = "Another build of this site is running; waiting for it to end."


@contextmanager
def only_one(root: Path, out: Path, private: bool) -> Iterator[None]:
    """Hold the lock of the site in `out` until the block ends, waiting for it first.

    The system lets go of it when the process has ended, and those that it forked: a build that was killed leaves no
    lock. Where no lock can be had, as in a folder that cannot be written, there is none.
    """
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    folder = root / (kept.BUILD if private else "build")
    name = blake2b(os.path.relpath(out, root).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    handle: int | None = None
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / f".building-{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(WAITING, file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)
