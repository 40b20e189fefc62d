"""The button that gives a calendar file."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.core.press import Press


@dataclass(frozen=True, slots=True)
class TakeCalendar(Press, tag="cal"):
    """Give me this assembly, with its series, for my calendar."""

    centre_id: int
    assembly_id: int
