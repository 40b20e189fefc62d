from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.correcting import HOUR, HOURS, PATIENCE, USUAL, corrected_until, put_off_to

CLOSED = 1_780_000_000
UNTIL = CLOSED + 48 * HOUR


def test_two_days_where_nobody_chose() -> None:
    assert USUAL in HOURS
    assert corrected_until(CLOSED, USUAL) == UNTIL


@pytest.mark.parametrize("hours", [0, -1, 1, 47, 10_000])
def test_other_times_are_refused(hours: int) -> None:
    with pytest.raises(ValueError, match="corrected"):
        corrected_until(CLOSED, hours)


@pytest.mark.parametrize(
    ("waiting", "now", "expected"),
    [
        (0, UNTIL, None),
        (1, UNTIL, UNTIL + PATIENCE),
        (3, UNTIL + PATIENCE - 1, UNTIL + PATIENCE),
        (3, UNTIL + PATIENCE, None),  # they are out with what nobody answered
        (3, UNTIL + 30 * PATIENCE, None),  # after a long outage
    ],
)
def test_they_are_put_off_once(waiting: int, now: int, expected: int | None) -> None:
    assert put_off_to(UNTIL, waiting, now) == expected


@given(st.integers(0, 9), st.integers(UNTIL, UNTIL + 9 * PATIENCE))
def test_after_at_most_one_more_time_they_are_out(waiting: int, now: int) -> None:
    later = put_off_to(UNTIL, waiting, now)
    assert later is None or (later > now and put_off_to(UNTIL, waiting, later) is None)
