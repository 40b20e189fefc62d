"""How a point of an assembly ends: said on purpose, never by leafing past it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from assembly.immutable import immutable
from assembly.outcome import Result


class Ending(StrEnum):
    """How a point ended. The values are stored, and ride in buttons: never change one.

    NOT_REACHED comes by itself when the assembly closes; AGREED is put into words first, so no
    button of a point says it at once. MERGED and TAKEN_DOWN are what its proposal became meanwhile.
    """

    DECIDED = "decided"  # by its ballot
    AGREED = "agreed"  # without a ballot
    TALKED = "talked"
    GOES_ON = "goes-on"
    TAKEN_BACK = "taken-back"
    MERGED = "merged"  # with another proposal that has a point of its own
    TAKEN_DOWN = "taken-down"  # its words, by two facilitators
    NOT_REACHED = "not-reached"


_SETTLING = frozenset({Ending.DECIDED, Ending.AGREED, Ending.TALKED})
_DECIDING: frozenset[Result] = frozenset({"carried", "not_carried", "chosen"})


def settles(ending: Ending | None) -> bool:
    """Whether the point's proposal leaves the list with it: decided, agreed or talked about.

    One that was taken back in the room stays until its author takes it off the list: what nobody
    else may withdraw, no facilitator withdraws in their name. Raises nothing.
    """
    return ending in _SETTLING


def decides(result: Result | None) -> bool:
    """Whether a ballot that came to this decided something: a no does, too few voters don't.

    None stands for a question that is open, cancelled or void. Raises nothing.
    """
    return result in _DECIDING


@immutable
class Course:
    """What happened at a point: a question was put on it, the latest one decided it, or its
    proposal is `gone` meanwhile: taken back, put together with another one, taken down. `agreeing`:
    what was agreed on is being read. `proposed`: somebody proposed it; the centre's openings and
    tasks nobody can take back."""

    put: bool = False
    decided: bool = False
    gone: Ending | None = None
    agreeing: bool = False
    proposed: bool = True


def offered(course: Course) -> tuple[Ending, ...]:
    """How a point of this course can be ended with one press, in the order of the buttons.

    None while what was agreed on is being read: whoever disagrees opens it, silence ends it.
    """
    if course.agreeing:
        return ()
    decided = (Ending.DECIDED,) if course.decided else ()
    if course.gone is not None:
        return (*decided, course.gone, Ending.TALKED, Ending.GOES_ON)
    back = (Ending.TAKEN_BACK,) if course.proposed else ()
    return (*decided, Ending.TALKED, Ending.GOES_ON, *back)


def suggested(course: Course) -> Ending | None:
    """How it looks as if the point has ended; None where only those who are there can know."""
    if course.agreeing:
        return Ending.AGREED
    if course.decided:
        return Ending.DECIDED
    return course.gone


def at_closing(ending: Ending | None, course: Course) -> Ending:
    """How a point has ended when its assembly closes, also where nobody said so.

    A ballot that decided says it in their place, and so do words that nobody disagreed with. A
    point with any other question on it was reached, and goes on; one without was not. Raises
    nothing.
    """
    if ending is not None:
        return ending
    return suggested(course) or (Ending.GOES_ON if course.put else Ending.NOT_REACHED)


class Ended(Protocol):
    """A point of the agenda, as the assembly leaves it."""

    @property
    def title(self) -> str: ...

    @property
    def ending(self) -> Ending: ...

    @property
    def is_listed(self) -> bool:
        """Whether its proposal waits on the list: nobody has taken it back or erased it."""


Line = tuple[str, Ending]
"""A point's title, and how it ended."""


@immutable
class Parting:
    """What leaves the list when the assembly closes, and what stays on it, in order."""

    leaving: tuple[Line, ...] = ()
    staying: tuple[Line, ...] = ()


def parting(points: Iterable[Ended]) -> Parting:
    """Only what was decided, agreed or talked about leaves the list; the rest stays for next time.

    What is not on the list any more is in neither. Raises nothing.
    """
    listed = [point for point in points if point.is_listed]
    return Parting(
        tuple((point.title, point.ending) for point in listed if settles(point.ending)),
        tuple((point.title, point.ending) for point in listed if not settles(point.ending)),
    )
