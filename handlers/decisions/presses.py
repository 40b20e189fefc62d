"""The buttons of decisions, apart from their talk so that screens can carry them."""

from __future__ import annotations

from assembly.deadlines import Span
from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class CloseAfter(Press, tag="dca"):
    """In the preview: how long the question stays open."""

    centre_id: int
    span: Span


@immutable
class Reword(Press, tag="drw"):
    """In the preview: type the question in other words."""

    centre_id: int


@immutable
class OpenDecision(Press, tag="dop", repeats=False):
    """In the preview: put the question to the members now, as it is shown there: see its sign."""

    centre_id: int
    sign: str


@immutable
class LeaveQuestion(Press, tag="dlq"):
    """In the preview: do not put it."""

    centre_id: int


@immutable
class Cast(Press, tag="cast"):
    """A member's ballot, as assembly.ballot writes it; casting again replaces it."""

    centre_id: int
    decision_id: int
    choice: str


@immutable
class TurnDecisions(Press, tag="dpg"):
    """A page of what is being decided, from 0."""

    centre_id: int
    page: int


@immutable
class SeeHistory(Press, tag="dhi"):
    """What facilitators did with a decision."""

    centre_id: int
    decision_id: int


@immutable
class StopReminding(Press, tag="drn"):
    """Under a reminder: none any more before a question closes."""

    centre_id: int
    decision_id: int


@immutable
class Extend(Press, tag="dex"):
    """Keep a decision open until a later moment (UTC epoch seconds)."""

    centre_id: int
    decision_id: int
    until: int


@immutable
class CloseDecision(Press, tag="dcl", repeats=False):
    """Close a decision before its time; asks once while not `sure`."""

    centre_id: int
    decision_id: int
    sure: bool


@immutable
class CancelDecision(Press, tag="dcx"):
    """Cancel a decision: the reason is typed next, `instead` of what else is being written."""

    centre_id: int
    decision_id: int
    instead: bool = False


@immutable
class CancelNow(Press, tag="dcn"):
    """Cancel it, for the reason that was typed."""

    centre_id: int
    decision_id: int


@immutable
class KeepOpen(Press, tag="dko"):
    """Neither cancel nor close it."""

    centre_id: int
    decision_id: int


@immutable
class PutAgain(Press, tag="dag"):
    """Put a question that met objections again, in other words."""

    centre_id: int
    decision_id: int


@immutable
class SeeNamed(Press, tag="dln"):
    """A page of the names of those who can take part, where they were picked by hand."""

    centre_id: int
    decision_id: int
    page: int
