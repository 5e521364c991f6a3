"""The archive's YAML: what is written is read back, what is in doubt is refused, and every value has its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError
from language import plain

KEYS = st.text(max_size=30) | st.sampled_from(
    ["id", "no", "null", "true", "5", "-", "---", "<<", "?", "😀", "~", "a b"]
)
HARD_TEXTS = st.sampled_from(
    [
        *(
            "no",
            "Yes",
            "null",
            "~",
            "true",
            "12:30",
            "0123",
            "1e23",
            "0x1F",
            "1_000",
            ".inf",
            "y",
            "2022-09-13",
            "=",
            "<<",
        ),
        *(
            "-",
            "- a",
            "? a",
            ": a",
            "a: b",
            "a #b",
            "a:",
            "# a",
            "&a",
            "*a",
            "!a",
            "!!str a",
            "@a",
            "`a",
            "%a",
            "[a]",
            "{a}",
        ),
        *("'a'", '"a"', ">", "|", "|-", "\\", "---", "...", "a,b", "a'b", 'a"b', "a\\nb", "Lemon", "inferno"),
        *("a\nb", "a\n\nb", "a\n b", "a\n", "\na", "a \nb", "a\n---\nb", "\ta", "a\tb", "a\rb", "a\x85b", "a\u2028b"),
        *("\ufeffa", "a\ufeff", "\u202eabc", "a\x00b", "\x7f", "\ufffe", "\xa0a", "a\xa0", "\u3000\na"),
        *("e\u0301", "Գորիս", "Ağdərə", "دف", "\ud55c", "😀"),
    ]
)
TEXTS = st.text(max_size=60) | HARD_TEXTS | st.lists(HARD_TEXTS, max_size=4).map("\n".join)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers() | TEXTS


def documents(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    data = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))
    return st.lists(data, max_size=5) | st.dictionaries(KEYS, data, max_size=5)


def read(text: str) -> Any:
    return yamlio.read(text, "a.yml").data


def finding(text: str) -> str:
    """The one diagnostic that reading `text` gives."""
    with pytest.raises(ContentError) as caught:
        yamlio.read(text, "a.yml")
    assert len(caught.value.diagnostics) == 1
    return str(caught.value)


@given(documents(SCALARS | FLOATS))
def test_what_is_written_is_read_back(data: Any) -> None:
    text = yamlio.write(data)
    assert read(text) == data
    assert yamlio.write(read(text)) == text


@given(documents(SCALARS))
def test_other_readers_see_the_same_words(data: Any) -> None:
    """A YAML 1.1 reader sees each text as that text (not so with numbers: it takes 1e+23 for text)."""

    def texts(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): texts(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [texts(inner) for inner in value]
        return value

    assert texts(yaml.load(yamlio.write(data), Loader=yaml.SafeLoader)) == texts(data)


def test_the_canonical_form() -> None:
    data = {
        "id": "goris",
        "empty": [],
        "none": None,
        "plain": "Goris, a town",
        "quoted": ["no", "12:30", "a: b", "- a", "", "2022-09-13", "tab\there"],
        "block": "one\n\n  two",
        "numbers": [1, -1.5, 1e23, True],
        "nested": [{"text": "a\nb", "cite": ["x"]}, ["y", ["z"]], {}],
        "Գորիս": {"a b": 1},
    }
    assert (
        yamlio.write(data)
        == """\
id: goris
empty: []
none: null
plain: Goris, a town
quoted:
  - "no"
  - "12:30"
  - "a: b"
  - "- a"
  - ""
  - "2022-09-13"
  - "tab\\there"
block: |-
  one

    two
numbers:
  - 1
  - -1.5
  - 1e+23
  - true
nested:
  - text: |-
      a
      b
    cite: [x]
  - - "y"
    - - z
  - {}
"Գորիս":
  "a b": 1
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no",
            "No",
            "yes",
            "on",
            "0123",
            "12:30",
            "0x1F",
            "0o7",
            "1_000",
            ".5",
            "1.",
            "+1",
            "2022-09-13",
            "Null",
            "True",
        ),
        *("NaN", ".inf", "=", "01", "1e", "1e2.5", "1,5", "½", "١", "1١"),
    ],
)
def test_what_is_no_json_value_is_text(text: str) -> None:
    assert read(f"a: {text}")["a"] == text
    assert read(f"- {text}x") == [f"{text}x"]


