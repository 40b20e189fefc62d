from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from kit.phrases import GIVE_A_COPY, OLDER_MESSAGE
from kit.stage import Stage

from sandbox.chats import Message
from sandbox.people import Person
from storage import centres

pytestmark = pytest.mark.usefixtures("no_errors")

LONG = "Centro diurno di salute mentale Aurora – Associazione di volontariato Castelnuovo"


async def begin(stage: Stage, person: Person) -> Message:
    await stage.say(person, "/facilitate")
    return await stage.press_each(person, "The centre", "Change the name")


async def test_a_centre_is_called_otherwise(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True, language="it")
    anna = await stage.member(centre, group, "Anna")
    asked = await begin(stage, fiona)
    assert "Now: Centro Aurora" in asked.words and "up to 100 characters" in asked.words
    await stage.restart()
    preview = await stage.say(fiona, f"  {LONG}\u202e ")
    assert LONG in preview.words and "Now: Centro Aurora" in preview.words
    assert "has that name already" not in preview.words
    assert stage.said(group) == [], "nothing has happened yet"
    await stage.press(fiona, preview, "Take this name")
    await stage.move(10)
    assert LONG in stage.last(fiona).words
    assert stage.last(group).words == f"This centre has a new name: {LONG}\nBefore: Centro Aurora"
    told = stage.last(bruno).words
    assert "Fiona" in told and LONG in told and "Centro Aurora" in told
    assert LONG in (await stage.say(anna, "/start")).words
    await stage.forge(fiona, preview, preview.buttons[0].data or "")
    await stage.move(10)
    assert len(stage.said(group)) == 1, "pressed twice is pressed once"


async def test_at_night_nobody_is_told(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.move(10 * 3600)
    await begin(stage, fiona)
    await stage.press(fiona, await stage.say(fiona, "Casa Alba"), "Take this name")
    await stage.move(60)
    assert stage.said(group) == []
    await stage.move(12 * 3600)
    assert "Casa Alba" in stage.last(group).words


@pytest.mark.parametrize("text", ["x" * 101, "🌅🌅", "\u200b\u202e"])
async def test_what_can_be_no_name_is_asked_again(stage: Stage, text: str) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await begin(stage, fiona)
    assert "at most 100 characters" in (await stage.say(fiona, text)).words
    assert "Casa Alba" in (await stage.say(fiona, "Casa Alba")).words


async def test_a_name_that_another_centre_has_is_said(stage: Stage) -> None:
    centre, group = await stage.centre()
    await stage.centre("Casa Alba")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await begin(stage, fiona)
    assert "has that name already" in (await stage.say(fiona, "CASA alba")).words
    assert "has that name already" not in (await stage.say(fiona, "centro aurora")).words


async def test_going_back_ends_it_and_an_older_button_takes_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await begin(stage, fiona)
    older = await stage.say(fiona, "Casa Alba")
    await stage.say(fiona, "Casa Blu")
    press = await stage.press(fiona, older, "Take this name")
    assert OLDER_MESSAGE in ((await press.answered()).text or "")
    await stage.say(fiona, "Casa Rossa")
    assert "Nobody reads this here" in stage.last(fiona).words, "back on the page it is over"
    assert await stage.read(centres.get, centre.id) == centre


async def test_whose_term_ended_meanwhile_renames_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await begin(stage, fiona)
    preview = await stage.say(fiona, "Casa Alba")
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, "Stop facilitating", "Stop facilitating")
    await stage.press(fiona, preview, "Take this name")
    await stage.say(fiona, "Casa Blu")
    assert await stage.read(centres.get, centre.id) == centre


async def test_the_name_on_its_way_is_in_their_copy(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await begin(stage, fiona)
    await stage.say(fiona, "Casa Alba")
    await stage.press(fiona, await stage.say(fiona, "/me"), GIVE_A_COPY)
    file = stage.file(stage.last(fiona))
    with ZipFile(BytesIO(file.data)) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".json")]
        [half] = json.loads(archive.read(name))["half_written"]
    assert (half["kind"], half["content"]) == ("centre-name", {"name": "Casa Alba"})
