"""How a command or a press finds its talk among the handlers of python-telegram-bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar, cast

from telegram import Update
from telegram.ext import Application, BaseHandler, CommandHandler, filters

from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.press import SEPARATOR, Press, StalePress, decode

P = TypeVar("P", bound=Press)


class Command(CommandHandler[Context, None]):
    """A command, and whom it is for."""

    def __init__(
        self,
        name: str,
        callback: Callable[[Update, Context], Coroutine[Any, Any, None]],
        where: filters.BaseFilter,
        may: May,
    ) -> None:
        super().__init__(name, callback, filters=where)
        self.may = may


class PressHandler(BaseHandler[Update, Context, None]):
    """Answers one kind of button; data that does not decode falls through to the last handler.

    Instead of PTB's CallbackQueryHandler, because a press is offered to dozens of these: one look
    at the tag, and what was decoded to find the handler is what it gets.
    """

    def __init__(self, kind: type[P], talk: Callable[[P, Context], Awaitable[None]]) -> None:
        super().__init__(_unused)
        self._tag = kind.tag + SEPARATOR
        self._talk = cast("Callable[[Press, Context], Awaitable[None]]", talk)

    def check_update(self, update: object) -> Press | None:
        """The press, if it is of this kind and nobody has tampered with it."""
        query = update.callback_query if isinstance(update, Update) else None
        data = query.data if query is not None else None
        if not data or not (data + SEPARATOR).startswith(self._tag):
            return None
        try:
            return decode(data)
        except StalePress:
            return None

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Context, Any, Any, Any, Any],
        check_result: object,
        context: Context,
    ) -> None:
        """Let the feature talk."""
        await self._talk(cast(Press, check_result), context)


async def _unused(_: Update, __: Context) -> None:
    """BaseHandler wants a callback; a press goes to its talk directly."""
