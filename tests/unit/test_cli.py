"""The command line: exit statuses, what is printed where, and that `link` touches its four lists and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import click
import pytest
from edits import CONFIG, start
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive import __version__
from annotated_archive.cli import main
from annotated_archive.names import with_lists
from annotated_archive.records.article import LINKED
from annotated_archive.records.diagnostic import Diagnostic
from language import ArchiveText, Run, actor, archive, article, place, treaty

COMMANDS = main.list_commands(click.Context(main))


# Commands and options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_takes_another_archive(tmp_path: Path, name: str) -> None:
    made = archive(tmp_path)
    for flag in ("--help", "-h"):
        result = made.run(name, flag)
        assert (result.exit, result.stderr) == (0, "")
        assert result.stdout.startswith(f"Usage: archive {name} [OPTIONS]")
    command = main.commands[name]
    options = {option for parameter in command.params for option in parameter.opts}
    assert "-C" in options
    assert all(
        isinstance(p, click.Argument) or getattr(p, "help", "") or p.name in ("form", "host", "port", "to")
        for p in command.params
    )


@pytest.mark.parametrize(("command", "cleared"), [("build", False), ("check", True)])
def test_a_build_ends_at_once_without_freeing_what_it_read(tmp_path: Path, command: str, cleared: bool) -> None:
    made = archive(tmp_path, CONFIG, start(Random(0)))
    made.run("link")
    program = "import atexit; atexit.register(print, 'cleared'); from annotated_archive.cli import program; program()"
    ran = subprocess.run(
        [sys.executable, "-c", program, command, "-C", str(made.root)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, "cleared" in ran.stdout) == (0, cleared), ran.stderr
    assert command == "check" or "open" in ran.stdout


def test_the_group_lists_its_commands(tmp_path: Path) -> None:
    made = archive(tmp_path)
    result = made.run("--help")
    assert (result.exit, result.stderr) == (0, "")
    assert [line.split()[0] for line in result.stdout.partition("Commands:\n")[2].splitlines()] == COMMANDS
    assert made.run("--version") == Run(0, f"archive, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("nothing",), "No such command 'nothing'."),
        (("check", "--format", "xml"), "Invalid value for '--format': 'xml' is not one of 'text', 'github', 'json'."),
        (("check", "-C", "nowhere"), "Invalid value for '-C': Directory 'nowhere' does not exist."),
        (("check", "-C", "file.txt"), "Invalid value for '-C': Directory 'file.txt' is a file."),
        (("link", "extra"), "Got unexpected extra argument (extra)"),
        (("ingest",), "Missing argument 'PATH...'."),
        (("generate",), "Missing option '--to'."),
        (("serve", "--port", "70000"), "Invalid value for '--port': 70000 is not in the range 0<=x<=65535."),
        *(
            (("ingest", *half, "file.txt"), "--date and --date-source go together: say how the date is known.")
            for half in (("--date", "2022-09-13"), ("--date-source", "page"))
        ),
        (("ingest", "--title", "One", "file.txt", "file.txt"), "--title and --url belong to one page."),
        (("ingest", "--date", "Tuesday", "--date-source", "page", "file.txt"),
         "Invalid value for '--date': “Tuesday” is not a date in EDTF: 2022-09-13, or [2022-09-13..2022-09-14]."),
        (("ingest", "--captured", "2022-2", "file.txt"),
         "Invalid value for '--captured': “2022-2” is not a date in EDTF: 2022-09-13, or [2022-09-13..2022-09-14]."),
        (("ingest", "--url", "javascript:alert(1)", "file.txt"),
         "Invalid value for '--url': “javascript:alert(1)” is not an http or https address."),
        (("ingest", "--source", "../x", "file.txt"),
         "Invalid value for '--source': “../x” is not an id: lower-case letters, digits and hyphens."),
        (("ingest", "--source", "a" * 61, "file.txt"),
         f"Invalid value for '--source': “{'a' * 61}” is not an id: lower-case letters, digits and hyphens."),
        (("ingest", "--language", "English", "file.txt"),
         "Invalid value for '--language': “English” is not a language code such as en."),
        (("ingest", "--title", " \n", "file.txt"),
         r"Invalid value for '--title': “ \u000a” is not one line of plain text."),
        (("ingest", "--title", "a\u202eb", "file.txt"),
         r"Invalid value for '--title': “a\u202eb” is not one line of plain text."),
        (("ingest", "--author", "", "file.txt"), "Invalid value for '--author': “” is not one line of plain text."),
    ],
)  # fmt: skip
def test_wrong_use_is_status_two(tmp_path: Path, args: tuple[str, ...], error: str) -> None:
    made = archive(tmp_path, {"file.txt": "A headline of some words\n\nText."})
    before = made.files()
    result = made.run(*args)
    assert (result.exit, result.stdout, made.files()) == (2, "", before)
    assert result.stderr.splitlines()[-1] == f"Error: {error}"


def test_words_on_one_line_are_mended(tmp_path: Path) -> None:
    made = archive(tmp_path, {"file.txt": "Text."})
    assert made.run("ingest", "--title", " One\n two\u00a0 three ", "--author", "Rene\u0301", "file.txt").exit == 0
    text = made.file("archive/articles/undated-unknown-one-two-three.md")
    assert "\ntitle: One two three\n" in text and "\nauthor: René\n" in text


def test_another_archive_is_named_with_c(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", "Shells fell on Goris."), place("goris"))
    here = ArchiveText(tmp_path)
    for args in (("check",), ("link", "--dry-run"), ("schema", "--dry-run")):
        status, stdout, stderr = made.run(*args)
        shown = stdout.replace("archive/schema/", "an-archive/archive/schema/")
        assert here.run(*args, "-C", "an-archive") == Run(status, shown, stderr)


# Content with errors


BROKEN = """
    === archive/authority/places/goris.yml
    id: goris
    kind: place
    type: hamlet
    name: "Goris | 100%, <b>"
    nmae: x

    === archive/authority/places/jermuk.yml
    id: jermuk
    kind: place
    type: town
    name: Jermuk
    within: "armenia"