@pytest.mark.parametrize(
    "text", ["0", "-0", "7", "-12", "1.50", "1e23", "1E+2", "-1.5e-3", "123456789012345678901234567890"]
)
def test_json_numbers_are_numbers(text: str) -> None:
    value = read(f"a: {text}")["a"]
    assert (value, type(value)) == (json.loads(text), type(json.loads(text)))


def test_constants_and_quotes() -> None:
    assert read("[true, false, null, ~, '5', \"true\", 'null', '']") == [
        True,
        False,
        None,
        None,
        "5",
        "true",
        "null",
        "",
    ]
    assert read("a:\nb: |\n  5\nc: >-\n  null\n") == {"a": None, "b": "5\n", "c": "null"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_nothing_reads_as_none(text: str) -> None:
    assert read(text) is None


def test_empty_collections_are_read_back() -> None:
    assert (yamlio.write({}), yamlio.write([])) == ("{}\n", "[]\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tb: c", "a.yml:2:1: YAML-TAB a tab in the indentation. Indent with spaces."),
        ("a:\n  \tb: c", "a.yml:2:3: YAML-TAB a tab in the indentation. Indent with spaces."),
        ("a: [1,\n\t2]", "a.yml:2:1: YAML-TAB a tab in the indentation. Indent with spaces."),
        ("a: 1\nb: 2\na: 3", "a.yml:3:1: YAML-DUPLICATE-KEY key “a” stands already in line 1. Keep one of the two."),
        ("- {a: 1, 'a': 2}", "a.yml:1:10: YAML-DUPLICATE-KEY key “a” stands already in line 1. Keep one of the two."),
        ("a: &x 1", "a.yml:1:4: YAML-ANCHOR anchor “x”. Write the value out in full."),
        ("a: &x [1]", "a.yml:1:4: YAML-ANCHOR anchor “x”. Write the value out in full."),
        ("&x a: 1", "a.yml:1:1: YAML-ANCHOR anchor “x”. Write the value out in full."),
        ("a: *x", "a.yml:1:4: YAML-ANCHOR alias “x”. Write the value out in full."),
        ("<<: *x", "a.yml:1:5: YAML-ANCHOR alias “x”. Write the value out in full."),
        ("a: !!python/name:os", "a.yml:1:4: YAML-TAG tag “tag:yaml.org,2002:python/name:os”. Remove the tag."),
        ("a: !x {}", "a.yml:1:4: YAML-TAG tag “!x”. Remove the tag."),
        ("a: ! 5", "a.yml:1:4: YAML-TAG tag “!”. Remove the tag."),
        ("!!str a: 5", "a.yml:1:1: YAML-TAG tag “tag:yaml.org,2002:str”. Remove the tag."),
        ("a: 1\n---\nb: 2", "a.yml:2:1: YAML-SYNTAX a second document begins here. Keep one document in a file."),
        ("? [a]\n: b", "a.yml:1:3: YAML-SYNTAX a key that is not plain text. Write a simple key."),
        (
            "a: b: c",
            "a.yml:1:5: YAML-SYNTAX mapping values are not allowed in this context. If this is one text with a colon in"
            " it, put it in quotation marks, or on the lines below `|-`.",
        ),
        ("a: 'x", "a.yml:1:6: YAML-SYNTAX found unexpected end of stream. Compare with a neighbouring file."),
        ("a: \x00", "a.yml:1:4: YAML-SYNTAX character U+0000. Remove it."),
        ("é: Գորիս😀\nb: é\x07", "a.yml:2:5: YAML-SYNTAX character U+0007. Remove it."),
        ("a: b\u2028c", "a.yml:1:5: YAML-SYNTAX character U+2028. Remove it."),
        ("a: b\r\nc: d", "a.yml:1:5: YAML-SYNTAX character U+000D. Remove it."),
        ("a: b\x85c", "a.yml:1:5: YAML-SYNTAX character U+0085. Remove it."),
        ("\ufeffa: b", "a.yml:1:1: YAML-SYNTAX character U+FEFF. Remove it."),
        ("a: \ud800", "a.yml:1:4: YAML-SYNTAX character U+D800. Remove it."),
        ("a: 1e400", "a.yml:1:4: YAML-SYNTAX a number too large to read. Quote it."),
        ("a: -1e400", "a.yml:1:4: YAML-SYNTAX a number too large to read. Quote it."),
        (f"a: {'9' * 5000}", "a.yml:1:4: YAML-SYNTAX a number too large to read. Quote it."),
        ("[" * 50_000, "a.yml:1:51: YAML-DEPTH nested deeper than 50 levels. Flatten it."),
        ("{a: " * 50_000, "a.yml:1:201: YAML-DEPTH nested deeper than 50 levels. Flatten it."),
        ("- " * 50_000, "a.yml:1:101: YAML-DEPTH nested deeper than 50 levels. Flatten it."),
    ],
    ids=lambda text: repr(text[:40]),
)  # fmt: skip
def test_what_is_refused(text: str, expected: str) -> None:
    assert finding(text) == expected


