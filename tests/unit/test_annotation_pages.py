"""The pages about annotations: what is listed, in what order, in how many parts, and who is named."""

from __future__ import annotations

import re
from pathlib import Path

from annotated_archive import pages
from annotated_archive.graph import resolve
from annotated_archive.pages import annolist
from annotated_archive.store import load
from language import ArchiveText, Files, actor, archive, article, event, place, readable, works

LETTER = pages.Settings("Test archive", "contact@archive.example", "")


def note(
    identifier: str, carrier: str, target: str, kind: str = "note", day: str = "2026-11-20", status: str = "open",
    author: str = "name: A reader", body: str = "What it says.", more: str = "",
) -> Files:  # fmt: skip
    """An annotation of an article, or (carrier `work/ID`) of a work."""
    _, _, work = carrier.partition("/")
    folder = f"_works/{work}" if work else carrier
    written = "" if status == "removed" else f"body: {body}\nauthor: {{{author}}}\n"
    return {
        f"archive/annotations/{folder}/{identifier}.yml": f"id: {identifier}\nkind: {kind}\n"
        f"{f'work: {work}' if work else f'article: {carrier}'}\ntargets: [{target}]\n{written}{more}"
        f'created: "{day}T10:00:00Z"\nlicense: CC-BY-4.0\nstatus: {status}\n'
    }


CLAIM = """claim:
  event: fighting
  measure: deaths
  subject: {side: goris, category: servicemen}
  value: {number: 49, as_written: "49"}
  as_of: "2022-09-13"
  claimant: ministry
  stance: own-losses
"""


def made(folder: Path, *notes: Files) -> ArchiveText:
    """Two articles, one of which is withheld, and a work."""
    return archive(
        folder,
        works("a-work"),
        place("goris"),
        actor("ministry", side="goris"),
        event("fighting"),
        article("first", "Shells fell on Goris.", title="The first", places=["goris"], date="2022-09-13",
                date_source="page"),
        article("second", "", title="The second", date="2022-09-14", date_source="page"),
        *notes,
    )  # fmt: skip


def everything(folder: Path) -> ArchiveText:
    """An annotation of every kind and state."""
    return made(
        folder,
        note("aaaaaaa1", "first", "{exact: fell}", author="name: Ani, github: ani-x"),
        note("aaaaaaa2", "first", "{exact: Shells}", "correction", "2026-11-21"),
        note("aaaaaaa3", "first", "{exact: Goris}", "question", "2026-11-21"),
        note("aaaaaaa4", "first", "{annotation: aaaaaaa3}", day="2026-11-22", author="name: Bo"),
        note("aaaaaaa5", "first", "{exact: fell on}", "question", status="withdrawn", more="reason: I was wrong\n"),
        note("aaaaaaa6", "first", "{}", "link", status="removed", more="reason: It did harm\n"),
        note("aaaaaaa7", "second", "{exact: Secret words, unplaced: the text is withheld}", body="On a withheld text."),
        note("aaaaaaa8", "work/a-work", '{exact: "49 killed"}', "claim", more=CLAIM),
    )


def page(made_of: ArchiveText, name: str) -> str:
    """One page about annotations, as a reader reads it."""
    return readable(made_of.pages()[f"annotations/{name}.md"].html)


def test_words_that_are_corrected_are_not_listed_without_their_correction(tmp_path: Path) -> None:
    listed = made(
        tmp_path,
        note("aaaaaaa1", "first", "{exact: fell on Goris}"),
        note("aaaaaaa2", "first", "{exact: Goris}", "correction", body="It was *not* Goris."),
    ).pages()
    for name in ("index", "changes"):
        html = listed[f"annotations/{name}.md"].html
        entry = html[html.index("fell on Goris") :].partition("</li>")[0]
        assert '<a href="../articles/first.html#a-aaaaaaa2">Correction 2</a></b> It was not Goris.</p>' in entry
        assert html.count("It was not Goris.") == 2, "a correction needs no correction of its own"


def test_all_annotations_are_listed_by_article_and_work(tmp_path: Path) -> None:
    made_of = everything(tmp_path)
    assert [line.split()[1] for line in made_of.check()] == ["RIGHTS-QUOTE"]
    text = page(made_of, "index")
    order = [
        "## The first", "1 · Correction", "[Shells](../articles/first.html#a-aaaaaaa2)", "2 · Note",
        "[fell](../articles/first.html#a-aaaaaaa1)", "3 · Question withdrawn", "4 · Question", "1 reply",
        "[Removed](../articles/first.html#a-aaaaaaa6)", "It did harm", "## The second",
        "[Words that are not published here]", "On a withheld text.", "## ", "Claim",
        "[49 killed](../said/fighting-deaths.html#c-aaaaaaa8)", "Ministry: 49 service personnel of Goris killed",
    ]  # fmt: skip
    at = -1
    for words in order:
        found = text.find(words, at + 1)
        assert found > at, (words, text[at:])
        at = found
    assert "1 correction, 1 claim, 2 questions, 2 notes, 1 link; 1 reply below them" in text
    assert "Secret words" not in text


