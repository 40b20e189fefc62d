"""The buttons of notes and minutes, apart from their talk so that screens can carry them.

Those of notes name the assembly: its recorder goes on writing until its minutes are out.
"""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class ShowNotes(Press, tag="mns"):
    """A page of what was noted at a point; 0 is the last one."""

    centre_id: int
    assembly_id: int
    item_id: int
    page: int


@immutable
class ShowNote(Press, tag="mnl"):
    """One line or photograph, to change it or take it out."""

    centre_id: int
    assembly_id: int
    note_id: int


@immutable
class ChangeNote(Press, tag="mnc"):
    """I want to word a line anew."""

    centre_id: int
    assembly_id: int
    note_id: int


@immutable
class TakeNoteOut(Press, tag="mnx"):
    """Take it out, if nobody has changed it since I saw it."""

    centre_id: int
    assembly_id: int
    note_id: int
    changed: int


@immutable
class StopNotes(Press, tag="mnz"):
    """What I write is not noted any more."""

    centre_id: int
    assembly_id: int


@immutable
class MendMinutes(Press, tag="mne"):
    """The points of minutes that are a draft, to write at them; a page of them."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class MinutesFile(Press, tag="mnm"):
    """The minutes as a file; `frozen`: the text of which the fingerprint is."""

    centre_id: int
    assembly_id: int
    frozen: bool


@immutable
class PrintMinutes(Press, tag="mnd"):
    """All of it to print, for the wall."""

    centre_id: int
    assembly_id: int


@immutable
class ShowPhoto(Press, tag="mnp"):
    """A photograph of the flip chart, counted from 1."""

    centre_id: int
    assembly_id: int
    number: int


@immutable
class Correct(Press, tag="mnk"):
    """Something in these minutes is otherwise: I want to say what; and what I have said."""

    centre_id: int
    assembly_id: int


@immutable
class TakeCorrectionBack(Press, tag="mnb"):
    """I take mine back."""

    centre_id: int
    assembly_id: int
    correction_id: int


@immutable
class ShowCorrection(Press, tag="mnq"):
    """One that nobody has dealt with; 0: the first of them."""

    centre_id: int
    assembly_id: int
    correction_id: int


@immutable
class TakeOver(Press, tag="mno"):
    """The minutes say so by now."""

    centre_id: int
    assembly_id: int
    correction_id: int


@immutable
class AnswerCorrection(Press, tag="mna"):
    """It is not taken over, and I want to say why."""

    centre_id: int
    assembly_id: int
    correction_id: int


@immutable
class SearchMinutes(Press, tag="mnf"):
    """I am looking for a word."""

    centre_id: int


@immutable
class FoundMinutes(Press, tag="mng"):
    """Where this stands, behind the first `skip` minutes."""

    centre_id: int
    skip: int
    word: str


@immutable
class TakeNameOut(Press, tag="mnt"):
    """For facilitators: take the name of a non-member out; asks which while not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool
