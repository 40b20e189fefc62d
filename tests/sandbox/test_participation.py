from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.chats import Group
from sandbox.people import Person
from sandbox.world import World


@pytest.fixture
def group(world: World, bot: Bot, anna: Person) -> Group:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    bot.updates.drop_all()
    return group


def statuses(change: dict[str, Any]) -> tuple[str, str]:
    return change["old_chat_member"]["status"], change["new_chat_member"]["status"]


def test_whoever_creates_a_group_owns_it(anna: Person) -> None:
    group = anna.create_group("Centre", kind="supergroup")
    assert (group.kind, group.membership(anna).status) == ("supergroup", "creator")


async def test_a_bot_hears_of_its_own_coming_and_going(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    anna.promote(group, bot)
    anna.demote(group, bot)
    anna.remove(group, bot)
    changes = await api.updates("my_chat_member")
    assert [statuses(change) for change in changes] == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "member"),
        ("member", "kicked"),
    ]
    assert {change["from"]["id"] for change in changes} == {anna.id}


async def test_service_messages_tell_who_came_and_went(
    api: Any, world: World, group: Group
) -> None:
    bruno = world.person("Bruno")
    bruno.join(group)
    bruno.leave(group)
    came, went = await api.updates("message")
    assert came["new_chat_members"][0]["id"] == bruno.id
    assert went["left_chat_member"]["id"] == bruno.id
    assert not group.is_present(bruno)


async def test_only_administrators_hear_of_others_and_only_on_request(
    api: Any, world: World, bot: Bot, anna: Person, group: Group
) -> None:
    await api("getUpdates", allowed_updates=["chat_member"])
    bruno = world.person("Bruno")
    bruno.join(group)
    assert await api.updates("chat_member") == []
    anna.promote(group, bot)
    anna.promote(group, bruno)
    anna.promote(group, bruno)
    (change,) = await api.updates("chat_member")
    assert statuses(change) == ("member", "administrator")


async def test_an_anonymous_administrator_speaks_as_the_group(
    api: Any, anna: Person, group: Group
) -> None:
    anna.say_anonymously(group, "/agenda")
    (message,) = await api.updates("message")
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == group.id


async def test_channels_speak_in_groups(
    api: Any, world: World, bot: Bot, anna: Person, group: Group
) -> None:
    anna.promote(group, bot)
    channel = world.group("News", anna, kind="channel")
    group.linked_channel = channel
    anna.say_as_channel(group, channel, "as a channel")
    anna.publish(channel, "a post")
    spoken, forwarded = await api.updates("message")
    assert (spoken["from"]["id"], spoken["sender_chat"]["id"]) == (136817688, channel.id)
    assert (forwarded["from"]["id"], forwarded["is_automatic_forward"]) == (777000, True)


async def test_a_channel_post_has_no_sender(api: Any, world: World, bot: Bot, anna: Person) -> None:
    channel = world.group("News", anna, kind="channel")
    anna.add(channel, bot)
    anna.publish(channel, "a post")
    (post,) = await api.updates("channel_post")
    assert "from" not in post
    assert post["sender_chat"]["id"] == channel.id


async def test_an_upgrade_moves_the_group_to_a_new_id(
    api: Any, world: World, bot: Bot, anna: Person, group: Group
) -> None:
    new = anna.upgrade(group)
    assert str(new.id).startswith("-100")
    there, here = await api.updates("message")
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (group.id, new.id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (new.id, group.id)
    response = await api.raw("sendMessage", chat_id=group.id, text="x")
    assert response.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert (await api("sendMessage", chat_id=new.id, text="x"))["message_id"] == 2
    with pytest.raises(ValueError, match="only a basic group"):
        anna.upgrade(new)


async def test_where_administrators_alone_write_a_bot_has_to_be_one(
    api: Any, bot: Bot, group: Group, anna: Person
) -> None:
    assert (await api("getChat", chat_id=group.id))["permissions"]["can_send_messages"]
    anna.let_write(group, members=False)
    assert not (await api("getChat", chat_id=group.id))["permissions"]["can_send_messages"]
    assert await api.refusal("sendMessage", chat_id=group.id, text="Hi") == (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
    )
    anna.promote(group, bot)
    await api("sendMessage", chat_id=group.id, text="Hi")
    anna.demote(group, bot)
    anna.let_write(group, members=True)
    await api("sendMessage", chat_id=group.id, text="Hi")


async def test_whose_right_was_taken_edits_but_does_not_write(
    api: Any, bot: Bot, group: Group, anna: Person
) -> None:
    sent = await api("sendMessage", chat_id=group.id, text="Hi")
    anna.restrict(group, bot)
    assert await api.refusal("sendMessage", chat_id=group.id, text="Hi") == (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
    )
    await api(
        "editMessageText", chat_id=group.id, message_id=sent["message_id"], text="What stood there"
    )
    anna.restrict(group, bot, may_write=True)
    await api("sendMessage", chat_id=group.id, text="Hi")
    taken, given = await api.updates("my_chat_member")
    assert not taken["new_chat_member"]["can_send_messages"]
    assert given["new_chat_member"]["can_send_messages"]


async def test_a_deleted_group_is_no_more(api: Any, group: Group, anna: Person) -> None:
    anna.delete_group(group)
    assert await api.refusal("sendMessage", chat_id=group.id, text="Hi") == (
        403,
        "Forbidden: the group chat was deleted",
    )
