"""How long a question stays open: a few choices, turned into moments on the centre's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from assembly.recurrence import local, resolve

_MINUTE, _HOUR = 60, 3600
EVENING = time(20)  # before the quiet hours begin
EXTENSION = 10 * _MINUTE
LATE = 10 * _MINUTE  # an outcome told later than this is no longer waited for
LONGEST = 14 * 24 * _HOUR  # a question that stays open longer is forgotten, not considered


class Span(StrEnum):
    """What a facilitator can choose when a question is put."""

    TEN_MINUTES = "m10"
    HOUR = "h1"
    EVENING = "eve"
    TOMORROW = "tom"
    WEEK = "w1"


def closing(span: Span, now: int, zone: ZoneInfo) -> int:
    """When a question put at `now` closes (both UTC epoch seconds).

    Ten minutes and an hour are counted from `now`; "this evening", "tomorrow" and "in a week" end
    at 20:00 on the clock of the zone. An evening that is less than an hour away (or over) is the
    next day's.
    """
    match span:
        case Span.TEN_MINUTES:
            return now + 10 * _MINUTE
        case Span.HOUR:
            return now + _HOUR
        case Span.EVENING:
            days = 0
        case Span.TOMORROW:
            days = 1
        case Span.WEEK:
            days = 7
        case _:
            assert_never(span)
    day = local(now, zone).date()
    moment = resolve(datetime.combine(day + timedelta(days=days), EVENING), zone)
    if moment - now < _HOUR:
        moment = resolve(datetime.combine(day + timedelta(days=days + 1), EVENING), zone)
    return moment


def choices(now: int, zone: ZoneInfo) -> tuple[Span, ...]:
    """The spans worth offering at `now`: this evening only while it is another than tomorrow's."""
    same = closing(Span.EVENING, now, zone) == closing(Span.TOMORROW, now, zone)
    return tuple(span for span in Span if not (same and span is Span.EVENING))


def may_extend(closes_at: int, until: int, opened_at: int) -> bool:
    """Whether a decision that closes at `closes_at` may stay open `until` (UTC epoch seconds).

    Only later than now planned, and not longer in all than LONGEST after its opening.
    """
    return closes_at < until <= opened_at + LONGEST


def may_close_early(
    closes_at: int | None, *, everybody: bool | None, assembly_is_open: bool
) -> bool:
    """Whether a question may be closed before `closes_at` (None: no moment was planned).

    In its open assembly the chair closes the polls once nobody else wishes to take part (Robert's
    Rules of Order Newly Revised, 12th ed., chapter XIII). Elsewhere nobody can see whether somebody
    still wishes to, so `everybody` has to have taken part; None where so few can that whether they
    have is nobody's business.
    """
    return assembly_is_open or closes_at is None or everybody is not False
