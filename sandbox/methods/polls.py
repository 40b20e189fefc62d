"""Telegram's own polls."""

from __future__ import annotations

from typing import Any

from sandbox.call import ApiCall, Handler
from sandbox.errors import bad_request
from sandbox.html import utf16_length
from sandbox.text import formatted

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
OPTIONS = range(2, 13)
OPEN = range(5, 2_628_001)  # seconds


def send_poll(call: ApiCall) -> dict[str, Any]:
    parameters = call.parameters
    question, _ = formatted(
        parameters.string("question"), parameters.string("question_parse_mode") or None
    )
    if not question:
        raise bad_request("poll question must be non-empty")
    if utf16_length(question) > QUESTION_LIMIT:
        raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
    options = _options(parameters.json("options"))
    kind = parameters.string("type") or "regular"
    correct = _correct(call, len(options)) if kind == "quiz" else []
    close_date = _close_date(call)
    keyboard = call.markup()
    place = call.place("polls")
    poll = call.world.new_poll(
        question,
        options,
        kind=kind,
        is_anonymous=parameters.boolean("is_anonymous", True),
        allows_multiple_answers=parameters.boolean("allows_multiple_answers"),
        correct_option_ids=correct,
        is_closed=parameters.boolean("is_closed"),
        close_date=close_date,
    )
    message = call.world.post(sender=call.bot, poll=poll, keyboard=keyboard, **place)
    return message.as_json()


def _options(given: object) -> list[str]:
    if not isinstance(given, list):
        raise bad_request("can't parse options JSON object")
    options = [
        formatted(str(each.get("text", "")), each.get("text_parse_mode"))[0]
        if isinstance(each, dict)
        else formatted(str(each), None)[0]
        for each in given
    ]
    if len(options) < OPTIONS.start:
        raise bad_request(f"poll must have at least {OPTIONS.start} option")
    if len(options) >= OPTIONS.stop:
        raise bad_request(f"poll can't have more than {OPTIONS.stop - 1} options")
    if not all(options):
        raise bad_request("poll options must be non-empty")
    if any(utf16_length(option) > OPTION_LIMIT for option in options):
        raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")
    return options


def _close_date(call: ApiCall) -> int | None:
    """When the poll closes by itself, if it does."""
    close_date = call.parameters.integer("close_date") or None
    if close_date is not None and close_date - call.world.now() not in OPEN:
        raise bad_request("poll close date is out of range")
    return close_date


def _correct(call: ApiCall, options: int) -> list[int]:
    given = call.parameters.json("correct_option_ids")
    if given is None and "correct_option_id" in call.parameters:
        given = [call.parameters.integer("correct_option_id")]
    correct = [each for each in given or [] if isinstance(each, int) and 0 <= each < options]
    if not correct:
        raise bad_request("wrong correct option ID specified")
    return correct


def stop_poll(call: ApiCall) -> dict[str, Any]:
    keyboard = call.inline_keyboard()
    chat = call.chat()
    message = chat.messages.get(call.parameters.integer("message_id"))
    if message is None or message.poll is None:
        raise bad_request("message with poll to stop not found")
    if message.sender is not call.bot:
        raise bad_request("poll can't be stopped")
    message.poll.pass_time(call.world.now())
    if message.poll.is_closed:
        raise bad_request("poll has already been closed")
    message.poll.is_closed = True
    message.keyboard = keyboard
    call.bot.updates.put("poll", message.poll.as_json())
    call.world.changed()
    return message.poll.as_json()


METHODS: dict[str, Handler] = {"sendPoll": send_poll, "stopPoll": stop_poll}
