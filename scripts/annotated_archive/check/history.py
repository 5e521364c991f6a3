"""What git says has changed in an archive, and what stood there before. Nothing is checked out and nothing fetched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.records.diagnostic import one_line

FOLDERS = ("archive", "docs")


class HistoryError(Exception):
    """Git is missing, or cannot answer; the message says what to do."""


@dataclass(frozen=True)
class Since:
    """The files below archive/ and docs/ that differ between a commit and the working tree, sorted.

    `base` is the commit: the last one that the working tree's branch shares with the one asked for.
    """

    base: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(sorted((*self.added, *self.changed, *self.deleted)))


def since(root: Path, ref: str) -> Since:
    """What changed in the archive in `root` since its branch left `ref`. Raises HistoryError."""
    _git(root, "rev-parse", "--git-dir", message="this folder is not in a git repository")
    named = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}",
        message=f"git knows no commit {one_line(ref)}; fetch it first",
    ).strip().decode()  # fmt: skip
    base = _git(
        root, "merge-base", named, "HEAD",
        message=f"no commit is shared with {one_line(ref)}; fetch the whole history (in a workflow: `fetch-depth: 0`)",
    ).strip().decode()  # fmt: skip
    how = ("--relative", "--no-renames", "--no-ext-diff", "--name-status", "-z")
    told = _git(root, "diff", *how, base, "--", *FOLDERS)
    words = _names(told)
    pairs = list(zip(words[::2], words[1::2], strict=True))
    new = _names(_git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *FOLDERS))
    return Since(
        base,
        tuple(sorted({*(path for status, path in pairs if status == "A"), *new})),
        tuple(sorted({path for status, path in pairs if status not in "AD"} - set(new))),
        tuple(sorted({path for status, path in pairs if status == "D"} - set(new))),
    )


def contents(root: Path, base: str, paths: Iterable[str]) -> dict[str, bytes]:
    """What stood in the files at `paths` (relative to `root`) in the commit `base`, of those that were there."""
    asked = [path for path in paths if "\n" not in path]
    if not asked:
        return {}
    given = os.fsencode("".join(f"{base}:./{path}\n" for path in asked))
    data = _git(root, "cat-file", "--batch", given=given)
    found: dict[str, bytes] = {}
    at = 0
    for path in asked:
        end = data.index(b"\n", at)
        head = data[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(head) == 3 and head[2].isdigit():  # and not `… missing`
            size = int(head[2])
            if head[1] == b"blob":
                found[path] = data[at : at + size]
            at += size + 1
    return found


def _names(data: bytes) -> list[str]:
    return [os.fsdecode(name) for name in data.split(b"\0") if name]


def _git(root: Path, *words: str, message: str = "git could not read the repository", given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise HistoryError("git is not installed; without it name the files to check") from None
    if done.returncode:
        raise HistoryError(message)
    return done.stdout
