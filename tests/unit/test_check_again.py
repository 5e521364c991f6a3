"""A check that remembers what was sound says, after any change, exactly what a check of everything says."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

import bad_claims
import pytest
from bad_files import BASE
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_archive.check import memory, run
from annotated_archive.check.memory import Memory
from annotated_archive.records.diagnostic import Diagnostic
from annotated_archive.store import load, snapshot
from language import ArchiveText, archive, article, place, withheld, works

REPLY = """\
id: {0}
kind: note
article: first
targets:
  - annotation: {1}
body: A reply.
author:
  name: Reader
created: "2026-11-22T10:00:00Z"
license: CC-BY-4.0
status: open
"""
PAGE = "# A page\n\nOf [Goris](places/goris.md), [what was said](said/the-fighting-deaths.md) and a work.[^a-work]\n"


def whole(folder: Path) -> ArchiveText:
    """A sound archive with a file of every kind, some of it private."""
    sound = {path: data for path, data in bad_claims.sound().items() if data is not None}
    replies = {
        f"archive/annotations/first/{one}.yml": REPLY.format(one, other)
        for one, other in (("replyone", "claimone"), ("replytwo", "replyone"))
    }
    hidden = withheld(
        "second", "What is withheld here is about Goris and nothing else in the whole wide world.", places=["goris"]
    )
    own = {**BASE, **bad_claims.SCENE, **sound, **replies, **hidden, "docs/page.md": PAGE}
    return archive(folder, own | article("third", "More about Goris.", places=["goris"]))


def remembered(root: Path, private: bool = True) -> tuple[Diagnostic, ...]:
    """What a check finds that remembers whatever it can, however little."""
    with patch.object(memory, "WORTH", 0), patch.object(snapshot, "WORTH", 0):
        return run(root, private=private).diagnostics


def anew(root: Path, private: bool = True) -> tuple[Diagnostic, ...]:
    """What a check finds that remembers nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("build"))
        return run(copy, private=private).diagnostics


WORDS = [
    "goris", "the-ministry", "armenia", "a-work", "a-report", "claimone", "claimtwo", "replyone", "first", "third",
    "the-fighting", "who-began", "49", "105", "open", "place", "Goris", "updates", "full", "outlet", "men",
]  # fmt: skip
EDIT = st.tuples(
    st.sampled_from(["remove", "rename", "swap", "words", "break", "add"]),
    st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(WORDS), st.sampled_from(WORDS),
)  # fmt: skip


