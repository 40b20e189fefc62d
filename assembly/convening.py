"""When an assembly can be convened: the days and hours on offer, and what a typed time means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assembly.recurrence import local, resolve

_HOUR = 3600
_DAY = 24 * _HOUR

SHOWN = 14  # days on one page
LAST_PAGE = 50  # weeks from now; a page shows two weeks, so about a year ahead can be reached
FURTHEST = 400 * _DAY  # seconds
APART = 2 * _HOUR  # assemblies nearer to each other than this are taken for the same hour
EARLY = 2 * _HOUR  # opening an assembly sooner than this before its start asks once
AGAIN = 15 * 60  # seconds: so long after the first time it is asked again whether to open it
OPENABLE = 3 * _HOUR  # seconds after its start; opened by nobody until then, it did not take place

_FIRST, _LAST = time(9), time(20, 30)
_TYPED = re.compile(
    r"\s*(?:at|um|(?:alle\s+)?ore|alle|h)?\s*(\d{1,2})(?:\s*[:.,h]\s*(\d{2}))?"
    r"\s*(?:h|uhr|o['’]clock|(a|p)\.?m\.?)?\s*",
    re.IGNORECASE,
)


def days(now: int, zone: ZoneInfo, page: int) -> list[date]:
    """The 14 days of a page, in the zone's calendar; page 0 starts today, each next a week later.

    `now` is UTC epoch seconds. Pages outside 0 to LAST_PAGE are taken for the nearest of these.
    """
    first = local(now, zone).date() + timedelta(weeks=min(max(page, 0), LAST_PAGE))
    return [first + timedelta(days=number) for number in range(SHOWN)]


def offered_day(ordinal: int, now: int, zone: ZoneInfo) -> date | None:
    """The day of this number in the calendar (`date.toordinal`), if an assembly can be then.

    None for days that are over or beyond the last page.
    """
    today = local(now, zone).date().toordinal()
    furthest = today + 7 * LAST_PAGE + SHOWN - 1
    return date.fromordinal(ordinal) if today <= ordinal <= furthest else None


def hours(day: date, now: int, zone: ZoneInfo) -> list[int]:
    """The half hours from 9:00 to 20:30 of a day that are still to come (UTC epoch seconds)."""
    steps = int((datetime.combine(day, _LAST) - datetime.combine(day, _FIRST)).seconds / 1800)
    start = datetime.combine(day, _FIRST)
    moments = {resolve(start + timedelta(minutes=30 * step), zone) for step in range(steps + 1)}
    return sorted(moment for moment in moments if moment > now)


def typed_time(text: str, day: date, zone: ZoneInfo) -> int | None:
    """The moment (UTC epoch seconds) that a typed hour means on a day.

    Understood in every language: "16:30", "16.30", "16h30", "16", "4pm", "um 16:30", "alle 16".
    None for anything else, also for an hour that no clock shows.
    """
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return resolve(datetime.combine(day, time(hour, minute)), zone)


def possible(starts_at: int, now: int) -> bool:
    """Whether an assembly can be convened for a moment (both UTC epoch seconds).

    It lies in the future, at most 400 days ahead, on a whole minute.
    """
    return now < starts_at <= now + FURTHEST and starts_at % 60 == 0


def clashes(starts_at: int, others: Iterable[int]) -> bool:
    """Whether another assembly starts within two hours of this one (UTC epoch seconds)."""
    return any(abs(starts_at - other) < APART for other in others)


def is_early(starts_at: int, now: int) -> bool:
    """Whether opening an assembly now would be sooner than two hours before its start."""
    return now < starts_at - EARLY


def days_until(starts_at: int, now: int, zone: ZoneInfo) -> int:
    """How many nights lie between now and the start on the zone's calendar: 0 today, 1 tomorrow."""
    return (local(starts_at, zone).date() - local(now, zone).date()).days


def given_up_at(starts_at: int) -> int:
    """From when on an assembly that nobody opened did not take place (UTC epoch seconds).

    Until then it can be opened late. It is long enough for a late start, and short enough that
    who came hears of it on the same day.
    """
    return starts_at + OPENABLE


def asked_again_at(starts_at: int, due_at: int, now: int) -> int | None:
    """When it is asked once more whether to open an assembly that nobody has opened, or None.

    `due_at` is when it was to be asked this time: at the start, and then 15 minutes after it was
    (`now`; after a downtime that is late). Not a third time, and not once it has been given up. All
    in UTC epoch seconds. Raises nothing.
    """
    again = now + AGAIN
    return again if due_at <= starts_at and again < given_up_at(starts_at) else None


def still_told(starts_at: int, now: int) -> bool:
    """Whether the group is told at `now` that it did not take place: within a day of that moment.

    Later, after a long outage, everybody knows. Both in UTC epoch seconds. Raises nothing.
    """
    return given_up_at(starts_at) <= now < given_up_at(starts_at) + _DAY
