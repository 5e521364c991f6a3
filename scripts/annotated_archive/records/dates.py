"""Dates as EDTF (ISO 8601-2): their bounds for sorting, and their wording for readers. Read with the `edtf` package."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from time import struct_time

OPEN_START = date.min
OPEN_END = date.max
MONTHS = (
    "January February March April May June July August September October November December".split()
)


class DateError(ValueError):
    """Text that is not an EDTF date."""


_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PAIR = re.compile(r"\[([\d-]+)(?:\.\.|, ?)([\d-]+)\]|([\d-]+)/([\d-]+)")


@lru_cache(maxsize=65536)
def bounds(text: str) -> tuple[date, date]:
    """First and last day (inclusive) that the EDTF date `text` can mean. Raises DateError.

    Plain dates and pairs of them, which is nearly all there are, are read here: the `edtf` package takes 15 ms each.
    """
    if not text or len(text) > 100:
        raise DateError("not an EDTF date")
    start, end = _plain(text) or _pair(text) or _parsed(text)
    if start > end:
        raise DateError("the date ends before it begins")
    return start, end


def _plain(text: str) -> tuple[date, date] | None:
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
    return (first[0], last[1]) if first and last else None


def _parsed(text: str) -> tuple[date, date]:
    from edtf import EDTFParseException, parse_edtf  # builds a large grammar: imported when first needed

    try:
        parsed = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError) as error:
        raise DateError("not an EDTF date") from error
    return _day(first, OPEN_START), _day(last, OPEN_END)


def _day(value: object, otherwise: date) -> date:
    if not isinstance(value, struct_time):
        return otherwise
    try:
        return date(*value[:3])
    except ValueError as error:
        raise DateError("no such day") from error


def words(text: str) -> str:
    """The EDTF date as a reader would write it: "13 or 14 September 2022", "12–14 September 2022", "1997"."""
    if text.startswith("[") and text.endswith("]"):
        return _set(text[1:-1])
    if "/" in text:
        first, last = text.split("/", 1)
        if first in ("", ".."):
            return f"until {words(last)}"
        if last in ("", ".."):
            return f"from {words(first)}"
        return _joined(first, last, "–", " – ")
    mark = text[-1:]
    if mark in "?~%" and mark:
        return {"?": "probably ", "~": "about ", "%": "perhaps about "}[mark] + words(text[:-1])
    parts = text.split("-")
    if len(parts) > 3 or not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return text
    named = [str(int(parts[2]))] if len(parts) == 3 else []
    named += [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*named, parts[0]])


def _set(inner: str) -> str:
    if ".." in inner and "," not in inner:
        first, last = inner.split("..", 1)
        if not first:
            return f"{words(last)} or earlier"
        if not last:
            return f"{words(first)} or later"
        start, end = bounds(first)[0], bounds(last)[1]
        if (end - start).days == 1:
            return _joined(first, last, " or ", " or ")
        return f"one day of {_joined(first, last, '–', ' – ')}" if len(first) == 10 else f"{words(first)} to {words(last)}"
    parts = [part.strip() for part in inner.split(",")]
    if len(parts) == 2:
        return _joined(parts[0], parts[1], " or ", " or ")
    return " or ".join(words(part) for part in parts)


def _joined(first: str, last: str, close: str, wide: str) -> str:
    """Two dates in words, what they share said once."""
    a, b = first.split("-"), last.split("-")
    if len(a) == len(b) == 3 and a[:2] == b[:2]:
        return f"{int(a[2])}{close}{words(last)}"
    if len(a) == len(b) > 1 and a[0] == b[0]:
        return f"{words(first).rsplit(' ', 1)[0]}{wide}{words(last)}"
    return f"{words(first)}{close if len(a) == len(b) == 1 else wide}{words(last)}"


def sort_key(text: str | None) -> tuple[date, date]:
    """Sorts dates by their first, then their last day; what has no date comes last."""
    try:
        return bounds(text) if text else (date.max, date.max)
    except DateError:
        return date.max, date.max


def year(text: str | None) -> int | None:
    """The year in which the date begins, where it has one beginning."""
    start = sort_key(text)[0]
    return start.year if OPEN_START < start < date.max else None
