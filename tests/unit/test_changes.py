"""The check of some files alone, and the summary of what a change does."""
# ruff: noqa: E501 (a point of the summary is one line)

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import test_check
from bad_articles import NOTE, note
from bad_claims import EARLY, ONE, POSITION, SCENE, TWO, claim, sound
from bad_files import BASE, DOC, FIRST, GORIS, LEDGER, MANIFEST, WORKS
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotated_archive.check import run
from annotated_archive.check.markdown import LIMIT, code
from annotated_archive.check.scope import Scope
from annotated_archive.cli import main
from language import ArchiveText, Run, archive, article, place, works

SMALL = [one for one in test_check.CASES if sum(len(data or "") for data in one.files.values()) < 20_000]
FILES = sorted({*BASE, *(path for one in SMALL for path in one.files), NOTE, ONE, TWO, DOC})


def filtered(root: Path, paths: list[str]) -> list[str]:
    scope = Scope.of(root, paths)
    return [str(d) for d in run(root).diagnostics if d.path in scope]


# What is found in some files is what a check of everything finds in them


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(
    st.lists(st.integers(0, len(SMALL) - 1), max_size=6),
    st.lists(st.sampled_from(FILES), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(FILES), st.integers(0, 400), st.binary(max_size=8)), max_size=2),
)
@example([], [WORKS], [])
@example([], [WORKS], [(ONE, 0, b"x")])
@example([], [FIRST], [(NOTE, 0, b"\xff")])
@example(list(range(0, len(SMALL), 3)), FILES[::2], [])
def test_some_files_alone_give_what_everything_gives_for_them(
    tmp_path: Path, cases: list[int], paths: list[str], damage: list[tuple[str, int, bytes]]
) -> None:
    files: dict[str, str | bytes | None] = {**BASE, **SCENE, **note("- exact: Shells"), **sound()}
    for number in cases:
        files |= SMALL[number].files
    made = archive(tmp_path, {path: data for path, data in files.items() if data is not None})
    for path, at, put in damage:
        if (target := made.root / path).is_file():
            data = target.read_bytes()
            target.write_bytes(data[:at] + put + data[at:])
    try:
        assert [str(d) for d in run(made.root, paths).diagnostics] == filtered(made.root, paths)
    finally:
        shutil.rmtree(made.root)


@pytest.mark.parametrize(
    ("paths", "rules"),
    [([GORIS], []), ([FIRST], ["LEDGER-REBUILD"]), ([LEDGER], ["LEDGER-REBUILD"]), ([NOTE], ["CITE-UNKNOWN"]),
     (["archive/originals/first.txt"], []), ([WORKS], [])],
)  # fmt: skip
def test_what_stands_and_falls_with_a_file_is_checked_with_it(
    tmp_path: Path, paths: list[str], rules: list[str]
) -> None:
    made = archive(tmp_path, BASE, {NOTE: str(note("- exact: Goris")[NOTE]).replace("a-work", "no-such-thing")})
    made.write({FIRST: str(BASE[FIRST]).replace("Shells", "Bombs")})
    found = [d.rule for d in run(made.root, paths).diagnostics]
    assert found == (["CITE-UNKNOWN", *rules] if rules == ["LEDGER-REBUILD"] else rules)
    assert sorted(d.rule for d in run(made.root).diagnostics) == ["CITE-UNKNOWN", "LEDGER-REBUILD"]


def test_a_changed_original_is_found_in_the_manifest(tmp_path: Path) -> None:
    made = archive(tmp_path, BASE, {MANIFEST: f"{'0' * 64}  first.txt\n"})
    assert "ORIGINAL-HASH" in {d.rule for d in run(made.root, ["archive/originals/first.txt"]).diagnostics}