def test_every_row_leads_to_its_annotation(tmp_path: Path) -> None:
    made_of = everything(tmp_path)
    found = made_of.pages()
    for name in ("index", "questions", "changes"):
        html = found[f"annotations/{name}.md"].html
        hrefs = re.findall(r'class="(?:words|whole)"><a href="\.\./([^"#]+)\.html#([^"]+)"', html)
        assert hrefs
        for path, fragment in hrefs:
            assert f'id="{fragment}"' in found[f"{path}.md"].html, (name, path, fragment)


def test_a_claim_of_a_whole_work_is_its_sentence(tmp_path: Path) -> None:
    text = page(made(tmp_path, note("aaaaaaa8", "work/a-work", "{}", "claim", more=CLAIM)), "index")
    sentence = "Ministry: 49 service personnel of Goris killed, as of 13 September 2022, in A Work"
    assert text.count(sentence) == 1
    assert f"[{sentence}](../said/fighting-deaths.html#c-aaaaaaa8)" in text


def test_rows_say_what_the_filters_ask_for(tmp_path: Path) -> None:
    html = everything(tmp_path).pages()["annotations/index.md"].html
    rows = re.findall(r'data-kind="(\w+)" data-place="([\w-]+)" data-status="(\w+)" data-author="([^"]*)"', html)
    assert ("note", "first", "open", "Ani") in rows and ("claim", "a-work", "open", "A reader") in rows
    assert ("link", "first", "removed", "") in rows


def test_open_questions_are_neither_withdrawn_nor_removed(tmp_path: Path) -> None:
    text = page(everything(tmp_path), "questions")
    assert "Goris" in text and "1 entry" in text
    assert "withdrawn" not in text.split("#", 2)[-1]


def test_a_disputed_question_is_still_open(tmp_path: Path) -> None:
    asked = note("aaaaaaa1", "first", "{exact: fell}", "question", status="disputed", more="reason: Two answers\n")
    assert "1 entry" in page(made(tmp_path, asked), "questions")


def test_changes_stand_by_day_the_newest_first(tmp_path: Path) -> None:
    text = page(everything(tmp_path), "changes")
    days = re.findall(r"^## (.*)$", text, re.M)
    assert days == [
        "22 November 2026 1 reply",
        "21 November 2026 1 correction, 1 question",
        "20 November 2026 1 claim, 1 question, 2 notes, 1 link",
    ]
    assert text.index("Reply") < text.index("1 · Correction")
    assert "[In reply to another annotation](../articles/first.html#a-aaaaaaa4)" in text


def test_contributors_stand_in_the_order_of_the_alphabet_those_with_credit_first(tmp_path: Path) -> None:
    text = page(everything(tmp_path), "contributors")
    assert re.findall(r"^- (Ani|A reader|Bo)", text, re.M) == ["Ani", "A reader", "Bo"]
    assert "- Ani [github.com/ani-x](https://github.com/ani-x)[1 annotation](index.html): 1 note" in text
    assert "- Bo1 reply" in text
    html = everything(tmp_path / "again").pages()["annotations/contributors.md"].html
    assert 'data-choose="author=A%20reader"' in html  # what the script adds to the address


def test_an_archive_without_annotations_says_so(tmp_path: Path) -> None:
    made_of = made(tmp_path)
    for name in annolist.PAGES:
        assert "Nothing is recorded here yet." in page(made_of, name)


def test_the_home_page_leads_to_the_annotations(tmp_path: Path) -> None:
    html = pages.home_html(resolve(load(everything(tmp_path).root)), LETTER)
    assert '<a class="annotations" href="annotations/index.html"><b>7</b> Annotations</a>' in html


def test_hostile_names_and_words_are_shown_as_words(tmp_path: Path) -> None:
    made_of = made(
        tmp_path, note("aaaaaaa1", "first", "{exact: fell}", author='name: "<b>\\"x\\"&#"', body='"<i>hello</i>"')
    )
    for name in ("index", "changes", "contributors"):
        html = made_of.pages()[f"annotations/{name}.md"].html
        assert "<b>\"" not in html and "<i>" not in html
        assert "&lt;b&gt;&#34;x&#34;&amp;#" in html


def test_two_people_of_one_name_are_told_apart_by_their_orcid(tmp_path: Path) -> None:
    made_of = made(
        tmp_path,
        note("aaaaaaa1", "first", "{exact: fell}", author='name: Ani, orcid: "0000-0002-1825-0097"'),
        note("aaaaaaa2", "first", "{exact: Shells}", author='name: Ani, orcid: "0000-0001-5109-3700"'),
    )
    assert made_of.check() == []
    html = made_of.pages()["annotations/contributors.md"].html
    for orcid in ("0000-0002-1825-0097", "0000-0001-5109-3700"):
        assert html.count(f"https://orcid.org/{orcid}") == 1
