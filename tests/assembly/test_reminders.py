from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.recurrence import local, resolve
from assembly.reminders import (
    HOUR,
    Kind,
    Reminder,
    due,
    expires_at,
    freeze_at,
    sent_at,
    still_helps,
)

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
STARTS = st.integers(1_600_000_000, 2_000_000_000)
LONG_BEFORE = 30 * 24 * HOUR


def moment(text: str, zone: ZoneInfo) -> int:
    return resolve(datetime.fromisoformat(text), zone)


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        (
            "Europe/Rome",
            "2026-12-07 16:00",
            [("7d", "2026-11-30 16:00"), ("24h", "2026-12-06 16:00"), ("2h", "2026-12-07 14:00")],
        ),
        # clocks change between the reminder and the assembly: it still comes at 16:00
        (
            "Europe/Rome",
            "2026-10-25 16:00",
            [("7d", "2026-10-18 16:00"), ("24h", "2026-10-24 16:00"), ("2h", "2026-10-25 14:00")],
        ),
        (
            "America/New_York",
            "2026-03-08 16:00",
            [("7d", "2026-03-01 16:00"), ("24h", "2026-03-07 16:00"), ("2h", "2026-03-08 14:00")],
        ),
        # quiet hours: the evening before waits for the morning; two hours before can't wait
        (
            "UTC",
            "2026-06-10 21:30",
            [("7d", "2026-06-04 09:00"), ("24h", "2026-06-10 09:00"), ("2h", "2026-06-10 19:30")],
        ),
        (
            "UTC",
            "2026-06-10 08:30",
            [("7d", "2026-06-03 09:00"), ("24h", "2026-06-09 09:00"), ("2h", "2026-06-10 06:30")],
        ),
    ],
)
def test_reminders_come_at_the_hour_of_the_assembly(zone, start, expected):
    place = ZoneInfo(zone)
    starts_at = moment(start, place)
    found = due(starts_at, starts_at - LONG_BEFORE, place)
    assert found == [Reminder(kind, moment(at, place)) for kind, at in expected]


def test_two_hours_before_are_two_hours_that_pass():
    zone = ZoneInfo("America/New_York")
    starts_at = moment("2026-11-01 03:00", zone)
    last = due(starts_at, starts_at - LONG_BEFORE, zone)[-1]
    # clocks show 01:00 twice that night: this is the second time, and the first is an hour earlier
    assert last == Reminder(Kind.HOURS, moment("2026-11-01 01:00", zone) + HOUR)


@pytest.mark.parametrize(
    ("convened_before", "kinds"),
    [
        (30 * 24 * HOUR, ["7d", "24h", "2h"]),
        (7 * 24 * HOUR + HOUR, ["7d", "24h", "2h"]),
        (7 * 24 * HOUR + HOUR - 1, ["24h", "2h"]),
        (7 * 24 * HOUR, ["24h", "2h"]),
        (25 * HOUR, ["24h", "2h"]),
        (25 * HOUR - 1, ["2h"]),
        (3 * HOUR, ["2h"]),
        (3 * HOUR - 1, []),
        (60, []),
        (0, []),
        (-5 * HOUR, []),
    ],
)
def test_what_the_announcement_already_says_is_left_out(convened_before, kinds):
    zone = ZoneInfo("UTC")
    starts_at = moment("2026-06-10 16:00", zone)
    reminders = due(starts_at, starts_at - convened_before, zone)
    assert [reminder.kind for reminder in reminders] == kinds


@given(st.sampled_from(ZONES), STARTS, st.integers(-HOUR, LONG_BEFORE))
def test_reminders_are_apart_before_the_start_and_out_of_quiet_hours(name, starts_at, before):
    zone = ZoneInfo(name)
    reminders = due(starts_at, starts_at - before, zone)
    for reminder in reminders:
        assert starts_at - before + HOUR <= reminder.at < starts_at
        if reminder.kind != "2h":
            assert 9 <= local(reminder.at, zone).hour < 21
            assert reminder.at <= starts_at - 10 * HOUR
    assert all(later.at - earlier.at >= 8 * HOUR for earlier, later in pairwise(reminders))


