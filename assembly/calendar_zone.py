"""What a zone's clocks do, written so that every calendar program reads it.

Each change of the clocks stands there by itself. Lists of them (RDATE) would be shorter, but not
all programs read more than the first of such a list.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)


def written(zone: ZoneInfo, year: int, years: int) -> Timezone:
    """The VTIMEZONE of a zone from the first of January of a year on, for so many years.

    Source: RFC 5545, section 3.6.5: an onset is told by the clocks of before.
    """
    begin = datetime(year, 1, 1, tzinfo=UTC)
    found = Timezone()
    found.add("tzid", zone.key)
    found.add_component(_onset(zone, begin, begin - _DAY))
    for change in changes(zone, begin, datetime(year + years, 1, 1, tzinfo=UTC)):
        found.add_component(_onset(zone, change, change - timedelta(seconds=1)))
    return found


def changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """The first second (UTC) of each new offset between two moments (UTC), earliest first."""
    found = []
    day = begin
    while day < end:
        following = day + _DAY
        if _offset(day, zone) != _offset(following, zone):
            found.append(_first_second(day, following, zone))
        day = following
    return found


def _first_second(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if _offset(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after


def _onset(zone: ZoneInfo, at: datetime, before: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = at.astimezone(zone)
    component = TimezoneDaylight() if local.dst() else TimezoneStandard()
    component.add("dtstart", (at + _offset(before, zone)).replace(tzinfo=None))
    component.add("tzoffsetfrom", _offset(before, zone))
    component.add("tzoffsetto", _offset(at, zone))
    component.add("tzname", local.tzname() or zone.key)
    return component


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101 - every zone has one
    return offset
