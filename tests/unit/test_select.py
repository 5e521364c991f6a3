"""Selectors: the words with the rest of their sentence around them, whole words, unique, one for each place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.anchor import Placed, resolve_target, select
from annotated_archive.anchor.select import target_at
from annotated_archive.records.text import SEPARATOR, digest

TEXT = (
    "The Defence Ministry spoke. Gen. Petrov of Armenia, who asked not to be quoted at length, said that at least 49 "
    "soldiers were killed near Goris on Tuesday. Others were wounded.\n\nAt least 49 were named later."
)


def test_the_context_is_the_rest_of_the_sentence_and_the_target_is_complete() -> None:
    (target,) = select(TEXT, "49 soldiers")
    assert target.model_dump(exclude_unset=True) == {
        "part": "body",
        "exact": "49 soldiers",
        "prefix": "Gen. Petrov of Armenia, who asked not to be quoted at length, said that at least ",
        "suffix": " were killed near Goris on Tuesday.",
        "start": TEXT.index("49 soldiers"),
        "text_sha256": digest(TEXT),
    }


def test_near_the_end_of_a_sentence_about_thirty_characters_of_the_next_belong_to_it() -> None:
    (target,) = select(TEXT, "spoke")
    assert (target.prefix, target.suffix) == ("The Defence Ministry ", ". Gen. Petrov of Armenia, who asked")


def test_the_context_stays_in_the_paragraph() -> None:
    (target,) = select(TEXT, "named later")
    assert (target.prefix, target.suffix) == ("At least 49 were ", ".")


def test_repeated_words_give_a_target_for_each_place_or_the_nearest() -> None:
    targets = select(TEXT, "least 49")
    assert [target.start for target in targets] == [TEXT.index("least 49"), TEXT.rindex("least 49")]
    assert select(TEXT, "least 49", near=len(TEXT)) == targets[1:]


def test_the_context_grows_until_it_is_unique_beyond_the_paragraph_if_it_must() -> None:
    text = "Shells fell.\n\nThe ministry denied this.\n\nNobody was hurt.\n\nThe ministry denied this."
    first, second = select(text, "denied this")
    assert first.prefix + first.suffix != second.prefix + second.suffix
    for target in (first, second):
        assert text.count(target.prefix + "denied this" + target.suffix) == 1


def test_the_part_is_kept() -> None:
    assert [target.part for target in select("Border fighting", "fighting", "title")] == ["title"]


def test_words_in_another_typing_are_found_and_said_as_the_text_does() -> None:
    assert [t.exact for t in select("It was “small\u00ad-scale”\u00a0then.", '"small-scale" then')] == [
        "“small\u00ad-scale”\u00a0then"
    ]


NOT_THERE = [
    ("150 personnel", "50 personnel"),
    ("6 500 people", "500 people"),
    ("6\u00a0500 people", "500 people"),
    ("49,500 people", "49"),
    ("It was −5 there", "5 there"),
    ("unarmed men", "armed men"),
    ("Գորի՞ս", "Գորի"),
    ("и\u0301мя", "и"),
    ("Words end.\n\nWords begin.", "end. Words"),
    ("Words", "words"),
    ("٤٩ جندي", "49"),
    ("ﬁre", "fire"),
    ("Straße", "Strasse"),
    ("Xankəndı", "Xankəndi"),
    ("6500 people", "6 500 people"),
    ("Anything", ""),
    ("Anything", " \n"),
]


@pytest.mark.parametrize(("text", "exact"), NOT_THERE)
def test_what_is_cut_or_only_alike_is_no_place(text: str, exact: str) -> None:
    assert select(text, exact) == []


def test_scripts_without_spaces_have_no_words_to_cut() -> None:
    (target,) = select("國防部說四十九人死亡。", "四十九人")
    assert (target.prefix, target.suffix) == ("國防部說", "死亡。")


WORDS = st.sampled_from(
    ["49", "50", "killed", "Goris", "said.", "“halt”", "é", "и\u0301х", "ու", "зло.", "\n\n", "6 500", "-"]
)


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_what_is_selected_is_found_again_where_it_is(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words).replace(" \n\n ", "\n\n").strip()
    blocks = [word for block in text.split(SEPARATOR) for word in [block.split()] if word]
    block = data.draw(st.sampled_from(blocks or [["x"]]))
    first = data.draw(st.integers(0, len(block) - 1))
    exact = " ".join(block[first : data.draw(st.integers(first + 1, len(block)))])
    for target in select(text, exact):
        start = target.start or 0
        assert target.exact == text[start : start + len(target.exact or "")]
        assert resolve_target(text, target) == Placed(start, start + len(target.exact or ""), 1)
        alone = target.model_copy(update={"start": None, "text_sha256": None})
        found = resolve_target(text, alone)
        if isinstance(found, Placed):
            assert found == Placed(start, start + len(target.exact or ""), 2)


@given(st.text(max_size=60), st.text(max_size=10))
def test_any_text_can_be_searched_for_any_words(text: str, exact: str) -> None:
    for target in select(text.encode("utf-8", "ignore").decode(), exact):
        assert target.exact


def test_the_context_of_a_withheld_text_is_no_longer_than_makes_the_words_unique() -> None:
    text = "The ministry said that 49 soldiers died. The other ministry said that 50 soldiers died."
    once = target_at(text, text.index("49"), text.index("49") + 11, brief=True)
    assert (once.prefix, once.exact, once.suffix) == ("", "49 soldiers", "")
    end = text.rindex("soldiers died")
    twice = target_at(text, end, end + 13, brief=True)
    assert (twice.prefix, twice.exact) == ("that 50 ", "soldiers died")
    assert len(f"{twice.prefix}{twice.suffix}") < 20
    found = resolve_target(text, twice)
    assert isinstance(found, Placed) and (found.start, found.end) == (end, end + 13)
