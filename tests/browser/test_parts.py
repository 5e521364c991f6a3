"""Lists in parts as readers meet them: the ways to the parts, the filter of one part, and addresses from before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from annotated_archive.pages import indexes, timeline
from annotated_archive.site.build import build
from language import archive, article, site_files

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

SITE = site_files(
    "# Home\n", site_name="The long archive", extra={"archive": {"contact": "contact@archive.example"}},
    nav=[{"Home": "index.md"}, {"Articles": "articles/index.md"}, {"Timeline": "timeline.md"}],
)  # fmt: skip


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address, as a folder, of a site whose index and timeline have several parts."""
    made = archive(
        tmp_path_factory.mktemp("long"), SITE,
        *(article(f"a-{n}", "All is quiet.", date=f"{n}-01-01", date_source="inferred") for n in range(2000, 2024)),
    )  # fmt: skip
    out = made.root / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexes, "SIZE", 12)
        patch.setattr(timeline, "MOST", timeline.MOST // 40)
        build(made.root, out, strict=False)
    return f"{out.as_uri()}/"


@pytest.fixture
def opened(chromium: Browser, long: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site, by its path, in a window of some width."""
    made = []

    def open_(path: str, width: int = 1440) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": 900})
        made.append(page)
        page.goto(long + path)
        return page

    yield open_
    for page in made:
        page.close()


def box(found: Locator) -> FloatRect:
    """Where an element stands."""
    around = found.bounding_box()
    assert around
    return around


def test_the_address_of_a_year_leads_to_the_part_that_it_has_moved_to(opened: Callable[..., Page]) -> None:
    page = opened("timeline.html#y-2023")
    expect(page.locator("#y-2023")).to_be_in_viewport()
    assert "/timeline-" in page.url
    page = opened("timeline.html#y-2000")
    expect(page.locator("#y-2000")).to_be_in_viewport()
    page = opened("timeline.html#y-1066")
    assert page.url.endswith("/timeline.html#y-1066")


def test_a_filter_of_a_part_says_that_it_is_one(opened: Callable[..., Page]) -> None:
    page = opened("articles/index-2.html")
    page.locator(".aa-filter input").fill("nowhere")
    told = "No row of this part holds all of these words. Search the whole archive"
    expect(page.locator(".aa-no-row")).to_have_text(told)
    page.locator(".aa-no-row a").click()
    assert page.url.endswith("/search.html")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_ways_to_the_parts_stand_in_the_column_and_can_be_hit(opened: Callable[..., Page], width: int) -> None:
    page = opened("timeline-2.html", width)
    head, nav = box(page.locator(".aa-head")), box(page.locator(".aa-parts"))
    assert abs(head["x"] - nav["x"]) < 1 and nav["width"] <= head["width"] + 1
    assert all(min(box(link)["height"], box(link)["width"]) >= 24 for link in page.locator(".aa-parts a").all())
    turns = [box(link)["y"] for link in page.locator(".aa-parts .turn").all()]
    assert len(turns) == 2 and turns[0] == turns[1]
