"""Pages of withheld texts, and the private edition, as a browser shows and prints them."""

from __future__ import annotations

from pathlib import Path

import pytest
from barriers import AXE
from playwright.sync_api import Browser, Page, expect
from proposing import existing, proposable, proposed

from annotated_archive.site.build import build
from annotated_archive.site.editions import BANNER, site_folder
from language import ArchiveText, archive, withheld

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

TEXT = "Opening words.\n\n" + "\n\n".join(
    f"{number}. Nobody else may print what was said here, at length. " * 9 + "End." for number in range(60)
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> ArchiveText:
    """An archive with a withheld text that may be quoted, and one that may not, and both editions of its site."""
    made = archive(
        tmp_path_factory.mktemp("withheld"), withheld("lent", TEXT, "excerpt", 0.01),
        withheld("sealed", f"{TEXT} Yes."),
        existing("lent", "Opening words"), proposable(),
    )  # fmt: skip
    build(made.root, made.root / "site", strict=False)
    build(made.root, site_folder(made.root, True), strict=False, private=True)
    return made


def opened(chromium: Browser, folder: Path, page: str) -> Page:
    shown = chromium.new_page()
    shown.goto((folder / page).as_uri())
    return shown


def test_of_a_record_alone_no_words_are_annotated(made: ArchiveText, chromium: Browser) -> None:
    page = opened(chromium, made.root / "site", "articles/sealed.html")
    assert page.locator(".aa-pick-block").count() == 0
    page.get_by_role("button", name="Annotate the article as a whole").click()
    assert page.locator(".aa-dialog textarea").count() == 1
    expect(page.locator(".aa-notice")).to_contain_text("put no words of its text into your note")
    expect(page.get_by_role("button", name="Add another passage")).to_be_hidden()
    page.get_by_label("Your note").fill("It was reprinted.")
    page.get_by_role("button", name="Preview").click()
    assert "targets:\n  - part: body\nbody:" in proposed(page)[1]
    page.close()


def test_of_a_text_that_may_be_quoted_only_a_few_words_are_taken(made: ArchiveText, chromium: Browser) -> None:
    page = opened(chromium, made.root / "site", "articles/lent.html")
    expect(page.locator("#a-existing q")).to_be_visible()  # it stands nowhere else
    page.get_by_role("button", name="Annotate the article or a few of its words").click()
    most = int(page.locator("#annotate").get_attribute("data-most") or 0)
    assert most == 300
    page.get_by_label("Words of the article").fill("x" * (most + 1))
    page.get_by_label("Your note").fill("It was said twice.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".aa-summary")).to_contain_text("at most 300 characters are quoted")
    page.get_by_label("Words of the article").fill("what was said here")
    page.get_by_role("button", name="Preview").click()
    assert "targets:\n  - part: body\n    exact: what was said here\nbody:" in proposed(page)[1]
    page.close()


def test_no_printed_sheet_of_the_private_edition_goes_without_its_mark(
    made: ArchiveText, chromium: Browser, tmp_path: Path
) -> None:
    import pypdfium2

    page = opened(chromium, site_folder(made.root, True), "articles/lent.html")
    page.pdf(path=tmp_path / "lent.pdf", format="A4")
    page.close()
    document = pypdfium2.PdfDocument(tmp_path / "lent.pdf")
    texts = []
    for sheet in document:
        text = sheet.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        sheet.close()
    document.close()
    assert len(texts) > 5 and all(BANNER in text for text in texts)


def test_the_mark_of_the_private_edition_stands_in_a_landmark(made: ArchiveText, chromium: Browser) -> None:
    page = opened(chromium, site_folder(made.root, True), "articles/lent.html")
    found = AXE.run(page, options={"preload": False, "runOnly": ["region", "landmark-complementary-is-top-level"]})
    assert [one["id"] for one in found.response["violations"]] == []
    page.close()
