from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.agreement import LATE, WINDOW, Standing, after, begins_again, left, until

MOMENT = st.integers(0, 4_000_000_000)


@pytest.mark.parametrize(
    ("put_at", "closes_at", "expected"),
    [(1_000, None, 1_600), (1_000, 1_300, 1_300), (1_000, 2_000, 1_600), (1_000, 1_000, 1_000)],
)
def test_ten_minutes_or_until_the_close(put_at: int, closes_at: int | None, expected: int) -> None:
    assert until(put_at, closes_at) == expected


@given(MOMENT, MOMENT)
def test_it_never_ends_after_either(put_at: int, closes_at: int) -> None:
    if closes_at < put_at:
        with pytest.raises(ValueError, match="after the assembly closed"):
            until(put_at, closes_at)
    else:
        assert put_at <= until(put_at, closes_at) == min(put_at + WINDOW, closes_at)


@pytest.mark.parametrize(
    ("now", "minutes"), [(1_000, 10), (1_001, 10), (1_060, 9), (1_599, 1), (1_600, 0), (9_999, 0)]
)
def test_begun_minutes_count(now: int, minutes: int) -> None:
    assert left(1_600, now) == minutes


@pytest.mark.parametrize(("late", "again"), [(0, False), (LATE, False), (LATE + 1, True)])
def test_its_time_begins_again_where_nobody_listened(late: int, again: bool) -> None:
    assert begins_again(1_600, 1_600 + late) is again


@pytest.mark.parametrize(
    ("standing", "disagreed", "over", "expected"),
    [
        (Standing.PUT, False, False, Standing.PUT),
        (Standing.PUT, False, True, Standing.STANDS),
        (Standing.PUT, True, False, Standing.TURNED_BACK),
        (Standing.PUT, True, True, Standing.TURNED_BACK),
        (Standing.STANDS, True, True, Standing.STANDS),
        (Standing.TURNED_BACK, False, True, Standing.TURNED_BACK),
    ],
)
def test_what_becomes_of_it(
    standing: Standing, disagreed: bool, over: bool, expected: Standing
) -> None:
    assert after(standing, disagreed=disagreed, over=over) is expected


@given(st.sampled_from(Standing), st.lists(st.tuples(st.booleans(), st.booleans())))
def test_what_is_settled_stays_settled(
    standing: Standing, happened: list[tuple[bool, bool]]
) -> None:
    seen = [standing]
    for disagreed, over in happened:
        seen.append(after(seen[-1], disagreed=disagreed, over=over))
    assert len({each for each in seen if each is not Standing.PUT}) <= 1
