"""Anchors: an annotation stands beside exactly its words, or nowhere. A wrong place is worse than none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.anchor import Placed, Unplaced, resolve_target
from annotated_archive.records.annotation import Target
from annotated_archive.records.text import digest

TEXT = (
    "Armenia said that at least 49 Armenian soldiers were killed. Azerbaijan said that at least 50 Azerbaijani "
    "soldiers were killed.\n\nIt called for a “halt”."
)


def target(exact: str, **fields: object) -> Target:
    return Target.model_validate({"exact": exact, **fields})


def test_a_text_that_is_the_annotated_one_is_trusted_to_the_character() -> None:
    start = TEXT.rindex("soldiers")
    found = resolve_target(TEXT, target("soldiers", start=start, text_sha256=digest(TEXT)))
    assert found == Placed(start, start + 8, 1)


def test_a_position_in_another_text_counts_for_nothing() -> None:
    moved = "New words first. " + TEXT
    start = TEXT.index("at least 49")
    found = resolve_target(moved, target("at least 49", start=start, text_sha256=digest(TEXT)))
    assert found == Placed(start + 17, start + 28, 2)


def test_repeated_words_need_their_context() -> None:
    assert resolve_target(TEXT, target("soldiers were killed")) == Unplaced(
        "the words stand 2 times with the same context"
    )
    at = TEXT.rindex("soldiers were killed")
    assert resolve_target(TEXT, target("soldiers were killed", prefix="Azerbaijani ")) == Placed(at, at + 20, 2)


LOOKALIKES = [
    # the words annotated, a text that holds only something alike
    ("at least 49 Armenian soldiers were killed", "At least 50 Azerbaijani soldiers were killed."),
    ("at least 49 Armenian soldiers were killed", "Then at least 94 Armenian soldiers were killed."),
    ("Azerbaijan attacked Armenia", "Armenia attacked Azerbaijan."),
    ("shelling at Goris", "There was shelling at Gorus."),
    ("sovereign territory of Armenia", "the sovereign territory of Azerbaijan"),
    ("Ստեփանակերտ", "Ստեփանավան"),
    ("Xankəndi", "Xankendi"),
    ("6,500 people", "6500 people"),
]


@pytest.mark.parametrize(("exact", "text"), LOOKALIKES)
def test_words_that_are_only_alike_are_never_placed(exact: str, text: str) -> None:
    assert resolve_target(text, target(exact)) == Unplaced("the words are not there")


SAME = [
    ('called for a "halt"', 'called for a “halt”'),
    ("Armenia's forces", "Armenia’s forces"),
    ("re-erupted between", "re-erupted\u00a0between"),
    ("Գորիս", "Գո\u00adրիս"),
    ("Gədəbəy, Şuşa", unicodedata.normalize("NFD", "Gədəbəy, Şuşa")),
    (unicodedata.normalize("NFD", "Йеменский"), "Йеменский"),
]


@pytest.mark.parametrize(("exact", "printed"), SAME)
def test_the_same_words_in_another_typing_are_found_whole(exact: str, printed: str) -> None:
    text = f"Before {printed} after."
    assert resolve_target(text, target(exact)) == Placed(7, 7 + len(printed), 3)


def test_no_words_means_the_article_as_a_whole() -> None:
    assert resolve_target(TEXT, Target()) == Placed(0, 0, 1)


@given(st.text(alphabet="ab 1“”\"’'é\u0301\u00ad\u00a0", max_size=40), st.data())
def test_what_is_placed_reads_like_the_words(text: str, data: st.DataObject) -> None:
    exact = data.draw(st.text(alphabet="ab 1“\"’'é", min_size=1, max_size=6))
    match resolve_target(text, target(exact)):
        case Placed(start, end, 1 | 2):
            assert text[start:end] == exact
            assert text.count(exact) >= 1
        case Placed(start, end):
            alike = str.maketrans({"“": '"', "”": '"', "’": "'", "\u00a0": " ", "\u00ad": None})
            assert unicodedata.normalize("NFC", text[start:end]).translate(alike) == exact.translate(alike)
        case Unplaced():
            assert text.count(exact) != 1
