"""What a search finds of an archive, and that nothing withheld, withdrawn or removed is in it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.graph import resolve
from annotated_archive.names import Matcher
from annotated_archive.pages import Settings
from annotated_archive.records import yamlio
from annotated_archive.search.document import Document, Mark, Passage
from annotated_archive.search.documents import documents
from annotated_archive.search.handwritten import of_page
from annotated_archive.site.content import Content
from annotated_archive.store import DocFile, load
from language import Files, actor, archive, article, event, place, treaty, works

ROOT = Path(__file__).resolve().parents[2]
CITE = ["a-work"]
RECORD: Files = {
    **place("armenia", type="country"),
    **place("goris", names=[{"text": "Գորիս", "lang": "hy", "cite": CITE}]),
    **place("sotk"),
    **actor("ministry", name="Ministry of Defence", side="armenia", weak=["ministry"]),
    **actor("gazette", name="Valley Gazette", type="outlet"),
    **event("raid", name="Raid of September"),
    **works("a-work"),
}
BODY = "Shells fell on Goris, twice.\n\nIn Sotk nothing fell.\n\nGoris is quiet."


def note(identifier: str, exact: str | None = None, /, **fields: Any) -> Files:
    """An annotation of the article `first`, or of the work that `work` names; `part` is that of its words."""
    carried = {"work": fields.pop("work")} if "work" in fields else {"article": fields.pop("article", "first")}
    target: dict[str, Any] = {"part": fields.pop("part", "body")} | ({"exact": exact} if exact else {})
    record = {
        "id": identifier, "kind": "note", **carried, "targets": [target], "body": f"Remark of {identifier}.",
        "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    } | fields  # fmt: skip
    if record["status"] == "removed":
        record = {key: value for key, value in record.items() if key not in ("body", "author", "claim")}
    if record["status"] != "open":
        record["reason"] = f"Reason of {identifier}."
    folder = carried.get("article") or f"_works/{carried['work']}"
    return {f"archive/annotations/{folder}/{identifier}.yml": yamlio.write(record)}


def reply(identifier: str, to: str, /, **fields: Any) -> Files:
    return note(identifier, targets=[{"annotation": to}], **fields)


def claim(identifier: str, exact: str | None = None, /, **fields: Any) -> Files:
    asserted = {
        "event": "raid", "measure": "deaths", "subject": {"side": "armenia", "category": "servicemen"},
        "value": {"number": 49, "as_written": "49"}, "as_of": "2022-09-14", "claimant": "ministry",
        "stance": "own-losses",
    }  # fmt: skip
    if position := fields.pop("position", None):
        asserted = {"event": "raid", "position": position, "as_of": "2022-09-14", "claimant": "ministry"}
    return note(identifier, exact, **({"kind": "claim", "claim": asserted} | fields))


def first(body: str = BODY, **front: Any) -> Files:
    return article("first", body, **({"title": "Fire at Goris", "source": "gazette"} | front))


def withheld(publish: str) -> Files:
    """The article `first` of which not all may be published, though its text stands in its file."""
    return first(rights={"statement": "Of its author.", "publish": publish})


def search(folder: Path, *parts: Files) -> dict[str, Document]:
    """All documents of an archive by their ids, each once."""
    root = archive(folder, RECORD, *parts).root
    content = Content(root, resolve(load(root)), Settings("Test archive", "contact@archive.example", ""))
    assert content.graph.archive.problems == ()
    found = list(documents(content.graph, content.words))
    assert len({document.id for document in found}) == len(found)
    return {document.id: document for document in found}


def passages(document: Document) -> list[tuple[str, str]]:
    """Fragment and text of every passage."""
    return [(passage.fragment, passage.text) for passage in document.passages]


def marked(document: Document, marks: tuple[Mark, ...]) -> list[tuple[int, str, str]]:
    """The number of the passage, the words of each mark, and what they carry."""
    texts = list(document.texts())
    return [(mark.passage, texts[mark.passage + 1][mark.start : mark.end], mark.of) for mark in marks]


def words(found: dict[str, Document]) -> str:
    """Everything that can be read in all documents."""
    return "\n".join(str(document) for document in found.values())


class TestArticles:
    def test_blocks_and_the_names_in_them(self, tmp_path: Path) -> None:
        found = search(tmp_path, first(date="2022-09-13", date_source="page", language="en"))["articles/first"]
        assert (found.kind, found.title, found.page, found.fragment) == (
            "article", "Fire at Goris", "articles/first", "",
        )  # fmt: skip
        assert (found.language, found.date, found.source, found.byline) == (
            "en", "2022-09-13", "gazette", "Valley Gazette",
        )  # fmt: skip
        assert passages(found) == [
            ("p-1", "Shells fell on Goris, twice."), ("p-2", "In Sotk nothing fell."), ("p-3", "Goris is quiet."),
        ]  # fmt: skip
        assert marked(found, found.mentions) == [
            (-1, "Goris", "goris"), (0, "Goris", "goris"), (1, "Sotk", "sotk"), (2, "Goris", "goris"),
        ]  # fmt: skip
        assert found.words_of(found.mentions) == [(2, 1, "goris"), (6, 1, "goris"), (9, 1, "sotk"), (12, 1, "goris")]
        assert found.entities == (("goris", 3), ("sotk", 1))

    def test_a_form_inside_a_longer_name_is_marked_and_is_no_mention(self, tmp_path: Path) -> None:
        region = place("goris-region", type="district", name="Goris Region")
        found = search(tmp_path, region, article("second", "In the Goris Region all was quiet."))["articles/second"]
        assert (found.entities, found.nested) == ((("goris-region", 1),), (("goris", 1),))
        assert marked(found, found.mentions) == [(0, "Goris Region", "goris-region"), (0, "Goris", "goris")]

    def test_of_an_outlet_or_a_date_that_is_not_recorded_nothing_is_said(self, tmp_path: Path) -> None:
        found = search(tmp_path, article("second", BODY))["articles/second"]
        assert (found.date, found.source, found.byline) == ("", "", "")

    @pytest.mark.parametrize(
        ("origin", "dated"),
        [
            ("page", "13 September 2022"), ("json-ld", "13 September 2022"),
            ("inferred", "13 September 2022, inferred"),
            ("url", "13 September 2022, from the address"), ("capture", "13 September 2022, from the capture"),
        ],
    )
    def test_a_date_that_the_text_does_not_state_says_so(self, tmp_path: Path, origin: str, dated: str) -> None:
        found = search(tmp_path, first(date="2022-09-13", date_source=origin), note("noteaaaa", "twice"),
                       claim("claimaaa", "quiet"))  # fmt: skip
        when = {id: document.when for id, document in found.items()}
        assert when["articles/first"] == when["annotations/noteaaaa"] == dated
        assert when["annotations/claimaaa"] == "14 September 2022"
        assert when["places/goris"] == ""

    def test_an_editors_decision_holds(self, tmp_path: Path) -> None:
        decided = [{"exact": "Goris", "suffix": " is quiet", "id": None}]
        assert search(tmp_path, first(mentions=decided))["articles/first"].entities == (("goris", 2), ("sotk", 1))

    def test_words_that_a_correction_is_about(self, tmp_path: Path) -> None:
        found = search(
            tmp_path,
            first(),
            note("fixedaaa", "Sotk nothing", kind="correction"),
            note("fixedbbb", "Fire", kind="correction", part="title"),
            note("fixedccc", "quiet", kind="correction", status="disputed"),
            note("fixedddd", "Shells", kind="correction", status="withdrawn"),
            note("fixedeee", "Shells", kind="correction", status="removed"),
            note("remarked", "Shells"),
        )["articles/first"]
        assert marked(found, found.corrections) == [
            (-1, "Fire", "a-fixedbbb"), (1, "Sotk nothing", "a-fixedaaa"), (2, "quiet", "a-fixedccc"),
        ]  # fmt: skip
        assert dict(found.numbers) == {"a-fixedbbb": 1, "a-fixedaaa": 5, "a-fixedccc": 6}

    @pytest.mark.parametrize("publish", ["excerpt", "metadata"])
    def test_of_a_withheld_text_only_the_title_is_found(self, tmp_path: Path, publish: str) -> None:
        found = search(tmp_path, withheld(publish), note("fixedaaa", "quiet", kind="correction"),
                       note("fixedbbb", "Fire", part="title", kind="correction"))["articles/first"]  # fmt: skip
        assert (found.title, found.passages, found.entities) == ("Fire at Goris", (), (("goris", 1),))
        assert marked(found, found.mentions) == [(-1, "Goris", "goris")]
        assert marked(found, found.corrections) == [(-1, "Fire", "a-fixedbbb")]


class TestAnnotations:
    def test_what_it_says_and_the_words_it_is_about(self, tmp_path: Path) -> None:
        made = note("noteaaaa", "fell on Goris", body="See *Sotk*.\n\n- <b>one</b>\n- [two](https://x.example/)\n")
        found = search(tmp_path, first(date="2022-09-13", date_source="page"), made)["annotations/noteaaaa"]
        assert (found.kind, found.title, found.page, found.fragment) == (
            "annotation", "Note 1", "articles/first", "a-noteaaaa",
        )  # fmt: skip
        assert (found.date, found.source, found.language) == ("2022-09-13", "gazette", "en")
        assert found.byline == "on “Fire at Goris”, Valley Gazette, A reader"
        assert passages(found) == [("a-noteaaaa", "See Sotk. one two"), ("a-noteaaaa", "“fell on Goris”")]
        assert marked(found, found.mentions) == [(0, "Sotk", "sotk"), (1, "Goris", "goris")]
        assert found.entities == (("goris", 1), ("sotk", 1))

    def test_only_whole_names_in_quoted_words_are_names(self, tmp_path: Path) -> None:
        body = "The Ministry of Defence spoke of Sotk."
        found = search(tmp_path, first(body), note("noteaaaa", "Defence spoke of Sotk"))["annotations/noteaaaa"]
        assert found.entities == (("sotk", 1),)
        found = search(tmp_path / "b", first(body), note("noteaaaa", "The Ministry of"))["annotations/noteaaaa"]
        assert found.entities == ()

    def test_markup_is_no_word(self, tmp_path: Path) -> None:
        made = note("noteaaaa", body="<img src=x onerror=alert(1)> a &lt; b <script>alert(2)</script>")
        found = search(tmp_path, first(), made)["annotations/noteaaaa"]
        assert not any(word in str(found) for word in ("onerror", "alert(1)", "<script", "&lt;"))

    def test_words_that_are_corrected_carry_the_correction_along(self, tmp_path: Path) -> None:
        fix = note("fixedaaa", "twice.", kind="correction")
        found = search(tmp_path, first(), note("noteaaaa", "on Goris, twice"), fix)
        quoting = found["annotations/noteaaaa"]
        assert marked(quoting, quoting.corrections) == [(1, "twice", "a-fixedaaa")]
        assert quoting.numbers == (("a-fixedaaa", 2),)
        assert found["annotations/fixedaaa"].corrections == ()

    def test_words_that_are_lost_or_set_aside_are_found_too(self, tmp_path: Path) -> None:
        aside = first() | {
            "archive/ledgers/first.yml": yamlio.write({
                "article": "first",
                "original": {"path": "first.txt", "sha256": "0" * 64, "encoding": "utf-8", "bom": False},
                "spans": [
                    {"start": 0, "end": 4, "rule": "menu", "reason": "A menu.", "text": "Join", "replacement": ""},
                ],
            })
        }  # fmt: skip
        lost, menu = note("noteaaaa", "It was never there"), note("notebbbb", "Join", part="ledger")
        found = search(tmp_path, aside, lost, menu)
        assert passages(found["annotations/noteaaaa"])[1:] == [("a-noteaaaa", "“It was never there”")]
        assert passages(found["annotations/notebbbb"])[1:] == [("a-notebbbb", "“Join”")]

    def test_replies_belong_to_what_they_reply_to(self, tmp_path: Path) -> None:
        found = search(
            tmp_path, first(), note("noteaaaa"), reply("replyaaa", "noteaaaa"), reply("replybbb", "replyaaa"),
            reply("replyccc", "noteaaaa", status="disputed"),
        )  # fmt: skip
        assert passages(found["annotations/noteaaaa"]) == [
            ("a-noteaaaa", "Remark of noteaaaa."), ("a-replyaaa", "Remark of replyaaa."),
            ("a-replybbb", "Remark of replybbb."), ("a-replyccc", "Remark of replyccc."),
        ]  # fmt: skip
        assert [document for document in found if "reply" in document] == []

    @pytest.mark.parametrize("status", ["withdrawn", "removed"])
    @pytest.mark.parametrize("kind", ["note", "correction", "question", "link", "claim", "reply"])
    def test_what_is_withdrawn_or_removed_is_not_found_nor_what_replies_to_it(
        self, tmp_path: Path, kind: str, status: str
    ) -> None:
        gone = {
            "claim": lambda: claim("goneaaaa", "nothing", status=status),
            "reply": lambda: reply("goneaaaa", "noteaaaa", status=status),
        }.get(kind, lambda: note("goneaaaa", "nothing", kind=kind, status=status))()
        found = search(
            tmp_path, first(), note("noteaaaa"), gone, reply("replyaaa", "goneaaaa"), reply("replybbb", "replyaaa")
        )
        assert [id for id in found if id.startswith("annotations/")] == ["annotations/noteaaaa"]
        assert not any(word in words(found) for word in ("goneaaaa", "replyaaa", "replybbb"))

    def test_a_question_a_link_and_a_disputed_note_are_found(self, tmp_path: Path) -> None:
        found = search(
            tmp_path, first(), note("askedaaa", kind="question"), note("linkedaa", kind="link"),
            note("noteaaaa", status="disputed"),
        )  # fmt: skip
        assert {document.title for document in found.values() if document.kind == "annotation"} == {
            "Question 1", "Link 2", "Note 3",
        }  # fmt: skip

    @pytest.mark.parametrize("kind", ["note", "claim"])
    @pytest.mark.parametrize(
        ("publish", "shown"),
        [
            ("full", ["“Fire”", "“nothing fell”", "“never there”"]),
            ("excerpt", ["“Fire”", "“nothing fell”", "“never there”"]),
            ("metadata", ["“Fire”"]),
        ],
    )
    def test_of_a_withheld_text_the_words_that_may_be_quoted(
        self, tmp_path: Path, kind: str, publish: str, shown: list[str]
    ) -> None:
        targets = [
            {"part": "title", "exact": "Fire"}, {"part": "body", "exact": "nothing fell"},
            {"part": "body", "exact": "never there"},
        ]  # fmt: skip
        made = (claim if kind == "claim" else note)("noteaaaa", targets=targets)
        found = search(tmp_path, withheld(publish), made)
        document = found["annotations/noteaaaa"]
        assert [passage.text for passage in document.passages[1:]] == shown
        if publish == "metadata":
            assert "fell" not in words(found) and "quiet" not in words(found)
        if publish == "excerpt":
            assert words(found).count("fell") == 1 and "quiet" not in words(found)


class TestClaims:
    def test_of_an_article(self, tmp_path: Path) -> None:
        found = search(tmp_path, first(), claim("claimaaa", "Sotk nothing"))["annotations/claimaaa"]
        assert (found.kind, found.page, found.fragment) == ("claim", "articles/first", "a-claimaaa")
        assert found.title == (
            "Ministry of Defence: 49 service personnel of Armenia killed, as of 14 September 2022, "
            "in the Valley Gazette article."
        )
        assert (found.date, found.source, found.byline) == ("2022-09-14", "gazette", "Ministry of Defence")
        assert passages(found) == [("a-claimaaa", "Remark of claimaaa."), ("a-claimaaa", "“Sotk nothing”")]
        assert dict(found.entities) == {"ministry": 1, "armenia": 1, "gazette": 1, "raid": 1, "sotk": 1}

    def test_of_a_work_stands_beside_the_others(self, tmp_path: Path) -> None:
        found = search(
            tmp_path, claim("claimaaa", "49 were killed", work="a-work"), reply("replyaaa", "claimaaa", work="a-work"),
            claim("claimbbb", work="a-work", body=None, position={"question": "who-began", "as_quoted": "they did"}),
            {"archive/questions.yml": "- id: who-began\n  question: Who began?\n  event: raid\n"},
        )  # fmt: skip
        figure, answer = found["annotations/claimaaa"], found["annotations/claimbbb"]
        assert (figure.page, figure.fragment, figure.source) == ("said/raid-deaths", "c-claimaaa", "")
        assert passages(figure) == [
            ("c-claimaaa", "Remark of claimaaa."), ("c-claimaaa", "“49 were killed”"),
            ("a-replyaaa", "Remark of replyaaa."),
        ]  # fmt: skip
        assert (answer.page, answer.fragment) == ("questions/who-began", "c-claimbbb")
        assert answer.title == "Ministry of Defence: to the question “Who began?”"
        assert passages(answer) == [("c-claimbbb", "“they did”")]

    def test_an_answer_is_called_by_its_question_and_its_words_are_found_once(self, tmp_path: Path) -> None:
        asked = {"question": "who-began", "as_quoted": "nothing fell"}
        found = search(
            tmp_path, first(), claim("claimaaa", "In Sotk nothing fell", position=asked),
            claim("claimbbb", "Goris is", position=asked), claim("claimccc", position=asked, body=None),
            {"archive/questions.yml": "- id: who-began\n  question: Who began?\n  event: raid\n"},
        )  # fmt: skip
        assert {found[f"annotations/claim{one}"].title for one in ("aaa", "bbb", "ccc")} == {
            "Ministry of Defence: to the question “Who began?”"
        }
        assert passages(found["annotations/claimaaa"]) == [
            ("a-claimaaa", "“In Sotk nothing fell”"), ("a-claimaaa", "Remark of claimaaa."),
        ]  # fmt: skip
        assert [text for _, text in passages(found["annotations/claimbbb"])] == [
            "“Goris is”", "“nothing fell”", "Remark of claimbbb.",
        ]  # fmt: skip
        assert [text for _, text in passages(found["annotations/claimccc"])] == ["“nothing fell”"]

    def test_that_replies_is_found_with_what_it_replies_to(self, tmp_path: Path) -> None:
        found = search(
            tmp_path, first(), note("noteaaaa"), claim("claimaaa", targets=[{"annotation": "noteaaaa"}]),
            claim("claimbbb", work="a-work"), claim("claimccc", work="a-work", targets=[{"annotation": "claimbbb"}]),
        )  # fmt: skip
        assert not {"annotations/claimaaa", "annotations/claimccc"} & found.keys()
        assert ("a-claimaaa", "Remark of claimaaa.") in passages(found["annotations/noteaaaa"])
        assert ("a-claimccc", "Remark of claimccc.") in passages(found["annotations/claimbbb"])


class TestEntities:
    def test_all_names_and_what_is_said_of_it(self, tmp_path: Path) -> None:
        found = search(tmp_path, place(
            "goris", type="town", within="armenia", summary="A town.", summary_cite=CITE,
            names=[
                {"text": "Գորիս", "lang": "hy", "cite": CITE},
                {"text": "Gorus", "lang": "az", "note": "on maps", "cite": CITE},
                {"text": "Горис", "lang": "ru", "note": "Russian name", "cite": CITE},
            ],
            forms=["Goriss"], weak=["the town"],
            facts=[
                {"text": "East of Sotk.", "cite": CITE}, {"text": "It was quiet.", "says": "ministry", "cite": CITE},
            ],
        ))["places/goris"]  # fmt: skip
        assert (found.kind, found.title, found.page) == ("place", "Goris", "places/goris")
        assert found.byline == "Town · Armenia"
        assert passages(found) == [
            ("", "A town."),
            ("f-1", "East of Sotk."),
            ("f-2", "Armenia: It was quiet."),
            ("", "Գորիս (Armenian); Gorus (Azerbaijani, on maps); Горис (Russian name)"),
            ("", "Town · Armenia"),
        ]
        assert [mark for mark in marked(found, found.mentions) if mark[2] == "goris"] == [
            (-1, "Goris", "goris"), (3, "Գորիս", "goris"), (3, "Gorus", "goris"), (3, "Горис", "goris"),
        ]  # fmt: skip
        assert dict(found.entities) == {"goris": 4, "armenia": 2, "sotk": 1, "ministry": 1}

    def test_an_actors_offices(self, tmp_path: Path) -> None:
        found = search(tmp_path, actor(
            "a-minister", type="person", side="armenia", part_of=["gazette"],
            offices=[
                {"title": "Minister", "of": "ministry", "from": "2021-11-15", "cite": CITE},
                {"title": "Head of the Ministry of Defence", "of": "ministry", "until": "2020", "cite": CITE},
            ],
        ))["actors/a-minister"]  # fmt: skip
        assert passages(found) == [
            ("offices", "Minister, Ministry of Defence, from 15 November 2021"),
            ("offices", "Head of the Ministry of Defence, until 2020"),
            ("", "Person · Armenia · Valley Gazette"),
        ]
        assert {"armenia", "gazette", "ministry"} < dict(found.entities).keys()

    def test_a_treaty_and_an_event_have_dates(self, tmp_path: Path) -> None:
        found = search(
            tmp_path,
            treaty("accord", signed="2020-11-10", signed_at="sotk", parties=["armenia"], status="In force."),
            event("skirmish", date="2022-09-12/2022-09-14", time="at night", part_of_event="raid", places=["sotk"]),
        )
        accord, skirmish = found["treaties/accord"], found["events/skirmish"]
        assert (accord.date, skirmish.date) == ("2020-11-10", "2022-09-12/2022-09-14")
        assert (accord.byline, skirmish.byline) == ("Treaty", "Fighting")  # their dates stand beside that
        assert passages(accord) == [("", "Treaty · 10 November 2020 · Armenia · Sotk · In force.")]
        assert passages(skirmish) == [("", "Fighting · 12–14 September 2022 · at night · Raid of September · Sotk")]
        assert dict(skirmish.entities) == {"skirmish": 1, "raid": 1, "sotk": 1}


def test_a_cited_work(tmp_path: Path) -> None:
    found = search(tmp_path, works("a-work", {
        "id": "report", "title": "On Goris", "author": [{"given": "A.", "family": "Author"}], "publisher": "The Press",
        "container_title": "The Review", "issued": "2022-09-20", "language": "ru", "words": ["Sotk fell silent."],
        "alignment_note": "Of a magazine.", "note": "Read in part.",
    }))["works/report"]  # fmt: skip
    assert (found.kind, found.page, found.fragment) == ("work", "bibliography", "report")
    assert (found.language, found.date, found.byline) == ("ru", "2022-09-20", "The Review")
    assert passages(found) == [
        ("report", "“Sotk fell silent.”"), ("report", "A. Author, The Review, The Press: Of a magazine."),
        ("report", "Read in part."),
    ]  # fmt: skip
    assert dict(found.entities) == {"goris": 1, "sotk": 1}


@pytest.mark.parametrize(
    ("said", "byline", "texts"),
    [
        ({"publisher": "TASS", "issued": "2022-09-13"}, "", ["TASS"]),
        ({"publisher": "TASS", "alignment_note": "State agency"}, "TASS", ["TASS: State agency"]),
        ({"publisher": "TASS", "container_title": "The Review"}, "The Review", ["The Review, TASS"]),
        ({"copy_at": "a.example", "words": ["Nobody."]}, "a.example", ["“Nobody.”"]),
    ],
)
def test_of_a_cited_work_nothing_is_said_twice(
    tmp_path: Path, said: dict[str, Any], byline: str, texts: list[str]
) -> None:
    bare = {"publisher": None, "container_title": None, "alignment_note": None, "words": []}
    given = {name: value for name, value in ({"id": "report", "title": "[A report]"} | bare | said).items() if value}
    found = search(tmp_path, works("a-work", given))["works/report"]
    assert (found.title, found.byline, [text for _, text in passages(found)]) == ("[A report]", byline, texts)


def test_a_question(tmp_path: Path) -> None:
    asked = {"archive/questions.yml": "- id: who-began\n  question: Who began?\n  event: raid\n  note: Ask in Sotk.\n"}
    found = search(tmp_path, asked)["questions/who-began"]
    assert (found.kind, found.title, found.page) == ("page", "Who began?", "questions/who-began")
    assert passages(found) == [("", "Raid of September"), ("", "Ask in Sotk.")]
    assert dict(found.entities) == {"raid": 1, "sotk": 1}


HAND = """\
# The *background*

