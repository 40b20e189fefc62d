"""Schulze: the examples of the paper, ties, and a comparison with paths found one by one."""

from __future__ import annotations

from itertools import pairwise as steps
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import ballots, letters, order, profiles

from assembly.count import Tie
from assembly.counting.pairwise import pairwise
from assembly.counting.ranked_pairs import tally as ranked_pairs
from assembly.counting.schulze import strongest_paths, tally
from assembly.ranking import Ballots, group

# Schulze, "A new monotonic, clone-independent, ... method" (2011), and in Wikipedia's article.
FORTY_FIVE = (
    "5 ACBED",
    "5 ADECB",
    "8 BEDAC",
    "3 CABED",
    "7 CAEBD",
    "2 CBADE",
    "7 DCEBA",
    "8 EBADC",
)


def matrix(text: str) -> dict[int, dict[int, int]]:
    rows = [line.split() for line in text.strip().split("\n")]
    return {
        a: {b: int(cell) for b, cell in enumerate(row) if cell != "-"} for a, row in enumerate(rows)
    }


def test_forty_five_voters() -> None:
    count = tally(ballots(*FORTY_FIVE), 1)
    assert letters(count.winners) == "E" and order(count) == "E A C B D"
    assert count.reason.kind == "strongest_paths"
    assert letters(tally(ballots(*FORTY_FIVE), 3).winners) == "EAC"
    assert count.pairwise == matrix(
        "- 20 26 30 22\n25 - 16 33 18\n19 29 - 17 24\n15 12 28 - 14\n23 27 21 31 -"
    )
    assert strongest_paths(count.pairwise) == matrix(
        "- 28 28 30 24\n25 - 28 33 24\n25 29 - 29 24\n25 28 28 - 24\n25 28 28 31 -"
    )


def test_a_tie_is_told_or_drawn() -> None:
    circle = ballots("1 ABC", "1 BCA", "1 CAB")
    count = tally(circle, 1)
    assert count.reason.kind == "tied" and count.ties == (Tie((0, 1, 2), "nothing"),)
    drawn = tally(circle, 1, drawn=(1, 2, 0))
    assert letters(drawn.winners) == "B" and order(drawn) == "B AC"
    assert drawn.ties == (Tie((0, 1, 2), "drawn"),)


def test_withdrawn_options_are_left_out() -> None:
    count = tally(ballots("3 AB", "2 B", "1 ", withdrawn="A"), 1)
    assert order(count) == "B" and count.pairwise == {1: {}}


@settings(deadline=None)
@given(profiles(st.just(3), equal=True))
def test_three_options_are_counted_as_by_ranked_pairs(profile: Ballots) -> None:
    assert set(tally(profile, 1).winners) == set(ranked_pairs(profile, 1).winners)


@settings(deadline=None)
@given(profiles(equal=True))
def test_paths_against_all_paths_one_by_one(profile: Ballots) -> None:
    wins = pairwise(profile)
    everyone = list(wins)
    for one, other in permutations(everyone, 2):
        between = [option for option in everyone if option not in (one, other)]
        strongest = 0
        for length in range(len(between) + 1):
            for middle in permutations(between, length):
                path = [one, *middle, other]
                links = [wins[a][b] if wins[a][b] > wins[b][a] else 0 for a, b in steps(path)]
                strongest = max(strongest, min(links))
        assert strongest_paths(wins)[one][other] == strongest


def test_three_hundred_options_on_a_ring_are_all_level() -> None:
    options = range(300)
    ring = [tuple((first + step) % 300 for step in options) for first in options]
    count = tally(group([str(option) for option in options], ring), 1)
    assert count.winners == tuple(options) and count.reason.kind == "tied"
    assert set(strongest_paths(count.pairwise or {})[0].values()) == {299}
