from __future__ import annotations

import pytest
from kit.stage import DAY, HOUR, Stage
from kit.task_rows import BENCH, Tasked, tasked

from handlers.assemblies.tasks import reminders
from storage import assemblies, consents, schedules, tasks

pytestmark = pytest.mark.usefixtures("no_errors")

# NOON is Wednesday 3 December 2025, 13:00 in Rome.


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def days(play: Tasked, number: int) -> None:
    for _ in range(number):
        await play.stage.move(DAY)


async def test_two_days_before_whoever_took_it_is_reminded_and_nobody_else(play: Tasked) -> None:
    task_id = await play.task(ahead=8 * DAY)  # Thursday 11, so Tuesday 9 at 10:00
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    others = {each: len(play.stage.said(each)) for each in (play.bruno, play.paula, play.group)}
    before = len(play.stage.said(play.anna))
    await days(play, 5)
    await play.stage.move(20 * HOUR)  # Tuesday, 9:00
    assert len(play.stage.said(play.anna)) == before
    await play.stage.move(HOUR)
    reminder = play.stage.last(play.anna)
    assert reminder.words == (
        "Ask the town for a bench\nYou took this. Until Thursday 11 December.\nHow is it going?"
    )
    assert reminder.labels == ["It is done", "Needs longer", "Somebody else, please"]
    await days(play, 4)
    assert len(play.stage.said(play.anna)) == before + 1, "once"
    assert {each: len(play.stage.said(each)) for each in others} == others


async def test_it_follows_the_assembly_where_that_is_moved_or_cancelled(play: Tasked) -> None:
    stage = play.stage
    meeting = await stage.convene(play.centre, play.paula, 3 * DAY)
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await stage.write(assemblies.move, play.centre.id, meeting.id, stage.now + 10 * DAY, None)
    await days(play, 7)
    assert "How is it going?" not in stage.last(play.anna).words
    await days(play, 1)
    assert "By the next assembly, Saturday 13 December." in stage.last(play.anna).words
    await stage.write(assemblies.cancel, play.centre.id, meeting.id)
    said = len(stage.said(play.anna))
    await days(play, 5)
    assert len(stage.said(play.anna)) == said, "no day is known, so there is none to remind of"
    await stage.convene(play.centre, play.paula, 4 * DAY)
    await days(play, 3)
    assert "How is it going?" in stage.last(play.anna).words
    assert len(stage.said(play.anna)) == said + 1


async def test_what_was_put_off_is_reminded_of_again(play: Tasked) -> None:
    task_id = await play.task(ahead=3 * DAY)
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await days(play, 2)
    await play.stage.press_each(play.anna, "Needs longer")
    shown = await play.stage.press_each(play.anna, "In a week")
    assert "Until Friday 12 December." in shown.words
    said = len(play.stage.said(play.anna))
    await days(play, 4)
    assert len(play.stage.said(play.anna)) == said
    await days(play, 1)
    assert "Until Friday 12 December." in play.stage.last(play.anna).words


async def test_what_is_done_is_not_reminded_of_and_the_looking_ends(play: Tasked) -> None:
    task_id = await play.task(ahead=4 * DAY)
    await play.take(play.anna, task_id, "Without my name", "I do it alone", "It is done")
    said = len(play.stage.said(play.anna))
    await days(play, 4)
    assert len(play.stage.said(play.anna)) == said
    found = await play.stage.read(schedules.find, tasks.REMINDERS, play.centre.id)
    assert found is None


async def test_after_a_downtime_once_and_late_but_not_when_it_is_over(play: Tasked) -> None:
    soon, late = await play.task(ahead=5 * DAY), await play.task("Too late", ahead=3 * DAY)
    for task_id in (soon, late):
        await play.take(play.anna, task_id, "Without my name", "I do it alone")
    said = len(play.stage.said(play.anna))
    await play.stage.stop_bot()
    play.stage.clock.move(4 * DAY)
    await play.stage.start_bot()
    await play.stage.tick()
    found = [each.words for each in play.stage.said(play.anna)[said:]]
    assert len([each for each in found if BENCH in each]) == 1
    assert not any("Too late" in each for each in found)


async def test_late_at_night_it_waits_for_the_morning(play: Tasked) -> None:
    task_id = await play.task(ahead=5 * DAY)
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    said = len(play.stage.said(play.anna))
    await play.stage.move(3 * DAY + 10 * HOUR)  # Saturday, 23:00
    assert len(play.stage.said(play.anna)) == said
    await play.stage.move(10 * HOUR)
    assert len(play.stage.said(play.anna)) == said + 1


async def test_its_buttons_die_when_somebody_else_says_it_is_done(play: Tasked) -> None:
    task_id = await play.task(ahead=4 * DAY)
    await play.take(play.anna, task_id, "Without my name", "Yes, somebody may join in")
    await play.take(play.bruno, task_id, "Without my name")
    await days(play, 3)
    reminder = play.stage.last(play.anna)
    assert "How is it going?" in reminder.words
    await play.stage.press_each(play.bruno, "It is done")
    await play.stage.move(30)
    assert reminder.labels == []
    assert "A facilitator" not in play.stage.last(play.anna).words


async def test_after_a_restore_nobody_is_reminded_a_second_time(play: Tasked) -> None:
    soon, later = await play.task(ahead=3 * DAY), await play.task("Later", ahead=9 * DAY)
    for task_id in (soon, later):
        await play.take(play.anna, task_id, "Without my name", "I do it alone")
    row = await play.stage.read(schedules.find, tasks.REMINDERS, play.centre.id)
    assert row is not None
    said = len(play.stage.said(play.anna))
    play.stage.clock.move(2 * DAY)  # what was lost went on meanwhile, and reminded of the first
    await play.stage.write(reminders.skip, row, play.stage.now)
    await days(play, 1)
    assert len(play.stage.said(play.anna)) == said
    await days(play, 5)
    assert "Later" in play.stage.last(play.anna).words
    assert len(play.stage.said(play.anna)) == said + 1


async def test_nobody_is_reminded_who_has_to_agree_anew_first(play: Tasked) -> None:
    task_id = await play.task(ahead=4 * DAY)
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    anna_id = await play.stage.member_id(play.centre, play.anna)
    await play.stage.write(consents.grant, anna_id, "part", 1, play.stage.now)
    await play.stage.rows("UPDATE consents SET rests = 1")
    said = len(play.stage.said(play.anna))
    await days(play, 3)
    assert len(play.stage.said(play.anna)) == said
