"""Serves the site while the archive is edited: what changed is rendered again and shown at once."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from annotated_archive import pages
from annotated_archive.site.content import THEME, Stopped
from annotated_archive.site.editions import READ
from annotated_archive.site.extras import SECTIONS, error_page
from annotated_archive.site.plugin import archive_plugin
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run
from annotated_archive.site.searching import FOLDER

POLL = 0.2  # seconds between two looks at the files
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses under which a server is reached from its own computer alone."""
Times = dict[str, int]


class Workshop:
    """The site being served from `site`, and the builds that keep it current: of the private edition, if `private`."""

    def __init__(self, root: Path, site: Path, private: bool = False) -> None:
        self.root = root
        self.site = site
        self.private = private
        self.known: dict[str, pages.Page] = {}
        self.frame: Times = {}
        self.record: Times = {}
        self.left = False
        self.busy = threading.Lock()
        self.edited = threading.Event()

    def build(self, *, whole: bool = True) -> int:
        """Render what differs from the last build. Returns how many pages were rendered.

        Unless `whole`, an edit of known records renders their own pages and leaves the others that tell of them for
        later; `left` then says so. A whole build raises Stopped when there is another edit.
        """
        frame, record = self._frame(), {path: when for top in self.tops for path, when in _times(top).items()}
        known = self.known if frame == self.frame else {}
        records = None if whole or not known else _edited(self.record, record)
        with tempfile.TemporaryDirectory(prefix="archive-serve-") as name:
            staging = Path(name) / "site"
            with mkdocs_session():
                config = configure(self.root, staging, strict=False)
                config.site_url = ""
                plugin = archive_plugin(config)
                plugin.known, plugin.records, plugin.private = known, records, self.private
                plugin.stop = self.edited.is_set
                run(config, "serve")
            made: dict[str, pages.Page] = plugin.content.everything
            for path in self.known.keys() - made.keys():
                (self.site / path).with_suffix(".html").unlink(missing_ok=True)
            if records is None:  # what the search no longer uses goes
                shutil.rmtree(self.site / FOLDER, ignore_errors=True)
            shutil.copytree(staging, self.site, dirs_exist_ok=True)
        self.known, self.frame, self.record = made, frame, record
        self.left = records is not None
        return sum(known.get(path) != page for path, page in made.items())

    @property
    def tops(self) -> list[Path]:
        """The folders whose files the pages are made of, beside those written by hand."""
        return [self.root / "archive", *(self.root / folder for folder in READ if self.private)]

    def _frame(self) -> Times:
        """What every page depends on: mkdocs.yml, the theme, and which pages are written by hand."""
        docs = dict.fromkeys(_times(self.root / "docs"), 0)
        return {**_times(THEME), **docs, "mkdocs.yml": (self.root / "mkdocs.yml").stat().st_mtime_ns}

    def rebuild(self) -> None:
        """Show an edit: the page of what was edited at once, the others soon after. A failure changes nothing."""
        self.edited.set()
        with self.busy:
            self.edited.clear()
            self._attempt(whole=False)
        if self.left:
            threading.Thread(target=self.finish, daemon=True).start()

    def finish(self) -> None:
        """Render what an edit changes on other pages."""
        with self.busy:
            if self.left:
                self._attempt(whole=True)

    def _attempt(self, *, whole: bool) -> None:
        start = time.monotonic()
        try:
            count = self.build(whole=whole)
        except Stopped:
            return
        except SiteError as error:
            print(f"{error} (the last good pages are still shown)", file=sys.stderr)
        else:
            words = "1 page" if count == 1 else f"{count} pages"
            print(f"{words} rendered in {time.monotonic() - start:.1f} s", flush=True)


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000, private: bool = False) -> None:
    """Serve the archive in `root` until interrupted: its private edition, if `private`, and then to this computer only.

    Raises SiteError if it cannot be built at first or would be seen elsewhere, OSError if the port is taken.
    """
    root = root.resolve()
    if private and host not in LOOPBACK:
        raise SiteError(f"the private edition is shown on this computer only: --host {' or '.join(LOOPBACK)}")
    with tempfile.TemporaryDirectory(prefix="archive-site-", ignore_cleanup_errors=True) as name:
        from mkdocs.livereload import LiveReloadServer  # after `renderer` has silenced Material's banner

        workshop = Workshop(root, Path(name), private)
        workshop.build()
        server = LiveReloadServer(workshop.rebuild, host, port, name, polling_interval=POLL)
        server.build_delay = 0.05
        title = configure(root, Path(name), strict=False).site_name
        server.error_handler = lambda code: error_page(title, server.url, SECTIONS).encode() if code == 404 else None
        for watched in (*workshop.tops, root / "docs", root / "mkdocs.yml"):
            if watched.exists():
                server.watch(str(watched))
        server.watch(str(THEME))
        print(f"Serving {root} on {server.url} (Control-C ends it)", flush=True)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            print()
        finally:
            server.shutdown()
            workshop.edited.set()
            workshop.busy.acquire(timeout=10)  # the folder goes when nothing is written any more


def _times(folder: Path) -> Times:
    """When each file below a folder was changed."""
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def _edited(before: Times, after: Times) -> set[str] | None:
    """The ids of the records whose files differ, if each of them has one page; otherwise None."""
    if before.keys() != after.keys():
        return None
    files = [Path(path) for path, when in after.items() if before[path] != when]
    if all({"authority", "articles"} & {file.parent.name, file.parent.parent.name} for file in files):
        return {file.stem for file in files}
    return None
