"""The buttons by which a point of a fixed agenda gets another place."""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from handlers.core.press import Press


class Why(StrEnum):
    """Reasons that need no typing. The values ride in buttons: never change one."""

    LEAVES = "l"
    TOGETHER = "t"
    URGENT = "u"


@immutable
class ChoosePoint(Press, tag="mpo"):
    """Which point should move? A page of them; 0: that with the current one."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class ChoosePlace(Press, tag="mpp"):
    """Where shall this point stand? A page of places; 0: that with its own."""

    centre_id: int
    item_id: int
    page: int


@immutable
class AskWhy(Press, tag="mpw"):
    """It shall go from the place where it was seen to another: ask for the reason."""

    centre_id: int
    item_id: int
    was: int
    becomes: int


@immutable
class MoveFor(Press, tag="mpr", repeats=False):
    """For this reason; what is moved stands in the conversation."""

    centre_id: int
    why: Why


@immutable
class LeaveOrder(Press, tag="mpx"):
    """It stays where it is; what is typed next is no reason."""

    centre_id: int
    assembly_id: int
