"""Every way in which the ties of a count can fall, put together.

The count is run once for every way. Where all ways have the same winners, the tie was none;
otherwise everybody who could win is told. Ways that lead to the same state of the count are
followed once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace

from assembly.count import DecidedBy, Order, Reason, Tie
from assembly.counting.ties import Choice, Course, Fork, NewFork, TooManyTies

WAYS = 20_000
"""So many turns are followed at most."""

EFFORT = 20_000_000
"""What all turns may cost together, in steps of a count: some seconds, whatever the machine."""

_WORTHWHILE = 10  # turns; where fewer could be followed, none is


class _TooMany(Exception):
    """More turns than are followed."""


def every_way(run: Callable[[Choice], Course], drawn: Sequence[int] | None, cost: int) -> Course:
    """Run a count for every way its ties can fall, and put the ways together.

    With an order drawn there is but one way. `run` appends to the choice's `ties` those that were
    decided, and must count the same for the same choices. In the result `winners` are all who win
    in some way, `undecided` those of them who don't in every way, `order` ranks only what every way
    agrees on, and `rounds` end at the tie that matters. `cost` is about how many steps one count
    takes: with more turns than WAYS, or than EFFORT allows, the ties are too many to follow, and
    the winners are those elected before the first.
    """
    turns = min(WAYS, EFFORT // cost)
    if drawn is None and turns < _WORTHWHILE:
        return _first_way(run)
    choice = Choice(drawn)
    try:
        course = run(choice)
    except TooManyTies as many:
        return _given_up(many.fork)
    base = replace(course, ties=(*choice.ties, *course.ties))
    if not choice.forks:
        return base
    ways = _Ways(run, turns)
    try:
        root = ways.follow(())
    except _TooMany:
        return _cut_short(base, choice.forks[0])
    return _merge(base, choice.forks, ways, root)


@dataclass(slots=True)
class _Node:
    """A fork in some state, and what each of its alternatives leads to."""

    fork: Fork
    turns: list[Course | Hashable] = field(default_factory=list)


class _Ways:
    """All ways of a count, as a graph: each state in which it comes to a fork is there once."""

    def __init__(self, run: Callable[[Choice], Course], turns: int) -> None:
        self._run = run
        self._left = turns
        self.nodes: dict[Hashable, _Node] = {}
        self.courses: list[Course] = []
        self.other_ends: list[Order] = []

    def follow(self, script: tuple[int, ...]) -> Course | Hashable:
        """The end of the count after these turns, or the key of its next fork."""
        self._left -= 1
        if self._left < 0:
            raise _TooMany
        try:
            course = self._run(Choice(None, script, stops=True))
        except NewFork as new:
            key = new.state.key
            if key in self.nodes:
                self.other_ends.append(new.state.last_places)
                return key
            node = self.nodes[key] = _Node(new.fork)
            for turn in range(new.fork.alternatives):
                node.turns.append(self.follow((*script, turn)))
            return key
        self.courses.append(course)
        return course

    def winners(self, end: Course | Hashable) -> frozenset[frozenset[int]]:
        """The sets of winners to which a turn can lead."""
        found: dict[Hashable, frozenset[frozenset[int]]] = {}

        def of(end: Course | Hashable) -> frozenset[frozenset[int]]:
            if isinstance(end, Course):
                return frozenset({frozenset(end.winners)})
            if end not in found:
                found[end] = frozenset().union(*(of(turn) for turn in self.nodes[end].turns))
            return found[end]

        return of(end)

    def order(self) -> Order:
        """The places on which all ways agree.

        A place ends where every way has the same options up to there.
        """
        agreed = set.intersection(*(_tops(course.order) for course in self.courses))
        everybody = max(agreed, key=len)
        for last_places in self.other_ends:
            below = frozenset(option for place in last_places for option in place)
            tops = _tops((tuple(everybody - below), *last_places))
            agreed = {top for top in agreed if top < everybody - below or top in tops}
        places, before = [], frozenset[int]()
        for top in sorted(agreed, key=len):
            places.append(tuple(sorted(top - before)))
            before = top
        return tuple(places)


def _tops(order: Order) -> set[frozenset[int]]:
    tops, so_far = set(), frozenset[int]()
    for place in order:
        so_far |= frozenset(place)
        tops.add(so_far)
    return tops


def _merge(base: Course, forks: list[Fork], ways: _Ways, root: Course | Hashable) -> Course:
    order, sets = ways.order(), ways.winners(root)
    possible = frozenset().union(*sets)
    winners = tuple(option for place in order for option in place if option in possible)
    sure = set.intersection(*({*each.winners} - {*each.undecided} for each in ways.courses))
    undecided = tuple(option for option in winners if option not in sure)
    base = replace(base, winners=winners, order=order, undecided=undecided)
    harmless, here = list[Tie](), root
    for fork in forks:
        turns = ways.nodes[here].turns
        if len({ways.winners(turn) for turn in turns}) > 1:
            return _until(base, fork, harmless)
        harmless.append(Tie(fork.between, "either_way", fork.round or None))
        here = turns[0]
    return replace(base, ties=(*base.ties, *harmless))


def _first_way(run: Callable[[Choice], Course]) -> Course:
    """A count that no tie stops; at its first tie it is given up."""
    choice = Choice(None, stops=True)
    try:
        course = run(choice)
    except NewFork as new:
        return _given_up(new.fork)
    return replace(course, ties=(*choice.ties, *course.ties))


def _given_up(fork: Fork) -> Course:
    everybody = tuple(sorted({*fork.possible, *fork.between}))
    return Course((), (everybody,), ties=(Tie(fork.between, "too_many", fork.round or None),))


def _until(
    base: Course,
    fork: Fork,
    harmless: Sequence[Tie] = (),
    decided_by: DecidedBy = "nothing",
) -> Course:
    """A count up to the tie that nothing breaks."""
    rounds = base.rounds[: fork.round]
    if rounds:
        last = rounds[-1]  # whoever got in because another went at the tie is not elected yet
        elected = tuple(
            option
            for option in last.elected
            if last.quota is None or last.votes[option] >= last.quota
        )
        last = replace(last, elected=elected, excluded=(), surplus_of=None)
        rounds = (*rounds[:-1], last)
    known = tuple(tie for tie in base.ties if tie.at is not None and tie.at < fork.round)
    ties = (*known, *harmless, Tie(fork.between, decided_by, fork.round or None))
    return replace(base, rounds=rounds, ties=ties)


def _cut_short(base: Course, fork: Fork) -> Course:
    course = _until(base, fork, decided_by="too_many")
    possible = set(course.rounds[-1].votes) if course.rounds else set(fork.possible)
    elected = [option for round_ in course.rounds for option in round_.elected]
    open_ = tuple(sorted(possible - set(elected)))
    out = tuple(tuple(option for option in place if option not in possible) for place in base.order)
    order = (*((option,) for option in elected), open_, *(place for place in out if place))
    return replace(course, winners=tuple(elected), order=order)


def not_settled(course: Course, seats: int) -> Reason | None:
    """Why it is not known who wins, where it isn't."""
    if any(tie.decided_by == "too_many" for tie in course.ties):
        return Reason("too_many_ties")
    return Reason("tied") if len(course.winners) > seats else None
