"""Ranked ballots, grouped: each distinct ranking once, with the number of ballots that say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import chain
from typing import cast

from assembly.immutable import immutable

Place = int | tuple[int, ...]
"""One option by its number, or several options that share a place."""

Ranking = tuple[Place, ...]
"""The places of one ballot, best first. Options that stand in none rank last together."""

Strict = tuple[int, ...]
"""A ranking in which nobody shares a place."""

Pile = dict[int, list[Strict]]
"""Distinct rankings by their weight: all in one list have the same number of ballots."""


class EqualRanks(Exception):
    """A ballot ranks options equally, and the method counts one option after the other."""

    def __init__(self, options: tuple[int, ...]) -> None:
        super().__init__(f"options {options} share a place")
        self.options = options


@immutable
class Ballots:
    """What was cast: the options' names, and how many ballots (1 or more) each ranking has.

    Options are known by their number, from 0. `withdrawn` ones may stand on ballots, but are
    passed over. `shared` are the places that options share on some ballot. Memory is linear in
    the distinct rankings, whatever their number of ballots. An option that a ballot names again
    counts where it stands first. Raises ValueError for an unknown option, on a ballot or
    withdrawn.
    """

    options: tuple[str, ...]
    rankings: Mapping[Ranking, int]
    withdrawn: frozenset[int] = frozenset()
    shared: frozenset[tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        places = set(chain.from_iterable(self.rankings))
        named = {option for place in places for option in members(place)} | self.withdrawn
        if not named <= set(range(len(self.options))):
            raise ValueError(f"unknown options: {sorted(named - set(range(len(self.options))))}")
        shared = frozenset(place for place in places if isinstance(place, tuple))
        object.__setattr__(self, "shared", shared)

    @property
    def standing(self) -> tuple[int, ...]:
        """The options that can be chosen, in the order in which they were put."""
        return tuple(n for n in range(len(self.options)) if n not in self.withdrawn)

    @property
    def cast(self) -> int:
        """The number of ballots, blank ones included."""
        return sum(self.rankings.values())


def named(ballots: Ballots) -> frozenset[int]:
    """The options that some ballot names, in whatever place."""
    places = chain.from_iterable(ballots.rankings)
    return frozenset(option for place in places for option in members(place))


def group(
    options: Iterable[str], rankings: Iterable[Ranking], withdrawn: Iterable[int] = ()
) -> Ballots:
    """Group single ballots by what they say. Raises ValueError as Ballots does."""
    return Ballots(tuple(options), Counter(rankings), frozenset(withdrawn))


def members(place: Place) -> tuple[int, ...]:
    """The options at one place of a ranking."""
    return place if isinstance(place, tuple) else (place,)


def without_withdrawn(ballots: Ballots) -> Mapping[Ranking, int]:
    """The rankings of the options that stand; those that become the same are one."""
    if not ballots.withdrawn:
        return ballots.rankings
    kept: Counter[Ranking] = Counter()
    for ranking, weight in ballots.rankings.items():
        places: list[Place] = []
        for place in ranking:
            left = tuple(option for option in members(place) if option not in ballots.withdrawn)
            if left:
                places.append(left if len(left) > 1 else left[0])
        kept[tuple(places)] += weight
    return kept


def blank(ballots: Ballots) -> int:
    """The number of ballots that name no option that stands."""
    return without_withdrawn(ballots).get((), 0)


def strict(ballots: Ballots) -> Pile:
    """The rankings of the options that stand, for methods that follow one option after the other.

    Blank ballots are left out. Raises EqualRanks where options that stand share a place.
    """
    for place in ballots.shared:
        left = tuple(option for option in place if option not in ballots.withdrawn)
        if len(left) > 1:
            raise EqualRanks(left)
    pile: dict[int, list[Ranking]] = {}
    for ranking, count in without_withdrawn(ballots).items():
        if ranking:
            if count in pile:
                pile[count].append(ranking)
            else:
                pile[count] = [ranking]
    return cast("Pile", pile)


def by_next(pile: Pile, standing: Iterable[int]) -> dict[int, Pile]:
    """Sort a pile by the first option on each ballot that is still standing; leave out the rest."""
    found: dict[int, Pile] = {option: {} for option in standing}
    for count, rankings in pile.items():
        lists: dict[int, list[Strict]] = {option: [] for option in found}
        put = {option: lists[option].append for option in lists}
        for ranking in rankings:
            for option in ranking:
                if option in put:
                    put[option](ranking)
                    break
        for option, moved in lists.items():
            if moved:
                found[option][count] = moved
    return found


def join(pile: Pile, more: Pile) -> None:
    """Put another pile on top of a pile."""
    for count, rankings in more.items():
        if count in pile:
            pile[count] += rankings
        else:
            pile[count] = rankings


def effort(pile: Pile, standing: Sequence[int]) -> int:
    """About how many steps a count by rounds takes: all ballots move, each round looks at all."""
    return sum(len(rankings) for rankings in pile.values()) + 4 * len(standing) ** 2


def weight(pile: Pile) -> int:
    """The number of ballots in a pile."""
    return sum(count * len(rankings) for count, rankings in pile.items())
