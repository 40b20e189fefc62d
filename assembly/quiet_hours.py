"""The quiet hours: from 21:00 to 09:00 on the centre's clocks nobody is written to unasked.

What people press is answered at any hour, and what can't wait (an assembly in two hours) is sent
at any hour: each caller decides that. When the quiet hours are is decided here alone.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assembly.recurrence import local, resolve

BEGIN, END = time(21), time(9)
"""Local wall time; 21:00 itself is quiet, 09:00 no longer is."""


def waits_until(moment: int, zone: ZoneInfo) -> int:
    """The moment itself, or, within the quiet hours, their end: the next 09:00 local.

    Both are UTC epoch seconds.
    """
    shown = local(moment, zone)
    if END <= shown.time() < BEGIN:
        return moment
    late = shown.time() >= BEGIN
    return resolve(datetime.combine(shown.date() + timedelta(days=late), END), zone)


def began_at(moment: int, zone: ZoneInfo) -> int:
    """When the quiet hours last began, at this moment or before it: 21:00 local of today or of
    yesterday. Both are UTC epoch seconds.
    """
    shown = local(moment, zone)
    early = shown.time() < BEGIN
    return resolve(datetime.combine(shown.date() - timedelta(days=early), BEGIN), zone)


def hold(since: int, until: int, zone: ZoneInfo) -> bool:
    """Whether all of the time from `since` to `until` lies within the quiet hours of one night.

    Both are UTC epoch seconds, and `until` may be the end of the night itself.
    """
    ends = waits_until(since, zone)
    return ends > since and until <= ends
