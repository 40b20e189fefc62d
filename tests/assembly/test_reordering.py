from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.reordering import place_after

PLACES = st.integers(1, 60)


@pytest.mark.parametrize(
    ("was", "becomes", "order"),
    [
        (4, 2, "adbce"),
        (2, 4, "acdbe"),
        (1, 5, "bcdea"),
        (5, 1, "eabcd"),
        (3, 3, "abcde"),
    ],
)
def test_those_between_make_room(was, becomes, order):
    placed = {
        place_after(number, was=was, becomes=becomes): letter
        for number, letter in enumerate("abcde", start=1)
    }
    assert "".join(placed[number] for number in range(1, 6)) == order


@given(st.integers(1, 60), st.data())
def test_it_is_what_taking_out_and_putting_in_does(points, data):
    was, becomes = (data.draw(st.integers(1, points)) for _ in range(2))
    expected = list(range(1, points + 1))
    expected.insert(becomes - 1, expected.pop(was - 1))
    places = {each: place_after(each, was=was, becomes=becomes) for each in range(1, points + 1)}
    assert sorted(places, key=places.__getitem__) == expected


@given(PLACES, PLACES, PLACES)
def test_going_back_undoes_it(position, was, becomes):
    there = place_after(position, was=was, becomes=becomes)
    assert place_after(there, was=becomes, becomes=was) == position


def test_places_count_from_one():
    with pytest.raises(ValueError, match="count from 1"):
        place_after(1, was=0, becomes=1)
