"""Every option against every other: how many ballots put the one before the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
