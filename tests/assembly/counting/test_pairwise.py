"""Majorities between two options each, and what holds for both counts that follow them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import ballots, check_fairness, letters, order, profiles

from assembly.count import Count
from assembly.counting import ranked_pairs, schulze
from assembly.counting.pairwise import beats_all, pairwise
from assembly.ranking import Ballots

Tally = Callable[..., Count]
TENNESSEE = ("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA")
MANY = profiles(equal=True)

each_way = pytest.mark.parametrize(
    "tally", [ranked_pairs.tally, schulze.tally], ids=["ranked pairs", "schulze"]
)


@each_way
@pytest.mark.parametrize(
    ("lines", "seats", "winners", "expected_order"),
    [
        # Wikipedia's capital of Tennessee: Nashville is ahead of each other
        (TENNESSEE, 1, "B", "B C D A"),
        (TENNESSEE, 2, "BC", "B C D A"),
        (TENNESSEE, 3, "BCD", "B C D A"),
        # a circle: A over B 14, B over C 15, C over A 13; the weakest gives way
        (("8 ABC", "7 BCA", "6 CAB"), 1, "A", "A B C"),
        # a circle of equals
        (("1 ABC", "1 BCA", "1 CAB"), 1, "ABC", "ABC"),
        (("1 A=BC",), 1, "AB", "AB C"),
        (("3 A", "2 B"), 1, "A", "A B"),
        (("1 A=B=C",), 1, "ABC", "ABC"),
    ],
)
def test_examples(
    tally: Tally, lines: tuple[str, ...], seats: int, winners: str, expected_order: str
) -> None:
    count = tally(ballots(*lines), seats)
    assert (letters(count.winners), order(count)) == (winners, expected_order)


@each_way
def test_no_ballots_have_no_winner(tally: Tally) -> None:
    count = tally(Ballots(("one", "two"), {(): 3}), 1)
    assert (count.winners, count.reason.kind, order(count)) == ((), "no_ballots", "AB")


@each_way
@settings(deadline=None)
@given(profile=MANY, new=st.permutations(range(5)), seats=st.integers(1, 3))
def test_nothing_depends_on_order_grouping_or_names(
    tally: Tally, profile: Ballots, new: list[int], seats: int
) -> None:
    check_fairness(profile, new, lambda given_: tally(given_, seats))


@each_way
@settings(deadline=None)
@given(profile=MANY)
def test_who_is_ahead_of_each_other_wins(tally: Tally, profile: Ballots) -> None:
    ahead = beats_all(pairwise(profile))
    if ahead is not None and any(profile.rankings):
        assert tally(profile, 1).winners == (ahead,)


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
