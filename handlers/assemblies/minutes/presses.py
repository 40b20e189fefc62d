"""The buttons of notes and minutes, apart from their talk so that screens can carry them.

Those of notes name the assembly: its recorder goes on writing until its minutes are out.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.core.press import Press


@dataclass(frozen=True, slots=True)
class TakeNotes(Press, tag="mnw"):
    """What I write from now on is noted.

    At the point that is open, while the assembly is; in minutes that are a draft at the point
    `item_id`, 0 for what comes after the last one.
    """

    centre_id: int
    assembly_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class ShowNotes(Press, tag="mns"):
    """A page of what was noted at a point; 0 is the last one."""

    centre_id: int
    assembly_id: int
    item_id: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowNote(Press, tag="mnl"):
    """One line or photograph, to change it or take it out."""

    centre_id: int
    assembly_id: int
    note_id: int


@dataclass(frozen=True, slots=True)
class ChangeNote(Press, tag="mnc"):
    """I want to word a line anew."""

    centre_id: int
    assembly_id: int
    note_id: int


@dataclass(frozen=True, slots=True)
class TakeNoteOut(Press, tag="mnx"):
    """Take it out, if nobody has changed it since I saw it."""

    centre_id: int
    assembly_id: int
    note_id: int
    changed: int


@dataclass(frozen=True, slots=True)
class StopNotes(Press, tag="mnz"):
    """What I write is not noted any more."""

    centre_id: int
    assembly_id: int
