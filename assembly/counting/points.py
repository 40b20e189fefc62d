"""Choosing options by a figure that each has, an exact fraction or a whole number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from assembly.count import fill
from assembly.outcome import Outcome, Points, Turnout, Why
from assembly.rule import Rule

Rank = tuple[Fraction | int, ...]
"""What an option is chosen by: the first figure, and where that is equal the next."""


def choose(
    rule: Rule,
    taking_part: Turnout,
    points: Sequence[Points],
    ranks: Mapping[int, Rank],
    drawn: Sequence[int] | None,
    *,
    unordered: bool = False,
) -> Outcome:
    """The `seats` options with the highest ranks; a tie for the last seat goes by the lot `drawn`.

    `ranks` has only options that somebody gave something; others are never chosen, so that there
    may be fewer winners than seats. Without a lot all who are tied for the last seat win, and the
    tie says so. Points are ordered by rank, then by the lot, with those without a rank last; or if
    `unordered`, winners first, and both by number.
    """
    places: dict[Rank, list[int]] = {}
    for option in sorted(ranks):
        places.setdefault(ranks[option], []).append(option)
    order = tuple(tuple(places[rank]) for rank in sorted(places, reverse=True))
    winners, _, ties = fill(order, rule.seats, drawn)
    lot = drawn or range(len(rule.options))
    by_lot = sorted(points, key=lambda of: lot.index(of.option))
    if unordered:
        winners = tuple(sorted(winners))
        shown = sorted(points, key=lambda of: (of.option not in winners, of.option))
    else:
        shown = sorted(
            (of for of in by_lot if of.option in ranks),
            key=lambda of: ranks[of.option],
            reverse=True,  # keeps the lot's order among equals
        )
        shown += [of for of in by_lot if of.option not in ranks]
    return Outcome(
        rule.method,
        "chosen",
        Why.COUNTED,
        taking_part,
        {},
        winners=winners,
        points=tuple(shown),
        ties=ties,
    )
