"""What a command costs, with every process it starts: time, work, and the memory of the largest of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_UNIT = 1 if sys.platform == "darwin" else 1024  # what the system counts a process's memory in, in bytes


class Cost(NamedTuple):
    """Seconds from start to end, seconds of processor time, and the peak of the largest process in megabytes."""

    wall: float
    cpu: float
    peak: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s, {self.cpu:.1f} s of processor time, {self.peak:.0f} MB"


class Failed(RuntimeError):
    """A command that did not end well; the message holds the end of what it printed."""


class Ran(NamedTuple):
    """What a command cost and what it printed to standard output and standard error."""

    cost: Cost
    out: str
    err: str


def run(command: list[str], folder: Path, log: Path, environment: Mapping[str, str] | None = None) -> Ran:
    """Run `command` in `folder` to its end; what it prints goes through files beside `log`. Raises Failed.

    It is started by a small process, which runs this file: until a child runs its own program, the memory of its
    parent counts as the child's.
    """
    files = [log.with_suffix(end) for end in (".out", ".err")]
    told = {**os.environ, **(environment or {})}
    told.pop("PYTHONDONTWRITEBYTECODE", None)  # who has installed a program does not compile it at each start
    starter = [sys.executable, "-I", "-S", __file__, *map(str, files), *command]
    answer = subprocess.run(starter, cwd=folder, env=told, stdout=subprocess.PIPE, text=True, check=True).stdout
    status, *figures = answer.split()
    said, complained = (path.read_text("utf-8", "replace") for path in files)
    if int(status):
        raise Failed(f"{' '.join(command)}: exit {status}\n{(said + complained)[-2000:]}")
    return Ran(Cost(*map(float, figures)), said, complained)


def _start(out: str, err: str, *command: str) -> None:
    """Run `command`, and print its exit status and its costs, which the system tells of all that it waited for."""
    begin = time.perf_counter()
    with open(out, "wb") as said, open(err, "wb") as complained:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=complained)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    print(process.returncode, wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT / 1e6)


def size(folder: Path) -> tuple[int, int]:
    """How many files lie in a folder, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


if __name__ == "__main__":
    _start(*sys.argv[1:])
