"""Harvest: records held against a subject, chunks of web archives, and their results put together in any order."""

from __future__ import annotations

import json
import pickle
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from harvested import ABOUT, GERMAN, OTHER, about, harvested, many, news, screened, subject, written
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_archive.harvest import Failed, Known, Result, Subject, known_texts, merge, plan, run_chunk
from annotated_archive.harvest.running import given_up
from annotated_archive.harvest.scoring import grade, most, score
from annotated_archive.harvest.sieve import laid_open, words_shown
from annotated_archive.names import Setting
from annotated_archive.records.diagnostic import ContentError
from captures import answer, warc

TITLE = "Shells fall on Goris"


def counts(result: Result) -> dict[str, int]:
    return dict(result.counts)


# What is looked for


def test_a_subject_is_the_same_elsewhere(tmp_path: Path) -> None:
    one = subject(tmp_path)
    assert one.matcher.find("Goris")[0]
    other = pickle.loads(pickle.dumps(one))
    assert (other, other.digest) == (one, one.digest)
    assert len(pickle.dumps(one)) < 10_000
    assert replace(one, least=one.least + 1).digest != one.digest


def test_outlets_are_ids_or_domains_or_all_that_have_any(tmp_path: Path) -> None:
    assert subject(tmp_path, "herald").hosts == ("herald.example",)
    assert subject(tmp_path, "www.Other.example", "herald").hosts == ("herald.example", "other.example")
    assert subject(tmp_path, "any").hosts == ()
    with pytest.raises(ContentError, match=r"HARVEST-OUTLET no outlet “post” with `domains` is in the archive"):
        subject(tmp_path, "post")


def test_names_that_stand_in_any_news_are_told_from_the_subject_s_own(tmp_path: Path) -> None:
    named = {name: one.own for name, one in subject(tmp_path).names.items()}
    assert named == {
        "armenia": True, "goris": True, "jermuk": True, "russia": False, "shelling": True, "the-ministry": True,
    }  # fmt: skip


# One record


def test_a_page_about_the_subject_is_a_candidate_with_its_reasons(tmp_path: Path) -> None:
    page = news(TITLE, *ABOUT)
    data = warc(answer("https://www.herald.example/1", page), packed=True)
    result = screened(written(tmp_path, data), subject(tmp_path))
    (found,) = result.candidates
    assert counts(result) == {"candidate": 1, "no-answer": 1}
    assert (found.title, found.outlet, found.language, found.date) == (TITLE, "herald", "en", None)
    assert (found.url, found.captured) == ("https://www.herald.example/1", "2022-09-13T10:15:00Z")
    assert [(one.entity, one.own, one.strong, one.title, one.text, one.points) for one in found.reasons] == [
        ("goris", True, True, 1, 3, 9),
        ("jermuk", True, True, 0, 2, 4),
    ]
    assert (found.points, grade(found.points)) == (13, "touches")
    assert found.quotes[0].startswith("Shells fell on Goris in the night, the ministry in Yerevan said")
    piece = data[found.place.offset : found.place.offset + found.place.length]
    assert data == data[: found.place.offset] + piece
    assert found.place.part == "urn:uuid:0"


@pytest.mark.parametrize(
    ("why", "sent"),
    [
        ("outlet", answer("https://elsewhere.example/1", news(TITLE, *ABOUT))),
        ("outlet", answer("https://notherald.example/1", news(TITLE, *ABOUT))),
        ("outlet", answer("http://[broken/", news(TITLE, *ABOUT))),
        ("status", answer("https://herald.example/1", news(TITLE, *ABOUT), status="404 Not Found")),
        ("not-html", answer("https://herald.example/1", b"\x89PNG", "image/png")),
        ("not-html", answer("https://herald.example/1", b"%PDF-1.4", "application/pdf")),
        ("no-answer", answer("https://herald.example/1", news(TITLE, *ABOUT), record="revisit")),
        ("no-name", answer("https://herald.example/1", news("Bridge is mended", *OTHER))),
        ("too-little", answer("https://herald.example/1", news("Russia mends a bridge", "Russia.", *OTHER))),
        ("too-little", answer("https://herald.example/1", news("Bridge is mended", *OTHER, "So it is in Goris, too."))),
        ("language", answer("https://herald.example/1", news("Granaten auf Goris", *GERMAN, language="de"))),
        ("INGEST-EMPTY", answer("https://herald.example/1", b"<html><title>Goris, Jermuk</title><p>")),
        ("INGEST-NOT-TEXT", answer("https://herald.example/1", b"\x00Goris Jermuk")),
        ("INGEST-DAMAGED", answer("https://herald.example/1", b"\x1f\x8bno", Content_Encoding="gzip")),
    ],
)
def test_why_a_record_is_no_candidate(tmp_path: Path, why: str, sent: tuple[object, ...]) -> None:
    about = subject(tmp_path, "herald", languages=("en",))
    result = screened(written(tmp_path, warc(sent, packed=True)), about)  # type: ignore[arg-type]
    assert counts(result) in ({why: 1, "no-answer": 1}, {why: 2})


