"""A file that a calendar program takes over: one assembly, or a series with its exceptions.

Local times are naive and meant as clocks in the zone show them; the zone's own rules are written
into the file, so that a program that does not know it reads the same hours. Source: RFC 5545
(iCalendar) and RFC 5546 (iTIP: SEQUENCE, METHOD).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from assembly.immutable import immutable

if TYPE_CHECKING:  # slow to load, so it is when the first file is asked for
    from icalendar import Event

PRODUCT = "-//Voci//Voci//EN"
YEARS = 12  # for which the file says when the clocks change


@immutable
class Meeting:
    """One assembly: `starts` is local, `minutes` its length, `sequence` how often it was changed.

    `instead_of`: the local start that its series names, where it stands in for that one.
    """

    uid: str
    starts: datetime
    minutes: int
    place: str | None
    sequence: int
    instead_of: datetime | None = None


@immutable
class Recurring:
    """A series: its RRULE and the local start of its first meeting that the rule names.

    `left_out`: local starts on which it does not meet; `until`: the last on which it does, if it
    has ended.
    """

    uid: str
    rule: str
    start: datetime
    minutes: int
    place: str | None
    sequence: int
    left_out: tuple[datetime, ...] = ()
    until: datetime | None = None


def starts(rule: str, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    """The local starts that the rule names between two local times, both included."""
    found: list[datetime] = rrulestr(rule, dtstart=start).between(first, last, inc=True)
    return found


def written(
    title: str,
    zone: ZoneInfo,
    meetings: Sequence[Meeting],
    series: Recurring | None = None,
    *,
    at: int,
    cancels: bool = False,
) -> str:
    """The file's text, with line ends as RFC 5545 wants them.

    `title` stands above each entry; `at` is the moment of writing (UTC epoch seconds). `cancels`:
    the meetings do not take place, and a calendar takes them out. Raises ValueError where there is
    nothing to write.
    """
    from icalendar import Calendar

    from assembly import calendar_zone

    if not meetings and series is None:
        raise ValueError("a calendar file is about something")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancels else "PUBLISH")
    # From the year before: where a year begins in UTC, the first hours of it are over elsewhere.
    first = min(_years(meetings, series)) - 1
    calendar.add_component(calendar_zone.written(zone, first, 1 + YEARS))
    if series is not None:
        calendar.add_component(_recurring(title, zone, series, at))
    for meeting in meetings:
        calendar.add_component(_meeting(title, zone, meeting, at, cancels=cancels))
    text: str = calendar.to_ical().decode()
    return text


def _years(meetings: Iterable[Meeting], series: Recurring | None) -> list[int]:
    found = [meeting.starts.year for meeting in meetings]
    return [*found, series.start.year] if series is not None else found


def _meeting(title: str, zone: ZoneInfo, of: Meeting, at: int, *, cancels: bool) -> Event:
    event = _event(title, zone, of, of.starts, at)
    if of.instead_of is not None:
        event.add("recurrence-id", of.instead_of.replace(tzinfo=zone))
    if cancels:
        event.add("status", "CANCELLED")
    return event


def _recurring(title: str, zone: ZoneInfo, of: Recurring, at: int) -> Event:
    from icalendar import vRecur

    event = _event(title, zone, of, of.start, at)
    rule = of.rule
    if of.until is not None:  # in UTC, because the start has a zone
        rule = f"{rule};UNTIL={of.until.replace(tzinfo=zone).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    event.add("rrule", vRecur.from_ical(rule))
    if of.left_out:
        event.add("exdate", [each.replace(tzinfo=zone) for each in sorted(of.left_out)])
    return event


def _event(title: str, zone: ZoneInfo, of: Meeting | Recurring, starts: datetime, at: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", of.uid)
    event.add("sequence", of.sequence)
    event.add("dtstamp", datetime.fromtimestamp(at, UTC))
    event.add("dtstart", starts.replace(tzinfo=zone))
    event.add("duration", timedelta(minutes=of.minutes))
    event.add("summary", title)
    if of.place is not None:
        event.add("location", of.place)
    return event
