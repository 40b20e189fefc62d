from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.asking import DAY, HOUR, MONTH, MOST, MOST_A_DAY, again_at, full, tell_at

NOW = 1_800_000_000


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), None),
        ((NOW, NOW), None),
        ((NOW - 3 * DAY, NOW - 2 * DAY, NOW - DAY), NOW - 3 * DAY + MONTH),
        ((NOW - DAY, NOW - 3 * DAY, NOW - 2 * DAY), NOW - 3 * DAY + MONTH),
        ((NOW - MONTH, NOW - 2, NOW - 1), None),
        ((NOW - MONTH + 1, NOW - 2, NOW - 1), NOW + 1),
        ((NOW - 9, NOW - 8, NOW - 7, NOW - 6), NOW - 8 + MONTH),
    ],
)
def test_three_in_a_month(asked: tuple[int, ...], expected: int | None) -> None:
    assert again_at(asked, NOW) == expected


@given(st.lists(st.integers(NOW - 2 * MONTH, NOW), max_size=12))
def test_whoever_waits_may_ask_then_and_not_before(asked: list[int]) -> None:
    moment = again_at(asked, NOW)
    if moment is not None:
        assert moment > NOW and again_at(asked, moment) is None
        assert again_at(asked, moment - 1) is not None
    else:
        assert sum(each > NOW - MONTH for each in asked) < MOST


def test_a_centre_takes_so_many_a_day() -> None:
    assert not full(MOST_A_DAY - 1) and full(MOST_A_DAY)


@pytest.mark.parametrize(
    ("told_at", "expected"),
    [(None, NOW), (NOW, NOW + HOUR), (NOW - HOUR + 1, NOW + 1), (NOW - HOUR, NOW), (0, NOW)],
)
def test_facilitators_hear_once_an_hour(told_at: int | None, expected: int) -> None:
    assert tell_at(told_at, NOW) == expected
