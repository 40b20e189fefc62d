"""The buttons of a helper's ballot, apart from their talk so that screens can carry them."""

from __future__ import annotations

from dataclasses import field

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class LetHelp(Press, tag="hpw"):
    """What it means to let somebody help me with my ballot."""

    centre_id: int
    decision_id: int


@immutable
class MakeHelpLink(Press, tag="hpm", repeats=False):
    """Make the link for whoever helps me; an earlier one ends."""

    centre_id: int
    decision_id: int


@immutable
class AcceptHelp(Press, tag="hpa"):
    """I'll help: the link is used up, for me."""

    centre_id: int
    token: str = field(repr=False)


@immutable
class FillFor(Press, tag="hpf"):
    """Somebody's ballot marked like this: the marks ride in the button, nothing is stored."""

    centre_id: int
    ref: str
    marks: str


@immutable
class CastFor(Press, tag="hpc", repeats=False):
    """Somebody's ballot, entered once."""

    centre_id: int
    ref: str
    choice: str
