"""Chunks screened on a Dask cluster: the same functions, handed to a scheduler. The only module that knows Dask.

What travels are Python objects (pickles), so that whoever can reach the scheduler or a worker can run programs on all
of them: the cluster must be one's own, and closed to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from annotated_archive.harvest.running import Failed, Outcome, again, given_up, run_chunk, version
from annotated_archive.harvest.streaming import Chunk
from annotated_archive.harvest.subject import Subject
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line

_PATIENCE = 30
"""Seconds in which the scheduler must answer."""


def on_cluster(chunks: Iterable[Chunk], subject: Subject, scheduler: str) -> Iterator[Outcome]:
    """Screen chunks on the workers of the cluster at an address, in the order in which they are done.

    A chunk whose worker is lost is done by another. Raises ContentError (HARVEST-CLUSTER) where there is no cluster,
    or Dask is not installed.
    """
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise _problem(
            "the package `distributed` is not installed", "Run `pip install '.[harvest]'` in the archive's repository."
        ) from None
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = one_line(str(error) or type(error).__name__, 200)
        raise _problem(f"no scheduler answers at {one_line(scheduler)}: {reason}", "Start it, and name it.") from error

    def attempt(some: list[Chunk]) -> Iterator[Outcome]:
        # As a task of its own, the subject is made again where the worker that held it is lost; data that are only
        # scattered would be lost with it.
        about = client.submit(_handed, subject, pure=False)
        tasks = {client.submit(run_chunk, chunk, about, pure=False): chunk for chunk in some}
        for task in distributed.as_completed(tasks, loop=client.loop):
            if client.status != "running" or task.cancelled():
                raise _problem("the scheduler is gone", "Start it again, and run the same command: it goes on.")
            chunk = tasks.pop(task)
            error = task.exception()
            if error is None:
                outcome = task.result()
                yield outcome if isinstance(outcome, Failed) else _of_this_version(outcome)
            elif isinstance(error, distributed.KilledWorker):
                yield given_up(chunk)
            else:
                yield given_up(chunk, f"a worker failed: {type(error).__name__} {one_line(error, 200)}")
            task.release()

    with client:
        yield from again(list(chunks), attempt)


def _handed(subject: Subject) -> Subject:
    return subject


def _of_this_version(outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Failed) and outcome.version != version():
        message = f"a worker runs {outcome.version}, and this is {version()}"
        raise _problem(message, "Install the same versions on all machines.")
    return outcome


def _problem(message: str, mend: str) -> ContentError:
    return ContentError(Diagnostic("harvest", 1, 1, "HARVEST-CLUSTER", message, mend))
