"""The buttons of taking a proposal down, of putting it back, and of asking the assembly."""

from __future__ import annotations

from assembly.harm import Harm
from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class AskTakeDown(Press, tag="tda"):
    """A facilitator would like to take it down: ask why."""

    centre_id: int
    proposal_id: int


@immutable
class AskTakeDownFor(Press, tag="tdf"):
    """The same, for this reason, which all read: a second facilitator is asked."""

    centre_id: int
    proposal_id: int
    harm: Harm


@immutable
class TakeDown(Press, tag="tdy"):
    """For the second facilitator: I agree."""

    centre_id: int
    proposal_id: int


@immutable
class LeaveUp(Press, tag="tdn"):
    """For the second facilitator: it stays on the list."""

    centre_id: int
    proposal_id: int


@immutable
class PutBack(Press, tag="tdb"):
    """For facilitators: it comes back on the list, with its words and voices."""

    centre_id: int
    proposal_id: int


@immutable
class AskAssembly(Press, tag="tdq"):
    """For its author: the assembly shall say whether that was right."""

    centre_id: int
    proposal_id: int
