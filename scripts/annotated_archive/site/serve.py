"""Serves the site while the archive is edited: what changed is rendered again and shown at once."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from annotated_archive import pages
from annotated_archive.site.content import THEME
from annotated_archive.site.extras import SECTIONS, error_page
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run

INDEX = "search/search_index.json"
POLL = 0.2  # seconds between two looks at the files


class Bytecode(BytecodeCache):
    """Compiled templates, kept in memory from one build to the next."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code if it was compiled before; the bucket checks that its source is the same."""
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


class Workshop:
    """The site being served from `site`, and the builds that keep it current."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root = root
        self.site = site
        self.known: dict[str, pages.Page] = {}
        self.frame: tuple[object, ...] = ()
        self.bytecode = Bytecode()

    def build(self) -> int:
        """Render what differs from the last build. Returns how many pages were rendered."""
        frame = self._frame()
        known = self.known if frame == self.frame else {}
        with tempfile.TemporaryDirectory(prefix="archive-serve-") as name:
            staging = Path(name) / "site"
            with mkdocs_session():
                config = configure(self.root, staging, strict=False)
                config.site_url = ""
                plugin = config.plugins["annotated-archive"]
                plugin.known, plugin.bytecode = known, self.bytecode
                run(config, "serve")
            made: dict[str, pages.Page] = plugin.content.everything
            if known:
                same = {path for path, page in made.items() if known.get(path) == page}
                _merge_index(self.site / INDEX, staging / INDEX, {f"{path.removesuffix('.md')}.html" for path in same})
            for path in self.known.keys() - made.keys():
                (self.site / path).with_suffix(".html").unlink(missing_ok=True)
            shutil.copytree(staging, self.site, dirs_exist_ok=True)
        self.known, self.frame = made, frame
        return sum(known.get(path) != page for path, page in made.items())

    def _frame(self) -> tuple[object, ...]:
        """What every page depends on: mkdocs.yml, the theme, and which pages are written by hand."""
        files = [self.root / "mkdocs.yml", *sorted(p for p in THEME.rglob("*") if p.is_file())]
        docs = sorted(str(p) for p in (self.root / "docs").rglob("*.md"))
        return (*((str(p), p.stat().st_mtime_ns) for p in files), *docs)

    def rebuild(self) -> None:
        """Build and say how it went. A failure leaves the last good pages in place."""
        start = time.monotonic()
        try:
            count = self.build()
        except SiteError as error:
            print(f"{error} (the last good pages are still shown)", file=sys.stderr)
        else:
            words = "1 page" if count == 1 else f"{count} pages"
            print(f"{words} rendered in {time.monotonic() - start:.1f} s", flush=True)


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the archive in `root` until interrupted. Raises SiteError if it cannot be built at first, OSError if the
    port is taken."""
    root = root.resolve()
    with tempfile.TemporaryDirectory(prefix="archive-site-") as name:
        from mkdocs.livereload import LiveReloadServer  # after `renderer` has silenced Material's banner

        workshop = Workshop(root, Path(name))
        workshop.build()
        server = LiveReloadServer(workshop.rebuild, host, port, name, polling_interval=POLL)
        server.build_delay = 0.05
        title = configure(root, Path(name), strict=False).site_name
        server.error_handler = lambda code: error_page(title, server.url, SECTIONS).encode() if code == 404 else None
        for watched in ("archive", "docs", "mkdocs.yml"):
            server.watch(str(root / watched))
        server.watch(str(THEME))
        print(f"Serving {root} on {server.url} (Control-C ends it)", flush=True)
        try:
            server.serve()
        except KeyboardInterrupt:
            print()
        finally:
            server.shutdown()


def _merge_index(old: Path, new: Path, same: set[str]) -> None:
    """Give the search index of a partial build the entries of the pages it left alone, whose addresses are `same`."""
    if not old.exists() or not new.exists():
        return
    before, after = json.loads(old.read_text("utf-8")), json.loads(new.read_text("utf-8"))
    fresh = {entry["location"].partition("#")[0] for entry in after["docs"]}
    after["docs"] += [e for e in before["docs"] if (page := e["location"].partition("#")[0]) in same - fresh and page]
    new.write_text(json.dumps(after, separators=(",", ":")), "utf-8")
