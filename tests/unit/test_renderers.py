"""The comparison of our site with one that another renderer made: what it tells, and what need not be told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "renderers"))

from comparing import Difference, differences, known, unknown  # noqa: E402
from hooks import on_page_content  # noqa: E402

INSIDE = '<article class="md-content__inner"><h1>One</h1><a href="two.html#there">2</a> <a href="sub/">s</a></article>'


def site(folder: Path, **pages: str) -> Path:
    """A site of some pages."""
    for name, html in pages.items():
        path = folder / f"{name.replace('_', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html)
    return folder


def test_lost_pages_links_titles_and_fragments_are_told(tmp_path: Path) -> None:
    ours = site(
        tmp_path / "ours", one=f'<a href="navigation.html">n</a>{INSIDE}', two='<h1>Two</h1><p id="there">',
        three="<h1>3</h1>", sub_index="<h1>S</h1>",
    )  # fmt: skip
    theirs = site(
        tmp_path / "theirs", one='<h1>One</h1><a href="two.html#here">2</a> <a href="gone.html">g</a>',
        two="<h1>Other ¶</h1>", sub_index="<h1>S</h1>", four="", **{"404": '<a href="nowhere.html">'},
    )  # fmt: skip
    assert list(differences(ours, theirs)) == [
        Difference("extra", "four.html"),
        Difference("link", "one.html", "sub/index.html"),
        Difference("link", "one.html", "two.html#there"),
        Difference("broken", "one.html", "gone.html"),
        Difference("broken", "one.html", "two.html#here"),
        Difference("page", "three.html"),
        Difference("title", "two.html", "Other"),
    ]
    assert list(differences(ours, ours)) == [Difference("broken", "one.html", "navigation.html")]


def test_a_stated_loss_is_not_told_again(tmp_path: Path) -> None:
    stated = tmp_path / "known.txt"
    stated.write_text("link one.html sub/*  # no folders there\n\n# a remark\npage thr*.html  # left out\n")
    found = [
        Difference("link", "one.html", "sub/index.html"),
        Difference("page", "three.html"),
        Difference("page", "a"),
    ]
    assert unknown(found, known(stated)) == [Difference("page", "a")]
    stated.write_text("link one.html sub/*\n")
    with pytest.raises(ValueError, match="a reason"):
        known(stated)


def test_links_to_markdown_files_lead_to_the_pages_made_of_them() -> None:
    html = (
        '<a href="../a.md#p-1">a</a> <a href="b.md">b</a> <a href="https://c.example/d.md">c</a> <a href="/e.md">e</a>'
    )
    assert on_page_content(html) == html.replace("../a.md", "../a.html").replace('"b.md', '"b.html')


def test_the_losses_that_are_stated_can_be_read() -> None:
    known(ROOT / "tests/renderers/known-losses.txt")


def test_the_job_runs_the_target() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/renderers.yml").read_text())["jobs"]["compare"]
    assert job["steps"][-1]["run"] == "make renderers"
    assert "\nrenderers: " in (ROOT / "Makefile").read_text()
