"""Shells: a page that is filled into one has the bytes that its template gives, on every page of every archive here."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from annotated_archive.pages import Page
from annotated_archive.site import build as site
from annotated_archive.site import plugin
from annotated_archive.site.shell import Shells
from language import ArchiveText, archive, article, place

REPOSITORY = Path(__file__).resolve().parents[2]
GOLDEN = REPOSITORY / "tests/golden/mini"
PLAIN = """
    === mkdocs.yml
    site_name: A <bold> & "quoted" archive
    use_directory_urls: false
    nav:
      - index.md
      - Places: places/index.md
      - Lists:
          - timeline.md
          - articles/index.md
      - One place: places/velm.md
      - Elsewhere: https://elsewhere.example/
    theme:
      name: material
    plugins:
      - annotated-archive

    === docs/index.md
    # Words
"""


class NoSearch:
    """In place of the search, which pages do not depend on."""

    def __init__(self, *_: object) -> None:
        pass

    def finish(self) -> None:
        pass

    abandon = finish


@pytest.fixture(autouse=True)
def no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugin, "Searching", NoSearch)


def compared(root: Path, out: Path, monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[str]:
    """Build a site, and assert of every generated page that both ways give the same. Returns their paths."""
    seen = []
    filled = Shells.finished

    def both(shells: Shells, page: Page, *more: Any) -> bytes:
        made = filled(shells, page, *more)
        assert made.decode() == shells.rendered(page, *more)
        seen.append(page.path)
        return made

    monkeypatch.setattr(Shells, "finished", both)
    site.build(root, out, strict=False, jobs=1, **options)
    return seen


def test_of_the_first_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("archive", "docs"):
        shutil.copytree(REPOSITORY / name, tmp_path / "first" / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path / "first")
    monkeypatch.setenv("SITE_URL", "https://archive.example/a%20b")
    monkeypatch.setenv("REPO_URL", "https://github.com/example/archive")
    seen = compared(tmp_path / "first", tmp_path / "out", monkeypatch)
    assert len(seen) > 100
    assert {"timeline.md", "search.md", "places/index.md"} < set(seen)


def test_of_the_golden_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mini = ArchiveText(tmp_path / "mini")
    shutil.copytree(GOLDEN, mini.root)
    monkeypatch.syspath_prepend(str(GOLDEN.parent))
    from regenerate import INGEST

    for name, *more in INGEST:
        mini.run("ingest", f"captures/{name}", *more)
    mini.run("link")
    mini.write({"mkdocs.yml": archive(tmp_path, PLAIN).file("mkdocs.yml")})
    seen = compared(mini.root, tmp_path / "out", monkeypatch)
    assert {"places/velm.md", "timeline.md"} < set(seen)


def test_the_frame_tells_where_a_page_is(tmp_path: Path) -> None:
    made = archive(tmp_path, PLAIN, place("velm"), place("tegh"), article("first", "Words."))
    site.build(made.root, made.root / "site", strict=False)

    def current(path: str) -> list[str]:
        text = made.file(f"site/{path}.html")
        return [line.strip() for line in text.split("<li>") if "aria-current" in line and "aa-nav" not in line]

    assert current("places/velm") == [
        '<a href="index.html" aria-current="true">Places</a></li>',
        '<a href="velm.html" aria-current="page">One place</a></li>',
    ]
    assert current("places/tegh")[0] == '<a href="index.html" aria-current="true">Places</a></li>'
    assert current("timeline") == ['<a href="timeline.html" aria-current="true">Lists</a></li>']
    assert current("bibliography") == []


def test_a_hook_still_has_a_hand_in_every_page(tmp_path: Path) -> None:
    hook = "def on_post_page(output, page, config):\n    return output + '<!-- ' + page.file.src_uri + ' -->'\n"
    made = archive(tmp_path, PLAIN, place("velm"), {"hook.py": hook})
    made.write({"mkdocs.yml": f"{made.file('mkdocs.yml')}hooks: [hook.py]\n"})
    for _ in range(2):  # what a hook does is not known, and not remembered
        site.build(made.root, made.root / "site", strict=False)
        for path in ("index", "places/velm", "timeline"):
            assert made.file(f"site/{path}.html").endswith(f"<!-- {path}.md -->"), path
        made.write({"hook.py": hook.replace("<!-- ", "<!-- ")})


def test_a_theme_of_the_archives_own_changes_every_page(tmp_path: Path) -> None:
    made = archive(tmp_path, PLAIN, place("velm"), {
        "theme/main.html": '{% extends "base.html" %}{% block container %}{{ page.meta.title | upper }}{% endblock %}',
    })  # fmt: skip
    made.write({"mkdocs.yml": made.file("mkdocs.yml").replace("material\n", "material\n  custom_dir: theme\n")})
    site.build(made.root, made.root / "site", strict=False)
    assert "VELM" in made.file("site/places/velm.html")
    made.write({"theme/main.html": made.file("theme/main.html").replace("upper", "lower")})
    site.build(made.root, made.root / "site", strict=False)
    assert "VELM" not in made.file("site/places/velm.html")
