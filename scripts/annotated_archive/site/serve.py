"""Serves the site while the archive is edited: what changed is rendered again and shown at once."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Container
from contextlib import suppress
from pathlib import Path, PurePath

from annotated_archive.site import content
from annotated_archive.site.content import THEME, Stopped
from annotated_archive.site.editions import READ
from annotated_archive.site.extras import SECTIONS, error_page
from annotated_archive.site.outputs import Outputs
from annotated_archive.site.plugin import AnnotatedArchive, Orders, archive_plugin
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run
from annotated_archive.site.swapping import swap
from annotated_archive.site.writing import Writer

POLL = 0.2  # seconds between two looks at the files
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses under which a server is reached from its own computer alone."""
Times = dict[str, int]
ANNOTATIONS, WORKS = "annotations", "_works"
"""Where annotations lie, by article, and in that folder those of cited works."""


class Workshop:
    """The site being served from `site`, and the builds that keep it current: of the private edition, if `private`."""

    def __init__(self, root: Path, site: Path, private: bool = False) -> None:
        self.root = root
        self.site = site
        self.private = private
        self.last: AnnotatedArchive | None = None
        self.frame: Times = {}
        self.record: Times = {}
        self.left = False
        self.busy = threading.Lock()
        self.edited = threading.Event()

    def build(self, *, whole: bool = True) -> int:
        """Make what differs from the last build. Returns how many files were made.

        Unless `whole`, an edit of known records makes their own pages and leaves the others that tell of them for
        later; `left` then says so. A whole build raises Stopped when there is another edit.
        """
        frame, record = self._frame(), {path: when for top in self.tops for path, when in _times(top).items()}
        records = None if whole or frame != self.frame else _edited(self.record, record)
        last = self.last
        count = self._whole() if last is None or records is None else self._pages_of(last, records)
        self.left = records is not None
        self.frame, self.record = frame, record
        return count

    def _whole(self) -> int:
        """Build the site beside the one that is served, and put it in its place."""
        staging, old = (self.site.with_name(f".{self.site.name}.{word}") for word in ("building", "old"))
        try:
            with mkdocs_session():
                config = configure(self.root, staging, strict=False)
                config.site_url = ""
                plugin = archive_plugin(config)
                memory = self.last.memory if self.last else None
                plugin.orders = Orders(self.site, stop=self.edited.is_set, private=self.private, memory=memory)
                run(config, "serve")
            swap(staging, self.site, old)
            plugin.memory.site = self.site
            self.last = plugin
        finally:
            for folder in (staging, old):
                shutil.rmtree(folder, ignore_errors=True)
        return plugin.made

    def _pages_of(self, last: AnnotatedArchive, records: Container[str]) -> int:
        """Make the pages of some records anew, in the frame that they had."""
        try:
            made = content.read(self.root, last.content.settings, self.edited.is_set, self.private)
        except content.ContentRefused as refused:
            content.report(refused.diagnostics)
            raise SiteError(str(refused)) from None
        paths = [path for path in made.jobs if PurePath(path).stem in records and path not in last.left_out]
        files = Outputs(made, last.shells, last.left_out).of(paths)
        writer = Writer(self.site, 1)
        written = [writer.one(output) for output in files]
        return len(written)

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
            words = "1 file" if count == 1 else f"{count:,} files"
            print(f"{words} made in {time.monotonic() - start:.1f} s", flush=True)


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000, private: bool = False) -> None:
    """Serve the archive in `root` until interrupted: its private edition, if `private`, and then to this computer only.

    Raises SiteError if it cannot be built at first or would be seen elsewhere, OSError if the port is taken.
    """
    root = root.resolve()
    if private and host not in LOOPBACK:
        raise SiteError(f"the private edition is shown on this computer only: --host {' or '.join(LOOPBACK)}")
    with tempfile.TemporaryDirectory(prefix="archive-site-", ignore_cleanup_errors=True) as folder:
        name = str(Path(folder) / "site")
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


def _times(folder: Path | str) -> Times:
    """When each file below a folder was changed, by path."""
    found: Times = {}
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found |= _times(entry.path)
            elif entry.is_file():
                found[entry.path] = entry.stat().st_mtime_ns
    return found


def _edited(before: Times, after: Times) -> set[str] | None:
    """The ids of the records whose files differ, if each of them has one page; otherwise None.

    An annotation stands on the page of its article.
    """
    records = set()
    for path in before.keys() | after.keys():
        if before.get(path) == after.get(path):
            continue
        parent, file = PurePath(path).parent, PurePath(path)
        if parent.parent.name == ANNOTATIONS and parent.name != WORKS:
            records.add(parent.name)
        elif path in before and path in after and {"authority", "articles"} & {parent.name, parent.parent.name}:
            records.add(file.stem)
        else:
            return None
    return records
