"""`archive annotate`: a finished annotation from exact words, or one diagnostic that says why not."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from annotated_archive.anchor import select
from annotated_archive.cli import main, notes
from annotated_archive.records import yamlio
from annotated_archive.store import new_id, now
from language import ArchiveText, Run, archive, article, works

BODY = "Shells fell on Goris. It was said that 6,500 people died.\n\nShells fell on Sotk. “Nothing,” he said."
FIRST = "archive/articles/first.md"
FORM = """### Article

{article}

### Exact words

{exact}

### Words before

{before}

### Kind

{kind}

### Your note

{note}

### Sources

{sources}

### Name to show

_No response_
"""
FILLED = {
    "article": "https://archive.example/articles/first.html#p-2", "exact": "shells", "before": "_No response_",
    "kind": "Correction", "note": "Not so.", "sources": "_No response_",
}  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> ArchiveText:
    return archive(tmp_path, article("first", BODY), works("a-work"))


def written(archive: ArchiveText, done: Run) -> dict[str, object]:
    """The annotation that a command has written."""
    assert done.exit == 0, done.stderr
    path = done.stdout.strip()
    found: dict[str, object] = yamlio.read(archive.file(path), path).data
    assert path == f"archive/annotations/first/{found['id']}.yml"
    assert archive.check() == []
    assert archive.run("fmt", path).stdout == "1 file; 0 changed.\n"
    return found


def form(archive: ArchiveText, **fields: str) -> tuple[str, ...]:
    """The options for a form with these fields."""
    archive.write({"../form.md": FORM.format(**{**FILLED, **fields})})
    return "annotate", "--form", "../form.md"


def test_an_annotation_is_written_and_passes_the_check(made: ArchiveText) -> None:
    done = made.run(
        "annotate", "first", "6,500 people", "--body", "A round figure.", "--cite", "a-work", "--name", "Someone"
    )
    note = written(made, done)
    assert done.stderr == (
        "On paragraph 1: “ll on Goris. It was said that [6,500 people] died. Shells fell on Sotk. “”."
        " Next: run `archive check`, then commit the file and open a pull request.\n"
    )
    (target,) = select(BODY, "6,500 people")
    assert {**note, "id": "", "created": ""} == {
        "id": "", "kind": "note", "article": "first", "targets": [target.model_dump(exclude_unset=True)],
        "body": "A round figure.", "cite": ["a-work"], "author": {"name": "Someone"}, "created": "",
        "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip


def test_a_dry_run_prints_the_file_and_writes_nothing(made: ArchiveText) -> None:
    before = made.files()
    done = made.run("annotate", "first", "Goris", "--body", "A town.", "--kind", "question", "--dry-run")
    assert done.stdout.startswith("# yaml-language-server: $schema=../../schema/annotation.json\nid: ")
    assert "\nkind: question\n" in done.stdout and "\nauthor:\n  name: Anonymous\n" in done.stdout
    assert made.files() == before


def test_without_words_it_is_about_the_article(made: ArchiveText) -> None:
    done = made.run("annotate", "first", "--body", "All of it.")
    assert written(made, done)["targets"] == [{}]
    assert done.stderr.startswith("On the article as a whole.")


def test_words_of_the_title_are_found_there(made: ArchiveText) -> None:
    note = written(made, made.run("annotate", "first", "First", "--body", "A title."))
    assert note["targets"] == [select("First", "First", "title")[0].model_dump(exclude_unset=True)]


def test_repeated_words_are_listed_where_nobody_can_be_asked(made: ArchiveText) -> None:
    before = made.files()
    assert made.run("annotate", "first", "Shells fell", "--body", "x") == Run(
        1, "",
        f"{FIRST}:18:1: NOTE-WORDS the words stand 2 times: paragraph 1: “[Shells fell] on Goris. It was said that 6,”;"
        " paragraph 2: “said that 6,500 people died. [Shells fell] on Sotk. “Nothing,” he said.”."
        " Say which with the words before them (--prefix) or the paragraph's number (--near).\n",
    )  # fmt: skip
    assert made.files() == before


@pytest.mark.parametrize("options", [("--near", "2"), ("--prefix", "people died. ")])
def test_a_paragraph_or_the_words_before_choose_among_repeated_words(
    made: ArchiveText, options: tuple[str, str]
) -> None:
    note = written(made, made.run("annotate", "first", "Shells fell", "--body", "x", *options))
    assert note["targets"] == [select(BODY, "Shells fell")[1].model_dump(exclude_unset=True)]


def test_a_person_is_asked(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_terminal", lambda: True)
    args = ["annotate", "first", "Shells fell", "--body", "x", "-C", str(made.root)]
    done = CliRunner(catch_exceptions=False).invoke(main, args, input="3\n2\n")
    assert "  1  paragraph 1: “[Shells fell] on Goris." in done.stderr and "Which of them" in done.stderr
    note = yamlio.read(made.file(done.stdout.strip()), "x").data
    assert note["targets"] == [select(BODY, "Shells fell")[1].model_dump(exclude_unset=True)]


BAD = [
    (("first", "never there"), f"{FIRST}:18:1: NOTE-WORDS the words are not there. Copy them from the article."),
    (
        ("first", "shels fell on Goriz"),
        f"{FIRST}:18:1: NOTE-WORDS the words are not there. Did you mean “Shells fell on Goris”?",
    ),
    (
        ("first", "500 people"),
        f"{FIRST}:18:42: NOTE-WORDS the words stand only within longer words or numbers. Quote whole words.",
    ),
    (
        ("first", "died.\n\nShells"),
        f"{FIRST}:18:53: NOTE-WORDS the words run from paragraph 1 to 2. Make an annotation of words in one.",
    ),
    (
        ("first", "x" * 10_000),
        f"{FIRST}:18:1: NOTE-WORDS 10,000 characters of words; at most 5,000 are quoted. Quote what matters.",
    ),
    (
        ("first", "Goris", "--near", "2"),
        f"{FIRST}:18:16: NOTE-WORDS the words stand elsewhere. Mend --prefix or --near, or leave them out.",
    ),
    (
        ("second", "Goris"),
        "archive/articles:1:1: NOTE-ARTICLE no article “second”. The id is the name of a file in "
        "archive/articles, without `.md`.",
    ),
    (
        ("first", "Goris", "--cite", "no-work"),
        "archive/annotations:1:1: CITE-UNKNOWN no work or article “no-work”. See archive/bibliography.yml.",
    ),
    (("first", "Goris", "--body", "a\u202eb"), "archive/annotations:1:1: TEXT-UNICODE character U+202E. Take it out."),
    (
        ("first", "Goris", "--body", "x" * 20_001),
        "archive/annotations:1:1: SCHEMA body: 20,001 characters of text. Write between 1 and 20,000.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("args", "message"), BAD)
def test_what_cannot_be_annotated_is_one_diagnostic(made: ArchiveText, args: tuple[str, ...], message: str) -> None:
    before = made.files()
    body = () if "--body" in args else ("--body", "x")
    assert made.run("annotate", *args, *body) == Run(1, "", f"{message}\n")
    assert made.files() == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("first", "Goris", "--kind", "claim", "--body", "x"), "A claim has fields of its own"),
        (("first", "Goris"), "Say something with --body."),
        (("first", " ", "--body", "x"), "The words are empty"),
        (("--body", "x"), "Name the article, or give --form."),
        (("--form", "-", "--body", "-"), "Standard input can be the form or the body, not both."),
    ],
)
def test_wrong_use(made: ArchiveText, args: tuple[str, ...], message: str) -> None:
    done = made.run("annotate", *args)
    assert (done.exit, done.stdout) == (2, "") and message in done.stderr


def test_an_article_that_cannot_be_read_says_why(made: ArchiveText) -> None:
    made.write({FIRST: "---\nid: first\ntitle: [\n---\n"})
    done = made.run("annotate", "first", "Goris", "--body", "x")
    assert done.exit == 1 and done.stderr.startswith(f"{FIRST}:") and "YAML-SYNTAX" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_form_becomes_an_annotation(made: ArchiveText) -> None:
    done = made.run(*form(made, exact='"Nothing," he', note="Not so.  \r\n### Mine\tis\n", sources="a-work,\nhttps://x.example p. 3"))
    note = written(made, done)
    assert note["targets"] == [select(BODY, "“Nothing,” he")[0].model_dump(exclude_unset=True)]
    assert (note["kind"], note["cite"], note["author"]) == ("correction", ["a-work"], {"name": "Anonymous"})
    assert note["body"] == "Not so.\n### Mine    is\n\nSources given: a-work, https://x.example p. 3"


def test_what_the_command_line_says_goes_before_the_form(made: ArchiveText) -> None:
    done = made.run(*form(made), "first", "Sotk", "--kind", "link", "--body", "Mine.", "--name", "Me")
    note = written(made, done)
    assert (note["kind"], note["body"], note["author"]) == ("link", "Mine.", {"name": "Me"})


def test_a_form_and_a_body_come_from_standard_input(made: ArchiveText) -> None:
    runner = CliRunner(catch_exceptions=False)
    text = FORM.format(**{**FILLED, "exact": "Goris"})
    done = runner.invoke(main, ["annotate", "--form", "-", "--dry-run", "-C", str(made.root)], input=text)
    assert "\n    exact: Goris\n" in done.stdout
    args = ["annotate", "first", "--body", "-", "--dry-run", "-C", str(made.root)]
    assert "\n  From outside.\n" in runner.invoke(main, args, input="From outside.\n").stdout


BAD_FORMS = [
    (
        "No form at all.",
        "1:1: NOTE-FORM not an annotation form. It needs the headings “### Article” and “### Your note”.",
    ),
    (
        FORM.format(**FILLED) + "### Kind\n\nnote\n",
        "28:1: NOTE-FORM the heading “Kind” stands twice. Take one of the two out.",
    ),
    ("### Article\n" + "x" * 100_000, "1:1: NOTE-FORM 100,012 characters; a form has at most 100,000. Shorten it."),
    (
        FORM.format(**{**FILLED, "article": "../../etc/passwd"}),
        "1:1: NOTE-ARTICLE no article “passwd”. The id is the name of a file in archive/articles, "
        "without `.md`.",
    ),
    (
        FORM.format(**{**FILLED, "exact": "Goris", "kind": "claim"}),
        "1:1: SCHEMA kind: “claim” is not note, correction, question, link. Choose one of them.",
    ),
    (b"\xff\xfe", "1:1: TEXT-ENCODING not UTF-8. Save it as UTF-8."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD_FORMS)
def test_a_hostile_form_is_one_diagnostic(made: ArchiveText, text: str | bytes, message: str) -> None:
    made.write({"../form.md": text})
    before = made.files()
    assert made.run("annotate", "--form", "../form.md") == Run(1, "", f"../form.md:{message}\n")
    assert made.files() == before


def test_a_form_without_a_note_or_that_is_not_there(made: ArchiveText) -> None:
    assert made.run(*form(made, note="_No response_")).exit == 2
    assert made.run("annotate", "--form", "../nowhere.md") == Run(
        1, "", "Error: ../nowhere.md: No such file or directory\n"
    )


def test_ids_are_random_and_never_taken_twice() -> None:
    class AllButOne:
        def __init__(self) -> None:
            self.asked: list[str] = []

        def __contains__(self, identifier: object) -> bool:
            self.asked.append(str(identifier))
            return len(self.asked) < 3

    taken = AllButOne()
    assert new_id(taken) == taken.asked[2]
    assert len(set(taken.asked)) == 3
    assert all(len(one) == 8 and one[0].isalpha() and one.isalnum() and one.islower() for one in taken.asked)
    assert now().endswith("Z") and len(now()) == 20


def test_a_reply_answers_an_annotation_of_the_article(made: ArchiveText) -> None:
    first = written(made, made.run("annotate", "first", "6,500 people", "--body", "Says who?"))
    done = made.run("annotate", "first", "--reply", first["id"], "--body", "Reuters.")
    reply = written(made, done)
    assert reply["targets"] == [{"annotation": first["id"]}] and reply["kind"] == "note"
    assert done.stderr.startswith(f"On the annotation {first['id']}. Next: ")
    assert made.run("annotate", "first", "Goris", "--reply", first["id"], "--body", "x").exit == 2


def test_a_reply_by_the_form_stays_a_reply(made: ArchiveText) -> None:
    first = written(made, made.run("annotate", "first", "6,500 people", "--body", "Says who?"))
    text = FORM.format(**{**FILLED, "exact": "_No response_", "before": "_No response_", "kind": "Note"})
    for number, given in enumerate((first["id"], f"#a-{first['id']}")):
        name = f"../reply{number}.md"
        made.write({name: f"{text}\n### In reply to\n\n{given}\n"})
        assert written(made, made.run("annotate", "--form", name))["targets"] == [{"annotation": first["id"]}]


def test_there_must_be_something_to_answer(made: ArchiveText) -> None:
    done = made.run("annotate", "first", "--reply", "aaaaaaaa", "--body", "Reuters.")
    assert done == Run(
        1, "", "archive/annotations:1:1: NOTE-REPLY no annotation “aaaaaaaa”. Its id ends the address of the note: #a-ID.\n"
    )
