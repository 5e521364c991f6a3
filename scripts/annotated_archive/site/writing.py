"""Writes the files of a site: those that would be other ones now are made, all others are taken from the last site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.records.stages import stage
from annotated_archive.site.content import Stopped
from annotated_archive.site.lasting import lasting
from annotated_archive.site.made import Known, Made, Memory, carried, signature
from annotated_archive.site.outputs import Output, Outputs
from annotated_archive.site.rendering import each
from annotated_archive.site.spare import take


@dataclass(frozen=True)
class Writer:
    """Writes into the folder `target`, in up to so many processes; `spare` is a folder that may become part of it."""

    target: Path
    processes: int
    spare: Path | None = None

    def write(
        self, outputs: Outputs, last: Memory, base: dict[str, str], others: Mapping[str, Known]
    ) -> tuple[Memory, int]:
        """Write all files. Returns what is to be remembered of them, and how many were made. Raises Stopped.

        `base` is the present state of the record (see `lasting.bases`). `others` are files of the last site that stay
        too: pages written by hand.
        """
        if outputs.content.stop():
            raise Stopped
        with stage("pages"):
            wanted = {output.path: output for output in outputs.all()}
            known = last.current(wanted, outputs.state, lasting(outputs.content, last.base))
            known.update(others)
            has = take(self.spare, known, self.target) if self.spare else set[str]()
            kept = carried(known, last.site, self.target, has)
            todo = [output for path, output in wanted.items() if path not in kept]
            for folder in sorted({os.path.dirname(output.path) for output in todo}):
                (self.target / folder).mkdir(parents=True, exist_ok=True)
            many = 10 * len(todo) >= len(outputs.content.graph.archive.articles)
            with outputs.content.prepared() if many else nullcontext():
                made = list(each(todo, self.one, self.processes, outputs.content.stop))
            memory = last.next(self.target, base)
            memory.files.update(kept)
            memory.add(made, outputs.state)
        return memory, len(made)

    def one(self, output: Output) -> Made:
        """Write one file; one of that name is there whole until the new one is."""
        data, keys = output.make()
        path = f"{self.target}/{output.path}"
        beside = f"{path}.new" if os.path.lexists(path) else path
        if isinstance(data, Path):
            shutil.copyfile(data, beside)
        else:
            with open(beside, "wb") as stream:
                stream.write(data)
        if beside != path:
            os.replace(beside, path)
        now = signature(path)
        assert now is not None
        return Made(output.path, frozenset(keys), now)
