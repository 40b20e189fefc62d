"""Borda's count: a place on a ballot is worth as many points as there are options after it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assembly.count import Count, Counting, by_points
from assembly.ranking import Ballots, members, without_withdrawn


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count by points; the `seats` options (1 or more) with the most win.

    Of n options the first on a ballot gets n - 1 points, the last none. Options that share a
    place share its points equally, and those that a ballot does not name share the last place.
    Blank ballots give no points. A tie for the last seat goes by `drawn` (every option, the
    luckiest first); without, all the tied win, and the tie says so.

    Source: Borda, Mémoire sur les élections au scrutin (1781); equal shares after Black, The
    Theory of Committees and Elections (1958).
    """
    halves = dict.fromkeys(ballots.standing, 0)
    for ranking, count in without_withdrawn(ballots).items():
        if not ranking:
            continue
        left = dict.fromkeys(halves)
        for place in ranking:
            options = [option for option in members(place) if option in left]
            for option in options:
                del left[option]
            for option in options:
                halves[option] += (2 * len(left) + len(options) - 1) * count
        for option in left:
            halves[option] += (len(left) - 1) * count
    points = {option: Decimal(halves[option]) / 2 for option in halves}
    return by_points(Counting.BORDA, ballots, seats, points, drawn)
