"""An assembly that nobody closes: when whoever leads is asked, and when it closes by itself.

All moments are UTC epoch seconds. "Last heard of" is the end that was planned, or whatever shows
that people are still at it: somebody moved to another point, or said that it goes on.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assembly.quiet_hours import waits_until
from assembly.recurrence import local, resolve
from assembly.series import USUAL_LENGTH

_HOUR = 3_600

PATIENCE = 30 * 60  # seconds after it was last heard of: then it is asked whether it is over
AGAIN = 3 * _HOUR  # seconds until it is asked once more
LEAST = 8 * _HOUR  # seconds that lie between what was last heard of it and its closing by itself
CLOSES = time(
    10
)  # local; an hour after the quiet hours, whose end the question may have waited for
LATE = _HOUR  # seconds: whoever looks as late as this was away, and nobody could answer


def ends_at(starts_at: int, opened_at: int, minutes: int | None) -> int:
    """The end that was planned: so long after its start, or after it was opened, if that is later.

    `minutes`: its length; None for the usual one.
    """
    return max(starts_at, opened_at) + 60 * (minutes or USUAL_LENGTH)


def asked_at(heard_at: int, zone: ZoneInfo) -> int:
    """When it is asked whether it is over, of which was last heard at `heard_at`: not at night."""
    return waits_until(heard_at + PATIENCE, zone)


def closes_at(heard_at: int, zone: ZoneInfo) -> int:
    """When it closes by itself: on the next morning at CLOSES, LEAST after `heard_at` or later."""
    soonest = heard_at + LEAST
    day = local(soonest, zone).date()
    at = resolve(datetime.combine(day, CLOSES), zone)
    return at if at >= soonest else resolve(datetime.combine(day + timedelta(days=1), CLOSES), zone)


def asked_again_at(now: int, closes_at: int, zone: ZoneInfo) -> int | None:
    """When it is asked once more, after it was at `now`; None where it closes before that."""
    again = waits_until(now + AGAIN, zone)
    return again if again < closes_at else None


def is_late(closes_at: int, now: int) -> bool:
    """Whether it was to close so long ago that nobody could be asked: then it is asked anew."""
    return now >= closes_at + LATE
