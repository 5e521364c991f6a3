"""A capture file as it lies in a folder, and the containers that are one page each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from annotated_archive.ingest.containers import kinds, limits, wacz, warc
from annotated_archive.ingest.containers.mhtml import mhtml
from annotated_archive.ingest.containers.telling import Unreadable, address, edtf, finding, of_time, quoted, too_large
from annotated_archive.ingest.decode import MAX_BYTES
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records.diagnostic import Diagnostic, one_line

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(\S{1,2000}?)\s*-->")
_PICTURE = re.compile(rb"data:image/", re.IGNORECASE)
_LINE = re.compile(r"^[ \t]*(url|saved date):[ \t]*(\S[^\r\n]*?)[ \t]*$", re.MULTILINE)
_JAVASCRIPT_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4})(?: (\d\d:\d\d:\d\d)(?: GMT([+-]\d{4})(?: \(.*\))?)?)?"
)


@dataclass(frozen=True)
class Saved:
    """A capture to read, the files of its folder that hold the same page, and what the folder says of it.

    `url` and `captured` (EDTF) come from the records of the program that saved the page.
    """

    path: Path
    also: tuple[Path, ...] = ()
    url: str | None = None
    captured: str | None = None

    @property
    def name(self) -> str:
        """The path for messages: one line, whatever the file is called."""
        return shown(self.path)


def shown(path: Path) -> str:
    """A path for messages."""
    return one_line(path, 4096)[1:-1]


def pages(saved: Saved) -> Iterator[Candidate | Diagnostic]:
    """The pages that a capture holds, and what is wrong with the rest of it; never an exception."""
    try:
        for found in _pages(saved):
            if isinstance(found, Candidate) and found.part is None:
                found = replace(found, url=found.url or saved.url, captured=found.captured or saved.captured)
            yield found
    except Unreadable as unreadable:
        yield unreadable.at(saved.name)
    except OSError as error:
        yield finding(saved.name, "INGEST-PATH", str(error.strerror or error).lower(), "Name a file.")


def _pages(saved: Saved) -> Iterator[Candidate | Diagnostic]:
    with saved.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        kind = kinds.kind(file.read(limits.HEAD_BYTES), saved.path.name)
        file.seek(0)
        if kind == "warc":
            yield from warc.pages(file, saved.name)
        elif kind == "zip":
            yield from wacz.pages(file, saved.name)
        elif kind is None:
            yield no_capture(saved.path)
        else:
            limit, what = _LIMITS[kind]
            if size > limit:
                if kind == "text":
                    raise Unreadable("INGEST-SIZE", f"{size:,} bytes; {what} has at most {limit:,}", "Split the file.")
                raise too_large(size, limit, what)
            data = file.read(size)
            yield _WHOLE[kind](data)


_LIMITS: dict[str, tuple[int, str]] = {
    "text": (MAX_BYTES, "an article"),
    "html": (limits.PAGE_BYTES, "a page"),
    "singlefile": (limits.PAGE_BYTES, "a page"),
    "mhtml": (limits.FILE_BYTES, "an MHTML file"),
    "pdf": (limits.FILE_BYTES, "a PDF"),
}


def no_capture(path: Path) -> Diagnostic:
    """A file that is nothing that is taken in."""
    message = "neither text, a saved page, a PDF nor a web archive"
    return finding(shown(path), "INGEST-NOT-TEXT", message, "Give the page as plain text.")


def text(data: bytes) -> Candidate:
    """A pasted text."""
    return Candidate("text", "text", data)


def pdf(data: bytes) -> Candidate:
    """A PDF."""
    return Candidate("pdf", "pdf", data)


def html(data: bytes) -> Candidate:
    """A page that a browser saved; some browsers say from where in a comment above it."""
    match = _SAVED_FROM.search(data, 0, 4096)
    return Candidate("html", "html", data, url=address(match.group(1).decode("latin-1")) if match else None)


def singlefile(data: bytes) -> Candidate:
    """A page that SingleFile saved, with the address and the date that stand in the comment at its head.

    `pictures` counts the pictures that lie in the page as `data:` addresses.
    """
    head = data[: limits.HEAD_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    match = kinds.SINGLEFILE.match(head)
    said = dict(reversed(_LINE.findall(match.group(1)))) if match else {}
    captured = saved_date(said.get("saved date", ""))
    url = address(said.get("url"))
    remarks = []
    if captured is None and "saved date" in said:
        remarks.append(f"SingleFile's date of saving is not one that can be read: {quoted(said['saved date'])}")
    if url is None and "url" in said:
        remarks.append(f"SingleFile's address of the page is not an address of the web: {quoted(said['url'])}")
    return Candidate(
        "singlefile", "html", data, url=url, captured=captured, pictures=len(_PICTURE.findall(data)),
        remarks=tuple(remarks),
    )  # fmt: skip


def saved_date(words: str) -> str | None:
    """A date as JavaScript writes it, as EDTF: `Tue Sep 13 2022 14:05:09 GMT+0400 (Armenia Standard Time)`.

    Without a zone the hour says nothing, and the day alone is taken.
    """
    match = _JAVASCRIPT_DATE.fullmatch(words.strip())
    if not match:
        return None
    day, time, zone = match.groups()
    try:
        if time and zone:
            return of_time(datetime.strptime(f"{day} {time} {zone}", "%b %d %Y %H:%M:%S %z"))
        return edtf(datetime.strptime(day, "%b %d %Y").date().isoformat())
    except ValueError:
        return None


_WHOLE: dict[kinds.Kind, Callable[[bytes], Candidate]] = {
    "text": text, "html": html, "singlefile": singlefile, "mhtml": mhtml, "pdf": pdf,
}  # fmt: skip
