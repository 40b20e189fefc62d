from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.session import Parting, Way, destination, parting


@pytest.mark.parametrize(
    ("position", "points", "way", "expected"),
    [
        (1, 3, Way.NEXT, 2),
        (1, 3, Way.POSTPONE, 1),
        (2, 3, Way.DONE, 2),
        (3, 3, Way.DONE, 3),
        (2, 3, Way.REOPEN, 2),
        (1, 3, Way.BACK, None),
        (2, 3, Way.BACK, 1),
        (3, 3, Way.NEXT, 4),
        (4, 3, Way.NEXT, None),
        (4, 3, Way.POSTPONE, None),
        (4, 3, Way.DONE, None),
        (1, 0, Way.DONE, None),
        (0, 3, Way.REOPEN, None),
        (4, 3, Way.BACK, 3),
        (1, 0, Way.NEXT, None),
        (1, 0, Way.BACK, None),
        (0, 3, Way.NEXT, None),
        (-1, 3, Way.BACK, None),
        (5, 3, Way.BACK, None),
    ],
)
def test_only_next_and_back_move(position, points, way, expected):
    assert destination(position, points, way) == expected


@given(st.integers(-5, 50), st.integers(0, 40), st.sampled_from(Way))
def test_nobody_walks_off_the_agenda(position, points, way):
    to = destination(position, points, way)
    assert to is None or 1 <= to <= points + 1


@dataclass(frozen=True)
class Point:
    title: str
    is_done: bool
    is_listed: bool = True


def test_only_what_is_done_leaves_the_list():
    points = [Point("a", True), Point("b", False), Point("c", True), Point("d", False)]
    assert parting(points) == Parting(("a", "c"), ("b", "d"))
    assert parting([]) == Parting((), ())


def test_what_was_taken_back_neither_leaves_nor_stays():
    assert parting([Point("a", True, False), Point("b", False, False)]) == Parting((), ())
