"""The view as of a moment, in a browser: from a folder, over the slider, the buttons, the address and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from barriers import AXE, COLOURS
from playwright.sync_api import Page, expect

from annotated_archive.records import yamlio
from annotated_archive.site.build import build
from language import Files, actor, archive, event, place, works

if TYPE_CHECKING:
    from reading import Windows

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

SITE = """
    === mkdocs.yml
    site_name: Test archive
    use_directory_urls: false
    nav:
      - Home: index.md
      - What was said: said/index.md
    theme:
      name: material
    plugins:
      - annotated-archive
    extra:
      archive:
        contact: objections@archive.example
        sides: [armenia, azerbaijan]

    === docs/index.md
    # Test archive

    Claims.
"""
DEATHS = "said/fighting-deaths.html"


def claim(identifier: str, number: int, as_of: str, **fields: Any) -> Files:
    record = {
        "id": identifier, "kind": "claim", "work": "report", "targets": [{"part": "body"}],
        "claim": {
            "event": "fighting", "measure": "deaths", "subject": {"side": "armenia", "category": "servicemen"},
            "value": {"number": number, "as_written": str(number)}, "as_of": as_of, "claimant": "ministry",
            "stance": "own-losses", **fields,
        },
        "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {f"archive/annotations/_works/report/{identifier}.yml": yamlio.write(record)}


def answer(identifier: str, words: str, **fields: Any) -> Files:
    record = {
        "id": identifier, "kind": "claim", "work": "report", "targets": [{"part": "body", "exact": words}],
        "claim": {
            "event": "fighting", "position": {"question": "who", "as_quoted": words}, "as_of": "2022-09-13",
            "claimant": "ministry",
        },
        **fields,
        "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {f"archive/annotations/_works/report/{identifier}.yml": yamlio.write(record)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of its own with four figures, as a folder."""
    theirs = {"claimant": "their-ministry", "stance": "opponent-losses"}
    made = archive(
        tmp_path_factory.mktemp("said"),
        SITE,
        {
            **place("armenia", type="country"),
            **place("azerbaijan", type="country"),
            **actor("ministry", side="armenia"),
            **actor("their-ministry", side="azerbaijan"),
            **event("fighting"),
            **works("a-work", "report"),
            **claim("claimaaa", 49, "2022-09-13T10:00:00+04:00"),
            **claim("claimbbb", 105, "2022-09-14"),
            **claim("claimccc", 450, "2022-09-14T12:00:00+04:00", **theirs),
            **claim("claimddd", 222, "2023-04"),
            **answer("claimeee", "We fired second."),
            **answer("claimfff", "They fired first.", relations=[{"type": "repeats", "claim": "claimeee"}]),
            "archive/questions.yml": yamlio.write([{"id": "who", "question": "Who fired first?", "event": "fighting"}]),
        },
    )
    out = tmp_path_factory.mktemp("built") / "site"
    build(made.root, out, strict=True)
    return out


@pytest.fixture
def window(windows: Windows, folder: Path) -> Iterator[Page]:
    trouble: list[str] = []
    with windows.of() as place:
        page = place.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"{folder.as_uri()}/{DEATHS}")
        yield page
    assert trouble == []


def states(page: Page) -> list[str]:
    return page.locator("tr.figure .state").all_text_contents()


LATER, THEN, REPLACED = "reported later", "standing then", "replaced by then"
AT_TEN = [THEN, LATER, LATER, LATER]
END_OF_14 = [REPLACED, THEN, THEN, LATER]


def test_going_back_to_a_moment_sets_later_figures_back(window: Page) -> None:
    assert states(window) == ["", "", "", ""]
    expect(window.locator(".aa-asof output")).to_have_text("everything reported so far")
    for _ in range(2):
        window.get_by_label("The moment before").click()
    assert states(window) == END_OF_14
    assert window.url.endswith("#as-of=2022-09-14T23:59")
    expect(window.locator(".aa-asof output")).to_have_text("end of 14 September 2022: 3 of 4 figures had been reported")
    assert window.locator(".aa-moved .point.later").count() == 1
    expect(window.locator(".aa-moved .now")).to_have_attribute("visibility", "visible")
    window.get_by_role("button", name="Everything").click()
    assert states(window) == ["", "", "", ""]
    assert window.locator(".later").count() == 0


def test_the_slider_goes_by_keys_and_says_where_it_is(window: Page) -> None:
    slider = window.get_by_role("slider")
    slider.focus()
    window.keyboard.press("Home")
    assert states(window) == AT_TEN
    expect(slider).to_have_attribute("aria-valuetext", "13 September 2022, 10:00 (UTC+04:00)")
    expect(window.get_by_label("The moment before")).to_be_disabled()
    window.keyboard.press("ArrowRight")
    assert states(window)[2] in (THEN, LATER) and window.url.endswith("#as-of=2022-09-14T12:00")


def test_the_address_holds_the_moment_and_back_goes_back(window: Page, folder: Path) -> None:
    window.get_by_label("The moment before").click()
    window.get_by_label("The moment before").click()
    assert states(window) == END_OF_14
    window.go_back()
    expect(window.locator("tr.standing")).not_to_have_count(0)
    assert window.url.endswith("#as-of=2023-04-30T23:59")
    window.go_back()
    expect(window.locator("tr.standing")).to_have_count(0)
    window.goto(f"{folder.as_uri()}/{DEATHS}#as-of=2022-09-13T20:00")
    assert states(window) == AT_TEN
    expect(window.locator(".aa-asof output")).to_have_text("2022-09-13, 20:00: 1 of 4 figures had been reported")
    window.goto(f"{folder.as_uri()}/{DEATHS}#as-of=yesterday")
    assert states(window) == ["", "", "", ""]


def test_without_scripts_the_table_reads_in_the_order_of_time(windows: Windows, folder: Path) -> None:
    with windows.of(java_script_enabled=False, viewport={"width": 390, "height": 844}) as place:
        page = place.new_page()
        page.goto(f"{folder.as_uri()}/{DEATHS}")
        expect(page.locator(".aa-asof")).to_be_hidden()
        days = page.locator("tr.day").all_inner_texts()
        assert [day.strip() for day in days] == ["13 September 2022", "14 September 2022", "April 2023"]
        assert page.locator(".said > a").all_inner_texts() == ["49", "450", "105", "222"]


@pytest.mark.parametrize("path", [DEATHS, f"{DEATHS}#as-of=2022-09-14T23:59", "questions/who.html", "said/index.html"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("light", 390), ("dark", 1440)])
def test_the_pages_can_be_used_by_everyone(
    windows: Windows, folder: Path, path: str, width: int, scheme: Any
) -> None:
    tags = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}
    colours = {name: {"enabled": width > 390} for name in COLOURS}
    options = {"runOnly": list(COLOURS)} if scheme == "dark" else {**tags, "rules": colours}
    with windows.of(viewport={"width": width, "height": 900}, color_scheme=scheme) as place:
        page = place.new_page()
        page.goto(f"{folder.as_uri()}/{path}")
        found = AXE.run(page, options=options).response["violations"]
        assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
