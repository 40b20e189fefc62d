"""What is counted in the room by hand or on paper, of people who don't vote by phone.

A ballot from the room is entered by one facilitator and confirmed by another of another role, as
tellers are appointed from both sides of a question (Robert's Rules of Order Newly Revised, 12th
ed., 45:22 to 45:36). All together are never more than the people who were said to be there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum, auto
from typing import assert_never

from assembly.collected import INVALID, needs_roles
from assembly.counting.table import WORDS, form
from assembly.immutable import immutable
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import Electorate, Rule, roles_of

MOST = 500  # people in a room; more is a slip of the finger
FEW = 5  # with fewer people, whoever counts learns too easily who said what

Headcounts = Mapping[Role | None, int]


class State(StrEnum):
    """How far the count of a question has come."""

    COUNTING = "counting"
    HANDED = "handed"  # complete: it waits to be confirmed
    CONFIRMED = "confirmed"  # it counts


class View(Enum):
    """What a facilitator gets to see of a count; the figures only with ENTER and CHECK."""

    ENTER = auto()  # one's own count, to go on with
    WAIT = auto()  # one's own count, handed over
    OFFER = auto()  # a count that one may take on to check
    CHECK = auto()  # the count that one has taken on
    OTHERS = auto()  # it is in somebody else's hands
    CONFIRMED = auto()


class NoNumber(ValueError):
    """What was typed is no whole number from 0 to MOST."""


class TooMany(ValueError):
    """More ballots than people: `most` is how many can be entered here."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most}")
        self.most = most


@immutable
class Count:
    """How far the count of a question has come, and in whose hands it is.

    `entered_by` is the id of the member who enters it, `entered_role` their role then;
    `checked_by` the id of whoever checks or has confirmed it. An id is None where nobody does yet,
    or where that member has been erased.
    """

    state: State
    entered_by: int | None
    entered_role: Role
    checked_by: int | None


@immutable
class Place:
    """What one number is asked for: how many (of a role, where the rule needs it) say this."""

    choice: str
    role: Role | None = None


def number(text: str) -> int:
    """The number that somebody typed, 0 to MOST; raises NoNumber for anything else."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(MOST)):
        raise NoNumber(text[:8])
    if int(digits) > MOST:
        raise NoNumber(digits)
    return int(digits)


def asked_roles(rule: Rule) -> tuple[Role | None, ...]:
    """The roles by which this rule wants the hall counted; (None,) where it wants none.

    () where nobody in the hall takes part, because those who do are named.
    """
    if rule.electorate is Electorate.NAMED:
        return ()
    roles = roles_of(rule.electorate)
    return roles if needs_roles(rule) or len(roles) == 1 else (None,)


def settled(said: Headcounts) -> Headcounts:
    """What counts of the numbers said: by role as soon as each is known, until then the whole."""
    by_role: Headcounts = {role: people for role, people in said.items() if role is not None}
    if len(by_role) == len(Role):
        return by_role
    return {None: said[None]} if None in said else {}


def counted(headcounts: Headcounts, rule: Rule) -> Headcounts | None:
    """The people in the hall who take part; None where it was not said as the rule needs it."""
    roles = asked_roles(rule)
    if roles == (None,):
        return headcounts or None
    if not roles or any(role not in headcounts for role in roles):
        return None
    return {role: headcounts[role] for role in roles}


def headcount_of(headcounts: Headcounts, role: Role | None) -> int:
    """How many people there are: of this role, or all with None."""
    return sum(headcounts.values()) if role is None else headcounts.get(role, 0)


def places(rule: Rule, headcounts: Headcounts) -> tuple[Place, ...]:
    """Every number that is asked for, in order, where the answer is one word; () elsewhere."""
    words = WORDS.get(rule.method, ())
    return tuple(
        Place(word, role)
        for role in asked_roles(rule)
        if words and headcount_of(headcounts, role)
        for word in (*words, INVALID)
    )


def most(place: Place, entered: Sequence[InPersonBallots], headcounts: Headcounts) -> int:
    """How many ballots can say this at most, beside all others of the role that are entered."""
    others = sum(
        each.ballots for each in entered if each.role is place.role and each.choice != place.choice
    )
    return max(0, headcount_of(headcounts, place.role) - others)


def ballots_left(
    role: Role | None, entered: Sequence[InPersonBallots], headcounts: Headcounts
) -> int:
    """How many people of this role, or of all with None, have no ballot entered yet."""
    return headcount_of(headcounts, role) - sum(
        each.ballots for each in entered if each.role is role
    )


def check(
    place: Place, ballots: int, entered: Sequence[InPersonBallots], headcounts: Headcounts
) -> None:
    """Raises TooMany where there are fewer people than that."""
    if ballots > most(place, entered, headcounts):
        raise TooMany(most(place, entered, headcounts))


def is_choice(place: Place, rule: Rule) -> bool:
    """Whether a paper can say this under the rule, and of such a role. Raises nothing."""
    if place.role not in asked_roles(rule):
        return False
    return place.choice == INVALID or form(rule).valid(place.choice, rule)


def next_place(
    rule: Rule, entered: Sequence[InPersonBallots], headcounts: Headcounts
) -> Place | None:
    """The first number that is still to be asked for; None where the rest can only be 0."""
    known = {Place(each.choice, each.role) for each in entered}
    for place in places(rule, headcounts):
        if place not in known and most(place, entered, headcounts):
            return place
    return None


def complete(rule: Rule, entered: Sequence[InPersonBallots], headcounts: Headcounts) -> bool:
    """Whether a count can be confirmed: nothing is left to be asked for, and there is a ballot.

    People who are there without any would be a count that was forgotten.
    """
    asked = rule.method in WORDS and next_place(rule, entered, headcounts) is not None
    return not asked and any(each.ballots for each in entered)


def fits(entered: Sequence[InPersonBallots], headcounts: Headcounts) -> bool:
    """Whether there are at least as many people as ballots: in all, and of each role named."""
    by_role: dict[Role | None, int] = {}
    for each in entered:
        by_role[each.role] = by_role.get(each.role, 0) + each.ballots
    return all(ballots <= headcount_of(headcounts, role) for role, ballots in by_role.items())


def may_confirm(entered_by: int | None, entered_role: Role, member_id: int, role: Role) -> bool:
    """Whether this facilitator may confirm: another one than who entered it, of another role.

    What somebody entered who has been erased since is nobody's word any more: it is counted again.
    """
    return entered_by is not None and entered_by != member_id and entered_role is not role


def view(count: Count, member_id: int, role: Role) -> View:
    """What the facilitator of this id and role gets to see of the count. Raises nothing.

    Only who enters it and who checks it see the figures, each while it is their turn: once it is
    confirmed nobody does.
    """
    mine = count.entered_by == member_id
    match count.state:
        case State.CONFIRMED:
            return View.CONFIRMED
        case State.COUNTING:
            return View.ENTER if mine else View.OTHERS
        case State.HANDED if mine:
            return View.WAIT
        case State.HANDED if count.checked_by is not None:
            return View.CHECK if count.checked_by == member_id else View.OTHERS
        case State.HANDED:
            may = may_confirm(count.entered_by, count.entered_role, member_id, role)
            return View.OFFER if may else View.OTHERS
        case _:
            assert_never(count.state)
