"""Words of strangers in a Markdown comment: shown as they are, and nothing more.

Hosts read mentions (`@name`), references (`#1`), addresses, HTML and Markdown in a comment. Inside a code span they
read none of them (CommonMark 0.31, section 6.1; the filters of the hosts leave code alone), so that is where every
word goes that was not written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotated_archive.records.diagnostic import one_line

LIMIT = 60_000
"""Characters of a whole summary: hosts cut comments at 65,536, and may count otherwise."""


def code(text: object, limit: int = 80) -> str:
    """`text` as a code span on one line, at most `limit` characters of it."""
    words = one_line(" ".join(str(text)[: 4 * limit].split()), limit)[1:-1]
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") or not words else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def listed(names: Iterable[str], most: int = 8) -> str:
    """Code spans with commas, and how many were left out."""
    names = list(names)
    rest = len(names) - most
    return ", ".join(code(name) for name in names[:most]) + (f" and {rest} more" if rest > 0 else "")


def inner(point: str) -> str:
    """A point below the one before it."""
    return f"  {point}"


def bounded(sections: Iterable[tuple[str, list[str]]], head: str, full: str) -> str:
    """Sections (heading, points) as Markdown within LIMIT; `full` says where the rest can be read."""
    lines = [head]
    room = LIMIT - len(head) - 500
    for heading, points in sections:
        if not points:
            continue
        shown: list[str] = []
        room -= len(heading) + 10
        for point in points:
            room -= len(point) + 5
            if room < 0:
                break
            shown.append(f"  - {point.lstrip()}" if point.startswith(" ") else f"- {point}")
        if left := len(points) - len(shown):
            shown.append(f"- … and {left:,} more. {full}")
            room -= 100
        lines.append("\n".join([f"### {heading}", "", *shown]))
    return "\n\n".join(lines) + "\n"
