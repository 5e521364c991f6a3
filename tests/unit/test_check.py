"""Every rule of the check has a bad file here that triggers it, and the finding stands at the right line and column."""
# ruff: noqa: E501 (the tables)

from __future__ import annotations

import re
import shutil
import string
from pathlib import Path

import bad_articles
import bad_claims
import bad_dismissals
import bad_files
import bad_rights
import pytest
from bad_files import BASE, BODY, DOC, FIRST, KAPAN, MANIFEST, Case
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import annotated_archive
from annotated_archive.check import CATALOGUE, run
from annotated_archive.check.docs import page_paths
from annotated_archive.check.figures import numbers
from annotated_archive.check.nearest import Nearest
from language import Run, actor, archive, article, place, treaty

SCRIPTS = Path(annotated_archive.__file__).parent
CASES = [
    *bad_files.reading(),
    *bad_files.records(),
    *bad_articles.originals(),
    *bad_rights.rights(),
    *bad_articles.names(),
    *bad_dismissals.dismissals(),
    *bad_articles.annotations(),
    *bad_articles.docs(),
    *bad_claims.claims(),
    *bad_claims.annotations(),
]


def test_the_sound_archive_has_no_findings(tmp_path: Path) -> None:
    assert archive(tmp_path, BASE).check() == []


def test_sound_claims_have_no_findings(tmp_path: Path) -> None:
    assert archive(tmp_path, BASE, bad_claims.SCENE, sound_files(bad_claims.sound())).check() == []


def sound_files(files: dict[str, str | bytes | None]) -> dict[str, str | bytes]:
    return {path: data for path, data in files.items() if data is not None}


@pytest.mark.parametrize("one", CASES, ids=[f"{c.rule}-{n}" for n, c in enumerate(CASES)])
def test_bad_file(tmp_path: Path, one: Case) -> None:
    made = archive(tmp_path, {**BASE, **{path: data for path, data in one.files.items() if data is not None}})
    for path, data in one.files.items():
        if data is None:
            (made.root / path).unlink()
    assert "\n".join(made.check()) == one.findings
    assert f": {one.rule} " in one.findings


def test_what_a_date_leaves_open_is_not_held_against_it(tmp_path: Path) -> None:
    dates = [("1997", "1997-06"), ("1997-08-29", "1997-08"), ("1997-08-29", "1997-08-29"), ("1997-08-29", None)]
    made = archive(
        tmp_path,
        BASE,
        *(
            treaty(f"treaty-{'abcd'[n]}", signed=signed, in_force=later, dates_cite=["a-work"])
            for n, (signed, later) in enumerate(dates)
        ),
    )
    assert made.check() == []


def test_an_outlet_is_a_source(tmp_path: Path) -> None:
    agency = actor("the-agency", type="news-agency")
    for source in ("the-gazette", "the-agency"):
        made = archive(tmp_path / source, BASE, agency, article("first", BODY, places=["goris"], source=source))
        assert made.check() == []


def test_a_folder_without_an_archive(tmp_path: Path) -> None:
    assert [str(d) for d in run(tmp_path).diagnostics] == [
        "archive:1:1: ARCHIVE-MISSING there is no folder `archive` here. Name the folder with -C."
    ]


def test_a_link_among_the_records(tmp_path: Path) -> None:
    made = archive(tmp_path, BASE)
    (tmp_path / "outside.yml").write_bytes(place("kapan")[KAPAN].encode())
    (made.root / KAPAN).symlink_to(tmp_path / "outside.yml")
    assert made.check() == [f"{KAPAN}:1:1: FILE-LINK a symbolic link. Put the file itself here."]


def test_a_link_in_place_of_an_original(tmp_path: Path) -> None:
    made = archive(tmp_path, BASE)
    (tmp_path / "outside.txt").write_text(BODY, encoding="utf-8")
    (made.root / "archive/originals/first.txt").unlink()
    (made.root / "archive/originals/first.txt").symlink_to(tmp_path / "outside.txt")
    assert made.check() == [
        "archive/originals/first.txt:1:1: FILE-LINK a symbolic link. Put the file itself here.",
        f"{MANIFEST}:1:1: ORIGINAL-MISSING there is no file “first.txt”. Restore it.",
    ]


