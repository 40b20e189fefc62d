"""Ranked pairs: majorities are locked in, the strongest first, unless they go in a circle."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.count import Count, Counting, Reason, ReasonKind, Tie, fill, no_ballots
from assembly.counting.chosen import by_order
from assembly.counting.method import Method
from assembly.counting.pairwise import Majority, beats_all, layers, majorities, pairwise
from assembly.counting.ties import Choice, Course, Fork, State
from assembly.counting.ways import every_way, not_settled
from assembly.forms.order import ORDER
from assembly.ranking import Ballots, blank
from assembly.rule import DecisionMethod


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count by ranked pairs; the first `seats` options (1 or more) of its order win.

    Majorities are taken by the number of ballots for them (winning votes), most first, and each
    is locked unless the locked ones already lead the other way round. Where equally strong
    majorities exclude each other, they are taken by `drawn` (every option, the luckiest first:
    the majority of the luckier option goes first, then the one over the unluckier). Without an
    order drawn all ways to take them are followed, and more winners than seats mean that nothing
    decided.

    Source: Tideman, Independence of clones as a criterion for voting rules, Social Choice and
    Welfare 4 (1987); Zavist and Tideman, the same 6 (1989), for the order drawn. How many were
    against a majority is not looked at: majorities of equally many ballots are equal.
    """
    standing, matrix = ballots.standing, pairwise(ballots)
    if blank(ballots) == ballots.cast:
        return no_ballots(Counting.RANKED_PAIRS, ballots.options, seats, (standing,))
    groups = majorities(matrix)

    def run(choice: Choice) -> Course:
        better = _lock(standing, groups, seats, choice, drawn)
        winners, order, ties = fill(layers(standing, better), seats, drawn)
        return Course(winners, order, ties=ties)

    course = every_way(run, drawn, len(standing) ** 3)
    kind: ReasonKind = "locked" if beats_all(matrix) is None else "beats_all"
    return Count(
        Counting.RANKED_PAIRS,
        ballots.options,
        seats,
        course.winners,
        course.order,
        not_settled(course, seats) or Reason(kind),
        pairwise=matrix,
        ties=course.ties,
    )


def _lock(
    options: Sequence[int],
    groups: list[list[Majority]],
    seats: int,
    choice: Choice,
    drawn: Sequence[int] | None,
) -> dict[int, set[int]]:
    """Lock the majorities; for each option, all those that it comes before."""
    better: dict[int, set[int]] = {option: set() for option in options}
    for group in groups:
        waiting = list(group)
        while waiting:
            waiting = [(a, b) for a, b in waiting if b not in better[a] and a not in better[b]]
            reach = _closure(better, waiting) if len(waiting) > 1 else better
            sure = [(a, b) for a, b in waiting if a not in reach[b]]
            if sure:
                for a, b in sure:
                    _add(better, a, b)
            elif waiting:
                _add(better, *_one(waiting, better, seats, choice, drawn))
    return better


def _one(
    waiting: list[Majority],
    better: dict[int, set[int]],
    seats: int,
    choice: Choice,
    drawn: Sequence[int] | None,
) -> Majority:
    """Which of equally strong majorities that go in circles is locked first."""
    between = tuple(sorted({option for pair in waiting for option in pair}))
    if drawn is not None:
        choice.ties.append(Tie(between, "drawn"))
        return min(waiting, key=lambda pair: (drawn.index(pair[0]), -drawn.index(pair[1])))
    possible = tuple(better) if seats > 1 else layers(list(better), better)[0]
    fork = Fork(between, 0, len(waiting), possible)

    def state() -> State:
        return State((tuple(waiting), *(frozenset(better[option]) for option in sorted(better))))

    return waiting[choice.which(fork, state)]


def _add(better: dict[int, set[int]], first: int, second: int) -> None:
    """Keep `better` transitive: what comes before the first comes before all after the second."""
    after = {second, *better[second]}
    for option, below in better.items():
        if option == first or first in below:
            below |= after


def _closure(better: dict[int, set[int]], waiting: list[Majority]) -> dict[int, set[int]]:
    """What each option could come before if all that wait were locked, circles and all."""
    reach = {option: set(below) for option, below in better.items()}
    for a, b in waiting:
        reach[a].add(b)
    for middle in reach:
        for below in reach.values():
            if middle in below:
                below |= reach[middle]
    return reach


METHOD = Method(ORDER, by_order(tally), for_several=DecisionMethod.STV_SCOTTISH, blt=True)
