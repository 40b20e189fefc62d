"""Several winners by single transferable vote, as Scotland elects its councils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assembly.count import Count, Counting, Reason, Round, Tie, by_score, no_ballots
from assembly.counting.chosen import by_order
from assembly.counting.method import Method
from assembly.counting.ties import Choice, Course, State, narrow, standing_apart
from assembly.counting.ways import every_way, not_settled
from assembly.forms.order import ORDER
from assembly.ranking import Ballots, Pile, by_next, effort, join, strict, weight

PLACES = 5
UNIT = 10**PLACES
"""One vote, in the hundred-thousandths in which it is counted."""


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count by weighted inclusive Gregory: elect `seats` options (1 or more).

    The quota is the ballots that name somebody, divided by one more than the seats, rounded down,
    plus one. Whoever reaches it is elected. The largest surplus moves first: all ballots of the
    elected go to the next option still in, each at its value times surplus divided by votes, to
    five decimals, the rest dropped. Without a surplus the option with the fewest votes is
    excluded, and its ballots move at the value they have. When as many are left as there are
    seats, they are elected, and nothing moves any more. Ties for the largest surplus or the
    fewest votes go by the most recent earlier round in which the tied differed, then by `drawn`
    (every option, the luckiest first); without an order drawn, more winners than seats mean that
    nothing decided. Tied options without any vote go together, as nothing of theirs moves.

    Raises EqualRanks where a ballot ranks options that stand equally. Source: The Scottish Local
    Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 45 to 52.
    """
    pile, standing = strict(ballots), ballots.standing
    if not pile:
        return no_ballots(Counting.STV_SCOTTISH, ballots.options, seats, (standing,))
    quota = weight(pile) // (seats + 1) + 1
    course = every_way(
        lambda choice: _Counting(pile, standing, seats, quota, ballots.cast, choice).run(),
        drawn,
        effort(pile, standing),
    )
    return Count(
        Counting.STV_SCOTTISH,
        ballots.options,
        seats,
        course.winners,
        course.order,
        reason(course, standing, seats),
        rounds=course.rounds,
        quota=Decimal(quota),
        ties=course.ties,
        undecided=course.undecided,
    )


def reason(course: Course, standing: Sequence[int], seats: int) -> Reason:
    """What is to be said of the winners of a count for several seats."""
    return not_settled(course, seats) or Reason(
        "all_elected" if len(standing) <= seats else "quota"
    )


@dataclass(slots=True)
class _Counting:
    """A count under way. Votes are whole hundred-thousandths."""

    pile: Pile
    standing: tuple[int, ...]
    seats: int
    quota: int
    cast: int
    choice: Choice
    hopeful: dict[int, None] = field(default_factory=dict)
    votes: dict[int, int] = field(default_factory=dict)
    parcels: dict[int, dict[int, Pile]] = field(default_factory=dict)
    surpluses: dict[int, int] = field(default_factory=dict)
    history: list[dict[int, int]] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    elected: list[tuple[int, ...]] = field(default_factory=list)
    out: list[tuple[int, ...]] = field(default_factory=list)

    def run(self) -> Course:
        """Count to the end. `parcels` hold an option's ballots by the value they came with."""
        self.hopeful = dict.fromkeys(self.standing)
        first = by_next(self.pile, self.standing)
        self.parcels = {option: {UNIT: first[option]} for option in self.standing}
        self.votes = {option: UNIT * weight(first[option]) for option in self.standing}
        while True:
            done = self._elect([o for o in self.hopeful if self.votes[o] >= self.quota * UNIT])
            if done or self._fill_last():
                break
            self.history.append(self.votes.copy())
            if self.surpluses:
                self._move_surplus()
            elif self._exclude():
                break
        winners = tuple(option for place in self.elected for option in place)
        rest = by_score({option: Decimal(self.votes[option]) for option in self.hopeful})
        return Course(winners, (*self.elected, *rest, *reversed(self.out)), tuple(self.rounds))

    def _elect(self, reached: list[int]) -> bool:
        """Note the standing and who has reached the quota; whether all seats are filled."""
        places = by_score({option: Decimal(self.votes[option]) for option in reached})
        exhausted = self.cast * UNIT - sum(self.votes.values())
        self.rounds.append(
            Round(
                {option: _decimal(self.votes[option]) for option in self.votes},
                _decimal(exhausted),
                elected=tuple(option for place in places for option in place),
                quota=Decimal(self.quota),
            )
        )
        self.elected += places
        for option in reached:
            del self.hopeful[option]
            if self.votes[option] > self.quota * UNIT:
                self.surpluses[option] = self.votes[option] - self.quota * UNIT
        return self._vacancies() == 0

    def _vacancies(self) -> int:
        return self.seats - sum(len(place) for place in self.elected)

    def _fill_last(self) -> bool:
        """Elect all who are left where there are no more of them than seats."""
        if len(self.hopeful) > self._vacancies():
            return False
        places = by_score({option: Decimal(self.votes[option]) for option in self.hopeful})
        last = self.rounds[-1]
        also = tuple(option for place in places for option in place)
        self.rounds[-1] = replace(last, elected=(*last.elected, *also))
        self.elected += places
        self.hopeful = {}
        return True

    def _move_surplus(self) -> None:
        most = max(self.surpluses.values())
        tied = [option for option in self.surpluses if self.surpluses[option] == most]
        option = self._told_apart(tied, best=True)
        surplus, total = self.surpluses.pop(option), self.votes[option]
        self.rounds[-1] = replace(self.rounds[-1], surplus_of=option)
        for value, pile in self.parcels.pop(option).items():
            self._move(pile, value * surplus // total)
        self.votes[option] = total - surplus

    def _exclude(self) -> bool:
        """Exclude the option with the fewest votes; whether that leaves only the last winners."""
        fewest = min(self.votes[option] for option in self.hopeful)
        tied = [option for option in self.hopeful if self.votes[option] == fewest]
        if fewest == 0 and len(self.hopeful) - len(tied) >= self._vacancies():
            going = tuple(tied)
        else:
            going = (self._told_apart(tied, best=False),)
        self.rounds[-1] = replace(self.rounds[-1], excluded=going)
        self.out.append(going)
        for option in going:
            del self.hopeful[option]
        if self._fill_last():
            return True
        for option in going:
            del self.votes[option]
            for value, pile in self.parcels.pop(option).items():
                self._move(pile, value)
        return False

    def _move(self, pile: Pile, value: int) -> None:
        for option, moved in by_next(pile, self.hopeful).items():
            if moved:
                join(self.parcels[option].setdefault(value, {}), moved)
                self.votes[option] += value * weight(moved)

    def _told_apart(self, tied: list[int], *, best: bool) -> int:
        left, told = narrow(tied, self.history[:-1], max if best else min)
        at = len(self.rounds)
        if len(left) > 1:
            return (self.choice.first if best else self.choice.last)(left, at, self._state)
        if told is not None:
            self.choice.ties.append(Tie(tuple(tied), "earlier_round", at, told))
        return left[0]

    def _state(self) -> State:
        ballots = frozenset(
            (option, value, count, frozenset(rankings))
            for option, parcels in self.parcels.items()
            for value, pile in parcels.items()
            for count, rankings in pile.items()
        )
        apart = standing_apart(list(self.votes), self.history)
        key = (tuple(self.elected), tuple(sorted(self.surpluses.items())), ballots, apart)
        return State(key, tuple(reversed(self.out)))


def _decimal(units: int) -> Decimal:
    return Decimal(units).scaleb(-PLACES)


METHOD = Method(ORDER, by_order(tally), several=True, blt=True)
