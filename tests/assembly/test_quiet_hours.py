"""When nobody is written to unasked, also on the nights in which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import checkin, deadlines
from assembly.quiet_hours import BEGIN, END, began_at, hold, waits_until
from assembly.recurrence import local, resolve

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
EPOCHS = st.integers(1_500_000_000, 2_100_000_000)
ROME = ZoneInfo("Europe/Rome")
HOUR = 3600


def at(shown: str, zone: ZoneInfo = ROME) -> int:
    return resolve(datetime.fromisoformat(shown), zone)


def utc(shown: str) -> int:
    return int(datetime.fromisoformat(shown).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("zone", "shown", "expected"),
    [
        ("UTC", "2026-06-01 09:00", "2026-06-01 09:00"),
        ("UTC", "2026-06-01 20:59:59", "2026-06-01 20:59:59"),
        ("UTC", "2026-06-01 21:00", "2026-06-02 09:00"),
        ("UTC", "2026-06-01 00:00", "2026-06-01 09:00"),
        ("UTC", "2026-06-01 08:59:59", "2026-06-01 09:00"),
        ("Europe/Rome", "2026-03-28 22:00", "2026-03-29 09:00"),
        ("Europe/Rome", "2026-10-24 22:00", "2026-10-25 09:00"),
        ("Europe/Rome", "2026-12-31 23:30", "2027-01-01 09:00"),
        ("Australia/Lord_Howe", "2026-10-03 21:00", "2026-10-04 09:00"),
    ],
)
def test_they_wait_for_the_morning(zone: str, shown: str, expected: str) -> None:
    place = ZoneInfo(zone)
    assert waits_until(at(shown, place), place) == at(expected, place)


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("2026-06-01 21:00", "2026-06-02 09:00", 12),
        ("2026-03-28 21:00", "2026-03-29 09:00", 11),  # the clocks skip an hour that night
        ("2026-10-24 21:00", "2026-10-25 09:00", 13),  # they show one twice
    ],
)
def test_how_long_a_night_is(begins: str, ends: str, hours: int) -> None:
    assert waits_until(at(begins), ROME) - at(begins) == hours * HOUR
    assert began_at(at(ends) - 1, ROME) == at(begins)
    assert hold(at(begins), at(ends), ROME)
    assert not hold(at(begins) - 1, at(ends), ROME)
    assert not hold(at(begins), at(ends) + 1, ROME)


@pytest.mark.parametrize(
    ("moment", "began"),
    [
        ("2026-06-01 20:59:59", "2026-05-31 19:00"),  # Rome is two hours ahead of UTC
        ("2026-06-01 21:00", "2026-06-01 19:00"),
        ("2026-06-02 00:00", "2026-06-01 19:00"),
        ("2026-06-02 08:59:59", "2026-06-01 19:00"),
        ("2026-03-29 08:00", "2026-03-28 20:00"),
        ("2026-10-25 08:00", "2026-10-24 19:00"),
    ],
)
def test_when_they_began(moment: str, began: str) -> None:
    assert began_at(at(moment), ROME) == utc(began)


def test_two_nights_are_not_one() -> None:
    assert hold(at("2026-06-01 22:00"), at("2026-06-02 08:00"), ROME)
    assert not hold(at("2026-06-01 22:00"), at("2026-06-02 22:00"), ROME)
    assert not hold(at("2026-06-01 12:00"), at("2026-06-01 13:00"), ROME)


@given(st.sampled_from(ZONES), EPOCHS)
def test_they_end_soon_and_for_good(name: str, moment: int) -> None:
    zone = ZoneInfo(name)
    loud = waits_until(moment, zone)
    assert moment <= loud <= moment + 13 * HOUR
    assert waits_until(loud, zone) == loud
    assert END <= local(loud, zone).time() < BEGIN
    assert (loud == moment) == (END <= local(moment, zone).time() < BEGIN)


@given(st.sampled_from(ZONES), EPOCHS)
def test_all_that_is_quiet_lies_in_one_night(name: str, moment: int) -> None:
    zone = ZoneInfo(name)
    began, loud = began_at(moment, zone), waits_until(moment, zone)
    assert began <= moment
    assert local(began, zone).time() == BEGIN
    assert hold(began, moment, zone) == (loud > moment or local(moment, zone).time() == END)
    if loud > moment:
        assert waits_until(began, zone) == loud


def test_what_is_planned_for_an_hour_of_the_day_is_planned_outside_them() -> None:
    assert END < deadlines.EVENING < BEGIN
    assert END.hour <= checkin.DEFAULT_HOUR < BEGIN.hour
