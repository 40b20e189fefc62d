"""Somebody had a task and let it go: nothing says that they had it, although Voci wrote to them."""

from __future__ import annotations

import pytest
from kit.leading_to import leading_to
from kit.stage import DAY, Stage
from kit.task_rows import tasked

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_nothing_says_who_had_a_task(stage_on_each: Stage) -> None:
    play = await tasked(stage_on_each)
    stage = play.stage
    task_id = await play.task(ahead=3 * DAY)
    await play.take(play.anna, task_id, "Without my name", "Yes, somebody may join in")
    await play.open(play.bruno, task_id)
    await stage.press_each(play.bruno, "I’ll join in", "Without my name")
    await stage.move(30)
    await stage.move(2 * DAY)  # both are reminded
    await play.open(play.bruno, task_id)
    await stage.press_each(play.bruno, "Needs longer", "In two weeks")
    await stage.move(DAY)  # and Anna is told of it, by day
    rows = await leading_to(stage, play.centre, play.anna)
    assert {each.partition(":")[0] for each in rows} >= {"task_takers", "outbox"}
    await play.open(play.anna, task_id)
    await stage.press_each(play.anna, "Somebody else, please")
    await stage.move(30)
    assert await leading_to(stage, play.centre, play.anna) == []
    assert await leading_to(stage, play.centre, play.carla) == [], "who never had it"
    rows = await leading_to(stage, play.centre, play.bruno)
    assert rows, "who has it still"
