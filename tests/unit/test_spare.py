"""The folder of the site before becomes that of the next one, with no file but those of the present site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from annotated_archive.site import spare
from annotated_archive.site.made import Known, signature


def folder(path: Path, **files: str) -> Path:
    """A folder with these files, by their paths with `__` in place of slashes."""
    for name, text in files.items():
        file = path / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return path


def inside(path: Path) -> dict[str, str]:
    """All files of a folder; folders, with a slash, that hold none."""
    found = {}
    for one in sorted(path.rglob("*")):
        name = one.relative_to(path).as_posix()
        if one.is_file():
            found[name] = one.read_text()
        elif not any(one.iterdir()):
            found[f"{name}/"] = ""
    return found


def known(site: Path, *paths: str) -> dict[str, Known]:
    """What is remembered of some files of a site."""
    found = {}
    for path in paths:
        signs = signature(site / path)
        assert signs is not None
        found[path] = Known(np.zeros(0, np.uint32), signs)
    return found


def linked(site: Path, path: Path, *names: str) -> Path:
    """A folder with links to files of a site."""
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(site / name, path / name)
    return path


def test_of_the_site_before_stays_what_is_of_the_present_one(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", a="1", places__goris="2", said__b="new")
    old = linked(site, folder(tmp_path / "old", said__b="old", gone__deep__c="3", index="4"), "a", "places/goris")
    spare.keep(old, known(site, "a", "places/goris", "said/b"), tmp_path / "build/spare/one")
    assert not old.exists()
    assert inside(tmp_path / "build/spare/one") == {"a": "1", "places/goris": "2"}
    assert (tmp_path / "build/spare/one/a").samefile(site / "a")
    assert inside(site) == {"a": "1", "places/goris": "2", "said/b": "new"}


def test_an_older_spare_folder_gives_way(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", a="1")
    one = folder(tmp_path / "spare", b="2")
    spare.keep(linked(site, tmp_path / "old", "a"), known(site, "a"), one)
    assert inside(one) == {"a": "1"}


def test_what_cannot_be_kept_stays_for_who_removes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = folder(tmp_path / "site", a="1")
    old = linked(site, tmp_path / "old", "a")

    def other_disk(*_: object) -> None:
        raise OSError(18, "another file system")

    monkeypatch.setattr(Path, "rename", other_disk)
    spare.keep(old, known(site, "a"), tmp_path / "spare")
    assert old.exists() and not (tmp_path / "spare").exists()
    spare.keep(tmp_path / "nowhere", known(site, "a"), tmp_path / "spare")


def test_the_next_site_takes_what_is_known_and_nothing_else(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", assets__one="1", assets__two="2", places__goris="3", places__tegh="4")
    one = linked(site, tmp_path / "spare", "assets/one", "assets/two", "places/goris", "places/tegh")
    folder(one, assets__mine="5", more__words="6")
    (one / "places/goris").unlink()
    folder(one, places__goris="another file of that name")
    new = folder(tmp_path / "new", assets__two="written", assets__theme="7")
    there = spare.take(one, known(site, "assets/one", "places/goris", "places/tegh"), new)
    assert there == {"assets/one", "places/tegh"}
    assert inside(new) == {"assets/one": "1", "assets/theme": "7", "assets/two": "written", "places/tegh": "4"}
    assert (new / "places/tegh").samefile(site / "places/tegh")
    assert not one.exists()


def test_a_spare_folder_that_is_a_link_or_missing_is_none(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", a="1")
    (tmp_path / "link").symlink_to(site)
    for path in (tmp_path / "link", tmp_path / "nowhere", site / "a"):
        assert spare.take(path, known(site, "a"), folder(tmp_path / "new", b="2")) == set()
    assert inside(site) == {"a": "1"}


def test_a_move_that_breaks_off_says_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = folder(tmp_path / "site", a__one="1", b__two="2")
    one = linked(site, tmp_path / "spare", "a/one", "b/two")
    move = os.rename
    done: list[str] = []

    def once(source: str, target: str) -> None:
        if done:
            raise OSError(28, "no room")
        done.append(source)
        move(source, target)

    monkeypatch.setattr(os, "rename", once)
    new = folder(tmp_path / "new", theme="3")
    there = spare.take(one, known(site, "a/one", "b/two"), new)
    assert len(there) == 1 and there == inside(new).keys() - {"theme"}
    shutil.rmtree(new)
    assert inside(site) == {"a/one": "1", "b/two": "2"}
