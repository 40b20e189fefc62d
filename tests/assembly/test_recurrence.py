from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.recurrence import local, next_occurrence, resolve, weekly

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
YEARS = (2024, 2025, 2026)
EPOCHS = st.integers(1_500_000_000, 2_100_000_000)
LOCALS = st.datetimes(
    datetime.fromisoformat("2017-07-14"), datetime.fromisoformat("2036-07-18")
).map(lambda moment: moment.replace(microsecond=0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def steps(rule: str, start: datetime, zone: ZoneInfo, end: int) -> list[int]:
    """What a scheduler does: ask for the next, again and again."""
    found: list[int] = []
    after = resolve(start, zone) - 1
    while (epoch := next_occurrence(rule, start, zone, after)) is not None and epoch < end:
        found.append(epoch)
        after = epoch
    return found


@pytest.mark.parametrize(
    ("zone", "shown", "expected"),
    [
        ("UTC", "2026-03-29 02:30", "2026-03-29 02:30"),
        # Rome and Vienna, gap 02:00 to 03:00: whatever is skipped happens at 03:00
        ("Europe/Rome", "2026-03-29 01:59:59", "2026-03-29 00:59:59"),
        ("Europe/Rome", "2026-03-29 02:00", "2026-03-29 01:00"),
        ("Europe/Rome", "2026-03-29 02:30", "2026-03-29 01:00"),
        ("Europe/Rome", "2026-03-29 02:59:59", "2026-03-29 01:00"),
        ("Europe/Rome", "2026-03-29 03:00", "2026-03-29 01:00"),
        ("Europe/Vienna", "2026-03-29 02:30", "2026-03-29 01:00"),
        # overlap 02:00 to 03:00: the first pass
        ("Europe/Rome", "2026-10-25 01:59", "2026-10-24 23:59"),
        ("Europe/Rome", "2026-10-25 02:00", "2026-10-25 00:00"),
        ("Europe/Vienna", "2026-10-25 02:30", "2026-10-25 00:30"),
        ("Europe/Rome", "2026-10-25 03:00", "2026-10-25 02:00"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),
        # Lord Howe: half an hour, gap 02:00 to 02:30 in October, overlap 01:30 to 02:00 in April
        ("Australia/Lord_Howe", "2026-10-04 02:00", "2026-10-03 15:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03 15:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
        ("Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04 15:30"),
        # Samoa left out a whole day
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
    ],
)
def test_resolve_finds_a_moment_that_exists(zone, shown, expected):
    assert resolve(at(shown), ZoneInfo(zone)) == utc(expected)


def test_a_time_with_a_zone_is_not_local():
    with pytest.raises(ValueError, match="carries no zone"):
        resolve(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))


@given(st.sampled_from(ZONES), EPOCHS)
def test_clocks_and_moments_agree_but_for_the_second_pass(name, epoch):
    zone = ZoneInfo(name)
    again = resolve(local(epoch, zone), zone)
    assert epoch - again in (0, 1800, 3600)
    assert local(again, zone) == local(epoch, zone)


@given(st.sampled_from(ZONES), LOCALS, LOCALS)
def test_resolve_never_goes_backwards(name, one, other):
    earlier, later = sorted((one, other))
    assert resolve(earlier, ZoneInfo(name)) <= resolve(later, ZoneInfo(name))


@pytest.mark.parametrize("name", ZONES)
def test_resolve_is_monotone_through_every_minute_of_both_changes(name):
    zone = ZoneInfo(name)
    for day in ("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"):
        minutes = [at(day) + timedelta(minutes=minute) for minute in range(300)]
        assert all(a <= b for a, b in pairwise(resolve(minute, zone) for minute in minutes))


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("clock", ["00:30", "02:30"])
def test_every_day_for_years_exactly_once(name, clock):
    zone = ZoneInfo(name)
    found: list[int] = []
    quarters = [at(f"{year}-{month:02}-01 {clock}") for year in YEARS for month in (1, 4, 7, 10)]
    for start, end in pairwise([*quarters, at(f"{YEARS[-1] + 1}-01-01 {clock}")]):
        found += steps("FREQ=DAILY", start, zone, resolve(end, zone))
    days = [local(epoch, zone).date() for epoch in found]
    assert days == [(quarters[0] + timedelta(days=day)).date() for day in range(len(found))]
    assert len(found) == 366 + 365 + 365
    moved = [epoch for epoch in found if f"{local(epoch, zone):%H:%M}" != clock]
    in_gap = clock == "02:30" and name not in ("UTC", "Australia/Lord_Howe")
    assert len(moved) == (len(YEARS) if in_gap else 0)
    assert {f"{local(epoch, zone):%H:%M}" for epoch in moved} <= {"03:00"}


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("clock", [(0, 30), (1, 45), (2, 15), (2, 30)])
@pytest.mark.parametrize("weekday", [2, 6], ids=["Wednesday", "Sunday, when clocks change"])
def test_every_week_for_years_exactly_once(name, clock, weekday):
    zone = ZoneInfo(name)
    start = at("2024-01-01")  # a Monday
    found = steps(weekly(weekday, *clock), start, zone, resolve(at("2027-01-04"), zone))
    days = [local(epoch, zone).date() for epoch in found]
    assert days == [(start + timedelta(days=weekday + 7 * week)).date() for week in range(157)]


@given(
    st.sampled_from(ZONES),
    st.sampled_from(
        [
            weekly(2, 17, 0),
            weekly(6, 2, 30),
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=DAILY;BYHOUR=2;BYMINUTE=0,20,40",
            "FREQ=MONTHLY;BYDAY=-1SU",
            "FREQ=MONTHLY;BYMONTHDAY=31",
        ]
    ),
    EPOCHS,
)
def test_the_next_is_after_and_none_lies_between(name, rule, after):
    zone = ZoneInfo(name)
    start = local(after, zone) - timedelta(days=40)
    found = next_occurrence(rule, start, zone, after)
    assert found is not None
    assert found > after
    assert next_occurrence(rule, start, zone, found - 1) == found
    assert next_occurrence(rule, start, zone, (after + found) // 2) == found


def test_times_that_a_gap_pushes_together_happen_once():
    zone = ZoneInfo("Europe/Rome")
    rule = "FREQ=DAILY;COUNT=4;BYHOUR=2,3;BYMINUTE=0,30"
    found = steps(rule, at("2026-03-29 00:00"), zone, utc("2027-01-01"))
    assert found == [utc("2026-03-29 01:00"), utc("2026-03-29 01:30")]


def test_the_second_pass_through_an_overlap_repeats_nothing():
    zone = ZoneInfo("Europe/Rome")
    start = at("2026-10-01 02:30")
    for minute in range(61):
        second_pass = utc("2026-10-25 01:00") + 60 * minute
        assert next_occurrence("FREQ=DAILY", start, zone, second_pass) == utc("2026-10-26 01:30")


def test_a_rule_that_has_ended_has_no_next():
    zone, start = ZoneInfo("Europe/Rome"), at("2026-01-05 16:00")
    assert next_occurrence("FREQ=WEEKLY;COUNT=2", start, zone, utc("2026-01-12 14:59")) == utc(
        "2026-01-12 15:00"
    )
    assert next_occurrence("FREQ=WEEKLY;COUNT=2", start, zone, utc("2026-01-12 15:00")) is None
    until = "FREQ=WEEKLY;UNTIL=20260112T160000"
    assert next_occurrence(until, start, zone, utc("2026-01-12 15:00")) is None


def test_the_start_itself_is_an_occurrence_but_none_comes_before_it():
    zone, start = ZoneInfo("Europe/Rome"), at("2026-01-05 16:00")
    assert next_occurrence("FREQ=WEEKLY", start, zone, 0) == resolve(start, zone)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "weekly",
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;NONSENSE=1",
        "DTSTART:20200101T000000\nFREQ=WEEKLY",
        "FREQ=WEEKLY;UNTIL=20260112T160000Z",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rule):
    with pytest.raises(ValueError, match=r"."):
        next_occurrence(rule, at("2026-01-05 16:00"), ZoneInfo("UTC"), 0)


@pytest.mark.parametrize("time", [(-1, 0, 0), (7, 0, 0), (0, 24, 0), (0, -1, 0), (0, 0, 60)])
def test_a_time_outside_the_week_is_refused(time):
    with pytest.raises(ValueError, match="no such time"):
        weekly(*time)
