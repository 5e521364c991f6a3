"""The search as readers meet it: the box of every page, the search page, and the passage that a result leads to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from barriers import LOOKS, barriers
from moving import settled
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

NARROW = {"width": 390, "height": 844}
SOON = 20_000  # milliseconds: the first search on a machine that does other things too
SCHEMES = pytest.mark.parametrize("scheme", ["http", "file"])


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search this archive")


def typed(page: Page, words: str) -> Page:
    """Type into the box of a page, and wait for what the texts say."""
    field(page).click()
    page.keyboard.type(words)
    expect(page.locator(".aa-option--all, .aa-search__status:text('No result')").first).to_be_attached(timeout=SOON)
    return page


def found(window: Any, state: str) -> Page:
    """Open the search page with a state, and wait for its answer."""
    page: Page = window.open(f"search.html#{state}")
    return answered(page)


def answered(page: Page) -> Page:
    """Wait until what the address asks for is shown."""
    page.evaluate("() => new Promise(done => setTimeout(done))")  # the page has heard of its address by then
    expect(page.locator(".aa-finder__total")).to_have_text(re.compile("result"), timeout=SOON)
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=SOON)
    return page


def total(page: Page) -> int:
    words = page.locator(".aa-finder__total").inner_text()
    return 0 if words == "No result" else int(words.split()[0].replace(",", ""))


# The box -------------------------------------------------------------------------------------------------------------


@SCHEMES
def test_names_come_first_and_enter_opens_the_page(reader: Any, scheme: str) -> None:
    page = reader(scheme).open("about/index.html")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    typed(page, "Գորիս")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Goris")
    expect(first).to_contain_text("Town")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/places/goris\.html$"))


def test_nothing_of_the_search_is_loaded_before_someone_turns_to_it(reader: Any) -> None:
    window = reader("http")
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    page = window.open("places/goris.html")
    page.mouse.wheel(0, 400)
    assert [url for url in asked if "search" in url or "found" in url] == []
    field(page).focus()
    page.wait_for_function("window.aaSearchBox && window.aaSearch")
    assert any(url.endswith("search-client.js") for url in asked)


def test_results_say_where_they_come_from_and_lead_to_the_passage(reader: Any) -> None:
    page = typed(reader("file").open("about/index.html"), "drone strikes")
    hit = page.locator(".aa-option--hit.aa-article").first
    expect(hit).to_contain_text(re.compile("Article · .+ · .*2022"))
    expect(hit.locator("mark").first).to_have_text(re.compile("drone|strike", re.I))
    assert "#at=p-" in (hit.get_attribute("href") or "")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ results"))


def test_enter_alone_opens_the_search_page(reader: Any) -> None:
    page = reader("file").open("articles/index.html")
    field(page).click()
    page.keyboard.type("drone strikes")
    page.wait_for_function("window.aaSearchBox && window.aaSearch")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html#q=drone\+strikes$"))
    expect(answered(page).locator(".aa-hit").first).to_be_visible()
    expect(field(page)).to_have_value("drone strikes")


def test_enter_leads_to_the_search_page_even_when_the_box_did_not_load(reader: Any) -> None:
    window = reader("file")
    window.page.route("**/search-box.js", lambda route: route.abort())
    page = window.open("articles/index.html")
    field(page).click()
    page.keyboard.type("a & b")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html#q=a%20%26%20b$"))
    window.trouble.clear()  # the browser tells of what it could not load


def test_a_name_is_not_offered_again_as_a_text(reader: Any) -> None:
    page = typed(reader("file").open("articles/index.html"), "Goris")
    expect(page.locator(".aa-option--name[href$='places/goris.html']")).to_have_count(1)
    expect(page.locator(".aa-option--hit").first).to_be_attached()
    assert page.locator(".aa-option--hit[href*='places/goris.html']").count() == 0


def test_all_results_is_the_last_choice(reader: Any) -> None:
    page = typed(reader("file").open("articles/index.html"), "ceasefire")
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(last).to_have_text(re.compile(r"All \d+ results"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html#q=ceasefire$"))


def test_escape_leads_back_to_where_the_reader_was(reader: Any) -> None:
    page = reader("file").open("articles/index.html")
    link = page.locator("#content a").first
    link.focus()
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()
    typed(page, "Goris")
    expect(page.locator(".aa-search__panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".aa-search__panel")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_panel_goes_when_the_focus_does(reader: Any) -> None:
    page = typed(reader("file").open("articles/index.html"), "Goris")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".aa-search__panel")).to_be_hidden()


def test_a_slash_in_a_field_is_a_slash(reader: Any) -> None:
    page = reader("file").open("actors/index.html")
    page.get_by_role("searchbox", name="Filter").click()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox", name="Filter")).to_have_value("a/b")


def test_in_a_narrow_window_the_box_fills_the_screen(reader: Any) -> None:
    page = reader("file", viewport=NARROW, has_touch=True, is_mobile=True).open("articles/index.html")
    field(page).tap()
    sheet = page.get_by_role("dialog", name="Search this archive")
    expect(sheet).to_be_visible()
    assert settled(sheet) == {"x": 0, "y": 0, "width": 390, "height": 844}
    typed(page, "Goris")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.locator("#content").evaluate("content => !!content.closest('[inert]')")
    assert barriers(page, targets=True) == []
    for _ in range(4):  # the focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('#content, .aa-nav, .aa-foot')")
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
    assert page.locator("[inert]").count() == 0
    assert page.url.endswith("articles/index.html")


def test_the_way_back_closes_the_sheet(reader: Any) -> None:
    page = reader("file", viewport=NARROW).open("articles/index.html")
    address = page.url
    field(page).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url == address
    expect(page.locator("h1")).to_be_visible()


def test_what_is_chosen_in_the_sheet_takes_its_place_in_the_history(reader: Any) -> None:
    window = reader("file", viewport=NARROW)
    window.open("about/index.html")
    page = typed(window.open("articles/index.html"), "Goris")
    page.get_by_role("option").first.click()
    page.wait_for_url(re.compile(r"/places/goris\.html$"))
    page.go_back()
    page.wait_for_url(re.compile(r"/articles/index\.html$"))


def test_the_open_box_has_no_serious_barrier(reader: Any) -> None:
    for scheme in ("light", "dark"):
        window = reader("file", color_scheme=scheme, reduced_motion="reduce")
        assert barriers(typed(window.open("articles/index.html"), "Goris"), targets=True) == []


@SCHEMES
def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(reader: Any, scheme: str) -> None:
    window = reader(scheme)
    window.page.route("**/assets/search/**", lambda route: route.abort())
    page = window.open("search.html#q=goris")
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible(timeout=SOON)
    expect(page.get_by_role("alert")).to_contain_text("search")
    window.page.unroute("**/assets/search/**")
    again.click()
    expect(answered(page).locator(".aa-hit").first).to_be_visible()
    window.trouble.clear()  # the browser tells of what it could not load


@SCHEMES
def test_a_missing_file_is_told_with_what_to_do(reader: Any, scheme: str) -> None:
    window = reader(scheme)
    window.page.route("**/assets/search/**/table.js*", lambda route: route.abort())
    page = window.open("search.html#q=goris")
    trouble = page.get_by_role("alert")
    told = ".js. Unpack the download again." if scheme == "file" else "Load the page again."
    expect(trouble).to_contain_text(told, timeout=SOON)
    expect(page.locator(".aa-onward__lists").get_by_role("link", name="Timeline")).to_be_visible()
    window.trouble.clear()  # the browser tells of what it could not load


# The search page -----------------------------------------------------------------------------------------------------


def test_before_anything_is_searched_for_the_page_tells_how(reader: Any) -> None:
    page = reader("file").open("search.html")
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("heading", name="How to search")).to_be_visible()
    expect(page.locator(".aa-finder__without")).to_be_hidden()
    expect(page.locator(".aa-finder__found")).to_be_hidden()


def test_without_javascript_the_page_says_what_it_needs(reader: Any) -> None:
    page = reader("file", java_script_enabled=False).open("search.html")
    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    for name in ("Treaties and statements", "Nagorno-Karabakh: the background", "About this archive"):
        expect(page.locator(".aa-finder__lists").get_by_role("link", name=name)).to_be_visible()
    expect(page.locator(".aa-search")).to_be_hidden()
    page = reader("file", java_script_enabled=False).open("places/goris.html")
    page.get_by_text("Look up", exact=True).first.click()
    page.locator(".aa-find").get_by_role("link", name="Articles").click()
    page.wait_for_url(re.compile("articles/index.html"))


@SCHEMES
def test_a_choice_stands_in_the_address_and_back_takes_it_back(reader: Any, scheme: str) -> None:
    page = found(reader(scheme), "q=drone+strikes")
    all_of_them = total(page)
    page.get_by_role("link", name=re.compile("^Articles")).and_(page.locator(".aa-kinds a")).click()
    page.wait_for_url(re.compile(r"#q=drone\+strikes&kind=article$"))
    expect(page.locator(".aa-hit:not(.aa-article)")).to_have_count(0)
    articles = total(answered(page))
    assert 0 < articles < all_of_them
    page.get_by_label(re.compile("^Bismarck Herald")).check()
    page.wait_for_url(re.compile("&source=bismarck-herald$"))
    expect(page.locator(".aa-hit")).to_have_count(1)
    expect(page.get_by_label(re.compile("^Bismarck Herald"))).to_be_focused()
    page.go_back()
    expect(page.locator(".aa-hit")).to_have_count(articles)
    page.go_back()
    expect(page.locator(".aa-finder__total")).to_have_text(f"{all_of_them} results")
    page.go_forward()
    page.reload()
    expect(answered(page).locator(".aa-hit")).to_have_count(articles)
    expect(field(page)).to_have_value("drone strikes")


def test_what_is_chosen_can_be_taken_away(reader: Any) -> None:
    page = found(reader("file"), "place=goris&place=sotk&from=2022-01-01")
    chips = page.locator(".aa-chosen__one")
    assert [text.partition("\n")[0] for text in chips.all_inner_texts()] == [
        "Goris", "Sotk", "from 2022-01-01",
    ]  # fmt: skip
    chips.first.click()
    page.wait_for_url(re.compile(r"#place=sotk&from=2022-01-01$"))
    expect(page.locator(".aa-chosen__one")).to_have_count(2)
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("heading", name="How to search")).to_be_visible()


def test_a_name_that_is_chosen_narrows_the_results(reader: Any) -> None:
    page = reader("file").open("search.html")
    field(page).click()
    page.keyboard.type("Горис")
    option = page.get_by_role("option", name=re.compile("Goris"))
    expect(option).to_be_visible(timeout=SOON)
    option.click()
    page.wait_for_url(re.compile(r"#place=goris$"))
    expect(answered(page).locator(".aa-chosen__one")).to_contain_text("Goris")
    expect(field(page)).to_have_value("")
    assert total(page) > 1


def test_other_forms_of_a_name_are_told_and_can_be_left_out(reader: Any) -> None:
    page = found(reader("file"), "q=Xank%C9%99ndi")
    told = page.locator(".aa-expanded")
    expect(told).to_contain_text("Stepanakert")
    many = total(page)
    told.get_by_role("link").click()
    page.wait_for_url(re.compile("%22"))
    expect(page.locator(".aa-expanded")).to_have_count(0)
    assert total(answered(page)) < many


def test_no_result_offers_names_and_ways_out(reader: Any) -> None:
    window = reader("file")
    page = found(window, "q=Gorris")
    expect(page.locator(".aa-nothing__head")).to_have_text("Nothing here holds Gorris")
    near = page.locator(".aa-nothing__near li").first
    expect(near.get_by_role("link", name="Goris", exact=True)).to_have_attribute("href", "./places/goris.html")
    near.get_by_role("link", name="what mentions it").click()
    page.wait_for_url(re.compile(r"#place=goris$"))
    page.goto("about:blank")
    page = found(window, "q=drone+strikes&treaty=alma-ata-declaration")
    way = page.locator(".aa-nothing__ways").get_by_role("link", name=re.compile("^Without"))
    way.first.click()
    page.wait_for_url(re.compile(r"#q=drone\+strikes$"))
    assert total(answered(page)) > 0


def test_a_wait_is_spoken_of_only_when_it_is_one(reader: Any) -> None:
    page = found(reader("file"), "q=ceasefire")
    page.evaluate("() => { aaSearch.search = () => new Promise(() => {}); location.hash = 'q=border'; }")
    expect(page.locator(".aa-finder__total")).not_to_have_text("Searching…")
    expect(page.locator(".aa-finder__total")).to_have_text("Searching…")
    expect(page.locator(".aa-finder__found")).to_have_class(re.compile("is-waiting"))


def test_whoever_comes_back_from_a_result_stands_where_they_left(reader: Any) -> None:
    page = found(reader("file"), "q=armenia")
    page.locator(".aa-hit__title a").nth(15).click()
    page.wait_for_url(re.compile(r"^(?!.*search\.html)"))
    page.go_back()
    answered(page)
    page.wait_for_function("scrollY > 500")


def test_a_query_that_is_too_long_is_cut_and_says_so(reader: Any) -> None:
    page = found(reader("file"), "q=" + "armenia+" * 100)
    expect(page.get_by_text("only its beginning was searched for")).to_be_visible()


def test_dates_and_order(reader: Any) -> None:
    page = found(reader("file"), "q=ceasefire")
    many = total(page)
    page.get_by_text("Date", exact=True).click()
    page.get_by_label("To", exact=True).fill("2000-12-31")
    page.get_by_label("To", exact=True).blur()
    page.wait_for_url(re.compile("to=2000-12-31"))
    answered(page)
    assert 0 < total(page) < many
    page.get_by_label("Order").focus()
    page.get_by_label("Order").select_option("date")
    page.wait_for_url(re.compile("sort=date"))
    expect(page.get_by_label("Order")).to_be_focused()


def test_results_in_pages(reader: Any) -> None:
    page = found(reader("file"), "q=armenia")
    assert total(page) > 20
    expect(page.locator(".aa-hit")).to_have_count(20)
    first = page.locator(".aa-hit__title").first.inner_text()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile("page=2"))
    expect(page.locator(".aa-hit__title").first).not_to_have_text(first)
    assert page.evaluate("scrollY") == 0
    answered(page)
    expect(page.locator(".aa-finder__total")).to_be_focused()
    many = total(page)
    expect(page.get_by_role("status").filter(has_text=f"Results 21 to 40 of {many}")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.aa-expanded, .aa-hits') !== null")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".aa-hit__title").first).to_have_text(first)


def test_a_long_facet_grows_and_can_be_filtered(reader: Any) -> None:
    page = found(reader("file"), "q=armenia")
    facet = page.locator(".aa-facet--place")
    expect(facet.get_by_role("checkbox")).to_have_count(10)
    facet.get_by_role("button", name=re.compile(r"\d+ more")).click()
    assert facet.get_by_role("checkbox").count() > 20
    facet.get_by_role("searchbox").fill("kalb")
    expect(facet.get_by_role("checkbox")).to_have_count(1)


def test_back_leads_to_the_search_before(reader: Any) -> None:
    page = reader("file").open("search.html")
    field(page).click()
    page.keyboard.type("Goris")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#q=Goris$"))
    answered(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("Sotk", delay=30)
    page.wait_for_url(re.compile("#q=Sotk$"))
    page.keyboard.press("Enter")
    answered(page)
    page.go_back()
    page.wait_for_url(re.compile("#q=Goris$"))
    expect(field(page)).to_have_value("Goris")
    page.go_forward()
    page.wait_for_url(re.compile("#q=Sotk$"))
    expect(field(page)).to_have_value("Sotk")


def test_a_search_that_was_left_standing_has_an_entry_of_its_own(reader: Any) -> None:
    page = found(reader("file"), "q=Goris")
    field(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Sotk")
    page.wait_for_url(re.compile("#q=Sotk$"))
    page.wait_for_timeout(2500)
    page.keyboard.press("Control+a")
    for letters in ("Jer", "muk"):  # one run of typing, in two searches
        page.keyboard.type(letters)
        page.wait_for_timeout(500)
    page.wait_for_url(re.compile("#q=Jermuk$"))
    for earlier in ("Sotk", "Goris"):
        page.go_back()
        page.wait_for_url(re.compile(f"#q={earlier}$"))


def test_names_stand_before_the_results_only_while_one_types(reader: Any) -> None:
    page = found(reader("file"), "q=armenia")
    field(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("a")
    panel = page.locator(".aa-search__panel")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    option = options.first
    expect(option).to_be_visible(timeout=SOON)
    assert 1 < options.count() <= 5
    expect(page.locator(".aa-search__keys")).to_contain_text("narrow the results")
    assert option.evaluate("option => getComputedStyle(option).textDecorationLine") == "none"
    answered(page)
    page.mouse.move(5, 5)
    expect(panel).to_be_hidden()
    page.keyboard.press("ArrowDown")  # and come back when they are asked for
    expect(panel).to_be_visible()
    page.wait_for_timeout(2000)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(field(page)).to_have_value("a")


def test_from_the_field_it_is_one_step_to_the_results(reader: Any) -> None:
    page = reader("file").open("articles/index.html")
    field(page).click()
    page.keyboard.type("armenia")
    page.wait_for_function("window.aaSearchBox && window.aaSearch")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("search"))
    expect(page.locator(".aa-finder__total")).to_be_focused(timeout=SOON)
    field(page).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    past = page.get_by_role("button", name="Skip to the results")
    expect(past).to_be_focused()
    assert past.evaluate("past => past.getBoundingClientRect().height > 24")
    page.keyboard.press("Enter")
    expect(page.locator(".aa-finder__total")).to_be_focused()


def test_only_the_first_facets_stand_open_and_those_with_a_choice(reader: Any) -> None:
    page = found(reader("file"), "q=armenia&event=fighting-of-september-2022")
    folded = page.locator(".aa-facet:not([open]) > summary").all_inner_texts()
    assert folded == ["Actor", "Treaty or statement", "Date", "Year"]
    page.get_by_text("Year", exact=True).click()
    head, first = page.locator(".aa-facet--year > summary"), page.locator(".aa-facet--year li").first
    above, below = head.bounding_box(), first.bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]
    page.locator(".aa-facet--place input[type=checkbox]").nth(1).check()
    answered(page)
    expect(first).to_be_visible()  # what a reader opened stays so


def test_nothing_that_is_chosen_is_not_nothing(reader: Any) -> None:
    page = found(reader("file"), "q=ceasefire&place=sotk&source=bismarck-herald&kind=treaty")
    expect(page.locator(".aa-nothing__head")).to_have_text("Nothing that is chosen holds ceasefire")
    expect(page.locator(".aa-nothing__near, .aa-onward")).to_have_count(0)
    expect(page.get_by_role("link", name="Without Treaties")).to_be_visible()
    every = page.locator(".aa-nothing__ways li").filter(has_text="Without any of these")
    promised = int(every.locator(".aa-count").inner_text().split()[0])
    every.get_by_role("link").click()
    page.wait_for_url(re.compile("#q=ceasefire$"))
    assert total(answered(page)) == promised > 0


def test_a_dead_end_is_none(reader: Any) -> None:
    page = found(reader("file"), "q=zzqqx&place=goris")
    expect(page.locator(".aa-nothing__head")).to_have_text("Nothing here holds zzqqx")
    onward = page.locator(".aa-onward")
    expect(onward).to_contain_text("That a word does not occur here does not mean that nobody said it.")
    expect(onward).to_contain_text("word -other")
    onward.get_by_role("link", name="Timeline").click()
    page.wait_for_url(re.compile("timeline.html"))
    expect(page.locator("h1")).to_have_text("Year by year")


def test_signs_alone_are_no_words(reader: Any) -> None:
    page = found(reader("file"), "q=%22%22")
    expect(page.locator(".aa-nothing__head")).to_have_text("Type a word, “a phrase” or a name")


def test_what_is_unknown_is_called_so_and_can_be_taken_away(reader: Any) -> None:
    page = found(reader("file"), "q=armenia&kind=zzz&place=nope")
    chips = page.locator(".aa-chosen__one")
    assert [text.partition("\n")[0] for text in chips.all_inner_texts()] == ["unknown: zzz", "unknown: nope"]
    chips.first.click()
    page.wait_for_url(re.compile("#q=armenia&place=nope$"))
    answered(page)
    page.locator(".aa-chosen__one").click()
    page.wait_for_url(re.compile("#q=armenia$"))
    assert total(answered(page)) > 0


def test_a_year_or_a_month_is_a_date(reader: Any) -> None:
    page = found(reader("file"), "q=armenia&from=2022&to=2024-02")
    expect(page.locator(".aa-chosen__one")).to_contain_text(["from 2022-01-01", "until 2024-02-29"])
    expect(page.get_by_label("To", exact=True)).to_have_value("2024-02-29")
    page = found(reader("file"), "q=armenia&from=2024&to=2022-02")
    expect(page.locator(".aa-chosen__one")).to_contain_text(["from 2022-02-01", "until 2024-12-31"])
    expect(page.get_by_text("the wrong way round")).to_be_visible()
    assert total(page) > 0


def test_the_title_names_the_search(reader: Any) -> None:
    page = found(reader("file"), "place=goris&kind=article&from=2022-01-01")
    expect(page).to_have_title("Articles, Goris, from 2022-01-01 · Search · The September 2022 archive")
    page.evaluate("location.hash = 'q=drones&place=goris'")
    expect(page).to_have_title("drones · Search · The September 2022 archive")


def test_typing_searches_without_filling_the_history(reader: Any) -> None:
    window = reader("file")
    window.open("about/index.html")
    page = window.open("search.html")
    field(page).click()
    page.keyboard.type("ceasefire", delay=60)
    page.wait_for_url(re.compile("#q=ceasefire$"))
    answered(page)
    page.go_back()
    page.wait_for_url(re.compile("about/index.html"))


def test_words_of_the_sources_are_told_from_ours(reader: Any) -> None:
    page = found(reader("file"), "q=armenia&kind=article&kind=place")
    face = "element => getComputedStyle(element).fontFamily.split(',')[0]"
    for part in (".aa-hit__title", ".aa-hit__sentence"):
        assert page.locator(f".aa-hit.aa-article {part}").first.evaluate(face).strip('"') == "Charter"
        assert page.locator(f".aa-hit.aa-place {part}").first.evaluate(face) == "system-ui"
    page = found(reader("file"), "kind=work")
    titles = page.locator(".aa-hit__title").all()
    seen = {(title.inner_text()[0] == "[", title.evaluate(face).strip('"')) for title in titles}
    # A work in brackets has no title; what stands there describes it.
    assert seen == {(True, "system-ui"), (False, "Charter")}


def test_a_claim_takes_two_lines(reader: Any) -> None:
    page = found(reader("file", viewport=NARROW), "q=armenia&kind=claim")
    for title in page.locator(".aa-hit__title").all():
        lines = title.evaluate("title => title.clientHeight / parseFloat(getComputedStyle(title).lineHeight)")
        assert lines < 2.2
        assert title.evaluate("title => getComputedStyle(title).fontWeight") == "400"


def test_corrected_words_say_so(reader: Any) -> None:
    page = found(reader("file"), "q=%22drone+strikes%22&kind=article")
    fix = page.locator(".aa-hit__fix").first
    expect(fix).to_have_text(re.compile(r"^corrected: note \d+$"))
    expect(fix.locator("..")).to_have_text(re.compile(r"\wcorrected: note \d+\.$"))  # then the full stop
    fix.click()
    page.wait_for_url(re.compile(r"/articles/.*#a-"))
    expect(page.locator("details.correction:target")).to_be_visible()


def test_on_paper_stands_what_was_searched_for_and_no_controls(reader: Any) -> None:
    page = found(reader("file"), "q=goris")
    page.emulate_media(media="print")
    expect(page.locator(".aa-finder__paper")).to_contain_text("goris")
    for part in (".aa-finder__side", ".aa-order", ".aa-search__input", ".aa-kinds"):
        expect(page.locator(part)).to_be_hidden()


def test_in_forced_colours_the_words_and_the_kind_are_told_apart(reader: Any) -> None:
    page = found(reader("file"), "q=goris")
    page.emulate_media(forced_colors="active")
    ground, words = (page.locator(part).first.evaluate("e => getComputedStyle(e).backgroundColor")
                     for part in ("body", ".aa-hit mark"))  # fmt: skip
    assert words != ground
    lines = page.locator(".aa-kinds a").evaluate_all("all => all.map(e => getComputedStyle(e).borderBottomColor)")
    assert lines[0] != ground and set(lines[1:]) == {ground}


HOSTILE = (
    "<img src=x onerror=alert(1)>", "\x00", "x" * 10_000, ".*+?^${}()|[]\\", '"', '"""', "-", "--", "Գորիս -",
    "שלום \u202e abc", "'\"><script>alert(1)</script>", "%", "%zz",
)  # fmt: skip


