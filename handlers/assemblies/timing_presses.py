"""The buttons by which points and the assembly get their time."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class PlanTimes(Press, tag="tml"):
    """A page of the points with their minutes; 0: that with the current one."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class PlanTime(Press, tag="tmp"):
    """How long this point takes; back to this page, 0: to the point of the open assembly."""

    centre_id: int
    item_id: int
    page: int


@immutable
class SetTime(Press, tag="tms"):
    """So many minutes for the point; 0: none. `page` as above."""

    centre_id: int
    item_id: int
    page: int
    minutes: int


@immutable
class MoreTime(Press, tag="tm5"):
    """Some minutes more from now on, as long as the point has as many as it `was` seen with."""

    centre_id: int
    item_id: int
    was: int


@immutable
class SetLength(Press, tag="tmn"):
    """So many minutes for the whole assembly; 0: ask."""

    centre_id: int
    assembly_id: int
    minutes: int
