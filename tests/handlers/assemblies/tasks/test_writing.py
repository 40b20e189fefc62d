from __future__ import annotations

import pytest
from kit.phrases import OLDER_MESSAGE
from kit.stage import DAY, Stage
from kit.task_rows import BENCH, Tasked, tasked

from assembly.duties import Duty
from assembly.tasks import Standing
from sandbox.chats import Message
from storage import drafts, duties, points, sessions, tasks

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def at_a_point(play: Tasked) -> tuple[int, int]:
    """An open assembly with a point; their ids."""
    proposal_id = await play.stage.propose(play.centre, play.anna, "A quiet room")
    proposed = [(proposal_id, "A quiet room")]
    meeting = await play.stage.convene(play.centre, play.paula, points=proposed, begun=True)
    [item] = await play.stage.read(points.items, meeting.id)
    return meeting.id, item.id


async def begin(play: Tasked, item_id: int) -> Message:
    hub = await play.stage.say(play.paula, "/facilitate")
    await play.stage.forge(play.paula, hub, f"tka:{play.centre.id}:{item_id}")
    return play.stage.last(play.paula)


async def test_the_point_leads_there_and_counts_them(play: Tasked) -> None:
    meeting_id, _ = await at_a_point(play)
    hub = await play.stage.say(play.paula, "/facilitate")
    await play.stage.forge(play.paula, hub, f"walk:{play.centre.id}:{meeting_id}")
    for before, said in (
        ("Write a task", "Write a task · 1"),
        ("Write a task · 1", "Write a task · 2"),
    ):
        await play.stage.press_each(play.paula, before)
        await play.stage.say(play.paula, BENCH)
        point = await play.stage.press_each(play.paula, "In a week", "Go on with the assembly")
        assert said in point.labels


async def test_the_group_reads_what_nobody_has_taken_in_the_closing_post(play: Tasked) -> None:
    await at_a_point(play)
    taken = await play.task("Water the plants")
    await play.take(play.anna, taken, "With my name: Anna", "I do it alone")
    before = len(play.stage.said(play.group))
    await play.task(BENCH)
    assert len(play.stage.said(play.group)) == before, "no message a task"
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Go on with the assembly", "Close the assembly")
    await play.stage.press_each(play.paula, "Close it")
    [post] = play.stage.said(play.group)[before:]
    assert f"Next: who takes it on?\n• {BENCH}" in post.words
    assert "Water the plants" not in post.words and "Anna" not in post.words
    link = next(each.url for row in [post.buttons] for each in row if each.url)
    assert link is not None
    listed = await play.stage.open_link(play.bruno, link)
    assert f"1. Water the plants · taken\n2. {BENCH} · free" in listed.words


async def test_the_chair_says_how_tasks_stand_while_it_is_open(play: Tasked) -> None:
    meeting_id, _ = await at_a_point(play)
    task_id = await play.task()
    assert "It is done" not in (await play.open(play.carla, task_id)).labels
    carla_id = await play.stage.member_id(play.centre, play.carla)
    await play.stage.write(duties.take, meeting_id, Duty.CHAIR, carla_id, play.stage.now)
    found = await play.open(play.carla, task_id)
    assert "It is done" in found.labels and "Take it out" not in found.labels
    assert "Done on" in (await play.stage.press_each(play.carla, "It is done")).words


async def test_it_is_written_at_a_point_and_there_for_all(play: Tasked) -> None:
    meeting_id, item_id = await at_a_point(play)
    asked = await begin(play, item_id)
    assert asked.words == (
        "A quiet room\nWhat is to be done? Write it in one sentence.\n"
        "Who does it is asked later: a task is taken, never given."
    )
    when = await play.stage.say(play.paula, BENCH)
    assert when.labels[:4] == [
        "By the next assembly",
        "In a week",
        "In two weeks",
        "In four weeks",
    ]
    there = await play.stage.press_each(play.paula, "In two weeks")
    assert there.words == (
        f"{BENCH}\nUntil Wednesday 17 December.\nIt is there. Everybody can take it: /tasks"
    )
    [task] = await play.stage.read(tasks.of_assembly, play.centre.id, meeting_id, play.stage.now)
    assert (task.what, task.point, task.standing) == (BENCH, "A quiet room", Standing.FREE)
    assert await play.stage.read(drafts.find, play.paula.id) is None
    assert "From: A quiet room" in (await play.open(play.bruno, task.id)).words
    back = await play.stage.press(play.paula, there, "Go on with the assembly")
    assert back.answer is not None and "1 of 1: A quiet room" in play.stage.last(play.paula).words


