"""What the command line asks of the site: build it, serve it, write its pages as Markdown."""

from __future__ import annotations

import shutil
from pathlib import Path

from annotated_archive.site.editions import site_folder
from annotated_archive.site.plugin import archive_plugin
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run
from annotated_archive.site.serve import serve
from annotated_archive.site.tree import generate

__all__ = ["SiteError", "build", "generate", "serve", "site_folder"]

MARK = "assets/tokens.css"
"""A file that every site built here holds: a folder without it is not ours to replace."""


def build(root: Path, out: Path, *, strict: bool, private: bool = False) -> None:
    """Build the archive in `root` into `out`, which is replaced whole and only when the build succeeded.

    With `strict`, warnings are errors; with `private` this is the private edition, which goes to its own folder and no
    other. Raises SiteError; findings of the check are printed to standard error before.
    """
    root, out = root.resolve(), out.resolve()
    if private and out != site_folder(root, private):
        raise SiteError(f"{out} is no place for the private edition; it goes to {site_folder(root, private)}")
    staging, old = out.with_name(f".{out.name}.building"), out.with_name(f".{out.name}.old")
    if old.exists() and not out.exists():
        old.rename(out)  # an earlier build was killed between its two renames
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).exists())):
        raise SiteError(f"{out} holds something that is not a site built here; it was left as it is")
    _remove(staging, old)
    try:
        with mkdocs_session():
            config = configure(root, staging, strict=strict)
            archive_plugin(config).private = private
            run(config, "build")
        if out.exists():
            out.rename(old)
        staging.rename(out)
    finally:
        _remove(staging, old)


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
