"""The pages that compare claims: figures by side and category, each side's words, and the same statement twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from annotated_archive.graph import resolve
from annotated_archive.pages import Page, Settings, pages, wording
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.said_chart import label
from annotated_archive.pages.saying import amount, path_of, sentence
from annotated_archive.records import yamlio
from annotated_archive.records.claim import UNCOUNTED, Category, Measure, Stance, Value
from annotated_archive.store import load
from language import ArchiveText, Files, actor, archive, article, event, place, readable, tree, works

BODY = "The ministry said at least 49 soldiers were killed.\n\n“We urge an end to it,” the envoy said."
DEATHS = "said/fighting-deaths.md"


def claim(identifier: str, where: str, exact: str = "", /, **fields: Any) -> Files:
    """A claim's file: of the article `first`, or of a work. `number` and `written` stand for the value."""
    carried = {"article": where} if where in ("first", "kept-back") else {"work": where}
    rest = {key: fields.pop(key) for key in ("relations", "status", "reason", "body") if key in fields}
    number, written = fields.pop("number", None), fields.pop("written", None)
    if "position" not in fields:
        value = number if isinstance(number, dict) else {"number": number}
        subject = fields.pop("subject", {"side": "armenia", "category": "servicemen"})
        fields = {"measure": "deaths", "subject": subject, "stance": "own-losses"} | fields
        fields = {k: v for k, v in fields.items() if v}
        fields["value"] = {**value, "as_written": written or str(number)}
    record = {
        "id": identifier, "kind": "claim", **carried,
        "targets": [{"part": "body", **({"exact": exact} if exact else {})}],
        "claim": {"event": "fighting", "as_of": "2022-09-13", "claimant": "ministry", **fields},
        "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0",
        "status": "open", **rest,
    }  # fmt: skip
    folder = where if "article" in carried else f"_works/{where}"
    return {f"archive/annotations/{folder}/{identifier}.yml": yamlio.write(record)}


def relation(kind: str, other: str) -> list[dict[str, str]]:
    return [{"type": kind, "claim": other}]


def question(**fields: str) -> Files:
    record = {"id": "who-fired-first", "question": "Who fired first?", "event": "fighting", **fields}
    return {"archive/questions.yml": yamlio.write([record])}


RECORD: Files = {
    **place("armenia", type="country"),
    **place("azerbaijan", type="country"),
    **actor("ministry", name="Ministry of Defence", side="armenia"),
    **actor("their-ministry", name="Their Ministry", side="azerbaijan"),
    **actor("envoy", name="The Envoy", type="person"),
    **actor("gazette", name="Gazette", type="outlet"),
    **event("fighting", name="Fighting of September"),
    **works("a-work", {"id": "report", "title": "Report", "container_title": "The Report"}),
    **article("first", BODY, source="gazette"),
}


@pytest.fixture
def made(tmp_path: Path) -> ArchiveText:
    return archive(tmp_path, RECORD)


def written(made: ArchiveText, *sides: str) -> dict[str, Page]:
    settings = Settings(name="Test archive", contact="", repo_url="", sides=sides, as_of="8 June 2026")
    return {page.path: page for page in pages(resolve(load(made.root)), settings)}


RECORDED = "A reader · 22 November 2026 about this claim [CC BY 4.0] · [Link to this claim]"
"""What stands of a work's claim in the folded line below it."""


def rows(page: Page) -> list[str]:
    """The rows of all tables, as a reader reads them."""
    found = re.findall(r"<tr (?:class=\"(?:day|figure)[^>]*)>.*?</tr>", page.html, re.DOTALL)
    return [" ".join(re.sub(r"\]\([^)]*\)", "]", readable(row)).split()).removeprefix("| ") for row in found]


@pytest.mark.parametrize(
    ("value", "words", "short"),
    [
        ({"number": 6500}, "6,500", "6,500"),
        ({"number": 450, "approx": True}, "about 450", "c. 450"),
        ({"min": 10}, "at least 10", "≥ 10"),
        ({"max": 10}, "at most 10", "≤ 10"),
        ({"min": 140, "max": 150}, "140–150", "140–150"),
        ({"min": 140, "max": 140}, "140", "140"),
        ({"number": 1.5}, "1.5", "1.5"),
    ],
)
def test_a_figure_in_our_words(value: dict[str, Any], words: str, short: str) -> None:
    found = Value(as_written="x", **value)
    assert (amount(found), label(found)) == (words, short)


def said(made: ArchiveText, identifier: str) -> str:
    graph = resolve(load(made.root))
    draft = Draft(Site(graph, Settings(name="Test archive", contact="", repo_url="")), "notes")
    return readable(str(sentence(draft, graph.claims[identifier]))).strip()


def test_a_claim_is_said_in_one_sentence(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "first", "at least 49", number={"min": 49}, written="at least 49", via=["envoy", "report"]),
        claim("claimbbb", "report", number=9, subject={"all": True, "category": "dead-and-missing"},
              stance="third-party"),
        claim("claimccc", "report", number=10, measure="territory", subject={"side": "armenia"}, stance=None),
        claim("claimddd", "report", number=44, measure="duration", subject={"all": True}, stance=None),
        claim("claimeee", "report", position={"question": "who-fired-first", "as_quoted": "they did"}),
        question(),
    )  # fmt: skip
    assert said(made, "claimaaa") == (
        "[Ministry of Defence](actors/ministry.html): at least 49 service personnel of [Armenia](places/armenia.html) "
        "killed, as of 13 September 2022, via [The Envoy](actors/envoy.html), "
        "via [The Report](bibliography.html#report), in [the Gazette article](articles/first.html#a-claimaaa)"
    )
    assert ": 9 of all sides together dead and missing, as of" in said(made, "claimbbb")
    assert ": 10 square kilometres of territory ([Armenia](places/armenia.html)), as of" in said(made, "claimccc")
    assert ": 44 days (all sides together), as of" in said(made, "claimddd")
    assert ": to the question “Who fired first?”: they did, as of" in said(made, "claimeee")
    graph = resolve(load(made.root))
    paths = [path_of(graph, file.record.claim) for _, file in sorted(graph.claims.items()) if file.record.claim]
    assert paths == [
        "said/fighting-deaths", "said/fighting-deaths", "said/fighting-territory", "said/fighting-duration",
        "questions/who-fired-first",
    ]  # fmt: skip


def test_each_figure_has_a_row_with_its_words_its_voice_and_its_place_beside_the_others(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "first", "at least 49 soldiers", number={"min": 49}, written="at least 49 soldiers",
              as_of="2022-09-13T10:00:00+04:00"),
        claim("claimbbb", "report", number=105, as_of="2022-09-14", relations=relation("updates", "claimaaa")),
        claim("claimccc", "report", number={"number": 450, "approx": True}, written="some 450", as_of="2022-09",
              claimant="their-ministry", stance="opponent-losses", status="disputed", reason="Not read."),
    )  # fmt: skip
    assert rows(written(made)[DEATHS]) == [
        "13 September 2022",
        "[at least 49 soldiers] 10:00 [#] | [Ministry of Defence] own losses in [the Gazette article]"
        " | followed by [105] (14 September)",
        "14 September 2022",
        f"[105] hour not recorded [#] | [Ministry of Defence] own losses in [The Report] {RECORDED}"
        " | updates [at least 49] (13 September) differs from [about 450] (September), [Their Ministry]",
        "September 2022",
        "[some 450] read as about 450 day not recorded [#] | [Their Ministry] ([Azerbaijan]) opponent’s losses"
        f" in [The Report] {RECORDED} | disputed Not read. differs from [105] (14 September), [Ministry of Defence]",
    ]


def test_what_was_remarked_on_a_claim_and_the_replies_to_it_stand_with_it(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "report", number=105, body="Said in *parliament*."),
        claim("claimbbb", "first", "at least 49 soldiers", number={"min": 49}, written="at least 49"),
        tree(
            """
            === archive/annotations/_works/report/reply001.yml
            id: reply001
            kind: note
            work: report
            targets:
              - annotation: claimaaa
            body: |-
              The next day as well.
            author:
              name: Another
            created: "2026-11-23T10:00:00Z"
            license: CC-BY-4.0
            status: open
            """
        ),
    )
    assert made.check() == []
    page = written(made)[DEATHS].html
    work = page[page.index('id="c-claimaaa"') :].partition("</tr>")[0]
    assert "<p>Said in <em>parliament</em>.</p>" in work
    assert 'id="a-reply001"' in work and "The next day as well." in work
    # What an article carries has its whole record beside the words there.
    assert "about this claim" not in page[page.index('id="c-claimbbb"') :].partition("</tr>")[0]


