from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.convening import (
    LAST_PAGE,
    asked_again_at,
    clashes,
    days,
    days_until,
    given_up_at,
    hours,
    is_early,
    offered_day,
    possible,
    still_told,
    typed_time,
)
from assembly.recurrence import local, resolve

ROME = ZoneInfo("Europe/Rome")
ZONES = ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC"]
HOUR = 3600


def moment(text: str, zone: ZoneInfo = ROME) -> int:
    return resolve(datetime.fromisoformat(text), zone)


NOW = moment("2026-12-03 12:10")


def test_the_first_page_starts_today_and_shows_two_weeks():
    page = days(NOW, ROME, 0)
    assert page[0] == date(2026, 12, 3)
    assert page[-1] == date(2026, 12, 16)
    assert len(page) == 14


def test_each_page_starts_a_week_later():
    assert days(NOW, ROME, 3)[0] == date(2026, 12, 24)


@pytest.mark.parametrize(("page", "like"), [(-1, 0), (-(10**17), 0), (10**17, LAST_PAGE)])
def test_made_up_pages_are_the_nearest_ones(page, like):
    assert days(NOW, ROME, page) == days(NOW, ROME, like)


def test_today_is_the_zones_day():
    late = moment("2026-12-03 23:30", ZoneInfo("UTC"))
    assert days(late, ROME, 0)[0] == date(2026, 12, 4)


@given(st.integers(0, LAST_PAGE))
def test_every_day_on_a_page_can_be_chosen(page):
    for day in days(NOW, ROME, page):
        assert offered_day(day.toordinal(), NOW, ROME) == day


@pytest.mark.parametrize("ordinal", [-1, 0, 10**17, date(2026, 12, 2).toordinal()])
def test_other_days_can_not(ordinal):
    assert offered_day(ordinal, NOW, ROME) is None


def test_a_day_a_year_and_a_half_ahead_can_not():
    assert offered_day(date(2028, 6, 1).toordinal(), NOW, ROME) is None


def test_half_hours_from_nine_to_half_past_eight():
    offered = [local(each, ROME).strftime("%H:%M") for each in hours(date(2026, 12, 7), NOW, ROME)]
    assert offered[0] == "09:00"
    assert offered[1] == "09:30"
    assert offered[-1] == "20:30"
    assert len(offered) == 24


def test_today_only_what_is_still_to_come():
    offered = hours(date(2026, 12, 3), NOW, ROME)
    assert local(offered[0], ROME) == datetime.fromisoformat("2026-12-03 12:30")
    assert hours(date(2026, 12, 3), moment("2026-12-03 20:30"), ROME) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("16:30", "16:30"),
        (" 16.30 ", "16:30"),
        ("16,30", "16:30"),
        ("16h30", "16:30"),
        ("16 : 30", "16:30"),
        ("16", "16:00"),
        ("16 Uhr", "16:00"),
        ("16:30 uhr", "16:30"),
        ("9", "09:00"),
        ("0:05", "00:05"),
        ("23:59", "23:59"),
        ("4pm", "16:00"),
        ("4:30 p.m.", "16:30"),
        ("12am", "00:00"),
        ("12 PM", "12:00"),
        ("at 16:30", "16:30"),
        ("um 16:30", "16:30"),
        ("um 16 Uhr", "16:00"),
        ("alle 16", "16:00"),
        ("alle ore 16.30", "16:30"),
        ("ore 16", "16:00"),
    ],
)
def test_times_are_read_as_people_write_them(text, shown):
    found = typed_time(text, date(2026, 12, 7), ROME)
    assert found is not None
    assert local(found, ROME).strftime("%Y-%m-%d %H:%M") == f"2026-12-07 {shown}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "at four",
        "13pm",
        "0am",
        "4 xm",
        "alle",
        "um",
        "24:00",
        "16:60",
        "16:3",
        "-1",
        "160",
        "16:30:00",
        "१६:३०x",
        "²",
    ],
)
def test_anything_else_is_no_time(text):
    assert typed_time(text, date(2026, 12, 7), ROME) is None


def test_a_time_that_clocks_skip_is_the_first_after_it():
    found = typed_time("2:30", date(2027, 3, 28), ROME)
    assert found == moment("2027-03-28 03:00")


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(60, True), (0, False), (-60, False), (400 * 24 * HOUR, True), (400 * 24 * HOUR + 60, False)],
)
def test_an_assembly_is_to_come_and_not_too_far_away(ahead, expected):
    assert possible(NOW + ahead, NOW) is expected


def test_an_assembly_starts_on_a_whole_minute():
    assert not possible(NOW + HOUR + 1, NOW)


@pytest.mark.parametrize(
    ("apart", "expected"),
    [(0, True), (2 * HOUR - 1, True), (-HOUR, True), (2 * HOUR, False), (-2 * HOUR, False)],
)
def test_two_around_the_same_time_clash(apart, expected):
    assert clashes(NOW, [NOW + apart]) is expected
    assert not clashes(NOW, [])


def test_two_hours_before_is_no_longer_early():
    assert not is_early(NOW + 2 * HOUR, NOW)
    assert is_early(NOW + 2 * HOUR + 1, NOW)


@pytest.mark.parametrize(
    ("now", "starts", "nights"),
    [
        ("2026-12-07 00:00", "2026-12-07 16:00", 0),
        ("2026-12-06 23:59", "2026-12-07 16:00", 1),
        ("2026-12-06 00:00", "2026-12-07 23:00", 1),
        ("2026-11-30 16:00", "2026-12-07 16:00", 7),
        ("2026-12-08 01:00", "2026-12-07 23:00", -1),
    ],
)
def test_days_until_counts_nights_on_the_calendar(now, starts, nights):
    assert days_until(moment(starts), moment(now), ROME) == nights


@given(st.sampled_from(ZONES), st.integers(1_600_000_000, 2_000_000_000), st.integers(0, 300))
def test_offered_hours_are_shown_as_such_whatever_clocks_do(name, now, ahead):
    zone = ZoneInfo(name)
    day = local(now, zone).date() + timedelta(days=ahead)
    for each in hours(day, now, zone):
        assert each > now
        assert local(each, zone).date() == day
        assert possible(each, now)


def test_what_nobody_opens_is_told_for_a_day_from_three_hours_on():
    start, hour = 1_000_000, 3600
    assert given_up_at(start) == start + 3 * hour
    assert not still_told(start, start + 3 * hour - 1)
    assert still_told(start, start + 3 * hour)
    assert still_told(start, start + 27 * hour - 1)
    assert not still_told(start, start + 27 * hour)


@pytest.mark.parametrize(
    ("due", "now", "again"),
    [
        (0, 0, 15),  # minutes after the start
        (0, 29, 44),
        (0, 60, 75),  # after a downtime
        (15, 15, None),  # not a third time
        (75, 75, None),
        (0, 164, 179),
        (0, 165, None),  # given up by then
    ],
)
def test_it_is_asked_once_more_a_quarter_of_an_hour_later(
    due: int, now: int, again: int | None
) -> None:
    start = 1_764_763_200
    expected = None if again is None else start + again * 60
    assert asked_again_at(start, start + due * 60, start + now * 60) == expected
