"""The button that gives a calendar file."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class TakeCalendar(Press, tag="cal"):
    """Give me this assembly, with its series, for my calendar."""

    centre_id: int
    assembly_id: int
