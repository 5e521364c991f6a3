"""What is doubted of a capture is said, and stays in the record: also of a further capture, and of another version."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from saved_pages import html

from annotated_archive.cli import main
from annotated_archive.ingest import Candidate, Details, Doubt, ingest
from annotated_archive.ingest.article import outlet_at
from annotated_archive.ingest.captures import doubted
from annotated_archive.records import yamlio
from language import ArchiveText, actor, archive, readable, sha256

HEAD = "Fighting flares along the border of the Old Valley"
PARAGRAPHS = [
    "Fighting has flared along the border of the Old Valley, officials in the Old Valley said on Tuesday morning.",
    "Shells fell on three villages above the river at night, and nobody was hurt, the mayor of one of them said.",
    "The ministry of defence denied that its soldiers had fired first and called for calm along the whole line.",
    "Observers are to visit the place on Thursday, as both sides have agreed, and will report what they have seen.",
]
ID = "2022-09-13-unknown-fighting-flares-along-the-border"
ADDRESS = "https://valley.example/news/1"


def story(
    paragraphs: list[str] = PARAGRAPHS, title: str = HEAD, day: str = "2022-09-13", url: str = ADDRESS, more: str = ""
) -> str:
    head = f'<link rel="canonical" href="{url}"><meta property="article:published_time" content="{day}">'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return html(f"<article><h1>{title}</h1>{body}</article>{more}", head=head)


def ledger(made: ArchiveText, name: str, folder: str = "archive") -> Any:
    return yamlio.read(made.file(f"{folder}/ledgers/{name}.yml"), "").data


def gives(monkeypatch: pytest.MonkeyPatch, *pages: Candidate) -> None:
    monkeypatch.setattr("annotated_archive.ingest.containers.pages", lambda saved: iter(pages))


# In the record


def test_doubts_stay_in_the_ledger_of_every_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, {"in/a.warc": "a", "in/b.warc": "b"})
    remark = "the record's own checksum is not that of its content"
    gives(monkeypatch, Candidate("wacz", "html", story().encode(), url=ADDRESS, remarks=(remark,)))
    said = f"  INGEST-REMARK {remark}. Look at the capture.\n"
    kept = [{"rule": "INGEST-REMARK", "message": remark}]
    assert said in made.run("ingest", "in/a.warc").stdout
    assert ledger(made, ID)["doubts"] == kept
    again = made.run("ingest", "in/b.warc")
    assert "the same text as" in again.stdout and said in again.stdout
    assert ledger(made, f"{ID}.2")["doubts"] == kept
    assert made.check() == []


def test_a_ledger_does_not_say_where_on_somebodys_disk_a_page_lay() -> None:
    told = doubted(Doubt("INGEST-REMARK", "no address of the web: “file:///C:/saved/ani/a.html”, e\u0301\u202e\n", ""))
    assert told.message == "no address of the web: “file:…”, é\\u202e"


# The same text, and the same page


def test_a_further_capture_that_says_otherwise_is_doubted_for_each_difference(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story()})
    made.run("ingest", "in/a.html")
    other = story(title="Another headline", day="2022-09-15", url="https://other.example/x")
    made.write({"in/b.html": other})
    result = made.run("ingest", "in/b.html")
    assert [line for line in result.stdout.splitlines() if "INGEST-DIFFERS" in line] == [
        f"  INGEST-DIFFERS the same text with another {name}: “{there}”; that of {ID} is “{here}”."
        " The record was left as it is. See whether both are right."
        for name, there, here in [
            ("title", "Another headline", HEAD),
            ("date", "2022-09-15", "2022-09-13"),
            ("address", "https://other.example/x", ADDRESS),
        ]
    ]
    kept = ledger(made, f"{ID}.2")
    assert [doubt["rule"] for doubt in kept["doubts"]] == ["INGEST-DIFFERS"] * 3
    assert {"https://other.example/x", "Another headline"} <= {found["value"] for found in kept["found"]}


def test_the_same_page_again_with_the_same_text_is_not_doubted(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story(), "in/b.html": story(url="http://www.valley.example/news/1/#top")})
    made.run("ingest", "in/a.html")
    assert "INGEST" not in made.run("ingest", "in/b.html").stdout
    assert "doubts" not in ledger(made, f"{ID}.2")


def test_another_version_of_a_page_is_an_article_of_its_own(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/1.html": story()})
    assert made.run("ingest", "in/1.html").exit == 0
    changed = [*PARAGRAPHS[:3], "The visit of the observers has been called off, it was said late in the evening."]
    made.write({"in/2.html": story(changed), "in/3.html": story(changed[:3]), "in/4.html": story(changed) + "\n"})
    second = made.run("ingest", "in/2.html")
    assert second.exit == 0
    assert f"INGEST-VERSION another version of {ID}: same address, title and date, other words" in second.stdout
    assert f"with {ID}." in second.stdout and "Shares " in second.stdout
    assert made.run("ingest", "in/3.html").exit == 0
    assert f"the same text as {ID}-2; is now its capture 2." in made.run("ingest", "in/4.html").stdout
    assert f'id: "{ID}-3"\n' in made.file(f"archive/articles/{ID}-3.md")
    assert ledger(made, f"{ID}-2")["article"] == f"{ID}-2"
    assert made.check() == []


def test_another_page_with_the_same_id_is_still_refused(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/1.html": story()})
    made.run("ingest", "in/1.html")
    made.write({"in/2.html": story(PARAGRAPHS[:3], url="https://valley.example/news/2")})
    assert f"INGEST-ID the id “{ID}” belongs to another article" in made.run("ingest", "in/2.html").stderr


# What may be published


def test_withholding_what_is_there_in_full_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story(), "b.html": story() + "\n"})
    made.run("ingest", "in/a.html")
    said = f"INGEST-PUBLISH metadata was asked for; {ID} stays published in full. `archive withhold {ID} --publish"
    assert said in made.run("ingest", "--publish", "metadata", "in/a.html").stdout
    assert said in made.run("ingest", "--publish", "metadata", "b.html").stdout
    assert ledger(made, f"{ID}.2")["doubts"][0]["rule"] == "INGEST-PUBLISH"
    assert "INGEST-PUBLISH" not in made.run("ingest", "in/a.html").stdout


def test_a_near_copy_of_a_withheld_text_is_not_published_unless_an_editor_says_so(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story()})
    made.run("ingest", "--publish", "metadata", "in/a.html")
    near = story([*PARAGRAPHS[:3], "The visit of the observers has been called off."], "Border quiet again at night")
    made.write({"in/b.html": near})
    result = made.run("ingest", "--yes", "in/b.html")
    assert result.exit == 1
    assert f"of its words are those of {ID}, whose text is withheld. Say with --publish" in result.stderr
    assert len(list((made.root / "archive/articles").iterdir())) == 1
    kept_back = made.run("ingest", "--publish", "excerpt", "--dry-run", "in/b.html")
    assert kept_back.exit == 0 and "INGEST-WITHHELD" not in kept_back.stdout
    full = made.run("ingest", "--publish", "full", "in/b.html")
    assert full.exit == 0 and "INGEST-WITHHELD" in full.stdout
    assert sum("INGEST-WITHHELD" in path.read_text() for path in (made.root / "archive/ledgers").iterdir()) == 1


def test_a_text_that_shares_little_with_a_withheld_one_is_taken_in(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story()})
    made.run("ingest", "--publish", "metadata", "in/a.html")
    other = [PARAGRAPHS[0], *(f"{word} was said of the harvest of apricots in the south this year." for word in
                              ("Much", "Little", "Nothing new", "Something else", "More than ever", "A word"))]
    made.write({"in/b.html": story(other, "Apricots are dear this year in the whole south")})
    assert made.run("ingest", "in/b.html").exit == 0


# The outlet


OUTLETS = {"valley.example": "valley-times", "other.example": "other-post"}


@pytest.mark.parametrize(
    ("saved_from", "canonical", "outlet", "said"),
    [
        (ADDRESS, ADDRESS, "valley-times", None),
        ("https://m.valley.example/1", ADDRESS, "valley-times", None),
        (None, ADDRESS, "valley-times", "is known only by the address that the page gives itself"),
        ("https://evil.example/1", ADDRESS, None, "they do not belong to one outlet, and none was taken"),
        (ADDRESS, "https://other.example/1", None, "they do not belong to one outlet, and none was taken"),
        ("https://valley.example.evil.example/1", "https://valley.example.evil.example/1", None, None),
    ],
)
def test_the_outlet_is_that_of_the_address_of_the_capture(
    saved_from: str | None, canonical: str, outlet: str | None, said: str | None
) -> None:
    page = Candidate("html", "html", story(url=canonical).encode(), url=saved_from)
    made = ingest(page, "a.html", sha256("a"), Details(), OUTLETS)
    assert made.article.source == outlet
    doubts = [doubt.message for doubt in made.doubts if doubt.rule == "INGEST-OUTLET"]
    assert len(doubts) == (said is not None) and all(str(said) in doubt for doubt in doubts)
    assert ingest(page, "a.html", sha256("a"), Details(source="valley-times"), OUTLETS).article.source == "valley-times"


@pytest.mark.parametrize(
    ("host", "outlet"),
    [
        ("valley.example", "valley-times"),
        ("www.valley.example", "valley-times"),
        ("valley.example.evil.org", None),
        ("notvalley.example", None),
        ("example", None),
    ],
)
def test_a_domain_is_matched_label_by_label(host: str, outlet: str | None) -> None:
    assert outlet_at(f"https://{host}/valley.example", OUTLETS) == outlet


# The date


def test_a_date_after_the_day_on_which_it_is_taken_in_is_left_out(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story(day="2099-01-01")})
    made.write({"in/b.html": story(PARAGRAPHS[:3], day="2022-11-23")})
    result = made.run("ingest", "in/a.html")
    assert "INGEST-DATE the date “2099-01-01” of the page lies in the future" in result.stdout
    assert "date: null" in made.file("archive/articles/undated-unknown-fighting-flares-along-the-border-of-the-old.md")
    assert "INGEST-DATE" not in made.run("ingest", "in/b.html").stdout


def test_names_of_actors_lead_to_their_domains(tmp_path: Path) -> None:
    made = archive(tmp_path, actor("valley-times", type="outlet", domains=["valley.example"]), {"in/a.html": story()})
    assert "INGEST-OUTLET the outlet “valley-times” is known only by" in made.run("ingest", "in/a.html").stdout


# Pasted texts


TEXT = " ".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "language"),
    [(f"{HEAD}\n\n{HEAD}\n\n{TEXT}", "en"), (f"{HEAD}\n\n{HEAD}\n\nShells fell at night on three villages.", "und")],
)
def test_the_language_of_a_pasted_text_is_that_of_its_words_where_that_is_sure(text: str, language: str) -> None:
    made = ingest(Candidate("text", "text", text.encode()), "a.txt", sha256("a"), Details())
    assert made.article.language == language
    told = [("language", "en", "text")] if language == "en" else []
    assert [(found.field, found.value, found.origin) for found in made.ledger.found] == told
    given = ingest(Candidate("text", "text", text.encode()), "a.txt", sha256("a"), Details(language="hy"))
    assert given.article.language == "hy"


@pytest.mark.parametrize("title", [None, "Border quiet"])
def test_a_headline_marked_in_markdown_is_set_aside_and_other_marks_are_doubted(title: str | None) -> None:
    last = "**Shells** fell, [the mayor](https://valley.example/1) said: 2 * 3 * 4."
    text = f"# Border quiet\n\n{PARAGRAPHS[0]}\n\n{last}\n"
    made = ingest(Candidate("text", "text", text.encode()), "a.md", sha256("a"), Details(title=title))
    assert made.article.title == "Border quiet"
    assert made.body.startswith("Fighting has flared") and "**Shells** fell, [the mayor](https" in made.body
    assert [span.rule for span in made.ledger.spans if "# Border quiet" in span.text] == ["headline"]
    assert [(doubt.rule, doubt.message) for doubt in made.doubts] == [
        ("INGEST-MARKUP", "marks of Markdown stay in the text: links 1, emphases 1")
    ]


def test_on_a_terminal_a_line_that_may_be_the_headline_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path, {"in/a.txt": f"Border quiet again.\n{TEXT}\n\n{PARAGRAPHS[1]}\n"})
    refused = made.run("ingest", "in")
    assert "only an editor can tell whether this is the headline: “Border quiet again.”" in refused.stderr
    monkeypatch.setattr("annotated_archive.cli.ingesting._terminal", lambda: True)
    with contextlib.chdir(made.root):
        result = CliRunner(catch_exceptions=False).invoke(main, ["ingest", "in"], input="a\na\n")
    assert "[a]ccept it as the title, [e]dit, [s]kip, [q]uit [a]: " in result.stdout
    text = made.file("archive/articles/undated-unknown-border-quiet-again.md")
    assert "\ntitle: Border quiet again.\n" in text and text.count("Border quiet again.") == 1
    assert made.check() == []


# On the pages


def test_doubts_and_what_a_further_capture_says_of_itself_are_shown(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.html": story()})
    made.run("ingest", "in/a.html")
    made.write({"in/b.html": story(title="<b>Another</b> headline & more", url="https://other.example/x")})
    made.run("ingest", "in/b.html")
    shown = readable(made.pages()["custody.md"].html)
    assert "its own title: Another headline & more" in shown
    assert "its own address: https://other.example/x" in shown
    assert "in doubt: the same text with another address: “https://other.example/x”; that of" in shown