def test_categories_stand_apart_and_a_sentence_says_why(made: ArchiveText) -> None:
    dead = {"side": "armenia", "category": "dead-and-missing"}
    both = {"all": True, "category": "servicemen"}
    made.write(
        claim("claimaaa", "report", number=202),
        claim("claimbbb", "report", number=207, subject=dead),
        claim("claimccc", "report", number=300, subject=both, stance="third-party"),
        claim("claimddd", "report", number=71, subject={"side": "azerbaijan", "category": "servicemen"}),
    )
    page = written(made)[DEATHS]
    headings = re.findall(r"<h([23])>(.*?)</h", page.html.partition('id="cite"')[0])
    assert [(level, re.sub("<[^>]*>", "", words)) for level, words in headings] == [
        ("2", "Armenia"), ("3", "service personnel"), ("3", "dead and missing, counted together"), ("2", "Azerbaijan"),
        ("3", "service personnel"), ("2", "All sides together"), ("3", "service personnel"),
    ]  # fmt: skip
    assert "“Dead and missing” is not “dead”" in page.html
    assert "differs from" not in page.html and "<svg" not in page.html


def test_one_category_needs_no_warning(made: ArchiveText) -> None:
    made.write(claim("claimaaa", "report", number=202))
    html = written(made)[DEATHS].html
    assert "different counts" not in html and "aa-asof" not in html and "Hours are in" not in html


def test_the_chart_joins_what_followed_and_never_two_voices(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "report", number={"min": 49}, written="at least 49"),
        claim("claimbbb", "report", number=105, as_of="2022-09-14"),
        claim("claimccc", "report", number={"min": 140, "max": 150}, written="140 to 150", as_of="2022-09-15"),
        claim("claimddd", "report", number=450, as_of="2022-09-15", claimant="their-ministry",
              stance="opponent-losses"),
        claim("claimeee", "report", number=460, as_of="2022-10", claimant="their-ministry", stance="third-party"),
    )  # fmt: skip
    html = written(made)[DEATHS].html
    assert html.count('class="step') == 1, "from 49 to 105; a range has no middle to lead a line to"
    assert html.count('class="point') == 4 and html.count('class="range"') == 1 and html.count('class="open"') == 1
    assert re.findall(r'<span class="voice (v\d)">.*?</svg>(.*?)</span>', html) == [
        ("v1", "Armenia, own losses"), ("v2", "Azerbaijan, third party"),
    ]  # fmt: skip
    assert "450" in html, "what is said of the opponent's losses stands in the table alone"
    [described] = re.findall(r"<desc[^>]*>(.*?)</desc>", html)
    assert described.startswith("end of 13 September 2022: ≥ 49, Armenia, own losses; end of 14 September 2022: 105,")


def test_labels_cover_neither_marks_nor_each_other(made: ArchiveText) -> None:
    for number in range(6):
        made.write(claim(f"claimaa{number}", "report", number=100 + number, as_of="2022-09-13", claimant="envoy"))
    made.write(claim("claimzzz", "report", number=100, as_of="2022-09-14"))
    html = written(made)[DEATHS].html
    spots = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="middle">10\d<', html)
    assert len(set(spots)) == len(spots) == 7


def test_a_figure_printed_twice_is_one_figure_with_both_places(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "first", "at least 49 soldiers were killed", number={"min": 49}, written="at least 49"),
        claim("claimbbb", "report", "At least 49 soldiers died", number={"min": 49}, written="49 or more",
              claimant="envoy", via=["gazette"], relations=relation("repeats", "claimaaa")),
    )  # fmt: skip
    page = written(made)[DEATHS]
    assert rows(page)[1:] == [
        "[at least 49] hour not recorded [#] | [Ministry of Defence] own losses in [the Gazette article]"
        " also printed in [The Report], as said by [The Envoy], as 49 or more, via [Gazette]"
        f" The claim in [The Report]: {RECORDED}"
    ]
    assert "1 figure by 2 claimants" in page.html
    assert 'id="c-claimbbb"' in page.html
    text = readable(page.html)
    assert "#### The same figure in 2 places" in text
    assert "> (not in another: At) least 49 soldiers (not in another: died)" in text
    assert "> (only here: at) least 49 soldiers (only here: were killed)" in text


