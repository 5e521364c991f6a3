"""`archive serve`: an edited annotation is shown from its file alone, and everything else follows."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import children

from annotated_archive.records import yamlio
from annotated_archive.site import content, watching
from annotated_archive.site.build import build
from annotated_archive.site.serve import Workshop
from annotated_archive.site.watching import Observer, seen
from language import ArchiveText, Files, archive, article, place, site_files, withheld, works

SECRET = "Shells fell on Goris and the road was cut for a week."


def note(identifier: str, body: str, exact: str | None = "Shells", about: str = "first", **fields: Any) -> Files:
    """An annotation on words of an article, or on it as a whole."""
    target = {"part": "body", "exact": exact} if exact else {}
    record = {
        "id": identifier, "kind": "note", "article": about, "targets": [target], "body": body,
        "author": {"name": "A reader"}, "created": "2022-09-14T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    } | fields  # fmt: skip
    return {f"archive/annotations/{about}/{identifier}.yml": yamlio.write(record)}


@pytest.fixture
def made(tmp_path: Path) -> ArchiveText:
    """A small archive with its site."""
    small = archive(
        tmp_path / "archive", site_files(), place("goris"), works("a-work"),
        article("before", "Nothing is known of Goris."),
        article("first", "Shells fell on Goris.\n\nThe office said nothing.", places=["goris"]),
        withheld("sealed", SECRET), note("noteaaaa", "What a reader thinks."),
        note("notebbbb", "What another thinks.", "office"), note("notecccc", "Of all of it.", None, "sealed"),
    )  # fmt: skip
    small.run("link")
    assert small.check() == []
    return small


class Served:
    """A site being served, whose builds of the whole wait until they are asked for."""

    def __init__(self, made: ArchiveText, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = 0
        self.whole = content.read
        self.shop = Workshop(made.root, folder / "served")
        self.shop.build()
        self.shop.prepare()
        self._finish = self.shop.finish
        monkeypatch.setattr(self.shop, "finish", lambda: None)
        monkeypatch.setattr(content, "read", self._reading)

    def _reading(self, *given: Any) -> content.Content:
        self.read += 1
        return self.whole(*given)

    def page(self, article: str = "first") -> str:
        """The page of an article as it is shown."""
        return (self.shop.site / f"articles/{article}.html").read_text("utf-8")

    def finish(self) -> None:
        """Build what an edit left."""
        self._finish()

    def following(self) -> tuple[threading.Thread, subprocess.Popen[str]]:
        """Begin to build what an edit left: the thread that waits for it, and the process that does it."""
        thread = threading.Thread(target=self._finish)
        thread.start()
        while self.shop.child is None:
            time.sleep(0.01)
        return thread, self.shop.child


@pytest.fixture
def served(made: ArchiveText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The archive being served."""
    return Served(made, tmp_path, monkeypatch)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean(made: ArchiveText, folder: Path) -> dict[str, bytes]:
    """A build of the archive that knows of none before it."""
    build(made.root, folder, strict=False)
    return contents(folder)


def test_an_edited_annotation_is_shown_without_reading_the_archive(
    made: ArchiveText, served: Served, tmp_path: Path
) -> None:
    made.write(note("noteaaaa", "What she thinks **now**, as in Goris.", "fell on Goris", cite=["a-work"]))
    served.shop.rebuild()
    assert served.read == 0 and served.shop.left
    assert "What she thinks <strong>now</strong>" in served.page()
    made.write(note("notebbbb", "What he thinks now.", "said"))  # before the rest of the first has followed
    served.shop.rebuild()
    assert served.read == 0
    shown = served.page()
    assert "What she thinks" in shown and "What he thinks now" in shown
    assert "What she thinks" not in (served.shop.site / "annotations/index.html").read_text("utf-8")
    served.finish()
    assert not served.shop.left
    whole = clean(made, tmp_path / "clean")
    assert contents(served.shop.site) == whole
    assert shown == whole["articles/first.html"].decode()
    made.write(note("notebbbb", "What he thinks in the end.", "said"))
    served.shop.rebuild()
    served.finish()
    assert contents(served.shop.site) == clean(made, tmp_path / "clean again")