def test_only_what_is_needed_is_read(tmp_path: Path) -> None:
    files = {path: data for path, data in {**BASE, **SCENE, **sound()}.items() if data is not None}
    made = archive(tmp_path, files)
    read = run(made.root, [TWO]).graph.archive.annotations
    assert sorted(read) == ["claimone", "claimtwo"]  # the claim, and the one that it updates
    assert run(made.root, [WORKS]).diagnostics == ()
    assert list(run(made.root, [WORKS]).graph.archive.annotations) == []


# The command


@pytest.fixture
def made(tmp_path: Path) -> ArchiveText:
    """An archive below the top of a git repository, with one commit."""
    made = archive(tmp_path / "repository", BASE, SCENE, {DOC: "# A page\n"}, files_of(EARLY))
    git(made, "init", "-q")
    commit(made)
    return made


def files_of(files: dict[str, str | bytes | None]) -> dict[str, str | bytes]:
    return {path: data for path, data in files.items() if data is not None}


def git(made: ArchiveText, *words: str) -> None:
    who = ["-c", "user.name=Reader", "-c", "user.email=reader@archive.example", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=made.root.parent, check=True, capture_output=True)


def commit(made: ArchiveText) -> None:
    git(made, "add", "-A")
    git(made, "commit", "-q", "--allow-empty", "-m", "A step")


def test_the_check_of_named_files(made: ArchiveText) -> None:
    made.write({GORIS: made.file(GORIS) + "bogus: x\n", DOC: "<b>"})
    assert made.run("check", GORIS).stderr.count("\n") == 1
    assert made.run("check", FIRST) == Run(0, "1 file of the archive: no errors.\n", "")
    assert made.run("check", "docs").stdout == "1 file of the archive: 1 error.\n"
    assert made.run("check", "-C", "..", "nowhere.md").exit == 2
    assert "not in archive/ or docs/" in made.run("check", "..").stderr
    assert "not both" in made.run("check", "--since", "HEAD", GORIS).stderr


def test_the_check_of_what_changed(made: ArchiveText) -> None:
    git(made, "branch", "before")
    assert made.run("check", "--since", "HEAD") == Run(0, "0 files of the archive: no errors.\n", "")
    (made.root / GORIS).write_text(made.file(GORIS) + "bogus: x\n", encoding="utf-8")
    made.write(files_of(claim("claimtwo", 50, "49")))
    commit(made)
    made.write(files_of(claim("claimthr", 51, "49")))
    found = made.run("check", "--since", "before", "--format", "json")
    rules = re.findall(r'"rule": "(.+)"', found.stdout)
    assert (found.exit, rules) == (1, ["CLAIM-DIGITS", "CLAIM-DIGITS", "SCHEMA-UNKNOWN-KEY"])
    assert made.run("check", "--since", "HEAD").stderr.count("CLAIM-DIGITS") == 1


def test_what_the_other_branch_did_since_is_not_asked_about(made: ArchiveText) -> None:
    git(made, "checkout", "-q", "-b", "proposal")
    git(made, "checkout", "-q", "-")
    made.write({DOC: "<b>"})
    commit(made)
    git(made, "branch", "theirs")
    git(made, "checkout", "-q", "proposal")
    assert made.run("check", "--since", "theirs").stdout == "0 files of the archive: no errors.\n"


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "HEAD:archive", ""])
def test_a_commit_that_does_not_exist(made: ArchiveText, ref: str) -> None:
    for words in (["check", f"--since={ref}"], ["changes", "--", ref]):
        given = made.run(*words)
        assert given.exit == 2 and "Error: Git knows no commit" in given.stderr
    assert not (made.root / "x").exists()


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    bare = archive(tmp_path, BASE)
    assert "Error: This folder is not in a git repository." in bare.run("check", "--since", "HEAD").stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Error: Git is not installed" in bare.run("changes", "HEAD").stderr


def test_branches_without_a_common_commit(made: ArchiveText) -> None:
    git(made, "checkout", "-q", "--orphan", "alone")
    commit(made)
    git(made, "branch", "-f", "lonely")
    git(made, "checkout", "-q", "--orphan", "other")
    made.write({DOC: "# Another\n"})
    commit(made)
    assert "fetch the whole history" in made.run("check", "--since", "lonely").stderr


# The summary


def told(made: ArchiveText) -> str:
    given = made.run("changes", "HEAD")
    assert (given.exit, given.stderr) == (0, "")
    return given.stdout


def test_nothing_changed(made: ArchiveText) -> None:
    assert told(made) == "## What this change does\n\nNothing in archive/ or docs/ is changed.\n"


def test_what_is_added(made: ArchiveText) -> None:
    later = claim("claimtwo", 105, "105", as_of="2022-09-14", relations=[("updates", "claimone")])
    reply = {path.replace("k3f9q2x7", "replyone"): str(text) for path, text in note("- annotation: claimone", id="replyone").items()}
    made.write(
        files_of(note("- exact: The ministry", kind="correction")), files_of(later), reply, place("kapan", name="Kapan"),
        works("a-work", "another-work", {"id": "a-report", "words": ["“At least 49 men” were killed, 8 of them officers."]}),
        article("second", "Text."), {"docs/new.md": "# New\n"},
    )  # fmt: skip
    assert told(made) == """## What this change does

Adds 1 article, 1 authority file, 1 claim, 1 correction, 1 page, 1 reply and 1 work.

### Annotations

- on `First` (`first`)
  - new claim `claimtwo` by `A reader` on `105`: `105` (deaths, servicemen) of `armenia`, said by `the-ministry`, as of \
`2022-09-14`; updates `claimone` (`49` → `105`)
  - new correction `k3f9q2x7` by `A reader` on `The ministry`
  - new reply `replyone` by `A reader` to `claimone`

### Articles and originals

- adds `Second` (`second`)
- adds `archive/ledgers/second.yml`
- changes `archive/originals/manifest-sha256.txt`
- adds `archive/originals/second.txt`

### Places, actors, treaties and events

- adds `Kapan` (place `kapan`)

### Works, questions and decisions

- adds 1 work: `another-work`

### Pages

- adds `docs/new.md`
"""


def test_answers_are_told(made: ArchiveText) -> None:
    answer = {"question": "who-began", "as_quoted": "The ministry"}
    made.write(files_of(claim("claimtwo", 0, "The ministry", **POSITION, position=answer)))
    made.write(files_of(claim("claimthr", 0, "The ministry", to="a-work", **POSITION, position=answer)))
    lines = told(made).splitlines()
    tail = "in answer to `who-began`, said by `the-ministry`, as of `2022-09-13`"
    assert f"  - new claim `claimtwo` by `A reader` on `The ministry`: {tail}" in lines
    assert f"  - new claim `claimthr` by `A reader` on the work as a whole: `The ministry` {tail}" in lines


def test_what_is_withdrawn_disputed_and_removed(made: ArchiveText) -> None:
    ended = {"noteaaaa": "withdrawn", "notebbbb": "disputed", "notecccc": "removed"}
    for name in ended:
        made.write({f"archive/annotations/first/{name}.yml": str(note("- exact: The ministry", id=name)[NOTE])})
    commit(made)
    for name, status in ended.items():
        path = f"archive/annotations/first/{name}.yml"
        text = made.file(path).replace("status: open", f"status: {status}\nreason: Because.")
        if status == "removed":
            text = text.replace("body: A note.\n", "").replace("author: {name: A reader}\n", "")
        made.write({path: text})
    assert told(made).splitlines()[2:] == [
        "Disputes 1 note; removes 1 note; withdraws 1 note.", "", "### Look at these first", "",
        "- Note `noteaaaa` is withdrawn: is it its author, `A reader`, who asks?",
        "- Note `notecccc` is removed, with all that it said: is that for harm?",
        "", "### Annotations", "", "- on `First` (`first`)",
        "  - withdraws note `noteaaaa` by `A reader` on `The ministry`: `Because.`",
        "  - disputes note `notebbbb` by `A reader` on `The ministry`: `Because.`",
        "  - removes note `notecccc` on `The ministry`: `Because.`",
    ]  # fmt: skip


