from __future__ import annotations

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import quiet_hours
from assembly.pulse import goes_out_at, is_due, takes_week
from assembly.recurrence import local, resolve

ROME = ZoneInfo("Europe/Rome")
ZONES = [ZoneInfo(name) for name in ("Europe/Rome", "America/New_York", "Australia/Lord_Howe")]
MOMENTS = st.integers(1_700_000_000, 1_900_000_000)


def at(text: str) -> int:
    return resolve(datetime.fromisoformat(text), ROME)


@pytest.mark.parametrize(
    ("assembly", "last", "due"),
    [
        ("2026-10-01 18:00", None, True),
        ("2026-10-29 16:00", "2026-10-01 23:00", True),  # four weeks, over a change of clocks
        ("2026-10-29 16:00", "2026-10-02 09:00", True),  # it went out in the morning after
        ("2026-10-27 23:00", "2026-10-01 09:00", False),
        ("2026-10-08 18:00", "2026-10-01 19:00", False),
        ("2026-11-05 18:00", "2026-10-01 19:00", True),
    ],
)
def test_once_in_four_weeks(assembly: str, last: str | None, due: bool) -> None:
    assert is_due(at(assembly), None if last is None else at(last), ROME) is due


@pytest.mark.parametrize(
    ("closed", "goes_out"),
    [
        ("2026-10-01 17:30", "2026-10-01 18:30"),
        ("2026-10-01 19:59", "2026-10-01 20:59"),
        ("2026-10-01 20:00", "2026-10-02 09:00"),
        ("2026-10-24 22:30", "2026-10-25 09:00"),
        ("2026-10-01 07:00", "2026-10-01 09:00"),
    ],
)
def test_it_follows_an_hour_later_but_not_at_night(closed: str, goes_out: str) -> None:
    assert goes_out_at(at(closed), ROME) == at(goes_out)


@given(MOMENTS, st.sampled_from(ZONES))
def test_it_comes_within_a_day_and_never_in_the_quiet_hours(closed: int, zone: ZoneInfo) -> None:
    at = goes_out_at(closed, zone)
    assert closed + 3600 <= at <= closed + 14 * 3600
    assert quiet_hours.waits_until(at, zone) == at


@given(st.lists(MOMENTS, max_size=60), st.sampled_from(ZONES))
def test_of_any_assemblies_no_two_within_four_weeks_are_followed(
    moments: list[int], zone: ZoneInfo
) -> None:
    sent: list[int] = []
    for moment in sorted(moments):
        if is_due(moment, sent[-1] if sent else None, zone):
            sent.append(moment)
    days = [local(moment, zone).date() for moment in sent]
    assert all((later - one).days >= 27 for one, later in itertools.pairwise(days))


MONDAY, WEDNESDAY, THURSDAY, SUNDAY = (
    at(f"2026-10-{day} 17:00") for day in ("12", "14", "15", "18")
)


@pytest.mark.parametrize(
    ("last", "planned", "assemblies", "taken"),
    [
        (None, None, [], False),
        (None, None, [THURSDAY], True),
        (None, None, [at("2026-10-22 17:00")], False),
        (MONDAY, None, [], True),
        (at("2026-10-11 17:00"), None, [THURSDAY], False),
        (at("2026-09-17 19:00"), None, [at("2026-10-13 18:00")], False),
        (at("2026-09-17 19:00"), None, [THURSDAY], True),
        (None, SUNDAY, [], True),
        (None, at("2026-10-19 09:00"), [], False),
    ],
)
def test_the_week_of_a_pulse_has_no_other_check_in(
    last: int | None, planned: int | None, assemblies: list[int], taken: bool
) -> None:
    assert takes_week(WEDNESDAY, last, planned, assemblies, ROME) is taken
