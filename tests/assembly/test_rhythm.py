from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.recurrence import local, resolve
from assembly.rhythm import is_dense, today_at

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe"]
MOMENTS = st.integers(1_600_000_000, 2_000_000_000)


def moment(text: str, zone: str = "Europe/Rome") -> int:
    return resolve(datetime.fromisoformat(text), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "one", "other", "dense"),
    [
        ("Europe/Rome", "2026-12-03 16:00", "2026-12-10 16:00", True),
        ("Europe/Rome", "2026-12-03 16:00", "2026-12-13 15:59", True),
        ("Europe/Rome", "2026-12-03 16:00", "2026-12-13 16:00", False),
        ("Europe/Rome", "2026-12-03 16:00", "2026-12-17 16:00", False),
        ("Europe/Rome", "2026-12-03 16:00", "2026-12-03 18:00", True),
        # ten days at the same hour, over each change of the clocks: an hour less, an hour more
        ("Europe/Rome", "2026-03-20 16:00", "2026-03-30 16:00", False),
        ("Europe/Rome", "2026-10-16 16:00", "2026-10-26 16:00", False),
        ("Europe/Rome", "2026-10-16 16:00", "2026-10-26 15:59", True),
        ("Europe/Vienna", "2026-03-20 16:00", "2026-03-30 16:00", False),
        ("Europe/Vienna", "2026-10-16 16:00", "2026-10-26 15:59", True),
        ("America/New_York", "2026-03-01 16:00", "2026-03-11 16:00", False),
        ("America/New_York", "2026-10-25 16:00", "2026-11-04 15:59", True),
        ("Australia/Lord_Howe", "2026-04-01 16:00", "2026-04-11 15:59", True),
        ("Australia/Lord_Howe", "2026-09-30 16:00", "2026-10-10 16:00", False),
    ],
)
def test_less_than_ten_days_are_dense(zone: str, one: str, other: str, dense: bool) -> None:
    first, second = moment(one, zone), moment(other, zone)
    assert is_dense(first, [second], ZoneInfo(zone)) is dense
    assert is_dense(second, [first], ZoneInfo(zone)) is dense


def test_an_assembly_alone_is_not_dense() -> None:
    assert not is_dense(moment("2026-12-03 16:00"), [], ZoneInfo("Europe/Rome"))


@given(MOMENTS, st.lists(MOMENTS, max_size=5), st.sampled_from(ZONES))
def test_another_one_never_makes_it_less_dense(
    starts_at: int, others: list[int], zone: str
) -> None:
    clock = ZoneInfo(zone)
    before = is_dense(starts_at, others, clock)
    assert is_dense(starts_at, [*others, starts_at + 86_400], clock)
    assert is_dense(starts_at, others[::-1], clock) is before


@pytest.mark.parametrize(
    ("zone", "starts", "begins"),
    [
        ("Europe/Rome", "2026-12-03 16:00", "2026-12-03 00:00"),
        ("Europe/Rome", "2026-12-03 00:00", "2026-12-03 00:00"),
        ("Europe/Rome", "2026-03-29 16:00", "2026-03-29 00:00"),
        ("Europe/Rome", "2026-10-25 16:00", "2026-10-25 00:00"),
        # a day that begins at one o'clock, because its clocks skip midnight
        ("Africa/Cairo", "2026-04-24 16:00", "2026-04-24 01:00"),
    ],
)
def test_its_day_begins_at_midnight(zone: str, starts: str, begins: str) -> None:
    assert today_at(moment(starts, zone), ZoneInfo(zone)) == moment(begins, zone)


@given(MOMENTS, st.sampled_from(ZONES))
def test_today_is_the_same_day_and_the_second_before_is_not(starts_at: int, zone: str) -> None:
    clock = ZoneInfo(zone)
    begins = today_at(starts_at, clock)
    day = local(starts_at, clock).date()
    assert starts_at - begins < timedelta(hours=26).total_seconds()
    assert begins <= starts_at
    assert local(begins, clock).date() == day
    assert local(begins - 1, clock).date() == day - timedelta(days=1)