def test_what_must_be_looked_at_first(made: ArchiveText) -> None:
    made.write(files_of(note("- exact: The ministry")), {"archive/annotations/first/notebbbb.yml": str(note("- exact: Later", id="notebbbb")[NOTE])})
    made.write(files_of(claim("claimtwo", 105, "105", relations=[("repeats", "claimone")])))
    commit(made)
    (made.root / ONE).unlink()
    (made.root / NOTE).rename((made.root / NOTE).with_name("notebbbc.yml"))
    (made.root / GORIS).unlink()
    changed = "archive/annotations/first/notebbbb.yml"
    made.write({
        changed: made.file(changed).replace("id: notebbbb", "id: notezzzz").replace("A reader", "Somebody"),
        "archive/annotations/first/notebbbc.yml": made.file("archive/annotations/first/notebbbc.yml").replace("id: k3f9q2x7", "id: notebbbc"),
        FIRST: made.file(FIRST).replace("at least 49", "at least 94"),
        "archive/originals/first.txt": "Other bytes.",
        LEDGER: made.file(LEDGER).replace("utf-8", "iso-8859-1"),
        "archive/annotations/first/notedddd.yml": "id: [",
    })  # fmt: skip
    text = told(made)
    points = text.partition("### Look at these first\n\n")[2].partition("\n\n###")[0].splitlines()
    assert points == [
        "- The text of `First` (`first`) changed. It is the record: a slip is noted beside the words, never mended in them.",
        "- The page of `Goris` (place `goris`) goes with its file. Its address leads nowhere.",
        "- The ledger `archive/ledgers/first.yml` was changed. It says what was set aside between original and article.",
        "- The original `archive/originals/first.txt` was changed. It is kept byte for byte: restore it.",
        "- Claim `claimone` on `49` in `first` was deleted. It should be withdrawn, or removed if it does harm, with a reason: its address stays, and readers see why. These rest on it: `claimtwo`.",
        "- Note `k3f9q2x7` was given another id or place: `archive/annotations/first/notebbbc.yml`. An id is never changed: its address rests on it.",
        "- Note `notebbbb` now has the id `notezzzz`. An id is never changed: its address rests on it.",
        "- The author of note `notezzzz` is not the one named before.",
    ]
    assert "- `archive/annotations/first/notedddd.yml` cannot be read: the check says why" in text
    assert "Somebody" in text and text.count("A reader") == 0


def test_a_deleted_article_or_original_is_called_out(made: ArchiveText) -> None:
    (made.root / FIRST).unlink()
    (made.root / "archive/originals/first.txt").unlink()
    points = told(made).partition("### Look at these first\n\n")[2].partition("\n\n###")[0]
    assert "`archive/originals/first.txt`" in points and "`First`" in points


def test_a_text_that_is_withheld_is_not_asked_back(made: ArchiveText) -> None:
    made.write({".gitignore": "/private\n"})
    commit(made)
    assert made.run("withhold", "first").exit == 0
    said = told(made)
    assert "is withheld from now on: text, ledger and original leave the record" in said
    assert "restore it" not in said and "never mended" not in said and "It says what was set aside" not in said
    commit(made)
    assert made.run("release", "first").exit == 0
    assert "which was withheld, is published. Make sure that it may be." in told(made)


def test_one_of_two_files_with_one_id_is_checked_as_in_the_whole(made: ArchiveText) -> None:
    other = "archive/annotations/first/another1.yml"
    made.write(files_of(note("- exact: The ministry")), {other: str(note("- exact: The ministry")[NOTE])})
    whole = run(made.root).diagnostics
    for path in (NOTE, other):
        assert run(made.root, [path]).diagnostics == tuple(d for d in whole if d.path == path)
    assert {d.rule for d in whole} >= {"ID-DUPLICATE", "ID-FILE-NAME"}


