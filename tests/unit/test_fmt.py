"""`archive fmt`: one form for every record, nothing lost, and the same bytes when it runs again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.base import plain
from annotated_archive.store import annotation_path, annotation_text, read_article_text
from annotated_archive.store.canonical import formatted, record_files
from language import ArchiveText, Run, actor, archive, article, event, place, treaty, works

ROOT = Path(__file__).resolve().parents[2]
NOTE = "archive/annotations/first/abcdefgh.yml"
CANONICAL = {
    NOTE: """# yaml-language-server: $schema=../../schema/annotation.json
id: abcdefgh
kind: note
article: first
targets:
  - exact: Shells fell
body: |-
  A note about #1.
cite: [a-work]
author:
  name: Someone
created: "2026-11-22T10:00:00Z"
license: CC-BY-4.0
status: open
"""
}
ANYHOW = {
    NOTE: """created: "2026-11-22T10:00:00Z"
status: "open"
kind: 'note'
article: first
id: abcdefgh
targets: [{exact: "Shells fell"}]
body: "A note about #1."
cite:
- a-work
author: {name: Someone}
license: CC-BY-4.0
"""
}
RECORDS = (
    article("first", "Shells fell on Goris."), place("goris"), actor("agency"), treaty("pact"), event("fight"),
    works("a-work"), {"archive/questions.yml": "- id: who-fired\n  question: Who fired first?\n  event: fight\n"},
)  # fmt: skip


def canonical(folder: Path, *files: dict[str, str]) -> ArchiveText:
    """An archive with a file of every kind, all canonical, and then these files."""
    made = archive(folder, *RECORDS)
    made.run("fmt")
    assert made.run("fmt").stdout == "8 files; 0 changed.\n"
    return made.write(*files)


def test_a_file_written_anyhow_becomes_canonical_and_stays_so(tmp_path: Path) -> None:
    made = canonical(tmp_path, ANYHOW)
    assert made.run("fmt") == Run(0, f"{NOTE}: written.\n9 files; 1 changed.\n", "")
    assert made.file(NOTE) == CANONICAL[NOTE]
    before = made.files()
    assert made.run("fmt") == Run(0, "9 files; 0 changed.\n", "")
    assert made.files() == before


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    made = canonical(tmp_path, ANYHOW)
    before = made.files()
    assert made.run("fmt", "--dry-run", NOTE) == Run(0, f"{NOTE}: would change.\n1 file; 1 would change.\n", "")
    assert made.files() == before


def test_front_matter_is_put_in_order_and_the_text_left_alone(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", "Shells fell.  \n\n\n* Not canonical."))
    name = "archive/articles/first.md"
    wanted = made.file(name)
    mixed = wanted.replace("title: First\n", "").replace("language: en\n", "language: 'en'\ntitle: 'First'\n")
    made.write({name: mixed})
    assert mixed != wanted
    assert made.run("fmt", "archive/articles").stdout == f"{name}: written.\n1 file; 1 changed.\n"
    assert made.file(name) == wanted


def test_an_article_without_a_body(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", ""))
    before = made.file("archive/articles/first.md")
    made.write({"archive/articles/first.md": before.removesuffix("\n")})
    assert made.run("fmt").exit == 0
    assert made.file("archive/articles/first.md") == before


COMMENTS = [
    (NOTE, CANONICAL[NOTE] + "# why\n", "15:1"),
    (NOTE, CANONICAL[NOTE].replace("kind: note", "kind: note # why"), "3:12"),
    (NOTE, "# why\n" + CANONICAL[NOTE], "1:1"),
    ("archive/articles/first.md", None, "3:1"),
]


@pytest.mark.parametrize(("name", "text", "where"), COMMENTS)
def test_a_file_with_a_comment_is_left_alone(tmp_path: Path, name: str, text: str | None, where: str) -> None:
    made = canonical(tmp_path, CANONICAL)
    made.write({name: text or made.file(name).replace("title: First", "# why\ntitle: First")})
    before = made.files()
    assert made.run("fmt") == Run(
        1, "9 files; 0 changed.\n",
        f"{name}:{where}: FMT-COMMENT a comment, which a program that writes this file would lose."
        " Move it into a field, such as a `note`, or remove it.\n",
    )  # fmt: skip
    assert made.files() == before


def test_what_cannot_be_read_is_reported_and_the_rest_done(tmp_path: Path) -> None:
    broken = "archive/annotations/first/brokenof.yml"
    made = canonical(tmp_path, ANYHOW, {broken: "id: brokenof\ntargets: [{exact: "})
    done = made.run("fmt", "./archive/annotations/")
    assert (done.exit, done.stdout) == (1, f"{NOTE}: written.\n2 files; 1 changed.\n")
    assert done.stderr.startswith(f"{broken}:3:1: YAML-SYNTAX") and done.stderr.count("\n") == 1
    assert made.file(broken) == "id: brokenof\ntargets: [{exact: "


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("archive/bibliography.yml", "id: a-work\n", "SCHEMA"),
        ("archive/bibliography.yml", "- id: a-work\n", "SCHEMA"),
        ("archive/authority/places/goris.yml", "id: goris\ncolour: red\n", "SCHEMA"),
    ],
)
def test_what_is_no_record_is_left_alone(tmp_path: Path, name: str, text: str, rule: str) -> None:
    made = archive(tmp_path, {name: text})
    done = made.run("fmt")
    assert (done.exit, made.file(name)) == (1, text)
    assert all(f"{name}:" in line and rule in line for line in done.stderr.splitlines())


def test_a_path_without_records_is_wrong_use(tmp_path: Path) -> None:
    assert archive(tmp_path, *RECORDS).run("fmt", "docs").exit == 2


def test_every_file_of_this_archive_says_the_same_in_canonical_form_and_keeps_that(tmp_path: Path) -> None:
    for name in record_files(ROOT):
        file = formatted(ROOT, name)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(file.canonical.encode())
        assert formatted(tmp_path, name).canonical == file.canonical
        if name.endswith(".yml"):
            assert yamlio.read(file.canonical, name).data == yamlio.read(file.text, name).data
        else:
            before, after = (read_article_text(text, name) for text in (file.text, file.canonical))
            assert (before.document.data, before.body) == (after.document.data, after.body)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(
    lambda text: text[0].strip() and text.isprintable()
)
TRAPS = st.sampled_from(["", "- x", "# y", "a: b", "|-", "---", "no", "12:30"])
LINES = st.lists(WORDS | TRAPS, min_size=1).map("\n".join)


@given(
    st.fixed_dictionaries(
        {"exact": WORDS}, optional={"prefix": WORDS, "suffix": WORDS, "unplaced": WORDS, "part": st.just("title")}
    ),
    LINES.filter(lambda text: bool(text.strip())),
    WORDS,
    st.lists(st.sampled_from(["a-work", "b-work", "no"]), min_size=1),
)
def test_every_annotation_comes_back_byte_for_byte(
    target: dict[str, Any], body: str, name: str, cite: list[str]
) -> None:
    record = Annotation.model_validate(
        {
            "id": "abcdefgh", "kind": "note", "article": "first", "targets": [target], "body": body, "cite": cite,
            "author": {"name": name}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
        }
    )  # fmt: skip
    text = annotation_text(record)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / annotation_path(record)
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode())
        file = formatted(Path(folder), annotation_path(record))
    assert file.canonical == text
    assert Annotation.model_validate(yamlio.read(text, "x").data) == record
    assert plain(record)["targets"] == [target]


def test_annotations_of_works_lie_one_folder_deeper() -> None:
    record = Annotation.model_validate(
        {
            "id": "abcdefgh", "kind": "note", "work": "a-work", "targets": [{"annotation": "bcdefghi"}], "body": "Yes.",
            "author": {"name": "Someone"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
        }
    )  # fmt: skip
    assert annotation_path(record) == "archive/annotations/_works/a-work/abcdefgh.yml"
    assert annotation_text(record).startswith("# yaml-language-server: $schema=../../../schema/annotation.json\nid: ")
