"""Findings at the place of a value in its file."""

from __future__ import annotations

from typing import Protocol

from annotated_archive.check.nearest import Nearest
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import Diagnostic, one_line


class Placed(Protocol):
    """A file of the record with the places of its values."""

    @property
    def path(self) -> str: ...

    @property
    def document(self) -> yamlio.Document: ...


def at(file: Placed, path: yamlio.Path, rule: str, message: str, mend: str) -> Diagnostic:
    """A finding about the value at `path`."""
    line, column = file.document.place(path)
    return Diagnostic(file.path, line, column, rule, message, mend)


def unknown(file: Placed, path: yamlio.Path, target: str, near: Nearest) -> Diagnostic:
    """A reference to an authority file that does not exist."""
    mend = f"Mend the id, or write that file.{near(target)}"
    return at(file, path, "REF-UNKNOWN", f"there is no authority file {one_line(target)}", mend)


def uncited(file: Placed, path: yamlio.Path, work: str, near: Nearest) -> Diagnostic:
    """A citation of something that is not in the bibliography."""
    mend = f"Mend the id, or add the work to archive/bibliography.yml.{near(work)}"
    return at(file, path, "CITE-UNKNOWN", f"no work or article {one_line(work)}", mend)