def test_a_page_in_a_language_that_cannot_be_told_is_screened(tmp_path: Path) -> None:
    data = warc(answer("https://herald.example/1", news(TITLE, "Goris. Jermuk. 49 105 77. Goris.", language="")))
    result = screened(written(tmp_path, data), subject(tmp_path, languages=("fr",)))
    assert [one.language for one in result.candidates] == ["und"]


def test_a_page_that_a_library_stumbles_over_does_not_end_the_harvest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ValueError("no such thing")

    file = written(tmp_path, many(3))
    monkeypatch.setattr("annotated_archive.harvest.screening.ingest", stumble)
    result = screened(file, subject(tmp_path))
    assert counts(result)["INGEST-FAULT"] == 1
    assert "INGEST-FAULT the program failed on this page: ValueError “no such thing”" in str(result.problems[0])


# The score


def test_points_are_as_the_documentation_says(tmp_path: Path) -> None:
    about = subject(tmp_path)

    def points(title: str, body: str) -> int:
        return score(title, body, Setting("en"), about).points

    assert points("A headline", "Goris.") == 4
    assert points("Goris", "Nothing.") == 8
    assert points("A headline", "Goris. Goris. Goris.") == 5
    assert points("A headline", "Russia.") == 2
    assert points("Russia", "Russia. Russia. Russia.") == 4
    assert points("A headline", "Goris. Russia. Jermuk.") == 10
    assert points("A headline", "Herald. The Herald.") == 0
    assert points("Goris and Jermuk", "Shelling of Goris.") == 20


def test_a_weak_form_counts_half_where_only_a_rule_makes_it_a_name(tmp_path: Path) -> None:
    about = subject(tmp_path)
    files = [json.loads(one) for one in about.entities]
    for one in files:
        if one["id"] == "the-ministry":
            one["context"] = [{"forms": ["the ministry"], "with": ["goris"]}]
    ruled = replace(about, entities=tuple(json.dumps(one) for one in files))
    found = score("A headline", "Goris, said the ministry.", Setting("en"), ruled)
    assert [(one.entity, one.strong, one.points) for one in found.reasons] == [
        ("goris", True, 4),
        ("the-ministry", False, 2),
    ]


WORDS = ["Goris", "Jermuk", "Russia", "Ministry of Defence", "the ministry", "Armenia", "said", "in", "Herald", "."]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS)), st.lists(st.sampled_from(WORDS)))
def test_no_page_has_more_points_than_were_thought_possible(
    about_goris: Subject, title: list[str], body: list[str]
) -> None:
    found = score(" ".join(title), " ".join(body), Setting("en"), about_goris)
    page = f"<html><h1>{' '.join(title)}</h1><p>{' <b>'.join(body)}</p>"
    possible = about_goris.sieve.possible(laid_open(page))
    assert possible >= {one.entity for one in found.reasons}
    assert found.points <= most(possible, about_goris)


@pytest.fixture(scope="module")
def about_goris(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return subject(tmp_path_factory.mktemp("subject"))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Go<b>ris</b>",
        "<p>Ministry<br>of <i>Defence</i>",
        "<p>Ministry&nbsp;of\n   Defence",
        '<meta property="og:title" content="In Goris">',
        r'<script type="application/ld+json">{"headline": "In \u0047oris"}</script>',
        "<p>Go&shy;ris",
        "<p>Go\u202eris",
        "<p>G&#111;ris",
    ],
)
def test_a_name_is_seen_however_the_markup_breaks_it(about_goris: Subject, markup: str) -> None:
    assert about_goris.sieve.possible(laid_open(markup)) & {"goris", "the-ministry"}


def test_what_a_page_shows_is_taken_from_its_middle_without_its_programs() -> None:
    page = f"<script>let Goris = '<b>';</script><p>{'a' * 50}</p><STYLE>p {{}}</style><p>{'b' * 50}<script>"
    assert words_shown(page, 20) == f"{'a' * 10} {'b' * 9}"


# Chunks


def test_the_chunks_of_a_file_hold_each_record_once(tmp_path: Path) -> None:
    file = written(tmp_path, many(40))
    whole = screened(file, subject(tmp_path))
    for size in (500, 3_000, 20_000):
        chunks = plan([file], size).chunks
        assert len(chunks) > 1
        results = [run_chunk(chunk, subject(tmp_path)) for chunk in chunks]
        together = Counter[str]()
        for result, chunk in zip(results, chunks, strict=True):
            assert isinstance(result, Result)
            assert result.end == chunk.stop
            together.update(counts(result))
        assert together == counts(whole)
        assert [one for result in results for one in result.candidates] == list(whole.candidates)  # type: ignore[union-attr]


