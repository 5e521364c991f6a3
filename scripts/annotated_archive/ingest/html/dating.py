"""Dates as pages write them for programs, as EDTF. What can be read in two ways is not read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from annotated_archive.records.dates import MONTHS, DateError, bounds, instant

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[T ]{1,2}(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.I,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[ T,].*)?")
_POINTS = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})(?:[ T,].*)?")
_SLASHES = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?:[ T,].*)?")
_MONTH_FIRST = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})\b.*", re.I)
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?(\d\d?)(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b.*", re.I)
_MAIL = re.compile(r"[A-Za-z]{3}, \d\d? [A-Za-z]{3} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT|UT|Z)")
_MONTH = {month[:length].lower(): n for n, month in enumerate(MONTHS, 1) for length in (3, 4, len(month))}
# Programs write these where they know no date: the beginning of their calendars.
_NO_DATES = {date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1), date(1, 1, 1), date(1899, 12, 30)}
_EARLIEST = 1600


def edtf(text: str) -> str | None:
    """`text` as an EDTF day, or as an instant where it gives hour, minute, second and zone; None if it is no date.

    Days and months in figures with slashes between them are read only where one of the two cannot be a month.
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    found = _iso(text) or _other(text)
    if found is None:
        return None
    try:
        day = bounds(found)[0]
    except DateError:
        return None
    return None if day in _NO_DATES or day.year < _EARLIEST else found


def _iso(text: str) -> str | None:
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    whole = f"{year}-{int(month):02}-{int(day):02}"
    if not (second and zone) or not int(f"{hour}{minute}{second}"):
        return whole  # midnight is what programs write where they know the day alone
    offset = "Z" if zone.upper() in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[-2:] if len(zone) > 3 else '00'}"
    return f"{whole}T{int(hour):02}:{minute}:{second}{offset}"


def _other(text: str) -> str | None:
    if _MAIL.fullmatch(text):
        try:
            return parsedate_to_datetime(text).isoformat().replace("+00:00", "Z")
        except (ValueError, OverflowError):
            return None
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := _POINTS.fullmatch(text):
        day, month, year = match.groups()
    elif match := _SLASHES.fullmatch(text):
        first, second, year = match.groups()
        if int(first) <= 12 and int(second) <= 12 and first != second:
            return None
        day, month = (first, second) if int(second) <= 12 else (second, first)
    elif (match := _MONTH_FIRST.fullmatch(text)) and match.group(1).lower() in _MONTH:
        month, day, year = str(_MONTH[match.group(1).lower()]), match.group(2), match.group(3)
    elif (match := _DAY_FIRST.fullmatch(text)) and match.group(2).lower() in _MONTH:
        day, month, year = match.group(1), str(_MONTH[match.group(2).lower()]), match.group(3)
    else:
        return None
    return f"{year}-{int(month):02}-{int(day):02}"


def same(first: str, second: str) -> bool:
    """Whether two dates from `edtf` can be one: the same day as written, or the same moment."""
    if first[:10] == second[:10]:
        return True
    one, other = instant(first), instant(second)
    if one and other:
        return abs(one - other) < timedelta(hours=1)
    moment, day = (one, second) if one else (other, first)
    if moment is None:
        return False
    # A day without an hour may be the day of the same moment in any other zone.
    utc = moment - (moment.utcoffset() or timedelta())
    first_day, last_day = (utc - timedelta(hours=12)).date(), (utc + timedelta(hours=14)).date()
    return first_day <= date.fromisoformat(day[:10]) <= last_day


def after(first: str, second: str) -> bool:
    """Whether a date lies more than a day after another, in whatever zones they are."""
    return (bounds(first)[0] - bounds(second)[1]).days > 1
