"""The buttons of series, apart from their talk so that screens can carry them.

What is being chosen rides in the buttons: the rhythm as its shape (assembly/series.py), the local
time in minutes of the day, the length in minutes, and by how many weeks the first is later.
"""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from handlers.core.press import Press


class Part(StrEnum):
    """What of a series is being chosen."""

    OFTEN = "o"
    DAY = "d"
    HOUR = "h"
    LENGTH = "l"
    PLACE = "p"


@immutable
class PlanSeries(Press, tag="srp"):
    """See it as it would be."""

    centre_id: int
    series_id: int
    shape: str
    minutes: int
    length: int
    later: int


@immutable
class PickPart(Press, tag="srq"):
    """Choose this part of it anew."""

    centre_id: int
    series_id: int
    shape: str
    minutes: int
    length: int
    part: Part


@immutable
class LeavePlaceOpen(Press, tag="srn"):
    """It has no certain place."""

    centre_id: int
    series_id: int
    shape: str
    minutes: int
    length: int


@immutable
class SetSeries(Press, tag="srs", repeats=False):
    """Let it be so, if nobody has changed it since it was `sequence`; the group is told."""

    centre_id: int
    series_id: int
    sequence: int
    shape: str
    minutes: int
    length: int
    later: int


@immutable
class LetGoOn(Press, tag="srg"):
    """It runs: it goes on, or begins again after a pause."""

    centre_id: int
    series_id: int


@immutable
class StopForNow(Press, tag="srh"):
    """It pauses until somebody lets it go on."""

    centre_id: int
    series_id: int


@immutable
class EndSeries(Press, tag="srx"):
    """It ends; asks once while not `sure`."""

    centre_id: int
    series_id: int
    sure: bool


@immutable
class ShowDays(Press, tag="srd"):
    """Its next days, to change one of them alone."""

    centre_id: int
    series_id: int


@immutable
class PickDayOfSeries(Press, tag="sry"):
    """What can be changed about this day (its ordinal in the calendar) alone."""

    centre_id: int
    series_id: int
    day: int


@immutable
class ChangeDay(Press, tag="src"):
    """Convene this day now, so that it can be moved, or cancelled where `cancel`."""

    centre_id: int
    series_id: int
    day: int
    cancel: bool


@immutable
class ShowPauses(Press, tag="sru"):
    """When it does not meet."""

    centre_id: int
    series_id: int


@immutable
class SetMonth(Press, tag="srm"):
    """It pauses in this month of every year, or no longer."""

    centre_id: int
    series_id: int
    month: int
    off: bool


@immutable
class PickPause(Press, tag="srf"):
    """Choose a pause: its first day, or, where `first` (its ordinal) is not 0, the last."""

    centre_id: int
    series_id: int
    first: int
    page: int


@immutable
class SetPause(Press, tag="srt"):
    """It does not meet from the first to the last of these days, or does again where not `on`."""

    centre_id: int
    series_id: int
    first: int
    last: int
    on: bool
