"""Every place to which a search leads is there on the built site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_search_documents import BODY, HAND, RECORD, claim, first, note, reply

from annotated_archive.site.build import build
from annotated_archive.site.found import documents_of
from language import archive, place, works

ROOT = Path(__file__).resolve().parents[2]
SITE = """
    === mkdocs.yml
    site_name: Test archive
    use_directory_urls: false
    nav:
      - Home: index.md
    not_in_nav: /background/
    theme:
      name: material
    plugins:
      - annotated-archive
    markdown_extensions:
      - footnotes
      - tables

    === docs/index.md
    ---
    title: Test archive
    ---

    News of Goris.

    ## News of Goris[^a-work]

    Nothing.
"""
FACTS = [
    {"text": "East of Sotk.", "cite": ["a-work"]},
    {"text": "Quiet, says one.", "says": "ministry", "cite": ["a-work"]},
    {"text": "Quiet, says the other.", "says": "armenia", "cite": ["a-work"]},
]
QUESTION = {"archive/questions.yml": "- id: who-began\n  question: Who began?\n  event: raid\n"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An archive with a document of every kind."""
    return archive(
        tmp_path,
        SITE,
        RECORD,
        {"docs/background/a-page.md": HAND},
        place("goris", facts=FACTS),
        first(f"{BODY}\n\nOf 49 dead they spoke.", places=["goris", "sotk"]),
        works({"id": "a-work", "words": ["49 were killed"]}),
        note("noteaaaa", "twice"),
        reply("replyaaa", "noteaaaa"),
        note("notebbbb", "Fire", part="title", status="disputed"),
        claim("claimaaa", "49 dead", body=None),
        claim("claimbbb", work="a-work"),
        reply("replybbb", "claimbbb", work="a-work"),
        claim("claimccc", work="a-work", position={"question": "who-began", "as_quoted": "they did"}),
        QUESTION,
    ).root


def first_archive(folder: Path) -> Path:
    """A copy of this repository's own archive."""
    folder.mkdir()
    for name in ("archive", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def missing(root: Path, out: Path) -> list[tuple[str, str]]:
    """The addresses of documents and passages that the site built from `root` does not have, each with its document."""
    build(root, out, strict=False)
    ids: dict[str, set[str]] = {}
    found = []
    for document in documents_of(root)[0]:
        path = out / f"{document.page}.html"
        if document.page not in ids and path.is_file():
            ids[document.page] = set(re.findall(r'\sid="([^"]+)"', path.read_text("utf-8")))
        wanted = {document.fragment, *(passage.fragment for passage in document.passages)} - {""}
        if document.page not in ids:
            found.append((document.id, document.page))
        found += [(document.id, f"{document.page}#{one}") for one in sorted(wanted - ids.get(document.page, set()))]
    return found


def test_of_a_small_archive(small: Path, tmp_path: Path) -> None:
    assert missing(small, tmp_path / "site") == []


def test_of_the_first_archive(tmp_path: Path) -> None:
    assert missing(first_archive(tmp_path / "own"), tmp_path / "site") == []
