"""What is said of a capture, in the words that all containers share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from unicodedata import is_normalized

from annotated_archive.records import dates
from annotated_archive.records.base import SAFE_URL
from annotated_archive.records.diagnostic import ERROR, WARNING, Diagnostic, one_line

MAX_URL = 2_000
_KINDS = 8
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)")
_STAMP = re.compile(r"\d{14}")


class Unreadable(Exception):
    """A part of a capture that cannot be read: the rule's id, what is wrong, and what to do."""

    def __init__(self, rule: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.mend = rule, message, mend

    def at(self, path: str) -> Diagnostic:
        """The finding about the file at `path`."""
        return finding(path, self.rule, self.message, self.mend)


def damaged(message: str) -> Unreadable:
    """A capture that was cut short or altered."""
    return Unreadable("INGEST-DAMAGED", message, "Look at the capture; save the page again if you can.")


def unsafe(message: str) -> Unreadable:
    """A capture that is made to do harm, or looks like it."""
    return Unreadable("INGEST-UNSAFE", message, "Nothing more of it was read. Ask whoever made it.")


def too_large(size: int, limit: int, what: str = "a page") -> Unreadable:
    """A capture beyond the limits, in bytes."""
    message = f"{size:,} bytes; {what} has at most {limit:,}"
    return Unreadable("INGEST-SIZE", message, "Save the page again, without what is not text.")


def finding(path: str, rule: str, message: str, mend: str, severity: str = ERROR) -> Diagnostic:
    """A finding about a whole file."""
    return Diagnostic(path, 1, 1, rule, message, mend, severity)


def passed_over(path: str, counts: Mapping[str, int], what: str) -> Diagnostic:
    """What was found beside the pages, counted by kind, so that nothing goes in unseen."""
    number = sum(counts.values())
    are = f"1 {what} is no page" if number == 1 else f"{number:,} {what}s are no pages"
    return finding(path, "INGEST-PASSED-OVER", f"{are}: {counted(counts)}", "", WARNING)


def counted(counts: Mapping[str, int]) -> str:
    """Numbers by kind, the largest first: `12 image/png, 3 text/css, 7 of other kinds`."""
    most = sorted(Counter(counts).items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{number:,} {kind}" for kind, number in most[:_KINDS]]
    rest = sum(number for _, number in most[_KINDS:])
    return ", ".join([*shown, *([f"{rest:,} of other kinds"] if rest else [])])


def address(text: object) -> str | None:
    """The address that `text` is, if the record takes it."""
    found = text.strip().strip("<>") if isinstance(text, str) else ""
    # Lone surrogates cannot be written, and what is not NFC or not visible has no place in a record.
    fine = len(found) <= MAX_URL and found.isprintable() and is_normalized("NFC", found)
    return found if fine and SAFE_URL.fullmatch(found) else None


def moment(text: object) -> str | None:
    """A date and time with a zone, as EDTF: `2022-09-13T10:15:00Z`, or fourteen digits, which are UTC; else None."""
    found = text.strip() if isinstance(text, str) else ""
    if _STAMP.fullmatch(found):
        found = f"{found[:4]}-{found[4:6]}-{found[6:8]}T{found[8:10]}:{found[10:12]}:{found[12:]}Z"
    match = _MOMENT.fullmatch(found)
    if not match:
        return None
    time, zone = match.groups()
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return edtf(f"{time}{'Z' if zone == '+00:00' else zone}")


def edtf(text: str) -> str | None:
    """`text` if it is a date in EDTF."""
    try:
        dates.bounds(text)
    except dates.DateError:
        return None
    return text


def of_time(time: datetime) -> str | None:
    """A time with a zone as EDTF, to the second."""
    return moment(time.replace(microsecond=0).isoformat()) if time.tzinfo else None


def quoted(text: object) -> str:
    """Words from a capture, for a message."""
    return one_line(text)
