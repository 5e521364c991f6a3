"""A download as a reader meets it: unpacked into a folder of their own, opened there, read without a connection."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from barriers import AXE
from playwright.sync_api import Browser, BrowserContext, Page, expect

from annotated_archive.site.bundle import bundle

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

ROOT = Path(__file__).resolve().parents[2]
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's archive, bundled, and unpacked into a folder with a space and Armenian letters in its name."""
    folder = tmp_path_factory.mktemp("bundled")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SITE_URL", "REPO_URL", "ARCHIVE_CONTACT", "ARCHIVE_DOWNLOAD", "ARCHIVE_VERSION"):
            patch.delenv(name, raising=False)
        [made] = bundle(ROOT, folder)
    to = folder / "Իմ արխիվը 2"
    with zipfile.ZipFile(made.path) as opened:
        opened.extractall(to)
    [inside] = to.iterdir()
    return inside


def window(chromium: Browser, unpacked: Path, trouble: list[str], **options: Any) -> BrowserContext:
    """A window that notes what goes wrong, and every request that leaves the folder."""
    context = chromium.new_context(**options)

    def heard(message: Any) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def asked(request: Any) -> None:
        if not request.url.startswith((unpacked.as_uri(), "blob:", "data:")):
            trouble.append(f"request to {request.url}")

    context.on("console", heard)
    context.on("request", asked)
    context.on("weberror", lambda error: trouble.append(str(error.error)))
    return context


def read_me(context: BrowserContext, unpacked: Path) -> Page:
    page = context.new_page()
    page.goto((unpacked / "README.html").as_uri())
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_page_beside_it_the_site_opens_with_one_click(
    chromium: Browser, unpacked: Path, scripts: bool
) -> None:
    trouble: list[str] = []
    context = window(chromium, unpacked, trouble, java_script_enabled=scripts)
    page = read_me(context, unpacked)
    expect(page.get_by_role("heading", level=1)).to_have_text("The September 2022 archive")
    page.get_by_role("link", name="Open the archive").click()
    expect(page).to_have_url((unpacked / "site/index.html").as_uri())
    page.locator(".aa-card h3 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith((unpacked / "site/articles").as_uri())
    context.close()
    assert trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_by_everyone(chromium: Browser, unpacked: Path, scheme: Any) -> None:
    trouble: list[str] = []
    context = window(chromium, unpacked, trouble, viewport=NARROW, color_scheme=scheme)
    page = read_me(context, unpacked)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(23, 25, 28)"}[scheme]
    found = AXE.run(page, options={"preload": False}).response["violations"]
    assert [violation["id"] for violation in found] == []
    context.close()
    assert trouble == []
