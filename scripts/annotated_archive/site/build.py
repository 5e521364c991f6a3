"""What the command line asks of the site: build it, serve it, write its pages as Markdown."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from annotated_archive.records.collecting import uncollected
from annotated_archive.records.stages import STAGES, stage
from annotated_archive.site import spare
from annotated_archive.site.comparing import compare
from annotated_archive.site.editions import site_folder
from annotated_archive.site.leftovers import clear
from annotated_archive.site.locking import only_one
from annotated_archive.site.plugin import Orders, archive_plugin
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run
from annotated_archive.site.serve import serve
from annotated_archive.site.swapping import remove, swap
from annotated_archive.site.tree import generate
from annotated_archive.store.cores import at_most, cores

__all__ = ["SiteError", "build", "compare", "generate", "serve", "site_folder", "timings"]

ORDER = ("load", "check", "link", "graph", "pages", "render", "index", "export", "swap")
"""The stages of a build."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
"""What goes wrong where nothing can be written (any more): no fault of the program."""
MARK = "assets/tokens.css"
"""A file that every site built here holds: a folder without it is not ours to replace."""


def build(root: Path, out: Path, *, strict: bool, private: bool = False, jobs: int | None = None) -> None:
    """Build the archive in `root` into `out`, which is replaced whole and only when the build succeeded.

    Of what lies in `out` as the last build left it, all that would be the same again is used again; up to `jobs`
    processes make the rest (None: as many as there are cores). With `strict`, warnings are errors; with `private` this
    is the private edition, which goes to its own folder and no other. Raises SiteError; findings of the check are
    printed to standard error before.
    """
    root, out = root.resolve(), out.resolve()
    if private and out != site_folder(root, private):
        raise SiteError(f"{out} is no place for the private edition; it goes to {site_folder(root, private)}")
    with at_most(jobs), only_one(root, out, private), mkdocs_session(), uncollected():
        try:
            _build(root, out, strict, Orders(out, jobs or cores(), private=private))
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            said = error.strerror or str(error)
            what = f"{said[:1].lower()}{said[1:]}"
            where = f" ({error.filename})" if error.filename else ""
            raise SiteError(f"{what}{where}; the site was not built, the last good one is untouched") from None


def _build(root: Path, out: Path, strict: bool, orders: Orders) -> None:
    staging, old = out.with_name(f".{out.name}.building"), out.with_name(f".{out.name}.old")
    if old.exists() and not out.exists():
        old.rename(out)  # an earlier build was killed between its two renames
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).exists())):
        raise SiteError(f"{out} holds something that is not a site built here; it was left as it is")
    remove(staging, old)
    try:
        config = configure(root, staging, strict=strict)
        plugin = archive_plugin(config)
        plugin.orders = orders
        with stage("render"):  # but for what has a stage of its own
            run(config, "build")
        with stage("swap"):
            swap(staging, out, old)
            plugin.memory.write(plugin.memory_file(out))
            spare.keep(old, plugin.memory.files, plugin.spare(out))
            if not orders.private:
                clear(plugin.content.graph.archive)
    finally:
        with stage("swap"):
            remove(staging, old)


def timings() -> Iterator[tuple[str, float, float]]:
    """Of each stage of the build: its name, the seconds that it took, and those of all processors together."""
    for name in ORDER:
        yield name, *STAGES.of(name)