def test_a_file_that_is_not_packed_by_records_is_one_chunk(tmp_path: Path) -> None:
    page = answer("https://herald.example/1", about(1))
    plain = written(tmp_path, warc(page, page), "plain.warc")
    chunks = plan([plain, plain], 100).chunks
    assert [(one.start, one.stop) for one in chunks] == [(0, Path(plain).stat().st_size)]
    (found, _) = screened(plain, subject(tmp_path)).candidates
    data = Path(plain).read_bytes()[found.place.offset :]
    assert data.startswith(b"WARC/1.0\r\nWARC-Type: response")
    assert data[found.place.length :].startswith(b"\r\n\r\nWARC/")


def test_files_that_are_no_web_archives_are_said(tmp_path: Path) -> None:
    made = plan([written(tmp_path, b"no", "a.txt"), str(tmp_path / "none.warc"), "bad\u202e.warc"])
    assert made.chunks == ()
    assert [str(one).removeprefix(f"{tmp_path}/") for one in made.problems] == [
        "a.txt:1:1: HARVEST-FILE no WARC file, by its first bytes. "
        "Name files of web archives; get a damaged one again.",
        "none.warc:1:1: HARVEST-FILE No such file or directory. Look at the file.",
        "bad\\u202e.warc:1:1: HARVEST-FILE its name holds what cannot be printed. Rename it.",
    ]


def test_a_file_that_changed_since_it_was_planned_is_not_screened(tmp_path: Path) -> None:
    (chunk,) = plan([written(tmp_path, many(2))]).chunks
    written(tmp_path, many(4))
    failed = run_chunk(chunk, subject(tmp_path))
    assert isinstance(failed, Failed)
    assert "HARVEST-FILE the file changed meanwhile" in str(failed.problem)


# The results together


def test_the_order_in_which_chunks_are_done_does_not_matter(tmp_path: Path) -> None:
    chunks = plan([written(tmp_path, many(20))], 1_000).chunks
    results = [run_chunk(chunk, subject(tmp_path)) for chunk in chunks]
    whole = merge(results, Known({}, {}))
    assert len(whole.proposed) == 10
    for seed in range(5):
        mixed = [*results, *results[:3]]
        random.Random(seed).shuffle(mixed)
        assert merge(mixed, Known({}, {})) == whole


def test_of_several_records_of_one_text_the_longest_is_the_candidate(tmp_path: Path) -> None:
    whole, cut = news(TITLE, *ABOUT, *OTHER), news(f"{TITLE} again", *ABOUT)
    data = warc(
        answer("https://herald.example/cut", cut),
        answer("https://herald.example/whole", whole),
        answer("https://herald.example/same-page", whole),
        answer("https://other.example/same-text", whole.replace(b"Home", b"Start")),
        answer("https://other.example/another", about(1)),
        packed=True,
    )
    harvest = harvested(written(tmp_path, data), subject(tmp_path))
    assert dict(harvest.counts) == {"candidate": 2, "copy": 3, "no-answer": 1}
    assert sum(number for _, number in harvest.counts) == harvest.records == 6
    found = {one.candidate.url: [(copy.url, copy.share) for copy in one.copies] for one in harvest.proposed}
    assert found.pop("https://other.example/another") == []
    assert found == {
        "https://herald.example/whole": [
            ("https://herald.example/cut", pytest.approx(0.9, abs=0.1)),
            ("https://herald.example/same-page", 1.0),
            ("https://other.example/same-text", 1.0),
        ]
    }


def test_a_phrase_that_many_texts_share_makes_none_the_copy_of_another(tmp_path: Path) -> None:
    harvest = harvested(written(tmp_path, many(60)), subject(tmp_path))
    assert (len(harvest.proposed), dict(harvest.counts)["candidate"]) == (30, 30)


def test_texts_that_the_archive_has_are_known(tmp_path: Path) -> None:
    data = warc(
        answer("https://herald.example/same", news(TITLE, *ABOUT)),
        answer("https://herald.example/nearly", news(f"{TITLE} again", *ABOUT, "It was said again in Goris.")),
        answer("https://herald.example/withheld", about(1)),
        packed=True,
    )
    result = screened(written(tmp_path, data), subject(tmp_path))
    hidden = next(one.text for one in result.candidates if one.url.endswith("withheld"))
    known = known_texts({"the-article": "\n\n".join(ABOUT), "hidden": ""}, {"hidden": hidden})
    harvest = merge([result], known)
    assert dict(harvest.counts) == {"known": 3, "no-answer": 1}
    assert [article for _, article in harvest.known] == ["the-article", "the-article", "hidden"]


def test_chunks_that_failed_and_chunks_that_do_not_meet_are_said(tmp_path: Path) -> None:
    one, other, *_ = plan([written(tmp_path, many(20))], 1_000).chunks
    first, second = run_chunk(one, subject(tmp_path)), run_chunk(other, subject(tmp_path))
    assert isinstance(first, Result)
    harvest = merge([replace(first, end=first.end + 1), second], Known({}, {}))
    assert [problem.rule for problem in harvest.problems] == ["HARVEST-SEAM"]
    harvest = merge([first, given_up(other)], Known({}, {}))
    assert (harvest.failed, harvest.records) == (1, first.records)
    assert "HARVEST-CHUNK" in str(harvest.problems[0])
