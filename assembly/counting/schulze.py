"""Schulze's method: an option is better whose strongest chain of majorities to the other holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from assembly.count import (
    Count,
    Counting,
    Pairwise,
    Reason,
    ReasonKind,
    fill,
    left_open,
    no_ballots,
)
from assembly.counting.chosen import by_order
from assembly.counting.method import Method
from assembly.counting.pairwise import Reach, beats_all, layers, majorities, pairwise
from assembly.forms.order import ORDER
from assembly.ranking import Ballots, blank
from assembly.rule import DecisionMethod


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count by Schulze's method; the first `seats` options (1 or more) of its order win.

    A majority of one option over another is as strong as the ballots for it (winning votes), a
    path from option to option as strong as its weakest majority. Of two options the one with the
    stronger strongest path to the other is better. The order has first all than whom none is
    better, then the same among the rest. A tie for the last seat goes by `drawn` (every option,
    the luckiest first); without, all the tied win, and the tie says so.

    Source: Schulze, A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method, Social Choice and Welfare 36 (2011). How
    many were against a majority is not looked at: majorities of equally many ballots are equal.
    """
    standing = ballots.standing
    matrix = pairwise(ballots)
    if blank(ballots) == ballots.cast:
        return no_ballots(Counting.SCHULZE, ballots.options, seats, (standing,))
    paths = strongest_paths(matrix)
    better = {
        one: {other for other in matrix[one] if paths[one][other] > paths[other][one]}
        for one in standing
    }
    winners, order, ties = fill(layers(standing, better), seats, drawn)
    kind: ReasonKind = "strongest_paths" if beats_all(matrix) is None else "beats_all"
    return Count(
        Counting.SCHULZE,
        ballots.options,
        seats,
        winners,
        order,
        Reason("tied" if len(winners) > seats else kind),
        pairwise=matrix,
        ties=ties,
        undecided=left_open(ties),
    )


def strongest_paths(matrix: Pairwise) -> dict[int, dict[int, int]]:
    """The strength of the strongest path from each option to each other; 0 where there is none.

    In ballots. Majorities are laid down one by one, the strongest first: by the one that makes an
    option reachable from another, it is known how strong their strongest path is.

    Source: Schulze (2011), section 2.3.1.
    """
    reach = Reach(list(matrix))
    strength = {one: {other: 0 for other in matrix if other != one} for one in matrix}
    for first, second in chain.from_iterable(majorities(matrix)):
        for start, end in reach.add(first, second):
            strength[start][end] = matrix[first][second]
    return strength


METHOD = Method(ORDER, by_order(tally), for_several=DecisionMethod.STV_SCOTTISH, blt=True)