def test_billion_laughs(tmp_path: Path) -> None:
    laughs = "a: &a [lol, lol]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    made = archive(tmp_path, BASE, {KAPAN: laughs})
    assert made.check() == [f"{KAPAN}:1:4: YAML-ANCHOR anchor “a”. Write the value out in full."]


INGESTED: dict[str, tuple[bytes, str]] = {
    "INGEST-EMPTY": (b"", "the file is empty. Save the page again."),
    "INGEST-SIZE": (b"x" * 10_000_001, "10,000,001 bytes; an article has at most 10,000,000. Split the file."),
    "INGEST-NOT-TEXT": (
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "neither text, a saved page, a PDF nor a web archive. Give the page as plain text.",
    ),
    "INGEST-TITLE": (b"One line only.\n", "no headline stands above the text. Give it with --title."),
    "INGEST-ID": (
        b"A border fight\n\nShells fell on the town in the night, and again.\n",
        "the id “undated-unknown-a-border-fight” belongs to another article."
        " Give a date, source or title that tells the two apart.",
    ),
}


@pytest.mark.parametrize("rule", INGESTED)
def test_bad_capture(tmp_path: Path, rule: str) -> None:
    data, message = INGESTED[rule]
    made = archive(tmp_path, BASE, article("undated-unknown-a-border-fight", "Another text."))
    (tmp_path / "page.txt").write_bytes(data)
    before = made.files()
    title = () if rule == "INGEST-TITLE" else ("--title", "A border fight")
    assert made.run("ingest", "../page.txt", *title) == Run(1, "", f"../page.txt:1:1: {rule} {message}\n")
    assert made.files() == before


def test_capture_that_is_not_there(tmp_path: Path) -> None:
    assert archive(tmp_path, BASE).run("ingest", "../page.txt") == Run(
        1, "", "../page.txt:1:1: INGEST-PATH no such file or directory. Name a file.\n"
    )


OF_COMMANDS = ("FMT-", "HARVEST-", "IMPORT-", "INGEST-", "SUGGEST-", "VERIFY-", "NOTE-WORDS", "NOTE-FORM")


def test_every_rule_of_the_catalogue_has_a_case() -> None:
    here = {"ARCHIVE-MISSING", "FILE-CHANGED", "FILE-LINK", "INGEST-PATH", "RIGHTS-TRACKED"}
    # What other commands find is tested with these.
    elsewhere = {rule for rule in CATALOGUE if rule.startswith(OF_COMMANDS)}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [rule for rule in elsewhere if not re.search(rf"\b{rule}\b", tests)] == []
    assert {c.rule for c in CASES} | INGESTED.keys() | here | elsewhere == CATALOGUE.keys()


def test_every_rule_in_the_code_stands_in_the_catalogue() -> None:
    rule = re.compile(r'"([A-Z]+(?:-[A-Z]+)+|SCHEMA)"')
    used = {
        name
        for path in SCRIPTS.rglob("*.py")
        if path.name != "catalogue.py"
        for name in rule.findall(path.read_text(encoding="utf-8"))
    }
    assert used == CATALOGUE.keys()


def test_rules_are_explained() -> None:
    for name, rule in CATALOGUE.items():
        assert rule.id == name
        for text in (rule.finds, rule.why):
            assert text[0] in string.ascii_uppercase + "`" and text.endswith("."), name


