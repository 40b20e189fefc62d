"""All methods by which ballots of several options can be counted."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.count import Count, Counting
from assembly.counting import (
    approval,
    borda,
    irv,
    plurality,
    ranked_pairs,
    schulze,
    stv_meek,
    stv_scottish,
)
from assembly.ranking import Ballots

_COUNT = {
    Counting.PLURALITY: plurality.tally,
    Counting.IRV: irv.tally,
    Counting.SCHULZE: schulze.tally,
    Counting.RANKED_PAIRS: ranked_pairs.tally,
    Counting.BORDA: borda.tally,
    Counting.STV_SCOTTISH: stv_scottish.tally,
    Counting.STV_MEEK: stv_meek.tally,
    Counting.APPROVAL: approval.tally,
}


def tally(
    method: Counting, ballots: Ballots, seats: int = 1, drawn: Sequence[int] | None = None
) -> Count:
    """Count ballots by a method. `seats` is how many are to be elected, 1 or more.

    `drawn` is an order of all options, drawn before anybody cast, the luckiest first; ties that
    the method's own rule leaves are decided by it, and without it by nothing.

    Raises EqualRanks where a ballot ranks options equally and the method can't have that, and
    ValueError for no seat, no option that stands, an instant runoff for more than one seat, or a
    `drawn` that is not an order of all options. Sources: each method's module.
    """
    if seats < 1 or not ballots.standing:
        raise ValueError(f"{len(ballots.standing)} options for {seats} seats")
    if drawn is not None and sorted(drawn) != list(range(len(ballots.options))):
        raise ValueError("what is drawn is an order of all options")
    return _COUNT[method](ballots, seats, drawn)
