"""How often strangers may ask to join, and how often facilitators hear of it.

Nothing of it needs to know who asked: the moments are enough.
"""

from __future__ import annotations

from collections.abc import Sequence

HOUR, DAY = 3600, 86_400  # seconds

MOST = 3
"""Requests of one person in a MONTH, to whichever centres."""

MONTH = 30 * DAY

MOST_A_DAY = 20
"""Requests to one centre in 24 hours, by whomever: more are no people who come by."""


def again_at(asked: Sequence[int], now: int) -> int | None:
    """When somebody may ask again who asked at these moments; None if now.

    All in UTC epoch seconds, in any order.
    """
    lately = sorted(moment for moment in asked if moment > now - MONTH)
    return None if len(lately) < MOST else lately[-MOST] + MONTH


def full(asked: int) -> bool:
    """Whether a centre that has been asked so often in the last 24 hours takes no more today."""
    return asked >= MOST_A_DAY


def tell_at(told_at: int | None, now: int) -> int:
    """When facilitators hear of a request made `now`, who heard of one at `told_at`, if ever.

    At most once an hour; what comes meanwhile is gathered. UTC epoch seconds.
    """
    return now if told_at is None else max(now, told_at + HOUR)