TARGETS = sorted(path for path in {**BASE, DOC: ""} if not path.startswith("archive/originals/f"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(TARGETS), st.integers(0, 400), st.integers(0, 30), st.binary(max_size=12))
@example(MANIFEST, 66, 0, b"x" * 5000)
@example(FIRST, 0, 400, b"---\nid: first\n---")
@example(DOC, 0, 0, b"---\n- 1\n---\n")
def test_damaged_files_are_reported_and_never_crash_the_check(
    tmp_path: Path, path: str, at: int, length: int, put: bytes
) -> None:
    made = archive(tmp_path, BASE, {DOC: "---\ntitle: A page\n---\n\n# A page of [Goris](places/goris.md).[^a-work]\n"})
    target = made.root / path
    data = target.read_bytes()
    target.write_bytes(data[:at] + put + data[at + length :])
    found = run(made.root).diagnostics
    shutil.rmtree(made.root)
    assert all(d.rule in CATALOGUE and d.line >= 1 and d.column >= 1 for d in found)
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("words", "named"),
    [("at least 49 men", {49}), ("6 500", {6500}), ("6\u202f500, or 6,500", {6500, 6.5}), ("6.500", {6500, 6.5}), ("1,234.5", {1234.5}),
     ("1’234’567", {1234567}), ("7.5 km", {7.5}), ("some 30 thousand", {30000}), ("1.2 million", {1200000}), ("two-month", {2}),
     ("twenty-one", set()), ("Seventeen men and one boy", {17, 1}), ("someone", set()), ("140–150", {140, 150}), ("on 13 September 2022", {13, 2022}),
     ("2022 105", {2022, 105}), ("16 500", {16500}), ("٤٩", set()), ("9" * 400, set()), ("42+8", {42, 8}), ("Veinte militares y siete civiles", {20, 7}), ("once again", set())],
)  # fmt: skip
def test_numbers_in_words(words: str, named: set[float]) -> None:
    assert numbers(words) == named


@given(st.integers(0, 10**12), st.sampled_from([",", ".", "’", " ", "\u00a0", "\u202f", ""]))
def test_a_number_is_read_however_its_thousands_are_set_apart(number: int, separator: str) -> None:
    assert number in numbers(f"at least {number:,} people".replace(",", separator))


@given(st.text(max_size=60))
def test_no_words_crash_the_reading_of_numbers(words: str) -> None:
    assert all(number >= 0 for number in numbers(words))


def test_the_id_that_was_meant() -> None:
    near = Nearest([f"place-{letter}{other}" for letter in "abcdefgh" for other in "stuvwxyz"] + ["goris", "kapan"])
    assert near("gorris") == " Did you mean “goris”?"
    assert near("gori") == " Did you mean “goris”?"
    assert near("nowhere") == near("") == near("x" * 10_000) == ""
    assert Nearest([])("goris") == ""


def test_many_annotations_of_one_article(tmp_path: Path) -> None:
    body = "\n\n".join(f"Shells fell on Goris in hour {hour}." for hour in range(1000))
    notes = {}
    for number in range(1_500):
        identifier = f"n{number:07d}"
        text = str(bad_articles.note(f"- exact: in hour {number % 1000}.", id=identifier)[bad_articles.NOTE])
        notes[bad_articles.NOTE.replace("k3f9q2x7", identifier)] = text
    bad = bad_articles.NOTE.replace("k3f9q2x7", "n0000999")
    notes[bad] = notes[bad].replace("hour 999.", "hour 1999.")
    made = archive(tmp_path, BASE, article("first", body, places=["goris"]), notes)
    [finding] = made.check()
    assert finding.startswith(f"{bad}:5:12: NOTE-UNPLACED ")
    assert made.run("check", bad).stderr == f"{finding}\n"


def test_hand_written_pages_may_link_to_every_generated_page(tmp_path: Path) -> None:
    made = archive(tmp_path, BASE, bad_claims.SCENE, sound_files(bad_claims.sound()))
    paths = page_paths(run(made.root).graph)
    assert set(made.pages()) <= paths
    assert {"said/the-fighting-deaths.md", "said/index.md", "questions/who-began.md"} <= paths
    made.write({DOC: "[Deaths](said/the-fighting-deaths.md), [wounded](said/the-fighting-wounded.md)\n"})
    finding = f"{DOC}:1:50: DOC-LINK there is no page “said/the-fighting-wounded.md”. Link relative to this page, ending in `.md`."
    assert made.check() == [str(found) for found in run(made.root, [DOC]).diagnostics] == [finding]
