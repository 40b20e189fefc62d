from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import quiet_hours
from assembly.recurrence import local, resolve
from assembly.tasks import (
    ByWhen,
    Counted,
    Standing,
    asks_for_a_point,
    comes_up,
    count,
    due,
    next_morning,
    possible,
    remind_at,
    reminds,
    standing,
    until,
)

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
MOMENTS = st.integers(1_600_000_000, 2_000_000_000)
DAY = 86_400


def moment(text: str, zone: str) -> int:
    return resolve(datetime.fromisoformat(text), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("done", "cared_for", "longer", "expected"),
    [
        (False, False, False, Standing.FREE),
        (False, True, False, Standing.TAKEN),
        (False, True, True, Standing.LONGER),
        (False, False, True, Standing.FREE),  # who asked for longer let it go
        (True, True, False, Standing.DONE),
        (True, False, True, Standing.DONE),
    ],
)
def test_where_it_stands(done: bool, cared_for: bool, longer: bool, expected: Standing) -> None:
    assert standing(done=done, cared_for=cared_for, longer=longer) is expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (ByWhen.NEXT, None),
        (ByWhen.WEEK, "2026-10-29 23:59"),  # the clocks go back in between
        (ByWhen.TWO_WEEKS, "2026-11-05 23:59"),
        (ByWhen.FOUR_WEEKS, "2026-11-19 23:59"),
    ],
)
def test_until_when(by: ByWhen, expected: str | None) -> None:
    now = moment("2026-10-22 16:00", "Europe/Rome")
    wanted = None if expected is None else moment(expected, "Europe/Rome")
    assert due(by, now, ZoneInfo("Europe/Rome")) == wanted


@pytest.mark.parametrize(("ahead", "can"), [(-1, False), (0, True), (366, True), (367, False)])
def test_which_days_can_be(ahead: int, can: bool) -> None:
    now = moment("2026-03-01 23:58", "Europe/Rome")
    day = date(2026, 3, 1) + timedelta(days=ahead)
    assert possible(day, now, ZoneInfo("Europe/Rome")) is can


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_reminder_is_two_days_before_and_not_at_night(due_at: int, name: str) -> None:
    zone = ZoneInfo(name)
    at = remind_at(due_at, zone)
    assert (local(due_at, zone).date() - local(at, zone).date()).days == 2
    assert quiet_hours.waits_until(at, zone) == at
    assert DAY < due_at - at < 3 * DAY


@given(MOMENTS, st.integers(-10 * DAY, 0), st.integers(0, 10 * DAY), st.sampled_from(ZONES))
def test_nobody_is_reminded_twice_of_one_day(due_at: int, told: int, later: int, name: str) -> None:
    zone = ZoneInfo(name)
    first = due_at + told
    if reminds(due_at, first - 5 * DAY, first, zone):
        assert not reminds(due_at, first, first + later, zone)
        assert first < due_at


def test_who_is_reminded() -> None:
    zone = ZoneInfo("Europe/Rome")
    due_at = moment("2026-12-03 16:00", "Europe/Rome")
    at = moment("2026-12-01 10:00", "Europe/Rome")
    assert not reminds(due_at, at - DAY, at - 1, zone)
    assert reminds(due_at, at - DAY, at, zone)
    assert reminds(due_at, at - DAY, due_at - 1, zone), "late after a downtime"
    assert not reminds(due_at, at - DAY, due_at, zone), "over"
    assert not reminds(due_at, at + 60, at + DAY, zone), "they took it within these two days"
    assert not reminds(None, at - DAY, at, zone), "no assembly is convened"
    assert reminds(due_at + 7 * DAY, at, at + 7 * DAY, zone), "it was put off by a week"
    assert not reminds(due_at + 3_600, at, at + DAY, zone), "moved by an hour"


@given(MOMENTS, st.sampled_from(ZONES))
def test_every_day_has_its_morning(now: int, name: str) -> None:
    zone = ZoneInfo(name)
    at = next_morning(now, zone)
    assert 0 < at - now <= DAY + 3_600
    assert quiet_hours.waits_until(at, zone) == at
    assert local(at, zone).hour == 10


@pytest.mark.parametrize(("due_at", "counts"), [(None, True), (100, True), (101, False)])
def test_what_still_has_its_time_is_not_left_open(due_at: int | None, counts: bool) -> None:
    assert comes_up(due_at, 100) is counts


def test_the_third_time_asks_for_a_point() -> None:
    assert [asks_for_a_point(times) for times in range(5)] == [False, False, False, True, True]


def test_an_assembly_hears_two_numbers() -> None:
    found = [Standing.DONE, Standing.FREE, Standing.DONE, Standing.LONGER, Standing.TAKEN]
    assert count(found) == Counted(done=2, open=3)
    assert count([]) == Counted(0, 0)


def test_a_day_ends_at_its_last_minute() -> None:
    zone = ZoneInfo("Europe/Rome")
    assert local(until(date(2026, 10, 25), zone), zone) == datetime.fromisoformat(
        "2026-10-25 23:59"
    )
