"""The results of chunks that are done, each in its file: a harvest that was broken off goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from annotated_archive.harvest.running import Outcome, Result, version
from annotated_archive.harvest.streaming import Chunk
from annotated_archive.harvest.subject import Subject
from annotated_archive.store import write_if_changed


class Checkpoints:
    """The results in `folder` for one subject and this version of the program. Nothing is ever read from others."""

    def __init__(self, folder: Path, subject: Subject) -> None:
        self._folder = folder
        self._key = (subject.digest, version())

    def path(self, chunk: Chunk) -> Path:
        """The file of a chunk: named by what it depends on."""
        values = [chunk.file, chunk.size, chunk.modified, chunk.start, chunk.stop, *self._key]
        return self._folder / f"{hashlib.blake2b(json.dumps(values).encode(), digest_size=16).hexdigest()}.json"

    def load(self, chunk: Chunk) -> Result | None:
        """The result of a chunk, if it is here and whole."""
        try:
            result = _results().validate_json(self.path(chunk).read_bytes())
        except (OSError, ValueError):
            return None
        return result if (result.chunk, result.version) == (chunk, self._key[1]) else None

    def save(self, result: Result) -> None:
        """Keep a result: the file is there whole or not at all."""
        write_if_changed(self.path(result.chunk), _results().dump_json(result))


def outcomes(
    chunks: Iterable[Chunk], kept: Checkpoints, run: Callable[[list[Chunk]], Iterator[Outcome]]
) -> Iterator[Outcome]:
    """The outcome of each chunk: as it is kept, or else as `run` makes it, which is kept at once."""
    left: list[Chunk] = []
    for chunk in chunks:
        if (result := kept.load(chunk)) is None:
            left.append(chunk)
        else:
            yield result
    for outcome in run(left) if left else ():
        if isinstance(outcome, Result):
            kept.save(outcome)
        yield outcome


@cache
def _results() -> TypeAdapter[Result]:
    return TypeAdapter(Result)
