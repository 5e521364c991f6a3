"""A build after edits makes only what they change, and gives the bytes of a clean build."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from edits import CONFIG, Editor, note, start
from edits import FIRST as FIRST_TEXT
from test_shell import NoSearch

from annotated_archive.check import memory
from annotated_archive.graph import placing
from annotated_archive.graph.since import last
from annotated_archive.names import remembered
from annotated_archive.pages import Settings, lists
from annotated_archive.search.terminal import INDEX
from annotated_archive.site import build as site
from annotated_archive.site import content, lasting, plugin, written
from annotated_archive.site.comparing import compare
from annotated_archive.site.made import Made, Memory
from annotated_archive.site.renderer import SiteError
from annotated_archive.site.versions import version
from annotated_archive.store import snapshot
from language import ArchiveText, archive, article, event, place

CASES = int(os.environ.get("ARCHIVE_INCREMENTAL_CASES", "1"))
"""How many sequences of edits; a few hundred look further than every pull request needs to."""
PREVIEWS = "assets/previews/"
SETTINGS = Settings("Test archive", "objections@archive.example", "")
LASTING = int(os.environ.get("ARCHIVE_LASTING_CASES", "2"))
FIRST = int(os.environ.get("ARCHIVE_INCREMENTAL_FIRST", "0"))


@pytest.fixture
def no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sites without their search, which is made by processes of its own and tested by itself."""
    monkeypatch.setattr(plugin, "Searching", NoSearch)


