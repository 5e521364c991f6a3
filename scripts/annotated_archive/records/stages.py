"""How long each stage of a build takes, for whoever asks for it: on the clock, and in processors' time."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Spent = dict[str, list[float]]


@dataclass
class Stages:
    """Seconds by stage: of wall time, and of CPU time in this process and in those of its children that have ended.

    A stage within another one counts for itself only.
    """

    spent: Spent = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    _inner: list[list[float]] = field(default_factory=lambda: [[0.0, 0.0]])

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what the block takes for the stage `name`."""
        before = _now()
        self._inner.append([0.0, 0.0])
        try:
            yield
        finally:
            inner = self._inner.pop()
            for which, (start, end) in enumerate(zip(before, _now(), strict=True)):
                self.spent[name][which] += end - start - inner[which]
                self._inner[-1][which] += end - start

    def of(self, name: str) -> tuple[float, float]:
        """Wall and CPU seconds of a stage; none where it was not run."""
        wall, cpu = self.spent.get(name, (0.0, 0.0))
        return wall, cpu


STAGES = Stages()
"""Those of this process."""
stage = STAGES.stage


def _now() -> tuple[float, float]:
    times = os.times()
    return time.perf_counter(), times.user + times.system + times.children_user + times.children_system
