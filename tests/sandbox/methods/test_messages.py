from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


async def test_a_message_arrives_with_its_entities_and_buttons(
    api: Any, bot: Bot, anna: Person, world: World
) -> None:
    sent = await api(
        "sendMessage", chat_id=anna.id, text="<b>Hi</b> Anna", parse_mode="HTML", reply_markup=YES
    )
    assert sent["text"] == "Hi Anna"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert sent["reply_markup"] == YES
    assert sent["date"] == world.now()
    assert sent["chat"] == {
        "id": anna.id,
        "type": "private",
        "first_name": "Anna",
        "username": "anna_b",
    }
    shown = anna.private(bot).last
    assert shown is not None
    assert (shown.id, shown.text, shown.labels) == (sent["message_id"], "Hi Anna", ["Yes"])
    assert [(call.method, call.chat_id, call.ok) for call in world.log] == [
        ("sendMessage", anna.id, True)
    ]


async def test_a_reply_shows_what_it_answers(api: Any, bot: Bot, anna: Person) -> None:
    question = anna.say(bot, "When?")
    given = {"message_id": question.id}
    sent = await api("sendMessage", chat_id=anna.id, text="Monday", reply_parameters=given)
    assert sent["reply_to_message"]["text"] == "When?"
    assert await api.refusal(
        "sendMessage", chat_id=anna.id, text="x", reply_parameters={"message_id": 999}
    ) == (400, "Bad Request: message to be replied not found")
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    sent = await api("sendMessage", chat_id=anna.id, text="x", reply_parameters=lenient)
    assert "reply_to_message" not in sent


@pytest.mark.parametrize(
    ("chat", "code", "description"),
    [
        ("", 400, "Bad Request: chat_id is empty"),
        ("0", 400, "Bad Request: chat not found"),
        ("abc", 400, "Bad Request: chat not found"),
        ("@nobody", 400, "Bad Request: chat not found"),
        ("42", 400, "Bad Request: chat not found"),
        ("-42", 400, "Bad Request: chat not found"),
        ("stranger", 400, "Bad Request: chat not found"),
        ("seen", 403, "Forbidden: bot can't initiate conversation with a user"),
        ("blocked", 403, "Forbidden: bot was blocked by the user"),
        ("bot", 403, "Forbidden: bots can't send messages to bots"),
        ("other group", 400, "Bad Request: chat not found"),
        ("left", 403, "Forbidden: bot is not a member of the group chat"),
        ("kicked", 403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
)
async def test_who_can_be_written_to(
    api: Any, world: World, bot: Bot, anna: Person, chat: str, code: int, description: str
) -> None:
    seen, blocked = world.person("Seen"), world.person("Blocked")
    group = world.group("Centre", anna)
    anna.add(group, bot)
    seen.join(group)
    left, kicked = world.group("Left", anna), world.group("K", anna, kind="supergroup")
    anna.add(left, bot)
    anna.add(kicked, bot)
    await api("leaveChat", chat_id=left.id)
    anna.remove(kicked, bot)
    blocked.start(bot)
    blocked.block(bot)
    chats = {
        "stranger": world.person("Stranger").id,
        "seen": seen.id,
        "blocked": blocked.id,
        "bot": bot.id,
        "other group": world.group("Other", anna).id,
        "left": left.id,
        "kicked": kicked.id,
    }
    answer = await api.refusal("sendMessage", chat_id=chats.get(chat, chat), text="x")
    assert answer == (code, description)


async def test_a_public_group_has_a_name(api: Any, world: World, bot: Bot, anna: Person) -> None:
    group = world.group("Centre", anna, kind="supergroup")
    group.username = "centre"
    anna.add(group, bot)
    sent = await api("sendMessage", chat_id="@centre", text="x")
    assert sent["chat"]["id"] == group.id


async def test_an_edit_changes_text_and_buttons(api: Any, bot: Bot, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="one", reply_markup=YES)
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    edited = await api("editMessageText", **where, text="two")
    assert edited["text"] == "two"
    assert "edit_date" in edited
    message = anna.private(bot).messages[sent["message_id"]]
    assert (message.text, message.buttons, message.edits) == ("two", [], 1)
    await api("editMessageReplyMarkup", **where, reply_markup=YES)
    assert message.labels == ["Yes"]
    assert await api.refusal("editMessageText", **where, text="two", reply_markup=YES) == (
        400,
        NOT_MODIFIED,
    )
    assert await api.refusal("editMessageReplyMarkup", **where, reply_markup=YES) == (
        400,
        NOT_MODIFIED,
    )


async def test_what_can_not_be_edited(api: Any, bot: Bot, anna: Person) -> None:
    said = anna.say(bot, "mine")
    for message_id, reason in [
        (said.id, "message can't be edited"),
        (999, "message to edit not found"),
        (0, "message identifier is not specified"),
    ]:
        assert await api.refusal(
            "editMessageText", chat_id=anna.id, message_id=message_id, text="x"
        ) == (400, f"Bad Request: {reason}")
    poll = await api("sendPoll", chat_id=anna.id, question="?", options=["a", "b"])
    where = {"chat_id": anna.id, "message_id": poll["message_id"]}
    assert await api.refusal("editMessageText", **where, text="x") == (
        400,
        "Bad Request: there is no text in the message to edit",
    )
    assert await api.refusal("editMessageCaption", **where, caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


async def test_deleting(api: Any, world: World, bot: Bot, anna: Person, clock: Any) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="one")
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    assert await api("deleteMessage", **where) is True
    assert sent["message_id"] not in anna.private(bot).messages
    assert await api.refusal("deleteMessage", **where) == (
        400,
        "Bad Request: message to delete not found",
    )
    old = await api("sendMessage", chat_id=anna.id, text="old")
    clock.move(48 * 3600 + 1)
    assert await api.refusal("deleteMessage", chat_id=anna.id, message_id=old["message_id"]) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )


async def test_in_a_group_only_administrators_delete_and_pin(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    said = anna.say(group, "hello")
    where = {"chat_id": group.id, "message_id": said.id}
    assert await api.refusal("deleteMessage", **where) == (
        400,
        "Bad Request: message can't be deleted",
    )
    rights = (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    assert await api.refusal("pinChatMessage", **where) == rights
    assert await api.refusal("unpinChatMessage", chat_id=group.id) == rights
    anna.promote(group, bot)
    assert await api("pinChatMessage", **where) is True
    assert group.pinned is said
    assert group.last is not None
    assert group.last.content["pinned_message"]["message_id"] == said.id
    assert (await api("getChat", chat_id=group.id))["pinned_message"]["text"] == "hello"
    assert await api("unpinChatMessage", chat_id=group.id) is True
    assert await api.refusal("unpinChatMessage", chat_id=group.id) == (
        400,
        "Bad Request: message to unpin not found",
    )
    assert await api("deleteMessage", **where) is True
