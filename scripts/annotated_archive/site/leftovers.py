"""What other commands left in the folder for what is built, and what may no longer lie there."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

from annotated_archive.search.freshness import signature
from annotated_archive.search.terminal import INDEX, opened
from annotated_archive.store import Archive


def clear(archive: Archive) -> None:
    """Remove what holds words of texts that are gone, or withheld by now: an index of the terminal's search that is not
    of the present record, and reports on annotations of articles that are not published in full.

    What cannot be removed stays. Of the private edition nothing is removed: its folder is not public.
    """
    index = archive.root / INDEX
    with suppress(OSError, sqlite3.Error):
        if index.exists():
            current = opened(index, signature(archive.root))
            if current is None:
                index.unlink()
            else:
                with closing(current):
                    pass
    published = {name for name, file in archive.articles.items() if file.brief.publish == "full"}
    with suppress(OSError):
        for report in (archive.root / "build/reanchor").glob("*.md"):
            if report.stem not in published:
                report.unlink()
