"""The buttons by which an assembly is convened, changed and cancelled."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class Convene(Press, tag="cv"):
    """Choose a day; `assembly_id` 0: for a new assembly; `page` in weeks from now."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class PickDay(Press, tag="cvd"):
    """Choose an hour on this day (its ordinal in the calendar)."""

    centre_id: int
    assembly_id: int
    day: int


@immutable
class PickTime(Press, tag="cvt"):
    """Go on to the place; `starts_at` in UTC epoch seconds."""

    centre_id: int
    assembly_id: int
    starts_at: int


@immutable
class PickPlace(Press, tag="cvp"):
    """Go on to the preview: with the place offered there, or with none."""

    centre_id: int
    same: bool


@immutable
class Announce(Press, tag="cva", repeats=False):
    """In the preview for this moment: tell the group."""

    centre_id: int
    starts_at: int


@immutable
class LeaveConvening(Press, tag="cvx"):
    """In the preview: leave it."""

    centre_id: int


@immutable
class ChangeAssembly(Press, tag="asg"):
    """What a facilitator can change about an assembly."""

    centre_id: int
    assembly_id: int


@immutable
class CancelAssembly(Press, tag="asx"):
    """Cancel an assembly; asks once while not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool
