from __future__ import annotations

import pytest
from kit.phrases import ANNOUNCE
from kit.stage import DAY, HOUR, Stage
from kit.task_rows import BENCH, Tasked, tasked

from assembly.endings import Ending
from handlers.assemblies.tasks import authors
from handlers.core.unit_of_work import UnitOfWork
from storage import agreements, points, sessions
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

QUIET = "A quiet room"
HEADING = f"Centro Aurora: what became of your proposal\n\n{QUIET}\n"


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    return await tasked(stage)


async def convened(play: Tasked, proposal_id: int, ahead: int = HOUR) -> Assembly:
    """An assembly with the proposal on its agenda; its author is told."""
    found = await play.stage.convene(play.centre, play.paula, ahead, points=[(proposal_id, QUIET)])
    async with play.stage.voci.database.transaction() as tx:
        unit = UnitOfWork(tx, play.stage.now, play.stage.voci.services)
        await authors.placed(unit, play.centre, found)
    await play.stage.settle()
    return found


async def held(play: Tasked, assembly: Assembly, *buttons: str) -> None:
    """It is opened, these are pressed at its point, and it is closed."""
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly", *buttons)
    await play.stage.press_each(play.paula, "Close the assembly", "Close it")


async def item_of(play: Tasked, assembly: Assembly) -> int:
    [item] = await play.stage.read(points.items, assembly.id)
    return item.id


