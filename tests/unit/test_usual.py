"""The quick reader of usual YAML: where it answers, it says what the reader of all YAML says, places included."""

from __future__ import annotations

import random
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.document import Document
from annotated_archive.records.text import FORBIDDEN, flaws, is_plain
from annotated_archive.records.usual import read_usual

_WORDS = st.sampled_from(
    ["a", "true", "null", "~", "no", "12", "-1.5", "1e3", "1" * 400, "1e999", "2022-01-01", "text with: colon", "x #y",
     "a:b", "ends:", "ends ", "-", "- a", "é ñ", "“q”", '"', "\\", "'s", "[x]", "{", "&a", "*a", "!t", "%", "#", "?",
     "a\nb", "a\n\nb", " a\nb", "a\nb\n", "a \nb", "", "one-two", "1993-ury", "\u00a0x", "tab\there"]
)  # fmt: skip
_KEYS = st.sampled_from(["a", "cite", "x_cite", "via", "body", "id", "12", "no", "true", "two words", "é", "-", "a:b"])
_DATA = st.recursive(
    _WORDS | st.none() | st.booleans() | st.integers(-99, 10**20) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_RECORDS = st.lists(_DATA, max_size=4) | st.dictionaries(_KEYS, _DATA, max_size=6)
_LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "  ", "    ", " ", "      "]),
        st.sampled_from(["", "", "- ", "-", "- - "]),
        st.sampled_from(["a: ", "b: ", "a:", "b:", "cite: ", '"q": ', "", "", "? ", "a : "]),
        st.sampled_from(["", "", "x", "x y", "1", "null", '"x"', '"a\\nb"', '"\\u00e9"', "'x'", "[a, b]", '["1a", 2]',
                         "[]", "{}", "|-", "|", ">-", "x: y", "# c", "x # c", "[a,b]", "[a", "---", "x:", '"x" y',
                         "[true, 12]", "x ", "-1", "-", "&x y", "- z", "1e999"]),
    ).map("".join),
    max_size=7,
)  # fmt: skip


def agree(text: str, first_line: int = 1) -> Document | None:
    """What the quick reader says of `text`, which must be what the other one says, if it says anything."""
    found = read_usual(text, first_line)
    if found is not None:
        wanted = yamlio._strictly(text, "a.yml", first_line)
        assert repr(found) == repr(wanted)  # types and orders too: 1 is not True
    return found


@given(_RECORDS, st.integers(1, 3))
def test_what_is_written_reads_as_by_the_other_reader(data: object, first_line: int) -> None:
    agree(yamlio.write(data), first_line)  # type: ignore[arg-type]


@given(_LINES)
def test_lines_of_any_kind_read_as_by_the_other_reader_or_not_at_all(lines: list[str]) -> None:
    agree("".join(f"{line}\n" for line in lines))


_USUAL = """\
# yaml-language-server: $schema=../x.json
id: "1993-a"
number: -12.5
nothing: null
title: "With \\"marks\\" and \\\\"
places:
  - one
  - "null"
  - null
  - two words
targets:
  - part: body
    exact: words, as they stand
    deep:
      - a: 1
      - b: true
body: |-
  First: line # no comment

    indented
  - last
cite: [work-1, "1993-a", 12]
none: []
no: {}
"""


def test_a_usual_file_is_read_by_it() -> None:
    found = agree(_USUAL, 2)
    assert found is not None
    assert found.data["body"] == "First: line # no comment\n\n  indented\n- last"
    assert found.place(("targets", 0, "deep", 1, "b")) == (17, 12)


def test_a_usual_file_with_slips_reads_as_by_the_other_reader_or_not_at_all() -> None:
    """A character is taken out, put in or changed at each place: hundreds of files that are nearly usual."""
    chance = random.Random(7)
    for at in range(len(_USUAL)):
        sign = chance.choice(" \n:-#\"[]{}|,'&*!?%>ax1\\~")
        for slipped in (_USUAL[:at] + _USUAL[at + 1 :], _USUAL[:at] + sign + _USUAL[at:],
                        _USUAL[:at] + sign + _USUAL[at + 1 :]):  # fmt: skip
            agree(slipped)


@pytest.mark.parametrize(
    "text",
    ["a: 'x'\n", "a:\n- x\n", "a: x\n  y\n", "a:\n", "a: &b x\n", "a: x # y\n", "a: 1\na: 2\n", "---\na: 1\n",
     "a: 1\n...\n", "a: >-\n  x\n", "x\n", "", "a: x", "a:\n   b: 1\n", "a: [b, [c]]\n", "- - a\n"],
)  # fmt: skip
def test_what_is_not_usual_is_left_to_the_other_reader(text: str) -> None:
    assert agree(text) is None


def test_nesting_is_refused_however_it_is_written() -> None:
    text = "".join(f"{'  ' * depth}a:\n" for depth in range(60)) + f"{'  ' * 60}a: 1\n"
    assert agree(text) is None
    with pytest.raises(ContentError) as refused:
        yamlio.read(text, "a.yml")
    assert re.match("YAML-DEPTH", refused.value.diagnostics[0].rule)


def test_a_plain_text_holds_nothing_that_is_refused_and_no_other_white_space() -> None:
    text = "".join(sign for sign in map(chr, range(sys.maxunicode + 1)) if is_plain(sign))
    assert not FORBIDDEN.search(text)
    assert not yamlio._REFUSED.search(text)
    assert {sign for sign in text if sign.isspace()} == {" ", "\n"}


@given(st.text(st.sampled_from("a \n\u00a0\t"), max_size=9))
def test_blocks_are_judged_alike_with_and_without_the_quick_look(text: str) -> None:
    apart = any(what.startswith("blocks") for _, what in flaws(text))
    assert apart == bool(re.search(r"\n{3,}|[^\S\n]\n|\n[^\S\n]", text))
