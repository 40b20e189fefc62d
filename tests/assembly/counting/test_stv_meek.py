"""Meek STV: a real election round by round, published examples, ties, and what must hold."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import ballots, check_conservation, letters, order, profiles
from kit.ranked_ballots import votes as by_letter

from assembly.count import Tie
from assembly.counting.blt import parse
from assembly.counting.stv_meek import tally
from assembly.ranking import Ballots

COMMITTEE = Path(__file__).with_name("committee_2005.blt")

# What the Droop counting program of Jonathan Lundell publishes for these ballots under the
# Reference Meek Rule (test/ref/dump/SC-meek-prf-o6-fixed-p9-d9.txt), with the quota of the round.
ROUNDS = """
18.800000001 A 6 B 3 C 8 D 22 E 2 F 0 G 33 H 1 I 1 J 0 K 0 L 0 M 18
18.800000001 A 8.006073598 B 3.232685848 C 9.408174589 D 18.800000609 E 2.759954125 F 0 \
G 18.800000299 H 13.000470959 I 1.435843893 J 0 K 0 L 0 M 18.55679608
18.800000001 A 8.006073598 B 3.232685848 C 9.408174589 D 18.800000609 E 2.759954125 \
G 18.800000299 H 13.000470959 I 1.435843893 M 18.55679608
18.800000001 A 8.006073598 B 3.232685848 C 9.408174589 D 18.800000609 E 2.759954125 \
G 18.800000299 H 14.436314852 M 18.55679608
18.800000001 A 9.006073598 B 3.394740964 C 9.408174589 D 19.16521377 G 18.800000299 \
H 14.506945584 M 19.718851196
18.799133306 A 9.42738145 B 3.730149807 C 9.774255128 D 18.79913346 G 18.799133416 \
H 14.66647977 M 18.799133497
18.789719295 A 10.204118384 C 11.49864423 D 18.789719457 G 18.789719396 H 15.876675538 \
M 18.789719467
18.586296861 C 16.482212783 D 19.087429756 G 19.073682122 H 19.085721549 M 19.20243809
"""


def test_a_committee_of_2005_round_by_round() -> None:
    election = parse(COMMITTEE.read_bytes())
    count = tally(election.ballots, election.seats)
    expected = []
    for line in ROUNDS.split("\n")[1:-1]:
        quota, *words = line.split()
        expected.append((quota, dict(zip(words[::2], words[1::2], strict=True))))
    found = [(str(round_.quota), by_letter(round_.votes)) for round_ in count.rounds]
    assert found == expected
    assert letters(count.winners) == "GDMH" and str(count.quota) == "18.586296861"
    check_conservation(count, 94)


def test_elected_options_hand_on_to_each_other() -> None:
    # OpaVote, "Meek STV Explained" (2017): the ballots of Alice's and Bob's voters go on to each
    # other and to Chris in full.
    count = tally(ballots("28 ABC", "26 BAC", "3 C", "2 D", "1 E"), 3)
    assert letters(count.winners) == "ABC"


@pytest.mark.parametrize(
    ("lines", "seats", "winners", "ties"),
    [
        # Droop's 42.blt and 513.blt, "Pollux and Helen should tie": a rounding decides nothing
        (("4 AB", "2 C"), 2, "ABC", (Tie((1, 2), "nothing", 2),)),
        (("5 AB", "1 B", "3 C"), 2, "ABC", (Tie((1, 2), "nothing", 2),)),
        (("5 AB", "1 B", "4 C"), 2, "AC", ()),
        # the food for a party: with a quota of 5 the second round elects D before A
        (("4 A", "2 BA", "8 CD", "4 CE", "1 D", "1 E"), 3, "CDA", ()),
        (("3 A", "1 B"), 2, "AB", ()),
        (("3 A", "1 B"), 3, "AB", ()),
        (("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA"), 1, "D", ()),
    ],
)
def test_examples(lines: tuple[str, ...], seats: int, winners: str, ties: tuple[Tie, ...]) -> None:
    count = tally(ballots(*lines), seats)
    assert (letters(count.winners), count.ties) == (winners, ties)


def test_an_order_drawn_decides_and_is_told() -> None:
    count = tally(ballots("4 AB", "2 C"), 2, drawn=(2, 1, 0))
    assert letters(count.winners) == "AC" and order(count) == "A C B"
    assert count.ties == (Tie((1, 2), "drawn", 2),)


def test_blank_ballots_count_for_no_quota() -> None:
    count = tally(ballots("5 A", "4 B", "3 C", "9 "), 1)
    assert str(count.rounds[0].quota) == "6.000000001" and count.rounds[0].exhausted == 9
    assert tally(Ballots(("one", "two"), {(): 2}), 1).winners == ()


def _shares(profile: Ballots, seats: int) -> dict[int, Fraction]:
    """Votes once nobody has more than the quota, by plain iteration in floating point."""
    keep = dict.fromkeys(range(len(profile.options)), 1.0)
    for _ in range(2000):
        votes = dict.fromkeys(keep, 0.0)
        for ranking, weight in profile.rankings.items():
            left = float(weight)
            for option in ranking:
                assert isinstance(option, int)
                votes[option] += left * keep[option]
                left *= 1 - keep[option]
        quota = sum(votes.values()) / (seats + 1)
        over = [option for option in keep if votes[option] > quota + 1e-12]
        for option in over:
            keep[option] *= quota / votes[option]
    return {option: Fraction(value) for option, value in votes.items()}


@settings(deadline=None, max_examples=60)
@given(profiles(st.integers(3, 4)), st.integers(1, 2))
def test_the_shares_are_those_of_an_iteration_in_floating_point(
    profile: Ballots, seats: int
) -> None:
    """In the first round in which somebody is excluded the shares are settled."""
    count = tally(profile, seats)
    settled = [round_ for round_ in count.rounds if round_.excluded]
    if not settled or count.ties:
        return
    expected = _shares(profile, seats)
    for option, value in settled[0].votes.items():
        assert abs(Fraction(value) - expected[option]) < Fraction(1, 10_000)
