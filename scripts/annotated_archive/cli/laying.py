"""Lines and tables laid out for the width of a terminal: wrapped at words, with what follows indented."""

from __future__ import annotations

import shutil
import textwrap


def width() -> int:
    """The columns of the terminal; 80 where there is none."""
    return shutil.get_terminal_size().columns


def wrapped(line: str, indent: int) -> str:
    """A line in lines of the terminal's width, the second and later ones indented. What has no spaces stays whole."""
    return "\n".join(
        textwrap.wrap(
            line, width() - 1, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False,
            drop_whitespace=True, replace_whitespace=False,
        )
    ) or line  # fmt: skip


def table(rows: list[tuple[str, ...]], most: int | None = None) -> list[str]:
    """Rows as lines with aligned columns; the first row is the head. `most` characters: the first column is cut."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    if most is not None:
        widths[0] = min(widths[0], max(len(rows[0][0]), most - sum(widths[1:]) - 2 * len(widths[1:])))
    cut = [(row[0] if len(row[0]) <= widths[0] else f"{row[0][: widths[0] - 1]}…", *row[1:]) for row in rows]
    return ["  ".join(cell.ljust(room) for cell, room in zip(row, widths, strict=True)).rstrip() for row in cut]
