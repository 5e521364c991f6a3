"""The search's box, page and marks in Firefox, from a folder, under the policy for files that readers have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from firefox import FirefoxPage

pytestmark = pytest.mark.browser
pytest_plugins = ("reading", "firefox")

SHOWN = "document.querySelector('.aa-hit') && !document.querySelector('[aria-busy]')"


def test_the_box_completes_a_name(firefox_page: FirefoxPage, file_root: str) -> None:
    page = firefox_page
    page.goto(f"{file_root}about/index.html")
    page.press("Control+k")
    page.wait("document.activeElement.matches('.aa-search__input')")
    page.type(".aa-search__input", "Горис")
    page.wait("document.querySelector('[role=option]')?.textContent.includes('Goris')")
    page.wait("/result/.test(document.querySelector('.aa-search__status').textContent)")  # nothing is on its way
    page.press("ArrowDown")
    page.press("Enter")
    page.wait("location.pathname.endsWith('/places/goris.html')")
    assert page.console == []


def test_a_search_and_the_passage_that_it_leads_to(firefox_page: FirefoxPage, file_root: str) -> None:
    page = firefox_page
    page.goto(f"{file_root}search.html#q=%22drone+strikes%22")
    page.wait(SHOWN)
    page.click(".aa-kinds li:nth-child(2) a")
    page.wait(f"location.hash.includes('kind=article') && {SHOWN}")
    page.wait("!document.querySelector('.aa-hit:not(.aa-article)')")
    page.click(".aa-hit__title a")
    page.wait("/#p-\\d+$/.test(location.href) && CSS.highlights.has('aa-found')")
    words = "Array.from(CSS.highlights.get('aa-found')).map(range => range.toString().replace(/\\s+/g, ' '))"
    assert page.eval(words) == ["drone strikes"]
    page.back()
    page.wait(f"location.hash.includes('kind=article') && {SHOWN}")
    page.back()
    page.wait(f"!location.hash.includes('kind=article') && {SHOWN}")
    assert page.console == []


def test_the_sheet_of_a_narrow_window(firefox_page: FirefoxPage, file_root: str) -> None:
    page = firefox_page
    narrow = {"width": 390, "height": 844}
    page.firefox.ask("browsingContext.setViewport", context=page.context, viewport=narrow)
    page.goto(f"{file_root}articles/index.html")
    page.click(".aa-search__input")
    page.wait("document.querySelector('.aa-search[role=dialog]')")
    page.back()
    page.wait("!document.querySelector('[role=dialog]') && !document.querySelector('[inert]')")
    assert page.eval("location.pathname").endswith("/articles/index.html")
