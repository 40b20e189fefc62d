"""How close a centre's assemblies are to each other, and so how much its group hears of each.

Who meets every week knows when; who meets every few months has to be told. So where assemblies are
dense, one message stands in the group for each of them, and is edited as its day comes nearer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assembly.recurrence import local, resolve
from assembly.reminders import Kind, due

APART = timedelta(days=10)
"""Assemblies nearer to each other than this are dense."""


def is_dense(starts_at: int, others: Iterable[int], zone: ZoneInfo) -> bool:
    """Whether another assembly lies less than 10 days before or after this one, on local clocks.

    Moments are UTC epoch seconds; `others` are those convened or held, in any order. Ten days at
    the same hour are ten days, also where the clocks change between them. Raises nothing; an
    assembly alone is not dense.
    """
    own = local(starts_at, zone)
    return any(abs(own - local(other, zone)) < APART for other in others)


def read_at(starts_at: int, now: int, zone: ZoneInfo) -> int:
    """When a group reads of a dense assembly that is convened at `now`: the day before, or at once.

    The day before at the same local hour, out of the quiet hours, as the DAY reminder; at once
    where that is over, or so near that it would only repeat what people have just read (UTC epoch
    seconds). Raises nothing.
    """
    ahead = [each.at for each in due(starts_at, now, zone) if each.kind is Kind.DAY]
    return ahead[0] if ahead else now


def today_at(starts_at: int, zone: ZoneInfo) -> int:
    """The local midnight with which the day of an assembly begins (UTC epoch seconds).

    Where clocks skip midnight: the first moment of that day. Raises nothing.
    """
    return resolve(datetime.combine(local(starts_at, zone).date(), time()), zone)
