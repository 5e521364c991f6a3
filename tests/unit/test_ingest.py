"""Ingest: what becomes of a pasted text dump, and that bad input gives one diagnostic and changes nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive import __version__
from annotated_archive.ingest import Candidate, Details, Ingested, ingest, slug
from annotated_archive.ingest.article import safe_name
from annotated_archive.ingest.rules import read
from annotated_archive.records.article import statement
from annotated_archive.records.base import ARTICLE_ID_PATTERN
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.ledger import rebuild
from language import TAKEN_IN, ArchiveText, Run, archive, article, sha256

HEADLINE = "Fighting flares along the border of the Old Valley"
TEXT = "Fighting has flared along the border of the Old Valley, officials in the Old Valley said on Tuesday."
SMALL = f"{HEADLINE}\n\n{TEXT}\n"
DUMP = f"""\
Home » {HEADLINE}
Old Valley Border News

{HEADLINE}

Soldiers stand in a line in Upper Village. (Photo by A Name / An Agency)

Fighting has flared,\u00a0officials said.\r
It began at night.


Read more

“We heard it,” said Rene\u0301.\t

Source: The Valley Times

Leave a Comment
"""
ID = "undated-unknown-fighting-flares-along-the-border-of-the-old"
DATED = (
    "--date",
    "[2022-09-13..2022-09-14]",
    "--date-source",
    "inferred",
    "--source",
    "valley-times",
    "--language",
    "en",
)


def details(**known: Any) -> Details:
    return Details(language="en", **known)


def taken(data: bytes, name: str, known: Details) -> Ingested:
    return ingest(Candidate("text", "text", data), name, sha256(data), known)


def diagnostics(data: bytes, **known: Any) -> list[str]:
    """What taking in `data` fails with."""
    with pytest.raises(ContentError) as caught:
        taken(data, "dump.txt", details(**known))
    return [str(diagnostic) for diagnostic in caught.value.diagnostics]


def body_of(text: str, **known: Any) -> Ingested:
    return taken(text.encode(), "dump.txt", details(**known))


def test_what_a_capture_says_of_itself_is_told_to_the_editor() -> None:
    page = Candidate("text", "text", DUMP.encode(), remarks=("signed, and not verified",))
    (doubt,) = ingest(page, "dump.txt", sha256(DUMP), details()).doubts
    assert (doubt.rule, doubt.message) == ("INGEST-REMARK", "signed, and not verified")


# The whole job


def test_a_dump_becomes_an_original_an_article_and_a_ledger(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/dump.txt": DUMP})
    assert made.run("ingest", *DATED, "in/dump.txt") == Run(
        0,
        "in/dump.txt: is now archive/articles/2022-09-13-valley-times-fighting-flares-along-the-border.md"
        " (14 spans in the ledger, 1 proposed).\n"
        "  There is no archive/authority/actors/valley-times.yml yet: write it before the check.\n",
        "",
    )
    assert sorted(made.files()) == [
        "archive/articles/2022-09-13-valley-times-fighting-flares-along-the-border.md",
        "archive/ledgers/2022-09-13-valley-times-fighting-flares-along-the-border.yml",
        "archive/originals/dump.txt",
        "archive/originals/manifest-sha256.txt",
        "in/dump.txt",
    ]
    assert made.files()["archive/originals/dump.txt"] == DUMP.encode()
    made.assert_file("archive/originals/manifest-sha256.txt", f"{sha256(DUMP)}  dump.txt")
    made.assert_file(
        "archive/articles/2022-09-13-valley-times-fighting-flares-along-the-border.md",
        f"""
        ---
        id: "2022-09-13-valley-times-fighting-flares-along-the-border"
        title: Fighting flares along the border of the Old Valley
        date: "[2022-09-13..2022-09-14]"
        date_source: inferred
        source: valley-times
        credited: The Valley Times
        url: null
        author: null
        language: en
        places: []
        actors: []
        treaties: []
        events: []
        blocks:
          1: caption
        original:
          path: dump.txt
          sha256: {sha256(DUMP)}
          captured: null
          capture: unknown
        rights:
          holder: null
          statement: {statement("full")}
          publish: full
        ---

        Soldiers stand in a line in Upper Village. (Photo by A Name / An Agency)

        Fighting has flared,\u00a0officials said.
        It began at night.

        Read more

        “We heard it,” said René.
        """,
    )  # fmt: skip
    made.assert_file(
        "archive/ledgers/2022-09-13-valley-times-fighting-flares-along-the-border.yml",
        f"""
        article: "2022-09-13-valley-times-fighting-flares-along-the-border"
        original:
          path: dump.txt
          sha256: {sha256(DUMP)}
          encoding: utf-8
          bom: false
          reader: annotated-archive {__version__}
        taken_in:
          at: "{TAKEN_IN}"
        found:
          - field: language
            value: en
            origin: text
        spans:
          - start: 0
            end: 57
            rule: breadcrumb
            reason: "navigation of the page: where it stood on the site"
            text: Home » Fighting flares along the border of the Old Valley
            replacement: ""
          - start: 57
            end: 58
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\n"
            replacement: ""
          - start: 58
            end: 80
            rule: category-line
            reason: "navigation of the page: between breadcrumb and headline"
            text: Old Valley Border News
            replacement: ""
          - start: 80
            end: 82
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\n\\n"
            replacement: ""
          - start: 82
            end: 132
            rule: headline
            reason: kept as the article's title
            text: Fighting flares along the border of the Old Valley
            replacement: ""
          - start: 132
            end: 134
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\n\\n"
            replacement: ""
          - start: 244
            end: 246
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\r\\n"
            replacement: "\\n"
          - start: 264
            end: 267
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\n\\n\\n"
            replacement: "\\n\\n"
          - start: 301
            end: 303
            rule: normal-form
            reason: letters composed (NFC)
            text: e\u0301
            replacement: é
          - start: 304
            end: 307
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\t\\n\\n"
            replacement: ""
          - start: 307
            end: 331
            rule: source-line
            reason: kept as the credited source
            text: "Source: The Valley Times"
            replacement: ""
          - start: 331
            end: 333
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\n\\n"
            replacement: ""
          - start: 333
            end: 348
            rule: comment-prompt
            reason: a button or form of the page, not the article's words
            text: Leave a Comment
            replacement: ""
          - start: 348
            end: 349
            rule: white-space
            reason: blocks stand apart by one blank line
            text: "\\n"
            replacement: ""
        proposals:
          - start: 267
            end: 276
            rule: page-furniture
            reason: looks like a button or link of the page
            text: Read more
        """,
    )


def test_taking_the_same_file_in_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/dump.txt": SMALL, "in/copy.txt": SMALL})
    first = made.run("ingest", "in/dump.txt", "in/copy.txt")
    assert first == Run(
        0,
        f"in/dump.txt: is now archive/articles/{ID}.md (3 spans in the ledger).\n"
        "  No date: the text does not give one. Add --date and --date-source if you know it.\n"
        f"in/copy.txt: already in the archive as {ID}; nothing changed.\n"
        "\n"
        f"{'Article':<{len(ID)}}  Date  Outlet  Language  Blocks  Doubts  Notes\n"
        f"{ID}  -     -       und       1 kept  0       0\n"
        "\n"
        "2 files: 2 pages.\n"
        "1 new article, 0 further captures of known texts, 1 already there, 0 skipped, 0 refused.\n",
        "",
    )
    before = made.files()
    again = f"in/dump.txt: already in the archive as {ID}; nothing changed.\n"
    assert made.run("ingest", "in/dump.txt") == Run(0, again, "")
    assert made.run("ingest", *DATED, "in/dump.txt") == Run(0, again, "")
    assert made.files() == before
    assert made.check() == []


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/dump.txt": SMALL})
    before = made.files()
    assert made.run("ingest", "--dry-run", "in/dump.txt") == Run(
        0,
        f"in/dump.txt: would become archive/articles/{ID}.md (3 spans in the ledger).\n"
        "  No date: the text does not give one. Add --date and --date-source if you know it.\n",
        "",
    )
    assert made.files() == before


def test_what_is_not_known_stays_empty() -> None:
    record = body_of(SMALL).article
    assert (record.date, record.date_source, record.source, record.url, record.author, record.credited) == (None,) * 6
    assert (record.original.captured, record.original.capture, record.rights.holder) == (None, "unknown", None)


def test_what_the_editor_knows_is_kept() -> None:
    known = {
        "source": "valley-times",
        "date": "2022-09-13",
        "date_source": "page",
        "url": "https://archive.example/a",
        "author": "A. Name",
        "captured": "2026-11-22",
    }
    record = body_of(SMALL, **known).article
    assert {name: getattr(record, name) for name in known if name != "captured"} | {
        "captured": record.original.captured
    } == known
    assert record.original.capture == "known"


def test_an_interrupted_run_can_be_repeated(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole", {"in/dump.txt": SMALL})
    whole.run("ingest", "in/dump.txt")
    parts = sorted(path for path in whole.files() if path.startswith("archive/") and not path.endswith(".md"))
    for count in range(1, len(parts) + 1):
        cut = archive(tmp_path / str(count), {path: whole.files()[path] for path in ["in/dump.txt", *parts[:count]]})
        assert cut.run("ingest", "in/dump.txt").exit == 0
        assert cut.files() == whole.files()


# Headline, furniture, blocks


def rules_of(lines: list[str], title: str | None = None) -> tuple[str | None, list[str], list[str]]:
    """The headline, and what is taken and proposed, as `rule: line`."""
    reading = read(lines, [True] * len(lines), title)
    taken = [f"{took.rule}: {lines[i]}" for i, took in sorted(reading.taken.items())]
    return reading.title, taken, [f"{took.rule}: {lines[i]}" for i, took in sorted(reading.proposed.items())]


CRUMB = ["breadcrumb", "category-line"]


@pytest.mark.parametrize(
    ("lines", "title", "taken", "proposed"),
    [
        ([HEADLINE, TEXT], HEADLINE, ["headline"], []),
        ([HEADLINE, HEADLINE, "Short text."], HEADLINE, ["headline", "headline"], []),
        ([f"Home » News » {HEADLINE}", HEADLINE, "Text."], HEADLINE, ["breadcrumb", "headline"], []),
        (
            [f"Home | {HEADLINE}", "Valley Border", HEADLINE, "Text."],
            HEADLINE,
            [*CRUMB, "headline"],
            [],
        ),
        # What only looks like furniture is proposed
        *(
            ([f"Home » {HEADLINE}", line, HEADLINE, "Text."], HEADLINE, ["breadcrumb", "headline"], ["category-line"])
            for line in ("World News", "The Old Valley border burns", "OLD VALLEY BORDER", "Old Valley: Border")
        ),
        (["A short line above", "A longer line that says something else altogether."], None, [], ["headline"]),
        (["A short line above", "A longer line that says something else.", "More."], None, [], ["headline"]),
        (["Three short words", "A longer line that says something else."], None, [], ["headline"]),
        (["Three short words", "Three short words", "Text."], "Three short words", ["headline", "headline"], []),
        (["Two words", "Two words", "Text."], None, [], []),
        ([HEADLINE, HEADLINE], None, [], []),
        ([f"Home » {HEADLINE}", HEADLINE, HEADLINE], HEADLINE, ["breadcrumb", "headline"], []),
        ([f"{HEADLINE}.", TEXT], None, [], []),
        (["One sentence.", TEXT], None, [], []),
        ([f"Home » {HEADLINE}", "Valley & Border", HEADLINE, "Text."], HEADLINE, [*CRUMB, "headline"], []),
        (["Home » News »", "Some words of the text", "Text."], None, ["breadcrumb"], []),
        (["Two words", TEXT], None, [], []),
        ([TEXT, HEADLINE], None, [], []),
        ([HEADLINE], None, [], []),
        # A breadcrumb that ends in words of the headline is not one that repeats it
        (["Home » News of the Old Valley", "the Old Valley", "Text."], None, ["breadcrumb"], []),
        # At the end
        (["Text.", "Source: The Valley Times"], None, ["source-line"], []),
        (["Text.", "Source: X", "No comments", "Leave a Comment"], None, ["source-line", *["comment-prompt"] * 2], []),
        (["Text.", "LEAVE A REPLY"], None, ["comment-prompt"], []),
        (["Text.", "Leave a Comment", "More text."], None, [], []),
        (["Text.", "Source: The Valley Times", "More text."], None, [], []),
        (["Text.", "Leave a comment below and tell us what you think."], None, [], []),
        (["Text.", f"Source: {'a long sentence ' * 9}"], None, [], []),
        # Buttons are only proposed
        (["Text.", "Read more", "More text."], None, [], ["page-furniture"]),
        (["Text.", "Read more about this in tomorrow's paper.", "More text."], None, [], []),
        (["Leave a Comment"], None, ["comment-prompt"], []),
    ],
)  # fmt: skip
def test_what_the_rules_make_of_lines(
    lines: list[str], title: str | None, taken: list[str], proposed: list[str]
) -> None:
    found, rules, proposals = rules_of(lines)
    assert (found, [rule.partition(":")[0] for rule in rules]) == (title, taken)
    assert [rule.partition(":")[0] for rule in proposals] == proposed


def test_a_title_given_by_the_editor_is_the_headline_where_it_stands_above_the_text() -> None:
    lines = ["A short line above", "A longer line that says something else altogether."]
    assert rules_of(lines, "A  short line\u00a0above") == ("A short line above", ["headline: A short line above"], [])
    assert rules_of(lines, "Another title") == (None, [], ["headline: A short line above"])
    assert rules_of(["Valley Border", HEADLINE, TEXT], HEADLINE) == (
        HEADLINE,
        [f"headline: {HEADLINE}"],
        ["category-line: Valley Border"],
    )
    assert rules_of([f"Home » {HEADLINE}", HEADLINE, TEXT], "Another title") == (
        None,
        [f"breadcrumb: Home » {HEADLINE}"],
        [f"headline: {HEADLINE}"],
    )


def test_a_headline_stands_alone() -> None:
    assert diagnostics(f"{HEADLINE}\n{TEXT}\n\nMore text.".encode()) == [
        f"dump.txt:1:1: INGEST-TITLE only an editor can tell whether this is the headline: “{HEADLINE}”."
        " Give it with --title; a line that says the same then becomes the title."
    ]
    assert diagnostics(f"Too short\n{TEXT}".encode()) == [
        "dump.txt:1:1: INGEST-TITLE no headline stands above the text. Give it with --title."
    ]


def test_the_editors_title_is_the_articles_title() -> None:
    given = body_of(SMALL, title="Another title")
    assert (given.article.title, given.body) == ("Another title", f"{HEADLINE}\n\n{TEXT}")
    found = body_of(SMALL.replace("Fighting flares", "Fighting\u00a0flares"), title=HEADLINE)
    assert (found.article.title, found.body) == (HEADLINE.replace(" ", "\u00a0", 1), TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "Soldiers stand in a line. (Photo by A Name / An Agency)",
        "Soldiers stand in a line. (Image: An Agency)",
        "Soldiers stand in a line (A Name/AFP)",
        "Soldiers stand in a line (A Name via Getty Images)",
    ],
)
def test_a_caption_stays_and_is_marked(line: str) -> None:
    made = body_of(f"{HEADLINE}\n\n{TEXT}\n{line}\nMore text.\n")
    assert made.body == f"{TEXT}\n\n{line}\n\nMore text."
    assert made.article.blocks == {"2": "caption"}


def test_a_line_that_only_mentions_a_photo_is_no_caption() -> None:
    assert body_of(f"{HEADLINE}\n\n{TEXT}\n\nThe photo (seen by AFP) shows soldiers.\n").article.blocks == {}


def test_lines_without_blank_lines_between_are_paragraphs_where_they_are_long() -> None:
    long = [f"{TEXT} {number}. {TEXT}" for number in range(3)]
    made = body_of("\n".join([HEADLINE, *long]))
    assert made.body == "\n\n".join(long)
    assert [(span.rule, span.text) for span in made.ledger.spans][2:] == [("one-line-paragraph", "\n")] * 2
    verse = body_of("\n".join([HEADLINE, "", TEXT, "a short line", "another"]))
    assert verse.body == f"{TEXT}\na short line\nanother"


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> {{ 7*7 }} {% raw %} [x](javascript:y) <img src=x onerror=z> *a* __b__ | &amp;"
    made = body_of(f"{HEADLINE}\n\n{TEXT}\n\n{hostile}\n\n--- \n\n# Not a heading\n\n1. January")
    assert made.body == f"{TEXT}\n\n{hostile}\n\n---\n\n# Not a heading\n\n1. January"


def test_controls_and_overrides_leave_the_text_and_stand_in_the_ledger(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/dump.txt": f"{HEADLINE}\n\n{TEXT}\n\nA\u202eb\x07c\td\ufeff.\n"})
    assert made.run("ingest", "in/dump.txt").exit == 0
    assert made.file(f"archive/articles/{ID}.md").endswith("\n\nAbc d.\n")
    ledger = made.file(f"archive/ledgers/{ID}.yml")
    assert [line.strip() for line in ledger.splitlines() if "\\u" in line or "\\t" in line] == [
        r'text: "A\u202e"',
        r'text: "b\u0007"',
        r'text: "c\t"',
        r'text: "d\ufeff"',
    ]
    assert made.check() == []


# The articles that are at hand


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "title", "credited", "blocks", "rules", "first", "last"),
    [
        (
            "000_93e78b41e0f89510.txt",
            "Border fighting re-erupts between Azerbaijan and Armenia",
            "Eurasia Times",
            {"1": "caption"},
            "breadcrumb white-space category-line white-space headline white-space white-space source-line",
            "Soldiers carry coffins during funerals",
            "We urge an end to any military hostilities immediately.”",
        ),
        (
            "002_977c8161362e522a.txt",
            "Attacks on the Armenian-Azerbaijani border break out, potentially reigniting an old conflict",
            None,
            {},
            "headline white-space white-space comment-prompt",
            "A decades-old conflict could be on the verge of a reignite",
            "We call for an immediate end to all military hostilities. »",
        ),
    ],
)  # fmt: skip
def test_the_first_two_articles(
    shared: Path,
    name: str,
    title: str,
    credited: str | None,
    blocks: dict[str, str],
    rules: str,
    first: str,
    last: str,
) -> None:
    data = (shared / "articles" / name).read_bytes()
    made = taken(data, name, details())
    assert (made.article.title, made.article.credited, made.article.blocks) == (title, credited, blocks)
    assert " ".join(span.rule for span in made.ledger.spans) == rules
    assert made.ledger.proposals == []
    assert made.body.startswith(first) and made.body.endswith(last)
    assert rebuild(made.body, made.ledger.spans).encode() == data


@pytest.mark.shared
def test_no_rule_takes_more_than_two_lines_of_real_articles(shared: Path) -> None:
    from bench.false_deletions import bodies, headlines_found, measure

    found = list(bodies(shared))
    assert sum(len(body.lines) for body in found) == 2435
    for rule, took in measure(found).items():
        assert len(took.alone) <= 2 and len(took.whole) <= 2, f"{rule} takes {took}"
    assert headlines_found(found) >= 30


# Bad input


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "INGEST-EMPTY the file is empty. Save the page again."),
        (b" \n\t\r\n", "INGEST-EMPTY nothing but white space. Save the page again."),
        (b"\xef\xbb\xbf", "INGEST-EMPTY nothing but white space. Save the page again."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "INGEST-NOT-TEXT not a text file. Give the page as plain text."),
        (b"PK\x03\x04\x14\x00", "INGEST-NOT-TEXT not a text file. Give the page as plain text."),
        (b"\x01\x02\x03\x04", "INGEST-NOT-TEXT not a text file. Give the page as plain text."),
        ("No mark here".encode("utf-16-le"), "INGEST-NOT-TEXT not a text file. Give the page as plain text."),
        *(
            (data, "INGEST-NOT-TEXT not text in the encoding that its byte-order mark names. Save it as UTF-8.")
            for data in (b"\xff\xfea", b"\xfe\xff\xd8\x00", b"\xef\xbb\xbf\xe9")
        ),
        (b"x" * 10_000_001, "INGEST-SIZE 10,000,001 bytes; an article has at most 10,000,000. Split the file."),
        (b"A sentence.", "INGEST-TITLE no headline stands above the text. Give it with --title."),
        (
            b"A short line above\n\nA longer line that says something else.",
            "INGEST-TITLE only an editor can tell whether this is the headline: “A short line above”."
            " Give it with --title; a line that says the same then becomes the title.",
        ),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value[:12]),
)
def test_what_cannot_be_taken_in(data: bytes, expected: str) -> None:
    assert diagnostics(data) == [f"dump.txt:1:1: {expected}"]


def test_nothing_but_furniture_is_not_an_article() -> None:
    assert diagnostics(b"Source: X\n\nLeave a Comment", title="A title") == [
        "dump.txt:1:1: INGEST-EMPTY nothing is left beside the furniture. Save the page again."
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("iso-8859-1", b""), ("windows-1252", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")],
)
def test_other_encodings_give_the_same_article(tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = f"{HEADLINE}\n\n{TEXT}\n\n«Il a été là», dit René.\n"
    data = mark + text.encode(encoding)
    made = archive(tmp_path, {"in/dump.txt": data})
    assert made.run("ingest", "in/dump.txt").exit == 0
    assert made.file(f"archive/articles/{ID}.md").endswith(f"---\n\n{TEXT}\n\n«Il a été là», dit René.\n")
    assert made.files()["archive/originals/dump.txt"] == data
    assert made.check() == []


def failing(made: ArchiveText, *args: str) -> str:
    """Run an ingest that must fail with one line on standard error, and must write nothing."""
    before = made.files()
    result = made.run("ingest", *args)
    assert (result.exit, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert made.files() == before
    return result.stderr


def test_fifty_megabytes_in_one_line(tmp_path: Path) -> None:
    made = archive(tmp_path)
    (tmp_path / "big.txt").write_bytes(b"x" * 50_000_000)
    assert failing(made, "../big.txt") == (
        "../big.txt:1:1: INGEST-SIZE 50,000,000 bytes; an article has at most 10,000,000. Split the file.\n"
    )


def test_what_is_no_file(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/dump.txt": SMALL})
    os.mkfifo(tmp_path / "pipe")
    assert failing(made, "nothing.txt") == "nothing.txt:1:1: INGEST-PATH no such file or directory. Name a file.\n"
    assert failing(made, "../pipe") == "../pipe:1:1: INGEST-PATH not an ordinary file. Name a file.\n"
    assert failing(made, "../../x") == "../../x:1:1: INGEST-PATH no such file or directory. Name a file.\n"
    assert failing(made, "a\nb\u202e.txt") == (
        "a\\u000ab\\u202e.txt:1:1: INGEST-PATH no such file or directory. Name a file.\n"
    )
    far = f"{'a/' * 100}dump.txt"
    assert failing(made, far) == f"{far}:1:1: INGEST-PATH no such file or directory. Name a file.\n"


def test_a_good_file_after_a_bad_one_is_taken_in(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/bad.txt": b"\x00\x01", "in/dump.txt": SMALL})
    result = made.run("ingest", "in/bad.txt", "in/dump.txt")
    assert result.exit == 1
    assert result.stderr == (
        "in/bad.txt:1:1: INGEST-NOT-TEXT neither text, a saved page, a PDF nor a web archive."
        " Give the page as plain text.\n"
    )
    assert f"archive/articles/{ID}.md" in made.files()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.txt", "x.txt"),
        ("-rf", "rf"),
        ("--help.txt", "help.txt"),
        ("a\nb.txt", "a-b.txt"),
        ("a b (1).TXT", "a-b-1.TXT"),
        (".hidden", "hidden"),
        ("$(rm x);`y`.txt", "rm-x-y.txt"),
        ("Գորիս.txt", f"{sha256(SMALL)[:16]}.txt"),
        ("con.txt", f"{sha256(SMALL)[:16]}.txt"),
        ("manifest-sha256.txt", f"{sha256(SMALL)[:16]}-manifest-sha256.txt"),
        ("MANIFEST-SHA256.txt", f"{sha256(SMALL)[:16]}-MANIFEST-SHA256.txt"),
        (f"{'long' * 50}.txt", f"{'long' * 25}.txt"),
    ],
)
def test_hostile_file_names_become_harmless_ones(tmp_path: Path, name: str, kept: str) -> None:
    made = archive(tmp_path / "one" / "two")
    before = made.files()
    source = made.root / "in" / name
    (made.root / "in").mkdir(exist_ok=True)
    source.write_text(SMALL, encoding="utf-8")
    result = made.run("ingest", "--", f"in/{name}")
    assert (result.exit, result.stderr) == (0, "")
    assert result.stdout.count("\n") == 2
    made.assert_file("archive/originals/manifest-sha256.txt", f"{sha256(SMALL)}  {kept}")
    assert made.files()[f"archive/originals/{kept}"] == SMALL.encode()
    assert {path for path in made.files() if not path.startswith("in/")} - before.keys() == {
        f"archive/articles/{ID}.md",
        f"archive/ledgers/{ID}.yml",
        "archive/originals/manifest-sha256.txt",
        f"archive/originals/{kept}",
    }
    assert made.check() == []


def test_an_option_is_not_a_file_name(tmp_path: Path) -> None:
    made = archive(tmp_path, {"-rf": SMALL})
    before = made.files()
    result = made.run("ingest", "-rf")
    assert (result.exit, result.stdout, made.files()) == (2, "", before)
    assert result.stderr.splitlines()[-1] == "Error: No such option '-r'."


def test_two_originals_of_one_name_are_both_kept(tmp_path: Path) -> None:
    other = SMALL.replace("Old Valley", "New Valley")
    made = archive(tmp_path, {"a/dump.txt": SMALL, "b/DUMP.txt": other})
    assert made.run("ingest", "a/dump.txt", "b/DUMP.txt").exit == 0
    made.assert_file(
        "archive/originals/manifest-sha256.txt",
        f"{sha256(other)}  {sha256(other)[:16]}-DUMP.txt\n{sha256(SMALL)}  dump.txt\n",
    )
    assert made.check() == []


def test_two_articles_with_one_id(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/dump.txt": SMALL, "in/other.txt": f"{SMALL}\nMore.\n"})
    assert made.run("ingest", "in/dump.txt").exit == 0
    assert failing(made, "in/other.txt") == (
        f"in/other.txt:1:1: INGEST-ID the id “{ID}” belongs to another article."
        " Give a date, source or title that tells the two apart.\n"
    )


def test_a_damaged_manifest_is_not_written_anew(tmp_path: Path) -> None:
    manifest = f"{sha256('One.')}  one.txt\nnot a line\n"
    made = archive(
        tmp_path, article("one", "One."), {"archive/originals/manifest-sha256.txt": manifest, "in/dump.txt": SMALL}
    )
    assert failing(made, "in/dump.txt") == (
        "archive/originals/manifest-sha256.txt:2:1: MANIFEST-LINE not `sha256  path inside the folder`: “not a line”."
        " Write it as `sha256sum` does, each path once.\n"
    )


def test_a_failed_write_leaves_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/dump.txt": SMALL})
    replace = os.replace

    def full(source: str, target: Path) -> None:
        if Path(target).suffix == ".yml":
            raise OSError(28, "No space left on device", os.fspath(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    result = made.run("ingest", "in/dump.txt")
    assert (result.exit, result.stdout) == (1, "")
    assert result.stderr == f"Error: archive/ledgers/{ID}.yml: No space left on device\n"
    assert not [path for path in made.files() if ".md" in path or "/." in path]
    monkeypatch.undo()
    assert made.run("ingest", "in/dump.txt").exit == 0
    assert made.check() == []


# Names made of what is at hand


@pytest.mark.parametrize(
    ("date", "source", "title", "expected"),
    [
        ("2022-09-13", "goris-press", "Attacks on the border", "2022-09-13-goris-press-attacks-on-the-border"),
        ("[2022-09-13..2022-09-14]", None, "Attack", "2022-09-13-unknown-attack"),
        ("../2022", None, "Attack", "undated-unknown-attack"),
        (None, None, "Ağdərə’s ‘quiet’ Ilıq—day: №5", "undated-unknown-agderes-quiet-iliq-day-no5"),
        (None, None, "One, two, three, four, five, six, seven of", "undated-unknown-one-two-three-four-five-six-seven"),
        (None, None, f"{'a' * 22} {'b' * 21}", f"undated-unknown-{'a' * 22}-{'b' * 21}"),
        (None, None, f"{'a' * 22} {'b' * 22}", f"undated-unknown-{'a' * 22}"),
        ("2022-09-13", "goris-press", "Հայաստան", f"2022-09-13-goris-press-{sha256('Հայաստան')[:8]}"),
        ("2022-09-13", "goris-press", "The of", f"2022-09-13-goris-press-{sha256('The of')[:8]}"),
        ("2022-09-13", "a" * 60, "Հայաստան", f"2022-09-13-{'a' * 40}-{sha256('Հայաստան')[:8]}"),
        ("2022-09-13", "a" * 60, "Attack", f"2022-09-13-{'a' * 40}-{sha256('Attack')[:8]}"),
    ],
)  # fmt: skip
def test_ids_of_articles(date: str | None, source: str | None, title: str, expected: str) -> None:
    assert slug(date, source, title) == expected


@given(
    st.dates().map(str) | st.none(),
    st.from_regex(r"[a-z][a-z0-9]{0,40}(-[a-z0-9]{1,9}){0,2}", fullmatch=True) | st.none(),
    st.text(min_size=1),
)
def test_every_id_is_a_good_one(date: str | None, source: str | None, title: str) -> None:
    identifier = slug(date, source, title)
    assert re.fullmatch(ARTICLE_ID_PATTERN, identifier) and len(identifier) <= 60


@given(st.text(min_size=1).filter(lambda name: "/" not in name and name not in (".", "..")))
def test_every_name_of_an_original_is_a_good_one(name: str) -> None:
    kept = safe_name(name, "0" * 64)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", kept) and len(kept) <= 111
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", kept) and not kept.endswith(".")