def test_serving_begins_with_the_site_that_was_built(made: ArchiveText, tmp_path: Path) -> None:
    build(made.root, made.root / "site", strict=False)
    before = contents(made.root / "site")
    made.write(note("noteaaaa", "What she thinks now."))
    shop = Workshop(made.root, tmp_path / "served")
    assert 0 < shop.build() < len(before) / 4
    assert contents(shop.site) == clean(made, tmp_path / "clean")
    made.write(note("noteaaaa", "What she thinks in the end."))
    shop.rebuild()
    shop.finish()
    assert contents(shop.site) == clean(made, tmp_path / "clean again")
    assert contents(made.root / "site") == before  # which shares files with it


def test_an_edit_does_not_wait_for_what_follows_the_last(
    made: ArchiveText, served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made.write(note("noteaaaa", "What she thinks now."))
    served.shop.rebuild()
    thread, process = served.following()
    made.write(note("notebbbb", "What he thinks now.", "said"))
    served.shop.rebuild()
    assert "What he thinks now." in served.page()
    thread.join()
    assert process.returncode == -signal.SIGKILL and served.shop.left
    assert "What she thinks now." not in (served.shop.site / "annotations/index.html").read_text("utf-8")
    served.finish()
    assert contents(served.shop.site) == clean(made, tmp_path / "clean")
    assert capsys.readouterr().err == ""


def test_what_follows_an_edit_and_fails_changes_nothing(
    made: ArchiveText, served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made.write(note("noteaaaa", "What she thinks now."))
    served.shop.rebuild()
    before = contents(served.shop.site)
    thread, process = served.following()
    process.kill()  # as the system does for want of memory
    thread.join()
    assert "signal 9 ended their process (the last good pages are still shown)" in capsys.readouterr().err
    assert contents(served.shop.site) == before and served.shop.left
    made.write({"archive/authority/places/goris.yml": "id: [\n"})  # nobody has seen it yet
    served.finish()
    assert contents(served.shop.site) == before and served.shop.left
    made.write(place("goris"))
    served.finish()
    assert not served.shop.left
    assert contents(served.shop.site) == clean(made, tmp_path / "clean")


def test_when_it_is_over_nothing_is_written_any_more(made: ArchiveText, served: Served) -> None:
    there = children()
    made.write(note("noteaaaa", "What she thinks now."))
    served.shop.rebuild()
    thread, _ = served.following()
    served.shop.close()
    thread.join()
    assert children() == there
    assert not list(served.shop.site.parent.glob(".served.building-*"))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_served_and_ended(made: ArchiveText, tmp_path: Path, end: signal.Signals) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "annotated_archive", "serve", "-C", str(made.root), "--port", str(port)]
    server = subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(temporary)}, start_new_session=True
    )
    assert server.stdout
    patience = threading.Timer(120, server.kill)
    patience.start()
    assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
    made.write(note("noteaaaa", "What she thinks now."))
    said = server.stdout.readline()
    assert re.fullmatch(r"1 file made in \d+\.\d s\n", said)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/articles/first.html") as answer:
        assert b"What she thinks now." in answer.read()
    assert re.fullmatch(r"\d+ files? made in \d+\.\d s\n", server.stdout.readline())  # the others have followed
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/annotations/index.html") as answer:
        assert b"What she thinks now." in answer.read()
    made.write(note("noteaaaa", "What she thinks in the end."))
    server.stdout.readline()
    server.send_signal(end)  # while the others follow
    server.communicate()
    patience.cancel()
    assert server.returncode == 0
    assert list(temporary.iterdir()) == []


