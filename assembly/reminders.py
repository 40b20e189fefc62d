"""When an assembly is brought back to mind, and when its agenda is frozen.

"The day before at the same hour" is meant as clocks show it: who meets on Monday at 16:00 hears of
it on Sunday at 16:00, also when the clocks change that night. "Two hours before" is meant as time
that passes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.immutable import immutable
from assembly.recurrence import local, resolve

HOUR = 3600

_AFTER_ANNOUNCEMENT = HOUR
"""A reminder sooner than this after the announcement would only repeat it."""


class Kind(StrEnum):
    """Which reminder. The values are part of what is stored: never change one.

    A new kind also needs its place in `_TIMINGS` and its Post in handlers/assemblies/presses.py;
    its schedule, its key in the outbox and what a restore does with it follow from the value.
    """

    WEEK = "7d"
    DAY = "24h"
    HOURS = "2h"


@immutable
class _Timing:
    """How long before the start a reminder comes, and until when a late one is still sent.

    `by_the_clock`: so many days before at the same local hour, out of the quiet hours; otherwise as
    time passes, at any hour, because it can't wait. `helps_until` is in seconds before the start;
    each ends before the next kind can be due, so that of several missed ones only the latest is
    caught up on. `names_the_day`: it says "today" or "tomorrow", which midnight makes wrong.
    """

    before: timedelta
    by_the_clock: bool
    helps_until: int
    names_the_day: bool

    def due(self, starts_at: int, zone: ZoneInfo) -> int:
        if not self.by_the_clock:
            return starts_at - self.before // timedelta(seconds=1)
        at = resolve(local(starts_at, zone) - self.before, zone)
        return quiet_hours.waits_until(at, zone)


_TIMINGS = {  # earliest first
    Kind.WEEK: _Timing(timedelta(days=7), True, 48 * HOUR, names_the_day=False),
    Kind.DAY: _Timing(timedelta(days=1), True, 3 * HOUR, names_the_day=True),
    Kind.HOURS: _Timing(timedelta(hours=2), False, 0, names_the_day=True),
}


@immutable
class Reminder:
    """One reminder of an assembly: its kind and when it is sent (UTC epoch seconds)."""

    kind: Kind
    at: int


def due(starts_at: int, convened_at: int, zone: ZoneInfo) -> list[Reminder]:
    """The reminders of an assembly, earliest first (UTC epoch seconds).

    7 days and 24 hours before are the same local time on the earlier day; where that falls into
    the quiet hours they wait for their end, which is at least 10 hours before the start. So DAY can
    fall on the day of the assembly itself: say "today" or "tomorrow" by the dates. 2 hours before
    is exact and can't wait, so it is sent at any hour. Left out is what would come before, or less
    than 1 hour after, the announcement (made when the assembly was convened). Raises nothing; an
    assembly that is over, or starts at once, has none.
    """
    reminders = [Reminder(kind, timing.due(starts_at, zone)) for kind, timing in _TIMINGS.items()]
    return [reminder for reminder in reminders if reminder.at >= convened_at + _AFTER_ANNOUNCEMENT]


def freeze_at(starts_at: int) -> int:
    """When the agenda is frozen: 24 hours (86,400 seconds) before the start, in UTC epoch seconds.

    On the two days a year with a change of clocks this is an hour off the DAY reminder.
    """
    return starts_at - 24 * HOUR


def sent_at(kind: Kind, now: int, zone: ZoneInfo) -> int:
    """When a reminder that is due by `now` is sent: at once, or after the quiet hours if it can
    wait (UTC epoch seconds).
    """
    return quiet_hours.waits_until(now, zone) if _TIMINGS[kind].by_the_clock else now


def still_helps(kind: Kind, due_at: int, now: int, starts_at: int) -> bool:
    """Whether a reminder that was due at `due_at` is worth sending at `now` (UTC epoch seconds).

    WEEK until 48 hours before the start, DAY until 3 hours before, HOURS until the start: so after
    downtime at most one, the latest missed, is caught up on, and none once the assembly has begun.
    One that is on time always helps. The caller keeps the quiet hours: pass what `sent_at` says.
    Raises ValueError when it is not due yet.
    """
    if now < due_at:
        raise ValueError(f"not due before {due_at}: {now}")
    return now < starts_at - _TIMINGS[kind].helps_until


def expires_at(kind: Kind, sent_at: int, starts_at: int, zone: ZoneInfo) -> int:
    """Until when a reminder that is still on its way may arrive (UTC epoch seconds).

    As long as it helps; DAY and HOURS also not beyond the midnight after `sent_at`, because they
    say "today" or "tomorrow". Raises nothing.
    """
    timing = _TIMINGS[kind]
    helps_until = starts_at - timing.helps_until
    if not timing.names_the_day:
        return helps_until
    tomorrow = local(sent_at, zone).date() + timedelta(days=1)
    return min(helps_until, resolve(datetime.combine(tomorrow, time()), zone))
