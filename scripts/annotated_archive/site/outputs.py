"""The files of a site that MkDocs does not make: pages, data, exports and originals, each with what it is made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path

from annotated_archive import exports, pages
from annotated_archive.graph.noted import Key
from annotated_archive.site.content import Content
from annotated_archive.site.made import SOURCE
from annotated_archive.site.shell import Kind, Shells
from annotated_archive.store.captures import Capture

SHELL, GIVEN = "site-shell", "site-given"
"""What a file can be made of beside what the graph knows, and a file that it is copied from: a shell, given bytes."""


@dataclass(frozen=True)
class Output:
    """A file of the site: `make` gives its bytes, or the file that it is a copy of, and what that is made of."""

    path: str
    make: Callable[[], tuple[bytes | Path, set[Key]]] = field(repr=False)


@dataclass
class Outputs:
    """All such files of one site, without those at the paths in `left_out`."""

    content: Content
    shells: Shells
    left_out: frozenset[str] = frozenset()
    given: dict[str, bytes] = field(default_factory=dict, repr=False)

    def all(self) -> Iterator[Output]:
        """Every file, in an order that stays: what takes longest comes first."""
        yield from self.of(path for path in reversed(self.content.jobs) if path not in self.left_out)
        for path, export in self.content.exports.items():
            if path not in self.left_out:
                yield Output(path, partial(self._export, export))
        for path, source in self.content.served:
            if path in self.left_out:
                continue
            match source:
                case bytes():
                    yield self._given(path, source)
                case Path():
                    yield Output(path, partial(self._copy, source))
                case Capture():
                    yield Output(path, partial(self._text, source))

    def of(self, paths: Iterable[str]) -> Iterator[Output]:
        """The generated pages and files at some paths."""
        for path in paths:
            yield Output(address(path), partial(self._job, self.content.jobs[path]))

    def state(self, key: Key) -> str:
        """The present state of what a file is made of."""
        what, which = key
        if what == SHELL:
            return self.shells.digest(Kind(*json.loads(which)))
        if what == SOURCE:
            return _status(self.content.root / which)
        if what == GIVEN:
            return blake2b(self.given[which], digest_size=16).hexdigest() if which in self.given else ""
        return self.content.state(key)

    def _job(self, job: pages.Job) -> tuple[bytes, set[Key]]:
        with self.content.traced.noting() as noted:
            made = job.make(self.content.site)
            if isinstance(made, pages.File):
                return made.data, noted
            alternates = self.content.alternates(made.path)
        shell = (SHELL, json.dumps(self.shells.kind(made, alternates)))
        return self.shells.finished(made, alternates), {*noted, shell}

    def _export(self, job: exports.Job) -> tuple[bytes, set[Key]]:
        with self.content.traced.noting() as noted:
            return job.make().encode(), noted

    def _given(self, path: str, data: bytes) -> Output:
        self.given[path] = data
        return Output(path, partial(_same, path, data))

    def _copy(self, source: Path) -> tuple[Path, set[Key]]:
        return source, {(SOURCE, source.relative_to(self.content.root).as_posix())}

    def _text(self, capture: Capture) -> tuple[bytes, set[Key]]:
        ledger = {("ledger", capture.name)}
        return self.content.published_text(capture), {("article", capture.article.record.id), *ledger}


def _same(path: str, data: bytes) -> tuple[bytes, set[Key]]:
    return data, {(GIVEN, path)}


def address(path: str) -> str:
    """Where a generated page or file lies on the site."""
    return f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path


def _status(path: Path) -> str:
    """By which one knows that a file is as it was, without reading it."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def paths(content: Content) -> Mapping[str, str]:
    """Every path of a page or file that is made here, as MkDocs' documents name it → where it lies on the site."""
    return {
        **{path: address(path) for path in content.jobs},
        **{path: path for path in content.exports},
        **{path: path for path, _ in content.served},
    }
