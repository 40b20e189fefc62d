"""How long an assembly and its points are meant to take, and when a point's time is over."""

from __future__ import annotations

from collections.abc import Iterable

from assembly.immutable import immutable

POINTS = (5, 10, 15, 20, 30, 45, 60)
"""Minutes that a point can have, by a button."""

LENGTHS = (60, 90, 120, 150, 180)
"""Minutes that an assembly can have, by a button."""

MORE = 5
"""Minutes that one press adds."""


@immutable
class Total:
    """Minutes that the points have together, and how many points have no time yet."""

    minutes: int
    without: int


def total(planned: Iterable[int | None]) -> Total:
    """Of the points of an agenda, each with its minutes or None. Raises nothing."""
    every = list(planned)
    known = [minutes for minutes in every if minutes is not None]
    return Total(sum(known), len(every) - len(known))


def over_at(since: int | None, planned: int | None) -> int | None:
    """When the time of a point is over that began at `since` (UTC epoch seconds).

    `planned`: its minutes. None where it has none, or has not begun. Raises nothing.
    """
    if since is None or planned is None:
        return None
    return since + planned * 60


def with_more(since: int, planned: int, now: int) -> int:
    """The minutes that give a point MORE minutes from now on, or from the end of its time.

    Moments are UTC epoch seconds; `now` may be before `since`, where a clock was set back.
    Raises nothing.
    """
    gone = max(0, -(-(now - since) // 60))
    return max(planned, gone) + MORE


def next_sign(now: int, *moments: int | None) -> int | None:
    """The first of these moments that is still to come; None where none is. Raises nothing."""
    return min((each for each in moments if each is not None and each > now), default=None)
