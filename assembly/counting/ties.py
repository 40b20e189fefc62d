"""Ties in the middle of a count: what earlier rounds say, what was drawn, and what is left open.

A count that goes on after a tie must not decide it in silence. So a count is a function of its
choices, and ways.py follows every way in which its ties could fall.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal

from assembly.count import Order, Round, Tie
from assembly.immutable import immutable


@immutable
class Course:
    """One way in which a count can go: what it came to, round by round.

    `undecided`: those of the winners who win only if a tie goes their way.
    """

    winners: tuple[int, ...]
    order: Order
    rounds: tuple[Round, ...] = ()
    ties: tuple[Tie, ...] = ()
    undecided: tuple[int, ...] = ()


@immutable
class Fork:
    """A tie of the options `between` that only a choice among `alternatives` can break.

    `round` is the number of the round from 1, or 0 in a count without rounds, where `possible`
    has all who can still win.
    """

    between: tuple[int, ...]
    round: int
    alternatives: int
    possible: tuple[int, ...] = ()


@immutable
class State:
    """All that decides how a count goes on, and the places at the end that it has given already."""

    key: Hashable
    last_places: Order = ()


class NewFork(Exception):
    """A count that stops at its first fork beyond the script has come to one."""

    def __init__(self, fork: Fork, state: State) -> None:
        super().__init__(fork, state)
        self.fork = fork
        self.state = state


class TooManyTies(Exception):
    """A count that settles its ties by an order drawn has more of them than it goes through."""

    def __init__(self, fork: Fork) -> None:
        super().__init__(fork)
        self.fork = fork


class Choice:
    """Takes the turns of one script; what was decided on the way stands in `ties`.

    At a fork beyond its script it takes the first alternative, or stops the count there.
    """

    def __init__(
        self, drawn: Sequence[int] | None, script: tuple[int, ...] = (), *, stops: bool = False
    ) -> None:
        self._drawn = drawn
        self._script = script
        self._stops = stops
        self.forks: list[Fork] = []
        self.ties: list[Tie] = []

    def first(self, tied: Sequence[int], round_: int, state: Callable[[], State]) -> int:
        """The one of several tied options that goes first where going first is good."""
        return self._one(tied, round_, state, best=True)

    def last(self, tied: Sequence[int], round_: int, state: Callable[[], State]) -> int:
        """The one of several tied options that has to go."""
        return self._one(tied, round_, state, best=False)

    def which(self, fork: Fork, state: Callable[[], State]) -> int:
        """The number of one of several alternatives that no order of options can choose from."""
        at = len(self.forks)
        self.forks.append(fork)
        if at < len(self._script):
            return self._script[at]
        if self._stops:
            raise NewFork(fork, state())
        return 0

    def _one(
        self, tied: Sequence[int], round_: int, state: Callable[[], State], *, best: bool
    ) -> int:
        between = tuple(sorted(tied))
        if len(between) == 1:
            return between[0]
        if self._drawn is not None:
            self.ties.append(Tie(between, "drawn", round_))
            return (min if best else max)(between, key=self._drawn.index)
        return between[self.which(Fork(between, round_, len(between)), state)]


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


def standing_apart(
    options: Sequence[int], history: Sequence[Mapping[int, int]]
) -> tuple[tuple[int, int], ...]:
    """What `narrow` can still learn from earlier rounds about options: each with its rank."""
    told = {option: tuple(votes[option] for votes in reversed(history)) for option in options}
    ranks = {apart: rank for rank, apart in enumerate(sorted(set(told.values())))}
    return tuple((option, ranks[told[option]]) for option in sorted(options))
