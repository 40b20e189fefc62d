"""When a list of names that somebody picked by hand can be asked in secret.

Whoever picks an electorate alone can pick one victim among friends, and read the victim's ballot
off the outcome. So a second facilitator of another role says yes to the very list, as tellers are
appointed from both sides of a question (Robert's Rules of Order Newly Revised, 12th ed., 45:22);
until then such a question can be put by name.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, auto

from assembly.immutable import immutable
from assembly.roles import Role
from assembly.rule import Electorate, Rule, Secrecy

DAY = 86_400  # seconds
LIFETIME = 7 * DAY
"""So long somebody's yes is waited for, and good."""


class Answer(Enum):
    """What became of the request for a second yes."""

    WAITING = auto()
    YES = auto()
    NO = auto()


class Standing(Enum):
    """Where a list stands that is about to be asked in secret."""

    NOT_ASKED = auto()  # nobody has been asked about this list
    NOBODY = auto()  # there is nobody who could be asked
    WAITING = auto()
    DECLINED = auto()
    CONFIRMED = auto()


@immutable
class Asked:
    """A request: about these members, by id; `asked_at` in UTC epoch seconds."""

    members: frozenset[int]
    answer: Answer
    asked_at: int


def needs_yes(rule: Rule) -> bool:
    """Whether a question under this rule takes a second facilitator's yes to its list."""
    return rule.electorate is Electorate.NAMED and rule.secrecy is not Secrecy.OPEN


def may_answer(asker: Role, other: Role, joined_at: int, days: int, now: int) -> bool:
    """Whether a facilitator may say yes to another's list.

    One of another role, who has been a member for so many `days` at least: the second one is not
    to be made up either. `joined_at` and `now`: UTC epoch seconds.
    """
    return other is not asker and joined_at <= now - days * DAY


def standing(listed: Collection[int], asked: Asked | None, now: int, *, somebody: bool) -> Standing:
    """Where the list of these members (by id) stands at `now` (UTC epoch seconds).

    What was asked about other members, or too long ago, says nothing about this one. `somebody`:
    whether there is a facilitator who may answer.
    """
    if asked is not None and asked.members == {*listed} and now < asked.asked_at + LIFETIME:
        return {
            Answer.WAITING: Standing.WAITING if somebody else Standing.NOBODY,
            Answer.YES: Standing.CONFIRMED,
            Answer.NO: Standing.DECLINED,
        }[asked.answer]
    return Standing.NOT_ASKED if somebody else Standing.NOBODY
