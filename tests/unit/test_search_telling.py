"""Words as the index is given them: what differs in a sign alone stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.search.telling import JOIN, told_apart


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("3,500 or 1,234,567 men", "3500 or 1234567 men"),
        ("1.5, 1,5 and 1·5", "1j5, 1j5 and 1j5"),
        ("at 12:00.", "at 12j00."),
        ("in 1992, (15); of “7.” 8’", "in 1992, (15); of “7.” 8’"),
        ("1,234.5", "1234j5"),
        ("2–5 and 13/14 May", "2-jj-5 and 13-jj-14 May"),
        ("1.5–2.5", "1j5-jj-2j5"),
        ("13.09.2022", "13-jj-09-jj-2022"),
        ("T-72, 15th, (15), $15.", "T-72, 15th, (15), $15."),
        ("U.S. and US, U.S.’s (US)", "UjS and UjS, UjS (UjS)"),
        ("us, U.S.A., USA, Us, U.S.army", "us, U.S.A., USA, Us, U.S.army"),
    ],
)
def test_numbers_and_a_name_are_told_apart(text: str, written: str) -> None:
    assert told_apart(text) == written.replace("j", JOIN)


@given(st.text(st.one_of(st.sampled_from("0159 .,:·–-/US’'s\t\u2028"), st.characters())))
def test_there_are_as_many_words_as_before(text: str) -> None:
    assert len(told_apart(text).split()) == len(text.split())
