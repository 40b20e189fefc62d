from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.errors import ApiError
from sandbox.people import Person
from sandbox.world import World

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x14\x00\x00\x00\x0a"
YES = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://example.org"}]
    ]
}


async def test_a_deep_link_becomes_a_start_command(api: Any, world: World, bot: Bot) -> None:
    bruno = world.person("Bruno", last_name="Rossi", language_code=None)
    bruno.open(f"{bot.link}?start=invite-7")
    (message,) = await api.updates("message")
    assert message["text"] == "/start invite-7"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": bruno.id,
        "is_bot": False,
        "first_name": "Bruno",
        "last_name": "Rossi",
    }
    await api("sendMessage", chat_id=bruno.id, text="Welcome")


def test_links_open_the_bot_they_name(world: World, bot: Bot) -> None:
    bruno = world.person("Bruno")
    assert bruno.open("tg://resolve?domain=VOCI_bot&start=a").text == "/start a"
    assert bruno.open("https://t.me/voci_bot").text == "/start"
    with pytest.raises(LookupError):
        bruno.open("https://t.me/other_bot?start=a")


@pytest.mark.parametrize("payload", ["", "x" * 65, "a b", "è", "a=b"])
def test_a_start_payload_is_short_and_plain(bot: Bot, anna: Person, payload: str) -> None:
    with pytest.raises(ValueError, match="start payload"):
        anna.start(bot, payload)


async def test_edits_and_replies_reach_the_bot(api: Any, bot: Bot, anna: Person) -> None:
    first = anna.say(bot, "one")
    anna.say(bot, "two", reply_to=first)
    anna.edit(first, "uno")
    updates = await api.updates()
    assert [next(iter(set(update) - {"update_id"})) for update in updates] == [
        "message",
        "message",
        "edited_message",
    ]
    assert updates[1]["message"]["reply_to_message"]["text"] == "one"
    assert updates[2]["edited_message"]["text"] == "uno"
    bruno = anna.world.person("Bruno")
    with pytest.raises(ValueError, match="only edit what they wrote"):
        bruno.edit(first, "x")


async def test_a_long_text_arrives_in_parts(api: Any, bot: Bot, anna: Person) -> None:
    last = anna.say(bot, "x" * 5_000)
    texts = [message["text"] for message in await api.updates("message")]
    assert [len(text) for text in texts] == [4096, 904]
    assert last.text == texts[-1]
    with pytest.raises(ApiError, match="text is empty"):
        anna.say(bot, " ")


async def test_people_send_more_than_text(api: Any, bot: Bot, anna: Person) -> None:
    anna.send_photo(bot, PNG, "a photo")
    anna.send_document(bot, b"data", "notes.txt")
    anna.send_voice(bot)
    anna.send_sticker(bot)
    anna.send_poll(bot, "Tea?", ["yes", "no"])
    messages = await api.updates("message")
    kinds = ("photo", "document", "voice", "sticker", "poll")
    assert all(kind in message for kind, message in zip(kinds, messages, strict=True))
    assert messages[0]["caption"] == "a photo"


async def test_a_forwarded_message_loses_its_buttons(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    sent = world.post(anna.private(bot), bot, text="Shall we?", keyboard=YES)
    forwarded = anna.forward(sent, bot)
    assert forwarded.buttons == []
    (message,) = await api.updates("message")
    assert message["forward_origin"]["sender_user"]["id"] == bot.id


def test_pressing_what_is_there(world: World, bot: Bot, anna: Person) -> None:
    message = world.post(anna.private(bot), bot, text="Shall we?", keyboard=YES)
    assert [anna.press(message, way).data for way in ("Yes", "y", 0)] == ["y", "y", "y"]
    with pytest.raises(LookupError, match="there are"):
        anna.press(message, "No")
    with pytest.raises(LookupError, match="opens a link"):
        anna.press(message, "Site")


async def test_an_outsider_can_forge_a_press(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    message = world.post(anna.private(bot), bot, text="Shall we?", keyboard=YES)
    press = world.person("Mallory").forge_press(message, "y:other")
    (query,) = await api.updates("callback_query")
    assert (query["data"], query["from"]["first_name"]) == ("y:other", "Mallory")
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Not for you")
    assert (await press.answered()).text == "Not for you"


async def test_blocking_tells_the_bot_and_silences_it(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    anna.block(bot)
    anna.block(bot)
    with pytest.raises(ValueError, match="blocked"):
        anna.say(bot, "x")
    anna.start(bot)
    changes = await api.updates("my_chat_member")
    assert [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ] == [("member", "kicked"), ("kicked", "member")]
    await api("sendMessage", chat_id=anna.id, text="Welcome back")


def test_deleting_removes_a_message(bot: Bot, anna: Person) -> None:
    said = anna.say(bot, "x")
    anna.delete(said)
    assert said.deleted
    assert said.id not in anna.private(bot).messages


def test_nobody_writes_where_they_are_not(world: World, bot: Bot, anna: Person) -> None:
    bruno = world.person("Bruno")
    with pytest.raises(ValueError, match="not in this chat"):
        bruno.say(world.group("Centre", anna), "x")
    with pytest.raises(ValueError, match="chat of others"):
        bruno.say(anna.private(bot), "x")
