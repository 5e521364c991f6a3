"""The review of `archive ingest` on a terminal: what an editor sees, and what each answer does."""

from __future__ import annotations

import contextlib
import os
import pty
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from annotated_archive.cli import main
from annotated_archive.ingest import Candidate, slug
from language import ArchiveText, Run, actor, archive

HEAD = "Fighting flares along the border of the Old Valley"
TEXT = "Fighting has flared along the border of the Old Valley, officials in the Old Valley said on Tuesday."
SMALL = f"{HEAD}\n\n{TEXT}\n"
ID = slug(None, None, HEAD)


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def answered(made: ArchiveText, monkeypatch: pytest.MonkeyPatch, answers: str, *args: str) -> Run:
    """Run `archive ingest` as on a terminal, with these answers, one a line."""
    with monkeypatch.context() as patch, contextlib.chdir(made.root):
        patch.setattr("annotated_archive.cli.ingesting._terminal", lambda: True)
        result = CliRunner(catch_exceptions=False).invoke(main, ["ingest", *args], input=answers)
    return Run(result.exit_code, result.stdout, result.stderr)


def articles(made: ArchiveText) -> list[str]:
    return [path for path in made.files() if path.startswith("archive/articles/")]


def test_an_editor_sees_what_was_found_and_accepts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, actor("valley-times", type="outlet", domains=["valley.example"]), {"in/a.txt": SMALL})
    said = {"url": "https://valley.example/a", "captured": "2022-09-14", "remarks": ("signed, and not verified",)}
    page = Candidate("text", "text", f"{SMALL}\n\nRead more\n\nLeave a Comment\n".encode(), **said)  # type: ignore[arg-type]
    monkeypatch.setattr("annotated_archive.ingest.containers.pages", lambda saved: iter([page]))
    result = answered(made, monkeypatch, "a\n", "in/a.txt")
    assert result.exit == 0
    assert result.stdout.split("[a]ccept")[0].strip().splitlines() == [
        "Reading the archive and what you named …",
        "",
        "1 of 1  in/a.txt",
        f"  Title     {HEAD}  (the text)",
        "  Date      not known",
        "  Outlet    valley-times  (by its domain)",
        "  Author    not known",
        "  Address   https://valley.example/a  (capture)",
        "  Language  not known",
        "  Captured  2022-09-14  (capture)",
        "  Publish   full",
        "  Text      Fighting has flared along the border of the Old Valley, officials",
        "            in the Old Valley said on Tuesday. Read more",
        "  Blocks    2 kept, 2 set aside, 1 to be looked at",
        "  Look at   INGEST-REMARK signed, and not verified",
        "  Note      No date: the text does not give one. Add --date and --date-source",
        "            if you know it.",
    ]
    assert "[a]ccept, [e]dit, [t]ext in full, [s]kip, [q]uit [a]: " in result.stdout
    assert len(articles(made)) == 1


def test_the_whole_text_can_be_read_with_what_was_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr(click, "echo_via_pager", paged.append)
    made = archive(tmp_path, {"in/a.txt": f"{SMALL}\nLeave a Comment\n"})
    assert answered(made, monkeypatch, "t\na\n", "in").exit == 0
    assert paged == [
        f"(q leads back to the questions)\n\n{HEAD}\n\n{TEXT}\n\nSet aside:\n"
        f"- kept as the article's title: “{HEAD}”\n"
        "- a button or form of the page, not the article's words: “Leave a Comment”\n"
    ]


def test_what_is_skipped_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    result = answered(made, monkeypatch, "s\n", "in")
    assert (result.exit, articles(made)) == (0, [])
    assert result.stdout.endswith(
        "1 file: 1 page.\n0 new articles, 0 further captures of known texts, 0 already there, 1 skipped,\n"
        "  0 refused.\n"
    )
    assert made.file("build/ingest/skipped.txt").endswith("\t-\tin/a.txt\n")
    assert "in/a.txt: skipped by an editor before; --again" in answered(made, monkeypatch, "", "in").stdout
    piped = made.run("ingest", "in")
    assert piped == Run(0, "in/a.txt: skipped by an editor before; --again asks anew.\n", "")
    assert answered(made, monkeypatch, "a\n", "--again", "in").exit == 0
    assert articles(made) == [f"archive/articles/{ID}.md"]


def test_quitting_leaves_the_rest_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": SMALL.replace("Fighting", "Shelling")})
    first = answered(made, monkeypatch, "a\nq\n", "in")
    assert (first.exit, articles(made)) == (0, [f"archive/articles/{ID}.md"])
    assert first.stdout.endswith("1 file left: run the same command to go on.\n")
    second = answered(made, monkeypatch, "\n", "in")  # Return accepts
    assert "\nin/a.txt: already in the archive" in second.stdout and " left" not in second.stdout
    assert len(articles(made)) == 2


def test_without_an_answer_the_run_is_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    result = answered(made, monkeypatch, "", "in")
    assert (result.exit, articles(made)) == (1, [])
    assert result.stderr.endswith("Broken off: what was taken in is whole. Run the same command to go on.\n")


