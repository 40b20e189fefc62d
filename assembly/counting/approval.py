"""Approval: a ballot names all the options its voter agrees with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assembly.collected import CollectedBallots
from assembly.count import Count, Counting, by_points
from assembly.counting import role_approval
from assembly.counting.chosen import by_naming
from assembly.counting.method import Method
from assembly.forms.any_options import ANY_OPTIONS
from assembly.outcome import Outcome, Turnout
from assembly.parity import WEIGHABLE
from assembly.ranking import Ballots, members, without_withdrawn
from assembly.rule import Parity, Rule


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count the ballots that name an option; the `seats` options (1 or more) with the most win.

    On a ranking every option that is named is agreed with, whatever its place. A tie for the last
    seat goes by `drawn` (every option, the luckiest first); without, all the tied win, and the
    tie says so. Source: Brams and Fishburn, Approval Voting (1983).
    """
    votes = dict.fromkeys(ballots.standing, 0)
    for ranking, count in without_withdrawn(ballots).items():
        for option in {option for place in ranking for option in members(place)}:
            votes[option] += count
    points = {option: Decimal(votes[option]) for option in votes}
    return by_points(Counting.APPROVAL, ballots, seats, points, drawn)


def decide(
    rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: Sequence[int] | None
) -> Outcome:
    """The outcome by approval; quorum is the caller's.

    An option that nobody agrees with is never chosen: its places stay free.
    """
    if rule.parity is Parity.EQUAL_WEIGHTS:
        return role_approval.decide(rule, collected, taking_part, drawn)
    return by_naming(tally)(rule, collected, taking_part, drawn)


METHOD = Method(ANY_OPTIONS, decide, parities=WEIGHABLE, several=True, blt=True, only_named=True)
