from __future__ import annotations

import pytest
from kit.stage import DAY, HOUR, Stage
from kit.task_rows import Tasked, tasked

from assembly.quarters import next_telling
from handlers.assemblies.tasks import quarter
from storage import schedules, tasks

pytestmark = pytest.mark.usefixtures("no_errors")

# NOON is Wednesday 3 December 2025: the quarter is told about on Saturday 3 January at 10:00.


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    found = await tasked(stage)
    await stage.write(quarter.plan, found.centre, stage.now)
    return found


async def until(play: Tasked, ahead: int = 0) -> None:
    """To the moment at which it is due, and so many seconds on."""
    at = next_telling(play.stage.now, play.centre.clock)
    await play.stage.move(at + ahead - play.stage.now)


async def something(play: Tasked) -> None:
    await play.stage.propose(play.centre, play.anna, "A quiet room")
    task_id = await play.task()
    await play.stage.write(tasks.finish, play.centre.id, task_id, play.stage.now)


async def test_the_group_reads_four_numbers_once(play: Tasked) -> None:
    await something(play)
    before = len(play.stage.said(play.group))
    await until(play, -1)
    assert len(play.stage.said(play.group)) == before
    await play.stage.move(1)
    assert play.stage.last(play.group).words == (
        "What came of it, October to December\nProposed: 1\nTalked about to the end: 0\n"
        "Of these, agreed or decided: 0\nDone: 1"
    )
    for _ in range(20):
        await play.stage.move(DAY)
    assert len(play.stage.said(play.group)) == before + 1


async def test_a_quarter_without_anything_is_not_told(play: Tasked) -> None:
    before = len(play.stage.said(play.group))
    await until(play)
    assert len(play.stage.said(play.group)) == before
    found = await play.stage.read(schedules.find, quarter.KIND, play.centre.id)
    assert found is not None and found.next_at is not None and found.next_at > play.stage.now


@pytest.mark.parametrize(("late", "told"), [(10 * DAY, 1), (14 * DAY, 0)])
async def test_late_only_while_it_is_news(play: Tasked, late: int, told: int) -> None:
    await something(play)
    before = len(play.stage.said(play.group))
    await play.stage.stop_bot()
    at = next_telling(play.stage.now, play.centre.clock)
    play.stage.clock.move(at + late - play.stage.now)
    await play.stage.start_bot()
    await play.stage.tick()
    assert len(play.stage.said(play.group)) == before + told


async def test_late_at_night_it_waits_for_the_morning(play: Tasked) -> None:
    await something(play)
    before = len(play.stage.said(play.group))
    await play.stage.stop_bot()
    at = next_telling(play.stage.now, play.centre.clock)
    play.stage.clock.move(at + 13 * HOUR - play.stage.now)
    await play.stage.start_bot()
    await play.stage.tick()
    assert len(play.stage.said(play.group)) == before
    await play.stage.move(10 * HOUR)
    assert len(play.stage.said(play.group)) == before + 1


async def test_after_a_restore_it_is_not_told_a_second_time(play: Tasked) -> None:
    await something(play)
    row = await play.stage.read(schedules.find, quarter.KIND, play.centre.id)
    assert row is not None
    play.stage.clock.move(next_telling(play.stage.now, play.centre.clock) + 5 - play.stage.now)
    await play.stage.write(quarter.skip, row, play.stage.now)
    before = len(play.stage.said(play.group))
    await play.stage.tick()
    assert len(play.stage.said(play.group)) == before


async def test_for_a_centre_of_before_the_first_look_finds_the_next(play: Tasked) -> None:
    await something(play)
    await play.stage.write(schedules.set, quarter.KIND, play.centre.id, 0, play.centre.zone)
    before = len(play.stage.said(play.group))
    await play.stage.move(60)
    assert len(play.stage.said(play.group)) == before
    await until(play)
    assert len(play.stage.said(play.group)) == before + 1
