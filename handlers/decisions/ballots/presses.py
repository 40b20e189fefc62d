"""The buttons of a member's own ballot, apart from their talk so that screens can carry them."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class Fill(Press, tag="fill"):
    """Show the ballot marked like this: the marks ride in the button, nothing is stored."""

    centre_id: int
    decision_id: int
    marks: str


@immutable
class LeaveReason(Press, tag="lvr"):
    """An objection stands without words."""

    centre_id: int
    decision_id: int


@immutable
class TakeOutReason(Press, tag="tor"):
    """An objection stands without the words that were taken for its reason."""

    centre_id: int
    decision_id: int


@immutable
class ShowTracker(Press, tag="trk"):
    """While it is open: the signs by which one finds one's ballot in the published list."""

    centre_id: int
    decision_id: int


@immutable
class OnRoll(Press, tag="rol"):
    """Once it is closed: one's own line on the roll of those who took part."""

    centre_id: int
    decision_id: int
