"""What Borda, approval and plurality share: one round, in which the most points win."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import ballots, check_fairness, letters, order, profiles, votes

from assembly.count import Count, Tie
from assembly.counting import approval, borda, plurality
from assembly.ranking import Ballots, Ranking

Tally = Callable[[Ballots, int], Count]


@pytest.mark.parametrize("tally", [borda.tally, approval.tally, plurality.tally])
def test_the_most_win_and_a_tie_for_the_last_seat_is_told(tally: Tally) -> None:
    given_ = ballots("3 A", "2 B", "2 C", "1 ")
    one, two, three = (tally(given_, seats) for seats in (1, 2, 3))
    assert letters(one.winners) == "A" and order(one) == "A BC" and one.ties == ()
    assert (one.reason.kind, one.reason.of) == ("most", 7)
    assert letters(two.winners) == "ABC" and two.reason.kind == "tied"
    assert two.ties == (Tie((1, 2), "nothing"),) and letters(two.rounds[0].elected) == "A"
    assert letters(three.winners) == "ABC" and three.ties == ()
    assert all(count.rounds[0].exhausted == 1 for count in (one, two, three))


@pytest.mark.parametrize("tally", [borda.tally, approval.tally, plurality.tally])
def test_an_order_drawn_decides_the_last_seat(
    tally: Callable[[Ballots, int, tuple[int, ...]], Count],
) -> None:
    count = tally(ballots("3 A", "2 B", "2 C"), 2, (2, 1, 0))
    assert letters(count.winners) == "AC" and order(count) == "A C B"
    assert count.ties == (Tie((1, 2), "drawn"),)


@pytest.mark.parametrize("tally", [borda.tally, approval.tally, plurality.tally])
def test_no_ballots_have_no_winner(tally: Tally) -> None:
    nothing: tuple[dict[Ranking, int], ...] = ({}, {(): 3})
    for cast in nothing:
        count = tally(Ballots(("one", "two"), cast), 1)
        assert (count.winners, count.reason.kind) == ((), "no_ballots")


@pytest.mark.parametrize("tally", [borda.tally, approval.tally, plurality.tally])
def test_withdrawn_options_are_passed_over(tally: Tally) -> None:
    count = tally(ballots("3 AB", "2 C", "1 A=C", withdrawn="A"), 1)
    assert set(votes(count.rounds[0].votes)) == {"B", "C"}
    assert order(count) in ("BC", "B C")


MANY = profiles(equal=True)


@settings(deadline=None)
@given(MANY, st.permutations(range(5)), st.integers(1, 3))
def test_nothing_depends_on_order_grouping_or_names(
    profile: Ballots, new: list[int], seats: int
) -> None:
    check_fairness(profile, new, lambda given_: borda.tally(given_, seats))
    check_fairness(profile, new, lambda given_: approval.tally(given_, seats))
