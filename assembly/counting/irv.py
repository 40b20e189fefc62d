"""Instant runoff: round by round the option with the fewest votes goes, until one has most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assembly.count import Count, Counting, Reason, Round, Tie, by_score, no_ballots
from assembly.counting.chosen import by_order
from assembly.counting.method import Method
from assembly.counting.ties import Choice, Course, State, narrow, standing_apart
from assembly.counting.ways import every_way, not_settled
from assembly.forms.order import ORDER
from assembly.ranking import Ballots, Pile, by_next, effort, join, strict, weight
from assembly.rule import DecisionMethod


def tally(ballots: Ballots, seats: int = 1, drawn: Sequence[int] | None = None) -> Count:
    """Count by instant runoff, also called alternative vote, for one seat.

    Each ballot counts for the first of its options that is still in. An option with more than
    half of the votes that still count wins; otherwise the one with the fewest is excluded. A tie
    for the fewest goes by the most recent earlier round in which the tied differed, then by
    `drawn` (every option, the luckiest first). Tied options that together have fewer votes than
    any other go together: whichever went first, the others would follow. Without an order drawn
    every way is followed, and more than one winner means that nothing decided.

    Raises EqualRanks where a ballot ranks options that stand equally, and ValueError for several
    seats. Source: Robert's Rules of Order Newly Revised (12th ed.) 45:62-69, preferential voting;
    ties as in The Scottish Local Government Elections Order 2007, rule 51.
    """
    if seats > 1:
        raise ValueError("an instant runoff has one winner")
    pile, standing = strict(ballots), ballots.standing
    if not pile:
        return no_ballots(Counting.IRV, ballots.options, 1, (standing,))
    cast = ballots.cast
    course = every_way(
        lambda choice: _run(pile, standing, cast, choice), drawn, effort(pile, standing)
    )
    reason = not_settled(course, 1)
    if reason is None:
        last = course.rounds[-1]
        reason = Reason("majority", last.votes[course.winners[0]], ballots.cast - last.exhausted)
    return Count(
        Counting.IRV,
        ballots.options,
        1,
        course.winners,
        course.order,
        reason,
        rounds=course.rounds,
        ties=course.ties,
        undecided=course.undecided,
    )


def _run(pile: Pile, standing: tuple[int, ...], cast: int, choice: Choice) -> Course:
    piles = by_next(pile, standing)
    votes = {option: weight(piles[option]) for option in piles}
    history: list[dict[int, int]] = []
    rounds: list[Round] = []
    out: list[tuple[int, ...]] = []
    while True:
        total, most = sum(votes.values()), max(votes.values())
        shown = {option: Decimal(votes[option]) for option in votes}
        exhausted = Decimal(cast - total)
        if 2 * most > total or len(votes) == 1:
            winner = max(votes, key=votes.__getitem__)
            rounds.append(Round(shown, exhausted, elected=(winner,)))
            rest = by_score({option: shown[option] for option in votes if option != winner})
            return Course((winner,), ((winner,), *rest, *reversed(out)), tuple(rounds))
        going = _going(votes, history, out, choice)
        rounds.append(Round(shown, exhausted, excluded=going))
        history.append(votes.copy())
        out.append(going)
        loose: Pile = {}
        for option in going:
            join(loose, piles.pop(option))
            del votes[option]
        for option, moved in by_next(loose, piles).items():
            join(piles[option], moved)
            votes[option] += weight(moved)


def _going(
    votes: dict[int, int],
    history: list[dict[int, int]],
    out: list[tuple[int, ...]],
    choice: Choice,
) -> tuple[int, ...]:
    """The option with the fewest votes, or several that go together."""
    fewest = min(votes.values())
    tied = [option for option in votes if votes[option] == fewest]
    if len(tied) == 1:
        return (tied[0],)
    left, told = narrow(tied, history, min)
    if told is not None and len(left) == 1:
        choice.ties.append(Tie(tuple(tied), "earlier_round", len(history) + 1, told))
        return (left[0],)
    others = [votes[option] for option in votes if option not in left]
    if others and len(left) * fewest < min(others):
        return tuple(left)

    def state() -> State:
        return State(standing_apart(list(votes), history), tuple(reversed(out)))

    return (choice.last(left, len(history) + 1, state),)


METHOD = Method(ORDER, by_order(tally), for_several=DecisionMethod.STV_SCOTTISH, blt=True)
