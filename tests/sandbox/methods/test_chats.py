from __future__ import annotations

from typing import Any

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World


async def test_a_group_shows_its_members(api: Any, world: World, bot: Bot, anna: Person) -> None:
    bruno, stranger = world.person("Bruno"), world.person("Stranger")
    group = world.group("Centre", anna)
    anna.add(group, bot)
    bruno.join(group)
    where = {"chat_id": group.id}
    assert await api("getChatMemberCount", **where) == 3
    assert [each["user"]["id"] for each in await api("getChatAdministrators", **where)] == [anna.id]
    anna.promote(group, bruno)
    statuses = {
        person.id: (await api("getChatMember", **where, user_id=person.id))["status"]
        for person in (anna, bruno, stranger, bot)
    }
    assert statuses == {
        anna.id: "creator",
        bruno.id: "administrator",
        stranger.id: "left",
        bot.id: "member",
    }
    assert await api.refusal("getChatMember", **where, user_id=1) == (
        400,
        "Bad Request: invalid user_id specified",
    )


async def test_a_private_chat_has_two_members(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    where = {"chat_id": anna.id}
    assert await api("getChatMemberCount", **where) == 2
    assert (await api("getChatMember", **where, user_id=anna.id))["status"] == "member"
    assert await api.refusal("getChatMember", **where, user_id=world.person("B").id) == (
        400,
        "Bad Request: member not found",
    )
    assert await api.refusal("getChatAdministrators", **where) == (
        400,
        "Bad Request: there are no administrators in the private chat",
    )
    assert await api.refusal("leaveChat", **where) == (
        400,
        "Bad Request: chat member status can't be changed in private chats",
    )
    assert (await api("getChat", **where))["first_name"] == "Anna"


async def test_a_linked_channel_is_named(api: Any, world: World, bot: Bot, anna: Person) -> None:
    group = world.group("Centre", anna, kind="supergroup")
    group.linked_channel = world.group("News", anna, kind="channel")
    anna.add(group, bot)
    chat = await api("getChat", chat_id=group.id)
    assert chat["linked_chat_id"] == group.linked_channel.id


async def test_chat_actions(api: Any, bot: Bot, anna: Person) -> None:
    assert await api("sendChatAction", chat_id=anna.id, action="typing") is True
    assert anna.private(bot).actions == ["typing"]
    assert await api.refusal("sendChatAction", chat_id=anna.id, action="dancing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )


async def test_a_bot_that_leaves_is_gone(api: Any, world: World, bot: Bot, anna: Person) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    assert await api("leaveChat", chat_id=group.id) is True
    assert not group.is_present(bot)
    assert group.last is not None
    assert group.last.content["left_chat_member"]["id"] == bot.id
