"""What may be told of an outcome, and what an option's points come to."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.written_polls import poll

from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Points, shows_figures
from assembly.rule import Rule

RULE = Rule()


@pytest.mark.parametrize(
    ("text", "headcounts", "expected"),
    [
        ("", 0, False),
        ("4 yes", 0, False),
        ("2 yes 1 no 1 abstain", 0, False),
        ("2 yes 2 no 1 abstain", 0, True),
        ("5 abstain", 0, True),
        ("12 yes 7 no 3 abstain", 0, True),
        # the hall's are known to all: less them, four by phone would be told
        ("4 yes", 9, False),
        ("5 yes", 9, True),
        ("", 5, True),
        ("", 4, False),
    ],
)
def test_figures_are_told_from_five_ballots_on(text, headcounts, expected):
    collected = poll(RULE, text, silent=3)
    if headcounts:
        collected = replace(
            collected, hall=(InPersonBallots("no", headcounts),), headcounts={None: headcounts}
        )
    assert shows_figures(decide(RULE, collected)) is expected


def test_a_mean_is_exact_and_of_nothing_none():
    assert Points(0, 10, 3).mean == Fraction(10, 3)
    assert Points(0, 0, 3).mean == 0
    assert Points(0, 0, 0).mean is None
