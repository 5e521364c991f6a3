"""Pagefind's index, cut finer: CBOR, the same words with the same bytes, and a table of contents that finds them."""

from __future__ import annotations

import json
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.search import cbor, pagefind, parts

VALUES = st.recursive(st.integers(0, 2**64 - 1) | st.text(), lambda inner: st.lists(inner, max_size=30), max_leaves=60)


@given(VALUES)
def test_values_come_back_from_cbor(value: Any) -> None:
    assert cbor.decoded(cbor.encoded(value)) == value


def test_cbor_is_written_as_the_standard_shows_it() -> None:
    examples = {"00": 0, "17": 23, "1818": 24, "1903e8": 1000, "1a000f4240": 1_000_000, "60": "", "62c3bc": "ü",
                "1bffffffffffffffff": 2**64 - 1, "8301820203820405": [1, [2, 3], [4, 5]]}  # fmt: skip
    assert {cbor.encoded(value).hex(): value for value in examples.values()} == examples


@given(st.binary(max_size=40))
def test_other_bytes_are_told_apart_from_cbor(data: bytes) -> None:
    try:
        value = cbor.decoded(data)
    except (cbor.CborError, UnicodeDecodeError):
        return
    assert cbor.decoded(cbor.encoded(value)) == value


def entry(word: str, pages: int = 1, forms: tuple[str, ...] = ()) -> bytes:
    """A word as Pagefind writes it: pages with places, of which a negative number is the weight; and its forms."""
    one = (
        cbor.array(3)
        + cbor.encoded(1)
        + cbor.array(3)
        + b"\x38\x18"
        + cbor.encoded(300)
        + b"\x1a\0\1\0\0"
        + cbor.array(0)
    )
    places = cbor.array(pages) + one * pages
    others = b"".join(cbor.array(2) + cbor.encoded(form) + places for form in forms)
    return cbor.array(3) + cbor.encoded(word) + places + cbor.array(len(forms)) + others


def zipped(data: bytes) -> bytes:
    return zlib.compress(parts.SIGN + data, 9, 31)


def chunk(*entries: bytes) -> bytes:
    return zipped(cbor.array(1) + cbor.array(len(entries)) + b"".join(entries))


def contents(*chunks: list[str]) -> bytes:
    return zipped(cbor.encoded(["1.5.2", [["en_b", 7], ["en_a", 9]], list(chunks), [], [], ["title"]]))


def test_parts_are_cut_between_words_and_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 60)
    words = [
        entry("alarm"),
        entry("alarmed", forms=("älarmed", "alärmed")),
        entry("army", 40),
        entry("axe"),
        entry("ayes"),
    ]
    given_ = {"en_1": chunk(*words), "en_2": chunk(entry("azure"))}
    table = contents(["a", "ax", "en_1"], ["az", "z", "en_2"])
    meta, made, counts = parts.parted(table, given_, {"en_a": 0, "en_b": 1})
    assert cbor.decoded(parts.plain(meta)) == [
        "1.5.2",
        [["1", 7], ["0", 9]],
        [["a", "alarmed", "0"], ["ar", "army", "1"], ["ax", "ayes", "2"], ["az", "azure", "3"]],
        [],
        [],
        ["title"],
    ]
    assert counts == {1: 7, 0: 9}
    plain = [parts.plain(part) for part in made]
    assert plain[0] == cbor.array(1) + cbor.array(2) + words[0] + words[1]  # what begins alike stays together
    assert plain[1] == cbor.array(1) + cbor.array(1) + words[2]
    assert plain[2] == cbor.array(1) + cbor.array(2) + words[3] + words[4]
    assert plain[3] == parts.plain(given_["en_2"])


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"\x81", b"\x81\x81", b"\x81\x82" + entry("a"), b"\x81\x81\x83\x61\xff\x80\x80",
        b"\x82\x81" + entry("a"), b"\x81\x81\x82" + entry("a")[1:], b"\x81\x81" + entry("a") + b"\xf6",
    ],
)  # fmt: skip
def test_an_index_of_another_form_is_not_taken(broken: bytes) -> None:
    with pytest.raises((cbor.CborError, UnicodeDecodeError)):
        parts.parted(contents(["a", "z", "en_1"]), {"en_1": zipped(broken)}, {"en_a": 0, "en_b": 1})


@pytest.mark.parametrize("data", [b"no gzip", zlib.compress(b"another file", 9, 31), zipped(b"cut short")[:-9]])
def test_a_file_of_another_kind_is_not_taken(data: bytes) -> None:
    with pytest.raises((cbor.CborError, zlib.error)):
        parts.plain(data)


def test_pagefinds_own_words_are_all_there_with_their_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [
        [f"Page {page}", *(f"word{word} été ete {'common ' * page}" for word in range(page, 3000, 7))]
        for page in range(9)
    ]
    found: dict[str, dict[str, bytes]] = {}
    parted = parts.parted

    def kept(
        meta: bytes, chunks: dict[str, bytes], numbers: dict[str, int]
    ) -> tuple[bytes, list[bytes], dict[int, int]]:
        contents, made, counts = parted(meta, chunks, numbers)
        found["theirs"] = {word: data for one in chunks.values() for word, data in parts._words(parts.plain(one))}
        found["ours"] = {word: data for one in made for word, data in parts._words(parts.plain(one))}
        listed = cbor.decoded(parts.plain(contents))[2]
        assert [name for _, _, name in listed] == [str(number) for number in range(len(made))]
        assert all(first <= last for first, last, _ in listed)
        assert all(one[1] < other[0] for one, other in pairwise(listed))
        for (first, last, _), part in zip(listed, made, strict=True):
            assert all(first <= word <= last for word, _ in parts._words(parts.plain(part)))
        assert len(made) > len(chunks) > 1
        return contents, made, counts

    monkeypatch.setattr(parts, "PART", 2_000)
    monkeypatch.setattr(parts, "parted", kept)
    index = pagefind.index(pages, "en", tmp_path)
    assert found["ours"] == found["theirs"] and len(found["ours"]) > 3_000
    # The title's words, and those of each paragraph with the gap before them.
    counted = {number: sum(len(text.split()) + 1 for text in texts) - 1 for number, texts in enumerate(pages)}
    assert index.words == counted
    called = cbor.decoded(parts.plain(index.meta[1]))[1]
    assert [json.loads(name) for name, _ in called] == list(range(9)), "in our order"
    assert {int(name): words for name, words in called} == index.words