def edit(root: Path, what: str, one: int, two: int, word: str, other: str) -> None:
    """One random change of the record."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and "build" not in path.parts)
    path, second = files[one % len(files)], files[two % len(files)]
    if what == "remove":
        path.unlink()
    elif what == "rename":
        path.rename(path.with_name(f"{word}{path.suffix}"))
    elif what == "swap":
        data = path.read_bytes()
        path.write_bytes(second.read_bytes())
        second.write_bytes(data)
    elif what == "break":
        data = path.read_bytes()
        path.write_bytes(data[: two % (len(data) + 1)])
    elif what == "add":
        path.with_name(f"{word}{path.suffix}").write_bytes(path.read_bytes().replace(path.stem.encode(), word.encode()))
    else:
        path.write_bytes(path.read_bytes().replace(word.encode(), other.encode()))


@settings(max_examples=int(os.environ.get("ARCHIVE_CHECKS", "10")))
@given(st.lists(EDIT, min_size=1, max_size=3), st.booleans())
def test_after_any_change_it_finds_what_a_check_of_everything_finds(
    edits: list[tuple[str, int, int, str, str]], private: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = whole(Path(folder)).root
        remembered(root, private)
        for one in edits:
            edit(root, *one)
            assert remembered(root, private) == anew(root, private)


CHANGES = {
    "an entity": "archive/authority/actors/the-ministry.yml",
    "a place named in a text": "archive/authority/places/goris.yml",
    "a claim that others speak of": "archive/annotations/first/claimone.yml",
    "what was replied to": "archive/annotations/first/replyone.yml",
    "an article": "archive/articles/third.md",
    "the article under the notes": "archive/articles/first.md",
    "a ledger": "archive/ledgers/third.yml",
    "an original": "archive/originals/third.txt",
    "the list": "archive/originals/manifest-sha256.txt",
    "the works": "archive/bibliography.yml",
    "the questions": "archive/questions.yml",
    "a withheld text": "private/texts/second.txt",
    "a withheld ledger": "private/ledgers/second.yml",
}


@pytest.mark.parametrize("path", CHANGES.values(), ids=CHANGES.keys())
def test_what_goes_is_missed_where_it_was_named(tmp_path: Path, path: str) -> None:
    made = whole(tmp_path)
    assert remembered(made.root) == ()
    data = (made.root / path).read_bytes()
    (made.root / path).unlink()
    gone = remembered(made.root)
    assert gone == anew(made.root)
    assert gone or path.startswith(("private/", "archive/originals/manifest"))
    (made.root / path).write_bytes(data)
    assert remembered(made.root) == ()


def test_only_what_changed_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = whole(tmp_path)
    remembered(made.root)
    looked: list[str] = []
    plain = memory._made

    def noted(number: int, name: str) -> list[Diagnostic]:
        looked.append(name)
        return plain(number, name)

    monkeypatch.setattr(memory, "_made", noted)
    monkeypatch.setattr("annotated_archive.check.originals._looks", lambda path: ("as before",))
    remembered(made.root)
    remembered(made.root)
    looked.clear()
    path = "archive/annotations/first/claimsev.yml"
    made.write({path: made.file(path).replace("A reader", "Another reader")})
    assert remembered(made.root) == ()
    assert set(looked) == {"claimsev", "first"}  # the claim, and the notes of its article


def test_what_has_findings_is_not_remembered(tmp_path: Path) -> None:
    made = archive(tmp_path, works("a-work"), place("goris", within="nowhere"), article("first", "Text."))
    first = remembered(made.root)
    assert [one.rule for one in first] == ["REF-UNKNOWN"]
    assert remembered(made.root) == first


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\x00" * 64])
def test_a_damaged_memory_is_none(tmp_path: Path, damage: bytes) -> None:
    made = whole(tmp_path)
    remembered(made.root)
    path = made.root / "private/build/check/sound"
    assert Memory(load(made.root, private=True), True)._known
    path.write_bytes(damage)
    assert not Memory(load(made.root, private=True), True)._known
    (made.root / "archive/authority/places/goris.yml").unlink()
    assert remembered(made.root) == anew(made.root) != ()


def test_a_check_of_some_files_remembers_nothing(tmp_path: Path) -> None:
    made = whole(tmp_path)
    with patch.object(memory, "WORTH", 0):
        run(made.root, ["archive/articles/first.md"], private=True)
    assert not (made.root / "private/build").exists()


def test_a_work_that_only_carries_a_claim_is_used(tmp_path: Path) -> None:
    made = whole(tmp_path)
    made.write({"archive/bibliography.yml": made.file("archive/bibliography.yml").replace("    listed: true\n", "")
                .replace("  listed: true\n", "")})  # fmt: skip
    assert [str(one) for one in remembered(made.root) if "a-report" in one.message] == []


def test_where_nothing_changed_no_unit_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = whole(tmp_path)
    remembered(made.root)
    for what in ("notes", "captures"):
        monkeypatch.setattr(f"annotated_archive.check.inputs.Inputs.{what}", None)
    assert remembered(made.root) == ()
    monkeypatch.undo()
    path = "archive/annotations/first/claimsev.yml"
    made.write({path: made.file(path).replace("A reader", "Another reader")})
    assert remembered(made.root) == ()  # of the rest, the keys are still known
    made.write({path: made.file(path).replace("article: first", "article: firsd")})
    assert remembered(made.root) == anew(made.root) != ()