async def test_every_step_is_told_and_there_is_one_message_with_buttons(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    before = len(play.stage.said(play.anna))
    first = await convened(play, proposal_id)
    told = play.stage.said(play.anna)[before:]
    assert [each.words for each in told] == [
        f"{HEADING}It is point 1 of the assembly on Wednesday 3 December."
    ]
    await held(play, first)
    await play.stage.move(30)
    assert len(play.stage.said(play.anna)) == before + 1, "carried over makes no sound"
    assert told[0].words == (
        f"{HEADING}On Wednesday 3 December there was no time for it. It stays on the list."
    )
    await play.stage.move(DAY)
    second = await convened(play, proposal_id)
    await play.stage.move(30)
    assert told[0].words == f"{HEADING}It is point 1 of the assembly on Thursday 4 December."
    await held(play, second, "Talked about")
    ended = play.stage.last(play.anna)
    assert ended.words == (
        f"{HEADING}On Thursday 4 December it was talked about, and is off the list now."
    )
    assert len(play.stage.said(play.anna)) == before + 2
    await play.stage.move(30)
    assert told[0].labels == [] and ended.labels == ["Home"]
    assert all("your proposal" not in each.words for each in play.stage.said(play.bruno))


async def test_who_looks_after_it_stands_there_only_with_their_choice(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    meeting = await convened(play, proposal_id)
    task_id = await play.task(ahead=8 * DAY, item_id=await item_of(play, meeting))
    await held(play, meeting, "Talked about")
    news = play.stage.last(play.anna)
    assert news.words.endswith(f"• {BENCH}: Nobody has taken it yet. Until Thursday 11 December.")
    await play.take(play.bruno, task_id, "Without my name", "I do it alone")
    await play.stage.move(30)
    assert f"• {BENCH}: Somebody looks after it. Until Thursday 11 December." in news.words
    await play.open(play.bruno, task_id)
    await play.stage.press_each(play.bruno, "With my name")
    await play.stage.move(30)
    assert f"• {BENCH}: Bruno looks after it. Until Thursday 11 December." in news.words
    said = len(play.stage.said(play.anna))
    await play.stage.press_each(play.bruno, "It is done", "Not done after all", "It is done")
    assert len(play.stage.said(play.anna)) == said + 1, "done is news, once"
    await play.stage.move(30)
    assert f"• {BENCH}: Done on Wednesday 3 December." in play.stage.last(play.anna).words


@pytest.mark.parametrize("how", ["erase", "leave", "restrict"])
async def test_whoever_goes_is_named_there_no_more(play: Tasked, how: str) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    meeting = await convened(play, proposal_id)
    task_id = await play.task(ahead=8 * DAY, item_id=await item_of(play, meeting))
    await held(play, meeting, "Talked about")
    await play.take(play.bruno, task_id, "With my name: Bruno", "I do it alone")
    await play.stage.move(30)
    news = play.stage.last(play.anna)
    assert "Bruno" in news.words
    kind = {"erase": "meE", "leave": "meX", "restrict": "meZ"}[how]
    shown = await play.stage.say(play.bruno, "/me")
    await play.stage.forge(play.bruno, shown, f"{kind}:{play.centre.id}:{play.stage.now}")
    await play.stage.move(30)
    assert "Bruno" not in news.words and "Nobody has taken it yet." in news.words


async def test_what_was_agreed_stands_there_in_its_words(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    meeting = await convened(play, proposal_id)
    item_id = await item_of(play, meeting)
    now = play.stage.now
    await play.stage.write(sessions.begin, play.centre.id, meeting.id, now)
    ids = {"wording": "The small room is <quiet>.", "now": now, "until": now + 5}
    put = await play.stage.write(agreements.put, play.centre.id, item_id, **ids)
    assert put is not None and await play.stage.write(agreements.stand, put, now + 5)
    await play.stage.write(
        sessions.close, play.centre.id, meeting.id, now, {item_id: Ending.AGREED}
    )
    async with play.stage.voci.database.transaction() as tx:
        unit = UnitOfWork(tx, now, play.stage.voci.services)
        await authors.ended(unit, play.centre, meeting)
    await play.stage.settle()
    assert play.stage.last(play.anna).words == (
        f"{HEADING}On Wednesday 3 December it was agreed without a ballot, and is off the list "
        "now.\nWe agreed: The small room is <quiet>."
    )


async def test_at_night_the_latest_waits_for_the_morning(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    await play.stage.move(9 * HOUR)  # 22:00
    before = len(play.stage.said(play.anna))
    meeting = await convened(play, proposal_id)
    await held(play, meeting, "Goes on next time")
    assert len(play.stage.said(play.anna)) == before
    await play.stage.move(12 * HOUR)
    [told] = play.stage.said(play.anna)[before:]
    assert (
        told.words == f"{HEADING}On Wednesday 3 December it was talked about. It goes on next time."
    )


async def test_whoever_took_it_back_or_left_hears_nothing(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    before = len(play.stage.said(play.anna))
    await play.stage.rows("UPDATE proposals SET status = 'withdrawn'")
    await convened(play, proposal_id)
    assert len(play.stage.said(play.anna)) == before


async def test_its_agenda_is_told_when_that_is_sent_and_follows_where_it_goes(play: Tasked) -> None:
    await play.stage.propose(play.centre, play.anna, QUIET)
    before = len(play.stage.said(play.anna))
    await play.stage.say(play.paula, "/facilitate")
    moment = play.stage.now // 60 * 60 + 10 * DAY
    await play.stage.forge(
        play.paula, play.stage.last(play.paula), f"cvt:{play.centre.id}:0:{moment}"
    )
    await play.stage.press_each(play.paula, "Skip", ANNOUNCE)
    for _ in range(10):
        if len(play.stage.said(play.anna)) > before:
            break
        await play.stage.move(DAY)
    [told] = play.stage.said(play.anna)[before:]
    assert "of the assembly on Saturday 13 December." in told.words
    [row] = await play.stage.rows("SELECT id FROM assemblies")
    hub = await play.stage.say(play.paula, "/facilitate")
    await play.stage.forge(play.paula, hub, f"cvt:{play.centre.id}:{row['id']}:{moment + DAY}")
    await play.stage.press_each(play.paula, "Skip", "Move it")
    await play.stage.move(30)
    assert "Saturday 13 December" not in told.words
    await play.stage.move(12 * DAY)
    assert told.words.endswith("It is on the list."), "nobody opened it"
    assert len(play.stage.said(play.anna)) == before + 1


async def test_what_is_not_held_is_on_the_list_again(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    meeting = await convened(play, proposal_id, 3 * DAY)
    told = play.stage.last(play.anna)
    assert "Saturday 6 December" in told.words
    hub = await play.stage.say(play.paula, "/facilitate")
    await play.stage.forge(play.paula, hub, f"asx:{play.centre.id}:{meeting.id}:1")
    await play.stage.move(30)
    assert told.words.endswith("It is on the list.")


async def test_what_the_news_has_become_is_left_alone(play: Tasked) -> None:
    proposal_id = await play.stage.propose(play.centre, play.anna, QUIET)
    meeting = await convened(play, proposal_id)
    await play.stage.press_each(play.anna, "Home", "About me")
    read = play.stage.last(play.anna)
    words = read.words
    await held(play, meeting, "Goes on next time")
    await play.stage.move(30)
    assert read.words == words, "she reads something else there"
    told = play.stage.last(play.anna)
    assert told is not read and told.words.startswith(HEADING)
