"""Ranked pairs: majorities are locked in, the strongest first, unless they go in a circle."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.count import Count, Counting, Reason, ReasonKind, Tie, fill, left_open, no_ballots
from assembly.counting.chosen import by_order
from assembly.counting.method import Method
from assembly.counting.pairwise import Majority, Reach, beats_all, layers, majorities, pairwise
from assembly.counting.ties import Choice, Course, Fork, State, TooManyTies
from assembly.counting.ways import EFFORT, every_way, not_settled
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
        return Course(winners, order, ties=ties, undecided=left_open(ties))

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
        undecided=course.undecided,
    )


def _lock(
    options: Sequence[int],
    groups: list[list[Majority]],
    seats: int,
    choice: Choice,
    drawn: Sequence[int] | None,
) -> dict[int, set[int]]:
    """Lock the majorities; for each option, all those that it comes before."""
    locked, effort = Reach(options), 0
    for group in groups:
        waiting = group
        while waiting:
            waiting = [
                (a, b) for a, b in waiting if not locked.leads(a, b) and not locked.leads(b, a)
            ]
            sure = _sure(locked, waiting)
            for a, b in sure:
                locked.add(a, b)
            if waiting and not sure:
                between = tuple(sorted({option for pair in waiting for option in pair}))
                effort += len(waiting) + len(between) ** 2
                if drawn is not None and effort > EFFORT:
                    raise TooManyTies(Fork(between, 0, len(waiting), tuple(options)))
                locked.add(*_one(waiting, between, locked, seats, choice, drawn))
    return locked.below()


def _one(
    waiting: list[Majority],
    between: tuple[int, ...],
    locked: Reach,
    seats: int,
    choice: Choice,
    drawn: Sequence[int] | None,
) -> Majority:
    """Which of equally strong majorities that go in circles is locked first."""
    if drawn is not None:
        choice.ties.append(Tie(between, "drawn"))
        luck = {option: at for at, option in enumerate(drawn)}
        return min(waiting, key=lambda pair: (luck[pair[0]], -luck[pair[1]]))
    options = locked.options
    possible = options if seats > 1 else layers(options, locked.below())[0]
    fork = Fork(between, 0, len(waiting), tuple(possible))
    return waiting[choice.which(fork, lambda: State((tuple(waiting), locked.key())))]


def _sure(locked: Reach, waiting: list[Majority]) -> list[Majority]:
    """Those that no others could exclude: even if all that wait were locked, circles and all, there
    would be no way back."""
    if len(waiting) == 1:
        return waiting
    ends = sorted({option for pair in waiting for option in pair})
    place = {option: index for index, option in enumerate(ends)}
    reach = [sum(1 << place[end] for end in ends if locked.leads(start, end)) for start in ends]
    for a, b in waiting:
        reach[place[a]] |= 1 << place[b]
    for middle in range(len(ends)):
        for start, found in enumerate(reach):
            if found >> middle & 1:
                reach[start] = found | reach[middle]
    return [(a, b) for a, b in waiting if not reach[place[b]] >> place[a] & 1]


METHOD = Method(ORDER, by_order(tally), for_several=DecisionMethod.STV_SCOTTISH, blt=True)
