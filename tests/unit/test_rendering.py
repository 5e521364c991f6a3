"""Jobs in several processes: all are done, a failure is told, and nothing waits for a process that is gone."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from processes import children

from annotated_archive.site.content import Stopped
from annotated_archive.site.renderer import SiteError
from annotated_archive.site.rendering import CHUNK, FEW, each
from annotated_archive.store import cores as pools
from annotated_archive.store.cores import at_most, spread

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # Python 3.12 says so at a fork
MANY = list(range(4 * FEW + 3))


def doubled(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("processes", [1, 2, 5])
def test_all_jobs_are_done(processes: int) -> None:
    made = list(each(MANY, doubled, processes))
    assert sorted(number for number, _ in made) == [2 * number for number in MANY]
    others = {process for _, process in made} - {os.getpid()}
    assert bool(others) == (processes > 1)


@pytest.mark.usefixtures("alone")
def test_few_jobs_need_no_other_process() -> None:
    assert {process for _, process in each(MANY[:FEW], doubled, 4)} == {os.getpid()}
    assert list(each([], doubled, 4)) == []


def test_nor_is_one_forked_from_threads() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert {process for _, process in each(MANY, doubled, 2)} == {os.getpid()}
    finally:
        done.set()
        thread.join()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_in_a_job_is_raised_here(processes: int) -> None:
    def full(number: int) -> int:
        if number == CHUNK + 1:
            raise OSError(errno.ENOSPC, "No space left on device", "a/page.html")
        return number

    with pytest.raises(OSError, match=r"No space left on device: 'a/page\.html'") as raised:
        list(each(MANY, full, processes))
    assert raised.value.errno == errno.ENOSPC


@pytest.mark.usefixtures("alone")
def test_also_what_cannot_be_handed_over() -> None:
    class Own(Exception):
        pass

    def wrong(_: int) -> int:
        raise Own("very wrong")

    with pytest.raises(RuntimeError, match="very wrong"):
        list(each(MANY, wrong, 2))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("end", "how"),
    [(lambda: os.kill(os.getpid(), signal.SIGKILL), "by signal SIGKILL"), (lambda: os._exit(3), "with status 3")],
)
def test_a_process_that_is_gone_is_told(end: object, how: str) -> None:
    def ending(number: int) -> int:
        if number == 2 * CHUNK:
            end()  # type: ignore[operator]
        return number

    with pytest.raises(SiteError, match=f"ended {how}, perhaps for want of memory; the site was not built"):
        list(each(MANY, ending, 2))


@pytest.mark.usefixtures("alone")
def test_stopping(tmp_path: Path) -> None:
    seen: list[int] = []
    before = children()
    with pytest.raises(Stopped):
        for number, _ in each(MANY, doubled, 2, stop=lambda: len(seen) > CHUNK):
            seen.append(number)
    assert len(seen) < len(MANY)
    with pytest.raises(Stopped):
        list(each(MANY, doubled, 1, stop=lambda: True))
    assert children() == before


@pytest.mark.usefixtures("alone")
def test_nothing_is_left_when_the_one_who_asked_is_killed(tmp_path: Path) -> None:
    def slow(number: int) -> int:
        (tmp_path / f"{os.getpid()}").touch()
        time.sleep(0.002)
        return number

    asking = os.fork()
    if not asking:
        try:
            list(each(MANY * 50, slow, 2))
        finally:
            os._exit(0)
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    os.kill(asking, signal.SIGKILL)
    os.waitpid(asking, 0)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    until = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() and _runs(worker) for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.01)


def _runs(process: int) -> bool:
    """Whether a process does more than wait for somebody to notice that it has ended."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.usefixtures("alone")
def test_no_pool_is_larger_than_the_build_was_told() -> None:
    many = list(range(200))
    with at_most(1):
        assert {process for _, process in spread(doubled, many, 10)} == {os.getpid()}
        assert pools.cores() == 1
    assert os.getpid() not in {process for _, process in spread(doubled, many, 10)} or pools.cores() == 1


@pytest.mark.parametrize("which", [0, 1])
def test_a_pool_ends_though_a_process_of_it_was_killed_while_it_waited(which: int) -> None:
    """One of two that wait for work holds a lock, for which the other one waits: whichever of them is killed."""
    program = f"""
import multiprocessing, os, signal, time
from annotated_archive.store.cores import pooled
with pooled(2) as pool:
    assert list(pool.map(abs, [-1, -2])) == [1, 2]
    pool.submit(time.sleep, 0.1)
    assert pool.submit(abs, -3).result() == 3
    time.sleep(0.3)  # both wait
    os.kill(sorted(child.pid for child in multiprocessing.active_children())[{which}], signal.SIGKILL)
print("ended")
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout == "ended\n", ran.stderr
