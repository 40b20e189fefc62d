"""Ties in the middle of a count: what earlier rounds say, what was drawn, and every way it can go.

A count that goes on after a tie must not decide it in silence. So the count is a function of its
choices, and is run once for every way in which its ties could fall. Where all ways have the same
winners, the tie was none; otherwise everybody who could win is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assembly.count import Order, Round, Tie

WAYS = 200
"""So many ways are followed to the end; a count with more is told as undecided at its first tie."""


@dataclass(frozen=True, slots=True)
class Course:
    """One way in which a count can go: what it came to, round by round."""

    winners: tuple[int, ...]
    order: Order
    rounds: tuple[Round, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Fork:
    """A tie that only a choice can break, and which of its `alternatives` was `taken`.

    `between` are the tied options. `round` is the number of the round from 1, or 0 in a count
    without rounds, where `possible` has all who can still win.
    """

    between: tuple[int, ...]
    round: int
    alternatives: int
    taken: int
    possible: tuple[int, ...] = ()


class Choice:
    """Takes the ways of one script, then always the first; remembers the forks it came to."""

    def __init__(self, script: tuple[int, ...] = (), drawn: Sequence[int] | None = None) -> None:
        self.script = script
        self._drawn = drawn
        self.forks: list[Fork] = []
        self.ties: list[Tie] = []

    def first(self, tied: Sequence[int], round_: int) -> int:
        """The one of several tied options that goes first where going first is good."""
        return self._one(tied, round_, best=True)

    def last(self, tied: Sequence[int], round_: int) -> int:
        """The one of several tied options that has to go."""
        return self._one(tied, round_, best=False)

    def which(
        self,
        alternatives: int,
        between: tuple[int, ...],
        possible: tuple[int, ...],
        round_: int = 0,
    ) -> int:
        """The number of one of several alternatives that no order of options can choose from."""
        at = len(self.forks)
        taken = self.script[at] if at < len(self.script) else 0
        self.forks.append(Fork(between, round_, alternatives, taken, possible))
        return taken

    def _one(self, tied: Sequence[int], round_: int, *, best: bool) -> int:
        if len(tied) == 1:
            return tied[0]
        between = tuple(sorted(tied))
        if self._drawn is not None:
            self.ties.append(Tie(between, "drawn", round_))
            return (min if best else max)(tied, key=self._drawn.index)
        return between[self.which(len(between), between, (), round_)]


def narrow(
    tied: Sequence[int],
    history: Sequence[Mapping[int, Decimal] | Mapping[int, int]],
    pick: Callable[[list[Decimal | int]], Decimal | int],
) -> tuple[list[int], int | None]:
    """Whom earlier rounds leave in a tie, and the round (from 1) that told them apart last.

    Looks back from the most recent of the rounds in `history` at which the tied had unequal
    votes, and keeps those with the fewest (`pick=min`) or most (`pick=max`). Source: The Scottish
    Local Government Elections Order 2007, Schedule 1, rules 49(2) and 51(2).
    """
    left, told = list(tied), None
    for number in range(len(history), 0, -1):
        votes = history[number - 1]
        extreme = pick([votes[option] for option in left])
        kept = [option for option in left if votes[option] == extreme]
        if len(kept) < len(left):
            left, told = kept, number
        if len(left) == 1:
            break
    return left, told


def every_way(run: Callable[[Choice], Course], drawn: Sequence[int] | None) -> Course:
    """Run a count for every way its ties can fall, and put the ways together.

    With an order drawn there is but one way. `run` appends to the choice's `ties` those that were
    decided, and must count the same for the same choices. In the result `winners` are all who win
    in some way, `order` ranks only what every way agrees on, and `rounds` end at the tie that
    matters. With more than WAYS ways, everybody who is in the count at its first tie could win.
    """
    waiting: list[tuple[int, ...]] = [()]
    ways: list[tuple[Course, list[Fork]]] = []
    while waiting:
        if len(ways) == WAYS:
            return _cut_short(*ways[0])
        choice = Choice(waiting.pop(), drawn)
        course = run(choice)
        ways.append((replace(course, ties=(*choice.ties, *course.ties)), choice.forks))
        taken = tuple(fork.taken for fork in choice.forks)
        for at in range(len(choice.script), len(choice.forks)):
            others = range(choice.forks[at].alternatives - 1, 0, -1)
            waiting += [(*taken[:at], other) for other in others]
    return ways[0][0] if len(ways) == 1 else _merge(ways)


def common(orders: Sequence[Order]) -> Order:
    """The places on which several orders of the same options agree.

    A place ends where every order has the same options up to there.
    """
    agreed = set.intersection(*({frozenset(top) for top in _tops(order)} for order in orders))
    places, before = [], frozenset[int]()
    for top in sorted(agreed, key=len):
        places.append(tuple(sorted(top - before)))
        before = top
    return tuple(places)


def _tops(order: Order) -> list[set[int]]:
    tops: list[set[int]] = []
    for place in order:
        tops.append({*place, *(tops[-1] if tops else ())})
    return tops


def _merge(ways: list[tuple[Course, list[Fork]]]) -> Course:
    base, forks = ways[0]
    order = common([course.order for course, _ in ways])
    possible = {option for course, _ in ways for option in course.winners}
    winners = tuple(option for place in order for option in place if option in possible)
    if len({frozenset(course.winners) for course, _ in ways}) == 1:
        ties = tuple(Tie(fork.between, "either_way", fork.round or None) for fork in forks)
        return replace(base, winners=winners, order=order, ties=(*base.ties, *ties))
    at = next(number for number in range(len(forks)) if _matters(ways, number))
    passed = tuple(Tie(fork.between, "either_way", fork.round or None) for fork in forks[:at])
    return replace(_until(base, forks[at], passed), winners=winners, order=order)


def _until(base: Course, fork: Fork, passed: tuple[Tie, ...] = ()) -> Course:
    """A count up to the tie that nothing breaks."""
    rounds = base.rounds[: fork.round]
    if rounds:
        rounds = (*rounds[:-1], replace(rounds[-1], excluded=(), surplus_of=None))
    known = tuple(tie for tie in base.ties if tie.at is not None and tie.at < fork.round)
    ties = (*known, *passed, Tie(fork.between, "nothing", fork.round or None))
    return replace(base, rounds=rounds, ties=ties)


def _cut_short(base: Course, forks: list[Fork]) -> Course:
    fork = forks[0]
    course = _until(base, fork)
    possible = set(course.rounds[-1].votes) if course.rounds else set(fork.possible)
    elected = [option for round_ in course.rounds for option in round_.elected]
    open_ = tuple(sorted(possible - set(elected)))
    out = tuple(tuple(option for option in place if option not in possible) for place in base.order)
    order = (*((option,) for option in elected), open_, *(place for place in out if place))
    return replace(course, winners=(*elected, *open_), order=order)


def _matters(ways: list[tuple[Course, list[Fork]]], number: int) -> bool:
    """Whether another choice at this fork of the first way leads to other possible winners."""
    before = [fork.taken for fork in ways[0][1][:number]]
    found: dict[int, set[frozenset[int]]] = {}
    for course, forks in ways:
        if len(forks) > number and [fork.taken for fork in forks[:number]] == before:
            found.setdefault(forks[number].taken, set()).add(frozenset(course.winners))
    return len({frozenset(sets) for sets in found.values()}) > 1
