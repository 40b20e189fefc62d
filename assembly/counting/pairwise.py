"""Every option against every other: how many ballots put the one before the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from assembly.count import Order, Pairwise
from assembly.ranking import Ballots, members, without_withdrawn

Majority = tuple[int, int]
"""The option that more ballots put first, and the other."""


def pairwise(ballots: Ballots) -> dict[int, dict[int, int]]:
    """For each two options that stand, the ballots that put the first before the second.

    Options in one place of a ballot are not put before each other; those that stand in none rank
    last together. An option against itself has no entry.
    """
    standing = ballots.standing
    matrix = {option: dict.fromkeys(standing, 0) for option in standing}
    for ranking, count in without_withdrawn(ballots).items():
        below = set(standing)
        for place in ranking:
            options = [option for option in members(place) if option in below]
            below.difference_update(options)
            for option in options:
                row = matrix[option]
                for other in below:
                    row[other] += count
    for option in standing:
        del matrix[option][option]
    return matrix


def majorities(matrix: Pairwise) -> list[list[Majority]]:
    """The majorities, the strongest first; equally strong ones together."""
    found = [
        (row[other], (one, other))
        for one, row in matrix.items()
        for other in row
        if row[other] > matrix[other][one]
    ]
    found.sort(key=lambda entry: -entry[0])
    return [[pair for _, pair in group] for _, group in groupby(found, key=lambda e: e[0])]


def beats_all(matrix: Pairwise) -> int | None:
    """The option that more ballots put before each other one than after it, if there is one.

    Source: Condorcet, Essai sur l'application de l'analyse (1785).
    """
    for option, row in matrix.items():
        if all(row[other] > matrix[other][option] for other in row):
            return option
    return None


class Reach:
    """Which option leads to which, along the pairs that were added one by one.

    The sets of options are the bits of whole numbers, so that the square of the options bounds the
    time, whatever the pairs.

    Source: Italiano, Amortized efficiency of a path retrieval data structure, Theoretical Computer
    Science 48 (1986).
    """

    def __init__(self, options: Sequence[int]) -> None:
        self.options = tuple(options)
        self._place = {option: index for index, option in enumerate(self.options)}
        self._reaches = [1 << index for index in range(len(self.options))]
        self._reached_by = list(self._reaches)

    def leads(self, first: int, second: int) -> bool:
        """Whether there is a way from the first to the second; each option leads to itself."""
        return bool(self._reaches[self._place[first]] >> self._place[second] & 1)

    def add(self, first: int, second: int) -> list[Majority]:
        """Let the first lead to the second; hands back all pairs that had no way before."""
        a, b, new = self._place[first], self._place[second], list[Majority]()
        for start in _bits(self._reached_by[a] & ~self._reached_by[b]):
            found = self._reaches[b] & ~self._reaches[start]
            self._reaches[start] |= found
            for end in _bits(found):
                self._reached_by[end] |= 1 << start
                new.append((self.options[start], self.options[end]))
        return new

    def below(self) -> dict[int, set[int]]:
        """For each option all others that it leads to."""
        return {
            option: {self.options[index] for index in _bits(found & ~(1 << at))}
            for at, (option, found) in enumerate(zip(self.options, self._reaches, strict=True))
        }

    def key(self) -> tuple[int, ...]:
        """The same for the same ways, whatever pairs they come from."""
        return tuple(self._reaches)


def _bits(members: int) -> Iterator[int]:
    while members:
        last = members & -members
        yield last.bit_length() - 1
        members ^= last


def layers(options: Sequence[int], better: Mapping[int, set[int]]) -> Order:
    """Places from a relation without cycles: first all than whom none is better, and so on.

    `better` has, for each option, those it is better than.
    """
    left, places = sorted(options), []
    while left:
        worse = set().union(*(better[option] for option in left))
        place = tuple(option for option in left if option not in worse)
        places.append(place)
        left = [option for option in left if option in worse]
    return tuple(places)