def test_hostile_words_are_words(reader: Any) -> None:
    window = reader("file")
    page = found(window, "q=goris")
    for words in HOSTILE:
        page.evaluate("words => { location.hash = 'q=' + encodeURIComponent(words); }", words)
        expect(page.locator(".is-waiting")).to_have_count(0, timeout=SOON)
        page.wait_for_timeout(50)
        assert page.locator("#content img, #content script").count() == 0
    many = "place=x&" * 2000
    for address in ("#q=%", "#kind=zzz&page=-4&sort=x&from=9999-99-99", f"#place=%3Cimg%3E&{many}", "#=&&&=="):
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(100)
        assert page.locator("#content img").count() == 0


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_search_page_has_no_serious_barrier(reader: Any, scheme: str, width: str) -> None:
    window = reader("file", color_scheme=scheme, reduced_motion="reduce")
    window.page.set_viewport_size({"width": 1440, "height": 900} if width == "wide" else NARROW)
    for state in (
        "q=xank%C9%99ndi&place=goris", "q=armenia", "q=gorris&place=goris", "q=ceasefire&kind=article",
        "q=armenia&kind=claim", "q=%22drone+strikes%22&kind=article", "q=zzqqx",
    ):  # fmt: skip
        window.page.goto("about:blank")
        assert barriers(found(window, state), scheme, width, targets=True) == [], state


