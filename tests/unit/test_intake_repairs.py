"""Repairs that a text seems to need: proposed as annotations, never made."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_intake_review import answered

from annotated_archive.ingest import slug
from annotated_archive.ingest.repairs import MAX_REPAIRS, Words, repairs
from annotated_archive.store import load
from language import ArchiveText, archive, article, place

HEAD = "Fighting flares along the border of the Old Valley"
ID = slug(None, None, HEAD)


def words() -> Words:
    known = Words(["Nagorno-Karabakh", "Best"])
    known.add("The agreement was signed. A sunny flower. They said so. Best results. A bank. Face the Book.")
    return known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Karabakhagreement ended it.", [("Karabakhagreement", "Karabakh agreement")]),
        ("Nagorno-Karabakhagreement", [("Karabakhagreement", "Karabakh agreement")]),
        ("an agreementThe end", [("agreementThe", "agreement The")]),
        ("The sunflower.", []),  # common words make compounds
        ("Karabakhflowers", []),  # one half is not known
        ("Karabakhian", []),
        ("Bestbank", [("Bestbank", "Best bank")]),
        ("Bestofall", []),
        ("@SaidThe #saidThe https://x.example/saidThe said_saidThe saidThe.html", []),
        ("FACEBOOK FaceBOOK", []),
        ("They saidThe flower wasSigned", [("saidThe", "said The")]),
        ("He was â€œsignedâ€\x9d in by RenÃ©.", [("RenÃ©.", "René.")]),
        ("«Il a été là», dit “René” – it’s Ընդհանուր Ağdərə Степанакерт", []),
        ("A \ufffdword lost", [("\ufffdword", None)]),
        ("ﬁrst ５ &amp; plain", []),
    ],
)
def test_what_is_taken_for_damage(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = repairs(text, words())
    assert [(one.exact, one.instead) for one in found if "\x9d" not in one.exact] == expected
    assert all(text[one.start : one.end] == one.exact for one in found)


def test_a_word_that_stands_elsewhere_as_a_whole_is_no_slip() -> None:
    known = words()
    known.add("Karabakhagreement")
    assert repairs("The Karabakhagreement ended it.", known) == []


def test_what_stands_at_another_place_of_the_same_text_counts() -> None:
    text = "The ceasefire of Karabakh.\n\nIt was a Karabakhceasefire."
    assert [(one.start, one.instead) for one in repairs(text, words())] == [(37, "Karabakh ceasefire")]


@given(st.text())
def test_repairs_stand_where_they_say(text: str) -> None:
    last = 0
    for one in repairs(text, words()):
        assert text[one.start : one.end] == one.exact and one.instead != one.exact
        assert last <= one.start < one.end
        last = one.end


TEXT = (
    "Fighting has flared along the border of the Old Valley since the Karabakhagreement was signed, officials said. "
    "RenÃ© said that the Karabakhagreement and the agreement of <b> RenÃ© held *until* then."
)
BASE = (place("karabakh"), article("first", "The agreement was signed there."))


def noted(made: ArchiveText) -> dict[str, str]:
    return {
        path: data.decode() for path, data in made.files().items() if "/annotations/" in path
    }  # fmt: skip


def test_repairs_become_proposed_annotations_and_the_text_stays(tmp_path: Path) -> None:
    made = archive(tmp_path, *BASE, {"in/a.txt": f"{HEAD}\n\n{TEXT}\n"})
    result = made.run("ingest", "--language", "en", "in/a.txt")
    assert "  Proposed in a note: “Karabakhagreement”: “Karabakh agreement”?\n" in result.stdout
    assert made.file(f"archive/articles/{ID}.md").endswith(f"---\n\n{TEXT}\n")
    made.run("link")
    assert made.check() == []
    found = sorted(load(made.root).annotations.values(), key=lambda file: file.record.body or "")
    assert [len(file.record.targets) for file in found] == [2, 2]
    first, second = (file.record for file in found)
    assert (first.kind, first.status, first.author and first.author.name) == ("correction", "open", "archive ingest")
    assert (first.body or "").startswith("“Karabakhagreement” may stand for “Karabakh agreement”: two words run")
    assert (second.body or "").startswith("“RenÃ©” may stand for “René”: characters that were read in another encoding")
    assert second.targets[0].start == TEXT.index("RenÃ©")


def test_a_broken_run_proposes_the_same_again(tmp_path: Path) -> None:
    made = archive(tmp_path, *BASE, {"in/a.txt": f"{HEAD}\n\n{TEXT}\n"})
    made.run("ingest", "in/a.txt")
    before = noted(made)
    (made.root / f"archive/articles/{ID}.md").unlink()
    made.run("ingest", "in/a.txt")
    assert noted(made).keys() == before.keys() and len(before) == 2


def test_notes_on_a_withheld_text_are_private(tmp_path: Path) -> None:
    made = archive(tmp_path, *BASE, {"in/a.txt": f"{HEAD}\n\n{TEXT}\n"})
    made.run("ingest", "--publish", "excerpt", "in/a.txt")
    assert [path.partition("/")[0] for path in noted(made)] == ["private", "private"]


def test_a_repair_is_proposed_where_the_editor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, *BASE, {"in/a.txt": f"{HEAD}\n\n{TEXT}\n"})
    result = answered(made, monkeypatch, "2\n1\n1\na\n", "in")
    assert "  Repair 1  “RenÃ©”: “René”? in 2 places (not proposed)\n" in result.stdout
    assert "  Repair 1  “RenÃ©”: “René”? in 2 places (a note will propose it)\n" in result.stdout
    (note,) = noted(made).values()
    assert "Karabakhagreement" in note and note.count("exact:") == 2


def test_on_a_terminal_nothing_is_proposed_that_the_editor_does_not_choose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path, *BASE, {"in/a.txt": f"{HEAD}\n\n{TEXT}\n"})
    assert answered(made, monkeypatch, "\n", "in").exit == 0
    assert noted(made) == {}


def test_what_is_not_sure_is_said_and_not_proposed(tmp_path: Path) -> None:
    text = "The agreement was signed. They said so of the agreementThey signed on Tuesday in the Old Valley at night."
    made = archive(tmp_path, *BASE, {"in/a.txt": f"{HEAD}\n\n{text}\n"})
    result = made.run("ingest", "--title", HEAD, "in/a.txt")
    assert "  Perhaps damaged, and not proposed: “agreementThey”: “agreement They”?\n" in result.stdout
    assert noted(made) == {}


def test_a_name_that_is_a_common_word_makes_compounds() -> None:
    known = Words(["NBC News", "Karabakh"])
    known.add("The news had a beat of its own.")
    assert repairs("Newsbeat and Karabakhbeat.", known)[0].exact == "Karabakhbeat"
    assert len(repairs("Newsbeat and Karabakhbeat.", known)) == 1


def test_nothing_is_proposed_where_a_box_of_the_page_got_into_a_sentence() -> None:
    known = Words(["Omar", "Ilhan"], ["Hillicon Valley."])
    assert repairs("Rep. Ilhan OmarIlhan OmarHillicon Valley: more, he said.", known) == []
    assert [one.exact for one in repairs("Rep. Ilhan OmarHillicon Valley: more.", known)] == ["OmarHillicon"]


def test_a_text_that_is_damaged_throughout_gets_no_notes(tmp_path: Path) -> None:
    text = " ".join(f"RenÃ© said on Tuesday of the Old Valley border {number}." for number in range(MAX_REPAIRS + 1))
    made = archive(tmp_path, {"in/a.txt": f"{HEAD}\n\n{text}\n"})
    result = made.run("ingest", "--title", HEAD, "in/a.txt")
    assert (
        f"  {MAX_REPAIRS + 1} places look damaged, which is more than slips: look for a better capture.\n"
        in result.stdout
    )
    assert noted(made) == {}
