from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.openings import BREAKS, NOT_CHOSEN, Chosen, Opening, begins_with, break_at, complete

ON, OFF = Chosen(True), Chosen(False)
CHOICES = st.dictionaries(
    st.sampled_from(Opening),
    st.builds(Chosen, st.booleans(), st.none(), st.none() | st.sampled_from(BREAKS)),
)


@pytest.mark.parametrize(
    ("chosen", "followed", "points"),
    [
        ({}, False, []),
        ({}, True, ["follow-up"]),
        ({Opening.FOLLOW_UP: OFF}, True, []),
        ({Opening.REPORTS: ON, Opening.ROUND: ON}, True, ["round", "follow-up", "reports"]),
        ({Opening.REPORTS: ON, Opening.ROUND: ON}, False, ["round", "reports"]),
        ({Opening.RULES: ON, Opening.BREAK: ON}, False, []),
    ],
)
def test_what_comes_before_the_proposals(chosen, followed, points):
    assert begins_with(chosen, something_followed=followed) == points


def test_a_break_comes_so_many_minutes_after_the_opening():
    assert break_at({Opening.BREAK: Chosen(True, None, 45)}, 1000) == 1000 + 45 * 60
    assert break_at({Opening.BREAK: Chosen(False, None, 45)}, 1000) is None
    assert break_at({Opening.BREAK: Chosen(True)}, 1000) is None
    assert break_at({}, 1000) is None


@given(CHOICES)
def test_each_opening_holds_somehow(chosen):
    holds = complete(chosen)
    assert set(holds) == set(Opening) == set(NOT_CHOSEN)
    assert all(holds[each] == chosen[each] for each in chosen)


@given(CHOICES, st.booleans())
def test_the_order_is_always_the_same(chosen, followed):
    points = begins_with(chosen, something_followed=followed)
    assert points == [each for each in Opening if each in points]
