from __future__ import annotations

import pytest
from kit.minuted import Minuted
from kit.phrases import FACILITATORS_ONLY
from kit.stage import Stage

from assembly.minutes import Point, fingerprint
from handlers.assemblies.minutes.presses import SearchMinutes, TakeNameOut
from handlers.core.navigation import ShowMinutes
from sandbox.chats import Message
from sandbox.people import Person
from storage.minutes import Kept

pytestmark = pytest.mark.usefixtures("no_errors")

POINT = Point("A garden", notes=("Mr Verdi digs with Anna.", "We do not ask Verdi."))


@pytest.fixture
async def play(stage: Stage) -> Minuted:
    return await Minuted.gather(stage)


async def show(play: Minuted, person: Person, kept: Kept) -> Message:
    press = ShowMinutes(play.centre.id, kept.assembly_id, 1)
    await play.stage.say(person, "/minutes")
    await play.stage.forge(person, play.stage.last(person), press.encode())
    return play.stage.last(person)


async def test_any_facilitator_takes_it_out_and_all_read_that_they_did(play: Minuted) -> None:
    before = await play.leave(POINT)
    await show(play, play.fiona, before)
    asked = await play.stage.press_each(play.fiona, "Take a name out")
    assert "Write it as it stands in the minutes." in asked.words
    sure = await play.stage.say(play.fiona, "Verdi")
    assert "Verdi stands there 2 times." in sure.words
    assert await play.kept(before.assembly_id) == before
    await play.stage.press_each(play.fiona, "Take it out")
    after = await play.kept(before.assembly_id)
    assert after.hash == fingerprint(after.words) != before.hash
    assert "Verdi" not in after.words and after.minutes.version == 2
    assert after.minutes.salt != before.minutes.salt
    read = await show(play, play.anna, before)
    assert "• Mr somebody digs with Anna." in read.words and "Verdi" not in read.words
    assert "Fiona took the name of a non-member out." in read.words


async def test_words_and_members_are_not_taken_out(play: Minuted) -> None:
    before = await play.leave(POINT)
    await show(play, play.fiona, before)
    await play.stage.press_each(play.fiona, "Take a name out")
    assert "That is no name." in (await play.stage.say(play.fiona, "not")).words
    assert "does not stand there" in (await play.stage.say(play.fiona, "Bianchi")).words
    await play.stage.press_each(play.fiona, "Leave it as it is")
    assert await play.kept(before.assembly_id) == before


async def test_of_two_at_once_one_does_and_the_other_looks_again(play: Minuted) -> None:
    before = await play.leave(POINT)
    gino = await play.stage.member(play.centre, play.group, "Gino", "family", facilitator=True)
    for person in (play.fiona, gino):
        await show(play, person, before)
        await play.stage.press_each(person, "Take a name out")
    await play.stage.say(play.fiona, "Verdi")
    await play.stage.say(gino, "Verdi")
    play.fiona.press(play.stage.last(play.fiona), "Take it out")
    gino.press(play.stage.last(gino), "Take it out")
    await play.stage.settle()
    after = await play.kept(before.assembly_id)
    assert after.minutes.version in (2, 3) and "Verdi" not in after.words


async def test_a_name_that_was_typed_is_not_let_go_in_silence(play: Minuted) -> None:
    before = await play.leave(POINT)
    await show(play, play.fiona, before)
    await play.stage.press_each(play.fiona, "Take a name out")
    sure = await play.stage.say(play.fiona, "Verdi")
    await play.stage.forge(play.fiona, sure, SearchMinutes(play.centre.id).encode())
    assert "Verdi" in play.stage.last(play.fiona).words
    again = await play.stage.press_each(play.fiona, "Go on with it")
    assert "Verdi stands there 2 times." in again.words
    await play.stage.press_each(play.fiona, "Take it out")
    assert "Verdi" not in (await play.kept(before.assembly_id)).words


async def test_nobody_else_does(play: Minuted) -> None:
    before = await play.leave(POINT)
    shown = await show(play, play.anna, before)
    assert "Take a name out" not in shown.labels
    press = TakeNameOut(play.centre.id, before.assembly_id, sure=True)
    pressed = await play.stage.forge(play.anna, shown, press.encode())
    assert pressed.answer is not None and FACILITATORS_ONLY in pressed.answer.text


async def test_a_sure_press_without_a_name_takes_nothing_out(play: Minuted) -> None:
    before = await play.leave(POINT)
    shown = await show(play, play.fiona, before)
    press = TakeNameOut(play.centre.id, before.assembly_id, sure=True)
    await play.stage.forge(play.fiona, shown, press.encode())
    assert await play.kept(before.assembly_id) == before
    assert "Write it as it stands in the minutes." in play.stage.last(play.fiona).words
