from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.timing import MORE, Total, next_sign, over_at, total, with_more

MOMENTS = st.integers(0, 10**10)
MINUTES = st.integers(1, 10**4)


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ([], Total(0, 0)),
        ([None, None], Total(0, 2)),
        ([10, None, 20], Total(30, 1)),
        ([5, 5, 5], Total(15, 0)),
    ],
)
def test_the_total_says_what_is_missing(planned, expected):
    assert total(planned) == expected


def test_a_time_is_over_after_its_minutes():
    assert over_at(1000, 10) == 1600
    assert over_at(None, 10) is None
    assert over_at(1000, None) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (0, 15),  # before its end: five minutes beyond it
        (600, 15),
        (601, 16),  # a minute that has begun counts
        (1500, 30),
        (-99, 15),  # a clock that was set back
    ],
)
def test_more_is_five_minutes_from_now_or_from_its_end(now, expected):
    assert with_more(0, 10, now) == expected


@given(MOMENTS, MINUTES, MOMENTS)
def test_after_more_there_are_minutes_left(since, planned, now):
    over = over_at(since, with_more(since, planned, now))
    assert over is not None and over >= now + MORE * 60
    assert over >= since + (planned + MORE) * 60


@given(MOMENTS, st.lists(st.none() | MOMENTS))
def test_the_next_sign_is_to_come(now, moments):
    found = next_sign(now, *moments)
    later = sorted(each for each in moments if each is not None and each > now)
    assert found == (later[0] if later else None)
