from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.session import Way, destination


@pytest.mark.parametrize(
    ("position", "points", "way", "expected"),
    [
        (1, 3, Way.NEXT, 2),
        (1, 3, Way.BACK, None),
        (2, 3, Way.BACK, 1),
        (3, 3, Way.NEXT, 4),
        (4, 3, Way.NEXT, None),
        (4, 3, Way.BACK, 3),
        (1, 0, Way.NEXT, None),
        (1, 0, Way.BACK, None),
        (0, 3, Way.NEXT, None),
        (-1, 3, Way.BACK, None),
        (5, 3, Way.BACK, None),
    ],
)
def test_each_way_leads_to_the_point_beside(position, points, way, expected):
    assert destination(position, points, way) == expected


@given(st.integers(-5, 50), st.integers(0, 40), st.sampled_from(Way))
def test_nobody_walks_off_the_agenda(position, points, way):
    to = destination(position, points, way)
    assert to is None or 1 <= to <= points + 1
