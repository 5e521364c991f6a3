"""The built site as readers meet it: over http and from a folder, with mouse, keys and finger, without scripts."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from barriers import barriers
from moving import settled
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from reading import Windows

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

HERE = "https://site.example/"
NARROW = {"width": 390, "height": 844}


class _Links(HTMLParser):
    """Gathers the ids of a page, its links, and what it loads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if identifier := given.get("id"):
            self.ids.append(identifier)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and "href" in given and given.get("rel") != "canonical":
            self.loads.append(given["href"])
        elif "src" in given:
            self.loads.append(given["src"])


def parsed(path: Path) -> _Links:
    parser = _Links()
    parser.feed(path.read_text("utf-8"))
    parser.close()
    return parser


@pytest.fixture(scope="session")
def pages(site: Path, paths: list[str]) -> dict[str, _Links]:
    """Every page, read."""
    return {path: parsed(site / path) for path in paths}


def test_every_link_and_fragment_leads_somewhere(site: Path, pages: dict[str, _Links]) -> None:
    broken = []
    for path, page in pages.items():
        for link in (*page.links, *page.loads):
            target = urlsplit(urljoin(HERE + path, link))
            if f"{target.scheme}://{target.netloc}/" != HERE:
                continue
            to = unquote(target.path).lstrip("/")
            if not (site / to).is_file():
                broken.append(f"{path}: {link}: no such file")
            elif target.fragment and (to not in pages or unquote(target.fragment) not in pages[to].ids):
                broken.append(f"{path}: {link}: no such place on the page")
    assert broken == []


