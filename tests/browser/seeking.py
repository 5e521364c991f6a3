"""People who search a site: one in Chromium over http, one in Chromium and one in Firefox from a folder."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urljoin

import pytest
from playwright.sync_api import Page


class Window(Protocol):
    """What these tests ask of a browser's page; FirefoxPage says what each does."""

    def goto(self, url: str) -> None: ...
    def reload(self) -> None: ...
    def back(self) -> None: ...
    def eval(self, js: str) -> Any: ...
    def wait(self, js: str) -> None: ...
    def press(self, keys: str) -> None: ...
    def type(self, selector: str, text: str) -> None: ...
    def click(self, selector: str) -> None: ...
    @property
    def console(self) -> list[str]: ...
    @property
    def requests(self) -> list[str]: ...


class ChromiumPage:
    """The same of Chromium."""

    def __init__(self, page: Page) -> None:
        self.page, self.console, self.requests = page, [], []
        page.on("console", lambda m: self.console.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        self.goto, self.reload, self.back, self.eval = page.goto, page.reload, page.go_back, page.evaluate
        self.press, self.click = page.keyboard.press, page.click

    def wait(self, js: str) -> None:
        self.page.wait_for_function(f"() => Boolean({js})")

    def type(self, selector: str, text: str) -> None:
        self.page.click(selector)
        self.page.keyboard.type(text)


class Seeker:
    """A reader who searches a site in one browser."""

    def __init__(self, window: Window, root: str) -> None:
        self.window, self.root = window, root

    def open(self, path: str = "search.html") -> Window:
        """Open a page of the site; on the search page, once it can search."""
        self.window.goto(self.root + path)
        if path.startswith("search.html"):
            self.window.wait("window.aaSearch && document.querySelector('.aa-search__panel')")
        return self.window

    def ask(self, q: str = "", size: int = 50, **state: Any) -> dict[str, Any]:
        """The answer to a state of the search."""
        given = json.dumps({"q": q, **state})
        answer = self.window.eval(f"aaSearch.search(Object.assign(aaSearch.parse(''), {given}), {size}, true)")
        assert isinstance(answer, dict)
        return answer

    def pages(self, q: str, **state: Any) -> list[str]:
        """The pages of the results, the best first."""
        return [self.page(result["href"]) for result in self.ask(q, **state)["results"]]

    def articles(self, q: str, **state: Any) -> set[str]:
        """The articles that are found."""
        return set(self.pages(q, kind=["article"], **state))

    def page(self, href: str) -> str:
        """The path of a result's page on the site."""
        return urljoin(f"{self.root}search.html", href).removeprefix(self.root).partition("#")[0]

    def suggested(self, text: str) -> list[str]:
        """The ids of the names offered, the best first."""
        return [name["id"] for name in self.window.eval(f"aaSearch.suggest({json.dumps(text)}, 8)")]

    def see(self, **state: Any) -> None:
        """Open a search by its address, and wait until it is shown."""
        self.open("search.html#" + self.address(**state))
        self.shown()

    def address(self, **state: Any) -> str:
        """An address of the search, as it may be shared."""
        pairs = [(k, v) for k, given in state.items() for v in (given if isinstance(given, list) else [given])]
        return "&".join(f"{quote(key)}={quote(str(value))}" for key, value in pairs)

    def turn(self, address: str) -> None:
        """Go to another search on the search page, and wait until something is shown for it."""
        self.window.eval("void document.querySelector('.aa-finder__main').lastChild.replaceChildren()")
        self.window.eval(f"void (location.hash = {json.dumps('#' + address)})")
        self.window.wait("document.querySelector('.aa-finder__main').lastChild.firstChild")

    def shown(self) -> str:
        """What the page says of the number of results, once it does."""
        total = "(document.querySelector('.aa-finder__total') || {}).textContent"
        self.window.wait(f"/result/.test({total})")
        said = self.window.eval(total)
        assert isinstance(said, str)
        return said


@pytest.fixture
def seeker(request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], Seeker]]:
    """Makes someone who searches the site at an address: `seeker("firefox", root)`.

    At the end the console must be empty, and nobody else have been asked for anything.
    """
    made: list[Seeker] = []
    with contextlib.ExitStack() as ends:

        def make(browser: str, root: str) -> Seeker:
            if browser == "firefox":
                made.append(Seeker(request.getfixturevalue("firefox_page"), root))
            else:
                context = ends.enter_context(request.getfixturevalue("windows").of())
                made.append(Seeker(ChromiumPage(context.new_page()), root))
            return made[-1]

        yield make
        for one in made:
            assert one.window.console == []
            assert [url for url in one.window.requests if not url.startswith((one.root, "blob:", "data:"))] == []


@pytest.fixture(scope="session")
def folder_root(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The site in a folder whose path is not plain."""
    folder = tmp_path_factory.mktemp("on a stick") / "Իմ արխիվ 100% #1"
    shutil.copytree(site, folder)
    return f"{folder.as_uri()}/"


WAYS = {
    "chromium-http": ("chromium", "http_root"),
    "chromium-file": ("chromium", "folder_root"),
    "firefox-file": ("firefox", "folder_root"),
}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def searcher(request: pytest.FixtureRequest, seeker: Callable[[str, str], Seeker]) -> Seeker:
    """Someone who searches the repository's own site."""
    browser, root = request.param
    return seeker(browser, request.getfixturevalue(root))
