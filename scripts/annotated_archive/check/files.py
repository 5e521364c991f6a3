"""Files and folders themselves: no links that lead out of the archive, no names that show as something else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from annotated_archive.check.scope import Scope
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.records.text import FORBIDDEN
from annotated_archive.store import linked

TOPS = ("archive", "docs")


def check(root: Path, scope: Scope) -> Iterator[Diagnostic]:
    """All findings about what lies in archive/ and docs/, whether or not anything reads it."""
    for name, path in _everything(root):
        shown = one_line(name, 4096)[1:-1]
        if shown not in scope:
            continue
        if os.path.islink(path):
            yield linked(shown)
        if "\n" in name or FORBIDDEN.search(name):
            yield Diagnostic(
                shown, 1, 1, "FILE-NAME", "a name that is not UTF-8 or holds control characters", "Rename it."
            )


def _everything(root: Path) -> Iterator[tuple[str, str]]:
    """Every file and folder: its path relative to `root`, and its path. Links are not followed."""
    for top in TOPS:
        if os.path.lexists(root / top):
            yield top, str(root / top)
        if os.path.islink(root / top):
            continue
        for folder, folders, names in os.walk(root / top):
            inside = os.path.relpath(folder, root).replace(os.sep, "/")
            yield from ((f"{inside}/{name}", os.path.join(folder, name)) for name in (*folders, *names))
