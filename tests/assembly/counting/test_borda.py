"""Borda: published points, shared places, and the same points from majorities."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from kit.ranked_ballots import ballots, letters, order, profiles, votes

from assembly.counting.borda import tally
from assembly.counting.pairwise import pairwise
from assembly.ranking import Ballots


@pytest.mark.parametrize(
    ("lines", "points", "expected_order"),
    [
        # Wikipedia, "Borda count": the capital of Tennessee
        (
            ("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA"),
            {"A": "126", "B": "194", "C": "173", "D": "107"},
            "B C A D",
        ),
        # B, C and D share the places worth 2, 1 and 0
        (("1 A", "1 BCDA"), {"A": "3", "B": "4", "C": "3", "D": "2"}, "B AC D"),
        # B and C share 2 and 1; D is last
        (("1 AB=CD",), {"A": "3", "B": "1.5", "C": "1.5", "D": "0"}, "A BC D"),
        (("1 A", "1 BA"), {"A": "1", "B": "1"}, "AB"),
        # a blank ballot gives nothing
        (("1 A", "5 "), {"A": "0"}, "A"),
    ],
)
def test_points(lines: tuple[str, ...], points: dict[str, str], expected_order: str) -> None:
    count = tally(ballots(*lines), 1)
    assert votes(count.rounds[0].votes) == points
    assert order(count) == expected_order
    assert letters(count.winners) == expected_order.split()[0]


@settings(deadline=None)
@given(profiles(equal=True))
def test_points_are_the_options_behind_and_half_of_those_beside(profile: Ballots) -> None:
    if not any(profile.rankings):
        return
    wins, n = pairwise(profile), len(profile.options)
    used = sum(weight for ranking, weight in profile.rankings.items() if ranking)
    points = tally(profile, 1).rounds[0].votes
    for option in range(n):
        behind = sum(wins[option].values())
        before = sum(row.get(option, 0) for row in wins.values())
        assert points[option] == Decimal(behind + used * (n - 1) - before) / 2
    assert sum(points.values()) == Decimal(used * n * (n - 1)) / 2
