"""Approval: a ballot names all the options its voter agrees with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assembly.counting.count import Count, Method, by_points
from assembly.counting.ranking import Ballots, members, without_withdrawn


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
    return by_points(Method.APPROVAL, ballots, seats, points, drawn)
