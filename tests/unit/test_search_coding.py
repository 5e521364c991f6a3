"""Bytes as a script that a page can load from a folder: nothing lost, nothing that ends the script's string."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotated_archive.search.coding import script
from searchdata import unscript

# Units that the script must not hold as they are, in pairs of bytes, and halves of surrogate pairs.
AWKWARD = "".join(map(chr, (0, 1, 10, 13, 34, 92, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF)))


@given(st.binary())
@example(b"")
@example(b"\x00")
@example(AWKWARD.encode("utf-16-le", "surrogatepass"))
@example("\ud800\U0001f600\udc00".encode("utf-16-le", "surrogatepass"))
def test_a_script_hands_over_the_bytes_that_it_was_made_of(data: bytes) -> None:
    assert unscript(script("d-1/table", data)) == ("d-1/table", data)


@given(st.binary())
def test_a_script_is_one_call_with_one_string_literal(data: bytes) -> None:
    text = script("meta", data).decode("utf-16")
    inside = re.fullmatch(rf'aaData\("meta",{len(data)},"(.*)"\)', text, re.DOTALL)
    assert inside is not None
    assert not set(inside[1]) & set('\x00\n\r"\\\u2028\u2029\ufeff\ufffe\uffff')


def test_a_script_is_read_as_utf_16_whatever_a_server_says() -> None:
    assert script("meta", b"abc").startswith(b"\xff\xfe")


def test_a_script_of_compressed_bytes_is_little_larger_than_they_are() -> None:
    data = bytes((n * n * 7919 + n * 104729 >> 7) & 255 for n in range(60_000))
    assert len(script("meta", data)) < 1.06 * len(data)


def test_another_script_is_not_taken_for_search_data() -> None:
    with pytest.raises(ValueError, match="not a script of search data"):
        unscript('\ufeffalert("1")'.encode("utf-16-le"))
