"""The page of the search as it is without a script, and the box and what stands for it on every other page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotated_archive.pages.search import INDEXES
from annotated_archive.site.build import build
from language import ArchiveText, archive, place, readable, site_files, works

SITE = site_files("# Test archive\n\nSee the [search](search.md).\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ArchiveText:
    """A small archive, built."""
    small = archive(tmp_path_factory.mktemp("search"), SITE, place("goris"), works("a-work"))
    assert small.check() == []  # the search page can be linked
    build(small.root, small.root / "site", strict=False)
    return small


@pytest.fixture
def out(made: ArchiveText) -> Path:
    """Its site."""
    return made.root / "site"


def test_the_search_page_says_what_it_needs_and_where_else_to_look(made: ArchiveText, out: Path) -> None:
    page = made.pages()["search.md"]
    text = readable(page.html)
    assert page.kind == "search" and page.source is None
    assert "# Search\n" in text
    assert "Searching needs JavaScript" in text
    for path, words in INDEXES:
        assert f"- [{words}]({path}.html)" in text
        assert (out / f"{path}.html").is_file(), path


def test_the_search_page_tells_how_to_search(made: ArchiveText) -> None:
    text = readable(made.pages()["search.md"].html)
    for words in ("both words", "one after the other", "without the second", "in any script", "sent to no server"):
        assert words in text
    for example in ("word other", "“two words”", "word -other"):  # no words of one archive
        assert example in text


def test_the_search_page_links_what_was_written_by_hand(made: ArchiveText, tmp_path: Path) -> None:
    docs = {
        "docs/background/b.md": "---\ntitle: A long story\n---\n\n# Not this\n",
        "docs/background/a.md": "Words.\n\n# A short story #\n",
        "docs/background/c.md": "Words.\n",
        "docs/about/index.md": "# About\n",
        "docs/contribute/index.md": "# Contribute\n",
    }
    page = archive(tmp_path, SITE, docs).pages()["search.md"]
    links = re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', page.html)
    assert links[len(INDEXES) :] == [
        ("background/a.html", "A short story"), ("background/b.html", "A long story"),
        ("background/c.html", "background/c"),
        ("about/index.html", "About this archive"), ("contribute/index.html", "How to contribute"),
    ]  # fmt: skip
    assert len(re.findall("<li>", made.pages()["search.md"].html)) == len(INDEXES)


def test_more_on_searching_is_linked_where_it_is_written(made: ArchiveText, tmp_path: Path) -> None:
    assert "More on searching" not in made.pages()["search.md"].html
    other = archive(tmp_path, SITE, {"docs/about/searching.md": "# How to search\n"})
    assert '<a href="about/searching.html">More on searching</a>' in other.pages()["search.md"].html


def test_every_page_has_one_box_that_knows_the_way_to_the_root(out: Path) -> None:
    for path in sorted(out.rglob("*.html")):
        if path.name == "404.html":
            continue
        text = path.read_text("utf-8")
        root = "./" if path.parent == out else "../"
        assert re.findall(r'data-aa-root="([^"]*)"', text) == [root], path
        assert text.count('id="aa-search"') == 1, path


def test_a_page_that_is_only_read_loads_nothing_of_the_search(out: Path) -> None:
    loaded = re.compile(r'<(?:script|link)\b[^>]*(?:src|href)="([^"]*assets/(?:search|found)[^"]*)"')
    assert loaded.findall((out / "places/goris.html").read_text("utf-8")) == []
    assert loaded.findall((out / "search.html").read_text("utf-8")) == [
        "assets/search.css", "assets/search-client.js", "assets/search-box.js", "assets/search-facets.js",
        "assets/search-nothing.js", "assets/search-page.js",
    ]  # fmt: skip


def test_without_javascript_the_ways_to_the_index_pages_stand_for_the_box(out: Path) -> None:
    text = (out / "places/goris.html").read_text("utf-8")
    links = re.findall(r'<a href="([^"]*)"', text.partition('<details class="aa-find">')[2].partition("</details>")[0])
    assert links[:3] == ["../articles/index.html", "index.html", "../actors/index.html"] and len(links) == len(INDEXES)
    assert all((out / "places" / link).resolve().is_file() for link in links)
    assert '<details class="aa-find">' not in (out / "search.html").read_text("utf-8")


def test_the_search_page_is_linked_from_every_page_and_from_the_error_page(out: Path) -> None:
    assert '<a href="../search.html">Search</a>' in (out / "places/goris.html").read_text("utf-8")
    assert 'data-to="search.html"' in (out / "404.html").read_text("utf-8")
