"""The site room: what is built, that it is the same each time, and that a failure takes nothing away."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from mkdocs.structure.pages import Page
from processes import children

from annotated_archive.search.pagefind import SearchError
from annotated_archive.site import build as site
from annotated_archive.site import extras, renderer, searching
from annotated_archive.site.content import Stopped
from annotated_archive.site.serve import Workshop
from language import ArchiveText, Files, actor, archive, article, event, place, site_files, treaty, withheld, works
from searchdata import unscript

SITE = """
    === mkdocs.yml
    site_name: Test archive
    site_url: !ENV [SITE_URL, ""]
    use_directory_urls: false
    nav:
      - Home: index.md
      - Places: places/index.md
      - About: about/index.md
    theme:
      name: material
    plugins:
      - annotated-archive
    markdown_extensions:
      - footnotes
      - tables
    extra:
      archive:
        contact: objections@archive.example
        as_of: 8 June 2026

    === docs/index.md
    ---
    title: Test archive
    ---

    News of Goris.[^a-work] See [how it works](about/index.md#method).

    === docs/about/index.md
    # How it works

    ## Method

    Read about Goris.
"""
RECORD: Files = {
    **place("goris", summary="A town.", summary_cite=["a-work"]),
    **place("sotk"),
    **actor("office"),
    **treaty("old-treaty"),
    **event("the-fighting", places=["goris"]),
    **works("a-work"),
    **article("first", "Shells fell on Goris.\n\nThe office said nothing.", places=["goris"]),
}


@pytest.fixture(autouse=True)
def no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address of a site from outside."""
    monkeypatch.delenv("SITE_URL", raising=False)


@pytest.fixture
def made(tmp_path: Path) -> ArchiveText:
    """A small archive with its site."""
    small = archive(tmp_path, SITE, RECORD)
    small.run("link")
    assert small.check() == []
    return small


def build(made: ArchiveText, *, strict: bool = True) -> Path:
    """Build the archive's site and give its folder."""
    out = made.root / "site"
    site.build(made.root, out, strict=strict)
    return out


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder with its checksum."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_everything_is_there_and_nothing_else_is_around(made: ArchiveText) -> None:
    out = build(made)
    built = contents(out)
    for path in (
        "index.html", "about/index.html", "articles/first.html", "articles/index.html", "places/goris.html",
        "actors/office.html", "treaties/old-treaty.html", "events/the-fighting.html", "timeline.html",
        "bibliography.html", "rules.html", "404.html", "originals/first.txt", "originals/manifest-sha256.txt",
        "assets/tokens.css", "assets/shell.css", "assets/pages.css", "assets/previews.js", "search.html",
        "assets/search/manifest.js", "assets/search-client.js", "assets/search-box.js", "assets/search-page.js",
    ):  # fmt: skip
        assert path in built, path
    assert "sitemap.xml" not in built
    assert not [path for path in built if path.endswith((".map", ".gz", ".md")) or "/lunr/" in path]
    assert [p.name for p in made.root.iterdir() if p.name.startswith(".")] == []
    assert (out / "originals/first.txt").read_bytes() == (made.root / "archive/originals/first.txt").read_bytes()


def test_a_converter_is_set_up_only_for_pages_written_by_hand(
    made: ArchiveText, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    whole = Page.render
    monkeypatch.setattr(Page, "render", lambda page, *given: rendered.append(page.file.src_uri) or whole(page, *given))
    out = build(made)
    assert len(rendered) < len(list(out.rglob("*.html"))) / 2
    assert "index.md" in rendered and "places/goris.md" not in rendered


def test_two_builds_have_the_same_bytes_whatever_the_hash_seed(made: ArchiveText, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from annotated_archive.site.build import build;"
        "build(Path(sys.argv[1]), Path(sys.argv[2]), strict=True)"
    )
    built = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program, str(made.root), str(out)], env=environment, capture_output=True, text=True
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        built.append(contents(out))
    assert built[0] == built[1]


def test_mkdocs_alone_builds_the_same_site(made: ArchiveText, tmp_path: Path) -> None:
    out = tmp_path / "by-mkdocs"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(out)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=made.root, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(out) == contents(build(made))


def test_content_errors_leave_the_last_good_site(made: ArchiveText, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(build(made))
    made.write({"archive/authority/places/sotk.yml": "id: sotk\nkind: place\ntype: village\nname: Sotk\ncolour: red\n"})
    with pytest.raises(site.SiteError, match="1 error in the content; the site was not built"):
        build(made)
    assert contents(made.root / "site") == before
    assert "archive/authority/places/sotk.yml:5:1: SCHEMA-UNKNOWN-KEY" in capsys.readouterr().err
    assert not list(made.root.glob(".site*"))


def test_an_interrupted_build_leaves_the_last_good_site(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(build(made))

    def interrupted(config: renderer.MkDocsConfig, _: str) -> None:
        Path(config.site_dir).mkdir()
        (Path(config.site_dir) / "index.html").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(site, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(made)
    assert contents(made.root / "site") == before
    assert not list(made.root.glob(".site*"))


def test_what_a_killed_build_left_is_cleared_away(made: ArchiveText) -> None:
    good = contents(build(made))
    (made.root / "site").rename(made.root / ".site.old")  # killed between its two renames
    (made.root / ".site.building").mkdir()
    (made.root / ".site.building/half.html").write_text("half")
    made.write({"archive/authority/places/sotk.yml": "not a record\n"})
    with pytest.raises(site.SiteError):
        build(made)
    assert contents(made.root / "site") == good
    assert not list(made.root.glob(".site*"))


def test_a_folder_that_is_no_site_of_ours_is_not_replaced(made: ArchiveText) -> None:
    (made.root / "site").mkdir()
    (made.root / "site/thesis.txt").write_text("years of work")
    with pytest.raises(site.SiteError, match="holds something that is not a site"):
        build(made)
    assert (made.root / "site/thesis.txt").read_text() == "years of work"


def test_warnings_are_errors_when_strict(made: ArchiveText, capsys: pytest.CaptureFixture[str]) -> None:
    made.write({"docs/about/index.md": "# How it works\n\n## Method\n\nSee [this](missing.md).\n"})
    with pytest.raises(site.SiteError):
        build(made, strict=True)
    assert "missing.md" in capsys.readouterr().err


def test_directory_urls_are_refused(made: ArchiveText) -> None:
    made.write({"mkdocs.yml": made.file("mkdocs.yml").replace("urls: false", "urls: true")})
    with pytest.raises(site.SiteError, match="use_directory_urls: false"):
        build(made)


def test_a_page_by_hand_stays_where_one_is_generated(made: ArchiveText, capsys: pytest.CaptureFixture[str]) -> None:
    made.write({"docs/timeline.md": "# Ours\n\nWritten by hand.\n"})
    out = build(made, strict=False)
    assert "Written by hand." in (out / "timeline.html").read_text("utf-8")
    assert "timeline.md is written by hand and also generated" in capsys.readouterr().err


def test_the_site_map_and_the_error_page_know_the_address(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'href="index.html"' in (build(made) / "404.html").read_text("utf-8")
    monkeypatch.setenv("SITE_URL", "https://archive.example/september/")
    out = build(made)
    error_page = (out / "404.html").read_text("utf-8")
    assert 'href="/september/places/index.html" data-to="places/index.html"' in error_page
    assert re.findall(r'src=|<link [^>]*href="(.*?)"', error_page) == ["data:,"]  # complete in itself
    addresses = re.findall(r"<loc>(.*?)</loc>", (out / "sitemap.xml").read_text("utf-8"))
    expected = sorted(p.relative_to(out).as_posix() for p in out.rglob("*.html") if p.name != "404.html")
    assert addresses == [f"https://archive.example/september/{path}" for path in expected]
    assert '<link rel="canonical" href="https://archive.example/september/places/goris.html">' in (
        out / "places/goris.html"
    ).read_text("utf-8")


def test_a_site_map_escapes_addresses() -> None:
    assert "<loc>https://a.example/x%26y%20z.html</loc>" in extras.site_map("https://a.example", ["x&y z.html"])


def test_no_page_loads_anything_from_elsewhere(made: ArchiveText) -> None:
    out = build(made)
    for path in out.rglob("*.html"):
        text = path.read_text("utf-8")
        loaded = re.findall(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"([^\"]*)\"", text)
        loaded += re.findall(r"<link\b[^>]*\bhref=\"([^\"]*)\"", text)
        for address in set(loaded) - {"data:,"}:
            assert not urlsplit(address).scheme and not address.startswith("/"), (path, address)
            target = urlsplit(urljoin(f"https://a.example/{path.relative_to(out).as_posix()}", address)).path
            assert (out / target.lstrip("/")).is_file(), (path, address)
        assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), path
    for path in out.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", path.read_text("utf-8")), path


HOSTILE = """Zed <script>alert("1")</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} **x** </title> end"""


def test_hostile_text_is_shown_and_not_run(made: ArchiveText) -> None:
    made.write(
        place("sotk", name=HOSTILE, summary=HOSTILE, summary_cite=["a-work"]),
        article("first", f"Shells fell on Goris.\n\n{HOSTILE}", title=HOSTILE, places=["goris", "sotk"]),
    )
    made.run("link")
    out = build(made, strict=False)
    for path in out.rglob("*.html"):
        text = path.read_text("utf-8")
        assert 'alert("1")</script>' not in text, path
        assert not re.search(r"<img[^>]+onerror", text), path
    title = re.search(r"<title>(.*)</title>", (out / "places/sotk.html").read_text("utf-8"))
    assert title and title.group(1).startswith("Zed &lt;script&gt;alert(") and "{{ 7*7 }}" in title.group(1)


def search_of(out: Path) -> dict[str, Any]:
    """What the search of a site lists: its files."""
    return json.loads(gzip.decompress(unscript((out / "assets/search/manifest.js").read_bytes())[1]))


def test_a_site_brings_its_search(made: ArchiveText) -> None:
    out = build(made)
    manifest = search_of(out)
    assert sum(volume["pages"] for volume in manifest["volumes"]) > 5
    assert manifest["names"]["entities"] == 5
    assert (out / f"assets/search/{manifest['engine']}.js").is_file()
    assert not (out / "assets/search-engine.js").exists()
    assert not (out / "search").exists()


def test_nothing_of_materials_machinery_is_published(made: ArchiveText) -> None:
    out = build(made)
    assert not (out / "assets/javascripts").exists()
    assert not [path for path in out.rglob("*.html") if "assets/javascripts" in path.read_text("utf-8")]


def test_features_bring_materials_script_back(made: ArchiveText) -> None:
    plain = made.file("mkdocs.yml")
    made.write({"mkdocs.yml": plain.replace("name: material", "name: material\n  features: [content.code.copy]")})
    out = build(made)
    (script,) = (out / "assets/javascripts").glob("bundle.*.js")
    assert f'src="assets/javascripts/{script.name}"' in (out / "index.html").read_text("utf-8")


@pytest.mark.parametrize("order", ["[search, annotated-archive]", "[annotated-archive, search]"])
def test_a_search_plugin_that_is_still_named_makes_no_index(made: ArchiveText, order: str) -> None:
    expected = contents(build(made))
    plain = made.file("mkdocs.yml")
    made.write({"mkdocs.yml": plain.replace("plugins:\n  - annotated-archive", f"plugins: {order}")})
    assert "[" in made.file("mkdocs.yml")
    assert contents(build(made)) == expected


def test_a_search_that_cannot_be_made_leaves_the_last_good_site(
    made: ArchiveText, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(build(made))

    def broken(*_: object, **__: object) -> None:
        raise SearchError("the disk is full")

    monkeypatch.setattr(searching, "follow", broken)
    with pytest.raises(site.SiteError, match="the disk is full"):
        build(made)
    assert contents(made.root / "site") == before
    assert not list(made.root.glob(".site*"))


def test_a_failed_build_ends_its_search(made: ArchiveText, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def slow(*_: object, **__: object) -> None:
        time.sleep(60)

    monkeypatch.setattr(searching, "follow", slow)
    made.write({"mkdocs.yml": made.file("mkdocs.yml").replace("  - Home: index.md\n", "")})
    before = children()
    with pytest.raises(site.SiteError, match=r"needs `index\.md`"):
        build(made)
    assert children() == before
    assert not list(made.root.glob(".site*"))


def test_an_edit_renders_what_it_changes_and_no_more(made: ArchiveText, tmp_path: Path) -> None:
    served = tmp_path / "served"
    served.mkdir()
    workshop = Workshop(made.root, served)
    assert workshop.build() > 10
    assert workshop.build() == 0
    made.write(place("goris", summary="A town near the border.", summary_cite=["a-work"]), place("tegh"))
    (made.root / "archive/authority/places/sotk.yml").unlink()
    (made.root / "docs/about/index.md").write_text("# How it works\n\n## Method\n\nSee Tegh.\n", "utf-8")
    changed = workshop.build()
    assert 0 < changed < 10
    fresh = build(made)
    mine, theirs = contents(served), contents(fresh)
    assert mine == theirs


def test_an_edit_shows_on_its_own_page_first(
    made: ArchiveText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = tmp_path / "served"
    served.mkdir()
    workshop = Workshop(made.root, served)
    workshop.rebuild()
    later: list[None] = []
    monkeypatch.setattr(workshop, "finish", lambda: later.append(None))
    made.write(place("goris", name="Goris", summary="A town near the border.", summary_cite=["a-work"]))
    index = (served / "places/index.html").read_bytes()
    workshop.rebuild()
    assert "A town near the border." in (served / "places/goris.html").read_text("utf-8")
    assert (served / "places/index.html").read_bytes() == index
    assert workshop.left and later == [None]
    monkeypatch.undo()
    workshop.finish()
    assert not workshop.left
    mine, theirs = contents(served), contents(build(made))
    assert mine == theirs


def test_a_new_edit_comes_before_the_rest_of_the_last(made: ArchiveText, tmp_path: Path) -> None:
    served = tmp_path / "served"
    served.mkdir()
    workshop = Workshop(made.root, served)
    workshop.rebuild()
    workshop.edited.set()
    with pytest.raises(Stopped):
        workshop.build()


def test_an_error_while_serving_keeps_the_last_good_pages(
    made: ArchiveText, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served = tmp_path / "served"
    served.mkdir()
    workshop = Workshop(made.root, served)
    workshop.rebuild()
    before = contents(served)
    made.write({"archive/authority/places/sotk.yml": "id: [\n"})
    workshop.rebuild()
    assert contents(served) == before
    printed = capsys.readouterr().err
    assert "archive/authority/places/sotk.yml:" in printed
    assert "the last good pages are still shown" in printed


def test_the_generated_tree_can_be_taken_by_another_renderer(made: ArchiveText, tmp_path: Path) -> None:
    to = tmp_path / "tree"
    count = site.generate(made.root, to)
    pages = sorted(to.rglob("*.md"))
    assert len(pages) == count
    for path in pages:
        text = path.read_text("utf-8")
        assert text.startswith("---\ntitle: "), path
        for link in re.findall(r'href="([^"]+)', text) + re.findall(r"\]\(<?([^)>]+)", text):
            parts = urlsplit(link)
            assert parts.scheme or not parts.path or (path.parent / parts.path).resolve().is_file(), (path, link)
    goris = (to / "places/goris.md").read_text("utf-8").split("---\n\n", 1)[1]
    assert goris.startswith("<div>\n") and goris.endswith("</div>\n") and "\n\n" not in goris
    about = (to / "about/index.md").read_text("utf-8")
    assert "Read about [Goris](../places/goris.md)." in about
    assert (to / "originals/first.txt").read_text("utf-8").startswith("Shells fell")
    before = {path: path.stat().st_mtime_ns for path in pages}
    site.generate(made.root, to)
    assert {path: path.stat().st_mtime_ns for path in pages} == before


def test_an_archive_in_whose_texts_nothing_is_named(tmp_path: Path) -> None:
    files = withheld("first", "Shells fell on Goris.", places=["goris"])
    public = {name: text for name, text in files.items() if name.startswith("archive/")}
    made = archive(tmp_path, site_files("# Home\n"), place("goris"), works("a-work"), public)
    assert made.check() == []
    assert "articles/first.html" in (build(made) / "places/goris.html").read_text("utf-8")
