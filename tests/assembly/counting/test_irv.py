"""Instant runoff: published examples, every kind of tie, and a second counting from scratch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import (
    ballots,
    check_conservation,
    check_fairness,
    letters,
    order,
    profiles,
    votes,
)

from assembly.count import Counting, Tie
from assembly.counting.irv import tally
from assembly.ranking import Ballots, EqualRanks, Ranking

# Wikipedia, "Instant-runoff voting": the capital of Tennessee, as Memphis, Nashville,
# Chattanooga and Knoxville.
TENNESSEE = ("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA")


def test_the_capital_of_tennessee() -> None:
    count = tally(ballots(*TENNESSEE))
    assert letters(count.winners) == "D"
    assert order(count) == "D A B C"
    assert [votes(round_.votes) for round_ in count.rounds] == [
        {"A": "42", "B": "26", "C": "15", "D": "17"},
        {"A": "42", "B": "26", "D": "32"},
        {"A": "42", "D": "58"},
    ]
    assert [letters(round_.excluded) for round_ in count.rounds] == ["C", "B", ""]
    assert (count.reason.kind, count.reason.votes, count.reason.of) == ("majority", 58, 100)
    assert count.quota is None and count.pairwise is None and count.ties == ()


@pytest.mark.parametrize(
    ("lines", "winners", "expected_order", "rounds"),
    [
        (("6 A", "4 B"), "A", "A B", 1),
        (("5 A", "4 B", "3 CB"), "B", "B A C", 2),
        # the exhausted ballots of C leave A with more than half of what still counts
        (("5 A", "4 B", "3 C"), "A", "A B C", 2),
        # two without any vote go together, though nothing tells them apart
        (("5 A", "4 B", "2 EB"), "B", "B A E CD", 3),
        # C and D together have fewer than B: whichever goes first, the other follows
        (("9 A", "8 B", "2 CB", "2 DB"), "B", "B A CD", 2),
    ],
)
def test_rounds(lines: tuple[str, ...], winners: str, expected_order: str, rounds: int) -> None:
    count = tally(ballots(*lines))
    assert (letters(count.winners), order(count)) == (winners, expected_order)
    assert len(count.rounds) == rounds and count.ties == ()


def test_a_tie_for_the_fewest_goes_by_the_most_recent_round_that_differs() -> None:
    # Round 2: B (3 + 2) and C (5) tie; in round 1 B had fewer, so B goes and A wins.
    count = tally(ballots("6 A", "3 BA", "5 C", "2 DB"))
    assert [letters(round_.excluded) for round_ in count.rounds] == ["D", "B", ""]
    assert count.ties == (Tie((1, 2), "earlier_round", 2, 1),)
    assert letters(count.winners) == "A"


def test_a_tie_that_nothing_breaks_is_told_with_all_who_could_win() -> None:
    count = tally(ballots("5 A", "5 B"))
    assert letters(count.winners) == "AB" and order(count) == "AB"
    assert count.reason.kind == "tied"
    assert count.ties == (Tie((0, 1), "nothing", 1),)
    assert [letters(round_.excluded) for round_ in count.rounds] == [""]


def test_the_count_stops_at_the_tie_that_matters() -> None:
    # If B goes first its ballots make C win; if C goes first, its ballots make A win.
    count = tally(ballots("4 A", "3 BC", "3 CA"))
    assert letters(count.winners) == "AC" and order(count) == "ABC"
    assert count.ties == (Tie((1, 2), "nothing", 1),)
    assert len(count.rounds) == 1 and count.rounds[0].excluded == ()


def test_a_tie_that_changes_nothing_is_said_to() -> None:
    # B and C tie, and are not together behind A; but A wins whichever goes.
    count = tally(ballots("5 A", "3 BA", "3 CA"))
    assert letters(count.winners) == "A" and order(count) == "A BC"
    assert count.ties == (Tie((1, 2), "either_way", 1),)


def test_an_order_drawn_decides_and_is_told() -> None:
    given_ = ballots("4 A", "3 BC", "3 CA")
    first = tally(given_, drawn=(0, 1, 2))
    assert letters(first.winners) == "A"
    assert first.ties == (Tie((1, 2), "drawn", 1),)
    assert first.rounds[0].excluded == (2,)
    other = tally(given_, drawn=(2, 1, 0))
    assert other.rounds[0].excluded == (1,)
    assert letters(other.winners) == "C"


def test_more_ways_than_can_be_followed_are_told_as_undecided() -> None:
    everyone = [f"1 {letter}" for letter in "ABCDEFGH"]
    count = tally(ballots(*everyone))
    assert letters(count.winners) == "ABCDEFGH" and order(count) == "ABCDEFGH"
    assert count.reason.kind == "tied" and count.ties[-1].decided_by == "nothing"


def test_withdrawn_options_are_passed_over_and_blank_ballots_are_exhausted() -> None:
    count = tally(ballots("3 AB", "2 B", "4 C", "1 A", "2 ", withdrawn="A"))
    assert votes(count.rounds[0].votes) == {"B": "5", "C": "4"}
    assert count.rounds[0].exhausted == 3
    assert order(count) == "B C"


def test_no_ballots_have_no_winner() -> None:
    nothing: tuple[dict[Ranking, int], ...] = ({}, {(): 3})
    for cast in nothing:
        count = tally(Ballots(("one", "two"), cast))
        assert (count.winners, count.reason.kind, order(count)) == ((), "no_ballots", "AB")


def test_equal_ranks_are_refused() -> None:
    with pytest.raises(EqualRanks) as refused:
        tally(ballots("3 AB=C"))
    assert refused.value.options == (1, 2)
    assert letters(tally(ballots("3 AB=C", withdrawn="C")).winners) == "A"


@settings(deadline=None)
@given(profiles(), st.permutations(range(5)))
def test_nothing_depends_on_order_grouping_or_names(profile: Ballots, new: list[int]) -> None:
    check_fairness(profile, new, tally)
    check_conservation(tally(profile), profile.cast)


@settings(deadline=None)
@given(profiles())
def test_more_than_half_of_the_first_preferences_win(profile: Ballots) -> None:
    firsts = [0] * len(profile.options)
    for ranking, weight in profile.rankings.items():
        if ranking and isinstance(ranking[0], int):
            firsts[ranking[0]] += weight
    if 2 * max(firsts) > sum(firsts):
        assert tally(profile).winners == (firsts.index(max(firsts)),)


def _naive(profile: Ballots) -> set[int]:
    """All possible winners, one exclusion at a time, with every tie taken every way."""

    def winners(gone: frozenset[int], history: tuple[tuple[int, ...], ...]) -> set[int]:
        counts = [0] * len(profile.options)
        for ranking, weight in profile.rankings.items():
            left = [option for option in ranking if option not in gone]
            if left and isinstance(left[0], int):
                counts[left[0]] += weight
        standing = [option for option in range(len(counts)) if option not in gone]
        for option in standing:
            if 2 * counts[option] > sum(counts):
                return {option}
        tied = [o for o in standing if counts[o] == min(counts[s] for s in standing)]
        for earlier in reversed(history):
            tied = [o for o in tied if earlier[o] == min(earlier[t] for t in tied)]
        deeper = (*history, tuple(counts))
        return set().union(*(winners(gone | {option}, deeper) for option in tied))

    return winners(frozenset(), ())


@settings(deadline=None, max_examples=200)
@given(profiles(st.integers(2, 4)))
def test_against_a_counting_from_scratch(profile: Ballots) -> None:
    count = tally(profile)
    assert count.method is Counting.IRV
    if count.reason.kind != "no_ballots":
        assert set(count.winners) == _naive(profile)
