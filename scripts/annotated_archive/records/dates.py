"""Dates as EDTF (ISO 8601-2): their bounds for sorting, and their wording for readers. Read with the `edtf` package."""

from __future__ import annotations

import calendar
import re
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from functools import lru_cache
from io import StringIO
from time import struct_time

OPEN_START = date.min
OPEN_END = date.max
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EMPTY = ("", "..")
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PAIR = re.compile(r"\[([0-9-]+)(?:\.\.|,)([0-9-]+)\]|([0-9-]+)/([0-9-]+)")
_MOMENT = re.compile(r"(.{10})T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d(?::?\d\d)?)?")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:Z|[+-][0-9]{2}:[0-9]{2})")
_FARTHEST = timedelta(hours=14)
_YEARS = (1000, 2999)
_MARKS = {"?": "probably ", "~": "about ", "%": "perhaps about "}


class DateError(ValueError):
    """Text that is not an EDTF date."""


@lru_cache(maxsize=65536)
def bounds(text: str) -> tuple[date, date]:
    """First and last day (inclusive) that the EDTF date `text` can mean. Raises DateError.

    Plain dates and pairs of them, which is nearly all there are, are read here: the `edtf` package takes 15 ms each.
    """
    if not re.fullmatch(r"[!-~]{1,100}", text):
        raise DateError("not an EDTF date")
    instant(text)
    start, end = _plain(text) or _pair(text) or _parsed(text)
    if start > end:
        raise DateError("the date ends before it begins")
    return start, end


def instant(text: str) -> datetime | None:
    """The date and time with a zone that `text` is; None if it is something else.

    Raises DateError where it could not be told in every zone, or names a zone that is none.
    """
    if "T" not in text or "/" in text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = found.utcoffset()
    if offset is None:
        return None
    if abs(offset) > _FARTHEST:
        raise DateError("no zone is more than 14 hours from UTC")
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise DateError(f"a date with an hour lies in the years {_YEARS[0]} to {_YEARS[1]}")
    return found


def _plain(text: str) -> tuple[date, date] | None:
    if match := _INSTANT.fullmatch(text):
        if instant(text) is None:
            raise DateError("no such day or hour")
        text = match.group(1)
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day is not None:
            return date(year or 0, month or 0, day), date(year or 0, month or 0, day)
        first, last = month if month is not None else 1, month if month is not None else 12
        return date(year or 0, first, 1), date(year or 0, last, calendar.monthrange(year or 0, last)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise DateError("no such day") from error


def _pair(text: str) -> tuple[date, date] | None:
    match = _PAIR.fullmatch(text)
    if not match:
        return None
    first, last = (_plain(part) for part in match.groups() if part is not None)
    if not first or not last:
        return None
    return (min(first[0], last[0]), max(first[1], last[1])) if "," in text else (first[0], last[1])


def _parsed(text: str) -> tuple[date, date]:
    from edtf import EDTFParseException, parse_edtf  # builds a large grammar: imported when first needed

    if all(part in _EMPTY for part in text.split("/")):
        raise DateError("not an EDTF date")
    try:
        with redirect_stdout(StringIO()):  # it prints some of what it cannot read
            parsed = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError) as error:
        raise DateError("not an EDTF date") from error
    # An end that is not known can be any day; the package allows it ten years.
    start = OPEN_START if text.startswith("/") else _day(first, OPEN_START)
    end = OPEN_END if text.endswith("/") else _day(last, OPEN_END)
    return start, end


def _day(value: object, otherwise: date) -> date:
    if not isinstance(value, struct_time):
        return otherwise
    try:
        return date(*value[:3])
    except (ValueError, OverflowError) as error:
        raise DateError("no such day") from error


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """The EDTF date as a reader would write it: "13 or 14 September 2022", "12–14 September 2022", "1997"."""
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _set([part.strip() for part in text[1:-1].split(",")], "and" if text[0] == "{" else "or")
    if "/" in text:
        first, last = text.split("/", 1)
        if first in _EMPTY:
            return f"until {words(last)}"
        if last in _EMPTY:
            return f"from {words(first)}"
        return _joined(first, last, "–", " – ")
    if text[-1:] in _MARKS:
        return _MARKS[text[-1]] + words(text[:-1])
    if match := _MOMENT.fullmatch(text):
        day, time, zone = match.groups()
        offset = "" if zone in ("Z", "+00:00", "-00:00") else (zone or "").replace("-", "−")
        return f"{words(day)}, {time}" + (f" UTC{offset}" if zone else "")
    if not (match := _PLAIN.fullmatch(text)):
        return text
    year, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return text
    named = [str(int(day))] if day else []
    named += [MONTHS[int(month) - 1]] if month else []
    return " ".join([*named, year])


def _set(parts: list[str], conjunction: str) -> str:
    """One of several dates (`or`), or all of them (`and`); a part may be a range."""
    join = f" {conjunction} "
    if len(parts) == 2 and not any(".." in part for part in parts):
        return _joined(parts[0], parts[1], join, join)
    whole = len(parts) == 1 and conjunction == "or"
    return join.join(_range(part, whole) if ".." in part else words(part) for part in parts)


def _range(part: str, whole: bool) -> str:
    """A range in a set, of which one date is meant where the range is the `whole` set and stands under "or"."""
    first, last = part.split("..", 1)
    if not first:
        return f"{words(last)} or earlier"
    if not last:
        return f"{words(first)} or later"
    span = _joined(first, last, "–", " – ")
    if not whole:
        return span
    if bounds(first)[1].toordinal() + 1 == bounds(last)[0].toordinal():
        return _joined(first, last, " or ", " or ")
    return f"one day of {span}" if len(first) == len(last) == 10 else f"some time in {span}"


def _joined(first: str, last: str, close: str, wide: str) -> str:
    """Two dates in words, what they share said once."""
    if first == last:
        return words(first)
    a, b = first.split("-"), last.split("-")
    if _PLAIN.fullmatch(first) and _PLAIN.fullmatch(last) and len(a) == len(b):
        if len(a) == 3 and a[:2] == b[:2]:
            return f"{int(a[2])}{close}{words(last)}"
        if len(a) > 1 and a[0] == b[0]:
            return f"{words(first).rsplit(' ', 1)[0]}{wide}{words(last)}"
        return f"{words(first)}{close if len(a) == 1 else wide}{words(last)}"
    return f"{words(first)}{wide}{words(last)}"


def sort_key(text: str | None) -> tuple[date, date]:
    """Sorts dates by their first, then their last day; what has no date comes last."""
    try:
        return bounds(text) if text else (date.max, date.max)
    except DateError:
        return date.max, date.max


def moment_key(text: str | None) -> tuple[tuple[date, date], float]:
    """Sorts texts: by day as `sort_key`, within one day by the instant; without an hour first."""
    try:
        at = instant(text) if text else None
    except DateError:
        at = None
    return sort_key(text), at.timestamp() if at else float("-inf")


def order_key(text: str | None) -> tuple[date, date]:
    """Sorts what happened: a month or a year counts as its last day, so that it follows the days known within it."""
    if not text:
        return date.max, date.max
    first = re.split(r"\.\.|[/,]", text.strip("[]"))[0].rstrip("?~%") or text
    return sort_key(first)[1], sort_key(text)[1]


def year(text: str | None) -> int | None:
    """The year in which the date begins, where it has one beginning."""
    start = sort_key(text)[0]
    return start.year if OPEN_START < start < date.max else None
