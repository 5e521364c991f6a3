"""WARC files: each answer of a server that is a page, as it was sent, with its address and the time of the capture."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, Literal

from annotated_archive.ingest.containers import limits
from annotated_archive.ingest.containers.frames import Contents, Frame, frames, headers
from annotated_archive.ingest.containers.members import Budget
from annotated_archive.ingest.containers.payload import payload
from annotated_archive.ingest.containers.telling import (
    Unreadable,
    address,
    damaged,
    finding,
    moment,
    passed_over,
    quoted,
    too_large,
)
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records.article import Container
from annotated_archive.records.diagnostic import Diagnostic

Media = Literal["html", "pdf"]
_MEDIA: dict[str, Media] = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf"}
_MOST: dict[Media, int] = {"html": limits.PAGE_BYTES, "pdf": limits.FILE_BYTES}
_ABOUT = {"warcinfo", "request", "metadata"}
_KEPT = {"warc-record-id", "warc-target-uri", "warc-date", "warc-truncated", "warc-block-digest"}
_PACKING = {"transfer-encoding", "content-encoding"}
_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ID = re.compile(r"[!-~]{1,200}")
_ANOTHER = re.compile(rb"\nWARC/1\.[01]\r?\nWARC-", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """A page as a record holds it, before its content is read."""

    frame: Frame
    media: Media
    body: int
    """Where in the record's content the page begins, after the head of the answer."""
    http: dict[str, str]
    charset: str | None


def pages(
    file: IO[bytes], path: str, container: Container = "warc", remarks: tuple[str, ...] = ()
) -> Iterator[Candidate | Diagnostic]:
    """The pages of a WARC file, and what is wrong with it. `path` names the file in messages.

    The file is gone through twice: once to see what is in it, and again for the pages alone, one at a time.
    """
    found: list[Held] = []
    whole = True
    others: Counter[str] = Counter()
    size = file.seek(0, 2)
    try:
        for frame in frames(file, Budget(size)):
            if isinstance(frame, Unreadable):
                whole = False
                yield frame.at(path)
            elif isinstance(page := page_in(frame), str):
                if page:
                    others[page if page in others or len(others) < limits.KINDS else "of other kinds"] += 1
            elif len(found) < limits.PAGES:
                found.append(page)
            else:
                message = f"more than {limits.PAGES:,} pages; the rest was not read"
                raise Unreadable("INGEST-SIZE", message, "Split the file.")
    except Unreadable as unreadable:
        whole = False
        yield unreadable.at(path)
    pictures = sum(number for kind, number in others.items() if kind.startswith(("image/", "video/")))
    contents = Contents(file, Budget(size))
    parts: set[str] = set()
    for page in found:
        part = part_of(page.frame)
        try:
            if part in parts:
                raise damaged(f"two records have the id {quoted(part)}")
            parts.add(part)
            yield candidate_of(page, contents, container, part, pictures, remarks)
        except Unreadable as unreadable:
            yield finding(path, unreadable.rule, f"record {part}: {unreadable.message}", unreadable.mend)
    if whole and not found:
        yield finding(path, "INGEST-NO-PAGE", "no page is in it", "Look at the capture; save the page again.")
    if others:
        yield passed_over(path, others, "record")


def part_of(frame: Frame) -> str:
    """What names a record: its id, or, where it has none, its place."""
    said = frame.headers.get("warc-record-id", "").strip().removeprefix("<").removesuffix(">")
    if _ID.fullmatch(said):
        return said
    return f"byte-{frame.offset}" if frame.member is None else f"byte-{frame.member}-{frame.offset}"


def page_in(frame: Frame) -> Held | str:
    """The page that a record holds, or what it holds instead; nothing for records about the capture itself."""
    kind = frame.headers.get("warc-type", "").strip().lower()
    if kind in _ABOUT:
        return ""
    said = frame.headers.get("content-type", "")
    if kind == "response" and said.lower().startswith("application/http"):
        end = _HEAD_END.search(frame.start)
        try:
            status, http = headers(frame.start[: end.end()] if end else b"", ("HTTP/",))
        except Unreadable:
            return "without a readable head of the answer"
        code = re.search(r"(?:^|\s)(\d{3})(?:\s|$)", status)
        if not code or code.group(1) != "200":
            return f"with status {code.group(1)}" if code else "without a status"
        return _of(frame, http.get("content-type", ""), end.end() if end else 0, http)
    if kind in ("response", "resource"):
        return _of(frame, said, 0, {})
    return f"of type {kind}" if re.fullmatch(r"[a-z]{1,20}", kind) else "of no known type"


def _of(frame: Frame, said: str, body: int, http: dict[str, str]) -> Held | str:
    mime = said.partition(";")[0].strip().lower()
    media = _MEDIA.get(mime)
    if media is None:
        return mime if _TYPE.fullmatch(mime) else "without a type"
    match = _CHARSET.search(said)
    # Of the record, only what is needed to read it again is kept in memory.
    kept = replace(frame, start=b"", headers={name: frame.headers[name] for name in _KEPT & frame.headers.keys()})
    packing = {name: http[name] for name in _PACKING & http.keys()}
    return Held(kept, media, body, packing, match.group(1).lower() if match else None)


def candidate_of(
    page: Held, contents: Contents, container: Container, part: str, pictures: int, remarks: tuple[str, ...]
) -> Candidate:
    frame, most = page.frame, _MOST[page.media]
    if frame.length > most + limits.HEAD_BYTES:
        raise too_large(frame.length, most)
    content = contents.read(frame)
    if _ANOTHER.search(content):
        raise damaged("another record stands within it, so its length is wrong")
    said = frame.headers
    uri = said.get("warc-target-uri", "")
    url, captured = address(uri), moment(said.get("warc-date"))
    remarks = (
        *remarks,
        *([] if url else [f"the record's address is not an address of the web: {quoted(uri)}"]),
        *([] if captured else [f"the record's date is not one that can be read: {quoted(said.get('warc-date', ''))}"]),
        *([f"the capture was cut short: {quoted(said['warc-truncated'])}"] if "warc-truncated" in said else []),
        *_digest(content, said.get("warc-block-digest", "")),
    )
    data = payload(content[page.body :], page.http, most)
    return Candidate(container, page.media, data, part, page.charset, url, captured, pictures, remarks)


def _digest(content: bytes, said: str) -> list[str]:
    """A remark where the record's own checksum is not that of its content, or cannot be compared."""
    name, _, value = said.partition(":")
    if not said:
        return []
    name, value = name.strip().lower().replace("-", ""), value.strip()
    if name not in ("sha1", "sha256", "md5", "sha512"):
        return [f"the record's checksum is of a kind that is not known here: {quoted(said)}"]
    digest = hashlib.new(name, content, usedforsecurity=False).digest()
    same = {digest.hex(), base64.b32encode(digest).decode().lower().rstrip("=")}
    if value.lower().rstrip("=") in same or value == base64.b64encode(digest).decode():
        return []
    return ["the record's own checksum is not that of its content"]
