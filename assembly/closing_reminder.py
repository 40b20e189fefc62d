"""When those who have not taken part in a question are reminded of it: once, before it closes.

Late enough that most have answered by themselves, early enough to still do it, and by day. What is
due at nearly the same time is said in one message: eight of them in a minute would be noise.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.recurrence import local, resolve

_MINUTE, _HOUR = 60, 3600
_DAY = 24 * _HOUR
LEAST = 3 * _MINUTE  # time to read a question and press a button
_HELPS = _MINUTE  # with less than this left, a reminder only annoys
_EVE = time(18)  # the day before: an hour at which most people look at their phone
_LAST_QUARTER = 15 * _MINUTE


def remind_at(opened_at: int, closes_at: int, zone: ZoneInfo) -> int | None:
    """When to remind of a question; None where it would help nobody (UTC epoch seconds).

    Open for up to an hour: when three tenths of the time are left, at least 3 and at most 10
    minutes. For up to two days: an eighth of the time, at least 10 minutes, at most 3 hours. For
    longer: at 18:00 on the day before. Never within the quiet hours, unless the question is open in
    them only: then after them, if enough time is left; otherwise a quarter of an hour before them,
    if the question has been open for an hour by then; otherwise after them still, if 3 minutes are
    left. None for a question that is open for less than 6 minutes.
    """
    span = closes_at - opened_at
    if span < 2 * LEAST:
        return None
    if span > 2 * _DAY:
        return _eve(closes_at, zone)
    lead = _lead(span)
    moment = closes_at - lead
    morning = quiet_hours.waits_until(moment, zone)
    if morning == moment or quiet_hours.hold(opened_at, closes_at, zone):
        return moment
    if closes_at - morning >= min(lead, _HOUR):
        return morning
    evening = quiet_hours.began_at(moment, zone) - _LAST_QUARTER
    if evening >= opened_at + _HOUR:
        return evening
    return morning if closes_at - morning >= LEAST else None


def late(now: int, opened_at: int, closes_at: int, zone: ZoneInfo) -> int | None:
    """When to send a reminder that is due by `now`: now, after the quiet hours, or no more.

    After a downtime it may be late; it helps until a minute before the closing (UTC epoch seconds).
    """
    only_then = quiet_hours.hold(opened_at, closes_at, zone)
    moment = now if only_then else quiet_hours.waits_until(now, zone)
    return moment if moment <= closes_at - _HELPS else None


def joins(now: int, at: int, opened_at: int, closes_at: int, zone: ZoneInfo) -> bool:
    """Whether a question is named in a reminder of another one that is sent `now`.

    Its own is planned `at` that moment (UTC epoch seconds). It comes earlier by at most half of the
    time that it would have left, and by an hour; never in the quiet hours if its own would not.
    """
    ahead = at - now
    if ahead > min((closes_at - at) // 2, _HOUR):
        return False
    return late(now, opened_at, closes_at, zone) == now


def _lead(span: int) -> int:
    """Seconds before the closing, for a question that is open for up to two days."""
    if span <= _HOUR:
        return min(max(span * 3 // 10, LEAST), 10 * _MINUTE)
    return min(max(span // 8, 10 * _MINUTE), 3 * _HOUR)


def _eve(closes_at: int, zone: ZoneInfo) -> int:
    day = local(closes_at, zone).date() - timedelta(days=1)
    return resolve(datetime.combine(day, _EVE), zone)
