"""A batch of captures: what goes in comes out, each page whole or not at all, and a broken run can be repeated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from annotated_archive import __version__
from annotated_archive.cli.sharing import Texts
from annotated_archive.ingest import Candidate, Details, Intake, Page, slug
from annotated_archive.ingest.batch import Accepted, Skipped, Tally, run
from annotated_archive.ingest.captures import with_capture
from annotated_archive.ingest.containers import Saved
from annotated_archive.ingest.originals import Originals
from annotated_archive.records import yamlio
from annotated_archive.records.article import Original
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.ledger import TakenIn
from annotated_archive.store import Archive, load, now
from language import TAKEN_IN, ArchiveText, Files, actor, archive, article, sha256

HEAD = "Fighting flares along the border of the Old Valley"
TEXT = "Fighting has flared along the border of the Old Valley, officials in the Old Valley said on Tuesday."
SMALL = f"{HEAD}\n\n{TEXT}\n"
ID = "undated-unknown-fighting-flares-along-the-border-of-the-old"
OTHER_TEXT = "Shells fell on the villages of the Upper Valley at night, the mayor of one of them said on Wednesday."
OTHER_HEAD = "Shells fall on the villages of the Upper Valley again"
OTHER = f"{OTHER_HEAD}\n\n{OTHER_HEAD}\n\n{OTHER_TEXT}\n"
OTHER_ID = "undated-unknown-shells-fall-on-the-villages-of-the-upper"


def gives(monkeypatch: pytest.MonkeyPatch, *pages: Candidate | Diagnostic) -> None:
    """Let every capture hold these pages."""
    monkeypatch.setattr("annotated_archive.ingest.containers.pages", lambda saved: iter(pages))


def page(text: str, **said: Any) -> Candidate:
    return Candidate("text", "text", text.encode(), **said)


# What goes in comes out


def test_a_folder_is_taken_in_and_everything_in_it_is_counted(tmp_path: Path) -> None:
    made = archive(
        tmp_path, {"in/a.txt": SMALL, "in/b/bad.txt": b"\x00\x01", "in/b/empty.txt": " \n", "in/c.txt": OTHER}
    )
    made.write({"in/d.txt": SMALL, "in/e.txt": f"\n{SMALL}\n", "in/f.txt": "One line."})
    result = made.run("ingest", "in")
    assert result.exit == 1
    assert result.stdout.splitlines()[-3:] == [
        "7 files, 1 of them without a page: 6 pages.",
        "2 new articles, 1 further capture of known texts, 1 already there, 0 skipped, 2 refused.",
        "What was wrong, by rule: INGEST-EMPTY 1, INGEST-NOT-TEXT 1, INGEST-TITLE 1.",
    ]
    assert result.stderr.count("\n") == 3
    assert made.check() == []
    again = made.run("ingest", "in")
    assert again.stdout.splitlines()[-2] == (
        "0 new articles, 0 further captures of known texts, 4 already there, 0 skipped, 2 refused."
    )


def test_a_dry_run_of_a_batch_counts_the_same_and_writes_nothing(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": f"\n{SMALL}", "in/c.txt": f"\n\n{SMALL}"})
    before = made.files()
    dry = made.run("ingest", "--dry-run", "in")
    assert made.files() == before
    assert dry.stdout.splitlines()[-1].endswith("refused. Nothing was written.")
    assert f"in/c.txt: the same text as {ID}; would be its capture 3.\n" in dry.stdout
    wet = made.run("ingest", "in")
    assert dry.stdout.splitlines()[-1].removesuffix(" Nothing was written.") == wet.stdout.splitlines()[-1]


def accept(intake: Intake) -> Callable[[Page], Accepted]:
    return lambda page: Accepted(intake.take(page, Details()))


@pytest.mark.parametrize(
    "pages",
    [
        [],
        [Diagnostic("x", 1, 1, "INGEST-DAMAGED", "cut short")],
        [Diagnostic("x", 1, 1, "INGEST-PASSED-OVER", "3 pictures", "", "warning")],
        [page(SMALL, part="1"), Diagnostic("x", 1, 1, "INGEST-DAMAGED", "cut short"), page("", part="2")],
        [
            page(SMALL, part="1"),
            page(SMALL, part="1"),
            page(SMALL, part="2"),
            page(OTHER, part="3"),
            page("x", part="4"),
        ],
    ],
    ids=len,
)
def test_the_sums_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: list[Candidate | Diagnostic]
) -> None:  # fmt: skip
    from annotated_archive.ingest.containers import discover

    gives(monkeypatch, *pages)
    made = archive(tmp_path, {"in/a": "a", "in/b": "b", "in/c": "a"})
    intake, tally = Intake(load(made.root)), Tally()
    found = [*discover([made.root / "in"]), *discover([made.root / "nothing"])]
    outcomes = list(run(intake, found, accept(intake), Skipped(made.root), tally))
    assert tally.agrees()
    assert tally.files == 4
    kinds = [outcome.kind for outcome in outcomes if outcome.kind not in ("refused", "remark")]
    assert len(kinds) == tally.articles + tally.captures + tally.known + tally.skipped
    said = [one for outcome in outcomes for one in outcome.diagnostics if one.severity == "error"]
    assert len(said) == tally.faults.total() >= tally.refused + tally.unread


TEXTS = (SMALL, f"\n{SMALL}", OTHER, "One line.")
WRONG = [
    Diagnostic("x", 1, 1, "INGEST-DAMAGED", "cut short"),
    Diagnostic("x", 1, 1, "INGEST-PASSED-OVER", "3 pictures", "", "warning"),
]
ONE_PAGE = st.sampled_from([*([page(text)] for text in TEXTS), [WRONG[0]], []])
SEVERAL = st.lists(st.sampled_from([*(page(text, part=part) for text in TEXTS for part in "12"), *WRONG]), max_size=4)


@settings(max_examples=25)
@given(st.lists(ONE_PAGE | SEVERAL, max_size=4))
def test_the_sums_of_any_batch_agree_and_a_second_run_adds_nothing(files: list[list[Candidate | Diagnostic]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        made = archive(Path(folder), {f"in/{number}": f"{number}" for number in range(len(files))})
        found = [Saved(made.root / f"in/{number}") for number in range(len(files))]
        held = dict(zip(found, files, strict=True))
        patch.setattr("annotated_archive.ingest.containers.pages", lambda saved: iter(held[saved]))
        tallies = []
        for _ in range(2):
            intake, tally = Intake(load(made.root)), Tally()
            outcomes = list(run(intake, found, accept(intake), Skipped(made.root), tally))
            assert tally.agrees() and tally.files == len(files)
            kinds = Counter(outcome.kind for outcome in outcomes)
            assert (kinds["article"], kinds["capture"], kinds["known"]) == (tally.articles, tally.captures, tally.known)
            tallies.append(tally)
        first, second = tallies
        assert (second.articles, second.captures, second.refused) == (0, 0, first.refused)
        assert len(intake.archive.articles) == first.articles


def test_other_forms_of_a_page_are_counted_and_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/a.pdf": "%PDF-", "in/b.txt": OTHER})
    found = [Saved(made.root / "in/a.txt", (made.root / "in/a.pdf",)), Saved(made.root / "in/b.txt")]
    monkeypatch.setattr("annotated_archive.ingest.containers.discover", lambda paths: iter(found))
    result = made.run("ingest", "in")
    assert "\n2 files, beside 1 other form of the same pages: 2 pages.\n" in result.stdout
    assert "archive/originals/a.pdf" not in made.files()


def test_a_file_without_a_page_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch)
    made = archive(tmp_path, {"in/a.txt": SMALL})
    result = made.run("ingest", "in/a.txt")
    assert (result.exit, result.stdout) == (1, "")
    assert result.stderr == "in/a.txt:1:1: INGEST-NO-PAGE no page in it. Look at the capture.\n"


def test_the_archive_is_read_once_for_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import annotated_archive.store

    read: list[Path] = []

    def counted(root: Path, **options: Any) -> Archive:
        read.append(root)
        return load(root, **options)

    monkeypatch.setattr(annotated_archive.store, "load", counted)
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": OTHER})
    assert made.run("ingest", "in").exit == 0
    assert len(read) == 1


def test_a_page_that_would_not_give_its_text_back_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotated_archive.ingest.article.rebuild", lambda body, spans: "other")
    made = archive(tmp_path, {"in/a.txt": SMALL})
    before = made.files()
    result = made.run("ingest", "in/a.txt")
    assert (result.exit, made.files()) == (1, before)
    assert "in/a.txt:1:1: INGEST-REBUILD body and ledger would not give back the text that was read" in result.stderr


def test_a_page_that_a_library_stumbles_over_does_not_end_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path, {"in/a.txt": "one"})
    gives(monkeypatch, Candidate("html", "html", b"<p>", part="1"), page(SMALL, part="2"))

    def stumbling(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("annotated_archive.ingest.page.read_page", stumbling)
    result = made.run("ingest", "in/a.txt")
    assert result.stderr == (
        "in/a.txt (1):1:1: INGEST-FAULT the program failed on this page: RecursionError “too deep”."
        " Report it, with the page. Nothing of it was taken in.\n"
    )
    assert f"archive/articles/{ID}.md" in made.files()


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    originals = Originals(made.root, "archive/originals", {})
    with pytest.raises(ContentError, match="INGEST-CHANGED the file changed while it was read"):
        originals.put(made.root / "in/a.txt", "a.txt", sha256("something else"))
    assert [path for path in made.files() if path.startswith("archive/")] == []


def test_a_private_manifest_that_cannot_be_read_is_not_written_anew(tmp_path: Path) -> None:
    made = archive(tmp_path, {"private/originals/manifest-sha256.txt": "not a line\n", "in/a.txt": SMALL})
    before = made.files()
    result = made.run("ingest", "in/a.txt")
    assert (result.exit, made.files()) == (1, before)
    assert result.stderr.startswith("private/originals/manifest-sha256.txt:1:1: MANIFEST-LINE not")


# Several captures of one text, several pages in one capture


def test_the_same_text_again_is_one_article_with_two_captures(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    assert made.run("ingest", "in/a.txt").exit == 0
    path = f"archive/articles/{ID}.md"
    before = made.file(path)
    for number, text in ((2, f"\n{SMALL}"), (3, f"\n\n{SMALL}")):
        made.write({f"in/{number}.txt": text})
        result = made.run("ingest", "--captured", "2022-09-14", f"in/{number}.txt")
        assert result.stdout == f"in/{number}.txt: the same text as {ID}; is now its capture {number}.\n"
    texts = {number: made.file(f"in/{number}.txt") for number in (2, 3)}
    captures = [
        {"path": f"{number}.txt", "sha256": sha256(text), "captured": "2022-09-14", "capture": "known"}
        for number, text in texts.items()
    ]
    block = yamlio.write({"captures": captures})
    assert made.file(path) == before.replace("rights:\n", f"{block}rights:\n", 1)
    assert made.file(f"archive/ledgers/{ID}.3.yml").startswith(f'article: {ID}\noriginal:\n  path: "3.txt"\n')
    assert made.files()["archive/originals/2.txt"] == f"\n{SMALL}".encode()
    assert made.check() == []
    known = made.run("ingest", "in/2.txt")
    assert known.stdout == f"in/2.txt: already in the archive as {ID}; nothing changed.\n"


MORE = Original(path="b.txt", sha256="0" * 64, capture="unknown")
ITEM = f'- path: b.txt\n    sha256: "{"0" * 64}"\n    capture: unknown\n'
FIRST = f"- path: a.txt\n    sha256: {'a' * 64}\n    capture: unknown\n"


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("id: a\nrights:\n  publish: full\n", f"id: a\ncaptures:\n  {ITEM}rights:\n  publish: full\n"),
        ("id: a # here\n", f"id: a # here\ncaptures:\n  {ITEM}"),
        ("captures: []\nid: a\n", f"captures:\n  {ITEM}id: a\n"),
        (
            f"captures:\n  {FIRST}  # the first\n\nrights: b\n",
            f"captures:\n  {FIRST}  {ITEM}  # the first\n\nrights: b\n",
        ),
    ],
)
def test_a_capture_is_added_and_no_other_byte_changes(front: str, expected: str) -> None:
    assert with_capture(f"---\n{front}---\n\nText.\n", "a.md", MORE) == f"---\n{expected}---\n\nText.\n"
    assert with_capture(f"---\n{front}---\n", "a.md", MORE) == f"---\n{expected}---\n"


def test_a_list_of_captures_in_another_form_is_left_alone(tmp_path: Path) -> None:
    front = f'captures:\n- path: a.txt\n  sha256: "{"a" * 64}"\nid: a\n'
    with pytest.raises(ContentError, match="ARTICLE-FENCE a further capture cannot be added to the list alone"):
        with_capture(f"---\n{front}---\n\nText.\n", "a.md", MORE)


def test_the_pages_of_one_capture_share_its_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.warc": "bytes"})
    pages = [page(SMALL, part="<urn:1>", url="https://valley.example/1"), page(OTHER, part="<urn:2>")]
    gives(monkeypatch, *pages)
    result = made.run("ingest", "in/a.warc")
    assert (result.exit, result.stderr) == (0, "")
    assert f"in/a.warc (https://valley.example/1): is now archive/articles/{ID}.md" in result.stdout
    assert f"in/a.warc (<urn:2>): is now archive/articles/{OTHER_ID}.md" in result.stdout
    made.assert_file("private/originals/manifest-sha256.txt", f"{sha256('bytes')}  a.warc")
    assert "archive/originals/a.warc" not in made.files()  # nobody has looked at what else it holds
    assert '  part: "<urn:1>"\n' in made.file(f"archive/articles/{ID}.md")
    assert "  kept: private\n" in made.file(f"archive/articles/{ID}.md")
    before = made.files()
    again = made.run("ingest", "in/a.warc")
    assert (again.stdout.count("already in the archive as"), made.files()) == (2, before)


def test_a_title_belongs_to_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": OTHER})
    several = made.run("ingest", "--title", "One", "in")
    assert (several.exit, several.stderr.splitlines()[-1]) == (2, "Error: --title and --url belong to one page.")
    gives(monkeypatch, page(SMALL, part="<urn:1>"))
    result = made.run("ingest", "--title", "One", "in/a.txt")
    assert (result.exit, [path for path in made.files() if path.startswith("archive")]) == (2, [])
    assert result.stderr.endswith("--title and --url belong to one page, and “in/a.txt” can hold several.\n")


# What is not published


@pytest.mark.parametrize("publish", ["excerpt", "metadata"])
def test_what_may_not_be_published_lies_in_private(tmp_path: Path, publish: str) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    assert made.run("ingest", "--publish", publish, "in/a.txt").exit == 0
    files = made.files()
    public = {path for path in files if path.startswith("archive/")}
    assert public == {f"archive/articles/{ID}.md"}
    assert TEXT.encode() not in b"".join(files[path] for path in public)
    made.assert_file(f"private/texts/{ID}.txt", TEXT)
    assert files["private/originals/a.txt"] == SMALL.encode()
    made.assert_file("private/originals/manifest-sha256.txt", f"{sha256(SMALL)}  a.txt")
    assert made.file(f"private/ledgers/{ID}.yml").startswith(f"article: {ID}\n")
    front = made.file(f"archive/articles/{ID}.md")
    assert f"text:\n  sha256: {sha256(TEXT)}\n  characters: {len(TEXT)}\n---\n" in front
    assert made.check() == []
    assert "nothing changed" in made.run("ingest", "in/a.txt").stdout
    # A further capture of a text that is withheld is withheld, too, whatever is asked for.
    made.write({"in/b.txt": f"\n{SMALL}"})
    assert made.run("ingest", "in/b.txt").stdout == f"in/b.txt: the same text as {ID}; is now its capture 2.\n"
    added = made.files().keys() - files.keys()
    assert added == {"in/b.txt", "private/originals/b.txt", f"private/ledgers/{ID}.2.yml"}
    assert made.check() == []


def test_an_original_with_pictures_is_private_and_its_text_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    gives(monkeypatch, page(SMALL, pictures=1))
    assert made.run("ingest", "in/a.txt").exit == 0
    assert {path for path in made.files() if "in/" not in path} == {
        f"archive/articles/{ID}.md", f"archive/ledgers/{ID}.yml", "private/originals/a.txt",
        "private/originals/manifest-sha256.txt",
    }  # fmt: skip


# What a page says of itself


def test_an_outlet_is_known_by_its_domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(
        tmp_path,
        actor("valley-times", type="outlet", domains=["valley.example"]),
        {"in/a": "1", "in/b": "2", "in/c": "3"},
    )
    gives(monkeypatch, page(SMALL, url="https://www.valley.example/a"))
    assert "No outlet has the domain" not in made.run("ingest", "in/a").stdout
    identifier = slug(None, "valley-times", HEAD)
    assert "source: valley-times\n" in made.file(f"archive/articles/{identifier}.md")
    gives(monkeypatch, page(OTHER, url="https://other.example/a"))
    assert made.run("ingest", "in/b").stdout.endswith(
        "No outlet has these domains: give --source, or write them under `domains` in the outlet's file "
        "(archive/authority/actors/ID.yml).\n  other.example: 1 page\n"
    )
    assert "source: null\n" in made.file(f"archive/articles/{OTHER_ID}.md")


def test_an_outlet_that_is_known_since_is_said_where_the_article_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path, {"in/a": "1", "in/b": "2"})
    gives(monkeypatch, page(SMALL, url="https://www.valley.example/a"))
    made.run("ingest", "in/a")
    assert "outlet" not in made.run("ingest", "in/a").stdout
    (made.root / "archive/authority/actors").mkdir(parents=True)
    for path, text in actor("valley-times", type="outlet", domains=["www.valley.example"]).items():
        (made.root / path).write_text(text)
    line = "  Its outlet is known now: write `source: valley-times` in place of `source: null` in archive/articles/"
    assert f"{line}{ID}.md.\n" in made.run("ingest", "in/a").stdout
    gives(monkeypatch, page(OTHER, url="https://valley.example/b"))  # `www` on either side is no other outlet
    assert "No outlet has" not in made.run("ingest", "in/b").stdout


def test_what_no_record_takes_is_left_out_and_doubted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a": "1"})
    gives(monkeypatch, page(SMALL, url="javascript:alert(1)", captured="yesterday"))
    result = made.run("ingest", "in/a")
    assert result.exit == 0
    assert "  INGEST-FOUND captured “yesterday” of the page is in no form that the record takes." in result.stdout
    assert "  INGEST-FOUND url “javascript:alert(1)” of the page" in result.stdout
    assert "url: null\n" in made.file(f"archive/articles/{ID}.md")


# Broken off


def parts(made: ArchiveText) -> dict[str, bytes]:
    return {path: data for path, data in made.files().items() if not path.startswith("build/")}


BATCH: Files = {"in/a.txt": SMALL, "in/b.txt": OTHER, "in/c.txt": f"\n{SMALL}"}


def replacing(monkeypatch: pytest.MonkeyPatch, after: int, act: Callable[[], None]) -> None:
    """Do something right after so many files were written."""
    replace, count = os.replace, iter(range(1, 1000))

    def counted(source: Any, target: Any) -> None:
        replace(source, target)
        if next(count) == after:
            act()

    monkeypatch.setattr(os, "replace", counted)


def interrupted() -> None:
    raise KeyboardInterrupt


def record(made: ArchiveText) -> dict[str, bytes]:
    """All files but those that only spare work: they may be there or not."""
    return {path: data for path, data in made.files().items() if not path.startswith("build/")}


@pytest.mark.parametrize("publish", ["full", "excerpt"])
def test_a_run_that_is_broken_off_anywhere_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, publish: str
) -> None:
    whole = archive(tmp_path / "whole", BATCH)
    whole.run("ingest", "--publish", publish, "in")
    for after in range(1, 100):
        cut = archive(tmp_path / f"{after}", BATCH)
        with monkeypatch.context() as patch:
            replacing(patch, after, interrupted)
            result = cut.run("ingest", "--publish", publish, "in")
        if result.exit == 0:
            break
        assert result.stderr.endswith("Broken off: what was taken in is whole. Run the same command to go on.\n")
        assert cut.run("ingest", "--publish", publish, "in").exit == 0
        assert record(cut) == record(whole)
    assert after > 10


def test_ctrl_c_waits_until_the_article_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, BATCH)
    replacing(monkeypatch, 1, lambda: signal.raise_signal(signal.SIGINT))
    result = made.run("ingest", "in")
    assert result.exit == 1
    assert [path for path in made.files() if ".md" in path] == [f"archive/articles/{ID}.md"]
    assert made.check() == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


KILLED = """
import os, signal, sys
replace, count = os.replace, 0
def counted(source, target):
    global count
    replace(source, target)
    count += 1
    if count == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = counted
