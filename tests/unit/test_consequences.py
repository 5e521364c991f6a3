"""One slip gives one finding: what only follows from a record that could not be read is not reported."""

from __future__ import annotations

from pathlib import Path

from language import archive, article, place, works

SCHEMA = "unknown key. Remove the key or mend its spelling; the schema lists the keys."


def test_a_slip_in_a_place_is_not_drowned_in_references_to_it(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        works("a-work"),
        place("valley", bogus="x"),
        place("goris", within="valley", related=["nowhere"]),
        article("first", "The valley of Goris.", places=["valley", "goris"]),
    )
    assert made.check() == [
        "archive/authority/places/goris.yml:7:5: REF-UNKNOWN there is no authority file “nowhere”."
        " Mend the id, or write that file.",
        f"archive/authority/places/valley.yml:5:1: SCHEMA-UNKNOWN-KEY “bogus”: {SCHEMA}",
    ]


def test_a_slip_in_a_work_is_not_drowned_in_citations_of_it(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        works({"id": "a-work", "bogus": "x"}),
        place("goris", facts=[{"text": "A village.", "cite": ["a-work"]}]),
    )
    assert made.check() == [f"archive/bibliography.yml:2:3: SCHEMA-UNKNOWN-KEY “bogus”: {SCHEMA}"]


def test_a_slip_in_a_ledger_does_not_make_it_missing(tmp_path: Path) -> None:
    made = archive(tmp_path, place("goris"), article("first", "Goris.", places=["goris"]))
    made.write({"archive/ledgers/first.yml": made.file("archive/ledgers/first.yml") + "bogus: x\n"})
    assert [finding.split(" ")[1] for finding in made.check()] == ["SCHEMA-UNKNOWN-KEY"]
