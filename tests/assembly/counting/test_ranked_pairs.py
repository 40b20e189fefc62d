"""Ranked pairs: published examples, ties, and a comparison with every order of the majorities."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import among, ballots, letters, order, profiles

from assembly.count import Tie
from assembly.counting import ranked_pairs
from assembly.counting.pairwise import majorities, pairwise
from assembly.counting.ranked_pairs import tally
from assembly.ranking import Ballots, Ranking

# A over B 14, B over C 15, C over A 13 of 21; then in place of B its clones B and D, which no
# ballot sets apart: what Tideman (1987) asks of a rule is that the winner stays.
CIRCLE = ("8 ABC", "7 BCA", "6 CAB")
CLONES = ("8 ABDC", "7 DBCA", "6 CABD")


def test_clones_change_nothing() -> None:
    one, two = tally(ballots(*CIRCLE), 1), tally(ballots(*CLONES), 1)
    assert letters(one.winners) == "A" and one.winners == two.winners
    assert one.reason.kind == "locked"


def test_schulze_and_ranked_pairs_can_differ() -> None:
    # Schulze's 45 ballots: the majorities 33 BD, 31 ED, 30 AD, 29 CB, 28 DC (a circle, left
    # out), 27 EB, 26 AC, 25 BA (a circle), 24 CE, 23 EA (a circle).
    count = tally(
        ballots(
            "5 ACBED", "5 ADECB", "8 BEDAC", "3 CABED", "7 CAEBD", "2 CBADE", "7 DCEBA", "8 EBADC"
        ),
        1,
    )
    assert letters(count.winners) == "A" and order(count) == "A C E B D"


def test_equal_majorities_in_a_circle_are_told_or_drawn() -> None:
    circle = ballots("1 ABC", "1 BCA", "1 CAB")
    count = tally(circle, 1)
    assert letters(count.winners) == "ABC" and order(count) == "ABC"
    assert count.reason.kind == "tied" and count.ties == (Tie((0, 1, 2), "nothing"),)
    drawn = tally(circle, 1, drawn=(2, 0, 1))
    assert letters(drawn.winners) == "C" and order(drawn) == "C A B"
    assert drawn.ties[0].decided_by == "drawn"


def test_more_ways_than_can_be_followed_are_told_as_undecided() -> None:
    n = 7
    wheel: dict[Ranking, int] = {
        tuple((start + step) % n for step in range(n)): 1 for start in range(n)
    }
    count = tally(Ballots(tuple("ABCDEFG"), wheel), 1)
    assert letters(count.winners) == "ABCDEFG" and count.ties[-1].decided_by == "nothing"
    assert letters(tally(Ballots(tuple("ABCDEFG"), wheel), 2).winners) == "ABCDEFG"


@settings(deadline=None)
@given(profiles(equal=True), st.permutations(range(5)))
def test_an_order_drawn_picks_one_of_the_possible_winners(
    profile: Ballots, drawn: list[int]
) -> None:
    [*winners] = tally(profile, 1, among(profile, drawn)).winners
    assert len(winners) == 1 or not any(profile.rankings)
    assert set(winners) <= set(tally(profile, 1).winners)


def _naive(profile: Ballots) -> set[int]:
    """Everybody who is never second in a locked pair, over all orders of equal majorities."""
    groups = [list(permutations(group)) for group in majorities(pairwise(profile))]
    found: set[int] = set()
    for way in product(*groups):
        locked: set[tuple[int, int]] = set()
        for one, other in (pair for group in way for pair in group):
            reached, waiting = {other}, [other]
            while waiting:
                at = waiting.pop()
                new = {b for a, b in locked if a == at} - reached
                reached |= new
                waiting += new
            if one not in reached:
                locked.add((one, other))
        found |= set(range(len(profile.options))) - {b for _, b in locked}
    return found


@settings(deadline=None)
@given(profiles(st.integers(2, 3), equal=True))
def test_against_every_order_of_the_majorities(profile: Ballots) -> None:
    if any(profile.rankings):
        assert set(tally(profile, 1).winners) == _naive(profile)


@settings(deadline=None, max_examples=60)
@given(profiles(st.just(4), complete=True))
def test_four_options_against_every_order(profile: Ballots) -> None:
    sizes = [len(group) for group in majorities(pairwise(profile))]
    if max(sizes, default=0) <= 4:
        assert set(tally(profile, 1).winners) == _naive(profile)


def test_more_circles_than_a_drawn_order_goes_through_are_said_to_be_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranked_pairs, "EFFORT", 50_000)
    options, chance = range(80), Random(7)
    full: dict[Ranking, int] = {tuple(chance.sample(options, 80)): 1 for _ in range(10)}
    count = tally(Ballots(tuple(map(str, options)), full), 1, options)
    assert count.winners == ()
    assert count.ties[-1].decided_by == "too_many"
    assert count.reason.kind == "too_many_ties"
