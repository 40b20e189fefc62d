"""Moving through the agenda: where each way leads. How a point ends: `assembly/endings.py`."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """Where to go from a point. The values ride in buttons: never change one.

    Both only move, so that looking through the points settles nothing.
    """

    NEXT = "n"
    BACK = "b"


_MOVES = {Way.NEXT: 1, Way.BACK: -1}


def destination(position: int, points: int, way: Way) -> int | None:
    """The position that a way leads to from `position`, or None where nothing lies that way.

    Positions count from 1 to `points`; one more than that is the end, when all have been seen.
    From the end only BACK leads anywhere. Raises nothing.
    """
    if not 1 <= position <= points + 1:
        return None
    to = position + _MOVES[way]
    return to if 1 <= to <= points + 1 else None
