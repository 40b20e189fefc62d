from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.stage import HOUR, Stage

from handlers.core.navigation import ChooseCorrectionTime
from storage import minutes

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_a_facilitator_chooses_and_the_others_hear_of_it(stage: Stage) -> None:
    play = await Meeting.gather(stage)
    await play.hub()
    press = ChooseCorrectionTime(play.centre.id, 0)
    await stage.forge(play.paula, stage.last(play.paula), press.encode())
    assert "can be corrected for: 2 days." in stage.last(play.paula).words
    shown = await play.press(play.paula, "one day")
    assert "can be corrected for: one day." in shown.words
    heard = stage.last(play.bruno).words
    assert "Paula has changed for how long minutes can be corrected." in heard
    assert await stage.read(minutes.correction_hours, play.centre.id) == 24


async def test_another_time_is_not_chosen(stage: Stage) -> None:
    play = await Meeting.gather(stage)
    await play.hub()
    press = ChooseCorrectionTime(play.centre.id, 1)
    await stage.forge(play.paula, stage.last(play.paula), press.encode())
    assert await stage.read(minutes.correction_hours, play.centre.id) == 48


async def test_it_holds_from_the_next_assembly_on(stage: Stage) -> None:
    play = await Meeting.gather(stage)
    await stage.write(minutes.choose_hours, play.centre.id, 24)
    await play.convene()
    await play.open()
    await play.press(play.paula, "Close the assembly", "Close it")
    await stage.move(24 * HOUR)
    [kept] = await stage.read(minutes.page, play.centre.id, 0, 9)
    assert not kept.is_draft
