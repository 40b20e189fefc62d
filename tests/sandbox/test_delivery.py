from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("hello everybody", False),
        ("@voci_bot hello", False),
        ("/agenda", True),
        ("/agenda@voci_bot", True),
        ("/agenda@VOCI_bot please", True),
        ("/agenda@other_bot", False),
        ("see /agenda", False),
    ],
)
async def test_privacy_mode_lets_only_commands_through(
    api: Any, world: World, bot: Bot, anna: Person, text: str, heard: bool
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    bot.updates.drop_all()
    anna.say(group, text)
    assert bool(await api.updates("message")) is heard


async def test_replies_to_the_bot_get_through(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    bot.updates.drop_all()
    sent = world.post(group, bot, text="The list")
    mine = anna.say(group, "nice")
    anna.say(group, "to myself", reply_to=mine)
    anna.say(group, "thanks", reply_to=sent)
    assert [message["text"] for message in await api.updates("message")] == ["thanks"]


@pytest.mark.parametrize("reason", ["administrator", "no privacy"])
async def test_some_bots_hear_everything(
    api: Any, world: World, bot: Bot, anna: Person, reason: str
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    if reason == "administrator":
        anna.promote(group, bot)
    else:
        bot.privacy_mode = False
    bot.updates.drop_all()
    anna.say(group, "hello everybody")
    assert [message["text"] for message in await api.updates("message")] == ["hello everybody"]


async def test_bots_hear_no_bots(api: Any, world: World, bot: Bot, anna: Person) -> None:
    other = world.bot("Other", "other_bot")
    group = world.group("Centre", anna)
    anna.add(group, bot)
    anna.add(group, other)
    other.updates.drop_all()
    bot.updates.drop_all()
    await api("sendMessage", chat_id=group.id, text="/agenda")
    assert await api.updates() == []
    assert len(other.updates) == 0


async def test_hand_made_updates_arrive_as_they_are(api: Any, bot: Bot) -> None:
    update_id = bot.inject("callback_query", {"id": "1", "data": "\ud800", "message": {"date": 0}})
    (update,) = await api.updates()
    assert update == {
        "update_id": update_id,
        "callback_query": {"id": "1", "data": "\ud800", "message": {"date": 0}},
    }
