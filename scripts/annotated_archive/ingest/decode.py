"""A capture's bytes as text, in a way that can be undone byte for byte."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from annotated_archive.records.diagnostic import ContentError, Diagnostic

MAX_BYTES = 10_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class Decoded:
    """The text, the encoding that gives the bytes back, and whether a byte-order mark stood before it."""

    text: str
    encoding: str
    bom: bool

    def encode(self, text: str) -> bytes:
        """The bytes that `text` had in this encoding."""
        mark = next((mark for mark, name in _MARKS if name == self.encoding), b"") if self.bom else b""
        return mark + text.encode(self.encoding)


def decode(data: bytes, name: str) -> Decoded:
    """Decode by byte-order mark, else UTF-8, else Windows-1252, else ISO 8859-1, if what comes out is text.

    Raises ContentError (INGEST-EMPTY, INGEST-SIZE, INGEST-NOT-TEXT).
    """

    def fail(rule: str, message: str, mend: str) -> ContentError:
        return ContentError(Diagnostic(name, 1, 1, rule, message, mend))

    if not data:
        raise fail("INGEST-EMPTY", "the file is empty", "Save the page again.")
    if len(data) > MAX_BYTES:
        raise fail("INGEST-SIZE", f"{len(data):,} bytes; an article has at most {MAX_BYTES:,}", "Split the file.")
    if any(data.startswith(mark) for mark, _ in _MARKS):
        decoded = _by_mark(data)
        if decoded is None:
            message = "not text in the encoding that its byte-order mark names"
            raise fail("INGEST-NOT-TEXT", message, "Save it as UTF-8.")
    else:
        decoded = _try(data, "utf-8") or _legacy(data)
    if decoded is None or not _is_text(decoded.text):
        raise fail("INGEST-NOT-TEXT", "not a text file", "Give the page as plain text.")
    if not decoded.text.strip():
        raise fail("INGEST-EMPTY", "nothing but white space", "Save the page again.")
    return decoded


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding, mark)
    return None


def _legacy(data: bytes) -> Decoded | None:
    """Single-byte Latin, which accepts almost anything: so only where no zero byte hints at something else."""
    if b"\x00" in data:
        return None
    return _try(data, "windows-1252") or _try(data, "iso-8859-1")


def _try(data: bytes, encoding: str, mark: bytes = b"") -> Decoded | None:
    try:
        text = data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError:
        return None
    decoded = Decoded(text, encoding, bool(mark))
    return decoded if decoded.encode(text) == data else None


def _is_text(text: str) -> bool:
    """Whether `text` could be prose: no zero bytes, and hardly any control characters."""
    sample = text[:100_000]
    controls = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in sample)
    return "\x00" not in text and controls * 100 <= len(sample)
