from __future__ import annotations

import pytest
from kit.stage import DAY, HOUR, Stage
from kit.task_rows import BENCH, Tasked, tasked

from assembly.tasks import Standing
from sandbox.chats import Message
from storage import leaving, members

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def test_it_is_taken_without_a_name_unless_one_is_chosen(play: Tasked) -> None:
    task_id = await play.task(ahead=14 * DAY)
    asked = await play.take(play.anna, task_id)
    assert asked.words == (
        "Ask the town for a bench\nIt is yours. Until Wednesday 17 December.\n"
        "Voci reminds you two days before, and nobody else.\n"
        "May your name stand beside it, and in the minutes?"
    )
    assert asked.labels == ["Without my name", "With my name: Anna"]
    assert (await play.seen(task_id)).standing is Standing.TAKEN
    assert "Somebody looks after it." in (await play.open(play.bruno, task_id)).words
    assert "until you say that you do it alone" in (await play.open(play.anna, task_id)).words
    await play.stage.press_each(play.anna, "Somebody else, please")
    await play.take(play.anna, task_id)
    together = await play.stage.press_each(play.anna, "Without my name")
    assert "May somebody join you?\nUntil you answer, somebody may." in together.words
    alone = await play.stage.press_each(play.anna, "I do it alone")
    assert "You look after it." in alone.words
    seen = await play.open(play.bruno, task_id)
    assert "Somebody looks after it." in seen.words and "I’ll join in" not in seen.labels


async def test_who_never_answers_keeps_nobody_out_and_hears_who_joins(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id)
    seen = await play.open(play.bruno, task_id)
    assert "welcome" not in seen.words, "nobody said so"
    await play.stage.press(play.bruno, seen, "I’ll join in")
    await play.stage.move(30)
    told = play.stage.last(play.anna)
    assert told.words == f"{BENCH}\nSomebody looks after this with you now.\nBy the next assembly."
    await play.stage.press(play.anna, told, "See the task")
    assert "You and somebody else look after it." in play.stage.last(play.anna).words
    assert len((await play.seen(task_id)).takers) == 2


async def test_two_do_it_together_and_a_third_is_told(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "With my name: Anna", "Yes, somebody may join in")
    found = await play.open(play.bruno, task_id)
    assert "Somebody to join in is welcome, best of another role." in found.words
    waiting = await play.open(play.carla, task_id)
    assert waiting.words == found.words, "what is suggested shows nobody's role"
    await play.stage.press(play.bruno, found, "I’ll join in")
    await play.stage.press_each(play.bruno, "Without my name")
    assert "You and Anna look after it." in play.stage.last(play.bruno).words
    pressed = await play.stage.press(play.carla, waiting, "I’ll join in")
    assert pressed.answer is not None and "Two have taken it already." in pressed.answer.text
    assert "Anna and somebody else look after it." in play.stage.last(play.carla).words
    assert len((await play.seen(task_id)).takers) == 2


async def test_pressing_twice_is_pressing_once(play: Tasked) -> None:
    task_id = await play.task()
    found = await play.open(play.anna, task_id)
    for _ in range(2):
        await play.stage.forge(play.anna, found, f"tkt:{play.centre.id}:{task_id}")
    assert "You look after it." in play.stage.last(play.anna).words
    assert len((await play.seen(task_id)).takers) == 1


async def test_somebody_else_please_names_nobody(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "With my name: Anna", "I do it alone")
    gone = await play.stage.press_each(play.anna, "Somebody else, please")
    assert gone.words == (
        f"{BENCH}\nIt is free for somebody else.\n"
        "Your name is gone from it. In minutes that are out already it stays."
    )
    assert (await play.seen(task_id)).standing is Standing.FREE
    again = await play.open(play.bruno, task_id)
    assert "Nobody has taken it yet." in again.words and "I’ll take it" in again.labels
    assert "Anna" not in str(await play.stage.rows("SELECT * FROM tasks"))


async def test_who_let_go_without_a_name_reads_that_nobody_learns_of_it(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "Without my name", "I do it alone")
    gone = await play.stage.press_each(play.anna, "Somebody else, please")
    assert gone.words == (f"{BENCH}\nIt is free for somebody else.\nNobody reads that you had it.")


async def test_nobody_names_or_lets_go_for_another(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id)
    found = await play.open(play.bruno, task_id)
    ids = f"{play.centre.id}:{task_id}"
    for data in (f"tkn:{ids}:1:0", f"tkg:{ids}", f"tkc:{ids}:1"):
        await play.stage.forge(play.bruno, found, data)
    [taker] = (await play.seen(task_id)).takers
    assert (taker.name, taker.shown, taker.company) == ("Anna", False, None)


