from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.closing_reminder import LEAST, joins, late, remind_at
from assembly.deadlines import LONGEST
from assembly.quiet_hours import waits_until
from assembly.recurrence import resolve

ROME = ZoneInfo("Europe/Rome")
HOUR = 3600


def at(text: str) -> int:
    return resolve(datetime.fromisoformat(f"2025-{text}"), ROME)


@pytest.mark.parametrize(
    ("opened", "closes", "reminded"),
    [
        ("12-03 12:00", "12-03 12:05", None),  # too short
        ("12-03 12:00", "12-03 12:06", "12-03 12:03"),
        ("12-03 12:00", "12-03 12:10", "12-03 12:07"),
        ("12-03 12:00", "12-03 12:20", "12-03 12:14"),
        ("12-03 12:00", "12-03 13:00", "12-03 12:50"),
        ("12-03 12:00", "12-03 13:01", "12-03 12:51"),
        ("12-03 12:00", "12-03 20:00", "12-03 19:00"),
        ("12-03 12:00", "12-04 12:00", "12-04 09:00"),  # a day: 3 hours
        ("12-03 12:00", "12-04 20:00", "12-04 17:00"),
        ("12-03 20:00", "12-05 20:00", "12-05 17:00"),  # two days
        ("12-03 19:59", "12-05 20:00", "12-04 18:00"),  # longer: the day before
        ("12-03 12:00", "12-10 20:00", "12-09 18:00"),
        ("12-03 12:00", "12-10 00:30", "12-09 18:00"),
        ("03-23 12:00", "03-30 20:00", "03-29 18:00"),  # the clocks change that night
        ("12-03 11:00", "12-04 10:30", "12-04 09:00"),  # by day again, an hour and a half left
        ("12-03 11:00", "12-04 09:30", "12-03 20:45"),  # half an hour is little for a day
        ("12-03 20:00", "12-04 09:30", "12-04 09:00"),  # open for too short a time that evening
        ("12-03 20:00", "12-04 09:03", "12-04 09:00"),
        ("12-03 20:00", "12-04 09:02", None),
        ("12-03 19:40", "12-04 09:02", "12-03 20:45"),
        ("12-03 20:30", "12-03 21:30", None),  # it would be by night, and not all of it is
        ("12-03 08:30", "12-03 09:05", "12-03 09:00"),
        ("12-03 21:00", "12-03 21:10", "12-03 21:07"),  # all of it is by night
        ("12-03 22:00", "12-03 23:00", "12-03 22:50"),
        ("12-03 23:00", "12-04 09:00", "12-04 07:45"),
    ],
)
def test_when_people_are_reminded(opened: str, closes: str, reminded: str | None) -> None:
    expected = None if reminded is None else at(reminded)
    assert remind_at(at(opened), at(closes), ROME) == expected


@given(
    st.integers(0, 4_000_000_000),
    st.integers(1, LONGEST),
    st.sampled_from(["Europe/Rome", "America/St_Johns", "Pacific/Apia", "UTC"]),
)
def test_it_is_between_opening_and_closing_and_by_day(opened: int, span: int, name: str) -> None:
    zone, closes = ZoneInfo(name), opened + span
    moment = remind_at(opened, closes, zone)
    if moment is None:
        return
    assert opened + LEAST <= moment <= closes - LEAST
    night_ends = waits_until(opened, zone)
    by_night = night_ends > opened and closes <= night_ends
    assert by_night or waits_until(moment, zone) == moment
    assert late(moment, opened, closes, zone) == moment


@given(st.integers(0, 4_000_000_000), st.integers(2 * LEAST, LONGEST))
def test_a_question_that_closes_by_day_always_has_one_if_it_is_put_by_day(
    opened: int, span: int
) -> None:
    closes = opened + span
    if waits_until(opened, ROME) == opened and waits_until(closes - LEAST, ROME) == closes - LEAST:
        assert remind_at(opened, closes, ROME) is not None


@pytest.mark.parametrize(
    ("now", "opened", "closes", "sent"),
    [
        ("12-03 12:08", "12-03 12:00", "12-03 12:10", "12-03 12:08"),
        ("12-03 12:09", "12-03 12:00", "12-03 12:10", "12-03 12:09"),
        ("12-03 12:10", "12-03 12:00", "12-03 12:10", None),
        ("12-03 13:00", "12-03 12:00", "12-03 12:10", None),
        ("12-03 22:00", "12-02 12:00", "12-04 20:00", "12-04 09:00"),  # waits for the morning
        ("12-03 22:00", "12-02 12:00", "12-04 08:00", None),
        ("12-03 21:08", "12-03 21:00", "12-03 21:10", "12-03 21:08"),  # all of it is by night
    ],
)
def test_late_only_if_it_still_helps(now: str, opened: str, closes: str, sent: str | None) -> None:
    expected = None if sent is None else at(sent)
    assert late(at(now), at(opened), at(closes), ROME) == expected


@pytest.mark.parametrize(
    ("now", "due", "opened", "closes", "together"),
    [
        ("12-03 12:50", "12-03 12:50", "12-03 12:00", "12-03 13:00", True),
        ("12-03 12:50", "12-03 12:45", "12-03 12:00", "12-03 12:55", True),  # is late itself
        ("12-03 12:45", "12-03 12:50", "12-03 12:00", "12-03 13:00", True),
        ("12-03 12:44", "12-03 12:50", "12-03 12:00", "12-03 13:00", False),
        ("12-03 17:00", "12-03 18:00", "12-01 12:00", "12-04 12:00", True),
        ("12-03 16:59", "12-03 18:00", "12-01 12:00", "12-04 12:00", False),
        ("12-03 22:00", "12-03 21:55", "12-03 12:00", "12-04 10:00", False),  # waits for the day
        ("12-03 13:00", "12-03 12:50", "12-03 12:00", "12-03 13:00", False),  # helps no more
    ],
)
def test_what_is_due_at_nearly_the_same_time_is_said_at_once(
    now: str, due: str, opened: str, closes: str, together: bool
) -> None:
    assert joins(at(now), at(due), at(opened), at(closes), ROME) is together
