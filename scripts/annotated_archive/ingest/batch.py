"""A batch of captures, page by page: what went in is counted, and what came of it, and both must agree."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from annotated_archive.ingest.originals import checksum
from annotated_archive.ingest.reading import Candidate
from annotated_archive.ingest.take_in import Intake, Page, Taken
from annotated_archive.records.diagnostic import WARNING, ContentError, Diagnostic, one_line

SKIPPED = Path("build/ingest/skipped.txt")


@dataclass(frozen=True)
class Accepted:
    """A decision to take a page in, as it is shown, with the files (path → bytes) that belong beside it."""

    taken: Taken
    beside: Mapping[str, bytes] = field(default_factory=dict)


Decision = Accepted | Literal["skip", "quit"]
Decide = Callable[[Page], Decision]
"""Decides on a page. It may raise ContentError: then the page is refused."""


@dataclass(frozen=True)
class Outcome:
    """What came of one page, or of a file that gives none. `article` is the one that it became or belongs to."""

    kind: Literal["article", "capture", "known", "skipped", "refused", "remark"]
    name: str
    article: str | None = None
    accepted: Accepted | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass
class Tally:
    """What went in, and what came out: `files` are `read` or `unread`, and `pages` the sum of the five kinds below.

    `forms` are files that hold a page in another form than the one that was read. `faults` counts what was said to be
    wrong, by rule.
    """

    files: int = 0
    forms: int = 0
    read: int = 0
    unread: int = 0
    pages: int = 0
    articles: int = 0
    captures: int = 0
    known: int = 0
    skipped: int = 0
    refused: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def agrees(self) -> bool:
        """Whether everything that went in came out."""
        out = self.articles + self.captures + self.known + self.skipped + self.refused
        wrong = self.refused + self.unread
        return self.files == self.read + self.unread and self.pages == out and wrong <= self.faults.total()


class Skipped:
    """The pages that an editor has turned down, in a file of one line each; `again`: they are asked about anew."""

    def __init__(self, root: Path, again: bool = False) -> None:
        self._path = root / SKIPPED
        self._lines: set[str] = set()
        if not again and self._path.is_file():
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
            self._lines = {line.rpartition("\t")[0] for line in lines}

    def __contains__(self, page: tuple[str, str | None]) -> bool:
        return _key(*page) in self._lines

    def add(self, page: Page) -> None:
        """Remember a page, at once: a run may be broken off."""
        key = _key(page.sha256, page.candidate.part)
        self._lines.add(key)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{key}\t{page.name}\n")


def _key(sha256: str, part: str | None) -> str:
    return f"{sha256}\t{one_line(part, 4096) if part else '-'}"


def run(
    intake: Intake, found: Iterable[object], decide: Decide, skipped: Skipped, tally: Tally, *, dry_run: bool = False
) -> Iterator[Outcome]:
    """Take in what `ingest.containers.discover` found, as far as `decide` says so; `tally` counts it.

    Each page is written whole before its outcome is given, or not at all.
    """
    from annotated_archive.ingest.containers import Saved, pages

    def wrong(name: str, *diagnostics: Diagnostic) -> Outcome:
        errors = [one for one in diagnostics if one.severity != WARNING]
        tally.faults.update(one.rule for one in errors)
        return Outcome("refused" if errors else "remark", name, diagnostics=diagnostics)

    for saved in found:
        if isinstance(saved, Diagnostic):
            if saved.severity != WARNING:
                tally.files += 1
                tally.unread += 1
            yield wrong(saved.path, saved)
            continue
        assert isinstance(saved, Saved)
        tally.files += 1
        tally.forms += len(saved.also)
        name = one_line(saved.path, 4096)[1:-1]
        try:
            sha256 = checksum(saved.path)
        except OSError as error:
            tally.unread += 1
            message = str(error.strerror or error).lower()
            yield wrong(name, Diagnostic(name, 1, 1, "INGEST-PATH", message, "Name a file."))
            continue
        if outcome := _done(intake, skipped, tally, name, sha256, None):
            tally.read += 1
            yield outcome
            continue
        seen, faults = tally.pages, tally.faults.total()
        read = False
        for candidate in pages(saved):
            if isinstance(candidate, Diagnostic):
                yield wrong(name, candidate)
                continue
            if not read:
                read = True
                tally.read += 1
            one = Page(_page_name(name, candidate), saved.path, sha256, candidate)
            try:
                decided = _page(intake, decide, skipped, tally, one, dry_run)
            except ContentError as error:
                tally.pages += 1
                tally.refused += 1
                yield wrong(one.name, *error.diagnostics)
                continue
            if decided is None:
                return
            yield decided
        if tally.pages == seen:
            tally.unread += 1
            if tally.faults.total() == faults:
                yield wrong(name, Diagnostic(name, 1, 1, "INGEST-NO-PAGE", "no page in it", "Look at the capture."))


def _page_name(name: str, candidate: Candidate) -> str:
    """A page's name for messages: its file, and where that holds several its address or number in it."""
    where = candidate.url or candidate.part
    return f"{name} ({one_line(where, 300)[1:-1]})" if candidate.part else name


def _done(
    intake: Intake, skipped: Skipped, tally: Tally, name: str, sha256: str, part: str | None
) -> Outcome | None:  # fmt: skip
    """What there is to say of a page that needs no reading; None where it has to be read."""
    if article := intake.holds(sha256, part):
        tally.pages += 1
        tally.known += 1
        return Outcome("known", name, article)
    if (sha256, part) in skipped:
        tally.pages += 1
        tally.skipped += 1
        return Outcome("skipped", name)
    return None


def _page(
    intake: Intake, decide: Decide, skipped: Skipped, tally: Tally, page: Page, dry_run: bool
) -> Outcome | None:  # fmt: skip
    """Decide on one page and do what was decided; None: the editor stops. Raises ContentError."""
    if outcome := _done(intake, skipped, tally, page.name, page.sha256, page.candidate.part):
        return outcome
    decision = decide(page)
    if decision == "quit":
        return None
    if decision == "skip":
        skipped.add(page)
        tally.pages += 1
        tally.skipped += 1
        return Outcome("skipped", page.name)
    with unbroken():
        intake.keep(page, decision.taken, decision.beside, dry_run=dry_run)
        further = decision.taken.capture > 1
        tally.pages += 1
        tally.captures += further
        tally.articles += not further
    return Outcome("capture" if further else "article", page.name, decision.taken.article, decision)


@contextmanager
def unbroken() -> Iterator[None]:
    """Hold Ctrl-C back until the block is done, so that what belongs together is written together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
