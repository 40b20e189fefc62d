from __future__ import annotations

from fractions import Fraction

import pytest

from assembly.majority import tally
from assembly.outcome import Choice, shows_figures


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "expected"),
    [
        (0, 0, 0, False),
        (4, 0, 0, False),
        (2, 1, 1, False),
        (2, 2, 1, True),
        (0, 0, 5, True),
        (5, 0, 0, True),
        (12, 7, 3, True),
    ],
)
def test_figures_are_told_from_five_ballots_on(yes, no, abstain, expected):
    ballots = {Choice.YES: yes, Choice.NO: no, Choice.ABSTAIN: abstain}
    assert shows_figures(tally(ballots, 41, Fraction(0))) is expected
