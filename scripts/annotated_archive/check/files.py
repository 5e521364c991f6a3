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
    for name, is_link in _everything(root):
        unclear = not name.isprintable() and ("\n" in name or FORBIDDEN.search(name))
        if not (is_link or unclear):
            continue
        shown = name if name.isprintable() and len(name) <= 4096 else one_line(name, 4096)[1:-1]
        if shown not in scope:
            continue
        if is_link:
            yield linked(shown)
        if unclear:
            yield Diagnostic(
                shown, 1, 1, "FILE-NAME", "a name that is not UTF-8 or holds control characters", "Rename it."
            )


def _everything(root: Path) -> Iterator[tuple[str, bool]]:
    """Every file and folder: its path relative to `root`, and whether it is a link. Links are not followed."""
    for top in TOPS:
        path = os.path.join(root, top)
        if not os.path.lexists(path):
            continue
        yield top, os.path.islink(path)
        waiting = [] if os.path.islink(path) or not os.path.isdir(path) else [(path, top)]
        while waiting:
            folder, inside = waiting.pop()
            try:
                entries = os.scandir(folder)
            except OSError:  # gone, or closed to us: whatever should read it says so
                continue
            with entries:
                for entry in entries:
                    name = f"{inside}/{entry.name}"
                    yield name, entry.is_symlink()
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, name))
