"""When an assembly is brought back to mind, and when its agenda is frozen.

"The day before at the same hour" is meant as clocks show it: who meets on Monday at 16:00 hears of
it on Sunday at 16:00, also when the clocks change that night. "Two hours before" is meant as time
that passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.recurrence import local, resolve

HOUR = 3600

Kind = Literal["7d", "24h", "2h"]

_DAYS_BEFORE: dict[Kind, int] = {"7d": 7, "24h": 1}
_TWO_HOURS = 2 * HOUR

_AFTER_ANNOUNCEMENT = HOUR
"""A reminder sooner than this after the announcement would only repeat it."""

_HELPS_UNTIL: dict[Kind, int] = {"7d": 48 * HOUR, "24h": 3 * HOUR, "2h": 0}
"""Seconds before the start until which a late reminder is still sent. Each ends before the next
one can be due, so that of several missed ones only the latest is caught up on."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of an assembly: its kind and when it is sent (UTC epoch seconds)."""

    kind: Kind
    at: int


def due(starts_at: int, convened_at: int, zone: ZoneInfo) -> list[Reminder]:
    """The reminders of an assembly, earliest first (UTC epoch seconds).

    7 days and 24 hours before are the same local time on the earlier day; where that falls into
    the quiet hours they wait for the next 09:00, which is at least 10 hours before the start. So
    "24h" can fall on the day of the assembly itself: say "today" or "tomorrow" by the dates.
    2 hours before is exact and can't wait, so it is sent at any hour. Left out is what would come
    before, or less than 1 hour after, the announcement (made when the assembly was convened).
    Raises nothing; an assembly that is over, or starts at once, has none.
    """
    start = local(starts_at, zone)
    reminders = [
        Reminder(kind, quiet_hours.waits_until(resolve(start - timedelta(days=days), zone), zone))
        for kind, days in _DAYS_BEFORE.items()
    ]
    reminders.append(Reminder("2h", starts_at - _TWO_HOURS))
    return [reminder for reminder in reminders if reminder.at >= convened_at + _AFTER_ANNOUNCEMENT]


def freeze_at(starts_at: int) -> int:
    """When the agenda is frozen: 24 hours (86,400 seconds) before the start, in UTC epoch seconds.

    On the two days a year with a change of clocks this is an hour off the "24h" reminder.
    """
    return starts_at - 24 * HOUR


def still_helps(kind: Kind, due_at: int, now: int, starts_at: int) -> bool:
    """Whether a reminder that was due at `due_at` is worth sending at `now` (UTC epoch seconds).

    "7d" until 48 hours before the start, "24h" until 3 hours before, "2h" until the start: so after
    downtime at most one, the latest missed, is caught up on, and none once the assembly has begun.
    One that is on time always helps. The caller keeps the quiet hours: pass the moment at which it
    would really be sent. Raises ValueError when it is not due yet.
    """
    if now < due_at:
        raise ValueError(f"not due before {due_at}: {now}")
    return now < starts_at - _HELPS_UNTIL[kind]


def expires_at(kind: Kind, sent_at: int, starts_at: int, zone: ZoneInfo) -> int:
    """Until when a reminder that is still on its way may arrive (UTC epoch seconds).

    As long as it helps; "24h" and "2h" also not beyond the midnight after `sent_at`, because they
    say "today" or "tomorrow". Raises nothing.
    """
    helps_until = starts_at - _HELPS_UNTIL[kind]
    if kind == "7d":
        return helps_until
    tomorrow = local(sent_at, zone).date() + timedelta(days=1)
    return min(helps_until, resolve(datetime.combine(tomorrow, time()), zone))
