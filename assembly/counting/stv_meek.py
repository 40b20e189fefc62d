"""Several winners by single transferable vote, by Meek's method: every ballot counts in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assembly.count import Count, Counting, Round, by_score, no_ballots
from assembly.counting.chosen import by_order
from assembly.counting.method import Method
from assembly.counting.stv_scottish import reason
from assembly.counting.ties import Choice, Course, State
from assembly.counting.ways import every_way
from assembly.forms.order import ORDER
from assembly.ranking import Ballots, Pile, Strict, effort, strict, weight

PLACES = 9
UNIT = 10**PLACES
"""One vote, in the thousand-millionths in which it is counted."""

OMEGA = 1000
"""A surplus below a millionth of a vote has been handed on."""


def tally(ballots: Ballots, seats: int, drawn: Sequence[int] | None = None) -> Count:
    """Count by Meek's method: elect `seats` options (1 or more).

    Each elected option keeps a share of every ballot that comes to it, and hands the rest on to
    the next option of the ballot, elected or not; the shares are adjusted until no elected option
    has more than the quota. The quota is the votes that still count, divided by one more than the
    seats, to nine decimals, plus the last of them. Then the option with the fewest votes is
    excluded. All numbers have nine decimals: shares and what an option keeps of a ballot are
    rounded up, the quota down; the shares are good when the surplus is below 0.000001.

    A tie is decided by `drawn` (every option, the luckiest first); without, more winners than
    seats mean that nothing decided. Votes tie when they differ by no more than the surplus that
    is left, a millionth, and what rounding can have done: nobody is excluded by a rounding.
    Tied options without any vote go together, as nothing of theirs moves.

    Raises EqualRanks where a ballot ranks options that stand equally. Source: Hill, Wichmann and
    Woodall, Algorithm 123: Single Transferable Vote by Meek's method, The Computer Journal 30
    (1987), in the exact form of the Proportional Representation Foundation's Reference Meek Rule;
    ours is the wider margin for ties.
    """
    pile, standing = strict(ballots), ballots.standing
    if not pile:
        return no_ballots(Counting.STV_MEEK, ballots.options, seats, (standing,))
    course = every_way(
        lambda choice: _Counting(pile, standing, seats, ballots.cast, choice).run(),
        drawn,
        10 * effort(pile, standing),
    )
    return Count(
        Counting.STV_MEEK,
        ballots.options,
        seats,
        course.winners,
        course.order,
        reason(course, standing, seats),
        rounds=course.rounds,
        quota=course.rounds[-1].quota if course.rounds else None,
        ties=course.ties,
        undecided=course.undecided,
    )


@dataclass(slots=True)
class _Counting:
    """A count under way. Votes, shares and quota are whole thousand-millionths."""

    pile: Pile
    standing: tuple[int, ...]
    seats: int
    cast: int
    choice: Choice
    keep: dict[int, int] = field(default_factory=dict)
    hopeful: dict[int, None] = field(default_factory=dict)
    votes: dict[int, int] = field(default_factory=dict)
    quota: int = 0
    rounds: list[Round] = field(default_factory=list)
    elected: list[tuple[int, ...]] = field(default_factory=list)
    out: list[tuple[int, ...]] = field(default_factory=list)

    def run(self) -> Course:
        """Count to the end. `keep` has the share of every option that is not excluded."""
        self.hopeful = dict.fromkeys(self.standing)
        self.keep = dict.fromkeys(self.standing, UNIT)
        done = len(self.hopeful) <= self.seats
        if done:
            self._distribute(self._paths())
            self._note()
            self._elect(list(self.hopeful))
        while not done:
            surplus = self._iterate()
            self._note()
            reached = [option for option in self.hopeful if self.votes[option] >= self.quota]
            if reached:
                self._elect(reached)
            else:
                self._exclude(surplus)
            done = self._filled()
        winners = tuple(option for place in self.elected for option in place)
        rest = by_score({option: Decimal(self.votes[option]) for option in self.hopeful})
        return Course(winners, (*self.elected, *rest, *reversed(self.out)), tuple(self.rounds))

    def _paths(self) -> Counter[Strict]:
        """What matters of each ballot now: its elected options up to its first hopeful one."""
        paths: Counter[Strict] = Counter()
        for count, rankings in self.pile.items():
            for ranking in rankings:
                path: list[int] = []
                for option in ranking:
                    if option in self.keep and option not in path:
                        path.append(option)
                        if option in self.hopeful:
                            break
                paths[tuple(path)] += count
        return paths

    def _distribute(self, paths: Counter[Strict]) -> None:
        votes = dict.fromkeys(self.keep, 0)
        for path, count in paths.items():
            left = UNIT
            for option in path:
                kept = -(-left * self.keep[option] // UNIT)
                votes[option] += kept * count
                left -= kept
                if not left:
                    break
        self.votes = votes
        self.quota = sum(votes.values()) // (self.seats + 1) + 1

    def _iterate(self) -> int:
        """Adjust the shares until somebody is elected or the surplus gone; what is left of it."""
        paths, before = self._paths(), None
        while True:
            self._distribute(paths)
            elected = [option for option in self.keep if option not in self.hopeful]
            surplus = max(0, sum(self.votes[option] - self.quota for option in elected))
            if any(self.votes[option] >= self.quota for option in self.hopeful):
                return surplus
            if surplus < OMEGA or (before is not None and surplus >= before):
                return surplus
            before = surplus
            for option in elected:
                due = -(-self.keep[option] * self.quota // UNIT)
                self.keep[option] = -(-due * UNIT // self.votes[option])

    def _note(self) -> None:
        exhausted = self.cast * UNIT - sum(self.votes.values())
        votes = {option: _decimal(self.votes[option]) for option in self.votes}
        kept = {o: _decimal(share) for o, share in self.keep.items() if o not in self.hopeful}
        quota = _decimal(self.quota)
        self.rounds.append(Round(votes, _decimal(exhausted), quota=quota, kept=kept))

    def _elect(self, reached: list[int]) -> None:
        places = by_score({option: Decimal(self.votes[option]) for option in reached})
        also = tuple(option for place in places for option in place)
        self.rounds[-1] = replace(self.rounds[-1], elected=(*self.rounds[-1].elected, *also))
        self.elected += places
        for option in reached:
            del self.hopeful[option]

    def _filled(self) -> bool:
        """Whether all seats are filled; the last ones by all who are left, if they are no more."""
        vacancies = self.seats - sum(len(place) for place in self.elected)
        if vacancies and len(self.hopeful) <= vacancies:
            self._elect(list(self.hopeful))
            return True
        return not vacancies

    def _exclude(self, surplus: int) -> None:
        fewest = min(self.votes[option] for option in self.hopeful)
        margin = max(surplus, OMEGA) + weight(self.pile)
        tied = [option for option in self.hopeful if self.votes[option] <= fewest + margin]
        vacancies = self.seats - sum(len(place) for place in self.elected)
        voteless = not any(self.votes[option] for option in tied)
        if voteless and len(self.hopeful) - len(tied) >= vacancies:
            going = tuple(tied)
        else:
            going = (self.choice.last(tied, len(self.rounds), self._state),)
        self.rounds[-1] = replace(self.rounds[-1], excluded=going)
        self.out.append(going)
        for option in going:
            del self.hopeful[option], self.keep[option]

    def _state(self) -> State:
        """Who is elected and who is in it: the shares follow from that, but for roundings."""
        return State((tuple(self.elected), frozenset(self.hopeful)), tuple(reversed(self.out)))


def _decimal(units: int) -> Decimal:
    return Decimal(units).scaleb(-PLACES)


METHOD = Method(ORDER, by_order(tally), several=True, blt=True)
