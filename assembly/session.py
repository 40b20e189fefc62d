"""Moving through the agenda: where each way leads, and what of it leaves the list at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Way(StrEnum):
    """What is done at a point. The values ride in buttons: never change one.

    NEXT and BACK only move, so that looking through the points settles nothing. DONE, POSTPONE
    and REOPEN say how the point counts, and stay at it.
    """

    NEXT = "n"
    BACK = "b"
    DONE = "d"
    POSTPONE = "p"
    REOPEN = "r"


_MOVES = {Way.NEXT: 1, Way.BACK: -1, Way.DONE: 0, Way.POSTPONE: 0, Way.REOPEN: 0}


def destination(position: int, points: int, way: Way) -> int | None:
    """The position that a way leads to from `position`, or None where nothing lies that way.

    Positions count from 1 to `points`; one more than that is the end, when all have been seen.
    From the end only BACK leads anywhere: there is no point that could be done. Raises nothing.
    """
    if not 1 <= position <= points + 1:
        return None
    to = position + _MOVES[way]
    last = points + 1 if _MOVES[way] else points
    return to if 1 <= to <= last else None


class Point(Protocol):
    """A point of the agenda, as the assembly leaves it."""

    @property
    def title(self) -> str: ...

    @property
    def is_done(self) -> bool: ...

    @property
    def is_listed(self) -> bool:
        """Whether its proposal waits on the list: nobody has taken it back or erased it."""


@dataclass(frozen=True, slots=True)
class Parting:
    """What leaves the list when the assembly closes, and what stays on it: titles in order."""

    leaving: tuple[str, ...]
    staying: tuple[str, ...]


def parting(points: Iterable[Point]) -> Parting:
    """Only what was said to be done leaves the list; everything else stays for next time.

    What is not on the list any more is in neither. Raises nothing.
    """
    listed = [point for point in points if point.is_listed]
    return Parting(
        tuple(point.title for point in listed if point.is_done),
        tuple(point.title for point in listed if not point.is_done),
    )
