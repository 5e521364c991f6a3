"""When a claim had been reported: its EDTF date as the last moment that it can mean.

A claim known only to the day counts as reported by the end of that day, one known only to the month by the end of the
month. Days are those of the place the record speaks of: its hours say in which zone that is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import total_ordering
from typing import Literal

from annotated_archive.records import dates

Precision = Literal["hour", "day", "month", "span", "open"]
LAST = time(23, 59)


@total_ordering
@dataclass(frozen=True)
class Moment:
    """The last moment, as local time, that an EDTF date can mean, and how exactly it is known.

    `start` is the first day it can mean. `open` has no end: it comes after every other moment.
    """

    at: datetime
    start: date
    precision: Precision

    def __lt__(self, other: Moment) -> bool:
        return (self.at, self.start) < (other.at, other.start)

    @property
    def stamp(self) -> str:
        """The moment for machines, in local time without zone: "2022-09-13T20:00". Empty where it is open."""
        return "" if self.precision == "open" else self.at.strftime("%Y-%m-%dT%H:%M")

    @property
    def words(self) -> str:
        """The moment for readers: "13 September 2022, 20:00", "end of 13 September 2022", "end of September 2022"."""
        if self.precision == "open":
            return "time not recorded"
        day = self.at.date()
        if self.precision == "hour":
            return f"{dates.words(day.isoformat())}, {self.at:%H:%M}"
        return f"end of {dates.words(day.isoformat()[:7] if self.precision == 'month' else day.isoformat())}"


def moment(as_of: str, zone: timezone) -> Moment:
    """The moment by which a claim of the EDTF date `as_of` had been reported, in local time. Raises DateError."""
    if instant := _instant(as_of):
        local = instant.astimezone(zone).replace(tzinfo=None)
        return Moment(local, local.date(), "hour")
    first, last = dates.bounds(as_of)
    if last == dates.OPEN_END:
        return Moment(datetime.max, first, "open")
    if first == last:
        precision: Precision = "day"
    else:
        whole = first.day == 1 and (first.year, first.month) == (last.year, last.month)
        precision = "month" if whole and (last + timedelta(days=1)).day == 1 else "span"
    return Moment(datetime.combine(last, LAST), first, precision)


def zone_of(as_ofs: Iterable[str]) -> timezone | None:
    """The zone that most of the hours among these dates are given in (then the one east of it); None without hours."""
    offsets = Counter(
        instant.utcoffset() or timedelta() for as_of in as_ofs if (instant := _instant(as_of)) is not None
    )
    if not offsets:
        return None
    return timezone(max(offsets, key=lambda offset: (offsets[offset], offset)))


def zone_words(zone: timezone) -> str:
    """ "UTC+04:00"; "UTC" itself."""
    minutes = int((zone.utcoffset(None) or timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _instant(as_of: str) -> datetime | None:
    """The date as an instant with a zone, where it is one."""
    try:
        return dates.instant(as_of)
    except dates.DateError:
        return None


__all__ = ["UTC", "Moment", "Precision", "moment", "zone_of", "zone_words"]
