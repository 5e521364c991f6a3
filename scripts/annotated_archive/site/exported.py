"""The files that the site publishes for other programs, written to a folder of their own."""

from __future__ import annotations

from pathlib import Path

from annotated_archive.site import content
from annotated_archive.site.plugin import settings
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session
from annotated_archive.store import write_if_changed


def export(root: Path, to: Path, form: str) -> list[Path]:
    """Write the exports of one format below `to`; returns their paths. Files that are no longer made are left alone.

    Raises SiteError when the check finds errors: what the site would not publish, this does not write.
    """
    root = root.resolve()
    with mkdocs_session():
        config = configure(root, to, strict=False)
    try:
        made = content.read(root, settings(config))
    except content.ContentRefused as refused:
        content.report(refused.diagnostics)
        raise SiteError(str(refused)) from None
    written = []
    for name, text in made.exported.items():
        if name.endswith(f".{form}"):
            write_if_changed(to / name, text.encode())
            written.append(to / name)
    return written
