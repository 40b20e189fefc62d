from __future__ import annotations

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.stage import DAY, HOUR, Stage
from kit.task_rows import BENCH, Tasked, tasked

from assembly.tasks import Standing
from storage import drafts

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def test_done_and_not_done_after_all(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    done = await play.stage.press_each(play.anna, "It is done")
    assert "Done on Wednesday 3 December." in done.words
    assert (await play.seen(task_id)).standing is Standing.DONE
    again = await play.stage.press_each(play.anna, "Not done after all")
    assert "You look after it." in again.words
    assert (await play.seen(task_id)).standing is Standing.TAKEN


async def test_only_whoever_has_it_or_facilitates_says_how_it_stands(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id)
    found = await play.open(play.bruno, task_id)
    assert "It is done" not in found.labels
    for data in (f"tkd:{play.centre.id}:{task_id}:1", f"tko:{play.centre.id}:{task_id}:1"):
        pressed = await play.stage.forge(play.bruno, found, data)
        assert pressed.answer is not None
        assert "Only whoever looks after it can say that." in pressed.answer.text
    pressed = await play.stage.forge(play.bruno, found, f"tkx:{play.centre.id}:{task_id}:1")
    assert pressed.answer is not None and FACILITATORS_ONLY in pressed.answer.text
    assert (await play.seen(task_id)).standing is Standing.TAKEN


async def test_whoever_has_it_hears_what_a_facilitator_said(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await play.open(play.paula, task_id)
    await play.stage.press_each(play.paula, "It is done")
    told = play.stage.last(play.anna)
    assert told.words == (
        f"{BENCH}\nSomebody has said how it stands.\nDone on Wednesday 3 December."
    )
    assert "Not done after all" in (await play.stage.press_each(play.anna, "See the task")).labels


@pytest.mark.parametrize(
    ("typed", "until"),
    [("12.12.", "Friday 12 December"), ("next Thursday", "Thursday 4 December")],
)
async def test_until_a_typed_day(play: Tasked, typed: str, until: str) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await play.stage.press_each(play.anna, "Needs longer")
    shown = await play.stage.say(play.anna, typed)
    assert f"Until {until}." in shown.words
    assert (await play.seen(task_id)).standing is Standing.LONGER
    assert await play.stage.read(drafts.find, play.anna.id) is None


@pytest.mark.parametrize("typed", ["soon", "1.1.2020", "3.12.2030", "x" * 4096])
async def test_what_is_no_day_is_asked_for_again(play: Tasked, typed: str) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await play.stage.press_each(play.anna, "Needs longer")
    assert "I can’t read a day in that." in (await play.stage.say(play.anna, typed)).words
    back = await play.stage.press_each(play.anna, "Back")
    assert "Until when?" in back.words
    assert not (await play.seen(task_id)).longer


async def test_a_task_is_taken_out_after_asking_once(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await play.open(play.paula, task_id)
    asked = await play.stage.press_each(play.paula, "Take it out")
    assert "Take it out? Its words go, and whoever took it is told." in asked.words
    await play.stage.press_each(play.paula, "Take it out")
    assert "Nothing is open." in play.stage.last(play.paula).words
    assert "You need not do it any more." in play.stage.last(play.anna).words
    assert await play.stage.rows("SELECT * FROM tasks") == []


async def test_at_night_it_is_told_in_the_morning(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    await play.stage.move(10 * HOUR)  # 23:00
    await play.open(play.paula, task_id)
    said = len(play.stage.said(play.anna))
    await play.stage.press_each(play.paula, "Needs longer", "In a week")
    assert len(play.stage.said(play.anna)) == said
    await play.stage.move(DAY // 2)
    assert "said how it stands" in play.stage.said(play.anna)[said].words
