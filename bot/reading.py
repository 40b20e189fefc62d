"""Reading updates: what can't be read, or says what Telegram never says, goes no further."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import ExtBot

LARGEST_ID = 2**63  # of any chat, person, message or update that a database takes


class Unreadable(ValueError):
    """This will never be an update, however often it is sent."""


def read(content: object, bot: ExtBot[Any]) -> Update:
    """The update, with ids and words of the types that they have. Raises Unreadable."""
    try:
        update = Update.de_json(content, bot)  # type: ignore[arg-type]
        check(update)
    except Exception as error:
        # Whatever PTB stumbles over: a date before the dinosaurs, a thousand lists in lists.
        raise Unreadable(type(error).__name__) from None
    return update


def check(update: Update) -> None:
    """Raises Unreadable for ids and words that a handler could not even refuse."""
    user, chat, message = (
        update.effective_user,
        update.effective_chat,
        update.effective_message,
    )
    ids = [update.update_id]
    ids += [each.id for each in (user, chat) if each is not None]
    ids += [message.message_id] if message is not None else []
    query = update.callback_query
    words = [message.text, message.caption] if update.message is not None and message else []
    words += [query.id, query.data] if query is not None else []
    if not all(is_id(each) for each in ids) or update.update_id < 0:
        raise Unreadable("an id")
    if not all(each is None or isinstance(each, str) for each in words):
        raise Unreadable("a text")
    if query is not None and query.id is None:
        raise Unreadable("a press without id")


def is_id(value: object) -> bool:
    """Whether this can be the id of something."""
    return type(value) is int and abs(value) < LARGEST_ID


def update_id_of(content: object) -> int | None:
    """The id of what could not be read, where that much can."""
    found = content.get("update_id") if isinstance(content, dict) else None
    return found if is_id(found) else None


def query_id_of(content: object) -> str | None:
    """The id by which a press that could not be read can be answered."""
    query = content.get("callback_query") if isinstance(content, dict) else None
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) and found else None
