"""The canonical text: its blocks, and everything that keeps a text from being one."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.records.text import FORBIDDEN, SEPARATOR, Block, blocks, digest, flaws


def test_blocks_stand_apart_by_a_blank_line_and_are_counted_from_one() -> None:
    assert list(blocks("Soldiers carry coffins.\n\nՇները\nline two\n\nThe end.", {1: "caption", 9: "heading"})) == [
        Block(1, "caption", 0, 23, "Soldiers carry coffins."),
        Block(2, "paragraph", 25, 39, "Շները\nline two"),
        Block(3, "paragraph", 41, 49, "The end."),
    ]
    assert list(blocks("")) == []


@given(
    st.lists(
        st.text(alphabet="ab \nՇ😀", min_size=1).filter(lambda t: not list(flaws(t)) and SEPARATOR not in t), max_size=5
    )
)
def test_blocks_give_back_the_text(parts: list[str]) -> None:
    text = SEPARATOR.join(parts)
    found = list(blocks(text))
    assert [block.text for block in found] == parts
    assert all(text[block.start : block.end] == block.text for block in found)
    assert [block.number for block in found] == list(range(1, len(parts) + 1))


def test_the_digest_is_that_of_the_utf8_form() -> None:
    assert digest("Գորիս") == hashlib.sha256("Գորիս".encode()).hexdigest()


BLANK = "blocks that are not separated by exactly one blank line"
AROUND = "white space around the text"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.", []),
        ("One.\nTwo.\n\nThree.", []),
        ("soft\u00adhyphen, zero\u200bwidth, no\u00a0break, \u200fright", []),
        ("One.\n", [(4, AROUND)]),
        (" One.", [(0, AROUND)]),
        ("\u00a0One.", [(0, AROUND)]),
        ("One.\n\n\nTwo.", [(4, BLANK)]),
        ("One. \nTwo.", [(4, BLANK)]),
        ("One.\n Two.", [(4, BLANK)]),
        ("One.\n\u00a0\nTwo.", [(4, BLANK)]),
        ("One.\u3000\n\nTwo.", [(4, BLANK)]),
        ("a\tb", [(1, "character U+0009")]),
        ("a\rb", [(1, "character U+000D")]),
        ("a\x00b\x07c", [(1, "character U+0000")]),
        ("a\x85b", [(1, "character U+0085")]),
        ("a\u2028b", [(1, "character U+2028")]),
        ("a\u202eb", [(1, "character U+202E")]),
        ("a\u2066b", [(1, "character U+2066")]),
        ("\ufeffa", [(0, "character U+FEFF")]),
        ("a\ud800b", [(1, "character U+D800")]),
        ("a\uffffb", [(1, "character U+FFFF")]),
        ("Gori\u0301s", [(3, "text that is not in Unicode normalisation form C")]),
        (" \u0007e\u0301\n\n\n.", [
            (1, "character U+0007"), (2, "text that is not in Unicode normalisation form C"), (0, AROUND), (4, BLANK),
        ]),
    ],
)  # fmt: skip
def test_flaws(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(flaws(text)) == expected


@given(st.text(alphabet=st.characters()) | st.text(alphabet="a \n\t\r\u00a0\u202ee\u0301\u0085"))
def test_a_text_without_flaws_is_clean(text: str) -> None:
    if list(flaws(text)):
        return
    assert unicodedata.is_normalized("NFC", text) and not FORBIDDEN.search(text) and text == text.strip()
    assert all(line == line.strip() for line in text.split("\n"))
    assert all(block.text.strip() == block.text != "" for block in blocks(text))
    assert SEPARATOR.join(block.text for block in blocks(text)) == text
