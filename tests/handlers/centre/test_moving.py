from __future__ import annotations

import pytest
from kit.phrases import FACILITATORS_ONLY, OLDER_MESSAGE
from kit.stage import DAY, Stage

from sandbox.chats import Message
from sandbox.people import Person
from storage import centre_moves, facilitators
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

ANOTHER = "Another facilitator has to answer that."


async def page(stage: Stage, person: Person) -> Message:
    await stage.say(person, "/facilitate")
    return await stage.press_each(person, "The centre", "New group")


async def waiting(stage: Stage, centre: Centre) -> bool | None:
    """None where no move waits, otherwise whether it is confirmed."""
    move = await stage.read(centre_moves.find, centre.id, stage.now)
    return None if move is None else move.confirmed_by is not None


async def test_two_of_different_roles_want_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", "user", facilitator=True)
    explained = await page(stage, fiona)
    assert "from another role where there is one" in explained.words
    await stage.press(fiona, explained, "Begin the move")
    assert "waits for another facilitator" in stage.last(fiona).words
    assert stage.last(fiona).labels == ["Stop the move", "Back"]
    await stage.move(10)
    assert "Fiona wants to move the centre" in stage.last(bruno).words

    asked = await stage.press_each(paula, "Look at it")
    assert "from another role to confirm it" in asked.words
    assert "Confirm the move" not in asked.labels
    move = await stage.read(centre_moves.find, centre.id, stage.now)
    assert move is not None
    confirm = f"cmc:{centre.id}:{move.begun_at}"
    for person in (fiona, paula):
        press = await stage.forge(person, stage.last(person), confirm)
        assert ANOTHER in ((await press.answered()).text or "")
    assert await waiting(stage, centre) is False

    asked = await stage.press_each(bruno, "Look at it")
    await stage.press(bruno, asked, "Confirm the move")
    assert "writes /setup there, until" in stage.last(bruno).words
    await stage.move(10)
    assert "Bruno has confirmed the move" in stage.last(fiona).words
    said = len(stage.said(fiona))
    await stage.forge(bruno, asked, confirm)
    await stage.move(10)
    assert len(stage.said(fiona)) == said, "confirmed twice is confirmed once"
    assert await waiting(stage, centre) is True


async def test_alone_one_reads_what_is_needed(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    explained = await page(stage, fiona)
    assert "you are the only one" in explained.words
    assert explained.labels == ["Invite a facilitator first", "Back"]
    await stage.forge(fiona, explained, f"cmb:{centre.id}")
    assert await waiting(stage, centre) is None


async def test_anybody_of_them_stops_it_and_an_older_button_confirms_no_newer_one(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True)
    await page(stage, fiona)
    await stage.press_each(fiona, "Begin the move")
    older = await page(stage, bruno)
    data = next(each.data for each in older.buttons if each.label == "Confirm the move")
    await stage.press(bruno, older, "Stop the move")
    await stage.move(10)
    assert "Bruno has stopped the move" in stage.last(fiona).words
    assert await waiting(stage, centre) is None
    await page(stage, fiona)
    await stage.press_each(fiona, "Begin the move")
    press = await stage.forge(bruno, older, data or "")
    assert OLDER_MESSAGE in ((await press.answered()).text or "")
    assert await waiting(stage, centre) is False


async def test_what_somebody_began_who_has_stopped_facilitating_is_over(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True)
    await stage.member(centre, group, "Carla", facilitator=True)
    await page(stage, fiona)
    await stage.press_each(fiona, "Begin the move")
    await stage.write(facilitators.end, await stage.member_id(centre, fiona))
    assert "Begin the move" in (await page(stage, bruno)).labels
    assert await waiting(stage, centre) is None


async def test_after_a_week_it_has_to_be_begun_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True)
    await page(stage, fiona)
    await stage.press_each(fiona, "Begin the move")
    asked = await page(stage, bruno)
    await stage.move(7 * DAY)
    press = await stage.press(bruno, asked, "Confirm the move")
    assert OLDER_MESSAGE in ((await press.answered()).text or "")
    assert "Begin the move" in stage.last(bruno).labels


@pytest.mark.parametrize("data", ["cmv:{}", "cmb:{}", "cmc:{}:{}", "cms:{}:{}"])
async def test_members_and_facilitators_of_another_centre_can_not(stage: Stage, data: str) -> None:
    centre, group = await stage.centre()
    other, elsewhere = await stage.centre("Casa Alba")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.member(centre, group, "Bruno", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    paula = await stage.member(other, elsewhere, "Paula", facilitator=True)
    await page(stage, fiona)
    await stage.press_each(fiona, "Begin the move")
    move = await stage.read(centre_moves.find, centre.id, stage.now)
    assert move is not None
    for person in (anna, paula):
        home = await stage.say(person, "/start")
        press = await stage.forge(person, home, data.format(centre.id, move.begun_at))
        refused = (await press.answered()).text or ""
        assert FACILITATORS_ONLY in refused or "This is for members" in refused
    assert await stage.read(centre_moves.find, centre.id, stage.now) == move