def test_a_billion_laughs_are_refused_at_the_first_anchor() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10)]
    text = "\n".join(["l0: &l0 [lol, lol, lol]", *levels])
    assert finding(text) == "a.yml:1:5: YAML-ANCHOR anchor “l0”. Write the value out in full."


def test_fifty_levels_are_read() -> None:
    assert finding("[" * 51 + "]" * 51) == "a.yml:1:51: YAML-DEPTH nested deeper than 50 levels. Flatten it."
    read("[" * 49 + "x" + "]" * 49)


def test_ten_million_characters_are_enough() -> None:
    text = "a: " + "x" * (yamlio.MAX_CHARACTERS - 2)
    assert finding(text) == "a.yml:1:1: YAML-SIZE 10000001 characters of YAML. Split the file."


@given(st.text() | st.text(alphabet="ab:-?[]{}&*!|>'\"%@#,\n \t\u0661😀é"))
def test_any_text_reads_or_gives_one_diagnostic_with_a_place_in_it(text: str) -> None:
    try:
        read(text)
    except ContentError as error:
        (found,) = error.diagnostics
        lines = text.split("\n")
        assert found.path == "a.yml" and found.rule.startswith("YAML-")
        at_end = (found.line, found.column) == (len(lines) + 1, 1)
        assert at_end or 1 <= found.column <= len(lines[found.line - 1]) + 1


def test_every_value_and_key_has_its_place() -> None:
    text = """
        id: é😀Գ
        names:
          - {text: Գորիս, lang: hy}
          - text: x
            cite: [a, bb]
        note: |-
          two
          lines
        empty:
        """
    document = yamlio.read(plain(text), "a.yml", first_line=2)
    assert document.places == {
        (): (2, 1),
        ("id",): (2, 5),
        ("names",): (4, 3),
        ("names", 0): (4, 5),
        ("names", 0, "text"): (4, 12),
        ("names", 0, "lang"): (4, 25),
        ("names", 1): (5, 5),
        ("names", 1, "text"): (5, 11),
        ("names", 1, "cite"): (6, 11),
        ("names", 1, "cite", 0): (6, 12),
        ("names", 1, "cite", 1): (6, 15),
        ("note",): (7, 7),
        ("empty",): (10, 7),
    }
    assert document.keys == {
        ("id",): (2, 1),
        ("names",): (3, 1),
        ("names", 0, "text"): (4, 6),
        ("names", 0, "lang"): (4, 19),
        ("names", 1, "text"): (5, 5),
        ("names", 1, "cite"): (6, 5),
        ("note",): (7, 1),
        ("empty",): (10, 1),
    }


def test_a_place_that_is_not_there_is_that_of_what_holds_it() -> None:
    document = yamlio.read("a:\n  - b: c\n", "a.yml")
    assert document.place(("a", 0, "b")) == (2, 8)
    assert document.place(("a", 0, "b"), key=True) == (2, 5)
    assert document.place(("a", 0, "missing", 3)) == (2, 5)
    assert document.place(("a", 0, "missing"), key=True) == (2, 5)
    assert document.place(("missing",)) == (1, 1)
    assert yamlio.Document(None).place(("a",)) == (1, 1)


def test_diagnostics_count_from_the_first_line_given() -> None:
    with pytest.raises(ContentError) as caught:
        yamlio.read("a: 1\nb: &x 2", "archive/articles/a.md", first_line=2)
    assert str(caught.value) == "archive/articles/a.md:3:4: YAML-ANCHOR anchor “x”. Write the value out in full."
    with pytest.raises(ContentError) as caught:
        yamlio.read("a: 1\nb: \x07", "a.md", first_line=2)
    assert str(caught.value) == "a.md:3:4: YAML-SYNTAX character U+0007. Remove it."
