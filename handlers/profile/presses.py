"""The buttons of /me, apart from their talk so that screens can carry them."""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from assembly.roles import Role
from handlers.core.press import Press


class NewName(StrEnum):
    """What a member wants to be called; ASK shows the choice."""

    ASK = "a"
    FIRST = "f"
    NICKNAME = "n"
    MEMBER = "m"


@immutable
class MyName(Press, tag="meN"):
    """The name that the assembly sees."""

    centre_id: int
    name: NewName


@immutable
class ReadMore(Press, tag="agM"):
    """Who sees what, in more detail, before I am asked anew."""

    centre_id: int


@immutable
class ReadLimits(Press, tag="agL"):
    """I have read who sees what: go on to what I am asked."""

    centre_id: int


@immutable
class AgreeAnew(Press, tag="agA"):
    """I agree to the words of this version, and to the body that `sign` stands for."""

    centre_id: int
    version: int
    sign: str


@immutable
class MyLanguage(Press, tag="meL"):
    """Speak this language with me; an empty one shows which there are."""

    centre_id: int
    language: str


@immutable
class MyReminders(Press, tag="meR"):
    """Remind me of assemblies in private too, or no longer."""

    centre_id: int
    on: bool


@immutable
class MyClosingReminders(Press, tag="meQ"):
    """Remind me before a question closes, or no longer."""

    centre_id: int
    on: bool


@immutable
class MyConsents(Press, tag="meA"):
    """What I agreed to, and taking it back."""

    centre_id: int


@immutable
class MyCopy(Press, tag="meC"):
    """Give me a copy of everything."""

    centre_id: int


@immutable
class Leave(Press, tag="meX"):
    """Take part no longer. `asked_at` (UTC epoch seconds) is when I was asked; 0: ask me."""

    centre_id: int
    asked_at: int


@immutable
class Erase(Press, tag="meE"):
    """Erase everything about me. `asked_at` (UTC epoch seconds) is when I was asked; 0: ask me."""

    centre_id: int
    asked_at: int


@immutable
class ForgetMe(Press, tag="meF"):
    """Forget that I asked to join, or began to; for somebody who is in no centre."""


@immutable
class MyCopyOnTheWay(Press, tag="meW"):
    """Give me a copy of what is held; for somebody who is in no centre."""


@immutable
class MyRights(Press, tag="meI"):
    """What I can ask of what is held about me."""

    centre_id: int


@immutable
class MyPeriods(Press, tag="meP"):
    """For how long is what kept?"""

    centre_id: int


@immutable
class KeepAnswers(Press, tag="meK"):
    """Keep my answers for so many days; 0: as the centre does."""

    centre_id: int
    days: int


@immutable
class Restrict(Press, tag="meZ"):
    """Keep my things, but don't use them. `asked_at` (UTC epoch seconds) is when I was asked; 0:
    ask me.
    """

    centre_id: int
    asked_at: int


@immutable
class Lift(Press, tag="meU"):
    """Use my things again."""

    centre_id: int


@immutable
class CountMe(Press, tag="meO"):
    """Count my answers in summaries, or no longer."""

    centre_id: int
    on: bool


@immutable
class MyRole(Press, tag="meY"):
    """My role is this one in truth; empty: ask me which."""

    centre_id: int
    role: str


@immutable
class ConfirmRole(Press, tag="meB"):
    """A facilitator answers a member who wants their role corrected to this one."""

    centre_id: int
    member_id: int
    role: Role
    yes: bool
