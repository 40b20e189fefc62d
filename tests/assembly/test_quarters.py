from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import duties, quiet_hours
from assembly.quarters import next_telling, numbered, quarter_before, still_told
from assembly.recurrence import local, resolve

ZONES = ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC"]
MOMENTS = st.integers(1_600_000_000, 2_000_000_000)
ROME = ZoneInfo("Europe/Rome")


def moment(text: str) -> int:
    return resolve(datetime.fromisoformat(text), ROME)


@pytest.mark.parametrize(
    ("now", "year", "number", "first", "after"),
    [
        ("2026-01-03 10:00", 2025, 4, "2025-10-01", "2026-01-01"),
        ("2026-04-01 00:00", 2026, 1, "2026-01-01", "2026-04-01"),
        ("2026-09-30 23:59", 2026, 2, "2026-04-01", "2026-07-01"),
        ("2026-10-01 00:00", 2026, 3, "2026-07-01", "2026-10-01"),
    ],
)
def test_the_quarter_before(now: str, year: int, number: int, first: str, after: str) -> None:
    found = quarter_before(moment(now), ROME)
    assert (found.year, found.number) == (year, number)
    assert (found.starts_at, found.ends_at) == (moment(first), moment(after))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-01 00:00", "2026-01-03 10:00"),
        ("2026-01-03 10:00", "2026-04-03 10:00"),
        ("2026-12-31 23:59", "2027-01-03 10:00"),
        ("2026-07-01 12:00", "2026-07-03 10:00"),
    ],
)
def test_when_it_is_told(now: str, expected: str) -> None:
    assert next_telling(moment(now), ROME) == moment(expected)


@given(MOMENTS, st.sampled_from(ZONES))
def test_four_times_a_year_and_never_at_night(now: int, name: str) -> None:
    zone = ZoneInfo(name)
    at = next_telling(now, zone)
    assert now < at <= now + 95 * 86_400
    assert quiet_hours.waits_until(at, zone) == at
    assert still_told(at, zone)
    assert quarter_before(at, zone).ends_at <= at < next_telling(at, zone)
    assert local(quarter_before(at, zone).ends_at, zone).day == 1


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_quarters_follow_on_each_other(now: int, name: str) -> None:
    zone = ZoneInfo(name)
    before = quarter_before(now, zone)
    assert before.ends_at <= now
    assert quarter_before(before.ends_at, zone) == before
    earlier = quarter_before(before.ends_at - 1, zone)
    assert earlier.ends_at == before.starts_at
    assert earlier.ordinal == before.ordinal - 1
    assert numbered(before.ordinal, zone) == before
    assert duties.quarter(before.ends_at - 1, zone) == before.ordinal


@pytest.mark.parametrize(
    ("now", "still"),
    [("2026-01-01 00:00", True), ("2026-01-14 23:59", True), ("2026-01-15 00:00", False)],
)
def test_for_two_weeks_it_is_news(now: str, still: bool) -> None:
    assert still_told(moment(now), ROME) is still
