from __future__ import annotations

from datetime import datetime
from itertools import chain, combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.checkin import (
    DEFAULT_RULE,
    FACES,
    QUESTIONS,
    closes_at,
    next_question,
    paused_until,
    reminder_at,
    snoozed_until,
)
from assembly.recurrence import local, next_occurrence, resolve

HOUR = 3600
ROME = ZoneInfo("Europe/Rome")
ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
EPOCHS = st.integers(1_600_000_000, 2_000_000_000)


def moment(text: str) -> int:
    return resolve(datetime.fromisoformat(text), ROME)


def test_the_questionnaire_is_three_questions_on_five_faces():
    assert QUESTIONS == ("week", "connection", "say")
    assert list(FACES) == [0, 1, 2, 3, 4]


def test_the_default_is_wednesday_at_five():
    start = datetime.fromisoformat("2026-01-01 00:00")
    sent = next_occurrence(DEFAULT_RULE, start, ROME, moment("2026-12-03 12:00"))
    assert sent == moment("2026-12-09 17:00")


def test_a_round_closes_after_two_days_and_a_pause_ends_after_four_weeks():
    assert closes_at(1_000_000) == 1_000_000 + 48 * HOUR
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
    closes = closes_at(moment("2026-12-02 17:00"))
    assert snoozed_until(moment(now), closes, ROME) == (again and moment(again))


def test_questions_come_in_order_and_each_once():
    asked: list[str] = []
    while (question := next_question(asked)) is not None:
        asked.append(question)
    assert tuple(asked) == QUESTIONS


def test_the_next_question_is_the_first_left_open():
    subsets = chain.from_iterable(combinations(QUESTIONS, size) for size in range(3))
    for dealt_with in subsets:
        left = [question for question in QUESTIONS if question not in dealt_with]
        assert next_question(set(dealt_with)) == left[0]


def test_an_unknown_question_is_refused():
    with pytest.raises(ValueError, match="no such question: mood"):
        next_question({"week", "mood"})