First words of Goris.[^a-work]

## What & where

| Name | Kind |
|------|------|
| Sotk | village |

- one
- two **bold** words

```sh
archive build
```

### What & where

Last words, to {{ contact }}.
"""


def test_pages_by_hand(tmp_path: Path) -> None:
    titled = "---\ntitle: Home of it\n---\n\nWelcome.\n"
    found = search(tmp_path, {"docs/background/a-page.md": HAND, "docs/index.md": titled, "docs/bare.md": "Words.\n"})
    page = found["pages/background/a-page"]
    assert (page.kind, page.title, page.page) == ("background", "The background", "background/a-page")
    assert passages(page) == [
        ("", "First words of Goris."),
        ("what-where", "What & where"),
        ("what-where", "Name Kind"),
        ("what-where", "Sotk village"),
        ("what-where", "one"),
        ("what-where", "two bold words"),
        ("what-where", "archive build"),
        ("what-where_1", "What & where"),
        ("what-where_1", "Last words, to contact@archive.example."),
    ]
    assert dict(page.entities) == {"goris": 1, "sotk": 1}
    home = found["pages/index"]
    assert (home.kind, home.title, home.page, passages(home)) == ("page", "Home of it", "index", [("", "Welcome.")])
    assert found["pages/bare"].title == "bare"


def test_a_page_that_asks_not_to_be_found_is_not(tmp_path: Path) -> None:
    def asking(search: str) -> str:
        return f"---\ntitle: Help\nsearch: {search}\n---\n\nType Goris.\n"

    found = search(tmp_path, {
        "docs/a.md": asking("{exclude: true}"), "docs/b.md": asking("{exclude: false}"),
        "docs/c.md": asking("{boost: 2}"), "docs/d.md": asking("none"),
    })  # fmt: skip
    assert [id for id in found if id.startswith("pages/")] == ["pages/b", "pages/c", "pages/d"]


class Given:
    """Stands for the words of pages: one page written by hand, as HTML."""

    def __init__(self, html: str) -> None:
        self.html = html

    def page(self, doc: DocFile) -> str:
        return self.html

    def address(self, doc: DocFile) -> str:
        return "a"


TAGS = ["p", "h2", "h3", "li", "td", "pre", "blockquote"]
BLOCKS = st.tuples(st.sampled_from(TAGS), st.text("ab <>&'\"é", max_size=9))


@given(st.lists(BLOCKS, max_size=6))
def test_no_word_of_a_page_by_hand_is_lost_or_joined_to_another(blocks: list[tuple[str, str]]) -> None:
    html = "".join(f'<{tag} id="x"><em>{escape(text)}</em></{tag}>' for tag, text in blocks)
    doc = DocFile("a.md", "docs/a.md", yamlio.Document({}), "")
    found = of_page(SimpleNamespace(matcher=Matcher([])), Given(html), doc)  # type: ignore[arg-type]
    assert " ".join(passage.text for passage in found.passages).split() == " ".join(t for _, t in blocks).split()
    assert all(passage.text == " ".join(passage.text.split()) for passage in found.passages)


def test_of_the_first_archive_every_mark_is_found_by_counting_words() -> None:
    graph = resolve(load(ROOT))
    marks = 0
    for document in documents(graph, Content(ROOT, graph, Settings("Test", "contact@archive.example", "")).words):
        all_words = " ".join(document.texts()).split()
        both = document.mentions + document.corrections
        for (number, text, of), (at, count, same) in zip(marked(document, both), document.words_of(both), strict=True):
            assert of == same and text.strip(), (document.id, number)
            assert " ".join(text.split()) in " ".join(all_words[at : at + count]), (document.id, text)
            marks += 1
    assert marks > 1000


def counted_from_the_start(document: Document, marks: tuple[Mark, ...]) -> list[tuple[int, int, str]]:
    """As `words_of`, by counting the words before each mark anew."""
    texts, found = list(document.texts()), []
    for mark in marks:
        text, earlier = texts[mark.passage + 1], " ".join(texts[: mark.passage + 1]).split()
        begun = bool(text[: mark.start].strip()) and not (text[mark.start - 1] + text[mark.start]).count(" ")
        before = len(text[: mark.start].split()) - begun
        found.append((len(earlier) + before, max(len(text[: mark.end].split()) - before, 1), mark.of))
    return found


@given(st.lists(st.text("ab \u00a0\n\u2028\u00ad\x1c"), min_size=1, max_size=4))
def test_words_are_put_in_a_line_as_white_space_parts_them(texts: list[str]) -> None:
    made = Document("one", "article", texts[0], "one", tuple(Passage(text) for text in texts[1:]))
    assert made.in_line == [" ".join(text.split()) for text in texts]
    assert made.lengths == [len(text.split()) for text in texts]


@given(st.lists(st.text("ab \u00a0\n", min_size=1), min_size=1, max_size=4), st.data())
def test_words_are_counted_once_for_all_marks(texts: list[str], data: st.DataObject) -> None:
    marks = []
    for number, text in enumerate(texts, -1):
        start = data.draw(st.integers(0, len(text) - 1))
        marks.append(Mark(number, start, data.draw(st.integers(start + 1, len(text))), "one"))
    texts = [text.replace("\u00a0", " ").replace("\n", " ") for text in texts]
    made = Document("one", "article", texts[0], "one", tuple(Passage(text) for text in texts[1:]))
    assert made.words_of(tuple(marks)) == counted_from_the_start(made, tuple(marks))
