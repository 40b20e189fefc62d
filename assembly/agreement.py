"""Agreed without a ballot: what an assembly agreed on is worded, and read by all who are there.

It stands unless somebody who is there does not agree: one word is enough, and the point is open
again. Source: unanimous consent, Robert's Rules of Order Newly Revised, 12th ed., 4:58 to 4:63
("If there is no objection …"); that nobody has to stand up for it in front of all is ours.
"""

from __future__ import annotations

from enum import StrEnum

WINDOW = 600
"""Seconds in which somebody can say that they don't agree, unless the assembly closes before."""

LATE = 60
"""Seconds after its end from which on nobody can have been heard: the bot was away meanwhile."""


class Standing(StrEnum):
    """How a wording stands. The values are stored: never change one."""

    PUT = "put"  # all who are there can say that they don't agree
    STANDS = "stands"
    TURNED_BACK = "turned-back"  # somebody did not agree; the point is open


def until(put_at: int, closes_at: int | None = None) -> int:
    """Until when it can be disagreed with, in UTC epoch seconds.

    WINDOW seconds after it was put, or the closing of the assembly where that comes first; None
    while nobody has closed it. Raises ValueError where the assembly closed before it was put.
    """
    if closes_at is None:
        return put_at + WINDOW
    if closes_at < put_at:
        raise ValueError(f"put at {put_at}, after the assembly closed at {closes_at}")
    return min(put_at + WINDOW, closes_at)


def left(until: int, now: int) -> int:
    """Whole minutes that are left until then, the begun one included; 0 when it is over.

    Both in UTC epoch seconds. Raises nothing.
    """
    return max(0, -((now - until) // 60))


def begins_again(until: int, now: int) -> bool:
    """Whether its time begins anew at `now` (UTC epoch seconds): nobody could be heard at its end.

    Silence counts as agreement only while somebody listens.
    """
    return now - until > LATE


def after(standing: Standing, *, disagreed: bool, over: bool) -> Standing:
    """How it stands after something happened: one disagrees, or its time is over.

    Whoever disagrees is heard before the time is over, however close they come. What is settled
    stays settled. Raises nothing.
    """
    if standing is not Standing.PUT:
        return standing
    if disagreed:
        return Standing.TURNED_BACK
    return Standing.STANDS if over else Standing.PUT
