"""Does many small jobs in several processes, forked from this one so that they share all that it has read."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import TypeVar

from annotated_archive.records.collecting import collected_from_now
from annotated_archive.site.content import Stopped
from annotated_archive.site.renderer import SiteError

Job = TypeVar("Job")
Result = TypeVar("Result")

CHUNK = 16
"""How many jobs a process is given at a time: few, so that all are busy to the end."""
FEW = 3 * CHUNK
"""So many jobs are done by this process before another would be ready."""


def each(
    jobs: Sequence[Job], do: Callable[[Job], Result], processes: int, stop: Callable[[], bool] = bool
) -> Iterator[Result]:
    """What `do` gives for each job, in any order, made in up to so many processes.

    Raises Stopped once `stop()` is true; what `do` raises; and SiteError where a process ended before its time, such as
    one that the system killed for want of memory. Where processes cannot be forked safely, this one does it all.
    """
    processes = min(processes, -(-len(jobs) // FEW))
    if processes > 1 and sys.platform == "linux" and threading.active_count() == 1:
        yield from _in_processes(jobs, do, processes, stop)
        return
    for job in jobs:
        if stop():
            raise Stopped
        yield do(job)


def _in_processes(
    jobs: Sequence[Job], do: Callable[[Job], Result], processes: int, stop: Callable[[], bool]
) -> Iterator[Result]:
    with _workers(jobs, do, processes) as workers:
        starts = iter(range(0, len(jobs), CHUNK))
        busy = {connection for connection in workers if _send(connection, next(starts, None))}
        while busy:
            if stop():
                raise Stopped
            for ready in wait(busy, timeout=0.5):
                assert isinstance(ready, Connection)
                try:
                    results, error = ready.recv()
                except (EOFError, OSError):
                    raise SiteError(_ended(workers[ready])) from None
                if error is not None:
                    raise error
                if not _send(ready, next(starts, None)):
                    busy.discard(ready)
                yield from results


def _send(connection: Connection, start: int | None) -> bool:
    """Give a process its next chunk; None: there is none. Returns whether there was one."""
    try:
        connection.send(start)
    except OSError:  # it has ended: `recv` will tell
        return True
    return start is not None


@contextmanager
def _workers(
    jobs: Sequence[Job], do: Callable[[Job], Result], processes: int
) -> Iterator[dict[Connection, ForkProcess]]:
    """Processes that do chunks of the jobs, by the connections to them. They end with the block, or with this process.
    """
    context = multiprocessing.get_context("fork")
    workers: dict[Connection, ForkProcess] = {}
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        for _ in range(processes):
            here, there = context.Pipe()
            # Each process closes the ends that it inherits of the others: or it would not see that this one has ended.
            process = context.Process(target=_work, args=(jobs, do, there, (*workers, here)), daemon=True)
            process.start()
            there.close()
            workers[here] = process
        yield workers
    finally:
        for connection, process in workers.items():
            connection.close()
            process.join(timeout=0.2)
            if process.is_alive():
                process.kill()
                process.join()


def _work(
    jobs: Sequence[Job], do: Callable[[Job], Result], connection: Connection, others: Sequence[Connection]
) -> None:
    """Do chunks until there are no more, or nobody asks any more."""
    collected_from_now()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was interrupted ends this one
    for other in others:
        other.close()
    try:
        while (start := connection.recv()) is not None:
            try:
                answer: tuple[list[Result], Exception | None] = [do(job) for job in jobs[start : start + CHUNK]], None
            except Exception as error:
                answer = [], _portable(error)
            connection.send(answer)
    except (EOFError, OSError):
        return


def _portable(error: Exception) -> Exception:
    """An exception as another process can raise it."""
    try:
        copy = pickle.loads(pickle.dumps(error))
    except Exception:
        copy = None
    return error if type(copy) is type(error) else RuntimeError("".join(traceback.format_exception(error)))


def _ended(process: ForkProcess) -> str:
    process.join(timeout=1)
    code = process.exitcode
    how = f"by signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"with status {code}"
    return (
        f"a process that makes pages was ended {how}, perhaps for want of memory; the site was not built"
        " (with --jobs 1 only one is needed)"
    )
