"""Answers to presses."""

from __future__ import annotations

from sandbox.call import ApiCall, Handler
from sandbox.errors import bad_request
from sandbox.html import utf16_length
from sandbox.presses import Answer

TOAST_LIMIT = 200


def answer_callback_query(call: ApiCall) -> bool:
    parameters = call.parameters
    text = parameters.string("text")
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press = call.world.presses.take(parameters.string("callback_query_id"), call.bot)
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    url = parameters.string("url") or None
    press.set_answer(Answer(text, parameters.boolean("show_alert"), url))
    call.world.changed()
    return True


METHODS: dict[str, Handler] = {"answerCallbackQuery": answer_callback_query}
