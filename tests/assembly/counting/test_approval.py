"""Approval: whoever a ballot names, in whatever place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from kit.ranked_ballots import ballots, letters, profiles, single, votes

from assembly.counting.approval import tally
from assembly.ranking import Ballots, members


@pytest.mark.parametrize(
    ("lines", "seats", "winners", "approvals"),
    [
        (("3 AB", "2 B", "1 CA"), 1, "B", {"A": "4", "B": "5", "C": "1"}),
        (("3 A=B", "1 B"), 1, "B", {"A": "3", "B": "4"}),
        (("3 AB", "2 B", "1 CA"), 2, "BA", {"A": "4", "B": "5", "C": "1"}),
        # Wikipedia, "Approval voting": Tennessee, where all approve of the two nearest
        (
            ("42 AB", "26 BC", "15 CD", "17 DC"),
            1,
            "B",
            {"A": "42", "B": "68", "C": "58", "D": "32"},
        ),
    ],
)
def test_approvals(
    lines: tuple[str, ...], seats: int, winners: str, approvals: dict[str, str]
) -> None:
    count = tally(ballots(*lines), seats)
    assert votes(count.rounds[0].votes) == approvals
    assert letters(count.winners) == winners


@settings(deadline=None)
@given(profiles(equal=True))
def test_against_every_ballot_for_itself(profile: Ballots) -> None:
    if any(profile.rankings):
        approvals = tally(profile, 1).rounds[0].votes
        for option in range(len(profile.options)):
            naming = [r for r in single(profile) if any(option in members(place) for place in r)]
            assert approvals[option] == len(naming)
