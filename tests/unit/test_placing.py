"""Where annotations stand in their articles, written down: found once, and never other than what is found anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_search_documents import RECORD, first, note, reply

from annotated_archive.graph import Annotated, placing, resolve
from annotated_archive.graph.placing import Placing
from annotated_archive.store import load, plain
from language import ArchiveText, archive, article

FILE = "build/links/placed"


@pytest.fixture(autouse=True)
def worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles are worth to be written down."""
    monkeypatch.setattr(placing, "WORTH", 2)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The articles in whose texts words are looked for."""
    real, read = Placing.spots, list[str]()
    monkeypatch.setattr(Placing, "spots", lambda self, of: read.append(of) or real(self, of))
    return read


def made(folder: Path) -> ArchiveText:
    notes = note("anoteone", "Goris is quiet") | note("anotetwo", "Sotk", article="second")
    later = note("anotenxt", "Of Sotk", article="second") | reply("areplynt", "anotetwo", article="second")
    of = archive(folder, RECORD, first(), article("second", "Of Sotk nothing is known."), notes, later)
    of.run("link")
    return of


def placed(of: ArchiveText) -> dict[str, tuple[Annotated, ...]]:
    return dict(resolve(load(of.root)).annotations)


def test_what_a_check_has_placed_is_read_no_more(tmp_path: Path, found: list[str]) -> None:
    of = made(tmp_path)
    before = placed(of)
    spots = {of: [(one.file.id, one.number, one.body, one.sure) for one in notes] for of, notes in before.items()}
    assert spots == {
        "first": [("anoteone", 1, ((53, 67),), False)],
        "second": [("anotenxt", 1, ((0, 7),), False), ("anotetwo", 2, ((3, 7),), False)],
    }
    assert [one.id for one in before["second"][1].replies] == ["areplynt"]
    assert of.run("check").exit == 0
    found.clear()
    assert placed(of) == before and not found
    assert b"Sotk" not in (of.root / FILE).read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        note("anotenxt", "nothing is known", article="second"),
        note("anotemre", "Of", article="second"),
        article("second", "Of Sotk and of Goris nothing is known."),
        {"archive/annotations/second/anotenxt.yml": None},
    ],
    ids=["an annotation", "one more", "the text", "one less"],
)
def test_what_has_changed_is_placed_again(tmp_path: Path, found: list[str], change: dict[str, str | None]) -> None:
    of = made(tmp_path)
    of.run("check")
    for path, text in change.items():
        (of.root / path).unlink() if text is None else (of.root / path).write_text(text, "utf-8")
    found.clear()
    now = placed(of)
    assert found == ["second"]
    of.run("check")
    found.clear()
    assert placed(of) == now and not found
    (of.root / FILE).unlink()
    assert placed(of) == now and found


def test_what_is_gone_is_not_kept(tmp_path: Path) -> None:
    of = made(tmp_path)
    of.write(article("third", "Sotk, again."), note("anotethr", "again", article="third"))
    of.run("check")
    assert b"anotethr" in (of.root / FILE).read_bytes()
    (of.root / "archive/annotations/third/anotethr.yml").unlink()
    of.run("check")
    assert b"anotethr" not in (of.root / FILE).read_bytes() and b"anoteone" in (of.root / FILE).read_bytes()


def test_a_check_of_some_files_takes_nothing_away(tmp_path: Path) -> None:
    of = made(tmp_path)
    of.run("check")
    before = (of.root / FILE).read_bytes()
    for path in ("archive/annotations/first/anoteone.yml", "archive/articles/second.md"):
        of.run("check", path)
        assert (of.root / FILE).read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "another version", "a folder", "another content"])
def test_what_cannot_be_read_is_found_anew(tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of = made(tmp_path)
    of.run("check")
    before, file = placed(of), of.root / FILE
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-3])
    elif damage == "a folder":
        file.unlink()
        file.mkdir()
    elif damage == "another content":
        file.write_bytes(plain.packed((placing._version(), ["first"])))
    else:
        monkeypatch.setattr(placing, "program", lambda *_: "another")
    assert placed(of) == before
    assert of.run("check").exit == 0
