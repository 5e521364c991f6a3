"""Harvest on a cluster: a real scheduler and two workers, each a process of its own on this machine's loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from harvested import many, subject, subject_files, written

from annotated_archive.harvest import Known, merge, plan
from annotated_archive.harvest.cluster import on_cluster
from annotated_archive.harvest.running import here
from annotated_archive.records.diagnostic import ContentError
from language import archive

pytest.importorskip("distributed", reason="the package `distributed` is not installed")

# Of two workers, one says in its third part that it has begun it, and then does nothing more: it is killed there. The
# other waits in its third part until that was said, so that it cannot do all the work before.
HALF_WAY = """
import os, time
from annotated_archive.harvest import running
begun = 0
screen = getattr(running, "unchanged", running.records)
running.unchanged = screen  # what is loaded before the work is loaded more than once
def records(file, chunk, stretch):
    global begun
    begun += 1
    if begun == 3 and os.environ["ROLE"] == "killed":
        with open(os.environ["SIGNAL"], "w") as said:
            said.write("begun")
        time.sleep(60)
    while begun == 3 and not os.path.exists(os.environ["SIGNAL"]):
        time.sleep(0.01)
    return screen(file, chunk, stretch)
running.records = records
"""


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of Dask in a process of its own, which is ended with the block."""
    program = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    process = subprocess.Popen(
        program, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(path: Path) -> str:
    """What a file says, as soon as it says something."""
    for _ in range(3_000):
        if path.exists() and (said := path.read_text("utf-8")):
            return said
        time.sleep(0.01)
    raise AssertionError(f"{path.name} was not written")


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """The address of a scheduler, which is in this process: one start less."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=True, host="127.0.0.1", dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def worker(
    address: str, folder: Path, *options: str, **environment: str
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A worker with one thread and no nanny, which would start it again."""
    alone = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1")
    return started("dask_worker", address, *alone, "--local-directory", str(folder), *options, **environment)


def test_a_worker_that_is_killed_half_way_costs_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    made, about_goris = archive(tmp_path, subject_files()), subject(tmp_path)
    file = written(tmp_path, many(16))
    chunks = plan([file], 1_000).chunks
    assert len(chunks) >= 8
    preload, signalled = tmp_path / "half_way.py", tmp_path / "begun"
    preload.write_text(HALF_WAY)
    options = ("--preload", str(preload))
    with (
        scheduler(tmp_path) as address,
        worker(address, tmp_path / "one", *options, ROLE="lives", SIGNAL=str(signalled)),
        worker(address, tmp_path / "two", *options, ROLE="killed", SIGNAL=str(signalled)) as doomed,
    ):
        with ThreadPoolExecutor(1) as beside:
            killing = beside.submit(lambda: (wait_for(signalled), os.kill(doomed.pid, signal.SIGKILL)))
            results = list(on_cluster(chunks, about_goris, address))
            killing.result()
        assert doomed.wait() == -signal.SIGKILL
        done = made.run("harvest", file, "--scheduler", address, "--to", "there")
    assert sorted(outcome.chunk for outcome in results) == list(chunks)
    assert merge(results, Known({}, {})) == merge(here(chunks, about_goris), Known({}, {}))
    alone = made.run("harvest", file, "--jobs", "1", "--to", "alone")
    assert done == alone._replace(stdout=alone.stdout.replace("alone/", "there/"))
    for name in ("candidates.csv", "index.html"):
        assert (made.root / "there" / name).read_bytes() == (made.root / "alone" / name).read_bytes()


def test_no_cluster_at_an_address_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = plan([written(tmp_path, many(2))]).chunks
    monkeypatch.setattr("annotated_archive.harvest.cluster._PATIENCE", 0.2)
    with pytest.raises(ContentError, match=r"HARVEST-CLUSTER no scheduler answers at “tcp://127\.0\.0\.1:1”"):
        list(on_cluster(chunks, subject(tmp_path), "tcp://127.0.0.1:1"))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ContentError, match="HARVEST-CLUSTER the package `distributed` is not installed"):
        list(on_cluster(chunks, subject(tmp_path), "tcp://127.0.0.1:1"))