@pytest.fixture
def everything_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a large archive keeps for the next build, these small ones keep too."""
    for module in (placing, remembered, snapshot, memory):
        monkeypatch.setattr(module, "WORTH", 0)


def built(root: Path) -> bool:
    """Build the archive in `root`. Returns whether it was sound."""
    try:
        site.build(root, root / "site", strict=False)
    except SiteError as error:
        assert "in the content" in str(error), error
        return False
    return True


def clean(made: ArchiveText, where: Path) -> Path:
    """A copy of an archive without anything that was ever made of it, and nothing linked with it."""
    shutil.rmtree(where, ignore_errors=True)
    return Path(shutil.copytree(made.root, where, ignore=shutil.ignore_patterns("build", "site")))


def pages(made: ArchiveText) -> dict[str, tuple[int, int]]:
    """Every file of the site, with what tells whether it is the very file that it was."""
    found = sorted(path for path in (made.root / "site").rglob("*") if path.is_file())
    return {
        path.relative_to(made.root / "site").as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in found
    }


def made_anew(made: ArchiveText) -> set[str]:
    """Build, and say which files of the site are not those of the last one."""
    before = pages(made)
    assert built(made.root)
    new = {path for path, what in pages(made).items() if before.get(path) != what}
    return {path for path in new if not path.startswith("assets/") or path.startswith(PREVIEWS)} - {"404.html"}


@pytest.mark.usefixtures("no_search", "everything_kept")
@pytest.mark.parametrize("seed", range(FIRST, FIRST + CASES))
def test_after_any_edits_the_bytes_are_those_of_a_clean_build(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    made = archive(tmp_path, CONFIG, start(dice))
    editor = Editor(made, dice)
    made.run("link")
    built(made.root)
    done = []
    for _ in range(dice.randint(3, 5)):
        done += [editor.edit() for _ in range(dice.choice((1, 1, 2)))]
        made.run("link")
        other = clean(made, tmp_path / "clean")
        sound = built(made.root)
        assert built(other) == sound, done
        if sound:
            assert list(compare(made.root / "site", other / "site")) == [], done


@pytest.fixture
def made(tmp_path: Path, no_search: None) -> Iterator[ArchiveText]:
    """A small archive with its site."""
    made = archive(tmp_path, CONFIG, start(random.Random(0)))
    made.run("link")
    assert built(made.root)
    yield made


def test_without_an_edit_nothing_is_made_and_everything_is_there(made: ArchiveText) -> None:
    before = pages(made)
    assert made_anew(made) == set()
    assert pages(made).keys() == before.keys()


def test_files_changed_by_someone_are_made_again(made: ArchiveText) -> None:
    for path, change in (
        ("places/goris.html", lambda file: file.write_text("mine")),
        ("about.html", lambda file: file.unlink()),
        ("originals/first.txt", lambda file: file.write_text("mine")),
    ):
        change(made.root / "site" / path)
    (made.root / "site/new.html").write_text("mine")
    assert made_anew(made) == {"places/goris.html", "about.html", "originals/first.txt"}
    assert list(compare(made.root / "site", _clean_site(made))) == []


def _clean_site(made: ArchiveText) -> Path:
    other = clean(made, made.root.parent / "clean")
    assert built(other)
    return other / "site"


@pytest.mark.parametrize("what", ["memory", "site", "both", "damaged", "foreign"])
def test_what_is_remembered_may_go_at_any_time(made: ArchiveText, what: str) -> None:
    memory = next((made.root / "build/pages").glob("*.made"))
    if what in ("memory", "both"):
        shutil.rmtree(made.root / "build")
    if what in ("site", "both"):
        shutil.rmtree(made.root / "site")
    if what == "damaged":
        memory.write_bytes(memory.read_bytes()[:-50])
    if what == "foreign":
        memory.write_text("{\"format\": 2}")
    assert "places/goris.html" in made_anew(made)
    assert list(compare(made.root / "site", _clean_site(made))) == []
    assert made_anew(made) == set()


def test_what_cannot_be_told_apart_again_is_not_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "1")
    memory.add([Made("page.html", frozenset({("doc", "a\nb"), ("doc", "c")}), (1, 2, 3))], lambda key: key[1] * 2)
    memory.write(tmp_path / "memory")
    read = Memory.read(tmp_path / "memory", tmp_path, "1")
    assert list(read.keys) == [("doc", "a\nb"), ("doc", "c")] and read.keys.digests == ["a\nba\nb", "cc"]
    assert {path: (one.keys.tolist(), one.signature) for path, one in read.files.items()} == {
        "page.html": ([0, 1], (1, 2, 3))
    }
    (tmp_path / "memory").unlink()
    memory.add([Made("page.html", frozenset({("doc", "a\0b")}), (1, 2, 3))], lambda _: "")
    memory.write(tmp_path / "memory")
    assert not list(tmp_path.iterdir())


def test_the_last_article_may_go(made: ArchiveText) -> None:
    for folder in ("articles", "ledgers", "annotations/first", "originals"):
        for path in (made.root / "archive" / folder).iterdir():
            path.unlink()
    made.write({"docs/about.md": "# About\n"})
    assert content.read(made.root, SETTINGS).state(("around", "first")) == ""
    assert built(made.root)
    assert list(compare(made.root / "site", _clean_site(made))) == []


def config(made: ArchiveText, more: str) -> None:
    made.write({"mkdocs.yml": made.file("mkdocs.yml") + more})


def aside(made: ArchiveText, _: Path) -> None:
    config(made, "exclude_docs: |\n  /aside.md\n")


def described(made: ArchiveText, _: Path) -> None:
    config(made, "site_description: Other words\n")


def templated(made: ArchiveText, theme: Path) -> None:
    partial = theme / "partials/correct.html"
    partial.write_text(partial.read_text() + "<i>other</i>")


def linked(made: ArchiveText, theme: Path) -> None:
    shutil.copytree(theme / "partials", made.root / "elsewhere")
    (made.root / "elsewhere/correct.html").write_text("<i>mine</i>")
    (made.root / "over").mkdir()
    (made.root / "over/partials").symlink_to("../elsewhere")
    made.write({"mkdocs.yml": made.file("mkdocs.yml").replace("material", "material\n  custom_dir: over")})
    assert built(made.root)
    (made.root / "elsewhere/correct.html").write_text("<i>other</i>")


@pytest.mark.parametrize("change", [aside, described, templated, linked])
def test_a_page_written_by_hand_follows_what_mkdocs_makes_of_it(
    tmp_path: Path, no_search: None, monkeypatch: pytest.MonkeyPatch, change: Callable[[ArchiveText, Path], None]
) -> None:
    theme = Path(shutil.copytree(content.THEME, tmp_path / "theme"))
    for module in (content, written):
        monkeypatch.setattr(module, "THEME", theme)
    made = archive(tmp_path / "a", CONFIG, start(random.Random(0)), {"docs/aside.md": "# Aside\n\nWords.\n"})
    made.run("link")
    assert built(made.root)
    change(made, theme)
    assert built(made.root)
    assert list(compare(made.root / "site", _clean_site(made))) == []
    assert (made.root / "site/aside.html").exists() == (change is not aside)


def test_no_words_of_what_is_gone_stay_behind(made: ArchiveText) -> None:
    reports = made.root / "build/reanchor"
    assert made.run("search", "shells").exit == 0
    index = made.root / INDEX
    made.write({"build/reanchor/first.md": "Words.", "build/reanchor/gone.md": "Words."})
    assert built(made.root)
    assert index.exists()  # it is of the present record
    assert [path.name for path in reports.iterdir()] == ["first.md"]
    name = "archive/annotations/first/notefirs.yml"
    os.utime(made.root / name, ns=(1, 1))
    assert built(made.root)
    assert not index.exists()


def test_of_the_site_before_nothing_stays_that_is_gone_from_this_one(made: ArchiveText) -> None:
    """Its folder is kept for the next build, with links to what both sites have."""
    name = "archive/annotations/first/notefirs.yml"
    made.write({name: made.file(name).replace("A reader", "Somebody else")})
    assert built(made.root) and built(made.root)  # now there is one
    made.write({name: made.file(name).replace("Somebody else", "Another")})
    assert built(made.root)
    folder = next((made.root / "build/spare").iterdir())
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert len(kept) > 20
    for path in kept:
        assert path.samefile(made.root / "site" / path.relative_to(folder))
        assert b"Somebody else" not in path.read_bytes()


def test_what_both_sites_have_is_not_linked_again(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built(made.root)
    linked: list[str] = []
    link = os.link
    monkeypatch.setattr(os, "link", lambda source, to, **_: (linked.append(str(to)), link(source, to)))
    before = pages(made)
    assert made_anew(made) == set()
    assert pages(made).keys() == before.keys()
    assert not [path for path in linked if "/assets/search/" not in path]


def test_lists_that_no_annotation_changes_are_not_put_together_again(
    made: ArchiveText, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    listing = lists.listing
    monkeypatch.setattr(lists, "listing", lambda site, base: (asked.append(base), listing(site, base))[1])
    name = "archive/annotations/first/notefirs.yml"
    made.write({name: made.file(name).replace("body: |-\n  ", "body: |-\n  Truly, ")})
    assert built(made.root)
    assert "annotations/index" in asked  # its page shows what the annotation says
    assert not [base for base in asked if not base.startswith(lasting.LIST_OF_ANNOTATIONS)]
    asked.clear()
    made.write({name: made.file(name).replace("A reader", "Another")})
    assert built(made.root)
    assert "annotations/contributors" in asked
    assert not [base for base in asked if not base.startswith(lasting.LIST_OF_ANNOTATIONS)]
    made.write(place("tegh", name="Teghi", forms=["Tegh"]))
    made.run("link")
    assert built(made.root)
    assert "places/tegh#mentions" in asked


def test_lists_of_annotations_stay_while_there_are_the_same_ones(made: ArchiveText) -> None:
    name, known = "archive/annotations/first/notefirs.yml", {"annotations/changes": [], "said/index": []}
    before = content.read(made.root, SETTINGS).bases
    made.write({name: made.file(name).replace("body: |-\n  ", "body: |-\n  Truly, ")})
    now = content.read(made.root, SETTINGS)
    assert before != now.bases and lasting.lists(now, before, known).keys() == known.keys()
    made.write({name: made.file(name).replace("A reader", "Another")})
    assert lasting.lists(content.read(made.root, SETTINGS), now.bases, known).keys() == {"said/index"}


def test_an_annotation_changes_the_page_of_its_article_and_what_lists_it(made: ArchiveText) -> None:
    name = "archive/annotations/first/notefirs.yml"
    made.write({name: made.file(name).replace("A reader", "Another")})
    new = made_anew(made)
    assert "articles/first.html" in new
    assert not {path for path in new if path.startswith(("places/", "articles/second", "about", "originals/"))}


@pytest.mark.usefixtures("no_search")
def test_what_is_said_to_stand_apart_from_annotations_does(made: ArchiveText) -> None:
    """Every key of every page, before and after edits of annotations of every kind."""
    dice = random.Random(3)
    first = "archive/annotations/first/notefirs.yml"
    made.write(note(dice, "a-work", "notework"))
    assert built(made.root)
    memory = next((made.root / "build/pages").glob("*.made"))
    keys = set(Memory.read(memory, made.root / "site", version()).keys)
    assert len(lasting.APART.intersection(what for what, _ in keys)) > 20
    edits: list[Callable[[], object]] = [
        lambda: made.write(note(dice, "first", "notenewa", FIRST_TEXT)),
        lambda: made.write(note(dice, "a-work", "notenewb")),
        lambda: made.write({first: made.file(first).replace("A reader", "Another")}),
        (made.root / "archive/annotations/_works/a-work/notework.yml").unlink,
        *(partial(made.write, note(dice, "first", f"notemor{letter}", FIRST_TEXT)) for letter in "abcdefgh"),
    ]
    before = content.read(made.root, SETTINGS)
    known = []
    for edit in edits:
        edit()
        after = content.read(made.root, SETTINGS)
        assert before.bases != after.bases and after.jobs and before.jobs
        lasts = lasting.lasting(after, before.bases)
        known.append({key for key, same in zip(keys, last(keys, lasts), strict=True) if same})
        assert {key for key in keys if lasting.is_apart(key)} < known[-1] < keys
        for key in sorted(known[-1]):
            assert before.state(key) == after.state(key), key
        before = after
    kinds = {what for what, _ in set.union(*known)}
    assert kinds > lasting.OF_CLAIMS - {"amounts"} | lasting.OF_ARTICLES | lasting.OF_NOTES


@pytest.mark.usefixtures("no_search")
@pytest.mark.parametrize("seed", range(LASTING))
def test_what_is_said_to_last_does(made: ArchiveText, seed: int) -> None:
    """Every key of every page, before and after edits of every kind, one after the other."""
    editor = Editor(made, random.Random(seed))
    for _ in range(3):
        editor.annotate()
    made.run("link")
    if not built(made.root):
        return
    memory = next((made.root / "build/pages").glob("*.made"))
    keys = [key for key in Memory.read(memory, made.root / "site", version()).keys
            if not key[0].startswith(lasting.OF_THE_SITE)]  # fmt: skip
    before: tuple[dict[str, str], list[str]] | None = None
    for _ in range(12):
        done = editor.edit()
        made.run("link")
        try:
            after = content.read(made.root, SETTINGS)
        except content.ContentRefused:
            continue
        assert after.jobs and after.exports
        states = [after.state(key) for key in keys]
        if before is not None:
            same = last(keys, lasting.lasting(after, before[0]))
            for key, lasts, was, now in zip(keys, same, before[1], states, strict=True):
                assert not lasts or was == now, (done, key)
        before = after.bases, states


def test_after_another_article_most_of_the_rest_lasts(made: ArchiveText) -> None:
    publish = Editor(made, random.Random(0))._publish
    publish(article("third", "Nobody knows."))
    before = content.read(made.root, SETTINGS).bases
    publish(article("third", "Nobody knows more."))
    after = content.read(made.root, SETTINGS)
    lasts = lasting.lasting(after, before)
    keys = [("label", "goris"), ("annotation", "notefirs"), ("annotated", "notefirs"), ("corrections", "first"),
            ("annotations counted", "first"), ("part", "annotations/index 1"), ("work", "a-work")]  # fmt: skip
    assert all(last(keys, lasts))
    assert not any(last([("article", "third"), ("corrections", "third"), ("mentions", "first"), ("home", "")], lasts))
    made.write(place("goris", name="Gorisi", forms=["Goris"]))
    made.run("link")
    other = content.read(made.root, SETTINGS)
    lasts = lasting.lasting(other, after.bases)
    assert not any(last([("label", "goris"), ("names in", "entity goris"), ("mentions", "third")], lasts))
    assert all(last([("annotation", "notefirs"), ("around", "first"), ("addresses", "first")], lasts))


def test_anything_but_an_annotation_may_change_everything(made: ArchiveText) -> None:
    before = content.read(made.root, SETTINGS).bases
    others: list[tuple[str, Callable[[], object]]] = [
        ("entity", lambda: made.write(place("tegh", name="Teghi", forms=["Tegh"]))),
        ("entity", lambda: made.write({"docs/about.md": "# About\n"})),
        ("size", lambda: os.utime(made.root / "archive/originals/first.txt", (1, 1))),
        ("custody", lambda: os.utime(made.root / "archive/originals/first.txt", (2, 2))),
    ]
    for kind, edit in others:
        edit()
        made.run("link")
        now = content.read(made.root, SETTINGS, private=True)
        assert not lasting.lasting(now, before)(kind)
        before = now.bases
    now = content.read(made.root, replace(SETTINGS, as_of="2023"), private=True)
    assert not lasting.lasting(now, before)("settings")


def test_a_new_name_changes_the_pages_that_name_it(made: ArchiveText) -> None:
    """Goris stands on nearly every page; a place that nobody names on its own, those around it and lists."""
    made.write(place("tegh", name="Teghi", forms=["Tegh"]))
    made.run("link")
    new = made_anew(made)
    for path in pages(made):
        text = made.file(f"site/{path}") if path.endswith(".html") else ""
        assert ("Teghi" not in text) or path in new, path
    assert "treaties/old-treaty.html" not in new


def test_a_template_changes_the_pages_that_use_it(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotated_archive.pages import draft

    folder = made.root.parent / "templates"
    shutil.copytree(draft.TEMPLATES, folder)
    with (folder / "timeline.html").open("a") as template:
        template.write("<p>More.</p>\n")
    monkeypatch.setattr(draft, "TEMPLATES", folder)
    draft.environment.cache_clear()
    try:
        assert {path for path in made_anew(made) if not path.startswith("timeline")} == set()
        assert "<p>More.</p>" in made.file("site/timeline.html")
    finally:
        monkeypatch.undo()
        draft.environment.cache_clear()


def test_the_navigation_is_on_every_page(made: ArchiveText) -> None:
    made.write({"mkdocs.yml": made.file("mkdocs.yml").replace("About: about.md", "Of us: about.md")})
    new = made_anew(made)
    assert {path for path in pages(made) if path.endswith(".html")} - {"404.html"} <= new
    assert "originals/first.txt" not in new


def test_a_page_that_warned_warns_again(made: ArchiveText, capsys: pytest.CaptureFixture[str]) -> None:
    made.write({"docs/about.md": "# About\n\nSee [this](missing.png).\n"})
    for _ in range(2):
        built(made.root)
        assert "missing.png" in capsys.readouterr().err
    with pytest.raises(SiteError):
        site.build(made.root, made.root / "site", strict=True)


def test_pages_whose_titles_others_show_are_always_rendered(made: ArchiveText) -> None:
    made.write({"mkdocs.yml": made.file("mkdocs.yml").replace("About: about.md", "about.md")})
    assert built(made.root)
    made.write({"docs/about.md": "# What this is\n"})
    assert built(made.root)
    assert "What this is</a>" in made.file("site/places/goris.html")


def test_the_search_follows_too(tmp_path: Path) -> None:
    made = archive(tmp_path, CONFIG, start(random.Random(1)))
    made.run("link")
    assert built(made.root)
    made.write(place("tegh", name="Teghi", forms=["Tegh"]), article("third", "Shells fell on Teghi."))
    made.write(event("the-raid", places=["tegh"]))
    Editor(made, random.Random(1))._list()
    made.run("link")
    assert built(made.root)
    assert list(compare(made.root / "site", _clean_site(made))) == []