def test_a_wrong_annotation_is_told_at_once(
    made: ArchiveText, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong, rule in (
        ({"archive/annotations/first/noteaaaa.yml": "id: [\n"}, "YAML"),
        (note("noteaaaa", "Of words that are not there.", "a town of no name"), "NOTE-UNPLACED"),
        (note("noteaaaa", "Cites nothing.", cite=["no-such-work"]), "CITE-UNKNOWN"),
        ({"archive/annotations/first/noteaaaa.yml": note("notezzzz", "x").popitem()[1]}, "ID-FILE-NAME"),
    ):
        before = contents(served.shop.site)
        made.write(wrong)
        served.shop.rebuild()
        printed = capsys.readouterr().err
        assert "archive/annotations/first/noteaaaa.yml:" in printed and rule in printed
        assert "the last good pages are still shown" in printed
        assert served.read == 0 and contents(served.shop.site) == before
        made.write(note("noteaaaa", f"Mended: {rule}."))
        served.shop.rebuild()
        assert served.read == 0 and f"Mended: {rule}." in served.page()


def test_any_other_edit_has_the_archive_read(made: ArchiveText, served: Served) -> None:
    for edit in (
        note("notecccc", "Of all of it, again.", None, "sealed"),  # it may quote what is withheld
        note("notedddd", "A third reader."),
        note("notebbbb", "An answer.", None, targets=[{"annotation": "noteaaaa"}]),
        note("noteaaaa", "Within a \u2066line\u2069."),
        place("goris", name="Goris", summary="A town.", summary_cite=["a-work"]),
    ):
        served.read = 0
        made.write(edit)
        served.shop.rebuild()
        assert served.read == 1, edit


def test_a_page_written_by_hand_waits_for_the_whole(made: ArchiveText, served: Served) -> None:
    made.write({"docs/index.md": "No news of Goris.\n"})
    served.shop.rebuild()
    assert served.read == 0 and served.shop.left
    served.finish()
    assert "No news of" in (served.shop.site / "index.html").read_text("utf-8")


def test_no_process_is_forked_from_threads(made: ArchiveText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that answer requests may hold a lock just then."""
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked"))
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        Workshop(made.root, tmp_path / "served").build()
    finally:
        done.set()
        thread.join()
    monkeypatch.undo()
    assert contents(tmp_path / "served") == clean(made, tmp_path / "clean")


def test_files_are_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL", 0)
    monkeypatch.setattr(watching, "REST", 0)
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/around").symlink_to(tmp_path)
    file, other, third = tmp_path / "a/b/c.yml", tmp_path / "a/d.yml", tmp_path / "e.yml"
    for path in (file, other, third):
        path.write_text("x", "utf-8")
    tops = [tmp_path / "a", third, tmp_path / "nothing"]
    observer = Observer(tops)
    edits: list[Callable[[], object]] = [
        lambda: file.write_text("xy", "utf-8"), other.unlink, lambda: third.write_text("xy", "utf-8"),
        lambda: shutil.rmtree(tmp_path / "a/b"), observer.stop,
    ]  # fmt: skip
    told: list[set[str]] = []
    whole = observer._look

    def look(*tell: Callable[[], None]) -> float:
        took = whole(*tell)
        edits.pop(0)()
        return took

    class Handler:
        def on_any_event(self, event: Any) -> None:
            assert not event.is_directory
            told.append({Path(path).name for path in observer.seen()})

    monkeypatch.setattr(observer, "_look", look)
    observer.schedule(Handler(), str(tmp_path))
    observer.run()
    assert told == [{"c.yml", "d.yml", "e.yml"}, {"c.yml", "e.yml"}, {"c.yml", "e.yml"}, {"e.yml"}]
    assert observer.seen() == seen(tops) == {str(third): (third.stat().st_mtime_ns, 2)}


def test_an_edit_while_the_first_build_goes_on_is_told(made: ArchiveText, served: Served) -> None:
    shop = served.shop
    told: list[None] = []

    class Handler:
        def on_any_event(self, event: Any) -> None:
            told.append(None)

    for expected in (0, 1):
        observer = Observer(shop.watched, shop.record | shop.rest)
        observer.schedule(Handler(), "")
        observer.stop()  # after its first look
        observer.run()
        assert len(told) == expected
        assert observer.seen() == seen(shop.watched)
        made.write(note("noteaaaa", "What she thinks now."))  # which no build has read


def test_what_the_observer_saw_is_built_from(made: ArchiveText, served: Served) -> None:
    observer = Observer(served.shop.watched)
    observer._look()
    assert observer.seen() == served.shop.look()
    served.shop.look = observer.seen
    made.write(note("noteaaaa", "What she thinks now."))
    served.shop.rebuild()  # it was not seen yet
    assert "What she thinks now." not in served.page()
    observer._look()
    served.shop.rebuild()
    assert "What she thinks now." in served.page()
