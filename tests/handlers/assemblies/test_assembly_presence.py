from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.stage import Stage

from handlers.assemblies.presses import CloseAssembly, Here
from sandbox.chats import Group
from sandbox.people import Person
from storage import headcount, members, presences, sessions
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

HOUR = 3600


@dataclass
class Cast:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    anna: Person
    bruno: Person
    assembly_id: int

    async def present(self) -> list[str]:
        """Who is there, by name: as only a test may know it."""
        async with self.stage.voci.database.reading() as tx:
            ids = await presences.members_present(tx, self.assembly_id)
            found = [await members.get(tx, each) for each in ids]
        return [each.name for each in found if each is not None]

    async def desk(self) -> str:
        await self.stage.say(self.paula, "/facilitate")
        await self.stage.press_each(self.paula, "Go on with the assembly")
        return self.stage.last(self.paula).words


@pytest.fixture
async def play(stage: Stage) -> Cast:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno", "family")
    found = await stage.convene(centre, paula)
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Open the assembly")
    await stage.settle()
    return Cast(stage, centre, group, paula, anna, bruno, found.id)


async def test_members_say_that_they_are_here(play: Cast) -> None:
    assert "Nobody has said yet that they are here." in await play.desk()
    post = play.stage.last(play.group)
    assert post.labels == ["I’m here"]
    said = await play.stage.press(play.anna, post, "I’m here")
    assert said.answer is not None and "You are counted as here." in said.answer.text
    assert not said.answer.show_alert
    await play.stage.press(play.bruno, post, "I’m here")
    assert await play.present() == ["Anna", "Bruno"]
    assert "2 members have said that they are here." in await play.desk()


async def test_pressed_again_it_stays_and_says_how_to_take_it_back(play: Cast) -> None:
    post = play.stage.last(play.group)
    await play.stage.press(play.anna, post, "I’m here")
    again = await play.stage.press(play.anna, post, "I’m here")
    assert again.answer is not None and again.answer.show_alert
    assert "/assembly" in again.answer.text
    assert await play.present() == ["Anna"]
    card = await play.stage.say(play.anna, "/assembly")
    assert "You are counted as here." in card.words
    await play.stage.press(play.anna, card, "I’m not here after all")
    assert await play.present() == []
    card = play.stage.last(play.anna)
    assert "You are counted as here." not in card.words
    await play.stage.press(play.anna, card, "I’m here")
    assert await play.present() == ["Anna"]


async def test_nobody_is_named_in_any_chat(play: Cast) -> None:
    await play.stage.press(play.anna, play.stage.last(play.group), "I’m here")
    await play.desk()
    said = [*play.stage.said(play.group), *play.stage.said(play.paula)]
    assert not [each.words for each in said if "Anna" in each.words]


async def test_when_it_closes_the_number_stays_and_nobody_is_kept(play: Cast) -> None:
    post = play.stage.last(play.group)
    for person in (play.anna, play.bruno):
        await play.stage.press(person, post, "I’m here")
    looked = await play.stage.say(play.bruno, "/assembly")
    await play.desk()
    await play.stage.press_each(play.paula, "Close the assembly", "Close it")
    assert await play.present() == []
    assert "Fewer than 5 people were there." in play.stage.last(play.group).words
    await play.stage.move(30)
    for message in (post, looked):
        assert message.labels == [] and message.words.endswith("is over.")
    for person in (play.anna, play.bruno):
        card = await play.stage.say(person, "/assembly")
        assert "here" not in card.words


async def test_who_was_counted_in_the_room_was_there_too(play: Cast) -> None:
    await play.stage.press(play.anna, play.stage.last(play.group), "I’m here")
    await play.stage.write(headcount.say_people, play.centre.id, play.assembly_id, None, 4)
    await play.desk()
    await play.stage.press_each(play.paula, "Close the assembly", "Close it")
    assert "5 to 9 people were there." in play.stage.last(play.group).words


async def test_after_closing_the_button_does_nothing(play: Cast) -> None:
    post = play.stage.last(play.group)
    await play.desk()
    data = Here(play.centre.id, play.assembly_id, on=True).encode()
    close = CloseAssembly(play.centre.id, play.assembly_id, sure=True).encode()
    await play.stage.forge(play.paula, play.stage.last(play.paula), close)
    for message in (post, await play.stage.say(play.anna, "/start")):
        said = await play.stage.forge(play.anna, message, data)
        assert said.answer is not None and "not open any more" in said.answer.text
    assert await play.present() == []


async def test_only_members_of_the_centre_are_here(play: Cast) -> None:
    other, group = await play.stage.centre("Casa Blu")
    zoe = await play.stage.member(other, group, "Zoe", facilitator=True)
    otto = play.stage.world.person("Otto", language_code="en")
    otto.join(play.group)
    zoe.join(play.group)
    post = play.stage.last(play.group)
    for person in (zoe, otto):
        said = await play.stage.press(person, post, "I’m here")
        assert said.answer is not None and said.answer.show_alert
    zoes = await play.stage.say(zoe, "/start")
    await play.stage.forge(zoe, zoes, Here(other.id, play.assembly_id, on=True).encode())
    assert await play.present() == []


async def test_who_is_here_survives_a_restart(play: Cast) -> None:
    await play.stage.press(play.anna, play.stage.last(play.group), "I’m here")
    await play.stage.restart()
    assert await play.present() == ["Anna"]
    await play.stage.write(sessions.close, play.centre.id, play.assembly_id, play.stage.now)
    assert await play.present() == []
