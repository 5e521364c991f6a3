"""The files that the site publishes for other programs, written to a folder of their own."""

from __future__ import annotations

from pathlib import Path

from annotated_archive.site.tree import sound
from annotated_archive.store import write_if_changed


def export(root: Path, to: Path, form: str) -> list[Path]:
    """Write the exports of one format below `to`; returns their paths. Files that are no longer made are left alone.

    Raises SiteError when the check finds errors: what the site would not publish, this does not write.
    """
    written = []
    for name, text in sound(root, to).exported.items():
        if name.endswith(f".{form}"):
            write_if_changed(to / name, text.encode())
            written.append(to / name)
    return written
