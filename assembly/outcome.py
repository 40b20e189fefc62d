"""What a decision came to, with everything that its reason is made from, as data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from assembly.ballot import Ballot
from assembly.count import Count, Tie
from assembly.immutable import immutable
from assembly.roles import Role
from assembly.rule import DecisionMethod

Result = Literal["carried", "not_carried", "chosen", "no_quorum", "no_result"]

ENOUGH_TO_HIDE_IN = 5  # ballots; among four, a figure says too easily who said what


class Why(StrEnum):
    """What settled it."""

    TOO_FEW = "too_few"  # the quorum
    TOO_FEW_IN_A_ROLE = "too_few_in_a_role"  # the quorum in each role; which role is never said
    NOTHING_SAID = "nothing_said"  # no ballots, or only abstentions or blank ones
    REACHED = "reached"  # the threshold
    MISSED = "missed"
    TIE = "tie"  # as many yes as no, by simple majority: lost
    ROLES_AGREE = "roles_agree"  # threshold reached, in each role too
    A_ROLE_DISAGREES = "a_role_disagrees"  # reached on the whole, not in each role
    NO_OBJECTION = "no_objection"
    OBJECTIONS = "objections"
    NO_BLOCK = "no_block"
    BLOCKED = "blocked"
    TOO_LITTLE_AGREEMENT = "too_little_agreement"
    NONE_ENOUGH = "none_enough"  # score: no option got more than 0 from enough people
    COUNTED = "counted"  # options: the count and its ties say why


@immutable
class InPersonBallots:
    """Ballots given by hand or on paper: how many said the same. `role` where the rule needs it.

    `choice` as in Ballot, or "invalid" for a paper that says nothing that counts.
    """

    choice: str
    ballots: int
    role: Role | None = None


@immutable
class Poll:
    """What was collected when the polls close; head-counts by role.

    `electorate`: who could take part, frozen at opening. `cast`: how many of them did by phone.
    `present`: who was there when the question was put; None outside an assembly. `hall`: what
    people in the room without a phone say together. `headcounts`: how many they are, under None
    where the roles were not asked; they count as entitled and present too. `drawn`: the order of
    all options that breaks ties, luckiest first.
    """

    ballots: tuple[Ballot, ...]
    electorate: Mapping[Role, int]
    cast: Mapping[Role, int]
    present: Mapping[Role, int] | None = None
    hall: tuple[InPersonBallots, ...] = ()
    headcounts: Mapping[Role | None, int] | None = None
    drawn: tuple[int, ...] = ()


@immutable
class Turnout:
    """How many took part, and how many had to: `cast` ballots, the `hall`'s among them."""

    cast: int
    hall: int
    entitled: int
    present: int | None
    needed: int  # ballots that the quorum asks for; 0: none
    each_role: bool | None  # whether every role reached the quorum; None: not asked for


@immutable
class RoleShare:
    """What one role said: ballots by word, and its share of agreement, exact."""

    role: Role
    votes: Mapping[str, int]
    share: Fraction | None  # None: nobody of this role said anything that counts


@immutable
class Points:
    """What an option got by score or dots: the sum, and how many gave it anything at all.

    Where roles weigh equally, `weighed` is the exact mean of the roles' means (by approval: of
    their shares), by which the options are ordered; None where it would tell on a role. `enough`:
    whether as many gave it something as it takes to be chosen.
    """

    option: int
    total: int
    given_by: int
    weighed: Fraction | None = None
    enough: bool = True

    @property
    def mean(self) -> Fraction | None:
        """The exact mean of those who scored it; None where nobody did."""
        return Fraction(self.total, self.given_by) if self.given_by else None


@immutable
class Outcome:
    """The result with its figures. The sentence that a person reads is made from these.

    `votes`: ballots by word, all WORDS of the method (and "invalid" from the hall), {} for methods
    with options. `share`: the agreement that was compared with the threshold, exact; `of`: the
    number of votes it is a share of (None where roles weigh equally). `roles`: only where the rule
    asks for roles and each role that the electorate has has 5 ballots. `winners` by number, best
    first. `count`: approval and rankings; `borda`: for information beside a ranking. `points`:
    score and dots, best first; approval with equal weights too, in the place of `count`. Where
    roles weigh equally and their figures are hidden, winners and points tell no order: both are by
    number, winners first.
    """

    method: DecisionMethod
    result: Result
    why: Why
    turnout: Turnout
    votes: Mapping[str, int]
    share: Fraction | None = None
    of: int | None = None
    roles: tuple[RoleShare, ...] | None = None
    winners: tuple[int, ...] = ()
    count: Count | None = None
    borda: Count | None = None
    points: tuple[Points, ...] = ()
    ties: tuple[Tie, ...] = ()


def shows_figures(outcome: Outcome) -> bool:
    """Whether figures may be told: from 5 ballots on; below that, only the result.

    The hall's ballots are counted for all to see, and hide nobody: without them there must be 5 by
    phone still, or none. Source: docs/anonymity.md, "Ballots".
    """
    turnout = outcome.turnout
    hidden = turnout.cast - turnout.hall
    return hidden >= ENOUGH_TO_HIDE_IN or (hidden == 0 and turnout.cast >= ENOUGH_TO_HIDE_IN)