def test_wordings_with_little_in_common_are_not_marked_word_by_word(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "first", "at least 49 soldiers were killed", number=49),
        claim("claimbbb", "report", "We know about 49", number=49, relations=relation("repeats", "claimaaa")),
    )
    html = written(made)[DEATHS].html
    assert "The wording is another in each." in html and "aa-only" not in html and "aa-lack" not in html
    assert "<p>We know about 49</p>" in html and "<p>at least 49 soldiers were killed</p>" in html


def test_equal_wordings_are_not_printed_twice(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "first", "at least 49 soldiers", number=49),
        claim("claimbbb", "report", "at least 49 soldiers", number=49, relations=relation("repeats", "claimaaa")),
    )
    assert "The same figure" not in written(made)[DEATHS].html


def test_relations_are_told_from_both_ends(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "report", number=49),
        claim("claimbbb", "report", number=49, claimant="envoy", stance="third-party",
              relations=relation("confirms", "claimaaa")),
        claim("claimccc", "report", number=50, claimant="their-ministry", stance="opponent-losses",
              relations=relation("disputes", "claimaaa")),
    )  # fmt: skip
    first, second, third = (row.partition("|")[2].split("|")[-1] for row in rows(written(made)[DEATHS])[1:])
    assert "confirmed, independently, by [49] (13 September), [The Envoy]" in first
    assert "disputed by [50] (13 September), [Their Ministry]" in first
    assert "confirms, independently, [49] (13 September), [Ministry of Defence]" in second
    assert "disputes [49] (13 September), [Ministry of Defence]" in third
    assert "differs from [49] (13 September), [Ministry of Defence]; [49] (13 September), [The Envoy]" in third


def test_relations_of_a_figure_told_twice_stand_in_the_order_of_its_tellings(made: ArchiveText) -> None:
    told = [f"claim{letter * 3}" for letter in "abcdefgh"]
    made.write(claim(told[0], "report", number=49))
    for number, other in enumerate(told[1:], 1):
        made.write(claim(other, "a-work", number=49, relations=relation("repeats", told[0])))
        disputing = relation("disputes", other) + (relation("disputes", told[1]) if number > 1 else [])
        made.write(
            claim(f"other{other[-3:]}", "report", number=100 + number, claimant="envoy", stance="third-party",
                  relations=disputing)
        )  # fmt: skip
    found = [row for row in rows(written(made)[DEATHS]) if "disputed by" in row]
    assert len(found) == 1
    others = re.findall(r"\[(10\d)\]", found[0].partition("disputed by")[2].partition("differs from")[0])
    assert others == ["101", "102", "103", "104", "105", "106", "107"]  # each of them once


def test_a_row_does_not_list_every_figure_it_differs_from(made: ArchiveText) -> None:
    for number in range(11):
        made.write(claim(f"claimaa{chr(97 + number)}", "report", number=100 + number))
    assert rows(written(made)[DEATHS])[1].endswith("[108] (13 September), [Ministry of Defence]; and 2 more")


