"""The buttons about chairing an assembly and taking its notes, apart from their talk."""

from __future__ import annotations

from assembly.duties import Duty
from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class AnswerDuty(Press, tag="dty"):
    """I was asked whether I do it at this assembly: yes, or not this time."""

    centre_id: int
    assembly_id: int
    duty: Duty
    yes: bool


@immutable
class TellMyName(Press, tag="dtn"):
    """Whether the others read that I do it."""

    centre_id: int
    assembly_id: int
    on: bool


@immutable
class GiveDutyUp(Press, tag="dtb"):
    """I can't do it after all; asks once while not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool


@immutable
class TakeDuty(Press, tag="dtt"):
    """As a facilitator: I do it, as nobody has it yet."""

    centre_id: int
    assembly_id: int
    duty: Duty


@immutable
class ShowLeading(Press, tag="dts"):
    """Who does what at this assembly, and how often each role has."""

    centre_id: int
    assembly_id: int


@immutable
class ShowDutyWishes(Press, tag="dtw"):
    """What I would like to do at assemblies now and then."""

    centre_id: int


@immutable
class WishDuty(Press, tag="dtx"):
    """Ask me about this now and then, or no longer."""

    centre_id: int
    duty: Duty
    on: bool
