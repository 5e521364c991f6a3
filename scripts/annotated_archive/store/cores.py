"""Work on all cores of a machine: pure functions in processes that are forked from this one."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Given = TypeVar("Given")
Made = TypeVar("Made")

_MOST = [sys.maxsize]


def cores() -> int:
    """How many processes may work at a time: the cores that this one may use; 1 where processes cannot be forked."""
    if not sys.platform.startswith("linux"):
        return 1
    return min(len(os.sched_getaffinity(0)), *_MOST)


@contextmanager
def at_most(processes: int | None) -> Iterator[None]:
    """Until the block ends, no more than so many processes work at a time (None: as many as otherwise)."""
    _MOST.append(processes or sys.maxsize)
    try:
        yield
    finally:
        _MOST.pop()


def spread(make: Callable[[Given], Made], items: Sequence[Given], chunk: int = 64) -> Iterator[Made]:
    """`make(item)` for each item, in their order, `chunk` of them at a time in a process of its own.

    `make` is a function of a module (or partial of one), what it returns can be pickled, and it must not count on
    changing anything here. Where there is only one core, less work than two chunks, or a thread beside this one,
    everything is made right here.
    """
    workers = min(cores(), len(items) // chunk)
    # Another thread may hold a lock that nobody would ever give back in a forked process.
    if workers < 2 or multiprocessing.current_process().daemon or threading.active_count() > 1:
        yield from map(make, items)
        return
    with pooled(workers) as pool:
        yield from pool.map(make, items, chunksize=chunk)


@contextmanager
def pooled(
    workers: int, start: str = "fork", prepare: Callable[..., object] | None = None, given: tuple[Any, ...] = ()
) -> Iterator[ProcessPoolExecutor]:
    """So many processes, each prepared by `prepare(*given)`, that are ended with the block whatever they do then.

    One that was killed while it waited for work leaves those beside it waiting for ever, and a pool that is shut down
    in kind waits for these. Whoever begins another pool in the block, in another thread, loses it.
    """
    from concurrent.futures import ProcessPoolExecutor  # not needed, and not loaded, for little work

    others = {child.pid for child in multiprocessing.active_children()}
    # A pool of `multiprocessing` waits for ever for a worker that was killed; this one raises BrokenProcessPool.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context(start), prepare, given)
    try:
        yield pool
    finally:
        for child in multiprocessing.active_children():
            if child.pid not in others:
                child.kill()
        pool.shutdown(wait=True, cancel_futures=True)
