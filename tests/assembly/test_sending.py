from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.quiet_hours import waits_until
from assembly.recurrence import local, resolve
from assembly.sending import CHOICES, DENSE, SPARSE, days_before, sent_at, stands_alone

HOUR = 3600
DAY = 24 * HOUR
ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe"]
STARTS = st.integers(1_600_000_000, 2_000_000_000)


def moment(text: str, zone: str) -> int:
    return resolve(datetime.fromisoformat(text), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "starts", "days", "sent"),
    [
        ("Europe/Rome", "2026-12-10 16:00", 6, "2026-12-04 16:00"),
        ("Europe/Rome", "2026-12-10 16:00", 7, "2026-12-03 16:00"),
        ("Europe/Rome", "2026-12-10 16:00", 2, "2026-12-08 16:00"),
        ("Europe/Rome", "2026-12-10 16:00", 1, "2026-12-09 16:00"),
        # over the changes of the clocks it is the same hour; a day before it is 24 hours
        ("Europe/Rome", "2026-03-30 16:00", 6, "2026-03-24 16:00"),
        ("Europe/Rome", "2026-10-28 16:00", 6, "2026-10-22 16:00"),
        ("Europe/Vienna", "2026-03-29 16:00", 1, "2026-03-28 15:00"),
        ("Europe/Vienna", "2026-10-25 16:00", 1, "2026-10-24 17:00"),
        ("America/New_York", "2026-03-10 16:00", 6, "2026-03-04 16:00"),
        ("America/New_York", "2026-11-03 16:00", 6, "2026-10-28 16:00"),
        ("Australia/Lord_Howe", "2026-04-07 16:00", 6, "2026-04-01 16:00"),
        ("Australia/Lord_Howe", "2026-10-07 16:00", 6, "2026-10-01 16:00"),
        # the quiet hours
        ("Europe/Rome", "2026-12-10 21:30", 6, "2026-12-05 09:00"),
        ("Europe/Rome", "2026-12-10 08:30", 6, "2026-12-04 09:00"),
    ],
)
def test_it_is_sent_as_many_days_before_at_the_same_hour(
    zone: str, starts: str, days: int, sent: str
) -> None:
    starts_at = moment(starts, zone)
    assert sent_at(starts_at, days, 0, ZoneInfo(zone)) == moment(sent, zone)


@pytest.mark.parametrize(
    ("convened", "sent"),
    [
        ("2026-12-03 15:59", "2026-12-03 16:00"),
        ("2026-12-03 16:01", "2026-12-04 16:01"),  # convened later: a day to propose something
        ("2026-12-07 20:00", "2026-12-08 20:00"),
        ("2026-12-07 22:00", "2026-12-09 09:00"),  # not at night
        ("2026-12-08 17:00", "2026-12-09 16:00"),  # a day before at the latest
        ("2026-12-10 10:00", "2026-12-09 16:00"),  # which is over: at once
    ],
)
def test_convened_later_it_leaves_a_day(convened: str, sent: str) -> None:
    rome = "Europe/Rome"
    starts_at = moment("2026-12-10 16:00", rome)
    found = sent_at(starts_at, 7, moment(convened, rome), ZoneInfo(rome))
    assert found == moment(sent, rome)


@given(STARTS, st.sampled_from(CHOICES), st.integers(0, 30 * DAY), st.sampled_from(ZONES))
def test_never_later_than_a_day_before_and_never_at_night(
    starts_at: int, days: int, before: int, zone: str
) -> None:
    clock = ZoneInfo(zone)
    found = sent_at(starts_at, days, starts_at - before, clock)
    assert found <= starts_at - DAY
    if found != starts_at - DAY:
        assert found >= starts_at - before
        assert waits_until(found, clock) == found
        assert (local(starts_at, clock) - local(found, clock)).days <= days
    if days >= 2 and before > 15 * DAY:
        assert stands_alone(starts_at, found)


def test_a_day_before_the_reminder_says_it() -> None:
    assert not stands_alone(10 * DAY, 9 * DAY)
    assert stands_alone(10 * DAY, 8 * DAY)


def test_the_centre_says_when_or_its_rhythm_does() -> None:
    assert days_before(3, dense=True) == days_before(3, dense=False) == 3
    assert (days_before(None, dense=True), days_before(None, dense=False)) == (DENSE, SPARSE)
    with pytest.raises(ValueError, match="a day before"):
        sent_at(10 * DAY, 0, 0, ZoneInfo("UTC"))
