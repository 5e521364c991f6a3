"""Every rule of the check has a bad file here that triggers it, and the finding stands at the right line and column."""

from __future__ import annotations

import re
import shutil
import string
from pathlib import Path

import bad_articles
import bad_files
import pytest
from bad_files import BASE, BODY, DOC, FIRST, KAPAN, MANIFEST, Case
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import annotated_archive
from annotated_archive.check import CATALOGUE, run
from language import Run, actor, archive, article, place, treaty

SCRIPTS = Path(annotated_archive.__file__).parent
CASES = [
    *bad_files.reading(),
    *bad_files.records(),
    *bad_articles.originals(),
    *bad_articles.names(),
    *bad_articles.annotations(),
    *bad_articles.docs(),
]


def test_the_sound_archive_has_no_findings(tmp_path: Path) -> None:
    assert archive(tmp_path, BASE).check() == []


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
    assert made.check() == [f"{KAPAN}:1:1: TEXT-FILE not an ordinary file. Put the file itself here, not a link."]


def test_a_link_in_place_of_an_original(tmp_path: Path) -> None:
    made = archive(tmp_path, BASE)
    (tmp_path / "outside.txt").write_text(BODY, encoding="utf-8")
    (made.root / "archive/originals/first.txt").unlink()
    (made.root / "archive/originals/first.txt").symlink_to(tmp_path / "outside.txt")
    assert made.check() == [f"{MANIFEST}:1:1: ORIGINAL-MISSING there is no file “first.txt”. Restore it."]


def test_billion_laughs(tmp_path: Path) -> None:
    laughs = "a: &a [lol, lol]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    made = archive(tmp_path, BASE, {KAPAN: laughs})
    assert made.check() == [f"{KAPAN}:1:4: YAML-ANCHOR anchor “a”. Write the value out in full."]


INGESTED: dict[str, tuple[bytes, str]] = {
    "INGEST-EMPTY": (b"", "the file is empty. Save the page again."),
    "INGEST-SIZE": (b"x" * 10_000_001, "10,000,001 bytes; an article has at most 10,000,000. Split the file."),
    "INGEST-NOT-TEXT": (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file. Give the page as plain text."),
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


def test_every_rule_of_the_catalogue_has_a_case() -> None:
    here = {"ARCHIVE-MISSING", "TEXT-FILE", "INGEST-PATH"}
    assert {c.rule for c in CASES} | INGESTED.keys() | here == CATALOGUE.keys()


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
