"""How many must take part so that a decision counts. Abstaining is taking part."""

from __future__ import annotations

from fractions import Fraction
from math import ceil


def needed(quorum: Fraction, electorate: int) -> int:
    """The least number of ballots that reaches the quorum: its share of the electorate, rounded up.

    `quorum` is a share from 0 to 1, exact; `electorate` a head-count; the result is at most that.
    Raises ValueError outside these ranges. Source: Robert's Rules of Order Newly Revised (12th ed.)
    section 40, with ballots cast in the place of members present, as members take part from afar.
    """
    if not 0 <= quorum <= 1:
        raise ValueError(f"a quorum is a share from 0 to 1: {quorum}")
    if electorate < 0:
        raise ValueError(f"an electorate is a head-count: {electorate}")
    return ceil(quorum * electorate)
