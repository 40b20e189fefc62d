"""The intake: fetches updates and acknowledges them only when they are dealt with for good.

PTB's own Updater acknowledges before the handlers have finished, and so loses updates in a crash.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.limits import seconds

log = logging.getLogger(__name__)

LONG_POLL = 25  # seconds Telegram may hold the request while there is nothing
AFTER_FAILURE = (1.0, 2.0, 5.0, 15.0)
ALLOWED = ["message", "callback_query", "my_chat_member", "poll_answer"]


class Intake:
    """Long polling; `accept` returns when one update needs no further delivery."""

    def __init__(
        self, bot: ExtBot[Any], accept: Callable[[Update], Awaitable[None]], clock: Clock
    ) -> None:
        self._bot = bot
        self._accept = accept
        self._clock = clock
        self._offset: int | None = None  # never stored: after a quiet week Telegram starts anew

    async def run(self) -> None:
        """Fetch for ever. Raises InvalidToken when Telegram does not know the bot."""
        failures = 0
        while True:
            try:
                await self.fetch()
            except InvalidToken:
                raise
            except RetryAfter as error:
                await self._clock.sleep(seconds(error))
            except TelegramError as error:
                wait = AFTER_FAILURE[min(failures, len(AFTER_FAILURE) - 1)]
                failures += 1
                if isinstance(error, Conflict):
                    log.warning("another process fetches updates with this token")
                else:
                    log.warning("no updates: %s", type(error).__name__)
                await self._clock.sleep(wait)
            else:
                failures = 0

    async def fetch(self) -> int:
        """Fetch one batch, deal with it, and let the next call acknowledge it."""
        updates = await self._bot.get_updates(
            self._offset,
            timeout=LONG_POLL,
            allowed_updates=ALLOWED,
            read_timeout=LONG_POLL + 10,
        )
        await asyncio.gather(*(self._accept(update) for update in updates))
        if updates:
            self._offset = updates[-1].update_id + 1
        return len(updates)
