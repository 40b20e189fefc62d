from __future__ import annotations

import pytest
from kit.stage import DAY, Stage
from kit.task_rows import BENCH, Tasked, tasked

from assembly.endings import Ending
from assembly.openings import Chosen, Opening
from storage import openings, points, tasks

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def open_one(play: Tasked) -> int:
    """The chair opens the next assembly; its id."""
    meeting = await play.stage.convene(play.centre, play.paula)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    return meeting.id


async def test_the_third_time_it_is_open_it_can_become_a_point(play: Tasked) -> None:
    task_id = await play.task()
    for _ in range(2):
        await open_one(play)
        assert "three times" not in play.stage.last(play.paula).words
        await play.stage.press_each(play.paula, "Close the assembly", "Close it")
        await play.stage.move(DAY)
    meeting_id = await open_one(play)
    opened = play.stage.last(play.group)
    assert "One thing is still to be done." in opened.words and BENCH not in opened.words
    asked = await play.stage.press_each(play.paula, "Next")  # behind the minutes of last time
    assert f"One thing is still to be done.\n1. {BENCH} · free" in asked.words
    assert "What was left open three times wants to be talked about." in asked.words
    shown = await play.stage.press_each(play.paula, "Make number 1 a point")
    assert "2 of 3:" in shown.words and "Make number 1 a point" not in shown.labels
    point = await play.stage.press_each(play.paula, "Next")
    assert f"3 of 3: {BENCH}" in point.words and "taken it back" not in point.words
    await play.stage.press_each(play.paula, "Talked about", "Close the assembly", "Close it")
    *_, item = await play.stage.read(points.items, meeting_id)
    assert (item.kind, item.ending) == ("task", Ending.TALKED)
    assert (await play.seen(task_id)).is_open, "talking about it does not do it"


async def test_where_no_opening_is_about_it_the_first_point_asks(play: Tasked) -> None:
    await play.stage.write(openings.choose, play.centre.id, Opening.FOLLOW_UP, Chosen(active=False))
    await play.task()
    meeting_id = await open_one(play)
    for _ in range(3):
        await play.stage.write(tasks.left_open, play.centre.id, meeting_id, play.stage.now)
    await play.stage.say(play.paula, "/facilitate")
    asked = await play.stage.press_each(play.paula, "Go on with the assembly")
    assert f"Left open three times: {BENCH}. Shall you talk about it?" in asked.words
    point = await play.stage.press_each(play.paula, "Make it a point")
    assert f"1 of 1: {BENCH}" in point.words and "Make it a point" not in point.labels


async def test_pressed_twice_it_is_one_point_and_none_after_the_end(play: Tasked) -> None:
    task_id = await play.task()
    meeting_id = await open_one(play)
    for _ in range(3):
        await play.stage.write(tasks.left_open, play.centre.id, meeting_id, play.stage.now)
    shown = play.stage.last(play.paula)
    for _ in range(2):
        await play.stage.forge(play.paula, shown, f"tkq:{play.centre.id}:{task_id}")
    items = await play.stage.read(points.items, meeting_id)
    assert [item.kind for item in items] == ["follow-up", "task"]
    await play.stage.press_each(play.paula, "Close the assembly", "Close it")
    pressed = await play.stage.forge(play.paula, shown, f"tkq:{play.centre.id}:{task_id}")
    assert pressed.answer is not None and "not open any more" in pressed.answer.text
