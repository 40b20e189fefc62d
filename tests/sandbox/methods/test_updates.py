from __future__ import annotations

from typing import Any

from sandbox.bots import Bot
from sandbox.people import Person


async def test_get_me(api: Any, bot: Bot) -> None:
    me = await api("getMe")
    assert (me["id"], me["username"], me["is_bot"]) == (bot.id, "voci_bot", True)
    assert me["can_read_all_group_messages"] is False


async def test_get_updates_fetches_from_the_offset_on(api: Any, bot: Bot, anna: Person) -> None:
    anna.say(bot, "one")
    anna.say(bot, "two")
    batch = await api("getUpdates", limit=1)
    assert [update["message"]["text"] for update in batch] == ["one"]
    batch = await api("getUpdates", offset=batch[0]["update_id"] + 1)
    assert [update["message"]["text"] for update in batch] == ["two"]


async def test_get_updates_takes_the_kinds_it_is_told(api: Any, bot: Bot, anna: Person) -> None:
    await api("getUpdates", allowed_updates=["edited_message"])
    said = anna.say(bot, "one")
    anna.edit(said, "two")
    (update,) = await api("getUpdates")
    assert update["edited_message"]["text"] == "two"


async def test_get_updates_is_refused_while_a_webhook_is_set(api: Any) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    assert await api.refusal("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_logging_out_succeeds(api: Any) -> None:
    assert await api("logOut") is True
    assert await api("close") is True
