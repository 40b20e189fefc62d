from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assembly import calendar_zone


@pytest.mark.parametrize(
    ("name", "onsets"),
    [
        (
            "Europe/Rome",
            [
                "STANDARD 2026-01-01 01:00 +0100 +0100",
                "DAYLIGHT 2026-03-29 02:00 +0100 +0200",
                "STANDARD 2026-10-25 03:00 +0200 +0100",
            ],
        ),
        (
            "America/New_York",
            [
                "STANDARD 2025-12-31 19:00 -0500 -0500",
                "DAYLIGHT 2026-03-08 02:00 -0500 -0400",
                "STANDARD 2026-11-01 02:00 -0400 -0500",
            ],
        ),
        (
            "Australia/Lord_Howe",
            [
                "DAYLIGHT 2026-01-01 11:00 +1100 +1100",
                "STANDARD 2026-04-05 02:00 +1100 +1030",
                "DAYLIGHT 2026-10-04 02:00 +1030 +1100",
            ],
        ),
        ("UTC", ["STANDARD 2026-01-01 00:00 +0000 +0000"]),
    ],
)
def test_each_change_is_told_by_the_clocks_of_before(name: str, onsets: list[str]) -> None:
    zone = calendar_zone.written(ZoneInfo(name), 2026, 1)

    def told(change: Any) -> str:
        offsets = f"{change['tzoffsetfrom'].to_ical()} {change['tzoffsetto'].to_ical()}"
        return f"{change.name} {change['dtstart'].dt:%Y-%m-%d %H:%M} {offsets}"

    assert [told(change) for change in zone.subcomponents] == onsets


def test_a_zone_whose_clocks_stand_has_no_changes() -> None:
    begin, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (2026, 2038))
    assert calendar_zone.changes(ZoneInfo("Asia/Tokyo"), begin, end) == []
    assert len(calendar_zone.changes(ZoneInfo("Europe/Rome"), begin, end)) == 24
