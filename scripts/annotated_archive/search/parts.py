"""Pagefind's index cut finer: who looks for a rare word loads less, and the table of contents is shorter.

Pagefind puts some 60 kB into a part of the index: words in their order, each with the places where it stands. Here the
parts are cut between words, whose bytes stay as they are, and the table of contents is written anew. In it a page is
called by its number among the documents, so that nothing else has to say which page is which.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

from annotated_archive.search import cbor

SIGN = b"pagefind_dcd"
"""What Pagefind's files begin with, inside their compression."""
PART = 32_000
"""Bytes of a part, unless one word has more: some 20 kB compressed."""
_TOGETHER = 3  # words that share so many letters stay together, for whoever types the beginning of several
# All items up to the next text: numbers and the heads of arrays.
_NO_TEXT = re.compile(
    rb"(?:[\x00-\x17\x20-\x37\x80-\x97]|[\x18\x38\x98].|[\x19\x39\x99].{2}|[\x1a\x3a\x9a].{4})*+", re.DOTALL
)
_WORD = 0x83  # the head of a word, which is [text, pages, forms]; a form is [text, pages]


def parted(
    meta: bytes, chunks: Mapping[str, bytes], numbers: Mapping[str, int]
) -> tuple[bytes, list[bytes], dict[int, int]]:
    """The table of contents and the parts, called 0, 1, …, made of Pagefind's, all of them compressed; and how many
    words each page has, by its number.

    `numbers` has the number of each page by its name. Raises CborError, UnicodeDecodeError, KeyError or TypeError where
    the bytes are not what Pagefind writes.
    """
    version, pages, contents, *rest = cbor.decoded(plain(meta))
    made: list[bytes] = []
    listed: list[list[str]] = []
    last = ""
    for _, _, name in contents:
        for part in _parts(plain(chunks[name])):
            first = part[0][0]
            start = first[: _shared(last, first) + 1]
            last = part[-1][0]
            listed.append([start, last, str(len(made))])
            words = b"".join(word for _, word in part)
            made.append(_compressed(cbor.array(1) + cbor.array(len(part)) + words))
    counts = {numbers[name]: words for name, words in pages}
    called = [[str(number), words] for number, words in counts.items()]
    return _compressed(cbor.encoded([version, called, listed, *rest])), made, counts


def plain(data: bytes) -> bytes:
    """What a file of Pagefind's holds. Raises CborError for any other file, zlib.error for one cut short."""
    data = zlib.decompress(data, 31)
    if not data.startswith(SIGN):
        raise cbor.CborError("a file of another kind")
    return data.removeprefix(SIGN)


def _compressed(data: bytes) -> bytes:
    return zlib.compress(SIGN + data, 6, 31)


def _parts(data: bytes) -> Iterator[list[tuple[str, bytes]]]:
    """The words of a part, in smaller parts."""
    part: list[tuple[str, bytes]] = []
    size = 0
    for word, entry in _words(data):
        if part and size + len(entry) > PART and _shared(part[-1][0], word) < _TOGETHER:
            yield part
            part, size = [], 0
        part.append((word, entry))
        size += len(entry)
    if part:
        yield part


def _words(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each word of a part with its bytes."""
    _, outer, at = cbor.header(data, 0)
    _, count, at = cbor.header(data, at)
    for _ in range(count):
        begin, at = at, at + 1
        if outer != 1 or data[begin : begin + 1] != bytes([_WORD]):
            raise cbor.CborError("no word where one should begin")
        word, at = cbor.text(data, at)
        at = _no_text(data, at)
        while at < len(data) and data[at - 1] != _WORD:  # a form of the word
            _, at = cbor.text(data, at)
            at = _no_text(data, at)
        if at < len(data):
            at -= 1  # the head of the next word
        yield word, data[begin:at]
    if at != len(data):
        raise cbor.CborError("there is more than was announced")


def _no_text(data: bytes, at: int) -> int:
    found = _NO_TEXT.match(data, at)
    return found.end() if found else at


def _shared(one: str, other: str) -> int:
    """With how many letters both begin."""
    for at, (mine, its) in enumerate(zip(one, other, strict=False)):
        if mine != its:
            return at
    return min(len(one), len(other))
