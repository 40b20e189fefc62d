"""The rounds of check-ins: when a member is asked, reminded, waited for, and when it closes.

Nothing here looks at what somebody answered: only whether a question has been dealt with.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.recurrence import local, next_occurrence

DEFAULT_WEEKDAY, DEFAULT_HOUR, DEFAULT_MINUTE = 2, 17, 0
"""Wednesday 17:00 local, until a member chooses another time."""

_HOUR = 3600
_DAY = 24 * _HOUR
_ON_TIME = _HOUR


def goes_out_at(due_at: int, now: int, zone: ZoneInfo) -> int | None:
    """When a round that was due goes out: now, later, or not at all (UTC epoch seconds).

    Within an hour it is on time, at whatever hour the member chose. Later, after a downtime, it
    keeps out of the quiet hours; None where that is a day or more after it was due, or in the next
    week (Monday to Sunday), which has a round of its own.
    """
    if now < due_at + _ON_TIME:
        return now
    at = quiet_hours.waits_until(now, zone)
    return at if at < due_at + _DAY and same_week(at, due_at, zone) else None


def same_week(one: int, other: int, zone: ZoneInfo) -> bool:
    """Whether two moments (UTC epoch seconds) lie in one local week, Monday to Sunday."""
    return local(one, zone).isocalendar()[:2] == local(other, zone).isocalendar()[:2]


def next_due(rule: str, zone: ZoneInfo, now: int, last_sent: int | None) -> int:
    """When a member is asked next (UTC epoch seconds): by the weekly rule, once a week at most.

    `last_sent` is when the last round was sent, None if there was none: its week is over, whatever
    time the member chooses now. Raises ValueError for a rule that can't be read or has ended.
    """
    start = local(now, zone) - timedelta(weeks=1)
    due = next_occurrence(rule, start, zone, now)
    if due is not None and last_sent is not None and same_week(due, last_sent, zone):
        due = next_occurrence(rule, start, zone, due)
    if due is None:
        raise ValueError(f"the rule has ended: {rule}")
    return due


def closes_at(sent_at: int) -> int:
    """When a round sent at `sent_at` closes, silently (both UTC epoch seconds).

    48 hours are told; whoever is in the middle then has an hour to finish. It is open so long for
    everybody alike, or the moment at which it closes would tell who had begun.
    """
    return sent_at + 2 * _DAY + _HOUR


def ends_at(closes: int) -> int:
    """The end that people are told of a round that closes then (both UTC epoch seconds)."""
    return closes - _HOUR


def reminder_at(sent_at: int, zone: ZoneInfo) -> int:
    """When the one gentle reminder of a round is due (UTC epoch seconds): 24 hours after sending.

    Half-way, so that as much time is left as has passed. In the quiet hours, which a member may
    have chosen for the check-in itself, it waits for the next 09:00 local; that is at least 11
    hours before closing. The caller leaves it out where the round is finished, declined or snoozed.
    """
    return quiet_hours.waits_until(sent_at + _DAY, zone)


def snoozed_until(now: int, closes: int, zone: ZoneInfo) -> int | None:
    """When a snoozed round is shown again: in 3 hours, out of the quiet hours; None if too late.

    All in UTC epoch seconds; `closes` is when the round closes. None means that it would have
    closed by then: say so instead of offering to wait.
    """
    again = quiet_hours.waits_until(now + 3 * _HOUR, zone)
    return again if again < closes else None


def paused_until(now: int) -> int:
    """When the pause that a member asked for ends: after 4 weeks (UTC epoch seconds)."""
    return now + 28 * _DAY
