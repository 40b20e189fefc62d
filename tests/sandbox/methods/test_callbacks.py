from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.presses import Answer
from sandbox.world import World

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


async def test_an_answer_reaches_the_person_once(api: Any, bot: Bot, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="Shall we?", reply_markup=YES)
    message = anna.private(bot).last
    assert message is not None
    press = anna.press(message, "Yes")
    (query,) = await api.updates("callback_query")
    assert query["data"] == "y"
    assert query["from"]["id"] == anna.id
    assert query["message"]["text"] == "Shall we?"
    assert query["message"]["reply_markup"] == YES

    answering = {"callback_query_id": query["id"], "text": "Recorded", "show_alert": True}
    assert await api("answerCallbackQuery", **answering) is True
    assert await press.answered() == Answer("Recorded", True, None)
    assert await api.refusal("answerCallbackQuery", **answering) == TOO_OLD


async def test_a_press_can_be_answered_for_150_seconds(
    api: Any, bot: Bot, anna: Person, clock: Any
) -> None:
    await api("sendMessage", chat_id=anna.id, text="Shall we?", reply_markup=YES)
    message = anna.private(bot).last
    assert message is not None
    early, late = anna.press(message, "y"), anna.press(message, 0)
    clock.move(149)
    assert await api("answerCallbackQuery", callback_query_id=early.id) is True
    clock.move(1)
    assert await api.refusal("answerCallbackQuery", callback_query_id=late.id) == TOO_OLD
    assert await api.updates() == []
    with pytest.raises(TimeoutError):
        await late.answered(timeout=0.01)


async def test_answers_are_short_and_to_own_presses(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    other = world.bot("Other", "other_bot")
    anna.start(other)
    message = world.post(anna.private(other), other, text="x", keyboard=YES)
    foreign = anna.press(message, "Yes")
    assert await api.refusal("answerCallbackQuery", callback_query_id=foreign.id) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="1", text="x" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
