"""Plurality: the first place of each ballot, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from kit.ranked_ballots import ballots, letters, profiles, single, votes

from assembly.counting.plurality import tally
from assembly.ranking import Ballots, EqualRanks


@pytest.mark.parametrize(
    ("lines", "seats", "winners", "firsts"),
    [
        # Wikipedia, "Plurality voting": the capital of Tennessee
        (
            ("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA"),
            1,
            "A",
            {"A": "42", "B": "26", "C": "15", "D": "17"},
        ),
        (("4 AB", "3 BA", "2 CA"), 2, "AB", {"A": "4", "B": "3", "C": "2"}),
        # equal ranks after the first place don't matter
        (("2 AB=C", "1 B"), 1, "A", {"A": "2", "B": "1", "C": "0"}),
    ],
)
def test_first_preferences(
    lines: tuple[str, ...], seats: int, winners: str, firsts: dict[str, str]
) -> None:
    count = tally(ballots(*lines), seats)
    assert votes(count.rounds[0].votes) == firsts
    assert letters(count.winners) == winners


def test_two_in_the_first_place_are_refused() -> None:
    with pytest.raises(EqualRanks) as refused:
        tally(ballots("1 A=BC"), 1)
    assert refused.value.options == (0, 1)


@settings(deadline=None)
@given(profiles())
def test_against_every_ballot_for_itself(profile: Ballots) -> None:
    if any(profile.rankings):
        firsts = tally(profile, 1).rounds[0].votes
        for option in range(len(profile.options)):
            assert firsts[option] == sum(r[0] == option for r in single(profile) if r)
