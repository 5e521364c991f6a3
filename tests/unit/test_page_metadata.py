"""What a page says of itself: which of several sources is trusted, and what is not believed."""

from __future__ import annotations

import pytest
from saved_pages import SECOND, TITLE, doubts, found, html, paragraphs, read, story

from annotated_archive.ingest.html.dating import edtf, same
from annotated_archive.ingest.html.language import code, language_of


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-09-13", "2022-09-13"),
        ("2022-9-3", "2022-09-03"),
        ("2022-09-13T10:00:00Z", "2022-09-13T10:00:00Z"),
        ("2022-09-13T10:00:00.123+0400", "2022-09-13T10:00:00+04:00"),
        ("2022-09-13 3:15:00 -0800", "2022-09-13T03:15:00-08:00"),
        ("2022-09-13T10:00:00", "2022-09-13"),
        ("2022-09-13T10:00Z", "2022-09-13"),
        ("2022-09-13T00:00:00Z", "2022-09-13"),
        ("20220913", "2022-09-13"),
        ("2022/09/13", "2022-09-13"),
        ("13.09.2022 10:00", "2022-09-13"),
        ("09/13/2022", "2022-09-13"),
        ("13/09/2022", "2022-09-13"),
        ("Tue, 13 Sep 2022 10:00:00 GMT", "2022-09-13T10:00:00Z"),
        ("September 13, 2022", "2022-09-13"),
        ("Tuesday, 13 Sept 2022", "2022-09-13"),
        ("09/10/2022", None),
        ("2022-02-30", None),
        ("Mon, 99 Sep 2022 10:00:00 GMT", None),
        ("2022-09-13T25:00:00Z", None),
        ("2022-09-13T10:00:00+99:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("0101-01-01", None),
        ("1663056000", None),
        ("two days ago", None),
        ("2022", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_read_where_they_can_mean_one_thing(text: str, day: str | None) -> None:
    assert edtf(text) == day


def test_two_dates_are_one_in_other_zones() -> None:
    assert same("2022-09-13T23:00:00-05:00", "2022-09-14T04:00:00Z")
    assert same("2022-09-13T23:00:00-05:00", "2022-09-14")
    assert not same("2022-09-13T10:00:00Z", "2022-09-15")
    assert not same("2022-09-13T10:00:00Z", "2022-09-14T12:00:00Z")
    assert not same("2022-09-13", "2022-09-14")


def test_a_title_that_was_shortened_or_has_the_site_s_name_gives_way_to_the_heading() -> None:
    assert found(read(story(head=meta("og:title", TITLE[:30] + "…"))), "title")[0] == (TITLE, "heading")
    page = read(story(head=meta("og:title", f"{TITLE} - The Valley Times")))
    assert found(page, "title")[0] == (TITLE, "heading")
    assert doubts(page) == []


def test_the_headline_as_it_is_printed_goes_before_one_for_programs() -> None:
    page = read(story(head=meta("og:title", "Border news")))
    assert found(page, "title")[:2] == [(TITLE, "heading"), ("Border news", "open-graph")]
    assert "disagree about the title: " in doubts(page)[0]
    dated = f"<h1>{TITLE}</h1><p>By A. Name</p><p>Tuesday</p>{paragraphs()}"
    assert found(read(html(dated, meta("og:title", "Border news"))), "title")[0] == (TITLE, "heading")


def test_a_heading_that_is_far_from_the_text_and_shares_no_words_is_not_the_title() -> None:
    far = f"<h1>Newsletter of the week</h1><h2>Border news</h2>{paragraphs()}"
    assert found(read(html(far, meta("og:title", "Border news"))), "title")[0] == ("Border news", "open-graph")
    same = f"<h1>Along the border, fighting flares up</h1><h2>Tuesday</h2>{paragraphs()}"
    assert found(read(html(same, meta("og:title", TITLE))), "title")[0][1] == "heading"


def test_a_site_s_name_is_cut_from_no_title_that_nothing_else_gives() -> None:
    page = read(html(paragraphs(), "<title>Fighting - again - The Valley Times</title>"))
    assert page.title == "Fighting - again - The Valley Times"


def test_the_site_s_name_is_no_headline() -> None:
    head = meta("og:site_name", "The Valley Times") + meta("og:title", TITLE)
    page = read(html(f"<h1>The Valley Times</h1><h2>{TITLE}</h2><main>{paragraphs()}</main>", head))
    assert found(page, "title") == [(TITLE, "open-graph"), (TITLE, "heading")]


def test_of_several_headings_of_the_first_rank_none_is_the_headline() -> None:
    page = read(html(f"<h1>Border news today</h1><h1>Weather news today</h1>{paragraphs()}"))
    assert found(page, "title") == []


def test_of_several_articles_in_json_ld_the_page_s_own_is_taken_or_none() -> None:
    own = f'{{"@type":"Article","headline":"{TITLE}","datePublished":"2022-09-13"}}'
    other = '{"@type":"Article","headline":"Another","datePublished":"2021-01-01"}'
    third = '{"@type":"Article","headline":"A third","url":"https://example.org/third","datePublished":"2020-01-01"}'
    assert found(read(story(head=ld(f"[{other},{own}]"))), "date") == [("2022-09-13", "json-ld")]
    by_address = read(story(head=ld(f"[{other},{third}]")), url="https://www.example.org/third/?a=b")
    assert found(by_address, "date") == [("2020-01-01", "json-ld")]
    neither = read(story(head=ld(f"[{other},{third}]")))
    assert found(neither, "date") == []
    assert "INGEST-DISAGREE its JSON-LD describes 2 articles" in doubts(neither)[0]


def test_json_ld_in_comments_or_about_the_page_alone_is_read() -> None:
    page = '<!-- {"@type":"WebPage","name":"Not a headline","datePublished":"2022-09-13"} -->'
    assert found(read(story(head=ld(page))), "date") == [("2022-09-13", "json-ld")]
    assert found(read(story(head=ld(page))), "title") == [(TITLE, "heading")]


def test_an_address_that_is_a_front_page_or_one_of_several_is_not_taken() -> None:
    page = read(story(head='<link rel="canonical" href="https://example.org/">'), url="https://example.org/a")
    assert found(page, "url") == [("https://example.org/a", "capture")]
    assert "is the front page of a site" in doubts(page)[0]
    several = '<link rel="canonical" href="https://example.org/a"><link rel="canonical" href="https://example.org/b">'
    assert found(read(story(head=several)), "url") == []
    assert found(read(story(head='<link rel="canonical" href="javascript:alert(1)">')), "url") == []
    assert found(read(story(head='<link rel="canonical" href="http://[">')), "url") == []


@pytest.mark.parametrize("value", ["admin", "siteadmin", "https://example.org/a", "a@example.org", "", "7", "@name"])
def test_what_names_nobody_is_no_author(value: str) -> None:
    assert found(read(story(head=meta("author", value))), "author") == []


def test_a_byline_is_read_without_the_word_before_it_and_only_at_the_headline() -> None:
    at = f'<p class="byline"><b>Автор: A. Name</b><i>An Agency</i></p>{paragraphs()}'
    assert found(read(story(at)), "author") == [("A. Name An Agency", "byline")]
    beside = '<div class="related"><a rel="author">B. Name</a></div>'
    assert found(read(story(beside + paragraphs(), after='<p class="byline">By C. Name</p>')), "author") == []


def test_an_outlet_is_a_name_and_not_an_address() -> None:
    assert found(read(story(head=meta("og:site_name", "https://example.org"))), "outlet") == []


def test_values_are_tidied() -> None:
    page = read(
        html(
            paragraphs(),
            meta("og:title", "Rene&amp;#769;’s \u202e border&amp;nbsp;news  here") + meta("author", "x" * 9000),
        )
    )
    assert found(page, "title")[0] == ("René’s border news here", "open-graph")
    assert found(page, "author") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "Azərbaycan Müdafiə Nazirliyi bildirir ki, sərhəddə vəziyyət sabitdir, atəşkəs elan edilib. " * 2),
        ("tr", "Dışişleri Bakanlığı bir açıklama yaptı ve ateşkes çağrısında bulundu, dedi. " * 2),
        ("ka", "საგარეო საქმეთა სამინისტრო აცხადებს, რომ საზღვარზე ვითარება მშვიდია. " * 2),
        ("ru", "Министерство обороны сообщает о перестрелке на границе, есть раненые. " * 2),
        ("fa", "وزارت امور خارجه اعلام کرد که وضعیت مرز پایدار است و از طرفین خواست. " * 2),
        ("en", SECOND),
        (None, "Too short to be sure."),
    ],
)  # fmt: skip
def test_the_language_of_a_text_is_told_where_it_is_sure(language: str | None, text: str) -> None:
    assert language_of(text) == language


def test_declared_languages_are_written_one_way() -> None:
    assert [code(value) for value in ("EN_us", "az-latn-AZ", "hy", "English", "", "x" * 50)] == [
        "en-US", "az-Latn-AZ", "hy", None, None, None,
    ]  # fmt: skip
