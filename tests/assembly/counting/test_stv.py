"""What holds for both ways to fill several seats: Meek's and the Scottish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import among, ballots, check_conservation, check_fairness, profiles
from kit.written_polls import poll

from assembly.count import Count
from assembly.counting import stv_meek, stv_scottish, ways
from assembly.deciding import decide
from assembly.ranking import Ballots, EqualRanks
from assembly.rule import DecisionMethod, Rule

Tally = Callable[..., Count]
SEATS = st.integers(1, 4)

each_way = pytest.mark.parametrize(
    "tally", [stv_meek.tally, stv_scottish.tally], ids=["meek", "scottish"]
)


@pytest.mark.parametrize("method", [DecisionMethod.STV_MEEK, DecisionMethod.STV_SCOTTISH])
def test_a_question_seats_nobody_whom_nobody_named(method: DecisionMethod) -> None:
    rule = Rule(method, ("A", "B", "C", "D"), seats=3)
    assert set(decide(rule, poll(rule, "4 0 2 20", drawn=(3, 2, 1, 0))).winners) == {0, 2}
    first = replace(rule, edition=1)
    assert len(decide(first, poll(first, "4 0 2 20", drawn=(3, 2, 1, 0))).winners) == 3


@each_way
def test_equal_ranks_are_refused(tally: Tally) -> None:
    with pytest.raises(EqualRanks):
        tally(ballots("3 A=B"), 1)


@each_way
@settings(deadline=None)
@given(profile=profiles(), seats=SEATS, new=st.permutations(range(5)))
def test_nothing_depends_on_order_grouping_or_names(
    tally: Tally, profile: Ballots, seats: int, new: list[int]
) -> None:
    check_fairness(profile, new, lambda given_: tally(given_, seats))


@each_way
@settings(deadline=None)
@given(profile=profiles(), seats=SEATS, drawn=st.permutations(range(5)))
def test_seats_quota_and_votes(
    tally: Tally, profile: Ballots, seats: int, drawn: list[int]
) -> None:
    count = tally(profile, seats, among(profile, drawn))
    if count.reason.kind == "no_ballots":
        return
    assert len(count.winners) == min(seats, len(profile.options))
    check_conservation(count, profile.cast)
    for round_ in count.rounds:
        quota = count.quota if round_.quota is None else round_.quota  # Meek's falls
        assert quota is not None
        assert quota * (seats + 1) > sum(round_.votes.values())
        for option, standing in round_.votes.items():
            if standing >= quota:
                assert option in count.winners
    assert set(count.winners) <= set(tally(profile, seats).winners)


@each_way
def test_whoever_gets_in_because_another_loses_an_open_tie_is_not_elected(tally: Tally) -> None:
    count = tally(ballots("20 A", "3 B", "3 C"), 2)
    assert set(count.winners) == {0, 1, 2}
    assert [round_.elected for round_ in count.rounds] == [(0,), ()]


@each_way
def test_nor_is_it_where_there_are_too_many_ties(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "WAYS", 10)
    count = tally(ballots("20 A", *(f"1 {letter}" for letter in "BCDEFGHIJKLM")), 12)
    assert count.ties[-1].decided_by == "too_many"
    assert count.winners == (0,)


@each_way
@settings(deadline=None)
@given(profiles(), SEATS, st.permutations(range(5)))
def test_whom_a_round_elects_wins_however_the_lot_falls(
    tally: Tally, profile: Ballots, seats: int, numbers: list[int]
) -> None:
    drawn = among(profile, numbers)
    elected = {option for round_ in tally(profile, seats).rounds for option in round_.elected}
    assert elected <= set(tally(profile, seats, drawn).winners)
