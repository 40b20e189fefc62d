"""The buttons of notes and minutes, apart from their talk so that screens can carry them.

Those of notes name the assembly: its recorder goes on writing until its minutes are out.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.core.press import Press


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


@dataclass(frozen=True, slots=True)
class MendMinutes(Press, tag="mne"):
    """The points of minutes that are a draft, to write at them; a page of them."""

    centre_id: int
    assembly_id: int
    page: int


@dataclass(frozen=True, slots=True)
class MinutesFile(Press, tag="mnm"):
    """The minutes as a file; `frozen`: the text of which the fingerprint is."""

    centre_id: int
    assembly_id: int
    frozen: bool


@dataclass(frozen=True, slots=True)
class PrintMinutes(Press, tag="mnd"):
    """All of it to print, for the wall."""

    centre_id: int
    assembly_id: int


@dataclass(frozen=True, slots=True)
class ShowPhoto(Press, tag="mnp"):
    """A photograph of the flip chart, counted from 1."""

    centre_id: int
    assembly_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Correct(Press, tag="mnk"):
    """Something in these minutes is otherwise: I want to say what; and what I have said."""

    centre_id: int
    assembly_id: int


@dataclass(frozen=True, slots=True)
class TakeCorrectionBack(Press, tag="mnb"):
    """I take mine back."""

    centre_id: int
    assembly_id: int
    correction_id: int


@dataclass(frozen=True, slots=True)
class ShowCorrection(Press, tag="mnq"):
    """One that nobody has dealt with; 0: the first of them."""

    centre_id: int
    assembly_id: int
    correction_id: int


@dataclass(frozen=True, slots=True)
class TakeOver(Press, tag="mno"):
    """The minutes say so by now."""

    centre_id: int
    assembly_id: int
    correction_id: int


@dataclass(frozen=True, slots=True)
class AnswerCorrection(Press, tag="mna"):
    """It is not taken over, and I want to say why."""

    centre_id: int
    assembly_id: int
    correction_id: int


@dataclass(frozen=True, slots=True)
class SearchMinutes(Press, tag="mnf"):
    """I am looking for a word."""

    centre_id: int


@dataclass(frozen=True, slots=True)
class FoundMinutes(Press, tag="mng"):
    """Where this stands, behind the first `skip` minutes."""

    centre_id: int
    skip: int
    word: str


@dataclass(frozen=True, slots=True)
class TakeNameOut(Press, tag="mnt"):
    """For facilitators: take the name of a non-member out; asks which while not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool
