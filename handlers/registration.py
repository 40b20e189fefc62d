"""How a feature registers what it answers to: commands, presses, typed text, what falls due."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    filters,
)

from handlers.context import Context
from handlers.press import Press, StalePress, decode
from handlers.unit import Unit
from storage.drafts import Draft
from storage.schedules import Schedule

App = Application[Any, Context, Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, None]
Talk = Callable[[Context], Awaitable[None]]
P = TypeVar("P", bound=Press)

WRITTEN = filters.UpdateType.MESSAGE  # a new message: never an edited one, never a channel's post
PRIVATE = WRITTEN & filters.ChatType.PRIVATE
GROUP = WRITTEN & filters.ChatType.GROUPS


def command(name: str, talk: Talk, where: filters.BaseFilter = WRITTEN) -> Handler:
    """Answer a command typed in a new message."""

    async def callback(_: Update, context: Context) -> None:
        await talk(context)

    return CommandHandler(name, callback, filters=where)


def presses(kind: type[P], talk: Callable[[P, Context], Awaitable[None]]) -> Handler:
    """Answer one kind of button; data that does not decode falls through to the last handler."""

    async def callback(update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None and query.data is not None  # noqa: S101 - the pattern saw to it
        press = decode(query.data)
        assert isinstance(press, kind)  # noqa: S101 - the tag saw to it
        await talk(press, context)

    prefix = re.compile(re.escape(kind.tag) + "(:|$)")

    def ours(data: object) -> bool:
        if not isinstance(data, str) or not prefix.match(data):
            return False
        try:
            decode(data)
        except StalePress:
            return False
        return True

    return CallbackQueryHandler(callback, pattern=ours)


# What a person typed goes to the conversation they are in (a row of `drafts`), by its kind.
Typed = Callable[[Draft, Context], Awaitable[None]]
conversations: dict[str, Typed] = {}

# A deep link `?start=<prefix>_<rest>` goes to the feature that made it, with the rest.
Link = Callable[[str, Context], Awaitable[None]]
links: dict[str, Link] = {}

# What fell due goes to the feature that scheduled it, by the schedule's kind. The function
# decides whether it still helps after a downtime; it returns False for "skipped".
Due = Callable[[Schedule, Unit], Awaitable[bool]]
due_kinds: dict[str, Due] = {}


def typed(kind: str, talk: Typed) -> None:
    """Send what people type in a conversation of this kind to `talk`."""
    conversations[kind] = talk


def falls_due(kind: str, work: Due) -> None:
    """Call `work` when a schedule of this kind is due."""
    due_kinds[kind] = work


def deep_link(prefix: str, talk: Link) -> None:
    """Send whoever opens a link with this prefix to `talk`."""
    links[prefix] = talk
