"""Links to exact words on a publisher's page."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.anchor.fragment import text_fragment


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "directive"),
    [
        ("the words", "", "", "the%20words"),
        ("49-50, men & co", "at least ", " were killed", "at%20least-,49%2D50%2C%20men%20%26%20co,-were%20killed"),
        ("Գորիս", "", "", "%D4%B3%D5%B8%D6%80%D5%AB%D5%BD"),
        ("ells fell on Gor", "Sh", "is. The", "Shells%20fell%20on%20Goris,-.%20The"),
        ("quiet", "said.\n\nGoris was ", ".\n\nIt", "Goris%20was-,quiet"),
        ("  spaced \t words ", "", "", "spaced%20words"),
        ("a b c", "one two three four five six seven ", "", "three%20four%20five%20six%20seven-,a%20b%20c"),
        ("One two three.\n\nFour five six. Seven", "", "", "One%20two%20three.,Four%20five%20six.%20Seven"),
        ("Only.\n\nTwo", "", "", "Only.,Two"),
    ],
)
def test_a_link_names_the_words_for_the_browser(exact: str, prefix: str, suffix: str, directive: str) -> None:
    url = "https://paper.example/a?b=c"
    assert text_fragment(url, exact, prefix, suffix) == f"{url}#:~:text={directive}"


def test_a_link_keeps_a_fragment_and_replaces_a_directive() -> None:
    assert text_fragment("https://p.example/#top", "words") == "https://p.example/#top:~:text=words"
    assert text_fragment("https://p.example/#top:~:text=old", "words") == "https://p.example/#top:~:text=words"


@pytest.mark.parametrize("nothing", ["", " \n", "…", "—"])
def test_without_words_the_address_stays(nothing: str) -> None:
    assert text_fragment("https://p.example/#top", nothing) == "https://p.example/#top"


def test_long_words_are_named_by_beginning_and_end() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    start, end = unquote(text_fragment("https://p.example/", words).partition("text=")[2]).split(",")
    assert words.startswith(start) and words.endswith(end) and len(start.split()) == len(end.split()) == 5


def test_an_end_that_is_repeated_grows_until_it_is_the_end() -> None:
    words = f"{'begin here ' * 4}{'so it was said then ' * 12}and so it was said then"
    start, end = unquote(text_fragment("https://p.example/", words).partition("text=")[2]).split(",")
    rest = words.removeprefix(start)
    assert rest.endswith(end) and rest.count(f" {end}") == 1


@given(st.text(max_size=400), st.text(max_size=60), st.text(max_size=60))
def test_a_directive_holds_only_signs_of_addresses_and_no_more_parts_than_it_may(a: str, b: str, c: str) -> None:
    link = text_fragment("https://p.example/", a, b, c)
    directive = link.partition(":~:text=")[2]
    assert re.fullmatch(r"[A-Za-z0-9%._~,-]*", directive)
    parts = [p for p in directive.split(",") if not p.startswith("-") and not p.endswith("-")]
    assert len(parts) <= 2 and directive.count(",") <= 3
    assert not any("-" in part for part in parts)
