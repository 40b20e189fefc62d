"""The pulse: when members are asked about the assembly itself, and which week it takes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.checkin import same_week
from assembly.recurrence import local

APART = 27
"""Days from a pulse to the next assembly with one, at least: every fourth weekly one, one a month.
A day less than four weeks, as the pulse may have gone out in the morning after its assembly."""

_AFTER = 3600  # seconds after the closing: people are on their way home


def is_due(assembly_at: int, last_sent: int | None, zone: ZoneInfo) -> bool:
    """Whether an assembly of that moment is followed by a pulse (both UTC epoch seconds).

    At least 27 days have passed since the last one on the zone's calendar, or there was none.
    Source: docs/anonymity.md, "The pulse".
    """
    if last_sent is None:
        return True
    return (local(assembly_at, zone).date() - local(last_sent, zone).date()).days >= APART


def goes_out_at(closed_at: int, zone: ZoneInfo) -> int:
    """When the pulse of an assembly that closed then goes out (UTC epoch seconds).

    An hour later, out of the quiet hours; so within 14 hours.
    """
    return quiet_hours.waits_until(closed_at + _AFTER, zone)


def takes_week(
    at: int, last_sent: int | None, planned: int | None, assemblies: list[int], zone: ZoneInfo
) -> bool:
    """Whether the week of `at` has a pulse, so that no weekly check-in is sent in it.

    It was sent in this week (Monday to Sunday, local), is `planned` in it, or follows one of the
    `assemblies` to come, by their starts. All in UTC epoch seconds. It looks at the assemblies
    alone, so leaving a check-in out tells nothing about anybody.
    """
    if any(same_week(moment, at, zone) for moment in (last_sent, planned) if moment is not None):
        return True
    return any(same_week(each, at, zone) and is_due(each, last_sent, zone) for each in assemblies)
