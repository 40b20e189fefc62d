"""The presses on the way into a centre: joining by invitation, and asking to join."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from assembly.immutable import immutable
from assembly.roles import Role
from handlers.core.press import Press

INVITING = "invite"


class Step(StrEnum):
    """The screens that only tell something."""

    WELCOME = "w"
    WHO_SEES = "s"
    MORE = "m"
    LIMITS = "l"
    RESPONSIBLE = "r"
    RECIPIENTS = "k"


class NameChoice(StrEnum):
    """What the assembly sees."""

    FIRST = "f"
    NICKNAME = "n"
    MEMBER = "m"


@immutable
class JoinShow(Press, tag="jS"):
    """Show this step."""

    centre_id: int
    step: Step


@immutable
class JoinYoung(Press, tag="jY"):
    """I am younger than the centre's limit."""

    centre_id: int


@immutable
class JoinIn(Press, tag="jL"):
    """Go on in this language."""

    centre_id: int
    language: str


@immutable
class JoinConsent(Press, tag="jC"):
    """I understand, I want to take part."""

    centre_id: int


@immutable
class JoinAs(Press, tag="jR"):
    """This is how I take part; only where the invitation leaves it open."""

    centre_id: int
    role: Role


@immutable
class JoinCheckin(Press, tag="jQ"):
    """May Voci ask me how I am?"""

    centre_id: int
    yes: bool


@immutable
class JoinName(Press, tag="jN"):
    """The last answer: now I am a member."""

    centre_id: int
    name: NameChoice


@immutable
class JoinNot(Press, tag="jX"):
    """Not now: nothing is kept."""

    centre_id: int


@immutable
class TakeDuty(Press, tag="jD"):
    """A member takes on the facilitator's duty, with the token that the link brought.

    The token is in no row: whoever knows the database, or another's button, can't take it.
    """

    centre_id: int
    token: str = field(repr=False)


@immutable
class AskAs(Press, tag="aR"):
    """I would take part as one of this group."""

    centre_id: int
    role: Role


@immutable
class AskName(Press, tag="aN"):
    """Pass my question on, under this name."""

    centre_id: int
    role: Role
    name: NameChoice


@immutable
class AnswerRequest(Press, tag="aA"):
    """A facilitator welcomes somebody who asks; not `yes`: is asked once before declining."""

    centre_id: int
    request_id: int
    yes: bool


@immutable
class DeclineRequest(Press, tag="aD"):
    """A facilitator declines, having been asked once."""

    centre_id: int
    request_id: int


@immutable
class LeaveRequest(Press, tag="aL"):
    """A facilitator decides later; `back`: shows the request again, from the question."""

    centre_id: int
    request_id: int
    back: bool


@immutable
class EnterAsked(Press, tag="aE"):
    """I was welcomed: show me in."""

    centre_id: int


@immutable
class SeeRequests(Press, tag="aS"):
    """Everybody who waits for an answer."""

    centre_id: int
