"""Tasks: what is looked after until when, following a point of an assembly. Taken, never given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from assembly.immutable import immutable
from assembly.recurrence import local, resolve

TOGETHER = 2
"""Takers of one task at most: whom it belongs to stays clear."""

CAME_UP = 3
"""So often open at an assembly, and a task is asked to become a point: it needs talking about."""

_BEFORE = timedelta(days=2)
_MORNING = time(10)  # out of the quiet hours
_ENDS = time(23, 59)
_FURTHEST = 366  # days ahead


class ByWhen(StrEnum):
    """Until when it is to be done. The values ride in buttons: never change one."""

    NEXT = "n"
    WEEK = "1"
    TWO_WEEKS = "2"
    FOUR_WEEKS = "4"


class Standing(StrEnum):
    """Where a task stands."""

    FREE = "free"
    TAKEN = "taken"
    LONGER = "longer"
    DONE = "done"


def standing(*, done: bool, cared_for: bool, longer: bool) -> Standing:
    """Where a task stands.

    `cared_for`: somebody, or a group, looks after it; `longer`: they asked for another day. What
    nobody looks after is free again, whatever was asked for. Raises nothing.
    """
    if done:
        return Standing.DONE
    if not cared_for:
        return Standing.FREE
    return Standing.LONGER if longer else Standing.TAKEN


def until(day: date, zone: ZoneInfo) -> int:
    """The end of a day on clocks of the zone, 23:59, in UTC epoch seconds."""
    return resolve(datetime.combine(day, _ENDS), zone)


def due(by: ByWhen, now: int, zone: ZoneInfo) -> int | None:
    """The moment (UTC epoch seconds) until which it is to be done.

    None for NEXT: it follows the next assembly, also where that is moved. Otherwise the end of the
    day that is so many weeks after today (`now` in UTC epoch seconds, on the zone's clocks).
    """
    if by is ByWhen.NEXT:
        return None
    return until(local(now, zone).date() + timedelta(weeks=int(by.value)), zone)


def possible(day: date, now: int, zone: ZoneInfo) -> bool:
    """Whether a task can be due on a day: today or later, and within 366 days."""
    ahead = (day - local(now, zone).date()).days
    return 0 <= ahead <= _FURTHEST


def remind_at(due_at: int, zone: ZoneInfo) -> int:
    """When whoever looks after it is reminded: two days before, at 10:00 local.

    Both are UTC epoch seconds; days are those of the zone's calendar.
    """
    day = local(due_at, zone).date() - _BEFORE
    return resolve(datetime.combine(day, _MORNING), zone)


def reminds(due_at: int | None, told_at: int, now: int, zone: ZoneInfo) -> bool:
    """Whether somebody is reminded of a task at `now`.

    `told_at`: when they heard of it last, because they took it or were reminded. So nobody is
    reminded twice of one day, not at all of what they took within these two days, and once more
    where it was put off. Late after a downtime, until it is due. Moments are UTC epoch seconds;
    `due_at` None: no day is known yet. Raises nothing.
    """
    return due_at is not None and told_at < remind_at(due_at, zone) <= now < due_at


def next_morning(now: int, zone: ZoneInfo) -> int:
    """The next 10:00 local strictly after `now`; both are UTC epoch seconds."""
    today = local(now, zone).date()
    ahead = (resolve(datetime.combine(today + timedelta(days), _MORNING), zone) for days in (0, 1))
    return next(at for at in ahead if at > now)


def comes_up(due_at: int | None, now: int) -> bool:
    """Whether a task that is open when an assembly opens counts as left open there.

    Not what still has its time: `due_at` and `now` are UTC epoch seconds. None, by the next
    assembly, was due at this one.
    """
    return due_at is None or due_at <= now


def asks_for_a_point(times_open: int) -> bool:
    """Whether a task was left open at so many assemblies that they should talk about it."""
    return times_open >= CAME_UP


@immutable
class Counted:
    """How many are done, and how many are open."""

    done: int
    open: int


def count(standings: Iterable[Standing]) -> Counted:
    """What an assembly is told: numbers, and nobody's name. Raises nothing."""
    found = list(standings)
    done = sum(each is Standing.DONE for each in found)
    return Counted(done, len(found) - done)
