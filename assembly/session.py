"""Moving through the agenda: where each way leads, and how the point that is left counts."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """Where the walk goes: on, because the point is done; back; or on, with the point put off."""

    NEXT = "n"
    BACK = "b"
    POSTPONE = "p"


def destination(position: int, points: int, way: Way) -> int | None:
    """The position that a way leads to from `position`, or None where nothing lies that way.

    Positions count from 1 to `points`; one more than that is the end, when all have been talked
    about. From the end only BACK leads anywhere. Raises nothing.
    """
    if not 1 <= position <= points + 1:
        return None
    if way is Way.BACK:
        return position - 1 if position > 1 else None
    return position + 1 if position <= points else None
