"""The sandbox as python-telegram-bot sees it, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot as TelegramBot
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.server import serve
from sandbox.world import World


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
