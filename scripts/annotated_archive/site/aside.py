"""Builds the site being served beside the one that is shown; as a program, for a process that does nothing else.

Called as such with the folders of the archive, of the new site, of the one shown and of the one before that; the files
in which is, and in which is to be, what these were made of; and the edition. Says how many files it made.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from annotated_archive.records.collecting import uncollected
from annotated_archive.site.content import Stopped
from annotated_archive.site.made import Memory
from annotated_archive.site.plugin import AnnotatedArchive, Orders, archive_plugin
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run
from annotated_archive.site.versions import version

PRIVATE, PUBLIC = "private", "public"
SHOWN = "(the last good pages are still shown)"


def make(
    root: Path, staging: Path, site: Path, spare: Path, known: Path | None, private: bool, stop: Callable[[], bool]
) -> AnnotatedArchive:
    """Build the archive in `root` into the folder `staging`, of what lies in `site` too, as far as it is right.

    The folder `spare`, if it is there, is used up; the file `known` tells what the site was made of (None: where a
    build keeps that). Raises SiteError; Stopped once `stop()` is true.
    """
    with mkdocs_session():
        config = configure(root, staging, strict=False)
        config.site_url = ""
        plugin = archive_plugin(config)
        memory = Memory.read(known, site, version()) if known else None
        plugin.orders = Orders(site, stop=stop, private=private, memory=memory, spare=spare)
        run(config, "serve")
    return plugin


def main(root: str, staging: str, site: str, spare: str, known: str, noted: str, edition: str) -> int:
    """Build, and note down what the new site was made of. Returns the status with which this process ends."""
    parent = os.getppid()

    def orphaned() -> bool:
        return os.getppid() != parent

    folders = Path(root), Path(staging), Path(site), Path(spare), Path(known)
    try:
        with uncollected():
            plugin = make(*folders, edition == PRIVATE, orphaned)
            plugin.memory.write(Path(noted))
    except SiteError as error:
        print(f"{error} {SHOWN}", file=sys.stderr, flush=True)
        return 1
    except Stopped:
        return 1
    print(plugin.made, flush=True)
    return 0


if __name__ == "__main__":
    status = 1
    try:
        status = main(*sys.argv[1:])
    finally:
        sys.stderr.flush()
        os._exit(status)  # without freeing a large archive object by object
