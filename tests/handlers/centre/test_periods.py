from __future__ import annotations

import pytest
from kit.stage import DAY, Stage

from assembly.retention import Kept
from handlers.centre.presses import ChoosePeriod
from storage import retention

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_facilitators_change_a_period_and_everybody_it_concerns_reads_of_it(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    hub = await stage.say(fran, "/facilitate")
    await stage.press(fran, hub, "The centre")
    await stage.press(fran, hub, "For how long things are kept")
    assert "Who has left, with all of theirs: 12 months" in hub.words
    await stage.press(fran, hub, "Who has left")
    assert "A change holds from 10 December 2025 on" in hub.words
    assert hub.labels == ["30 days", "3 months", "6 months", "12 months", "24 months", "Back"]
    quiet = len(stage.said(anna))
    await stage.press(fran, hub, "3 months")
    told = "Who has left, with all of theirs: 12 months (from 10 December 2025: 3 months)"
    assert told in hub.words
    assert told in stage.last(group).words
    assert "Fran has changed for how long Voci keeps things." in stage.last(gino).words
    assert told in stage.last(gino).words
    assert len(stage.said(anna)) == quiet
    await stage.move(8 * DAY)
    desk = await stage.say(gino, "/facilitate")
    await stage.press(gino, desk, "The centre")
    await stage.press(gino, desk, "For how long things are kept")
    assert "Who has left, with all of theirs: 3 months" in desk.words
    periods = await stage.read(retention.periods, centre.id, stage.now)
    assert periods[Kept.LEFT] == 90


@pytest.mark.parametrize("days", [1, 29, 364, 10**9, -5])
async def test_out_of_bounds_only_asks(stage: Stage, days: int) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", facilitator=True)
    message = await stage.say(fran, "/facilitate")
    await stage.forge(fran, message, ChoosePeriod(centre.id, Kept.LEFT, days).encode())
    assert "For how long should it be kept?" in message.words
    assert await stage.read(retention.choices, centre.id) == {}


async def test_what_holds_already_is_told_to_nobody(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", facilitator=True)
    message = await stage.say(fran, "/facilitate")
    said = len(stage.said(group))
    await stage.forge(fran, message, ChoosePeriod(centre.id, Kept.LEFT, 365).encode())
    assert message.words.startswith("For how long Voci keeps things here")
    assert len(stage.said(group)) == said
