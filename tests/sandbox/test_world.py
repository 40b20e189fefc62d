from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World


async def test_until_returns_what_it_waited_for(world: World, bot: Bot, anna: Person) -> None:
    chat = anna.private(bot)
    waiting = asyncio.create_task(world.until(lambda: chat.from_bots()))
    await asyncio.sleep(0)
    sent = world.post(chat, bot, text="x")
    assert await waiting == [sent]


def test_every_change_raises_the_revision(world: World, bot: Bot, anna: Person) -> None:
    before = world.revision
    anna.say(bot, "x")
    assert world.revision > before


async def test_until_notices_that_an_inbox_was_emptied(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    said = anna.say(bot, "x")
    (update,) = await api.updates()
    assert update["message"]["message_id"] == said.id
    emptied = asyncio.create_task(world.until(lambda: len(bot.updates) == 0))
    await asyncio.sleep(0)
    polling = asyncio.create_task(api("getUpdates", offset=update["update_id"] + 1, timeout=10))
    assert await emptied is True
    bot.updates.release_poll()
    assert await polling == []


async def test_until_gives_up(world: World) -> None:
    with pytest.raises(TimeoutError):
        await world.until(lambda: False, timeout=0.01)


def test_accounts_are_unique_and_chosen_ids_are_kept(world: World, bot: Bot) -> None:
    operator = world.person("Operator", account_id=42)
    assert operator.id == 42
    with pytest.raises(ValueError, match="exists already"):
        world.person("Other", account_id=42)
    other = world.bot("Other", "other_bot")
    assert other.token != bot.token
    assert other.link == "https://t.me/other_bot"


def test_a_seed_makes_the_same_world(clock: Any) -> None:
    assert World(clock, seed=3).bot().token == World(clock, seed=3).bot().token
    assert World(clock, seed=3).bot().token != World(clock, seed=4).bot().token


def test_groups_have_known_kinds(world: World, anna: Person) -> None:
    with pytest.raises(ValueError, match="no such kind"):
        world.group("Centre", anna, kind="forum")


def test_a_new_chat_is_empty(world: World, anna: Person) -> None:
    assert world.group("Centre", anna).last is None


def test_deleting_the_pinned_message_unpins_it(world: World, bot: Bot, anna: Person) -> None:
    chat = anna.private(bot)
    chat.pinned = world.post(chat, bot, text="x")
    chat.remove(chat.pinned)
    assert chat.pinned is None