def test_in_a_narrow_window_the_facets_fold(reader: Any) -> None:
    page = found(reader("file", viewport=NARROW), "q=armenia")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    choice = page.locator(".aa-facet--source").get_by_label(re.compile("^Bismarck"))
    expect(choice).to_be_hidden()
    page.locator(".aa-facets > summary").click()
    expect(choice).to_be_hidden()  # so that the results are not pushed far away
    page.get_by_text("Source", exact=True).click()
    choice.check()
    page.wait_for_url(re.compile("source=bismarck"))
    answered(page)  # until then the lists change their lengths
    expect(choice).to_be_visible()  # it stays open for the next choice
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    # Whatever lies under the button at the window's foot is too small to press until it is scrolled: not this one.
    page.locator(".aa-facet--year > summary").evaluate(
        "year => year.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    assert barriers(page, targets=True) == []
    page.get_by_text("Place", exact=True).click()  # long: the way back to the results stands at the window's foot
    back = page.get_by_role("button", name=re.compile(r"^Show \d+ results$"))
    expect(back).to_be_in_viewport(ratio=1)
    assert back.inner_text() == f"Show {page.locator('.aa-finder__total').inner_text()}"
    back.click()
    expect(choice).to_be_hidden()
    expect(page.locator(".aa-finder__total")).to_be_focused()
    expect(page.locator(".aa-finder__total")).to_be_in_viewport()


def test_a_row_of_kinds_that_is_cut_fades_there(reader: Any) -> None:
    page = found(reader("file", viewport=NARROW), "q=armenia")
    row = page.locator(".aa-kinds")
    expect(row).to_have_class("aa-kinds is-cut-after")
    row.evaluate("row => { row.scrollLeft = 60; }")
    expect(row).to_have_class(re.compile("is-cut-after.* is-cut-before|is-cut-before.* is-cut-after"))
    row.evaluate("row => { row.scrollLeft = 9999; }")
    expect(row).to_have_class("aa-kinds is-cut-before")
    along = row.evaluate("row => row.scrollLeft")
    row.get_by_role("link", name=re.compile("^Cited works")).click()
    page.wait_for_url(re.compile("kind=work"))
    answered(page)
    assert row.evaluate("row => row.scrollLeft") == along  # what was chosen is not scrolled away


def test_where_a_mouse_is_at_hand_all_kinds_are_in_view_whatever_the_font(reader: Any) -> None:
    page = found(reader("file"), "q=ceasefire")
    row = page.locator(".aa-kinds")
    for size in ("1rem", "2rem"):  # wide letters: the row takes a second line
        row.evaluate("(row, size) => { row.style.fontSize = size; }", size)
        expect(row).to_have_class("aa-kinds")
        for kind in row.get_by_role("link").all():
            expect(kind).to_be_in_viewport(ratio=1)


def test_on_paper_the_results_stand_alone(reader: Any) -> None:
    page = found(reader("file"), "q=drone+strikes")
    page.emulate_media(media="print")
    expect(page.locator(".aa-hit").first).to_be_visible()
    for part in (".aa-search", ".aa-finder__side", ".aa-kinds", ".aa-order"):
        expect(page.locator(part)).to_be_hidden()


def test_on_paper_a_line_says_what_was_searched_for(reader: Any) -> None:
    page = found(reader("file"), "q=drone+strikes&kind=article&place=goris&sort=date")
    line = page.locator(".aa-finder__paper")
    expect(line).to_be_hidden()
    page.emulate_media(media="print")
    assert line.locator("span").all_inner_texts() == [
        "Search for: drone strikes", "Chosen: Articles, Goris", "Order: oldest first", "The September 2022 archive",
        page.url,
    ]  # fmt: skip
    mark = page.locator(".aa-hit mark").first
    assert mark.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"


# The passage ---------------------------------------------------------------------------------------------------------


def marked(page: Page) -> list[str]:
    """The words that are marked on a page."""
    page.wait_for_function("CSS.highlights.has('aa-found')")
    texts: list[str] = page.evaluate("Array.from(CSS.highlights.get('aa-found')).map(String)")
    return [" ".join(text.split()) for text in texts]


@SCHEMES
def test_a_result_leads_to_the_passage_and_marks_the_words(reader: Any, scheme: str) -> None:
    page = found(reader(scheme), "q=%22drone+strikes%22&kind=article")
    page.locator(".aa-hit__title a").first.click()
    page.wait_for_url(re.compile(r"/articles/[^#]*#p-\d+$"))
    assert page.locator(":target").evaluate("target => target.matches('.aa-block > p')")
    assert marked(page) == ["drone strikes"]
    page.keyboard.press("Escape")
    assert page.evaluate("CSS.highlights.has('aa-found')") is False
    page.go_back()
    page.wait_for_url(re.compile(r"search\.html#q="))
    expect(page.locator(".aa-hit").first).to_be_visible(timeout=SOON)


def an_article(page: Page) -> str:
    """The first article's address, from the page of results that is open."""
    return (page.locator(".aa-hit.aa-article .aa-hit__title a").first.get_attribute("href") or "").partition("#")[0][2:]


def test_words_across_names_and_notes_are_marked(reader: Any) -> None:
    window = reader("file")
    path = an_article(found(window, "q=%22drone+strikes%22&kind=article"))
    page = window.open("about/index.html")
    page = window.open(f"{path}#at=p-2&find=Goris%2C+Sotk+and+Jermuk.+nowhere")
    page.wait_for_url(re.compile("#p-2$"))
    assert marked(page) == ["Goris, Sotk and Jermuk"]


def test_a_folded_note_that_was_found_is_opened(reader: Any) -> None:
    page = found(reader("file"), "q=misprint&kind=annotation")
    page.locator(".aa-hit__title a").first.click()
    page.wait_for_url(re.compile("#a-"))
    assert page.locator(":target").evaluate("target => target.open && target.getBoundingClientRect().top < innerHeight")


def test_a_broken_address_of_a_passage_breaks_nothing(reader: Any) -> None:
    window = reader("file")
    path = an_article(found(window, "q=%22drone+strikes%22&kind=article"))
    signs = "(+" * 500
    for address in ("#at=", "#at=%", "#at=nowhere&find=%E0%A4%A", f"#at=p-2&find={signs}", "#at=p-2&find=%3Cimg%3E"):
        window.open("about/index.html")
        page = window.open(path + address)
        page.wait_for_timeout(200)
        assert page.locator("h1").count() == 1


def test_without_highlights_the_passage_is_marked(reader: Any) -> None:
    window = reader("file")
    window.page.add_init_script("delete CSS.__proto__.highlights; delete CSS.highlights; delete window.Highlight")
    path = an_article(found(window, "q=%22drone+strikes%22&kind=article"))
    window.open("about/index.html")
    page = window.open(f"{path}#at=p-2&find=drone")
    expect(page.locator("#p-2")).to_have_class(re.compile("aa-found-here"))


def test_what_was_found_instead_of_a_word_is_told(reader: Any) -> None:
    window = reader("file")
    page = found(window, "q=ceasefi")
    told = "No text holds “ceasefi”; these hold words that begin with “ceasefi”."
    expect(page.locator(".aa-instead .aa-note")).to_have_text(told)
    assert total(page) > 0
    page.goto("about:blank")
    page = found(window, "q=ceasefire")
    expect(page.locator(".aa-instead")).to_have_count(0)


def test_a_name_that_is_chosen_leaves_the_words_before_it(reader: Any) -> None:
    page = reader("file").open("search.html")
    field(page).click()
    page.keyboard.type("shelling Gori")
    option = page.get_by_role("option", name=re.compile("Goris")).first
    expect(option).to_be_visible(timeout=SOON)
    option.click()
    page.wait_for_url(re.compile(r"#q=shelling&place=goris$"))
    expect(field(page)).to_have_value("shelling")
