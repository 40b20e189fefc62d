from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assembly.series import USUAL_LENGTH
from assembly.unclosed import (
    AGAIN,
    LATE,
    LEAST,
    asked_again_at,
    asked_at,
    closes_at,
    ends_at,
    is_late,
)

ROME = ZoneInfo("Europe/Rome")


def at(text: str, zone: ZoneInfo = ROME) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def shown(moment: int | None, zone: ZoneInfo = ROME) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("starts_at", "opened_at", "minutes", "ends"),
    [
        (1000, 1000, 60, 4600),
        (1000, 2000, 60, 5600),  # opened late: it takes as long as it takes
        (1000, 400, 60, 4600),  # opened early: people come at its start
        (1000, 1000, None, 1000 + 60 * USUAL_LENGTH),
    ],
)
def test_it_ends_when_its_length_is_over(
    starts_at: int, opened_at: int, minutes: int | None, ends: int
) -> None:
    assert ends_at(starts_at, opened_at, minutes) == ends


@pytest.mark.parametrize(
    ("heard", "asked", "again", "closes"),
    [
        ("2026-12-07 11:00", "2026-12-07 11:30", "2026-12-07 14:30", "2026-12-08 10:00"),
        ("2026-12-07 17:30", "2026-12-07 18:00", "2026-12-08 09:00", "2026-12-08 10:00"),
        ("2026-12-07 20:45", "2026-12-08 09:00", None, "2026-12-08 10:00"),  # at night nobody
        ("2026-12-08 02:01", "2026-12-08 09:00", "2026-12-08 12:00", "2026-12-09 10:00"),
        ("2026-12-08 02:00", "2026-12-08 09:00", None, "2026-12-08 10:00"),
        ("2027-03-27 18:00", "2027-03-27 18:30", "2027-03-28 09:00", "2027-03-28 10:00"),
        ("2027-10-30 18:00", "2027-10-30 18:30", "2027-10-31 09:00", "2027-10-31 10:00"),
    ],
)
def test_it_is_asked_twice_and_closes_on_the_next_morning(
    heard: str, asked: str, again: str | None, closes: str
) -> None:
    first = asked_at(at(heard), ROME)
    ends = closes_at(at(heard), ROME)
    assert (shown(first), shown(ends)) == (asked, closes)
    assert shown(asked_again_at(first, ends, ROME)) == again


@pytest.mark.parametrize("zone", ["Europe/Rome", "America/New_York", "Australia/Lord_Howe"])
def test_by_the_clocks_of_every_centre_it_is_asked_before_it_closes(zone: str) -> None:
    clock = ZoneInfo(zone)
    start = at("2027-03-26 00:00", clock)
    for heard_at in range(start, start + 14 * 86_400, 1_800):
        closes = closes_at(heard_at, clock)
        assert datetime.fromtimestamp(closes, clock).hour == 10
        assert LEAST <= closes - heard_at <= LEAST + 25 * 3_600
        assert asked_at(heard_at, clock) < closes
        again = asked_again_at(asked_at(heard_at, clock), closes, clock)
        assert again is None or asked_at(heard_at, clock) + AGAIN <= again < closes


def test_whoever_looks_too_late_asks_first() -> None:
    assert not is_late(1000, 1000) and not is_late(1000, 999 + LATE)
    assert is_late(1000, 1000 + LATE)
