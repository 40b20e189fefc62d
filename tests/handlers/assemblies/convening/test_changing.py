"""An assembly is cancelled: with a reason, which all read and which is its writer's."""

from __future__ import annotations

import asyncio

import pytest
from kit.phrases import CANCEL_IT, OUT_OF_CALENDAR
from kit.regular import Regular, regular
from kit.stage import Stage

from handlers.assemblies.convening_presses import CancelAssembly
from storage import drafts
from storage.erasure import erasing

pytestmark = pytest.mark.usefixtures("no_errors")

CHANGE_THURSDAY = "Change Thu 4 Dec"
CANCEL = "Cancel the assembly"


@pytest.fixture
async def play(stage: Stage) -> Regular:
    made = await regular(stage)
    await made.convene_next()
    return made


async def test_the_group_reads_why(play: Regular) -> None:
    asked = await play.see(CHANGE_THURSDAY, CANCEL_IT)
    assert "Why? Write it in one sentence, or cancel it without." in asked.words
    shown = await play.stage.say(play.paula, "The room is flooded & <wet>.")
    assert "The reason: The room is flooded & <wet>." in shown.words
    assert play.told("flooded") == [], "nothing is out before the last button"
    await play.stage.restart()
    await play.stage.press_each(play.paula, CANCEL)
    [told] = play.told("The reason: The room is flooded & <wet>.")
    assert "does not take place" in told.words and told.labels == [OUT_OF_CALENDAR]
    [cancelled, _] = await play.all()
    assert cancelled.reason == "The room is flooded & <wet>."
    card = await play.stage.say(play.bruno, "/assembly")
    assert "Thursday 11 December" in card.words, "the next one is convened"
    assert await play.stage.read(drafts.find, play.paula.id) is None


async def test_without_a_reason_nothing_is_said_of_one(play: Regular) -> None:
    await play.see(CHANGE_THURSDAY, CANCEL_IT, CANCEL)
    [told] = play.told("does not take place")
    assert "The reason" not in told.words


async def test_what_is_no_reason_is_said_to_be_none(play: Regular) -> None:
    await play.see(CHANGE_THURSDAY, CANCEL_IT)
    assert "at least 5 characters" in (await play.stage.say(play.paula, "no")).words
    assert "up to 1,000 fit" in (await play.stage.say(play.paula, "x" * 1001)).words
    await play.stage.press_each(play.paula, "Keep it")
    said = await play.stage.say(play.paula, "The room is flooded.")
    assert "Nobody reads this here" in said.words, "it was kept: no reason is waited for"
    assert await play.days() == "12-04 convened"


async def test_a_reason_is_not_let_go_in_silence(play: Regular) -> None:
    await play.see(CHANGE_THURSDAY, CANCEL_IT)
    await play.stage.say(play.paula, "The room is flooded.")
    asked = await play.stage.say(play.paula, "/propose A boat")
    assert "The room is flooded." in asked.words


async def test_of_two_who_cancel_at_once_one_does(play: Regular) -> None:
    [assembly] = await play.all()
    press = CancelAssembly(play.centre.id, assembly.id, sure=True).encode()
    hubs = [await play.stage.say(each, "/facilitate") for each in (play.paula, play.bruno)]
    both = zip((play.paula, play.bruno), hubs, strict=True)
    await asyncio.gather(*(person.forge_press(hub, press).answered() for person, hub in both))
    await play.stage.settle()
    assert len(play.told("does not take place")) == 1
    assert await play.days() == "12-04 cancelled 12-11 convened"


async def test_the_words_go_with_whoever_wrote_them(play: Regular) -> None:
    await play.see(CHANGE_THURSDAY, CANCEL_IT)
    await play.stage.say(play.paula, "The room is flooded.")
    await play.stage.press_each(play.paula, CANCEL)
    member = await play.stage.member_of(play.centre, play.paula)
    await play.stage.write(erasing.erase, play.stage.voci.keys, member, play.stage.now)
    [cancelled, _] = await play.all()
    assert (cancelled.status, cancelled.reason) == ("cancelled", None)
    assert (await play.now_is()).status == "running", "the series is the centre's"
    await play.go_to("2025-12-11 19:01")
    assert await play.days() == "12-04 cancelled 12-11 convened 12-18 convened"
