"""The sandbox as python-telegram-bot sees it, over a real socket."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot as TelegramBot
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.server import listen, serve
from sandbox.world import World

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 20, 10)


@pytest.fixture
async def telegram_bot(world: World, bot: Bot) -> AsyncIterator[TelegramBot]:
    async with serve(world) as url:
        client = TelegramBot(bot.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
        async with client:
            yield client


async def test_a_bot_sends_hears_a_press_edits_and_answers(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot
) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    sent = await telegram_bot.send_message(
        anna.id, "<b>Shall</b> we?", parse_mode="HTML", reply_markup=keyboard
    )
    shown = anna.private(bot).messages[sent.message_id]
    assert (shown.text, shown.labels) == ("Shall we?", ["Yes"])

    polling = asyncio.create_task(telegram_bot.get_updates(timeout=5))
    press = anna.press(shown, "Yes")
    (update,) = await polling
    assert update.callback_query is not None
    assert update.callback_query.data == "y"
    assert update.callback_query.from_user.language_code == "it"
    assert update.callback_query.message is not None

    await update.callback_query.answer("Recorded", show_alert=True)
    answer = await press.answered()
    assert (answer.text, answer.show_alert) == ("Recorded", True)
    await update.callback_query.edit_message_text("Thank you")
    assert (shown.text, shown.labels, shown.edits) == ("Thank you", [], 1)


async def test_pictures_and_documents_go_both_ways(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot
) -> None:
    sent = await telegram_bot.send_photo(anna.id, PNG, caption="A chart")
    assert sent.photo[-1].width == 20
    file = await telegram_bot.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG
    await telegram_bot.edit_message_media(
        InputMediaPhoto(PNG + b"2", caption="Another"), anna.id, sent.message_id
    )
    shown = anna.private(bot).messages[sent.message_id]
    assert shown.file is not None
    assert (shown.file.data, shown.caption) == (PNG + b"2", "Another")
    document = await telegram_bot.send_document(anna.id, b"BEGIN:VCALENDAR", filename="a.ics")
    assert document.document is not None
    assert document.document.file_name == "a.ics"


async def test_polls_and_members_are_understood(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    anna.promote(group, bot)
    bruno = world.person("Bruno")
    bruno.join(group)
    sent = await telegram_bot.send_poll(group.id, "Day?", ["Mon", "Fri"], is_anonymous=False)
    bruno.answer_poll(group.messages[sent.message_id], [1])
    anna.block(bot)
    updates = await telegram_bot.get_updates()
    kinds = [next(k for k in update.to_dict() if k != "update_id") for update in updates]
    assert kinds == [
        "my_chat_member",
        "message",
        "my_chat_member",
        "message",
        "poll",
        "poll_answer",
        "my_chat_member",
    ]
    answer = updates[5].poll_answer
    assert answer is not None
    assert answer.option_ids == (1,)
    assert (await telegram_bot.stop_poll(group.id, sent.message_id)).is_closed
    assert len(await telegram_bot.get_chat_administrators(group.id)) == 2
    assert (await telegram_bot.get_chat_member(group.id, bruno.id)).status == "member"
    assert (await telegram_bot.get_chat(group.id)).title == "Centre"
    anna.remove(group, bruno)
    assert (await telegram_bot.get_chat_member(group.id, bruno.id)).status == "kicked"


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_refusals_are_understood(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot
) -> None:
    group = world.group("Centre", anna)
    anna.add(group, bot)
    new = anna.upgrade(group)
    with pytest.raises(ChatMigrated) as migrated:
        await telegram_bot.send_message(group.id, "x")
    assert migrated.value.new_chat_id == new.id
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await telegram_bot.send_message(anna.id, "<x>", parse_mode="HTML")
    world.limits.enforced = True
    await telegram_bot.send_message(anna.id, "x")
    with pytest.raises(RetryAfter, match="Retry in 1 seconds"):
        await telegram_bot.send_message(anna.id, "x")
    world.limits.enforced = False
    anna.block(bot)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await telegram_bot.send_message(anna.id, "x")


async def test_two_pollers_are_in_conflict(
    world: World, bot: Bot, telegram_bot: TelegramBot
) -> None:
    first = asyncio.create_task(telegram_bot.get_updates(timeout=5))
    await world.until(lambda: bot.updates.is_polled)
    async with httpx.AsyncClient() as client:
        response = await client.get(f"{telegram_bot.base_url}/getUpdates")
    assert response.json() == {"ok": True, "result": []}
    with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
        await first


async def test_a_poller_that_died_does_not_rob_its_successor(
    world: World, bot: Bot, anna: Person
) -> None:
    async with serve(world) as url, httpx.AsyncClient() as client:
        port = int(url.rsplit(":", 1)[1])
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET /bot{bot.token}/getUpdates?timeout=50 HTTP/1.1\r\nHost: sandbox\r\n\r\n"
        writer.write(request.encode())
        await world.until(lambda: bot.updates.is_polled)
        writer.transport.abort()
        anna.say(bot, "still there?")
        response = await client.get(f"{url}/bot{bot.token}/getUpdates")
    (update,) = response.json()["result"]
    assert update["message"]["text"] == "still there?"


@pytest.mark.parametrize(("kind", "applied"), [("drop", 0), ("drop_after_accept", 1)])
async def test_a_connection_is_cut(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot, kind: str, applied: int
) -> None:
    world.faults.add(kind, method="sendMessage")  # type: ignore[arg-type]
    with pytest.raises(NetworkError):
        await telegram_bot.send_message(anna.id, "x")
    assert len(anna.private(bot).from_bots()) == applied
    await telegram_bot.send_message(anna.id, "y")


@pytest.mark.parametrize(("kind", "applied"), [("no_answer", 0), ("no_answer_after_accept", 1)])
async def test_an_answer_never_comes(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot, kind: str, applied: int
) -> None:
    world.faults.add(kind, method="sendMessage")  # type: ignore[arg-type]
    with pytest.raises(NetworkError, match="Timed out"):
        await telegram_bot.send_message(anna.id, "x", read_timeout=0.05)
    assert len(anna.private(bot).from_bots()) == applied


async def test_a_partition_refuses_everybody_until_it_heals(
    world: World, bot: Bot, anna: Person, telegram_bot: TelegramBot
) -> None:
    polling = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await world.until(lambda: bot.updates.is_polled)
    world.faults.partition()
    with pytest.raises(NetworkError):
        await polling
    for _ in range(2):
        with pytest.raises(NetworkError):
            await telegram_bot.send_message(anna.id, "x")
    world.faults.clear()
    await telegram_bot.send_message(anna.id, "x")


async def test_the_server_ends_with_open_polls_and_unanswered_calls(
    world: World, bot: Bot, anna: Person
) -> None:
    fault = world.faults.add("no_answer", method="getMe")
    async with httpx.AsyncClient(timeout=30) as client:
        async with asyncio.timeout(5), serve(world) as url:
            poll = asyncio.create_task(client.get(f"{url}/bot{bot.token}/getUpdates?timeout=50"))
            silent = asyncio.create_task(client.get(f"{url}/bot{bot.token}/getMe"))
            await world.until(lambda: bot.updates.is_polled and fault.met)
        outcomes = await asyncio.gather(poll, silent, return_exceptions=True)
    assert all(isinstance(outcome, httpx.HTTPError) for outcome in outcomes)


async def test_a_world_can_be_served_again_on_the_same_port(world: World, bot: Bot) -> None:
    async with serve(world) as url:
        port = int(url.rsplit(":", 1)[1])
    async with serve(world, port=port) as again, httpx.AsyncClient() as client:
        assert again == url
        assert (await client.get(f"{again}/bot{bot.token}/getMe")).status_code == 200


async def test_a_taken_port_is_reported(world: World) -> None:
    async with serve(world) as url:
        with pytest.raises(OSError, match="in use"):
            async with serve(world, port=int(url.rsplit(":", 1)[1])):
                pass


def test_answers_are_not_held_back_by_the_socket() -> None:
    with (
        listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