async def test_the_day_can_be_typed_and_the_words_changed(play: Tasked) -> None:
    _, item_id = await at_a_point(play)
    await begin(play, item_id)
    await play.stage.say(play.paula, "Ask the tonw")
    await play.stage.press_each(play.paula, "Other words")
    await play.stage.say(play.paula, BENCH)
    assert "I can’t read a day in that." in (await play.stage.say(play.paula, "soon")).words
    await play.stage.press_each(play.paula, "Back")
    await play.stage.say(play.paula, BENCH)
    assert "Until Friday 12 December." in (await play.stage.say(play.paula, "12.12.")).words


@pytest.mark.parametrize(
    ("typed", "said"), [("!?", "A little more"), ("a" * 201, "201 characters; up to 200 fit")]
)
async def test_words_that_do_not_fit_are_asked_for_again(
    play: Tasked, typed: str, said: str
) -> None:
    _, item_id = await at_a_point(play)
    await begin(play, item_id)
    assert said in (await play.stage.say(play.paula, typed)).words
    assert "Until when?" in (await play.stage.say(play.paula, BENCH)).words


async def test_a_group_takes_it(play: Tasked) -> None:
    task_id = await play.task()
    await play.open(play.paula, task_id)
    await play.stage.press_each(play.paula, "A group does it")
    shown = await play.stage.say(play.paula, "The <garden> group")
    assert "Who: The <garden> group" in shown.words
    assert (await play.seen(task_id)).standing is Standing.TAKEN


async def test_nobody_gives_a_task_to_a_member_as_if_they_were_a_group(play: Tasked) -> None:
    task_id = await play.task()
    await play.open(play.paula, task_id)
    await play.stage.press_each(play.paula, "A group does it")
    asked = await play.stage.say(play.paula, "Anna")
    assert "That is a member’s name." in asked.words
    assert (await play.seen(task_id)).standing is Standing.FREE
    assert "Who: Anna’s group" in (await play.stage.say(play.paula, "Anna’s group")).words


async def test_after_a_restart_it_is_still_half_written(play: Tasked) -> None:
    _, item_id = await at_a_point(play)
    await begin(play, item_id)
    await play.stage.say(play.paula, BENCH)
    await play.stage.restart()
    there = await play.stage.press_each(play.paula, "By the next assembly")
    assert "It is there." in there.words
    pressed = await play.stage.forge(play.paula, there, f"tky:{play.centre.id}:n")
    assert pressed.answer is not None and OLDER_MESSAGE in pressed.answer.text
    assert len(await play.stage.rows("SELECT id FROM tasks")) == 1, "pressed twice is once"


async def test_what_is_left_is_not_kept(play: Tasked) -> None:
    _, item_id = await at_a_point(play)
    await begin(play, item_id)
    await play.stage.say(play.paula, BENCH)
    assert "1 of 1" in (await play.stage.press_each(play.paula, "Leave it")).words
    assert await play.stage.rows("SELECT id FROM tasks") == []
    assert await play.stage.read(drafts.find, play.paula.id) is None


async def test_something_half_written_is_not_let_go_in_silence(play: Tasked) -> None:
    _, item_id = await at_a_point(play)
    await play.stage.say(play.paula, "/propose More plants in the hall")
    asked = await begin(play, item_id)
    assert "More plants in the hall" in asked.words
    assert "What is to be done?" in (await play.stage.press_each(play.paula, "Let it go")).words


async def test_a_point_of_an_assembly_that_is_over_takes_none(play: Tasked) -> None:
    meeting_id, item_id = await at_a_point(play)
    await play.stage.write(sessions.close, play.centre.id, meeting_id, play.stage.now + DAY)
    assert "Nothing is open." in (await begin(play, item_id)).words


async def test_it_is_for_facilitators(play: Tasked) -> None:
    _, item_id = await at_a_point(play)
    listed = await play.stage.say(play.anna, "/tasks")
    pressed = await play.stage.forge(play.anna, listed, f"tka:{play.centre.id}:{item_id}")
    assert pressed.answer is not None and "takes its notes" in pressed.answer.text
