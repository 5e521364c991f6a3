"""Serves the site while the archive is edited: what changed is rendered again and shown at once."""

from __future__ import annotations

import gc
import itertools
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection
from contextlib import nullcontext, suppress
from pathlib import Path, PurePath

from annotated_archive.site import aside, content, quick
from annotated_archive.site.content import THEME, Content, Stopped
from annotated_archive.site.editions import READ, site_folder
from annotated_archive.site.extras import SECTIONS, error_page
from annotated_archive.site.locking import only_one
from annotated_archive.site.outputs import Outputs
from annotated_archive.site.plugin import AnnotatedArchive
from annotated_archive.site.renderer import SiteError, configure
from annotated_archive.site.swapping import swap
from annotated_archive.site.watching import Observer, Seen, seen
from annotated_archive.site.writing import Writer

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses under which a server is reached from its own computer alone."""
ANNOTATIONS, WORKS = "annotations", "_works"
"""Where annotations lie, by article, and in that folder those of cited works."""
_ENDING = 5.0  # seconds in which a build that is given up clears up after itself


class Workshop:
    """The site being served from `site`, and the builds that keep it current: of the private edition, if `private`.

    What an edit changes elsewhere is made in a process of its own: this one answers requests, and shows the next edit.
    """

    def __init__(self, root: Path, site: Path, private: bool = False) -> None:
        self.root = root
        self.site = site
        self.private = private
        self.last: AnnotatedArchive | None = None
        """The last whole build that was made in this process."""
        self.content: Content | None = None
        """What the page of an edit is made of: that of the last whole build here, or of an edit since."""
        self.look: Callable[[], Seen] = lambda: seen(self.watched)
        """Tells how the files are. Where somebody watches them, his last look will do, which costs nothing: what was
        changed since he will tell, and it is made then."""
        self.frame: object = None
        self.record: Seen = {}
        self.rest: Seen = {}
        self.left = False
        self.by_hand = False
        """Whether pages written by hand are among what is left: their titles stand in what is known here of others."""
        self.read_anew = False
        """Whether the archive was read for an edit: what was known of it before is garbage."""
        self.busy = threading.Lock()
        """Held by whoever changes what is shown."""
        self.following = threading.Lock()
        """Held while what an edit left is made."""
        self.child: subprocess.Popen[str] | None = None
        """The process that makes what is left, unless it was given up."""
        self.given_up: subprocess.Popen[str] | None = None
        self.edited = threading.Event()
        self._numbers = itertools.count()

    def build(self, *, whole: bool = True) -> int:
        """Make what differs from the last build. Returns how many files were made.

        Unless `whole`, an edit of known records makes their own pages and leaves the others that tell of them for
        later; `left` then says so. A whole build raises Stopped when there is another edit.
        """
        tops = tuple(f"{top}/" for top in self.tops)
        record, rest = Seen(), Seen()
        for path, signs in self.look().items():
            (record if path.startswith(tops) else rest)[path] = signs
        frame = self._frame(rest)
        paths = None if whole or frame != self.frame else _changed(self.record, record)
        records = None if paths is None else _edited(paths, self.record, record)
        last = self.last
        if last is None or paths is None or records is None:
            count = self._whole()
        else:
            count = self._pages_of(last, records, paths)
        self.left = records is not None
        self.by_hand = self.left and (self.by_hand or rest != self.rest)
        self.frame, self.record, self.rest = frame, record, rest
        return count

    def _beside(self, word: str) -> Path:
        return self.site.with_name(f".{self.site.name}.{word}")

    def _new(self) -> Path:
        """A folder beside the site that nobody has used: of a build that was given up, its own may go on a while."""
        return self._beside(f"building-{next(self._numbers)}")

    def _whole(self) -> int:
        """Build the site beside the one that is served, and put it in its place. The first is made of the built one."""
        staging, spare, made = self._new(), self._beside("spare"), self._beside("made")
        known = made if self.last else None
        last = self.site if self.last else site_folder(self.root, self.private)
        if self.given_up:
            self.given_up.wait()  # it uses up the spare folder too
        try:
            with nullcontext() if self.last else only_one(self.root, last, self.private):
                plugin = aside.make(self.root, staging, last, spare, known, self.private, self.edited.is_set)
            plugin.memory.write(made)
            self._show(staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        self.last, self.content = plugin, plugin.content
        return plugin.made

    def _show(self, staging: Path) -> None:
        """Serve the site in a folder; that of the one before is kept for the next, which needs most of its files."""
        spare = self._beside("spare")
        shutil.rmtree(spare, ignore_errors=True)
        swap(staging, self.site, spare)

    def _pages_of(self, last: AnnotatedArchive, records: Collection[str], paths: Collection[str]) -> int:
        """Make the pages of some records, from the files at `paths`, anew in the frame that they had."""
        if not records:
            return 0
        before = self.content or last.content
        try:
            made = quick.edited(before, paths)
            if made is None:
                now = content.read(self.root, before.settings, self.edited.is_set, self.private)
                made, self.read_anew = quick.listed(now, before), True
        except content.ContentRefused as refused:
            content.report(refused.diagnostics)
            raise SiteError(str(refused)) from None
        pages = [path for path in made.jobs if _stem(path) in records and path not in last.left_out]
        files = Outputs(made, last.shells, last.left_out).of(pages)
        writer = Writer(self.site, 1)
        written = [writer.one(output) for output in files]
        self.content = made
        return len(written)

    @property
    def tops(self) -> list[Path]:
        """The folders whose files the pages are made of, beside those written by hand."""
        return [self.root / "archive", *(self.root / folder for folder in READ if self.private)]

    @property
    def watched(self) -> list[Path]:
        """All files and folders that the site is made of."""
        return [*self.tops, self.root / "docs", self.root / "mkdocs.yml", THEME]

    def _frame(self, rest: Seen) -> object:
        """What every page depends on: mkdocs.yml, the theme, and which pages are written by hand."""
        docs = f"{self.root / 'docs'}/"
        return {path: None if path.startswith(docs) else signs for path, signs in rest.items()}

    def rebuild(self) -> None:
        """Show an edit: the page of what was edited at once, the others soon after. A failure changes nothing."""
        self.edited.set()
        with self.busy:
            self._give_up()
            self.edited.clear()
            self._attempt(whole=False)
        if self.left:
            threading.Thread(target=self.finish, daemon=True).start()

    def finish(self) -> None:
        """Render what an edit changes on other pages, unless another one comes first."""
        with self.following:
            with self.busy:
                if not self.left or self.edited.is_set():
                    return
                if self.by_hand:
                    gc.unfreeze()
                    self._attempt(whole=True)
                    self.prepare()
                    return
                start, staging = time.monotonic(), self._new()
                child = self.child = self._start(staging)
                if self.read_anew:
                    gc.unfreeze()
                    self.prepare()
                    self.read_anew = False
            said, _ = child.communicate()
            with self.busy:
                if self.child is child:
                    self.child = None
                    if self._take(child.returncode, staging):
                        _tell(int(said.split()[-1]), start)
            shutil.rmtree(staging, ignore_errors=True)

    def _start(self, staging: Path) -> subprocess.Popen[str]:
        """Start to build the whole site in a process of its own."""
        beside = (self._beside(word) for word in ("spare", "made", "noted"))
        folders = self.root, staging, self.site, *beside
        words = [*map(str, folders), aside.PRIVATE if self.private else aside.PUBLIC]
        # In a session of its own: who ends the server at the keyboard need not read what became of a build.
        return subprocess.Popen(
            [sys.executable, "-m", aside.__name__, *words], stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def _take(self, status: int, staging: Path) -> bool:
        """Show the site that another process built, which ended with `status`. Returns whether it did build it."""
        if status < 0:  # it said nothing itself
            print(f"the other pages were not made: signal {-status} ended their process {aside.SHOWN}", file=sys.stderr)
        if status:
            return False
        self._show(staging)
        with suppress(FileNotFoundError):  # it could not be written: more is made anew next time
            self._beside("noted").replace(self._beside("made"))
        self.left = False
        return True

    def _give_up(self) -> None:
        """End the build of the whole that is going on, if any: what it kept of its work, the next one can use.

        The processes that it forked see for themselves that it is gone.
        """
        if self.child:
            self.child.kill()
            self.given_up, self.child = self.child, None

    def close(self) -> None:
        """Write nothing any more."""
        self.edited.set()
        if self.busy.acquire(timeout=_ENDING):
            self._give_up()
            self.busy.release()
        if self.following.acquire(timeout=_ENDING):
            self.following.release()

    def prepare(self) -> None:
        """Find out what the next edit will ask, unless it has come."""
        if self.content and not self.edited.is_set():
            quick.prepare(self.content)
        gc.collect()  # now, and what is here not again: to look through a large archive takes seconds
        gc.freeze()

    def _attempt(self, *, whole: bool) -> None:
        start = time.monotonic()
        try:
            count = self.build(whole=whole)
        except Stopped:
            return
        except SiteError as error:
            print(f"{error} {aside.SHOWN}", file=sys.stderr)
        else:
            _tell(count, start)


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000, private: bool = False) -> None:
    """Serve the archive in `root` until interrupted: its private edition, if `private`, and then to this computer only.

    Raises SiteError if it cannot be built at first or would be seen elsewhere, OSError if the port is taken.
    """
    root = root.resolve()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the folder of the site goes then too
    if private and host not in LOOPBACK:
        raise SiteError(f"the private edition is shown on this computer only: --host {' or '.join(LOOPBACK)}")
    with tempfile.TemporaryDirectory(prefix="archive-site-", ignore_cleanup_errors=True) as folder:
        name = str(Path(folder) / "site")
        from mkdocs.livereload import LiveReloadServer  # after `renderer` has silenced Material's banner

        workshop = Workshop(root, Path(name), private)
        workshop.build()
        workshop.prepare()
        server = LiveReloadServer(workshop.rebuild, host, port, name)
        observer = Observer(workshop.watched, workshop.record | workshop.rest)
        server.observer = observer  # type: ignore[assignment]
        workshop.look = observer.seen
        server.build_delay = 0.05
        title = configure(root, Path(name), strict=False).site_name
        server.error_handler = lambda code: error_page(title, server.url, SECTIONS).encode() if code == 404 else None
        server.watch(str(root))
        print(f"Serving {root} on {server.url} (Control-C ends it)", flush=True)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            print()
        finally:
            server.shutdown()
            workshop.close()  # the folder goes when nothing is written any more


def _tell(count: int, start: float) -> None:
    words = "1 file" if count == 1 else f"{count:,} files"
    print(f"{words} made in {time.monotonic() - start:.1f} s", flush=True)


def _changed(before: Seen, after: Seen) -> set[str]:
    """The paths of the files that differ, or are there only once."""
    return {path for path, signs in after.items() if before.get(path) != signs} | (before.keys() - after.keys())


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _edited(paths: Collection[str], before: Seen, after: Seen) -> set[str] | None:
    """The ids of the records whose files differ, if each of them has one page; otherwise None.

    An annotation stands on the page of its article.
    """
    records = set()
    for path in paths:
        parent, file = PurePath(path).parent, PurePath(path)
        if parent.parent.name == ANNOTATIONS and parent.name != WORKS:
            records.add(parent.name)
        elif path in before and path in after and {"authority", "articles"} & {parent.name, parent.parent.name}:
            records.add(file.stem)
        else:
            return None
    return records
