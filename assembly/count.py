"""What counting ranked ballots hands back: winners, order, rounds, ties and reason, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from assembly.immutable import immutable
from assembly.ranking import Ballots, blank

Order = tuple[tuple[int, ...], ...]
"""Options by place, best first; options in one place are tied. Inside a place by number."""

Pairwise = Mapping[int, Mapping[int, int]]
"""How many ballots put the first option before the second."""

DecidedBy = Literal["earlier_round", "drawn", "either_way", "nothing", "too_many"]

ReasonKind = Literal[
    "no_ballots",
    "tied",
    "too_many_ties",
    "majority",
    "most",
    "beats_all",
    "strongest_paths",
    "locked",
    "quota",
    "all_elected",
]


class Counting(StrEnum):
    """How ballots of several options are counted, by the name that `voci tally` takes."""

    PLURALITY = "plurality"
    IRV = "irv"
    SCHULZE = "schulze"
    RANKED_PAIRS = "ranked-pairs"
    BORDA = "borda"
    STV_SCOTTISH = "stv-scottish"
    STV_MEEK = "stv-meek"
    APPROVAL = "approval"


@immutable
class Tie:
    """A tie that stood in the way in round `at` (from 1), and what decided it.

    `earlier_round`: the votes in the round `earlier` differed. `drawn`: the order drawn.
    `either_way`: nothing, and the same options win whichever way it goes. `nothing`: nobody knows
    who wins; all who could are told. `too_many`: nothing, and there are more ties than are
    followed, so that nobody knows who could win: the winners are those who had won before.
    """

    between: tuple[int, ...]
    decided_by: DecidedBy
    at: int | None = None
    earlier: int | None = None


@immutable
class Round:
    """The standing in one round, and what follows from it.

    `votes` of the options still in the count; `exhausted` are the votes that no longer count for
    any, with what rounding down loses. `surplus_of` is the elected option whose surplus moves on
    to the next round; `kept` is the share that each elected option keeps of what comes to it, from
    0 to 1, where the method goes by shares. Votes and exhausted add up to the ballots cast, in
    every round.
    """

    votes: Mapping[int, Decimal]
    exhausted: Decimal
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    surplus_of: int | None = None
    quota: Decimal | None = None
    kept: Mapping[int, Decimal] = field(default_factory=dict)


@immutable
class Reason:
    """Why these win: `votes` of the winner, out of `of`, where the method goes by them."""

    kind: ReasonKind
    votes: Decimal | None = None
    of: Decimal | None = None


@immutable
class Count:
    """The result of counting. More winners than seats: a tie that nothing breaks.

    `method`: its name; `winners` in the order of `order`; `undecided`: those of them who win only
    if a tie goes their way; `seats` is 1 or more. Fields that the method has no use for are empty
    or None.
    """

    method: str
    options: tuple[str, ...]
    seats: int
    winners: tuple[int, ...]
    order: Order
    reason: Reason
    rounds: tuple[Round, ...] = ()
    pairwise: Pairwise | None = None
    quota: Decimal | None = None
    ties: tuple[Tie, ...] = ()
    undecided: tuple[int, ...] = ()


def no_ballots(method: str, options: tuple[str, ...], seats: int, order: Order) -> Count:
    """The result where no ballot names an option that stands: nobody wins."""
    return Count(method, options, seats, (), order, Reason("no_ballots"))


def by_score(scores: Mapping[int, Decimal]) -> Order:
    """Options in the order of their score, highest first; equal scores share a place."""
    places: dict[Decimal, list[int]] = {}
    for option in sorted(scores):
        places.setdefault(scores[option], []).append(option)
    return tuple(tuple(places[score]) for score in sorted(places, reverse=True))


def fill(
    order: Order, seats: int, drawn: Sequence[int] | None = None
) -> tuple[tuple[int, ...], Order, tuple[Tie, ...]]:
    """The first `seats` options of an order; where the last seat is tied, by the order drawn.

    `drawn` holds every option, the luckiest first. Without it all who tie for the last seat are
    winners, and the tie says so. Hands back winners, the order with what was drawn, and ties.
    """
    winners: list[int] = []
    for number, place in enumerate(order):
        free = seats - len(winners)
        if len(place) <= free:
            winners += place
        elif free:
            if drawn is None:
                return (*winners, *place), order, (Tie(place, "nothing"),)
            lucky = sorted(place, key=drawn.index)
            first, rest = tuple(sorted(lucky[:free])), tuple(sorted(lucky[free:]))
            decided = (*order[:number], first, rest, *order[number + 1 :])
            return (*winners, *first), decided, (Tie(place, "drawn"),)
    return tuple(winners), order, ()


def left_open(ties: Iterable[Tie]) -> tuple[int, ...]:
    """Who ties for the last seat of an order that `fill` has filled, where nothing decides it."""
    return tuple(option for tie in ties if tie.decided_by == "nothing" for option in tie.between)


def by_points(
    method: str,
    ballots: Ballots,
    seats: int,
    points: Mapping[int, Decimal],
    drawn: Sequence[int] | None,
) -> Count:
    """The result of a method of one round, in which the options with the most points win."""
    unused = blank(ballots)
    if unused == ballots.cast:
        return no_ballots(method, ballots.options, seats, (ballots.standing,))
    winners, order, ties = fill(by_score(points), seats, drawn)
    undecided = left_open(ties)
    elected = tuple(option for option in winners if option not in undecided)
    if len(winners) > seats:
        reason = Reason("tied")
    else:
        reason = Reason("most", points[winners[0]], Decimal(ballots.cast - unused))
    return Count(
        method,
        ballots.options,
        seats,
        winners,
        order,
        reason,
        rounds=(Round(points, Decimal(unused), elected=elected),),
        ties=ties,
        undecided=undecided,
    )
