"""Tells where two builds of a site differ: in which files, and in which line of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 20
AROUND = 30
"""How many characters are shown on each side of the first that differs."""


def compare(mine: Path, other: Path) -> Iterator[str]:
    """Every difference between the site in `mine` and the one in `other`, a line of words each; none: they are equal.

    Only names and bytes count, not times. Raises OSError.
    """
    ours, theirs = _files(mine), _files(other)
    for name in sorted(ours | theirs):
        if name not in theirs:
            yield f"{name}: only in {mine}"
        elif name not in ours:
            yield f"{name}: only in {other}"
        elif (at := _first_difference(mine / name, other / name)) is not None:
            yield f"{name}:{_where(mine / name, other / name, at)}"


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def _first_difference(one: Path, two: Path) -> int | None:
    """The first byte, counted from 0, in which two files differ; None where they are equal."""
    at = 0
    with one.open("rb") as first, two.open("rb") as second:
        while True:
            a, b = first.read(CHUNK), second.read(CHUNK)
            if a != b:
                return at + next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            if not a:
                return None
            at += len(a)


def _where(one: Path, two: Path, at: int) -> str:
    """Line and column of a byte, as far as a text has such, and what stands there in both files."""
    try:
        texts = [path.read_bytes().decode("utf-8") for path in (one, two)]
        before = one.read_bytes()[:at].decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return f"byte {at + 1:,} of {one.stat().st_size:,} and {two.stat().st_size:,}"
    line, start = before.count("\n") + 1, before.rfind("\n") + 1
    here, there = (repr(_excerpt(text, start, len(before))) for text in texts)
    return f"{line}:{len(before) - start + 1}: {here} here, {there} in the other"


def _excerpt(text: str, start: int, at: int) -> str:
    """The words around a place in a line that begins at `start`."""
    end = text.find("\n", at)
    return text[max(start, at - AROUND) : min(len(text) if end < 0 else end, at + AROUND)]
