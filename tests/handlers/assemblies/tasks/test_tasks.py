from __future__ import annotations

import pytest
from kit.phrases import MEMBERS_ONLY
from kit.screen_checks import check
from kit.stage import DAY, HOUR, Stage
from kit.task_rows import BENCH, Tasked, tasked

from assembly.wording import TASK
from handlers.assemblies.tasks.screens import tasks as screens
from handlers.assemblies.tasks.screens.tasks import Viewer
from handlers.core.speech import LANGUAGES
from storage import tasks

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def test_the_list_has_mine_first_and_nobody_s_name(play: Tasked) -> None:
    stage = play.stage
    empty = await stage.say(play.anna, "/tasks")
    assert empty.words == "What is to be done\n\nNothing is open."
    await play.task("Water the plants")
    bench = await play.task(BENCH, ahead=14 * DAY)
    await play.take(play.anna, bench, "With my name: Anna", "I do it alone")
    mine = await stage.say(play.anna, "/tasks")
    assert mine.words == (
        "What is to be done\n\nYours:\n1. Ask the town for a bench · taken, until 17 December\n\n"
        "The assembly’s:\n2. Water the plants · free"
    )
    others = await stage.say(play.bruno, "/tasks")
    assert others.words == (
        "What is to be done\n\n1. Water the plants · free\n"
        "2. Ask the town for a bench · taken, until 17 December"
    )
    assert "Anna looks after it." in (await stage.press_each(play.bruno, "2")).words


async def test_by_page_and_back(play: Tasked) -> None:
    for number in range(12):
        await play.task(f"Task number {number}")
        play.stage.clock.move(1)
    first = await play.stage.say(play.anna, "/tasks")
    assert first.labels == ["1", "2", "3", "4", "5", "More", "Home"]
    last = await play.stage.press_each(play.anna, "More", "More")
    assert last.labels == ["11", "12", "Earlier ones", "Home"]
    assert "12. Task number 11 · free" in last.words
    one = await play.stage.press_each(play.anna, "12")
    assert one.words.startswith("Task number 11\n")
    await play.stage.press_each(play.anna, "What is to be done")
    assert "1. Task number 0" in play.stage.last(play.anna).words


async def test_until_when_follows_the_next_assembly(play: Tasked) -> None:
    task_id = await play.task()
    assert "By the next assembly.\n" in (await play.open(play.anna, task_id)).words
    await play.stage.convene(play.centre, play.paula, 8 * DAY)
    assert (
        "By the next assembly, Thursday 11 December." in (await play.open(play.anna, task_id)).words
    )


async def test_outsiders_learn_nothing(play: Tasked) -> None:
    await play.task()
    other, group = await play.stage.centre("Casa Blu")
    hugo = await play.stage.member(other, group, "Hugo")
    zoe = play.stage.world.person("Zoe")
    zoe.start(play.stage.bot)
    await play.stage.settle()
    assert "Nothing is open." in (await play.stage.say(hugo, "/tasks")).words
    assert BENCH not in (await play.stage.say(zoe, "/tasks")).words
    listed = play.stage.last(hugo)
    pressed = await play.stage.forge(hugo, listed, f"tks:{play.centre.id}")
    assert pressed.answer is not None and MEMBERS_ONLY in pressed.answer.text
    await play.stage.forge(hugo, listed, f"tk:{other.id}:1")
    assert "not there any more" in play.stage.last(hugo).words


async def test_the_link_in_a_post_leads_there(play: Tasked) -> None:
    await play.task()
    shown = await play.stage.start(play.anna, f"tasks_{play.centre.id}")
    assert f"1. {BENCH} · free" in shown.words


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_longest_words_fit(play: Tasked, language: str) -> None:
    for _ in range(5):
        await play.task("ß&" * (TASK[1] // 2), ahead=HOUR)
    member_id = await play.stage.member_id(play.centre, play.anna)
    found = await play.stage.read(tasks.open_ones, play.centre.id, play.stage.now)
    speak = play.stage.speech(language)
    for viewer in (Viewer(member_id), Viewer(member_id, facilitates=True, leads=True)):
        check(screens.listing(found, viewer, play.centre.id, 0, speak))
        check(screens.task(found[0], viewer, speak))