def test_yes_and_dry_run_ask_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    assert answered(made, monkeypatch, "", "--dry-run", "in").exit == 0
    assert answered(made, monkeypatch, "", "--yes", "in").exit == 0
    assert articles(made) == [f"archive/articles/{ID}.md"]


def test_a_missing_headline_can_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": "One line."})
    keep = "\n" * 7
    result = answered(made, monkeypatch, f"e\nA title\n{keep}a\n", "in")
    assert "  INGEST-TITLE no headline stands above the text. Give it with --title." in result.stdout
    assert articles(made) == ["archive/articles/undated-unknown-a-title.md"]


FIELDS = (
    "A title\nyesterday\n2022-09-13\nguess\npage\nGoris Press\ngoris-press\n A   Name \nftp://x\nhttps://x.example/\n"
)


def test_fields_are_mended_one_by_one_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    result = answered(made, monkeypatch, f"e\n{FIELDS}en\n-\nfull\na\n", "in")
    assert result.exit == 0
    for problem in (
        "date: “yesterday”: ", "date_source: “guess”: one of page, json-ld,", "source: “Goris Press”: ",
        "url: “ftp://x”: not an http or https address",
    ):  # fmt: skip
        assert f"Error: {problem}" in result.stdout
    front = made.file("archive/articles/2022-09-13-goris-press-a-title.md")
    assert "  Outlet [-]: " in result.stdout and "  Date known from [page]: " in result.stdout
    assert "  Author    A Name  (as given)\n" in result.stdout and "  Date      2022-09-13  (page)\n" in result.stdout
    for line in ('date: "2022-09-13"', "date_source: page", "source: goris-press", "author: A Name", "language: en"):
        assert f"\n{line}\n" in front


def test_what_a_page_says_can_be_called_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    page = Candidate("text", "text", SMALL.encode(), url="https://wrong.example/", captured="2022-09-14")
    monkeypatch.setattr("annotated_archive.ingest.containers.pages", lambda saved: iter([page]))
    # title, date, source, author, url, language, captured, publish
    assert answered(made, monkeypatch, "e\n\n\n\n\n-\n\n-\n\na\n", "in").exit == 0
    front = made.file(f"archive/articles/{ID}.md")
    assert "\nurl: null\n" in front and "  captured: null\n  capture: unknown\n" in front


@pytest.mark.parametrize(
    ("forms", "title"),
    [
        ([None], HEAD),
        (["title: Another\nlanguage: hy\npublish: excerpt\n"], "Another"),
        (["titel: A slip\n", "title: Another\n"], "Another"),
        (["title: [1\n", "title: Another\n"], "Another"),
        (["title: Another\ndate: 2022-09-13\n", None], HEAD),
    ],
)
def test_a_form_in_the_editors_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forms: list[str | None], title: str
) -> None:
    monkeypatch.setenv("EDITOR", "an-editor")
    shown: list[str] = []
    given = iter(forms)

    def edit(text: str, extension: str) -> str | None:
        shown.append(text)
        return next(given)

    monkeypatch.setattr(click, "edit", edit)
    made = archive(tmp_path, {"in/a.txt": SMALL})
    again = "\n" * (len(forms) - 1)
    assert answered(made, monkeypatch, f"e\n{again}a\n", "in").exit == 0
    assert len(shown) == len(forms)
    assert shown[0].splitlines()[1:3] == [f"title: {HEAD}", "date: null"]
    (path,) = articles(made)
    assert f"\ntitle: {title}\n" in made.file(path)
    assert ("publish: excerpt" in made.file(path)) == ("excerpt" in (forms[0] or ""))


def on_a_terminal(made: ArchiveText, answers: bytes, *args: str) -> str:
    """Run `archive ingest` on a pseudo-terminal, type the answers, and give all that it showed."""
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(made.root)
        os.execv(sys.executable, [sys.executable, "-m", "annotated_archive", "ingest", *args])
    os.write(terminal, answers)
    shown = b""
    with contextlib.suppress(OSError):  # the end of a terminal whose program is gone
        while data := os.read(terminal, 4096):
            shown += data
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown.decode()


def test_on_a_real_terminal_an_editor_is_asked(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": f"\n{SMALL}"})
    shown = on_a_terminal(made, b"a\ns\n", "in")
    assert shown.count("[a]ccept, [e]dit, [t]ext in full, [s]kip, [q]uit [a]: ") == 2
    assert f"text as {ID}: this becomes its capture 2" in " ".join(shown.split())
    lines = shown.replace("\x1b[0m", "").replace("\x1b[1m", "").splitlines()
    assert [line for line in lines if len(line) > 80 and "archive/articles/" not in line] == []  # no word is broken
    assert articles(made) == [f"archive/articles/{ID}.md"]


def test_on_a_terminal_a_long_run_shows_how_far_it_is(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": f"\n{SMALL}"})
    shown = on_a_terminal(made, b"", "--yes", "in")
    assert "\r\x1b[K2 of 2  in/b.txt\r\x1b[K" in shown
    assert "\x1b" not in "".join(made.run("ingest", "in")[1:])
