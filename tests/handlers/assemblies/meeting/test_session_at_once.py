"""Two facilitators and a recorder at the same point at the same moment, on both engines."""

from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.stage import Stage

from assembly.duties import Duty
from assembly.endings import Ending
from storage import assemblies, duties, notes, points

pytestmark = pytest.mark.usefixtures("no_errors")

ON = "Go on with the assembly"
LINES = [f"Line {number}." for number in range(1, 6)]


async def test_two_who_lead_and_one_who_writes_lose_nothing(stage_on_each: Stage) -> None:
    stage = stage_on_each
    play = await Meeting.gather(stage)
    await play.propose("A garden", "A trip", "A choir")
    assembly = await play.convene()
    anna = await stage.member_id(play.centre, play.anna)
    assert await stage.write(duties.take, assembly.id, Duty.RECORDER, anna, stage.now)
    await play.open()
    await stage.say(play.bruno, "/facilitate")
    await play.press(play.bruno, ON)
    await stage.say(play.anna, "/assembly")
    await play.press(play.anna, "Write notes")

    ends = play.paula.press(stage.last(play.paula), "Talked about")
    ends_too = play.bruno.press(stage.last(play.bruno), "Goes on next time")
    for line in LINES:
        play.anna.say(stage.bot, line)
    goes_on = play.bruno.press(stage.last(play.bruno), "Next")
    for press in (ends, ends_too, goes_on):
        await press.answered()
    await stage.settle()

    first, *others = await stage.read(points.items, assembly.id)
    assert first.ending in (Ending.TALKED, Ending.GOES_ON)
    assert [each.ending for each in others] == [None, None]
    now = await stage.read(assemblies.find, play.centre.id, assembly.id)
    assert now is not None and now.position == 2
    written = await stage.read(notes.of_assembly, assembly.id)
    assert sorted(note.words for note in written) == LINES
    for person in (play.paula, play.bruno):
        await stage.say(person, "/facilitate")
        assert "2 of 3: A trip" in (await play.press(person, ON)).words
