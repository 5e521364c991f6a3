"""`archive export bagit`: a bag that BagIt's own program accepts, with a description that RO-Crate's validator does."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from custodial import PAGE, again, kept, note, page, withheld

from annotated_archive.exports.bag import Bag, unbroken
from annotated_archive.exports.crate import CONTEXT
from annotated_archive.site import exported
from captures import DATE, answer, warc
from language import TAKEN_IN, ArchiveText, Run, archive, article, sha256

SITE = """
=== mkdocs.yml
site_name: Test archive
site_url: ""
docs_dir: docs
use_directory_urls: false
theme: {name: material}
plugins: [annotated-archive]
extra: {archive: {contact: objections@archive.example}}
=== docs/index.md
# Home
"""
SECRET = "Nobody publishes this sentence. " * 9 + "It ends here."
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ArchiveText:
    """An archive with a pasted text that was captured twice, a saved page with a note, and a withheld text."""
    text = "Shells fell on Goris."
    small = archive(
        tmp_path_factory.mktemp("bag"), SITE, again(article("first", text), "first", text),
        page("second", taken_in={"at": TAKEN_IN, "by": "Ani"}, url="https://paper.example/goris"),
        withheld("third", SECRET), kept("third", SECRET),
        note("second", "noteaaaa", "Shells fell on the village"),
    )  # fmt: skip
    assert small.check() == []
    return small


@pytest.fixture(scope="module")
def bag(made: ArchiveText) -> Path:
    """The bag, written once, and as a ZIP file."""
    exported.bag(made.root, made.root / "build/bag", DAY, as_zip=True)
    return made.root / "build/bag"


@pytest.fixture(scope="module")
def crate(bag: Path) -> dict[str, dict[str, Any]]:
    """The entities of its description, by their ids."""
    data = json.loads((bag / "data/ro-crate-metadata.json").read_text("utf-8"))
    assert data["@context"] == CONTEXT
    return {node["@id"]: node for node in data["@graph"]}


def test_it_holds_what_is_published_and_nothing_else(bag: Path) -> None:
    assert sorted(path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()) == [
        "bag-info.txt", "bagit.txt", "data/originals/first-again.txt", "data/originals/first.txt",
        "data/originals/second.html", "data/record/annotations/second/noteaaaa.yml", "data/record/articles/first.md",
        "data/record/articles/second.md", "data/record/articles/third.md", "data/record/ledgers/first.2.yml",
        "data/record/ledgers/first.yml", "data/record/ledgers/second.yml", "data/ro-crate-metadata.json",
        "manifest-sha256.txt", "tagmanifest-sha256.txt",
    ]  # fmt: skip
    for path in bag.rglob("*"):
        assert not path.is_file() or b"publishes this sentence" not in path.read_bytes()
    assert (bag / "data/originals/second.html").read_text("utf-8") == PAGE


def test_its_tag_files_say_what_it_is(bag: Path) -> None:
    assert (bag / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    info = dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text().splitlines())
    assert info["Source-Organization"] == "Test archive" and info["Bagging-Date"] == DAY
    assert info["Contact-Email"] == "objections@archive.example"
    assert info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    assert info["Bag-Software-Agent"].startswith("annotated-archive ")


def test_the_makers_own_program_accepts_it_and_notices_a_change(bag: Path, tmp_path: Path) -> None:
    def validate() -> subprocess.CompletedProcess[str]:
        program = "import sys, bagit; bagit.Bag(sys.argv[1]).validate()"
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, str(bag)], capture_output=True, text=True, check=False
        )

    assert validate().returncode == 0, validate().stderr
    original = bag / "data/originals/first.txt"
    original.write_text("Shells fell on Kapan.")
    try:
        assert "data/originals/first.txt" in validate().stderr
    finally:
        original.write_text("Shells fell on Goris.")


def test_the_validator_of_ro_crate_accepts_it_offline(bag: Path, tmp_path: Path) -> None:
    # In a process of its own: its libraries warn. With an empty cache: nothing of it may need to be fetched.
    done = subprocess.run(
        [
            sys.executable, "-W", "ignore", "-c", "from rocrate_validator.cli import cli; cli()", "-y", "validate",
            "--offline", "--cache-path", str(tmp_path / "cache"), "--profile-identifier", "ro-crate-1.1",
            "--requirement-severity", "required", "--no-paging", "-f", "json", "-o", str(tmp_path / "report.json"),
            str(bag / "data"),
        ],
        capture_output=True, text=True, check=False, env={"HOME": str(tmp_path), "PATH": "", "COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["passed"] is True and report["issues"] == []


def test_each_step_is_described(crate: dict[str, dict[str, Any]]) -> None:
    assert crate["#capture-second"] == {
        "@id": "#capture-second", "@type": "CreateAction", "name": "Capture: Shells fell on Goris",
        "description": "Saved 14 September 2022, 08:00 UTC, as its record says. Who saved it is not recorded.",
        "object": {"@id": "https://paper.example/goris"}, "endTime": "2022-09-14T08:00:00Z",
        "result": {"@id": "originals/second.html"},
    }  # fmt: skip
    ingest = crate["#ingest-second"]
    assert ingest["object"] == {"@id": "originals/second.html"}
    assert ingest["result"] == [{"@id": "record/articles/second.md"}, {"@id": "record/ledgers/second.yml"}]
    assert ingest["endTime"] == TAKEN_IN and "not recorded" not in ingest["description"]
    # One name, and two addresses: nobody said that the editor and the author of the note are one person.
    assert crate[ingest["agent"]["@id"]] == {"@id": "#editor-Ani", "@type": "Person", "name": "Ani"}
    programs = [crate[program["@id"]] for program in ingest["instrument"]]
    assert [program["name"] for program in programs] == ["annotated-archive", "trafilatura", "lxml"]
    assert all(program["version"] for program in programs)
    written = crate["#annotation-noteaaaa"]
    assert written["endTime"] == "2026-11-23T01:00:00+04:00"
    assert crate[written["agent"]["@id"]] == {"@id": "#author-Ani", "@type": "Person", "name": "Ani"}
    file = crate["originals/second.html"]
    assert (file["sha256"], file["encodingFormat"]) == (sha256(PAGE), "text/html")


def test_what_is_not_known_is_said_and_not_made_up(crate: dict[str, dict[str, Any]]) -> None:
    unknown = crate["#capture-first"]
    assert unknown["description"] == "Who saved it, when, and with what is not known."
    assert {"agent", "endTime", "object", "instrument"}.isdisjoint(unknown)
    assert crate["#ingest-first"]["description"].endswith(
        "Who did it and when is not recorded. The version of the program was not recorded."
    )
    assert {"agent", "endTime", "instrument"}.isdisjoint(crate["#ingest-first"])
    assert crate["#capture-first.2"]["result"] == {"@id": "originals/first-again.txt"}


def test_a_step_says_when_it_began_and_ended_as_far_as_that_is_known(tmp_path: Path) -> None:
    other = PAGE.replace("Goris", "Kapan")
    made = archive(
        tmp_path, SITE, {"in/a.warc": warc(answer("https://paper.example/goris", PAGE.encode())), "b.html": other}
    )
    assert made.run("ingest", "in").exit == 0
    assert made.run("ingest", "--captured", "2022-09-14/2022-09-16", "b.html").exit == 0
    exported.bag(made.root, tmp_path / "bag", DAY, as_zip=False)
    graph = json.loads((tmp_path / "bag/data/ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    steps = {node["name"]: node for node in graph if node["@type"] == "CreateAction"}
    times = {name: (step.get("startTime"), step.get("endTime")) for name, step in steps.items()}
    assert times == {
        "Capture: Shells fell on Goris": (DATE, None), "Ingest: Shells fell on Goris": (None, TAKEN_IN),
        "Capture: Shells fell on Kapan": ("2022-09-14", "2022-09-16"), "Ingest: Shells fell on Kapan": (None, TAKEN_IN),
    }  # fmt: skip
    step = steps["Ingest: Shells fell on Goris"]
    assert "agent" not in step and step["description"].endswith("Who did it is not recorded.")
    assert [program["@id"].split("%20")[0] for program in step["instrument"]] == [
        "#program-annotated-archive", "#program-trafilatura", "#program-lxml",
    ]  # fmt: skip


def test_of_what_is_withheld_there_is_the_checksum_alone(crate: dict[str, dict[str, Any]]) -> None:
    original = crate[f"#original-{sha256(SECRET)}"]
    assert (original["@type"], original["sha256"]) == ("CreativeWork", sha256(SECRET))
    assert crate["#ingest-third"]["result"] == {"@id": "record/articles/third.md"}
    assert "kept, and not handed on" in crate["#ingest-third"]["description"]


def test_the_same_day_gives_the_same_bytes(made: ArchiveText, bag: Path, tmp_path: Path) -> None:
    exported.bag(made.root, tmp_path / "bag", DAY, as_zip=True)
    assert (tmp_path / "bag.zip").read_bytes() == bag.with_name("bag.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "bag.zip") as file:
        assert file.testzip() is None and all(name.startswith("bag/") for name in file.namelist())


def test_the_command(made: ArchiveText, tmp_path: Path) -> None:
    to = tmp_path / "bag"
    assert made.run("export", "bagit", "--to", str(to)) == Run(0, f"11 files and their checksums in {to}.\n", "")
    again = made.run("export", "bagit", "--to", str(to))
    assert again.exit == 2 and "is not empty: a bag holds nothing but what its lists name." in again.stderr
    assert made.run("export", "csv", "--zip", "--to", str(to)).exit == 2


@pytest.mark.parametrize("writing", ["Bag.add", "Bag.close", "zipped"])
def test_broken_off_it_leaves_nothing_and_what_was_there_stays(
    made: ArchiveText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writing: str
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "bag").mkdir()
    before = (tmp_path / "bag.zip").write_text("an older one")
    with monkeypatch.context() as patch:
        patch.setattr(f"annotated_archive.site.exported.{writing}", broken)
        with pytest.raises(KeyboardInterrupt):
            exported.bag(made.root, tmp_path / "bag", DAY, as_zip=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "bag.zip"]
    assert not any((tmp_path / "bag").iterdir()) and (tmp_path / "bag.zip").stat().st_size == before
    exported.bag(made.root, tmp_path / "bag", DAY, as_zip=True)
    assert (tmp_path / "bag/bagit.txt").is_file() and (tmp_path / "bag.zip").stat().st_size > before
    assert (tmp_path / "bag").stat().st_mode == (tmp_path / "bag/data").stat().st_mode  # for others to read, too
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "bag.zip"]


def test_names_that_a_list_could_not_hold_are_written_in_its_way(tmp_path: Path) -> None:
    bag = Bag(tmp_path / "bag")
    bag.add("100%\nsure.txt", b"x")
    bag.close({"Label": "two\nlines"})
    assert (tmp_path / "bag/manifest-sha256.txt").read_text() == f"{sha256('x')}  data/100%25%0Asure.txt\n"
    assert "Label: two lines\n" in (tmp_path / "bag/bag-info.txt").read_text()
    with pytest.raises(FileExistsError), unbroken(tmp_path / "bag"):
        pass
