"""Dates: their bounds, their words, and that nothing that is no date gets through."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.records import dates

START, END = "0001-01-01", "9999-12-31"


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2022", "2022-01-01", "2022-12-31", "2022"),
        ("2022-09", "2022-09-01", "2022-09-30", "September 2022"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2022-09-03", "2022-09-03", "2022-09-03", "3 September 2022"),
        ("0987", "0987-01-01", "0987-12-31", "0987"),
        # One of several
        ("[2022-09-13..2022-09-14]", "2022-09-13", "2022-09-14", "13 or 14 September 2022"),
        ("[2022-09-13,2022-09-14]", "2022-09-13", "2022-09-14", "13 or 14 September 2022"),
        ("[2022-09-14,2022-09-13]", "2022-09-13", "2022-09-14", "14 or 13 September 2022"),
        ("[2022-09-30..2022-10-01]", "2022-09-30", "2022-10-01", "30 September or 1 October 2022"),
        ("[2021-12-31..2022-01-01]", "2021-12-31", "2022-01-01", "31 December 2021 or 1 January 2022"),
        ("[2022-09-12..2022-09-14]", "2022-09-12", "2022-09-14", "one day of 12–14 September 2022"),
        ("[2022-09-12..2022-10-14]", "2022-09-12", "2022-10-14", "one day of 12 September – 14 October 2022"),
        ("[2022..2023]", "2022-01-01", "2023-12-31", "2022 or 2023"),
        ("[2018..2022]", "2018-01-01", "2022-12-31", "some time in 2018–2022"),
        ("[2022-09..2022-10]", "2022-09-01", "2022-10-31", "September or October 2022"),
        ("[2022-09..2022-12]", "2022-09-01", "2022-12-31", "some time in September – December 2022"),
        ("[2022,2024,2025]", "2022-01-01", "2025-12-31", "2022 or 2024 or 2025"),
        ("[2022-09-13..2022-09-14,2022-09-20]", "2022-09-13", "2022-09-20",
         "13–14 September 2022 or 20 September 2022"),
        ("[2022-09-13..]", "2022-09-13", END, "13 September 2022 or later"),
        ("[..2022-09-13]", START, "2022-09-13", "13 September 2022 or earlier"),
        # All of several
        ("{2022-09-13,2022-09-15}", "2022-09-13", "2022-09-15", "13 and 15 September 2022"),
        ("{2022-09-13..2022-09-15}", "2022-09-13", "2022-09-15", "13–15 September 2022"),
        # From one to another
        ("2022-09-13/2022-09-14", "2022-09-13", "2022-09-14", "13–14 September 2022"),
        ("2022-09-30/2022-10-01", "2022-09-30", "2022-10-01", "30 September – 1 October 2022"),
        ("1988-02-20/1994-05-12", "1988-02-20", "1994-05-12", "20 February 1988 – 12 May 1994"),
        ("1997-08-29/1997-08-29", "1997-08-29", "1997-08-29", "29 August 1997"),
        ("2022-09/2022-11", "2022-09-01", "2022-11-30", "September – November 2022"),
        ("1988-02/1994-05", "1988-02-01", "1994-05-31", "February 1988 – May 1994"),
        ("1988/1994", "1988-01-01", "1994-12-31", "1988–1994"),
        ("2022/2022-09-13", "2022-01-01", "2022-09-13", "2022 – 13 September 2022"),
        ("2022-09-13~/2022-09-14", "2022-09-13", "2022-09-14", "about 13 September 2022 – 14 September 2022"),
        ("2022-09-13/2022-09-14~", "2022-09-13", "2022-09-14", "13 September 2022 – about 14 September 2022"),
        # Open and unknown ends
        ("2022/..", "2022-01-01", END, "from 2022"),
        ("../2022", START, "2022-12-31", "until 2022"),
        ("2022/", "2022-01-01", END, "from 2022"),
        ("/2022", START, "2022-12-31", "until 2022"),
        # In doubt
        ("2022?", "2022-01-01", "2022-12-31", "probably 2022"),
        ("2022-09~", "2022-09-01", "2022-09-30", "about September 2022"),
        ("2022-09-13%", "2022-09-13", "2022-09-13", "perhaps about 13 September 2022"),
        # Moments
        ("2022-09-13T00:05:00Z", "2022-09-13", "2022-09-13", "13 September 2022, 00:05 UTC"),
        ("2022-09-13T00:05:00+04:00", "2022-09-13", "2022-09-13", "13 September 2022, 00:05 UTC+04:00"),
        ("2022-09-13T00:05:00-03:30", "2022-09-13", "2022-09-13", "13 September 2022, 00:05 UTC−03:30"),
        ("2022-09-13T00:05:00+00:00", "2022-09-13", "2022-09-13", "13 September 2022, 00:05 UTC"),
        # What has no wording of ours is shown as written
        ("202X", "2020-01-01", "2029-12-31", "202X"),
        ("2022-09-XX", "2022-09-01", "2022-09-30", "2022-09-XX"),
    ],
)  # fmt: skip
def test_bounds_and_words(text: str, first: str, last: str, words: str) -> None:
    assert dates.bounds(text) == (date.fromisoformat(first), date.fromisoformat(last))
    assert dates.words(text) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-02-29", "no such day"),
        ("2022-02-30", "no such day"),
        ("2022-13", "no such day"),
        ("2022-00-01", "no such day"),
        ("0000", "no such day"),
        ("-0044", "no such day"),
        ("Y12000", "no such day"),
        ("2022-09-14/2022-09-13", "the date ends before it begins"),
        ("[2022-09-14..2022-09-13]", "the date ends before it begins"),
        ("2022/2021~", "the date ends before it begins"),
        *(
            (text, "not an EDTF date")
            for text in (
                "", " ", "Tuesday", "13 September 2022", "13.09.2022", "09/13/2022", "2022 ", " 2022", "2022\n", "22",
                "२०२२", "２０２２", "²0²2", "2022-9-13", "2022-09-13T00:05", "1967-1968", "[2022-09-13, 2022-09-14]",
                "/", "..", "../..", "/..", "../", "[]", "[..]", "{}", "?", "open", "2022" * 26,
            )
        ),
    ],
)  # fmt: skip
def test_what_is_no_date(text: str, message: str) -> None:
    with pytest.raises(dates.DateError) as caught:
        dates.bounds(text)
    assert str(caught.value) == message


def test_what_has_no_wording_is_shown_as_written() -> None:
    for text in ("2022-13", "2022-00", "Tuesday", "2022-09-XX", "1910S2"):
        assert dates.words(text) == text


def test_the_parser_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("/..", "2022~/..", "../2022~", "..~/2022", "2022/..~"):
        with contextlib.suppress(dates.DateError):
            dates.bounds(text)
    assert capsys.readouterr() == ("", "")


DAYS = st.dates().map(date.isoformat)
PARTS = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4])
MARKED = st.builds(str.__add__, PARTS, st.sampled_from(["", "", "?", "~", "%"]))
EDTF = st.one_of(
    MARKED,
    st.builds("{}/{}".format, MARKED | st.sampled_from(["", ".."]), MARKED | st.sampled_from(["", ".."])),
    st.builds("[{}..{}]".format, PARTS | st.just(""), PARTS | st.just("")),
    st.builds("{{{}..{}}}".format, PARTS, PARTS),
    st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: f"[{','.join(parts)}]"),
    st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: f"{{{','.join(parts)}}}"),
)
NEARLY_EDTF = st.text(alphabet="0123456789-/.,[]{}?~%XSYTZ:+ ", max_size=24)


@given(st.text() | NEARLY_EDTF | EDTF)
def test_any_text_is_a_date_or_gives_a_date_error(text: str) -> None:
    try:
        first, last = dates.bounds(text)
    except dates.DateError as error:
        assert str(error) in ("not an EDTF date", "no such day", "the date ends before it begins")
        assert dates.sort_key(text) == (date.max, date.max)
    else:
        assert first <= last
        assert dates.sort_key(text) == (first, last)
        assert dates.words(text).strip() == dates.words(text) != ""


@given(DAYS, DAYS)
def test_a_pair_of_days_is_read_as_its_two_ends(one: str, other: str) -> None:
    first, last = sorted([one, other])
    for text in (f"{first}/{last}", f"[{first}..{last}]", f"[{first},{last}]"):
        assert dates.bounds(text) == (date.fromisoformat(first), date.fromisoformat(last))


def test_what_is_read_here_is_what_the_package_reads() -> None:
    """Plain dates and pairs have a way of their own, for speed."""
    for text in ("2022", "2022-09", "2022-09-13", "2022-09/2022-11", "[2022-09-13..2022-09-14]", "[2022,2023]"):
        assert dates.bounds(text) == dates._parsed(text)


def test_dates_sort_by_their_beginning_and_the_undated_come_last() -> None:
    texts = [
        None,
        "2022/..",
        "2022-09-13/2022-09-20",
        "2022-09-13",
        "[2022-09-13..2022-09-14]",
        "1991",
        "1991-12-26",
        "../1990",
    ]
    assert sorted(texts, key=dates.sort_key) == [
        "../1990",
        "1991",
        "1991-12-26",
        "2022/..",
        "2022-09-13",
        "[2022-09-13..2022-09-14]",
        "2022-09-13/2022-09-20",
        None,
    ]


def test_the_year_in_which_a_date_begins() -> None:
    texts = ["2022-09-13", "[2021-12-31..2022-01-01]", "1988/1994", "2022/..", "../2022", "/2022", None, "no date"]
    assert [dates.year(text) for text in texts] == [2022, 2021, 1988, 2022, None, None, None, None]


def test_what_happened_in_a_month_follows_the_days_known_within_it() -> None:
    given = ["2023-09/2023-10", "2023-09-19/2023-09-20", "2023", "2023-09", "[2023-09-20..2023-09-21]", None, "1918~"]
    ordered = ["1918~", "2023-09-19/2023-09-20", "[2023-09-20..2023-09-21]", "2023-09", "2023-09/2023-10", "2023", None]
    assert sorted(given, key=dates.order_key) == ordered