def test_files_are_named_from_here_or_from_the_archive(made: ArchiveText) -> None:
    made.write({GORIS: made.file(GORIS) + "bogus: x\n"})
    folder = made.root.name
    with contextlib.chdir(made.root.parent):
        for path in (GORIS, f"{folder}/{GORIS}"):
            done = CliRunner().invoke(main, ["check", path, "-C", folder], prog_name="archive")
            assert "SCHEMA-UNKNOWN-KEY" in done.stderr and done.exit_code == 1
        missing = CliRunner().invoke(main, ["check", "archive/none.yml", "-C", folder], prog_name="archive")
        assert missing.exit_code == 2 and "There is no file archive/none.yml." in missing.stderr


def test_front_matter_names_and_lists_that_changed(made: ArchiveText) -> None:
    made.write({
        ONE: made.file(ONE).replace("id: claimone", 'id: "claimone"'),
        FIRST: made.file(FIRST).replace("title: First", "title: The first").replace("language: en", "language: ru"),
        GORIS: made.file(GORIS) + "forms:\n  - Gyoris\n",
        WORKS: made.file(WORKS).replace("title: A Report", "title: The report"),
        "archive/questions.yml": "[]\n",
        "archive/schema/place.json": "{}\n",
    })  # fmt: skip
    text = told(made)
    for line in (
        "- changes `The first` (`first`) (`title`, `language`)", "- changes `Goris` (place `goris`) (`forms`)",
        "- writes 1 annotation another way, with the same words: `claimone`", "- changes 1 work: `a-report`", "- deletes 1 question: `who-began`", "- adds `archive/schema/place.json`",
    ):  # fmt: skip
        assert line in text.splitlines(), line
    assert "Look at these first" not in text


HOSTILE = [
    "@everyone <b>x</b> #1 [a](https://bad.example) `code` ``two`` ![p](x) <!-- c --> | \\` & www.bad.example a@b.example",
    "`", "``", "` @x `", "\u202e\u2066@x", "a\n\n# Heading\n@x", "<script>", "", " ", "x" * 5000,
]  # fmt: skip


@given(st.text() | st.sampled_from(HOSTILE) | st.text(alphabet="`@<>\\ \n#[]x"))
def test_strangers_words_stay_in_their_code_span(words: str) -> None:
    span = code(words)
    fence = re.match("`+", span)
    assert fence and span.endswith(fence.group()) and "\n" not in span and len(span) < 300
    inner = span[len(fence.group()) : -len(fence.group())]
    # CommonMark: the span ends at the first run of as many backticks as began it.
    assert len(fence.group()) not in {len(run) for run in re.findall("`+", inner)}
    assert inner and not inner.startswith("`") and not inner.endswith("`")
    assert inner.isprintable()


def test_strangers_words_are_in_code_wherever_they_come_from(made: ArchiveText) -> None:
    bad = '"@everyone <b>[x](https://bad.example)</b> `#1"'
    text = str(note(f"- exact: {bad}")[NOTE])
    text = text.replace("A reader", "@somebody").replace("status: open", f"status: disputed\nreason: {bad}")
    made.write({
        NOTE: text,
        GORIS: made.file(GORIS).replace("name: Goris", f"name: {bad}"),
        FIRST: made.file(FIRST).replace("title: First", f"title: {bad}"),
        "docs/@everyone.md": "# A page\n",
        "archive/@team.txt": "x",
    })  # fmt: skip
    outside = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", told(made))
    assert not re.search(r"[@<>\[\]]|https|#1", outside)


def test_a_large_change_is_cut_and_says_so(made: ArchiveText) -> None:
    for number in range(1500):
        name = f"n{number:07d}"
        made.write({f"archive/annotations/first/{name}.yml": str(note("- exact: The ministry", id=name)[NOTE])})
    text = told(made)
    assert len(text) < LIMIT
    assert "Adds 1,500 notes." in text
    [left] = re.findall(r"^- … and (\d+) more\. ", text, re.M)
    assert text.count("  - new note") + int(left) == 1500


