"""When an agenda is sent, and so fixed: as many days before its assembly as the centre says."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.recurrence import local, resolve
from assembly.reminders import HOUR, freeze_at

DENSE, SPARSE = 6, 7
"""Days before, where a centre has not said: the day after the last one, where it meets weekly."""

CHOICES = (1, 2, 3, 4, 5, 6, 7, 10, 14)
"""Days before, on offer; 1 is 24 hours."""

_ALONE = 36 * HOUR
_GRACE = 24 * HOUR


def days_before(chosen: int | None, *, dense: bool) -> int:
    """How many days before an assembly its agenda is sent: as chosen, or by the rhythm."""
    return chosen or (DENSE if dense else SPARSE)


def sent_at(starts_at: int, days: int, convened_at: int, zone: ZoneInfo) -> int:
    """When the agenda of an assembly is sent (all moments are UTC epoch seconds).

    So many days before at the hour of the assembly as local clocks show it, out of the quiet hours;
    one day before is 24 hours that pass. An assembly that is convened later than that leaves people
    a day to propose something; one convened within its last 24 hours has its agenda sent at once,
    so the answer may be over. Raises ValueError for less than one day.
    """
    if days < 1:
        raise ValueError(f"an agenda is sent a day before at the latest: {days}")
    last = freeze_at(starts_at)
    if days == 1:
        return last
    at = quiet_hours.waits_until(resolve(local(starts_at, zone) - timedelta(days=days), zone), zone)
    if at < convened_at:
        at = quiet_hours.waits_until(convened_at + _GRACE, zone)
    return min(at, last)


def stands_alone(starts_at: int, sent_at: int) -> bool:
    """Whether the group reads the agenda when it is sent, 36 hours before the start or earlier.

    Later it reads it with the reminder of the day before (UTC epoch seconds). Raises nothing.
    """
    return starts_at - sent_at >= _ALONE