def test_the_moments_are_there_for_the_script_and_hours_are_in_one_zone(made: ArchiveText) -> None:
    made.write(
        claim("claimaaa", "report", number=49, as_of="2022-09-13T06:00:00Z"),
        claim("claimbbb", "report", number=105, as_of="2022-09-14T10:00:00+04:00"),
        claim("claimccc", "report", number=135, as_of="2022-09-14T12:00:00+04:00"),
        claim("claimddd", "report", number=222, as_of="2022-09-16/..", claimant="envoy"),
    )
    html = written(made)[DEATHS].html
    assert re.findall(r'<li data-at="(.*?)">(.*?)</li>', html) == [
        ("2022-09-13T10:00", "13 September 2022, 10:00 (UTC+04:00)"),
        ("2022-09-14T10:00", "14 September 2022, 10:00 (UTC+04:00)"),
        ("2022-09-14T12:00", "14 September 2022, 12:00 (UTC+04:00)"),
    ]
    assert re.findall(r'id="c-(\w+)" data-at="(.*?)" data-until="(.*?)"', html) == [
        ("claimaaa", "2022-09-13T10:00", "2022-09-14T10:00"),
        ("claimbbb", "2022-09-14T10:00", "2022-09-14T12:00"),
        ("claimccc", "2022-09-14T12:00", ""),
        ("claimddd", "", ""),
    ]


def test_withdrawn_claims_are_not_compared(made: ArchiveText) -> None:
    made.write(claim("claimaaa", "report", number=49, status="withdrawn", reason="A slip."))
    assert DEATHS not in written(made)


def test_a_withdrawn_claim_of_an_article_leads_to_no_page(made: ArchiveText) -> None:
    """It is the only one of its event and measure, which so have no page."""
    made.write(claim("claimaaa", "first", number=49, status="withdrawn", reason="A slip."))
    found = written(made)
    assert DEATHS not in found and "What was said" not in found["articles/first.md"].html
    made.write(claim("claimaaa", "first", number=49))
    found = written(made)
    assert DEATHS in found and "What was said" in found["articles/first.md"].html


ANSWER = {"question": "who-fired-first", "as_quoted": "“We urge an end to it,”"}


def test_every_side_has_its_place_and_an_empty_one_is_shown_as_empty(made: ArchiveText) -> None:
    made.write(
        question(note="Armenia dates it otherwise."),
        claim("claimaaa", "report", position={**ANSWER, "as_quoted": "second"}, as_of="2022-09-14"),
        claim("claimbbb", "report", position={**ANSWER, "as_quoted": "first"}),
        claim("claimccc", "report", position={**ANSWER, "as_quoted": "from afar"}, claimant="envoy"),
    )
    text = readable(written(made, "azerbaijan", "armenia")["questions/who-fired-first.md"].html)
    order = [line for line in text.splitlines() if line.startswith(("##", ">", "No answer", "[Armenia](../places/arm"))]
    assert order[:8] == [
        "[Armenia](../places/armenia.html) dates it otherwise.",
        "## [Armenia](../places/armenia.html) 2",
        "> first",
        "> second",
        "## [Azerbaijan](../places/azerbaijan.html) 0",
        "No answer by Azerbaijan is in this archive.",
        "## Others 1",
        "> from afar",
    ]


def test_the_same_statement_stands_side_by_side_with_the_works_own_text_first(made: ArchiveText) -> None:
    own = "We urge an end to it at once,"
    correction = {
        "id": "correct1", "kind": "correction", "article": "first",
        "targets": [{"part": "body", "exact": "urge an end"}],
        "body": "Read “urge an end at once”.", "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z",
        "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    made.write(
        question(),
        works("a-work", {"id": "report", "publisher": "Ministry of Defence", "copy_at": "copy.example"},
              {"id": "wire", "container_title": "Gazette"}),
        claim("claimaaa", "first", "“We urge an end to it,”", position=ANSWER, claimant="armenia"),
        claim("claimbbb", "report", own, position={**ANSWER, "as_quoted": own}, claimant="armenia", via=["ministry"],
              relations=relation("repeats", "claimaaa")),
        claim("claimccc", "wire", own, position={**ANSWER, "as_quoted": own}, claimant="armenia", via=["gazette"],
              relations=relation("repeats", "claimaaa")),
        {"archive/annotations/first/correct1.yml": yamlio.write(correction)},
    )  # fmt: skip
    html = written(made, "armenia", "azerbaijan")["questions/who-fired-first.md"].html
    assert "1 answer, printed in 3 places" in html
    text = readable(html.partition('class="aa-same"')[2])
    assert "the publisher’s own text, read in the copy at copy.example" in text
    assert "> We urge an end to it (not in another: at once)," in text
    order = ("publisher’s own text", "a cited work", "an article of this archive")
    assert [text.count(words) for words in order] == [1, 1, 1]
    assert sorted(order, key=text.index) == list(order)
    assert "> (only here: “)We urge an end to it(words left out),(only here: ”)" in text
    assert "Read “urge an end at once”." in text.partition("an article of this archive")[2]
    assert "Read “urge an end at once”." not in text.partition("an article of this archive")[0]


