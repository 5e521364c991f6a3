"""MHTML: a page with its frames, styles and pictures, as a MIME message."""

from __future__ import annotations

import re
from datetime import UTC
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from annotated_archive.ingest.containers import limits
from annotated_archive.ingest.containers.telling import (
    Unreadable,
    address,
    damaged,
    of_time,
    quoted,
    too_large,
    unsafe,
)
from annotated_archive.ingest.reading import Candidate

_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_PART = re.compile(rb"^--\S", re.MULTILINE)
_CHARSET = re.compile(r"[A-Za-z0-9._:-]{1,40}")
_MEDIA = {"image", "video", "audio"}
_PICTURE = re.compile(rb"data:image/", re.IGNORECASE)
_PAGES = {"text/html", "application/xhtml+xml"}


def mhtml(data: bytes) -> Candidate:
    """The page of an MHTML file, with the address and the date that its headers give.

    `pictures` counts the parts that are pictures, films or sounds, and the pictures within the other parts. Raises
    Unreadable where no part is a page.
    """
    if sum(1 for _ in islice(_NESTING.finditer(data), limits.PART_DEPTH + 1)) > limits.PART_DEPTH:
        raise unsafe(f"parts lie in one another more than {limits.PART_DEPTH} deep")
    if sum(1 for _ in islice(_PART.finditer(data), limits.PARTS + 1)) > limits.PARTS:
        raise unsafe(f"it has more than {limits.PARTS:,} parts")
    try:
        message = message_from_bytes(data.lstrip())
        parts = list(message.walk())
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise damaged(f"its parts cannot be told apart: {quoted(error)}") from None
    root = _root(message, parts)
    if root is None:
        rule, mend = "INGEST-NO-PAGE", "Look at the capture; save the page again."
        raise Unreadable(rule, f"none of its {len(parts):,} parts is a page of HTML", mend)
    page = _content(root)
    if len(page) > limits.PAGE_BYTES:
        raise too_large(len(page), limits.PAGE_BYTES)
    frames = sum(part is not root and part.get_content_type() in _PAGES for part in parts)
    remarks = [f"pages of their own that it shows in frames, which were not read: {frames}"] if frames else []
    said = _header(message, "snapshot-content-location") or _header(root, "content-location")
    url = address(said or _header(message, "content-location"))
    if said and url is None:
        remarks.append(f"the address of the page is not an address of the web: {quoted(said)}")
    date = _header(message, "date")
    captured = _moment(date)
    if date and captured is None:
        remarks.append(f"the date of saving is not one that can be read: {quoted(date)}")
    pictures = sum(_pictures(part) for part in parts if part is not root)
    return Candidate(
        "mhtml", "html", page, None, _charset(root), url, captured, pictures, tuple(remarks)
    )  # fmt: skip


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The part that is the page: the one that the message names as its start, else the first of HTML."""
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = [part for part in pages if isinstance(start, str) and _header(part, "content-id") == start.strip()]
    return next(iter([*named, *pages]), None)


def _pictures(part: Message) -> int:
    if part.is_multipart():
        return 0
    if part.get_content_maintype() in _MEDIA or part.get_content_type() == "application/octet-stream":
        return 1
    return len(_PICTURE.findall(_content(part)))


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError) as error:
        raise damaged(f"a part of it cannot be decoded: {quoted(error)}") from None
    return content if isinstance(content, bytes) else b""


def _header(part: Message, name: str) -> str:
    """A header on one line, decoded; empty where it is missing."""
    try:
        value = "".join(str(part.get(name, "")).splitlines()).strip()
        return str(make_header(decode_header(value))) if value.startswith("=?") else value
    except (ValueError, LookupError, TypeError):
        return ""


def _charset(part: Message) -> str | None:
    said = part.get_param("charset")
    found = said[2] if isinstance(said, tuple) else said
    return found.lower() if isinstance(found, str) and _CHARSET.fullmatch(found) else None


def _moment(date: str) -> str | None:
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # "-0000" says that the time is UTC and the place unknown.
    return of_time(found if found.tzinfo else found.replace(tzinfo=UTC))
