"""When something happens again: rules over local wall time, turned into moments that exist.

A local time that the clocks skip (gap) becomes the first valid moment after it; one that they show
twice (overlap) becomes the first of the two. `resolve` therefore never goes backwards, and a rule
never fires twice for one local time and never misses one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def resolve(local: datetime, zone: ZoneInfo) -> int:
    """The moment (UTC epoch seconds) at which clocks in the zone first show this local time.

    `local` is naive and in whole seconds. In a gap: the first valid moment after it; in an overlap:
    the first of the two. Raises ValueError when `local` carries a time zone. Source: PEP 495 (fold
    0 reads a time in a gap with the offset before it, fold 1 with the offset after it).
    """
    if local.tzinfo is not None:
        raise ValueError(f"a local time carries no zone: {local.tzinfo}")
    first, second = (_epoch(local.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    return first if first <= second else _end_of_gap(second, first, zone)


def local(epoch: int, zone: ZoneInfo) -> datetime:
    """What clocks in the zone show at a moment (UTC epoch seconds), as a naive datetime.

    Both passes through an overlap look alike, so `resolve` takes the second back to the first.
    """
    return datetime.fromtimestamp(epoch, zone).replace(tzinfo=None, fold=0)


def weekly(weekday: int, hour: int, minute: int) -> str:
    """The rule for once a week: weekday 0 (Monday) to 6, local hour 0 to 23, minute 0 to 59.

    Raises ValueError outside these ranges. Source: RFC 5545, section 3.3.10.
    """
    if not (0 <= weekday <= 6 and 0 <= hour <= 23 and 0 <= minute <= 59):
        raise ValueError(f"no such time of the week: {weekday}, {hour}:{minute}")
    return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[weekday]};BYHOUR={hour};BYMINUTE={minute};BYSECOND=0"


def next_occurrence(rule: str, start: datetime, zone: ZoneInfo, after: int) -> int | None:
    """The first moment of the rule strictly after `after` (both UTC epoch seconds), or None.

    As `occurrences` finds it. Stepping with `after` set to the last answer visits each occurrence
    once. None means that the rule has ended.
    """
    return next(occurrences(rule, start, zone, after), None)


def occurrences(rule: str, start: datetime, zone: ZoneInfo, after: int) -> Iterator[int]:
    """The moments of the rule strictly after `after` (all UTC epoch seconds), earliest first.

    `rule` is one RRULE, daily at most often, over naive local time from `start` on; two local times
    that a gap pushes to the same moment are one occurrence. Raises ValueError for a rule that can't
    be read or recurs more than daily. Source: RFC 5545, section 3.3.10.
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.get("FREQ") not in _FREQUENCIES or "\n" in rule:
        raise ValueError(f"not a rule that recurs daily at most often: {rule!r}")
    # resolve never goes backwards: whatever clocks showed up to now is not after `after`
    for moment in rrulestr(rule, dtstart=start).xafter(local(after, zone)):
        epoch = resolve(moment, zone)
        if epoch > after:
            yield epoch
            after = epoch


def _epoch(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime.fromtimestamp(0, UTC)) // timedelta(seconds=1)


def _end_of_gap(before: int, after: int, zone: ZoneInfo) -> int:
    """The second at which the zone's offset has changed, searched between two moments around it."""
    offset = datetime.fromtimestamp(before, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
