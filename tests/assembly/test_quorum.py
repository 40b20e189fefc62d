from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.quorum import needed


@pytest.mark.parametrize(
    ("quorum", "electorate", "expected"),
    [
        (Fraction(1, 3), 41, 14),
        (Fraction(1, 3), 42, 14),
        (Fraction(1, 3), 43, 15),
        (Fraction(1, 2), 5, 3),
        (Fraction(1, 10), 1, 1),
        (Fraction(0), 41, 0),
        (Fraction(1), 41, 41),
        (Fraction(1, 2), 0, 0),
        # a float would say 0.07 * 100 = 7.000000000000001 and so 8
        (Fraction(7, 100), 100, 7),
    ],
)
def test_the_share_is_rounded_up(quorum, electorate, expected):
    assert needed(quorum, electorate) == expected


@given(st.fractions(0, 1), st.integers(0, 10_000))
def test_needed_is_the_least_number_that_reaches_the_share(quorum, electorate):
    least = needed(quorum, electorate)
    assert 0 <= least <= electorate
    assert least >= quorum * electorate
    assert least == 0 or least - 1 < quorum * electorate


@pytest.mark.parametrize("quorum", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_quorum_that_is_no_share_is_refused(quorum):
    with pytest.raises(ValueError, match="share"):
        needed(quorum, 10)


def test_a_negative_electorate_is_refused():
    with pytest.raises(ValueError, match="head-count"):
        needed(Fraction(1, 2), -1)