def test_of_a_withheld_article_only_the_claims_own_words_are_shown(made: ArchiveText) -> None:
    kept = article("kept-back", "", source="gazette")
    made.write(kept, question(), claim("claimaaa", "kept-back", position={**ANSWER, "as_quoted": "own words"}))
    html = written(made)["questions/who-fired-first.md"].html
    assert "own words" in html and 'href="../articles/kept-back.html">' in html and "a-claimaaa" not in html


def test_what_was_said_is_linked_from_the_index_the_event_and_who_said_it(made: ArchiveText) -> None:
    assert "No claim is recorded so far." in written(made)["said/index.md"].html
    made.write(question(), claim("claimaaa", "report", number=49), claim("claimbbb", "report", position=ANSWER))
    found = written(made)
    for path in ("said/index.md", "events/fighting.md"):
        text = readable(found[path].html)
        assert "said/" in path or "## What was said" in text
        assert re.search(r"- 1 figure\[Deaths\]\([./a-z]*fighting-deaths.html\)", text)
        assert re.search(r"- 1 answer\[Who fired first\?\]\([./a-z]*questions/who-fired-first.html\)", text)
    assert (
        "- 13 September 202249 service personnel of [Armenia](../places/armenia.html) killed, in "
        "[The Report](../bibliography.html#report) · [beside the others](../said/fighting-deaths.html#c-claimaaa)"
    ) in readable(found["actors/ministry.md"].html)
    assert "Claims made by" not in found["actors/their-ministry.md"].html


def test_what_is_printed_twice_is_listed_once_as_what_somebody_claimed(made: ArchiveText) -> None:
    made.write(
        question(),
        claim("claimaaa", "report", position=ANSWER),
        claim("claimbbb", "first", "an end", position={**ANSWER, "as_quoted": "an end"},
              relations=relation("repeats", "claimaaa")),
    )  # fmt: skip
    found = written(made)
    said = found["actors/ministry.md"].html
    assert said.count('class="when"') == 1 and "c-claimaaa" in said and "c-claimbbb" not in said
    assert "- 1 answer[" in readable(found["said/index.md"].html)


def test_what_a_work_says_on_one_day_stands_in_the_order_of_its_words(made: ArchiveText) -> None:
    bibliography = made.file("archive/bibliography.yml") + "  words:\n    - They came.\n    - We answered.\n"
    made.write(
        {"archive/bibliography.yml": bibliography},
        question(),
        claim("claimaaa", "report", "We answered.", position={**ANSWER, "as_quoted": "We answered."}),
        claim("claimbbb", "report", "They came.", position={**ANSWER, "as_quoted": "They came."}),
    )
    page = written(made)["questions/who-fired-first.md"].html
    assert page.index("They came.") < page.index("We answered.")


def test_hostile_words_stay_words(made: ArchiveText) -> None:
    bad = "<script>alert(1)</script>{{ 7*7 }}"
    made.write(
        question(note=bad, question=bad),
        claim("claimaaa", "report", number=49, written=f"49 {bad}", status="disputed", reason=bad),
        claim("claimbbb", "report", bad, position={**ANSWER, "as_quoted": bad}),
        claim("claimccc", "first", "an end", position={**ANSWER, "as_quoted": bad},
              relations=relation("repeats", "claimbbb")),
    )  # fmt: skip
    for path, page in written(made).items():
        if path.startswith(("said/", "questions/")):
            assert "<script" not in page.html, path
            assert "{{ 7*7 }}" in page.html or path == "said/index.md", path


def test_every_measure_category_and_stance_has_its_words() -> None:
    assert set(wording.MEASURES) == set(get_args(Measure)) == {*wording.DONE, *UNCOUNTED}
    assert set(wording.CATEGORIES) == set(get_args(Category)) and set(wording.STANCES) == set(get_args(Stance))