from annotated_archive.cli import main
from annotated_archive.ingest import take_in
take_in.now = lambda: sys.argv[2]
main(["ingest", "in"])
"""


def test_a_killed_run_can_be_repeated(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole", BATCH)
    whole.run("ingest", "in")
    for after in (3, 6):
        cut = archive(tmp_path / f"{after}", BATCH)
        command = [sys.executable, "-c", KILLED, str(after), TAKEN_IN]
        done = subprocess.run(command, cwd=cut.root, capture_output=True, timeout=60)
        assert done.returncode == -signal.SIGKILL
        assert cut.run("ingest", "in").exit == 0
        assert record(cut) == record(whole)


# Who took it in, and when


def test_the_ledger_says_when_a_capture_was_taken_in_and_by_whom_only_if_asked(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL, "in/b.txt": f"\n{SMALL}", "in/c.txt": OTHER})
    made.run("ingest", "in/a.txt")
    first = made.file(f"archive/ledgers/{ID}.yml")
    assert f"  reader: annotated-archive {__version__}\ntaken_in:\n  at: \"{TAKEN_IN}\"\nspans:\n" in first
    assert made.run("ingest", "--by", "Ani\u0301  K", "in/b.txt").exit == 0
    named = f'taken_in:\n  at: "{TAKEN_IN}"\n  by: An\u00ed K\n'
    assert named in made.file(f"archive/ledgers/{ID}.2.yml")
    assert made.file(f"archive/ledgers/{ID}.yml") == first
    made.run("ingest", "--publish", "excerpt", "--by", "Ani\u0301 K", "in/c.txt")
    assert named in made.file(f"private/ledgers/{OTHER_ID}.yml")
    assert "An\u00ed" not in made.file(f"archive/articles/{OTHER_ID}.md")
    assert made.check() == []
    assert made.run("ingest", "--by", "\u202e", "in/a.txt").exit == 2


def test_the_moment_is_that_of_the_clock_in_utc(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.txt": SMALL})
    intake, before = Intake(load(made.root)), now()
    list(run(intake, [Saved(made.root / "in/a.txt")], accept(intake), Skipped(made.root), Tally()))
    taken_in = yamlio.read(made.file(f"archive/ledgers/{ID}.yml"), "").data["taken_in"]
    assert before <= taken_in["at"] <= now() and taken_in.keys() == {"at"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "2026-11-22T14:00:00+04:00"},  # would tell where somebody was
        {"at": "2026-11-22"},
        {"at": TAKEN_IN, "by": ""},
        {"at": TAKEN_IN, "by": "A\u202eB"},
        {"at": TAKEN_IN, "by": "A\nB"},
        {"by": "Ani"},
    ],
)
def test_a_ledger_takes_no_other_moment_and_no_name_that_misleads(wrong: dict[str, str]) -> None:
    TakenIn.model_validate({"at": TAKEN_IN, "by": "Անի"})
    with pytest.raises(ValidationError):
        TakenIn.model_validate(wrong)


# Shared text


def test_what_is_shared_with_other_articles_is_said(tmp_path: Path) -> None:
    quoted = (
        "“We heard the first shells shortly after midnight and went down into the cellar with the children and the"
        " neighbours, and there we stayed until the morning came and the road to the next village was open again,”"
        " a teacher of the village school said."
    )
    other = OTHER.replace(OTHER_TEXT, f"{OTHER_TEXT}\n\n{quoted}")
    made = archive(tmp_path, article("first", f"It was quiet on Monday.\n\n{quoted}"), {"in/a.txt": other})
    words = len(quoted.split())
    assert f"  Shares {words} words with first.\n" in made.run("ingest", "in/a.txt").stdout


def test_texts_that_are_added_are_found_as_if_they_had_been_there(tmp_path: Path) -> None:
    texts = {f"t{n:03}": " ".join(f"word{n}x{m}" for m in range(40)) for n in range(100)}
    growing = Texts(dict(list(texts.items())[:3]))
    for identifier, text in list(texts.items())[3:]:
        growing.add(identifier, text)
    for identifier in ("t000", "t002", "t003", "t034", "t035", "t066", "t099"):
        found = growing.against(f"Other words first. {texts[identifier]}")
        assert [(one.other, one.words) for one in found.pairs] == [(identifier, 40)]
