"""Measures what a reader waits for: the 10,952 speeches searched in browsers, ours beside Pagefind's own use over HTTP.

Both have the same texts in the same volumes. Ours is read over HTTP and from a folder, in Chromium and (a folder only,
with its real policy) in Firefox; Pagefind's by its own script with `mergeIndex`, which it promises over HTTP alone. Of
each query: until the first ten results stand there with their excerpts, when nothing is loaded (`cold`), when only the
box was opened, and again in the same page (`warm`); bytes and files read cold, and the longest task of the page's main
thread. The middle of RUNS runs, since browsers vary. Run it with the folder of texts, and one to keep what was built:
`python tests/bench/search_reading.py ../shared build/reading`.
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

from firefox import Firefox, launched
from playwright.sync_api import Browser, sync_playwright
from search_terminal import STATES, document, speeches
from websockets.sync.client import connect

from annotated_archive.search import pagefind
from annotated_archive.search.document import Document, Name, Named
from annotated_archive.search.spool import spooled, taken
from annotated_archive.search.volumes import volumes
from annotated_archive.search.write import write

RUNS = 5
QUERIES = ("karabakh", "cyprus", "nuclear disarmament", '"nuclear weapons"', "climate change", "peace")
ASSETS = Path(pagefind.__file__).parents[1] / "site/theme/assets"
FOLDER = "Իմ արխիվ 100% 1"
TASKS = """<script>longest = 0; try { new PerformanceObserver(list => list.getEntries().forEach(
entry => longest = Math.max(longest, entry.duration))).observe({ type: "longtask" }); } catch (error) { longest = null }
</script>"""
OURS = """async ([query, opened]) => {
  if (opened) { await aaSearch.open(); await new Promise(done => setTimeout(done, 1000)); }
  const begin = performance.now();
  const state = Object.assign(aaSearch.parse(""), { q: query });
  const answer = await aaSearch.search(state, 10);
  const cold = performance.now() - begin;
  const again = performance.now();
  await aaSearch.search(state, 10);
  return [cold, performance.now() - again, answer.total, longest];
}"""
THEIRS = """async ([query, count]) => {
  const begin = performance.now();
  const pagefind = await import("/theirs/0/pagefind.js");
  await pagefind.options({ excerptLength: 30 });
  await Promise.all([...Array(count - 1).keys()].map(n => pagefind.mergeIndex(`/theirs/${n + 1}/`)));
  const first = async () => {
    const found = await pagefind.search(query);
    await Promise.all(found.results.slice(0, 10).map(result => result.data()));
    return found.results.length;
  };
  const total = await first();
  const cold = performance.now() - begin;
  const again = performance.now();
  await first();
  return [cold, performance.now() - again, total, longest];
}"""


def build(shared: Path, folder: Path) -> int:
    """Build both searches of the speeches below `folder`, Pagefind's where it is not there; how many volumes."""
    site = folder / FOLDER
    names = [Name(form, entity) for entity, forms in STATES.items() for form in forms]
    named = [Named(entity, "place", "country", forms[0], f"places/{entity}") for entity, forms in STATES.items()]

    def documents() -> Iterator[Document]:
        return (document(name, text) for name, text in speeches(shared))

    write(documents(), names, named, site / "assets/search", folder / "cache")
    shutil.copyfile(ASSETS / "search-client.js", site / "assets/search-client.js")
    head = f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Search</title>{TASKS}'
    client = '<div data-aa-root=""></div><script src="assets/search-client.js"></script>'
    (site / "ours.html").write_text(head + client, "utf-8")
    (site / "theirs.html").write_text(head, "utf-8")
    if (site / "theirs").is_dir():
        return len(list((site / "theirs").iterdir()))
    made = site / "theirs.building"
    shutil.rmtree(made, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        spool = Path(work) / "documents"
        found = volumes(spooled(documents(), spool))
        for number, volume in enumerate(found):
            room = Path(work) / str(number)
            room.mkdir()
            files = pagefind._run((list(one.texts()) for one in taken(volume.entries)), volume.language, room)
            for path, data in files.items():
                file = made / str(number) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            shutil.rmtree(room)
    made.rename(site / "theirs")
    return len(found)


class Server(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_: Any) -> None:
        pass


def chromium(browser: Browser, base: str, page_name: str, script: str, argument: Any, root: Path) -> list[float]:
    """One run in a new profile: milliseconds cold and warm, hits, the longest task, bytes and files read."""
    read: list[Path] = []
    context = browser.new_context()
    page = context.new_page()
    page.goto(base + page_name)
    page.wait_for_timeout(300)
    page.on("request", lambda request: read.append(root / unquote(request.url.removeprefix(base).partition("?")[0])))
    given = page.evaluate(script, argument)
    context.close()
    return [*given, sum(path.stat().st_size for path in read if path.is_file()), len(read)]


def middle(task: Callable[[], list[float]]) -> list[float]:
    return [statistics.median(values) for values in zip(*(task() for _ in range(RUNS)), strict=True)]


def line(name: str, query: str, opened: float, measured: list[float]) -> None:
    cold, warm, total, longest, *read = measured
    size = f"{read[0] / 1e3:8,.0f} kB{read[1]:5.0f} files" if read else ""
    print(f"{query:22}{name:20}{cold:7.0f}{opened:9.0f}{warm:7.0f} ms{longest:7.0f} ms{total:8.0f} hits{size}")


def main(shared: Path, folder: Path) -> None:
    count = build(shared, folder)
    root = folder.resolve() / FOLDER
    for name, part in (("ours", "assets/search"), ("Pagefind's", "theirs")):
        sizes = [path.stat().st_size for path in (root / part).rglob("*") if path.is_file()]
        print(f"{name}: {sum(sizes) / 1e6:.1f} MB in {len(sizes)} files, {count} volumes")
    print(f"{'':42}{'cold':>7}{'opened':>9}{'warm':>7}{'longest task':>14}")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    web, disk = f"http://127.0.0.1:{server.server_port}/", root.as_uri() + "/"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for query in QUERIES:
            for name, base in (("ours, file", disk), ("ours, http", web)):
                run = functools.partial(chromium, browser, base, "ours.html", OURS)
                opened, cold = (middle(functools.partial(run, [query, first], root)) for first in (True, False))
                line(f"{name}, Chromium", query, opened[0], cold)
            theirs = functools.partial(chromium, browser, web, "theirs.html", THEIRS, [query, count], root)
            line("Pagefind, Chromium", query, float("nan"), middle(theirs))
        browser.close()
    with (
        tempfile.TemporaryDirectory() as profile,
        launched("firefox", Path(profile)) as address,
        connect(address + "/session", proxy=None, compression=None, max_size=None) as session,
    ):
        for query in QUERIES:
            opened, cold = (
                middle(functools.partial(in_firefox, Firefox(session), disk, query, first)) for first in (True, False)
            )
            line("ours, file, Firefox", query, opened[0], cold)


def in_firefox(firefox: Firefox, base: str, query: str, opened: bool) -> list[float]:
    """One run in a new page: milliseconds cold and warm, hits; Firefox does not tell of long tasks, nor of files."""
    page = firefox.new_page()
    page.goto(base + "ours.html")
    page.wait("window.aaSearch")
    cold, warm, total, _ = page.eval(f"({OURS})({json.dumps([query, opened])})")
    return [cold, warm, total, float("nan")]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "build/reading"))
