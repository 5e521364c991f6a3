"""What is withdrawn or may not be published is not found, and lies in no file of the search."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotated_archive.records import yamlio
from annotated_archive.site.build import build
from language import Files, archive, article, event, place, works
from searchdata import unscript

if TYPE_CHECKING:
    from seeking import Seeker

pytestmark = pytest.mark.browser
pytest_plugins = ("reading", "firefox", "seeking")

SEALED = {"statement": "Of its author.", "publish": "metadata"}
CONFIGURATION = """
site_name: Test archive
use_directory_urls: false
nav: [index.md]
theme: {name: material}
plugins: [annotated-archive]
extra: {archive: {contact: editors@archive.example}}
"""
FOUND = {"quarry": True, "garnet": True, "sealed": True, "heliotrope": True}
HIDDEN = {"zircon": False, "peridot": False, "vermilion": False, "basalt": False, "malachite": False}


def annotation(
    identifier: str, article: str = "first", exact: str = "Shells fell", **fields: str
) -> Files:
    """A note on words of an article, or without words on it as a whole."""
    target = {"part": "body", "exact": exact} if exact else {}
    record = {
        "id": identifier, "kind": "note", "article": article, "targets": [target],
        "author": {"name": "Ani"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    record |= fields
    if record["status"] == "removed":
        del record["author"]
    return {f"archive/annotations/{article}/{identifier}.yml": yamlio.write(record)}


def sealed(files: Files) -> Files:
    """The same files in the folder of what is not published."""
    return {path.replace("archive/", "private/", 1): data for path, data in files.items()}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an archive in which not everything may be found."""
    made = archive(
        tmp_path_factory.mktemp("small"), works("a-work"), place("goris"), event("the-fighting"),
        article("first", "Shells fell on Goris near the quarry."),
        article("second", "", title="A sealed text", rights=SEALED),
        annotation("anote001", body="It was garnet."),
        annotation("withdrw1", body="It was zircon.", status="withdrawn", reason="A slip."),
        annotation("removed1", status="removed", reason="For harm."),
        annotation("onsealed", "second", "", body="It was heliotrope."),
        sealed(annotation("basealed", "second", "basalt vault", body="It was vermilion.")),
        {"private/texts/second.txt": "The basalt vault held vermilion ink. Malachite.",
          "archive/annotations/first/.peridot": "peridot", "mkdocs.yml": CONFIGURATION,
         "docs/index.md": "# Home\n"},
    )  # fmt: skip
    assert made.run("link").exit == 0
    build(made.root, made.root / "site", strict=False)
    return made.root / "site"


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_what_is_withdrawn_or_withheld_is_not_found(
    seeker: Callable[[str, str], Seeker], small: Path, browser: str
) -> None:
    searcher = seeker(browser, f"{small.as_uri()}/")
    searcher.open()
    expected = FOUND | HIDDEN
    assert {word: searcher.ask(word)["total"] > 0 for word in expected} == expected
    assert searcher.pages("sealed") == ["articles/second.html"]
    assert searcher.ask("withdrw1")["total"] == searcher.ask("removed1")["total"] == 0


def test_what_is_withheld_is_in_no_file_of_the_search(small: Path) -> None:
    files = {path: unscript(path.read_bytes())[1] for path in (small / "assets/search").rglob("*.js")}
    assert files
    text = b"".join(_unpacked(data) for data in files.values()).lower()
    assert {word: word.encode() in text for word in (*FOUND, *HIDDEN)} == FOUND | HIDDEN


def _unpacked(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return data
