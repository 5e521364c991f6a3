"""A build that is killed, finds the disk full or cannot write leaves the last good site, and the next one succeeds."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from edits import CONFIG, start
from test_shell import NoSearch

from annotated_archive.site import build as site
from annotated_archive.site import locking, plugin, swapping
from annotated_archive.site.comparing import compare
from language import ArchiveText, archive, place

KILLS = int(os.environ.get("ARCHIVE_KILLS", "4"))
NAMES = ("Tegh", "Teghi")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ArchiveText:
    """A small archive; its sites come without their search, which is made and tested by itself."""
    monkeypatch.setattr(plugin, "Searching", NoSearch)
    made = archive(tmp_path, CONFIG, start(random.Random(0)))
    made.run("link")
    return made


def built(made: ArchiveText, out: Path | None = None) -> Path:
    out = out or made.root / "site"
    site.build(made.root, out, strict=True, jobs=2)
    return out


def rename(made: ArchiveText, name: str) -> None:
    made.write(place("tegh", name=name, forms=["Tegh"] if name != "Tegh" else []))


def test_killed_at_any_moment(made: ArchiveText) -> None:
    good = []
    for name in NAMES:
        rename(made, name)
        good.append(built(made, made.root.parent / name))
    out = built(made)
    began = time.monotonic()
    rename(made, NAMES[0])
    built(made)
    length = time.monotonic() - began
    dice = random.Random(0)
    survived = 0
    for number in range(KILLS):
        rename(made, NAMES[(number + 1) % 2])
        child = os.fork()
        if not child:
            try:
                built(made)
            finally:
                os._exit(0)
        time.sleep(dice.random() * length)
        os.kill(child, signal.SIGKILL)
        survived += os.waitpid(child, 0)[1] == 0
        there = [not list(compare(out, one)) for one in good]
        assert any(there), number
        if number % 4 == 3:  # whatever was left
            built(made)
            assert list(compare(out, good[(number + 1) % 2])) == []
            assert list(made.root.glob(".site*")) == []
    assert survived < KILLS


def test_without_an_exchange_in_one_step_the_last_site_is_found_again(
    made: ArchiveText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    built(made)
    rename(made, "Teghi")
    out = built(made)
    assert "Teghi" in (out / "places/tegh.html").read_text("utf-8")
    assert list(made.root.glob(".site*")) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, which can be filled and made read-only."""
    if not ROOT or not shutil.which("mount"):
        pytest.skip("needs to mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("cannot mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk(made: ArchiveText, small_disk: Path) -> None:
    out = built(made, small_disk / "site")
    before = shutil.copytree(out, made.root.parent / "before")
    rename(made, "Teghi")
    with pytest.raises(OSError, match="No space left"), (small_disk / "rest").open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(100_000))
    with pytest.raises(site.SiteError, match=r"no space left on device .*the last good one is untouched"):
        built(made, out)
    assert list(compare(out, before)) == []
    (small_disk / "rest").unlink()
    assert list(compare(built(made, out), built(made))) == []
    assert [path.name for path in small_disk.iterdir()] == ["site"]


def test_a_disk_that_cannot_be_written(made: ArchiveText, small_disk: Path) -> None:
    out = built(made, small_disk / "site")
    before = shutil.copytree(out, made.root.parent / "before")
    rename(made, "Teghi")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        with pytest.raises(site.SiteError, match=r"read-only file system.*the last good one is untouched"):
            built(made, out)
        assert list(compare(out, before)) == []
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)


def test_a_folder_for_what_is_kept_that_is_none(made: ArchiveText) -> None:
    (made.root / "build").write_text("mine")
    out = built(made)
    assert (out / "places/tegh.html").is_file()
    assert (made.root / "build").read_text() == "mine"


def test_a_second_build_waits_for_the_first(made: ArchiveText, capfd: pytest.CaptureFixture[str]) -> None:
    built(made)
    (lock,) = (made.root / "build").glob(".building-*.lock")
    handle = os.open(lock, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    child = os.fork()
    if not child:
        os.close(handle)
        try:
            built(made)
        finally:
            os._exit(0)
    said = ""
    while locking.WAITING not in said:
        assert os.waitpid(child, os.WNOHANG) == (0, 0)
        said += capfd.readouterr().err
        time.sleep(0.01)
    os.close(handle)
    assert os.waitpid(child, 0)[1] == 0
    with locking.only_one(made.root, made.root / "elsewhere", private=False):  # another site waits for nobody
        built(made)
