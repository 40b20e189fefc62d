from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.privacy_budget import YEARLY, account_year, may_spend
from assembly.questionnaire import WEEKLY
from assembly.recurrence import local
from assembly.windows import (
    FIRST,
    LARGE,
    MIDDLE,
    SMALL,
    TIERS,
    Plan,
    Window,
    first_day,
    following,
    joined_by,
    next_tier,
    plan,
    question_for,
    window_bounds,
    worth_telling,
)

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
NUMBERS = st.lists(st.none() | st.integers(-20, 250), min_size=1, max_size=60)
MONDAY = date(2026, 1, 5)
ROME = ZoneInfo("Europe/Rome")


def calendar(numbers: list[int | None]) -> list[Window]:
    windows = [FIRST]
    for last_c in numbers:
        windows.append(following(windows[-1], last_c))
    return windows


@pytest.mark.parametrize(
    ("last_c", "tier"),
    [
        (None, SMALL),
        (-12, SMALL),
        (0, SMALL),
        (9, SMALL),
        (19, SMALL),
        (20, MIDDLE),
        (59, MIDDLE),
        (60, LARGE),
        (150, LARGE),
        (9999, LARGE),
    ],
)
def test_the_next_tier_follows_the_last_number(last_c, tier):
    assert next_tier(last_c) is tier


def test_tiers_are_those_of_the_design():
    assert [(t.name, t.weeks * 7, t.epsilon) for t in (SMALL, MIDDLE, LARGE)] == [
        ("small", 28, Fraction(2)),
        ("middle", 14, Fraction(1)),
        ("large", 7, Fraction(1, 2)),
    ]
    assert TIERS == {"small": SMALL, "middle": MIDDLE, "large": LARGE}


def test_a_tier_lasts_to_the_border_whatever_is_released_meanwhile():
    # small, then 70 people: large from week 4, though only 5 answer in weeks 4 to 6
    windows = calendar([70, 5, 5, 5, 30, 5, 70])
    assert windows == [
        Window(0, SMALL),
        Window(4, LARGE),
        Window(5, LARGE),
        Window(6, LARGE),
        Window(7, LARGE),
        Window(8, MIDDLE),
        Window(10, MIDDLE),
        Window(12, LARGE),
    ]


@given(NUMBERS)
def test_windows_follow_on_each_other_inside_their_blocks(numbers):
    for window, after in pairwise(calendar(numbers)):
        end = window.week + window.tier.weeks
        assert after.week == end
        assert window.week // 4 == (end - 1) // 4
        assert after.tier is window.tier or after.week % 4 == 0


@given(NUMBERS, st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_bounds_are_local_midnights_without_gap_or_overlap(numbers, name, first_day):
    zone = ZoneInfo(name)
    bounds = [window_bounds(window, first_day, zone) for window in calendar(numbers)]
    assert all(end == start for (_, end), (start, _) in pairwise(bounds))
    for start, end in bounds:
        assert end > start
        assert local(start, zone).time() == datetime.min.time()


def test_bounds_span_a_change_of_clocks():
    zone = ZoneInfo("Europe/Rome")
    start, end = window_bounds(Window(8, SMALL), MONDAY, zone)
    assert local(start, zone).date() == MONDAY + timedelta(weeks=8)
    assert local(end, zone).date() == MONDAY + timedelta(weeks=12)
    assert end - start == 28 * 86_400 - 3600


def test_questions_take_turns():
    assert [question_for(Window(week, LARGE)) for week in range(4)] == [
        "week",
        "connection",
        "say",
        "week",
    ]
    assert [question_for(Window(week, SMALL)) for week in (0, 4, 8, 12)] == [
        "week",
        "connection",
        "say",
        "week",
    ]
    assert {question_for(Window(week, MIDDLE)) for week in (0, 2, 4)} == set(WEEKLY.questions)


@given(NUMBERS)
def test_no_question_comes_twice_running(numbers):
    for window, after in pairwise(calendar(numbers)):
        assert question_for(window) != question_for(after)


@pytest.mark.parametrize(
    ("window", "last_c", "expected"),
    [
        (Window(0, SMALL), None, Plan(("week",), Fraction(2), False, Fraction(2))),
        (Window(4, MIDDLE), 59, Plan(("connection",), Fraction(1), False, Fraction(1))),
        (Window(6, MIDDLE), 60, Plan(("week",), Fraction(1), True, Fraction(1))),
        (Window(8, LARGE), 149, Plan(("say",), Fraction(1, 2), True, Fraction(1, 2))),
        (Window(9, LARGE), 150, Plan(WEEKLY.questions, Fraction(1, 6), True, Fraction(1, 2))),
        (Window(10, MIDDLE), 150, Plan(WEEKLY.questions, Fraction(1, 3), True, Fraction(1))),
        (Window(9, LARGE), 12, Plan(("week",), Fraction(1, 2), False, Fraction(1, 2))),
    ],
)
def test_what_is_drawn_depends_on_the_last_number(window, last_c, expected):
    assert plan(window, last_c) == expected


@given(NUMBERS)
def test_a_plan_never_costs_more_than_its_charge(numbers):
    for window, last_c in zip(calendar(numbers), [None, *numbers], strict=True):
        drawn = plan(window, last_c)
        assert len(drawn.questions) * drawn.epsilon == drawn.charge == window.tier.epsilon


@given(st.lists(st.none() | st.integers(-20, 250), min_size=60, max_size=60))
def test_a_year_of_any_tiers_costs_what_the_account_holds(numbers):
    year = [window for window in calendar(numbers) if account_year(window.week) == 0]
    spent = Fraction(0)
    for window in year:
        assert may_spend(spent, plan(window, None).charge, YEARLY[WEEKLY.name])
        spent += plan(window, None).charge
    assert spent == YEARLY[WEEKLY.name]


# --- the calendar's first day, and what is still told late ---


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", range(14))
def test_a_calendar_starts_on_the_monday_after_the_first_four_weeks(zone, days):
    place = ZoneInfo(zone)
    founded = datetime(2026, 3, 23, 23, 59, tzinfo=place) + timedelta(days=days)
    day = first_day(int(founded.timestamp()), place)
    assert day.weekday() == 0
    assert timedelta(days=29) <= day - founded.date() <= timedelta(days=35)


def test_whoever_is_there_on_the_first_day_counts_in_the_first_window():
    founded = int(datetime(2026, 1, 5, 12, 0, tzinfo=ROME).timestamp())
    day = first_day(founded, ROME)
    assert day == date(2026, 2, 9)
    starts_at, _ = window_bounds(FIRST, day, ROME)
    assert founded < founded + 6 * 86400 < joined_by(starts_at) < founded + 7 * 86400


def test_four_weeks_of_membership_count_to_the_second():
    assert joined_by(1_000_000_000) == 1_000_000_000 - 28 * 86_400


@pytest.mark.parametrize(
    ("late", "told"),
    [(-1, False), (0, True), (3600, True), (28 * 86400 - 1, True), (28 * 86400, False)],
)
def test_a_window_is_told_about_for_four_weeks_after_its_end(late, told):
    assert worth_telling(1_000_000, 1_000_000 + late) is told
