"""Plurality: only the first option of each ballot counts, and most votes win."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assembly.count import Count, Counting, by_points
from assembly.ranking import Ballots, EqualRanks, without_withdrawn


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count first preferences; the `seats` options (1 or more) with the most win.

    With several seats this is the single non-transferable vote. A tie for the last seat goes by
    `drawn` (every option, the luckiest first); without, all the tied win, and the tie says so.

    Raises EqualRanks where a ballot puts several options first. Source: Robert's Rules of Order
    Newly Revised (12th ed.) 44:11, plurality vote.
    """
    votes = dict.fromkeys(ballots.standing, 0)
    for ranking, count in without_withdrawn(ballots).items():
        if ranking:
            if isinstance(ranking[0], tuple):
                raise EqualRanks(ranking[0])
            votes[ranking[0]] += count
    points = {option: Decimal(votes[option]) for option in votes}
    return by_points(Counting.PLURALITY, ballots, seats, points, drawn)
