"""What a capture is, told from its first bytes: names of files say what somebody thought."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import PurePath
from typing import Literal

Kind = Literal["text", "html", "singlefile", "mhtml", "pdf", "warc", "zip"]

_TEXT_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The tags by which browsers tell HTML (WHATWG MIME Sniffing, section 7.1), after comments and an XML declaration.
_BEFORE = r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,20000}-->\s*)*"
_HTML = re.compile(
    _BEFORE
    + r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|iframe|table|div|font|h1|a|b|br|p)[\s>/]",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)
_HTML_NAMES = {".html", ".htm", ".xhtml", ".shtml"}
# The one comment of the head that a program wrote, before anything that the page itself says.
SINGLEFILE = re.compile(
    r"\s*(?:<!doctype[^>]{0,500}>\s*)?(?:<html(?:[^>\"']|\"[^\"]*\"|'[^']*'){0,20000}>\s*)?<!--\s*"
    r"(?:Page saved with SingleFile|Archive processed by SingleFile)\b((?:[^-]|-(?!->)){0,20000})-->",
    re.IGNORECASE,
)
_HEADER = re.compile(rb"[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MIME = re.compile(rb"^content-type:\s*(?:multipart/related|text/html|application/xhtml\+xml)", re.I | re.M)


def kind(head: bytes, name: str) -> Kind | None:
    """What the file is that begins with `head` (up to 65,536 bytes); None if nothing that is taken in.

    The suffix of `name` counts in one case only: a text with tags that is called .html is a part of a page.
    """
    if head.startswith(b"%PDF-", len(head) - len(head.lstrip())):
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"\x1f\x8b"):
        return "warc" if unpacked(head).startswith(b"WARC/") else None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if _mime(head):
        return "mhtml"
    text = _text(head)
    if text is None:
        return None
    if SINGLEFILE.match(text):
        return "singlefile"
    named = PurePath(name).suffix.lower() in _HTML_NAMES
    return "html" if _HTML.match(text) or (named and _ANY_TAG.search(text)) else "text"


def suffix(name: str) -> str:
    """The kind of a file that is no page, by its name, for a count."""
    found = PurePath(name).suffix.lower()
    return found if re.fullmatch(r"\.[a-z0-9]{1,8}", found) else "of other names"


def unpacked(head: bytes) -> bytes:
    """The first bytes that gzip packed into `head`; nothing where it is damaged."""
    try:
        return zlib.decompressobj(31).decompress(head, 512)
    except zlib.error:
        return b""


def _mime(head: bytes) -> bool:
    """Whether the file begins as a MIME message that holds a page."""
    at = len(head) - len(head.lstrip())
    end = at
    while match := _HEADER.match(head, end):
        end = match.end()
    headers = head[at:end]
    return b"mime-version:" in headers.lower() and bool(_MIME.search(headers))


def _text(head: bytes) -> str | None:
    """The head as text, or None where it is none. Which letters its bytes mean is decided when it is read."""
    for mark, encoding in _TEXT_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    sample = head[:4096]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in sample)
    if b"\x00" in head or controls * 100 > len(sample):
        return None
    return head.decode("latin-1")