@pytest.mark.parametrize("name", ZONES)
def test_over_years_of_weekly_assemblies_each_has_its_three_reminders(name):
    zone = ZoneInfo(name)
    for week in range(3 * 52):
        shown = datetime.fromisoformat("2024-01-07 16:00") + timedelta(weeks=week)
        starts_at = resolve(shown, zone)
        found = due(starts_at, starts_at - LONG_BEFORE, zone)
        assert [local(reminder.at, zone) for reminder in found] == [
            shown - timedelta(days=7),
            shown - timedelta(days=1),
            shown - timedelta(hours=2),
        ]


def test_the_agenda_freezes_a_day_before():
    assert freeze_at(1_000_000) == 1_000_000 - 86_400


@pytest.mark.parametrize(
    ("kind", "before_start", "expected"),
    [
        ("7d", 168 * HOUR, True),
        ("7d", 48 * HOUR + 1, True),
        ("7d", 48 * HOUR, False),
        ("24h", 24 * HOUR, True),
        ("24h", 3 * HOUR + 1, True),
        ("24h", 3 * HOUR, False),
        ("2h", 2 * HOUR, True),
        ("2h", 1, True),
        ("2h", 0, False),
        ("2h", -1, False),
        ("7d", -HOUR, False),
    ],
)
def test_a_late_reminder_helps_for_a_while(kind, before_start, expected):
    starts_at = 1_800_000_000
    due_at = starts_at - {"7d": 168, "24h": 24, "2h": 2}[kind] * HOUR
    assert still_helps(kind, due_at, starts_at - before_start, starts_at) is expected


@pytest.mark.parametrize(
    ("kind", "now", "sent"),
    [
        (Kind.WEEK, "2026-12-01 23:00", "2026-12-02 09:00"),
        (Kind.DAY, "2026-12-01 23:00", "2026-12-02 09:00"),
        (Kind.HOURS, "2026-12-01 23:00", "2026-12-01 23:00"),  # it can't wait
        (Kind.DAY, "2026-12-01 20:59", "2026-12-01 20:59"),
    ],
)
def test_what_can_wait_is_not_sent_at_night(kind, now, sent):
    zone = ZoneInfo("Europe/Rome")
    assert sent_at(kind, moment(now, zone), zone) == moment(sent, zone)


def test_nothing_is_late_before_it_is_due():
    with pytest.raises(ValueError, match="not due"):
        still_helps(Kind.DAY, 1000, 999, 100_000)


@given(st.sampled_from(ZONES), STARTS, st.integers(-HOUR, 8 * 24 * HOUR))
def test_after_downtime_at_most_one_is_caught_up_on_and_it_is_the_latest(name, starts_at, before):
    now = starts_at - before
    reminders = due(starts_at, starts_at - LONG_BEFORE, ZoneInfo(name))
    missed = [reminder for reminder in reminders if reminder.at <= now]
    helpful = [r for r in missed if still_helps(r.kind, r.at, now, starts_at)]
    assert helpful in ([], missed[-1:])
    assert not helpful or now < starts_at


@given(st.sampled_from(ZONES), STARTS)
def test_a_reminder_on_time_always_helps(name, starts_at):
    for reminder in due(starts_at, starts_at - LONG_BEFORE, ZoneInfo(name)):
        assert still_helps(reminder.kind, reminder.at, reminder.at, starts_at)


@pytest.mark.parametrize(
    ("kind", "sent", "until"),
    [
        ("7d", "2026-11-30 16:00", "2026-12-05 16:00"),
        ("24h", "2026-12-06 16:00", "2026-12-07 00:00"),  # it says "tomorrow"
        ("24h", "2026-12-07 09:00", "2026-12-07 13:00"),  # it says "today"
        ("2h", "2026-12-07 14:00", "2026-12-07 16:00"),
    ],
)
def test_a_reminder_on_its_way_expires_when_its_words_are_no_longer_true(kind, sent, until):
    zone = ZoneInfo("Europe/Rome")
    starts_at = moment("2026-12-07 16:00", zone)
    assert expires_at(kind, moment(sent, zone), starts_at, zone) == moment(until, zone)


@given(st.sampled_from(ZONES), STARTS)
def test_a_reminder_on_time_has_time_to_arrive(name, starts_at):
    zone = ZoneInfo(name)
    for reminder in due(starts_at, starts_at - LONG_BEFORE, zone):
        assert reminder.at < expires_at(reminder.kind, reminder.at, starts_at, zone) <= starts_at
