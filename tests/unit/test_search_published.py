"""Only pages that are on the site are found, there and in a terminal."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from annotated_archive.site.build import build
from annotated_archive.site.found import documents_of
from language import archive, article
from searchdata import unscript

SITE = """
    === mkdocs.yml
    site_name: Test archive
    use_directory_urls: false
    exclude_docs: |
      hidden.md
      /private/
    draft_docs: draft.md
    nav: [index.md]
    not_in_nav: "*"
    theme:
      name: material
    plugins:
      - annotated-archive

    === docs/index.md
    # Home

    === docs/hidden.md
    # Crimson hidden

    === docs/draft.md
    # Scarlet draft

    === docs/private/plan.md
    # Vermilion plan

    === docs/.notes/own.md
    # Ruby notes

    === docs/background/README.md
    # Amber background
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return archive(tmp_path, SITE, article("first", "Nothing.")).root


def test_on_the_site(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "site", strict=False)
    packs = (tmp_path / "site/assets/search").glob("d-*/[0-9]*.js")
    rows = [row for path in packs for row in json.loads(gzip.decompress(unscript(path.read_bytes())[1]))]
    pages = {row["t"]: row["u"] for row in rows if row["id"].startswith("pages/")}
    assert pages == {"Home": "index.html", "Amber background": "background/index.html"}
    assert all((tmp_path / "site" / page).is_file() for page in pages.values())


def test_in_a_terminal(root: Path) -> None:
    found = {document.id: document.page for document in documents_of(root)[0]}
    assert {id: page for id, page in found.items() if id.startswith("pages/")} == {
        "pages/index": "index", "pages/background/README": "background/index",
    }  # fmt: skip
