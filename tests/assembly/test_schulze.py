"""Schulze: the examples of the paper, ties, and a comparison with paths found one by one."""

from __future__ import annotations

from itertools import pairwise as steps
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ranked import ballots, check_fairness, letters, order, profiles

from assembly.count import Tie
from assembly.pairwise import beats_all, pairwise
from assembly.ranked_pairs import tally as ranked_pairs
from assembly.ranking import Ballots
from assembly.schulze import strongest_paths, tally

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
    assert count.pairwise == matrix(
        "- 20 26 30 22\n25 - 16 33 18\n19 29 - 17 24\n15 12 28 - 14\n23 27 21 31 -"
    )
    assert strongest_paths(count.pairwise) == matrix(
        "- 28 28 30 24\n25 - 28 33 24\n25 29 - 29 24\n25 28 28 - 24\n25 28 28 31 -"
    )


@pytest.mark.parametrize(
    ("lines", "seats", "winners", "expected_order"),
    [
        # Wikipedia's capital of Tennessee: Nashville is ahead of each other
        (("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA"), 1, "B", "B C D A"),
        (("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA"), 2, "BC", "B C D A"),
        (FORTY_FIVE, 3, "EAC", "E A C B D"),
        # a circle: A over B 14, B over C 15, C over A 13; the weakest gives way
        (("8 ABC", "7 BCA", "6 CAB"), 1, "A", "A B C"),
        # a circle of equals
        (("1 ABC", "1 BCA", "1 CAB"), 1, "ABC", "ABC"),
        (("1 A=BC",), 1, "AB", "AB C"),
        (("3 A", "2 B"), 1, "A", "A B"),
        (("1 A=B=C",), 1, "ABC", "ABC"),
    ],
)
def test_examples(lines: tuple[str, ...], seats: int, winners: str, expected_order: str) -> None:
    count = tally(ballots(*lines), seats)
    assert (letters(count.winners), order(count)) == (winners, expected_order)


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


def test_no_ballots_have_no_winner() -> None:
    count = tally(Ballots(("one", "two"), {(): 3}), 1)
    assert (count.winners, count.reason.kind, order(count)) == ((), "no_ballots", "AB")


MANY = profiles(st.integers(2, 5), equal=True)


@settings(deadline=None)
@given(MANY, st.permutations(range(5)), st.integers(1, 3))
def test_nothing_depends_on_order_grouping_or_names(
    profile: Ballots, new: list[int], seats: int
) -> None:
    labels = [label for label in new if label < len(profile.options)]
    check_fairness(profile, labels, lambda given_: tally(given_, seats))


@settings(deadline=None)
@given(MANY)
def test_who_is_ahead_of_each_other_wins(profile: Ballots) -> None:
    ahead = beats_all(pairwise(profile))
    if ahead is not None and any(profile.rankings):
        assert tally(profile, 1).winners == (ahead,)


@settings(deadline=None)
@given(profiles(st.just(3), equal=True))
def test_three_options_are_counted_as_by_ranked_pairs(profile: Ballots) -> None:
    assert set(tally(profile, 1).winners) == set(ranked_pairs(profile, 1).winners)


@settings(deadline=None)
@given(MANY)
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


@settings(deadline=None)
@given(MANY)
def test_majorities_against_every_ballot_for_itself(profile: Ballots) -> None:
    found = pairwise(profile)
    places = {
        ranking: {
            option: at
            for at, place in enumerate(ranking)
            for option in (place if isinstance(place, tuple) else (place,))
        }
        for ranking in profile.rankings
    }
    last = len(profile.options)
    for one, other in permutations(range(last), 2):
        expected = sum(
            weight
            for ranking, weight in profile.rankings.items()
            if places[ranking].get(one, last) < places[ranking].get(other, last)
        )
        assert found[one][other] == expected