def test_no_page_uses_an_id_twice(pages: dict[str, _Links]) -> None:
    twice = {path: sorted({i for i in page.ids if page.ids.count(i) > 1}) for path, page in pages.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_every_page_can_be_reached(pages: dict[str, _Links]) -> None:
    found, waiting = {"index.html", "404.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in pages[path].links:
            to = unquote(urlsplit(urljoin(HERE + path, link)).path).lstrip("/")
            if to in pages and to not in found:
                found.add(to)
                waiting.append(to)
    assert pages.keys() - found == set()


def test_an_article_page_weighs_at_most_150_kb(site: Path, pages: dict[str, _Links]) -> None:
    for path, page in pages.items():
        if path.startswith("articles/") and not path.endswith("index.html"):
            files = {path, *(urlsplit(urljoin(HERE + path, load)).path.lstrip("/") for load in page.loads)}
            weight = sum(len(gzip.compress((site / file).read_bytes(), 9)) for file in files)
            assert weight <= 150_000, (path, weight)


def opens(window: Any, paths: list[str]) -> None:
    """Open each page; what it complains of fails the test at its end. None is wider than the window."""
    wide = []
    for path in paths:
        page = window.open(path)
        assert page.title(), path
        assert page.locator("h1").count() == 1, path
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_every_page_opens_in_silence_from_a_folder(reader: Any, paths: list[str]) -> None:
    opens(reader("file"), paths)


def test_pages_open_in_silence_over_http(reader: Any, sample: list[str]) -> None:
    opens(reader("http"), sample)


def test_no_page_is_wider_than_a_telephone(reader: Any, sample: list[str]) -> None:
    opens(reader("file", viewport=NARROW), sample)


def test_no_serious_barrier(reader: Any, sample: list[str]) -> None:
    window = reader("file", color_scheme="light", reduced_motion="reduce")
    assert [(path, found) for path in sample for found in barriers(window.open(path))] == []


def test_the_dark_colours_can_be_read(reader: Any, sample: list[str]) -> None:
    window = reader("file", color_scheme="dark", reduced_motion="reduce")
    kinds = {path.partition("/")[0]: path for path in sample if path != "bibliography.html"}
    assert [(path, found) for path in kinds.values() for found in barriers(window.open(path), "dark")] == []


def test_all_is_read_without_javascript(reader: Any, sample: list[str]) -> None:
    window = reader("file", java_script_enabled=False, viewport=NARROW)
    for path in sample:
        page = window.open(path)
        expect(page.locator("h1")).to_be_visible()
        if path == "404.html":
            continue
        expect(page.locator(".aa-nav a").first).to_be_visible()
        expect(page.locator(".aa-search")).to_be_hidden()
        if path != "search.html":
            expect(page.locator(".aa-find summary")).to_be_visible()
        expect(page.locator(".aa-scheme")).to_be_hidden()


def test_without_javascript_the_system_chooses_the_colours(reader: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    for scheme, colour in (("light", "rgb(251, 250, 247)"), ("dark", "rgb(23, 25, 28)")):
        page = reader("file", java_script_enabled=False, color_scheme=scheme).open("index.html")
        assert page.evaluate(ground) == colour


def test_the_sections_stand_in_one_line_where_there_is_room(reader: Any) -> None:
    page = reader("file").open("index.html")
    for width in (1410, 1440, 1510, 1610):  # on both sides of where the header gets narrower
        page.set_viewport_size({"width": width, "height": 900})
        tops = {one.bounding_box()["y"] for one in page.locator(".aa-nav a").all()}
        assert len(tops) == 1, width


@pytest.fixture
def an_article(paths: list[str]) -> str:
    """The path of the first article."""
    return next(path for path in paths if path.startswith("articles/") and not path.endswith("index.html"))


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_previews_by_mouse(reader: Any, an_article: str, scheme: str) -> None:
    page = reader(scheme).open(an_article)
    link, card = page.locator(".aa-text a.n.place").first, page.locator("#aa-peek")
    expect(card).to_be_hidden()
    link.hover()
    expect(card).to_be_visible()
    assert link.get_attribute("aria-describedby") == "aa-peek"
    assert card.get_attribute("role") == "tooltip"
    expect(card).to_contain_text(re.compile(r"\d+ mentions? in \d+ articles?"))
    box = settled(card)
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1440
    card.hover()  # it may be crossed and read
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    link.hover()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None


def test_previews_by_keyboard(reader: Any, an_article: str) -> None:
    page = reader("file").open(an_article)
    links, card = page.locator(".aa-text a.n"), page.locator("#aa-peek")
    links.nth(0).evaluate("link => link.focus({focusVisible: true})")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(card).to_be_visible()
    address = page.evaluate("new URL(document.activeElement.getAttribute('href'), location.href).href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_previews_by_touch(reader: Any, an_article: str) -> None:
    page = reader("file", viewport=NARROW, has_touch=True, is_mobile=True).open(an_article)
    link, card = page.locator(".aa-text a.n.place").first, page.locator("#aa-peek")
    start = page.url
    link.tap()
    expect(card).to_be_visible()
    assert page.url == start
    assert card.get_attribute("role") == "dialog"
    box = settled(card)
    assert box and abs(box["y"] + box["height"] - NARROW["height"]) < 2
    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()
    expect(link).to_be_focused()
    link.tap()
    card.get_by_role("link", name="Open page").tap()
    page.wait_for_url(re.compile("/places/"))


def test_previews_on_a_page_by_hand(reader: Any) -> None:
    page = reader("file").open("background/nagorno-karabakh.html")
    page.locator(".aa-doc a[href*='places/']").first.hover()
    expect(page.locator("#aa-peek")).to_be_visible()


def test_a_preview_near_the_edge_stays_inside(reader: Any, an_article: str) -> None:
    window = reader("file", viewport={"width": 700, "height": 500})
    page = window.open(an_article)
    for number in range(0, page.locator(".aa-block a.n").count(), 3):
        link = page.locator(".aa-block a.n").nth(number)
        link.evaluate("link => { link.scrollIntoView({block: 'end'}); link.focus({focusVisible: true}) }")
        expect(page.locator("#aa-peek")).to_be_visible()
        box = settled(page.locator("#aa-peek"))
        assert box and box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= 700 and box["y"] + box["height"] <= 500
        page.keyboard.press("Escape")


def names(page: Page) -> list[str]:
    """The first cell of each row that is shown."""
    return page.locator(".aa-index tbody tr:visible > :first-child").all_inner_texts()


def test_a_table_is_sorted(reader: Any) -> None:
    page = reader("file").open("places/index.html")
    before = names(page)
    head = page.locator(".aa-index th", has_text="Mentions")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    column = page.locator(".aa-index th").all_inner_texts().index(head.inner_text()) + 1
    cells = page.locator(f".aa-index tbody tr > :nth-child({column})")
    counts = [int(text.strip() or 0) for text in cells.all_inner_texts()]
    assert counts == sorted(counts, reverse=True) and counts[0] > 0
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert names(page) == before


def test_a_table_is_filtered(reader: Any) -> None:
    page = reader("file").open("places/index.html")
    total = len(names(page))
    box = page.get_by_role("searchbox", name="Filter")
    box.fill("gorus")  # the Azerbaijani name; letters may be written without their marks
    assert [name.split("\n")[0] for name in names(page)] == ["Goris"]
    expect(page.locator(".aa-filter output")).to_have_text(f"1 of {total}")
    box.fill("no such place")
    expect(page.locator(".aa-no-row")).to_be_visible()
    box.press("Escape")
    assert len(names(page)) == total


def test_the_colours_chosen_are_kept(reader: Any) -> None:
    window = reader("http", color_scheme="light")
    page = window.open("index.html")
    button = page.locator(".aa-scheme")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(scheme) == "default"
    button.click()
    assert page.evaluate(scheme) == "default"  # light, by choice
    button.click()
    assert page.evaluate(scheme) == "slate"
    page = window.open("places/goris.html")
    assert page.evaluate(scheme) == "slate"
    assert "dark" in str(page.locator(".aa-scheme").get_attribute("aria-label"))


@pytest.mark.parametrize("root", ["http_root", "file_root"])
def test_nothing_of_one_reader_is_left_for_the_next(
    request: pytest.FixtureRequest, windows: Windows, root: str
) -> None:
    address = f"{request.getfixturevalue(root)}index.html"
    places = []
    for _ in range(2):
        with windows.of() as place:
            page = place.new_page()
            page.goto(address)
            assert page.evaluate("localStorage.length") == 0
            assert page.evaluate("navigator.permissions.query({name: 'geolocation'}).then(p => p.state)") != "granted"
            places.append((place, len(place.pages)))
            page.evaluate("localStorage.setItem('aa-scheme', 'dark')")
            place.grant_permissions(["geolocation"])
    assert places[0] == places[1]


def test_the_menu_of_a_small_window(reader: Any) -> None:
    page = reader("file", viewport=NARROW).open("index.html")
    button, nav = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Sections")
    expect(nav).to_be_hidden()
    button.click()
    expect(nav.get_by_role("link", name="Places")).to_be_visible()
    page.keyboard.press("Escape")
    expect(nav).to_be_hidden()
    expect(button).to_be_focused()


def test_the_way_past_the_bar(reader: Any) -> None:
    page = reader("file").open("places/goris.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_paper_shows_the_text_and_not_the_bar(reader: Any, an_article: str) -> None:
    page = reader("file").open(an_article)
    page.emulate_media(media="print")
    expect(page.locator(".aa-bar")).to_be_hidden()
    expect(page.locator(".aa-text p").first).to_be_visible()


def test_the_error_page_from_a_folder(reader: Any) -> None:
    page = reader("file").open("404.html")
    page.get_by_role("link", name="Places").click()
    expect(page.locator("h1")).to_have_text("Places")
