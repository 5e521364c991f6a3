"""CBOR as far as Pagefind's index needs it: whole numbers, texts and arrays of a known length (RFC 8949)."""

from __future__ import annotations

from typing import Any

_INTEGER, _TEXT, _ARRAY = 0, 3, 4
_SHORT = 24
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}


class CborError(ValueError):
    """Bytes that are no CBOR, or more than is read here."""


def encoded(value: Any) -> bytes:
    """A number from 0 on, a text, or a list of these, in the fewest bytes."""
    if isinstance(value, int):
        return head(_INTEGER, value)
    if isinstance(value, str):
        text = value.encode()
        return head(_TEXT, len(text)) + text
    return head(_ARRAY, len(value)) + b"".join(map(encoded, value))


def array(size: int) -> bytes:
    """The beginning of an array of so many items."""
    return head(_ARRAY, size)


def head(kind: int, number: int) -> bytes:
    """The beginning of an item: its kind, and its size or value."""
    if number < _SHORT:
        return bytes([kind << 5 | number])
    for code, size in _SIZES.items():
        if number < 1 << 8 * size:
            return bytes([kind << 5 | code]) + number.to_bytes(size, "big")
    raise CborError("a number of more than eight bytes")


def header(data: bytes, at: int) -> tuple[int, int, int]:
    """The item that begins at a place: its kind, its size or value, and the place after them. Raises CborError."""
    if at >= len(data):
        raise CborError("the data end early")
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number < _SHORT:
        return kind, number, at
    size = _SIZES.get(number)
    if size is None or at + size > len(data):
        raise CborError("the data end early, or an item is of no known length")
    return kind, int.from_bytes(data[at : at + size], "big"), at + size


def text(data: bytes, at: int) -> tuple[str, int]:
    """The text that begins at a place, and the place after it. Raises CborError."""
    kind, size, at = header(data, at)
    if kind != _TEXT or at + size > len(data):
        raise CborError("a text is missing or cut short")
    return data[at : at + size].decode(), at + size


def decoded(data: bytes) -> Any:
    """The one value that the bytes are, of those that can be `encoded`. Raises CborError, or UnicodeDecodeError."""
    value, at = _item(data, 0)
    if at != len(data):
        raise CborError("there is more than one value")
    return value


def _item(data: bytes, at: int) -> tuple[Any, int]:
    kind, number, after = header(data, at)
    if kind == _INTEGER:
        return number, after
    if kind == _TEXT:
        return text(data, at)
    if kind != _ARRAY:
        raise CborError("neither a number, nor a text, nor an array")
    items = []
    for _ in range(number):
        item, after = _item(data, after)
        items.append(item)
    return items, after
