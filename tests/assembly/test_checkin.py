from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.checkin import (
    DEFAULT_HOUR,
    DEFAULT_MINUTE,
    DEFAULT_WEEKDAY,
    closes_at,
    ends_at,
    goes_out_at,
    next_due,
    paused_until,
    reminder_at,
    same_week,
    snoozed_until,
)
from assembly.recurrence import local, next_occurrence, resolve, weekly

HOUR = 3600
DEFAULT = weekly(DEFAULT_WEEKDAY, DEFAULT_HOUR, DEFAULT_MINUTE)
ROME = ZoneInfo("Europe/Rome")
ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
EPOCHS = st.integers(1_600_000_000, 2_000_000_000)


def moment(text: str) -> int:
    return resolve(datetime.fromisoformat(text), ROME)


def test_the_default_is_wednesday_at_five():
    start = datetime.fromisoformat("2026-01-01 00:00")
    sent = next_occurrence(DEFAULT, start, ROME, moment("2026-12-03 12:00"))
    assert sent == moment("2026-12-09 17:00")


def test_a_round_closes_after_two_days_and_a_pause_ends_after_four_weeks():
    assert ends_at(closes_at(1_000_000)) == 1_000_000 + 48 * HOUR
    assert closes_at(1_000_000) == 1_000_000 + 49 * HOUR, "whoever has begun can finish"
    assert paused_until(1_000_000) == 1_000_000 + 28 * 24 * HOUR


@pytest.mark.parametrize(
    ("sent", "reminder"),
    [
        ("2026-12-02 17:00", "2026-12-03 17:00"),
        ("2026-12-02 20:59", "2026-12-03 20:59"),
        # sent in the quiet hours, by the member's own choice
        ("2026-12-02 22:00", "2026-12-04 09:00"),
        ("2026-12-02 07:00", "2026-12-03 09:00"),
        # the clocks go back: 24 hours later they show an hour less
        ("2026-10-24 17:00", "2026-10-25 16:00"),
    ],
)
def test_one_reminder_half_way_out_of_the_quiet_hours(sent, reminder):
    assert reminder_at(moment(sent), ROME) == moment(reminder)


@given(EPOCHS, st.sampled_from(ZONES))
def test_a_reminder_leaves_time_to_answer(sent_at, name):
    reminder = reminder_at(sent_at, ZoneInfo(name))
    assert sent_at + 24 * HOUR <= reminder <= closes_at(sent_at) - 11 * HOUR
    assert 9 <= local(reminder, ZoneInfo(name)).hour < 21


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-12-02 17:05", "2026-12-02 20:05"),
        ("2026-12-02 18:00", "2026-12-03 09:00"),
        ("2026-12-03 03:00", "2026-12-03 09:00"),
        ("2026-12-04 13:59", "2026-12-04 16:59"),
        ("2026-12-04 14:00", None),
        ("2026-12-04 16:00", None),
        ("2026-12-09 10:00", None),
    ],
)
def test_snoozing_waits_three_hours_unless_the_round_closes(now, again):
    closes = ends_at(closes_at(moment("2026-12-02 17:00")))
    assert snoozed_until(moment(now), closes, ROME) == (again and moment(again))


@pytest.mark.parametrize(
    ("now", "out"),
    [
        ("2026-12-02 17:00", "2026-12-02 17:00"),
        ("2026-12-02 17:59", "2026-12-02 17:59"),
        ("2026-12-02 20:00", "2026-12-02 20:00"),
        # the bot was down: not at night
        ("2026-12-02 22:00", "2026-12-03 09:00"),
        ("2026-12-03 03:00", "2026-12-03 09:00"),
        ("2026-12-03 16:59", "2026-12-03 16:59"),
        # a day late: the next week is soon enough
        ("2026-12-03 17:00", None),
        ("2026-12-20 12:00", None),
    ],
)
def test_a_round_is_caught_up_on_within_a_day_and_not_at_night(now, out):
    assert goes_out_at(moment("2026-12-02 17:00"), moment(now), ROME) == (out and moment(out))


def test_an_hour_that_the_member_chose_is_kept_at_night():
    due = moment("2026-12-02 22:00")
    assert goes_out_at(due, due + 30, ROME) == due + 30
    assert goes_out_at(due, due + 2 * HOUR, ROME) == moment("2026-12-03 09:00")


def test_a_late_round_never_takes_the_place_of_the_next_one():
    due = moment("2026-12-06 17:00")  # a Sunday
    assert goes_out_at(due, moment("2026-12-06 19:00"), ROME) == moment("2026-12-06 19:00")
    assert goes_out_at(due, moment("2026-12-06 22:00"), ROME) is None
    assert goes_out_at(due, moment("2026-12-07 10:00"), ROME) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026-11-30 00:00", "2026-12-06 23:59", True),
        ("2026-11-29 23:59", "2026-11-30 00:00", False),
        ("2026-12-28 12:00", "2027-01-03 12:00", True),  # a week across two years
        ("2026-12-02 12:00", "2025-12-03 12:00", False),
    ],
)
def test_a_week_is_monday_to_sunday_where_people_live(one, other, same):
    assert same_week(moment(one), moment(other), ROME) is same


@pytest.mark.parametrize(
    ("time", "now", "last_sent", "due"),
    [
        ((2, 17, 0), "2026-12-01 12:00", None, "2026-12-02 17:00"),
        ((2, 17, 0), "2026-12-02 17:00", None, "2026-12-09 17:00"),
        # asked on Wednesday, then another day is chosen: not twice in one week
        ((6, 10, 0), "2026-12-03 12:00", "2026-12-02 17:00", "2026-12-13 10:00"),
        ((0, 10, 0), "2026-12-03 12:00", "2026-12-02 17:00", "2026-12-07 10:00"),
        ((6, 10, 0), "2026-12-03 12:00", "2026-11-25 17:00", "2026-12-06 10:00"),
    ],
)
def test_nobody_is_asked_twice_in_a_week(time, now, last_sent, due):
    last = last_sent and moment(last_sent)
    assert next_due(weekly(*time), ROME, moment(now), last) == moment(due)


@pytest.mark.parametrize("name", ZONES)
def test_the_hour_stays_when_clocks_change(name):
    zone = ZoneInfo(name)
    now = resolve(datetime.fromisoformat("2026-01-01 00:00"), zone)
    last: int | None = None
    for _ in range(60):
        due = next_due(DEFAULT, zone, now, last)
        assert f"{local(due, zone):%a %H:%M}" == "Wed 17:00"
        assert last is None or 6.9 <= (due - last) / 86_400 <= 7.1
        now = last = due


def test_a_rule_that_has_ended_asks_nobody():
    with pytest.raises(ValueError, match="has ended"):
        next_due("FREQ=WEEKLY;COUNT=1", ROME, moment("2026-12-02 17:00"), None)


def test_the_week_is_the_centre_s() -> None:
    """Monday 0:30 in Rome is Sunday 23:30 in UTC, and of the next week all the same."""
    due = next_due(weekly(0, 0, 30), ROME, moment("2026-12-06 20:00"), moment("2026-12-06 12:00"))
    assert due == moment("2026-12-07 00:30")
