"""Down over several occurrences and a change of clocks: one catch-up, and no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from kit.checkin_steps import at, go_to, wants
from kit.stage import Stage, open_stage

ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]
ASKS = "How has this week been for you?"


@pytest.mark.usefixtures("no_errors")
@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("changes", ["2026-03-04", "2026-03-25", "2026-10-21"])
async def test_down_over_three_weeks_asks_once_and_goes_on_at_its_hour(
    tmp_path: Path, name: str, changes: str
) -> None:
    async with open_stage(tmp_path) as stage:
        await live(stage, name, changes)


async def live(stage: Stage, name: str, changes: str) -> None:
    """Down from the Wednesday evening of the week in which clocks change, for 22 days."""
    zone = ZoneInfo(name)
    await go_to(stage, at(f"{changes} 20:00", zone))  # a Wednesday, behind five o'clock
    centre, group = await stage.centre(zone=name)
    anna = await wants(stage, centre, group)
    await stage.settle()
    asked = [0]

    def newly() -> int:
        """How often she has been asked since the last look."""
        words = [each.words for each in anna.private(stage.bot).from_bots()]
        asked.append(sum(ASKS in each for each in words))
        return asked[-1] - asked[-2]

    await stage.stop_bot()
    back = datetime.fromisoformat(changes) + timedelta(days=22)  # a Thursday, over three of them
    stage.clock.move(at(f"{back:%Y-%m-%d} 12:00", zone) - stage.clock.now())
    await stage.start_bot()
    for _ in range(3):
        await stage.tick()
    assert newly() <= 1
    following = f"{back + timedelta(days=6):%Y-%m-%d}"
    for clock, times in (("16:59", 0), ("17:00", 1), ("17:01", 0), ("20:00", 0)):
        await go_to(stage, at(f"{following} {clock}", zone))
        assert newly() == times, clock
