"""The quarters of a year, by a centre's clocks: when one is told about, and what it spans."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assembly.immutable import immutable
from assembly.recurrence import local, resolve

_TOLD_ON = timedelta(days=2)  # after its first day: the third, when holidays at its turn are over
_MORNING = time(10)  # out of the quiet hours
_HELPS = timedelta(days=14)


@immutable
class Quarter:
    """Three months of a year, 1 to 4, from the first moment to before the last (UTC seconds)."""

    year: int
    number: int
    starts_at: int
    ends_at: int

    @property
    def ordinal(self) -> int:
        """As one number: those of quarters that follow each other differ by 1."""
        return self.year * 4 + self.number - 1


def quarter_before(now: int, zone: ZoneInfo) -> Quarter:
    """The last quarter that is over at `now` (UTC epoch seconds) on the zone's clocks."""
    this = _first_day(local(now, zone).date())
    before = _first_day(this - timedelta(days=1))
    number = (before.month + 2) // 3
    return Quarter(before.year, number, _midnight(before, zone), _midnight(this, zone))


def numbered(ordinal: int, zone: ZoneInfo) -> Quarter:
    """The quarter of this number, from 4 on, on the zone's clocks."""
    year, quarter = divmod(ordinal, 4)
    first = date(year, 3 * quarter + 1, 1)
    after = _first_day(first + timedelta(days=92))
    return Quarter(year, quarter + 1, _midnight(first, zone), _midnight(after, zone))


def next_telling(now: int, zone: ZoneInfo) -> int:
    """When a quarter is told about next, strictly after `now`: on the third day of the following
    one, at 10:00 local. Both are UTC epoch seconds.
    """
    first = _first_day(local(now, zone).date())
    at = _telling(first, zone)
    return at if at > now else _telling(_first_day(first + timedelta(days=92)), zone)


def still_told(now: int, zone: ZoneInfo) -> bool:
    """Whether the quarter before is still told about at `now`: in the first 14 days of this one.

    `now` is UTC epoch seconds. Later it is no news any more.
    """
    today = local(now, zone).date()
    return today - _first_day(today) < _HELPS


def _first_day(day: date) -> date:
    """Of the quarter in which a day is."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> int:
    return resolve(datetime.combine(day, time()), zone)


def _telling(first: date, zone: ZoneInfo) -> int:
    return resolve(datetime.combine(first + _TOLD_ON, _MORNING), zone)
