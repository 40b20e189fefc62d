"""Topics as a bot meets them, with Telegram's own words where it can't write."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.chats import Group
from sandbox.people import Person
from sandbox.topics import GENERAL, Topic
from sandbox.world import World

CLOSED = (400, "Bad Request: TOPIC_CLOSED")
GONE = (400, "Bad Request: message thread not found")


@pytest.fixture
def group(world: World, bot: Bot, anna: Person) -> Group:
    group = world.group("Centre", anna, kind="supergroup")
    anna.add(group, bot)
    return group


@pytest.fixture
def garden(anna: Person, group: Group) -> Topic:
    return anna.open_topic(group, "Garden")


async def test_a_message_goes_to_the_topic_that_it_names(
    api: Any, anna: Person, group: Group, garden: Topic
) -> None:
    sent = await api("sendMessage", chat_id=group.id, text="Hi", message_thread_id=garden.id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (garden.id, True)
    assert sent["chat"]["is_forum"]
    general = await api("sendMessage", chat_id=group.id, text="Hi")
    assert "message_thread_id" not in general
    assert group.last is not None
    assert group.last.topic is group.topics.general


async def test_what_people_write_and_answer_there_stays_there(
    api: Any, bot: Bot, anna: Person, group: Group, garden: Topic
) -> None:
    asked = anna.say(group, "/agenda", topic=garden)
    assert anna.say(group, "And?", reply_to=asked).topic is garden
    heard = await api.updates("message")
    assert heard[-1]["message_thread_id"] == garden.id
    assert anna.say(group, "/agenda").topic is group.topics.general


async def test_nobody_but_an_administrator_writes_into_a_closed_topic(
    api: Any, bot: Bot, anna: Person, group: Group, garden: Topic
) -> None:
    def write(thread: int) -> dict[str, Any]:
        return {"chat_id": group.id, "text": "Hi", "message_thread_id": thread}

    sent = await api("sendMessage", **write(garden.id))
    anna.close_topic(group, garden)
    assert await api.refusal("sendMessage", **write(garden.id)) == CLOSED
    await api("sendMessage", **write(0))
    await api(
        "editMessageText", chat_id=group.id, message_id=sent["message_id"], text="What stood there"
    )
    anna.promote(group, bot)
    await api("sendMessage", **write(garden.id))
    anna.demote(group, bot)
    anna.reopen_topic(group, garden)
    await api("sendMessage", **write(garden.id))
    told = [each for each in await api.updates("message") if "forum_topic_reopened" in each]
    assert [each["message_thread_id"] for each in told] == [garden.id]


async def test_the_general_topic_can_be_closed_too(
    api: Any, anna: Person, group: Group, garden: Topic
) -> None:
    general = group.topics.general
    assert general is not None
    anna.close_topic(group, general)
    assert await api.refusal("sendMessage", chat_id=group.id, text="Hi") == CLOSED
    await api("sendMessage", chat_id=group.id, text="Hi", message_thread_id=garden.id)


async def test_a_deleted_topic_takes_its_messages_along(
    api: Any, anna: Person, group: Group, garden: Topic
) -> None:
    said = anna.say(group, "Hello", topic=garden)
    anna.delete_topic(group, garden)
    assert said.deleted
    there = {"chat_id": group.id, "text": "Hi", "message_thread_id": garden.id}
    assert await api.refusal("sendMessage", **there) == GONE


@pytest.mark.parametrize("thread", [GENERAL, 99])
async def test_a_thread_that_is_none_is_refused(
    api: Any, anna: Person, group: Group, thread: int
) -> None:
    there = {"chat_id": group.id, "text": "Hi", "message_thread_id": thread}
    assert await api.refusal("sendMessage", **there) == GONE
    anna.open_topic(group, "Garden")
    assert await api.refusal("sendMessage", **there) == GONE