async def test_whoever_leaves_leaves_it_free(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "With my name: Anna", "I do it alone")
    member = await play.stage.read(members.find, play.centre.id, play.anna.id)
    assert member is not None
    await play.stage.write(leaving.leave, play.stage.voci.keys, member, play.stage.now)
    assert "Nobody has taken it yet." in (await play.open(play.bruno, task_id)).words


async def test_whoever_rests_leaves_it_free_meanwhile(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id, "With my name: Anna", "I do it alone")
    member_id = await play.stage.member_id(play.centre, play.anna)
    await play.stage.write(members.restrict, member_id, play.stage.now)
    assert "Nobody has taken it yet." in (await play.open(play.bruno, task_id)).words
    await play.stage.write(members.lift, member_id)
    assert "Anna looks after it." in (await play.open(play.bruno, task_id)).words


async def test_after_a_restart_it_goes_on(play: Tasked) -> None:
    task_id = await play.task()
    await play.take(play.anna, task_id)
    await play.stage.restart()
    await play.stage.press_each(play.anna, "With my name: Anna")
    assert (await play.seen(task_id)).takers[0].shown


async def closed(play: Tasked, *answers: str) -> Message:
    """A question is put and answered by three; the group's post with its outcome."""
    decision = await play.stage.put(play.centre, HOUR)
    for person, answer in zip((play.anna, play.bruno, play.carla), answers, strict=True):
        private = person.private(play.stage.bot)
        shown = play.stage.world.post(private, play.stage.bot, text="a question")
        data = f"cast:{play.centre.id}:{decision.id}:{answer}"
        await play.stage.forge(person, shown, data)
    await play.stage.move(HOUR)
    return play.stage.last(play.group)


async def test_under_an_outcome_somebody_takes_it_on(play: Tasked) -> None:
    post = await closed(play, "yes", "yes", "no")
    assert post.words.endswith("Next: who takes it on?")
    link = next(each.url for each in post.buttons if each.label == "I’ll take it")
    assert link is not None
    asked = await play.stage.open_link(play.anna, link)
    assert "It is yours. By the next assembly." in asked.words
    assert asked.words.startswith("Shall we open on Saturdays?")
    await play.stage.press_each(play.anna, "Without my name", "Yes, somebody may join in")
    await play.stage.open_link(play.anna, link)
    second = await play.stage.open_link(play.bruno, link)
    assert second.labels == ["Without my name", "With my name: Bruno"]
    third = await play.stage.open_link(play.carla, link)
    assert "Two look after it." in third.words
    [row] = await play.stage.rows("SELECT id FROM tasks")
    assert len((await play.seen(row["id"])).takers) == 2
    zoe = play.stage.world.person("Zoe")
    assert "Saturdays" not in (await play.stage.open_link(zoe, link)).words


async def test_what_was_not_carried_is_taken_on_by_nobody(play: Tasked) -> None:
    post = await closed(play, "no", "no", "yes")
    assert "who takes it on" not in post.words and "I’ll take it" not in post.labels
    [row] = await play.stage.rows("SELECT id FROM decisions")
    shown = await play.stage.start(play.anna, f"takeon_{play.centre.id}_{row['id']}")
    assert "Nothing is open." in shown.words
    assert await play.stage.rows("SELECT id FROM tasks") == []


async def test_of_two_who_take_it_at_once_one_has_it_and_is_asked_for_company(
    play: Tasked,
) -> None:
    task_id = await play.task()
    seen = [await play.open(person, task_id) for person in (play.anna, play.bruno)]
    await play.stage.press(play.anna, seen[0], "I’ll take it")
    pressed = await play.stage.press(play.bruno, seen[1], "I’ll take it")
    assert pressed.answer is not None
    assert pressed.answer.text == "Somebody has taken it already."
    assert len((await play.seen(task_id)).takers) == 1
    assert "I’ll join in" in play.stage.last(play.bruno).labels, "knowingly, if they like"
    await play.stage.press_each(play.anna, "Without my name", "I do it alone")
    alone = await play.open(play.bruno, task_id)
    assert "Somebody looks after it." in alone.words and "I’ll join in" not in alone.labels
    await play.stage.press_each(play.anna, "Somebody may join in")
    assert "I’ll join in" in (await play.open(play.bruno, task_id)).labels
