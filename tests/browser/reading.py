"""The repository's own site, built once, and Chromium to read it with."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from serving import serving

from annotated_archive.site.build import build

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built from this repository."""
    out = tmp_path_factory.mktemp("built") / "site"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SITE_URL", "REPO_URL", "ARCHIVE_CONTACT"):
            patch.delenv(name, raising=False)
        build(ROOT, out, strict=True)
    return out


@pytest.fixture(scope="session")
def paths(site: Path) -> list[str]:
    """The address of every page, from the site's root."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def sample(paths: list[str]) -> list[str]:
    """One page of each sort, and all hand-written ones."""
    firsts: dict[str, str] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        generated = folder in ("places", "actors", "treaties", "events")
        firsts.setdefault(f"{folder}/{'index' if name == 'index.html' else ''}" if generated else path, path)
    return list(firsts.values())


@pytest.fixture(scope="session")
def http_root(site: Path) -> Iterator[str]:
    """The site's address over http."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def file_root(site: Path) -> str:
    """The site's address as a folder."""
    return f"{site.as_uri()}/"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser that calls nobody."""
    program = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not program:
        pytest.skip("no Chromium here; CHROMIUM names one")
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


class Windows:
    """The windows of readers: the browser starts one faster where another has been, so those of one kind share a place.

    What a reader opens there, was allowed or stores is gone before the next one comes.
    """

    def __init__(self, browser: Browser) -> None:
        """No place is taken yet."""
        self.browser = browser
        self.places: dict[str, BrowserContext] = {}

    @contextmanager
    def of(self, **options: Any) -> Iterator[BrowserContext]:
        """A place for windows of a kind, which `options` of Playwright say, with nothing in it."""
        options = {"viewport": WIDE, **options}
        kind = json.dumps(options, sort_keys=True)
        # Two windows of one test that are of one kind are those of two readers.
        place = self.places.pop(kind, None)
        if place is None:
            place = self.browser.new_context(**options)
            place.new_page()  # stays, and what the browser needs to start the next one with it
        yield place
        stays, *opened = place.pages
        addresses = [urlsplit(page.url) for page in opened]
        for page in opened:
            page.close()
        # Of pages that are on their way elsewhere nothing can be asked, so the browser itself is.
        asked = place.new_cdp_session(stays)
        for root in sorted({f"{url.scheme}://{url.netloc}" for url in addresses if url.scheme in ("http", "file")}):
            asked.send("Storage.clearDataForOrigin", {"origin": root, "storageTypes": "local_storage"})
        asked.detach()
        place.clear_permissions()
        assert place.cookies() == []
        if self.places.setdefault(kind, place) is not place:
            place.close()


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Windows:
    """Places where windows are opened."""
    return Windows(chromium)


@dataclass
class Reader:
    """A reader's window: pages are opened in it, and what went wrong in them is kept."""

    context: BrowserContext
    page: Page
    root: str
    trouble: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.root + path)
        return self.page


@pytest.fixture
def reader(windows: Windows, http_root: str, file_root: str) -> Iterator[Any]:
    """Makes windows: `reader("http")`, `reader("file", viewport=…)`. At the end nothing may have gone wrong."""
    made: list[Reader] = []
    places = ExitStack()

    def make(scheme: str, **options: Any) -> Reader:
        context = places.enter_context(windows.of(**options))
        window = Reader(context, context.new_page(), http_root if scheme == "http" else file_root)

        def heard(message: Any) -> None:
            if message.type in ("error", "warning"):
                window.trouble.append(f"{window.page.url}: {message.type}: {message.text}")

        def asked(request: Any) -> None:
            if not request.url.startswith((window.root, "blob:", "data:")):
                window.trouble.append(f"{window.page.url}: request to {request.url}")

        def failed(request: Any) -> None:
            if request.failure != "net::ERR_ABORTED":  # the window went on to the next page before all was there
                window.trouble.append(f"{window.page.url}: failed {request.url}: {request.failure}")

        window.page.on("console", heard)
        window.page.on("pageerror", lambda error: window.trouble.append(f"{window.page.url}: {error}"))
        window.page.on("requestfailed", failed)
        window.page.on("request", asked)
        made.append(window)
        return window

    with places:
        yield make
    assert [line for window in made for line in window.trouble] == []
