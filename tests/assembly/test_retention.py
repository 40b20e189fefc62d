"""For how long things are kept: what can be chosen, from when it holds, and when it is over."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.retention import (
    DAY,
    NOTICE,
    PERIODS,
    Choice,
    Kept,
    answers_days,
    choose,
    days,
    gone_before,
    kept_until,
    next_sweep,
)

NOW = 1_764_763_200
MOMENTS = st.integers(0, 2**33)


@pytest.mark.parametrize(
    ("kept", "default"),
    [
        (Kept.LEFT, 365),
        (Kept.ANSWERS, 730),
        (Kept.INVITATIONS, 90),
        (Kept.REQUESTS, 60),
        (Kept.TASKS, 365),
        (Kept.AUDIT, 1_825),
        (Kept.MESSAGES, 180),
        (Kept.DRAFTS, 30),
    ],
)
def test_what_holds_where_nobody_chose(kept: Kept, default: int) -> None:
    assert days(kept, None, NOW) == default


@pytest.mark.parametrize("kept", Kept)
def test_what_can_be_chosen_ascends_and_has_the_default(kept: Kept) -> None:
    period = PERIODS[kept]
    assert list(period.choices) == sorted(set(period.choices))
    assert period.default in period.choices
    assert 1 <= period.least <= period.default <= period.most


def test_answers_outlive_the_windows_in_which_they_count() -> None:
    assert PERIODS[Kept.ANSWERS].least >= 2 * 28 + 2


def test_a_change_holds_after_a_notice() -> None:
    choice = choose(Kept.LEFT, None, 90, NOW)
    assert choice == Choice(90, 365, NOW + NOTICE)
    assert days(Kept.LEFT, choice, NOW) == 365
    assert days(Kept.LEFT, choice, NOW + NOTICE - 1) == 365
    assert days(Kept.LEFT, choice, NOW + NOTICE) == 90


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        (None, 365, None),  # it is so already
        (Choice(90, 365, NOW + 5), 90, None),  # it will be so already
        (Choice(90, 365, NOW + 5), 365, Choice(365, 365, NOW)),  # after all not: at once
        (Choice(90, 365, NOW + 5), 30, Choice(30, 365, NOW + NOTICE)),  # another notice
        (Choice(90, 365, NOW), 30, Choice(30, 90, NOW + NOTICE)),
        (Choice(90, 365, NOW), 730, Choice(730, 90, NOW + NOTICE)),  # longer takes it too
    ],
)
def test_from_what_to_what(before: Choice | None, wanted: int, after: Choice | None) -> None:
    assert choose(Kept.LEFT, before, wanted, NOW) == after


@pytest.mark.parametrize("wanted", [0, -1, 1, 29, 364, 10**9])
def test_out_of_bounds(wanted: int) -> None:
    with pytest.raises(ValueError, match="can't be kept"):
        choose(Kept.LEFT, None, wanted, NOW)


@given(st.sampled_from(Kept), st.data(), MOMENTS)
def test_whatever_is_chosen_stays_within_bounds(kept: Kept, data: st.DataObject, now: int) -> None:
    choice = None
    for _ in range(4):
        wanted = data.draw(st.sampled_from(PERIODS[kept].choices))
        choice = choose(kept, choice, wanted, now) or choice
        now += data.draw(st.integers(0, 2 * NOTICE))
        assert PERIODS[kept].least <= days(kept, choice, now) <= PERIODS[kept].most
    assert days(kept, choice, now + NOTICE) == wanted


@pytest.mark.parametrize(
    ("of_centre", "own", "kept"), [(730, None, 730), (730, 90, 90), (90, 730, 90), (90, 90, 90)]
)
def test_the_shorter_one_holds_for_answers(of_centre: int, own: int | None, kept: int) -> None:
    assert answers_days(of_centre, own) == kept


@pytest.mark.parametrize(("of_centre", "own"), [(0, None), (30, 0), (30, -1)])
def test_a_period_has_at_least_a_day(of_centre: int, own: int | None) -> None:
    with pytest.raises(ValueError, match="at least a day"):
        answers_days(of_centre, own)
    with pytest.raises(ValueError, match="at least a day"):
        gone_before(NOW, 0)


@given(MOMENTS, st.integers(1, 4_000))
def test_until_and_before_are_two_sides_of_one_moment(ended_at: int, length: int) -> None:
    until = kept_until(ended_at, length)
    assert not ended_at < gone_before(until, length)
    assert ended_at < gone_before(until + 1, length)
    assert until - ended_at == length * DAY


@pytest.mark.parametrize("zone", ["Europe/Rome", "UTC", "Pacific/Apia", "America/Sao_Paulo"])
@given(now=MOMENTS)
def test_every_night_once(zone: str, now: int) -> None:
    clock = ZoneInfo(zone)
    first = next_sweep(now, clock)
    assert now < first <= now + 50 * 3_600
    assert next_sweep(first, clock) > first
    assert next_sweep(first - 1, clock) == first


def test_at_half_past_three_on_the_centres_clock() -> None:
    found = datetime.fromtimestamp(next_sweep(NOW, ZoneInfo("Europe/Rome")), UTC)
    assert found.isoformat() == "2025-12-04T02:30:00+00:00"
