"""The buttons of decisions, apart from their talk so that screens can carry them."""

from __future__ import annotations

from dataclasses import dataclass

from assembly.deadlines import Span
from handlers.core.press import Press


@dataclass(frozen=True, slots=True)
class CloseAfter(Press, tag="dca"):
    """In the preview: how long the question stays open."""

    centre_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Reword(Press, tag="drw"):
    """In the preview: type the question in other words."""

    centre_id: int


@dataclass(frozen=True, slots=True)
class OpenDecision(Press, tag="dop", repeats=False):
    """In the preview: put the question to the members now, as it is shown there: see its sign."""

    centre_id: int
    sign: str


@dataclass(frozen=True, slots=True)
class LeaveQuestion(Press, tag="dlq"):
    """In the preview: do not put it."""

    centre_id: int


@dataclass(frozen=True, slots=True)
class Cast(Press, tag="cast"):
    """A member's ballot, as assembly.ballot writes it; casting again replaces it."""

    centre_id: int
    decision_id: int
    choice: str


@dataclass(frozen=True, slots=True)
class TurnDecisions(Press, tag="dpg"):
    """A page of what is being decided, from 0."""

    centre_id: int
    page: int


@dataclass(frozen=True, slots=True)
class SeeHistory(Press, tag="dhi"):
    """What facilitators did with a decision."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class StopReminding(Press, tag="drn"):
    """Under a reminder: none any more before a question closes."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class Extend(Press, tag="dex"):
    """Keep a decision open until a later moment (UTC epoch seconds)."""

    centre_id: int
    decision_id: int
    until: int


@dataclass(frozen=True, slots=True)
class CloseDecision(Press, tag="dcl", repeats=False):
    """Close a decision before its time; asks once while not `sure`."""

    centre_id: int
    decision_id: int
    sure: bool


@dataclass(frozen=True, slots=True)
class CancelDecision(Press, tag="dcx"):
    """Cancel a decision: the reason is typed next, `instead` of what else is being written."""

    centre_id: int
    decision_id: int
    instead: bool = False


@dataclass(frozen=True, slots=True)
class CancelNow(Press, tag="dcn"):
    """Cancel it, for the reason that was typed."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class KeepOpen(Press, tag="dko"):
    """Neither cancel nor close it."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class PutAgain(Press, tag="dag"):
    """Put a question that met objections again, in other words."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class SeeNamed(Press, tag="dln"):
    """A page of the names of those who can take part, where they were picked by hand."""

    centre_id: int
    decision_id: int
    page: int
