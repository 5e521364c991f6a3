"""What was read of the record before: the same archive with it and without, and nothing of what is gone."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from annotated_archive.records.diagnostic import ContentError
from annotated_archive.store import Archive, load, snapshot
from annotated_archive.store.parsing import parsed
from language import ArchiveText, Files, archive, article, place, withheld, works

NOTE = """\
id: {id}
kind: note
article: {article}
targets:
  - exact: {exact}
body: |-
  A note.
cite: [a-work]
author:
  name: Reader
created: "2026-11-22T10:00:00Z"
license: CC-BY-4.0
status: open
"""


def note(identifier: str, about: str, exact: str, top: str = "archive") -> Files:
    text = NOTE.format(id=identifier, article=about, exact=exact)
    return {f"{top}/annotations/{about}/{identifier}.yml": text}


def many(folder: Path) -> ArchiveText:
    """An archive with so many files that they are worth being kept."""
    return archive(
        folder,
        works("a-work"),
        *(place(f"place-{number}") for number in range(110)),
        article("first", "A text about Goris.\n\nAnd more."),
        note("aaaaaaaa", "first", "Goris"),
        note("bbbbbbbb", "first", "more"),
    )


def said(found: Archive) -> object:
    """All that an archive says."""
    return (
        found.articles, found.entities, found.ledgers, found.annotations, found.works, found.problems, found.digests
    )  # fmt: skip


def fresh(root: Path) -> Archive:
    shutil.rmtree(root / "build", ignore_errors=True)
    return load(root)


def kept(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(root.rglob("*.kept")))


def test_what_was_read_before_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = many(tmp_path)
    time.sleep(0.05)
    monkeypatch.setattr(snapshot, "_SECOND", 0)  # what was written a moment ago counts as written long ago
    first = load(made.root)
    before = said(first)
    monkeypatch.setattr(snapshot, "parsed", None)
    monkeypatch.setattr(snapshot, "read_data", None)
    again = load(made.root)
    assert said(again) == before
    assert again.articles["first"].body == "A text about Goris.\n\nAnd more."
    assert again.entities["place-3"].document.place(("id",)) == (1, 5)


def test_files_written_a_moment_ago_are_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = many(tmp_path)
    load(made.root)
    records = [one for path in made.root.rglob("*.kept") for one in (snapshot._read(path) or {}).values()]
    assert len(records) > 110
    assert {one.signature for one in records} == {(0, 0, 0, 0)}
    monkeypatch.setattr(snapshot, "parsed", None)  # their bytes are known all the same
    load(made.root)


def test_a_file_that_changed_is_read_again_whatever_its_time(tmp_path: Path) -> None:
    made = many(tmp_path)
    load(made.root)
    path = made.root / "archive/authority/places/place-7.yml"
    times = path.stat()
    path.write_text(made.file("archive/authority/places/place-7.yml").replace("Place 7", "Place X"), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert load(made.root).entities["place-7"].record.name == "Place X"


def test_a_new_checkout_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = many(tmp_path / "one")
    before = load(made.root)
    shutil.copytree(made.root, tmp_path / "two")  # other times, other inodes
    monkeypatch.setattr(snapshot, "parsed", None)
    assert load(tmp_path / "two").digests == before.digests


def test_nothing_stays_of_what_was_withdrawn(tmp_path: Path) -> None:
    made = many(tmp_path)
    made.write(note("cccccccc", "first", "words-that-harm"), note("dddddddd", "first", "words-that-change"))
    load(made.root)
    assert b"words-that-harm" in kept(made.root)
    (made.root / "archive/annotations/first/cccccccc.yml").unlink()
    made.write(note("dddddddd", "first", "others"))
    load(made.root)
    assert b"words-that" not in kept(made.root)


def test_what_is_private_is_kept_apart(tmp_path: Path) -> None:
    made = many(tmp_path)
    made.write(
        withheld("second", "A withheld text."),
        *(note(f"eeeeee{number:02}", "second", "words-withheld", "private") for number in range(20)),
    )
    private = load(made.root, private=True)
    assert private.articles["second"].body == "A withheld text."
    assert b"words-withheld" in kept(made.root / "private")
    assert b"words-withheld" not in kept(made.root / "build")
    assert said(load(made.root)) == said(fresh(made.root))
    assert said(load(made.root, private=True)) == said(private)


class Hostile:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("touch hostile",)


def summed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest() + data


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-7],
        lambda data: data[:400] + b"\x00" + data[401:],
        lambda data: b"garbage",
        lambda data: summed(b"garbage"),
        lambda data: summed(pickle.dumps(Hostile())),
        lambda data: summed(pickle.dumps((snapshot._version(), {"a": Hostile()}))),
        lambda data: summed(pickle.dumps((snapshot._version(), {"a": (1, 2)}))),
        lambda data: summed(pickle.dumps(("another", {}))),
    ],
)
def test_damaged_and_hostile_files_are_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    made = many(tmp_path)
    before = said(load(made.root))
    monkeypatch.chdir(tmp_path)
    paths = sorted(made.root.rglob("*.kept"))
    for path in paths:
        path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert said(load(made.root)) == before
    assert not Path("hostile").exists()
    assert all(snapshot._read(path) for path in paths)


def test_a_record_kept_wrong_is_read_from_its_file(tmp_path: Path) -> None:
    made = many(tmp_path)
    file = load(made.root).entities["place-1"]
    assert file.source
    wrong = file.source._replace(kept=file.source.kept._replace(data=b'{"id": 7}'))
    assert wrong.record_value() == file.record


def test_where_nothing_can_be_written_everything_is_read(tmp_path: Path) -> None:
    made = many(tmp_path)
    made.write({"build": "a file"})
    assert said(load(made.root)) == said(load(made.root))
    assert made.file("build") == "a file"


def test_a_small_archive_leaves_nothing_behind(tmp_path: Path) -> None:
    made = archive(tmp_path, works("a-work"), place("goris"), article("first", "Goris.", places=["goris"]))
    before = made.files()
    load(made.root, private=True)
    assert made.files() == before
    assert not (made.root / "build").exists()


def test_a_text_that_was_changed_meanwhile_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    made = many(tmp_path)
    one, two = load(made.root).articles["first"], load(made.root).articles["first"]
    path = "archive/articles/first.md"
    made.write({path: made.file(path).replace("title: ", "title: The ")})
    assert one.body == "A text about Goris.\n\nAnd more."  # the text is the same
    made.write({path: made.file(path).replace("about", "on")})
    snapshot_of_bodies_is_forgotten()
    with pytest.raises(ContentError, match=r"archive/articles/first\.md:1:1: FILE-CHANGED"):
        _ = two.body
    with pytest.raises(ContentError, match="FILE-CHANGED"):
        _ = two.document


def test_texts_that_are_held_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotated_archive.store import kept

    made = many(tmp_path)
    made.write(*(article(name, f"A text about Goris, the {name}.") for name in ("second", "third")))
    found = load(made.root).articles
    held = ["second", "third"]
    with kept.held(found[name] for name in held):
        for name in found:
            (made.root / "archive/articles" / f"{name}.md").write_text("Another text.")
        snapshot_of_bodies_is_forgotten()
        assert all("Goris" in found[name].body for name in held)
        with pytest.raises(ContentError, match="FILE-CHANGED"):
            _ = found["first"].body
    snapshot_of_bodies_is_forgotten()
    for name in held:
        with pytest.raises(ContentError, match="FILE-CHANGED"):
            _ = found[name].body
    whole = many(tmp_path / "other")
    whole.write(article("second", "Another text about Goris."))
    found = load(whole.root).articles
    (whole.root / "archive/articles/second.md").write_text("Other words.")
    with pytest.raises(ContentError, match="FILE-CHANGED"), kept.held(found[name] for name in ("first", "second")):
        pass
    assert not kept._held


def test_of_texts_as_many_are_held_as_there_is_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotated_archive.store import kept

    made = many(tmp_path)
    made.write(*(article(f"more-{number}", f"Text {number} about Goris.") for number in range(9)))
    found = load(made.root).articles
    monkeypatch.setattr(kept, "HELD", 100)
    with kept.held(found.values()):
        assert 50 < sum(len(data) for data in kept._held.values()) <= 100
        snapshot_of_bodies_is_forgotten()
        assert all("Goris" in article.body for article in found.values())
    assert not kept._held


def snapshot_of_bodies_is_forgotten() -> None:
    from annotated_archive.store import kept as module

    module._body.cache_clear()


def test_what_annotations_refer_to_is_told_without_making_them(tmp_path: Path) -> None:
    found = load(many(tmp_path).root)
    files = found.annotations_of["first"]
    assert [(one.path[-12:], one.kind, one.status, one.parent, one.brief.cited) for one in files] == [
        ("aaaaaaaa.yml", "note", "open", None, ("a-work",)),
        ("bbbbbbbb.yml", "note", "open", None, ("a-work",)),
    ]
    assert not any("record" in one.__dict__ for one in files)
    assert [one.record.body for one in files] == ["A note.", "A note."]


def _load_often(root: Path) -> None:
    while True:
        shutil.rmtree(root / "build/records", ignore_errors=True)
        load(root)


def test_two_at_once_and_one_that_is_killed_do_no_harm(tmp_path: Path) -> None:
    made = many(tmp_path)
    before = said(fresh(made.root))
    context = get_context("fork")
    for _ in range(4):
        workers = [context.Process(target=_load_often, args=(made.root,)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for _ in range(2):
            assert said(load(made.root)) == before
        for worker in workers:
            os.kill(worker.pid or 0, signal.SIGKILL)
            worker.join()
    assert said(load(made.root)) == before


def test_processes_read_what_one_process_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = many(tmp_path)
    made.write({"archive/authority/places/place-8.yml": "id: place-8\n"})
    monkeypatch.setattr("annotated_archive.store.cores.cores", lambda: 1)
    alone = said(fresh(made.root))
    monkeypatch.setattr("annotated_archive.store.cores.cores", lambda: 3)
    monkeypatch.setattr(snapshot, "parsed", parsed)
    assert said(fresh(made.root)) == alone
    assert [problem.rule for problem in load(made.root).problems][:1] == ["SCHEMA"]