"""
FINDINGS = [
    "archive/authority/places/goris.yml:3:7: SCHEMA “type”: input should be 'town', 'village', 'city', 'district',"
    " 'province', 'country', 'region', 'former-state' or 'massif'. Use one of the listed words.",
    "archive/authority/places/goris.yml:5:1: SCHEMA-UNKNOWN-KEY “nmae”: unknown key."
    " Remove the key or mend its spelling; the schema lists the keys.",
    "archive/authority/places/jermuk.yml:5:9: REF-UNKNOWN there is no authority file “armenia”."
    " Mend the id, or write that file.",
]


def test_a_sound_archive_is_status_zero(tmp_path: Path) -> None:
    made = archive(tmp_path, place("goris"), article("first", "Nothing."))
    assert made.run("check") == Run(0, "1 article, 1 authority file, 0 works: no errors.\n", "")
    assert made.run("check", "--format", "github") == Run(0, "", "")
    assert made.run("check", "--format", "json") == Run(0, "[]\n", "")


def test_content_errors_are_status_one_and_one_line_each(tmp_path: Path) -> None:
    made = archive(tmp_path, BROKEN)
    assert made.run("check") == Run(
        1, "0 articles, 1 authority file, 0 works: 3 errors.\n", "".join(f"{finding}\n" for finding in FINDINGS)
    )
    assert made.run("link") == Run(1, "", "".join(f"{finding}\n" for finding in FINDINGS[:2]))
    assert made.run("link", "--dry-run").exit == 1


def test_findings_for_github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, BROKEN, {"archive/articles/a,b:c%.txt": ""})
    expected = Run(
        1,
        "::error file=archive/articles/a%2Cb%3Ac%25.txt,line=1,col=1,title=FILE-STRAY::only *.md files belong in"
        " archive/articles. Move it away.\n"
        "::error file=archive/authority/places/goris.yml,line=3,col=7,title=SCHEMA::“type”: input should be"
        " 'town', 'village', 'city', 'district', 'province', 'country', 'region', 'former-state' or 'massif'."
        " Use one of the listed words.\n"
        "::error file=archive/authority/places/goris.yml,line=5,col=1,title=SCHEMA-UNKNOWN-KEY::“nmae”: unknown key."
        " Remove the key or mend its spelling; the schema lists the keys.\n"
        "::error file=archive/authority/places/jermuk.yml,line=5,col=9,title=REF-UNKNOWN::there is no authority file"
        " “armenia”. Mend the id, or write that file.\n",
        "",
    )
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert made.run("check", "--format", "github") == expected
    summary = tmp_path / "summary.md"
    summary.write_text("Before.\n\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert made.run("check", "--format", "github") == expected
    assert summary.read_text(encoding="utf-8") == (
        "Before.\n\n## archive check\n\n4 findings.\n\n| where | rule | what | mend |\n|---|---|---|---|\n"
        "| <code>archive/articles/a,b:c%.txt:1:1</code> | FILE-STRAY | only &#42;.md files belong in archive/articles"
        " | Move it away. |\n"
        "| <code>archive/authority/places/goris.yml:3:7</code> | SCHEMA | “type”: input should be 'town', 'village',"
        " 'city', 'district', 'province', 'country', 'region', 'former-state' or 'massif'."
        " | Use one of the listed words. |\n"
        "| <code>archive/authority/places/goris.yml:5:1</code> | SCHEMA-UNKNOWN-KEY | “nmae”: unknown key. |"
        " Remove the key or mend its spelling; the schema lists the keys. |\n"
        "| <code>archive/authority/places/jermuk.yml:5:9</code> | REF-UNKNOWN | there is no authority file “armenia” |"
        " Mend the id, or write that file. |\n"
    )
    made.run("check")
    made.run("check", "--format", "json")
    assert summary.read_text(encoding="utf-8").count("## archive check") == 1


def test_the_summary_of_a_sound_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert archive(tmp_path).run("check", "--format", "github") == Run(0, "", "")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == "## archive check\n\nNo findings.\n"


def test_findings_cannot_forge_markdown_or_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "archive/articles/a`|<b>\n::error::x"
    made = archive(tmp_path, {name: ""})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert made.run("check", "--format", "github").stdout == (
        "::error file=archive/articles/a`|<b>\\u000a%3A%3Aerror%3A%3Ax,line=1,col=1,title=FILE-NAME::a name that is not"
        " UTF-8 or holds control characters. Rename it.\n"
        "::error file=archive/articles/a`|<b>\\u000a%3A%3Aerror%3A%3Ax,line=1,col=1,title=FILE-STRAY::only *.md files"
        " belong in archive/articles. Move it away.\n"
    )
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").splitlines()[-1] == (
        "| <code>archive/articles/a&#96;&#124;&#60;b&#62;&#92;u000a::error::x:1:1</code> | FILE-STRAY"
        " | only &#42;.md files belong in archive/articles | Move it away. |"
    )


def test_findings_for_programs(tmp_path: Path) -> None:
    made = archive(tmp_path, BROKEN)
    result = made.run("check", "--format", "json")
    assert (result.exit, result.stderr) == (1, "")
    assert json.loads(result.stdout)[2] == {
        "path": "archive/authority/places/jermuk.yml",
        "line": 5,
        "column": 9,
        "rule": "REF-UNKNOWN",
        "message": "there is no authority file “armenia”",
        "mend": "Mend the id, or write that file.",
        "severity": "error",
    }
    found = [Diagnostic(**finding) for finding in json.loads(result.stdout)]
    assert [str(diagnostic) for diagnostic in found] == FINDINGS


def test_a_folder_without_an_archive_is_a_finding(tmp_path: Path) -> None:
    line = "archive:1:1: ARCHIVE-MISSING there is no folder `archive` here. Name the folder with -C.\n"
    bare = ArchiveText(tmp_path)
    assert bare.run("check") == Run(1, "0 articles, 0 authority files, 0 works: 1 error.\n", line)
    assert bare.run("link") == Run(1, "", line)


# Schemas


def test_schemas_are_written_once(tmp_path: Path) -> None:
    made = archive(tmp_path)
    dry = made.run("schema", "--dry-run")
    assert list(made.files()) == [] and dry.exit == 0
    written = made.run("schema")
    assert written.stdout == dry.stdout.replace("would change", "written")
    names = [path.removeprefix("archive/schema/") for path in made.files()]
    assert {"article.json", "bibliography.json", "ledger.json", "place.json"} <= set(names)
    assert all(json.loads(text)["$schema"].endswith("2020-12/schema") for text in made.files().values())
    assert made.run("schema") == Run(0, "", "")
    made.write({"archive/schema/place.json": "{}"})
    assert made.run("schema") == Run(0, "archive/schema/place.json: written.\n", "")


# link


def test_link_writes_the_ids_in_the_order_of_the_text(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        place("goris"),
        place("jermuk"),
        actor("ministry-of-defence", name="Ministry of Defence"),
        treaty("old-treaty"),
        article("first", "Jermuk and Goris, said the Ministry of Defence. Goris again.", title="Goris burns"),
        article("second", "Nothing."),
    )
    before = made.files()
    assert made.run("link", "--dry-run") == Run(
        0, "archive/articles/first.md: would change.\n5 mentions in 2 articles; 1 file changed.\n", ""
    )
    assert made.files() == before
    assert made.run("link") == Run(
        0, "archive/articles/first.md: lists written.\n5 mentions in 2 articles; 1 file changed.\n", ""
    )
    text = str(before["archive/articles/first.md"], "utf-8")
    text = text.replace("places: []\n", "places:\n  - goris\n  - jermuk\n")
    assert made.file("archive/articles/first.md") == text.replace("actors: []\n", "actors:\n  - ministry-of-defence\n")
    once = made.files()
    assert {path for path in once if once[path] != before[path]} == {"archive/articles/first.md"}
    assert made.run("link") == Run(0, "5 mentions in 2 articles; 0 files changed.\n", "")
    assert made.files() == once
    assert made.check() == []


def test_link_takes_back_what_is_no_longer_named(tmp_path: Path) -> None:
    made = archive(tmp_path, place("goris"), article("first", "Nothing.", places=["goris"]))
    assert made.run("link").exit == 0
    assert "\nplaces: []\n" in made.file("archive/articles/first.md")


def test_what_an_editor_decided_wins(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        place("goris"),
        place("goris-district", name="Goris District", weak=["Goris"]),
        place("vardenis"),
        place("husulu"),
        article(
            "first",
            "Goris was hit. Goris was hit again. Vardenis too, and the hills of H.",
            mentions=[
                {"exact": "Goris", "suffix": " was hit again", "id": "goris-district"},
                {"exact": "Vardenis", "id": None},
                {"exact": "H", "suffix": ".", "id": "husulu"},
            ],
        ),
    )
    assert made.run("link").exit == 0
    assert "\nplaces:\n  - goris\n  - goris-district\n  - husulu\nactors:" in made.file("archive/articles/first.md")
    assert made.check() == []
    assert made.run("link").stdout == "3 mentions in 1 article; 0 files changed.\n"


def test_a_decision_for_nobody_changes_no_file(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        place("goris"),
        article("a-good-one", "Goris."),
        article("first", "Goris.", mentions=[{"exact": "Goris", "id": "nobody"}]),
    )
    before = made.files()
    lines = made.file("archive/articles/first.md").split("\n")
    assert made.run("link") == Run(
        1,
        "",
        f"archive/articles/first.md:{lines.index('    id: nobody') + 1}:9: REF-UNKNOWN there is no authority file"
        " “nobody”. Mend the id, or write that file.\n",
    )
    assert made.files() == before


def test_lists_that_cannot_be_replaced_alone_are_left(tmp_path: Path) -> None:
    files = article("first", "Goris.")
    path = "archive/articles/first.md"
    made = archive(tmp_path, place("goris"), files, {path: str(files[path]).replace("places: []", '"places": []')})
    before = made.files()
    result = made.run("link")
    assert (result.exit, result.stdout, made.files()) == (1, "", before)
    assert result.stderr.startswith(f"{path}:") and result.stderr.count("\n") == 1


IDS = st.lists(st.sampled_from(["goris", "jermuk", "old-treaty", "a"]), unique=True, max_size=4)
LIST_NAMES = list(LINKED.values())
COMMENTS = st.sampled_from(["", "# a comment\n", "\n", "\n# two\n\n# comments: [x]\n", "  # indented\n", "#places:\n"])
OTHERS = st.sampled_from(
    [
        *("id: x\n", 'title: "a: b"  # why\n', "author: 'it''s'\n", "places_note: |\n  places: []\n\n  actors:\n"),
        *("url:   null\n", 'rights: {statement: "x",\n  publish: full}\n', "blocks:\n  1: caption\n"),
        "mentions:\n- exact: places\n  id: null\n",
    ]
)


@st.composite
def written_list(draw: st.DrawFn, name: str, ids: list[str]) -> tuple[str, str]:
    """A list as an editor may have written it, and the comment on its first line."""
    note = draw(st.sampled_from(["", "  # a note", " # [b]"]))
    quoted = [draw(st.sampled_from([one, f'"{one}"', f"'{one}'"])) for one in ids]
    form = draw(st.sampled_from(["block", "flush", "flow", "lines"]))
    gap = draw(st.sampled_from(["", " "]))
    if form == "flow" or not ids:
        return f"{name}{gap}: [{', '.join(quoted)}]{note}\n", note
    if form == "lines":
        return f"{name}{gap}:{note}\n  [{(',' + chr(10) + '   ').join(quoted)}]\n", note
    between = draw(st.sampled_from(["", "\n", "  # inside\n"]))
    pad = "" if form == "flush" else draw(st.sampled_from(["  ", "    "]))
    return f"{name}{gap}:{note}\n" + between.join(f"{pad}- {one}\n" for one in quoted), note


@given(st.data())
def test_link_changes_its_four_lists_and_not_one_other_byte(data: st.DataObject) -> None:
    current = {name: data.draw(IDS) for name in LIST_NAMES}
    wanted = {name: data.draw(st.just(current[name]) | IDS) for name in LIST_NAMES}
    others = data.draw(st.lists(OTHERS, unique=True, max_size=4))
    before, after = [], []
    for part in data.draw(st.permutations([*LIST_NAMES, *others])):
        comment = data.draw(COMMENTS)
        if part not in LIST_NAMES:
            before.append(comment + part)
            after.append(comment + part)
            continue
        text, note = data.draw(written_list(part, current[part]))
        ids = wanted[part]
        new = f"{part}:{note}\n" + "".join(f"  - {one}\n" for one in ids) if ids else f"{part}: []{note}\n"
        before.append(comment + text)
        after.append(comment + (text if ids == current[part] else new))
    tail = data.draw(COMMENTS) + "---\n\nBody.\n\nplaces:\n  - x\n---\nactors: []\n"
    text = f"---\n{''.join(before)}{tail}"
    assert with_lists(text, wanted, current) == f"---\n{''.join(after)}{tail}"
    assert with_lists(text, current, current) == text
