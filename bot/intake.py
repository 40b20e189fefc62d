"""The intake: fetches updates and acknowledges them only when they are dealt with for good.

PTB's own Updater acknowledges before the handlers have finished, and so loses updates in a crash.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.warnings import PTBUserWarning

from bot.causes import cause_of
from bot.clock import Clock
from bot.limits import seconds
from bot.reading import Unreadable, check, read, update_id_of
from bot.trouble import Trouble
from bot.vitals import Vitals

log = logging.getLogger(__name__)

LONG_POLL = 25  # seconds Telegram may hold the request while there is nothing
AFTER_FAILURE = (1.0, 2.0, 5.0, 15.0)
ALLOWED = ["message", "callback_query", "my_chat_member", "poll_answer"]


class Intake:
    """Long polling; `accept` returns when one update needs no further delivery.

    `refuse` does for what can't be read. Neither raises.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        accept: Callable[[Update], Awaitable[None]],
        refuse: Callable[[object], Awaitable[None]],
        clock: Clock,
        vitals: Vitals,
    ) -> None:
        self._bot = bot
        self._accept = accept
        self._refuse = refuse
        self._clock = clock
        self._vitals = vitals
        self._trouble = Trouble(clock, "no updates", "updates come again")
        self._offset: int | None = None  # never stored: after a quiet week Telegram starts anew

    async def run(self) -> None:
        """Fetch for ever. Raises InvalidToken when Telegram does not know the bot."""
        failures = 0
        while True:
            try:
                await self.fetch()
            except InvalidToken:
                raise
            except TelegramError as error:
                self._trouble.meets(cause_of(error))
                if isinstance(error, RetryAfter):
                    await self._clock.sleep(seconds(error))
                else:
                    failures = await self._pause(failures)
            except Exception as error:
                # Not even which update it was can be known: the others wait, but nothing ends.
                failures = await self._pause(failures)
                log.error("updates could not be fetched", exc_info=error)
            else:
                failures = 0
                self._trouble.ends()

    async def _pause(self, failures: int) -> int:
        await self._clock.sleep(AFTER_FAILURE[min(failures, len(AFTER_FAILURE) - 1)])
        return failures + 1

    async def fetch(self) -> int:
        """Fetch one batch, deal with it, and let the next call acknowledge it."""
        following = self._offset
        try:
            updates = list(
                await self._bot.get_updates(
                    self._offset,
                    timeout=LONG_POLL,
                    allowed_updates=ALLOWED,
                    read_timeout=LONG_POLL + 10,
                )
            )
            for update in updates:
                check(update)
            if updates:
                following = updates[-1].update_id + 1
        except TelegramError:
            raise
        except Exception:
            updates, following = await self._fetch_readable()
        self._vitals.heard()
        await asyncio.gather(*(self._accept(update) for update in updates))
        self._offset = following
        return len(updates)

    async def _fetch_readable(self) -> tuple[list[Update], int | None]:
        """The same batch piece by piece, and the offset behind it.

        One update that PTB can't read fails the whole batch, again and again; it is left out.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)  # "use get_updates instead"
            asked = {} if self._offset is None else {"offset": self._offset}
            batch: Any = await self._bot.do_api_request("getUpdates", api_kwargs=asked)
        updates = []
        for content in batch:
            try:
                updates.append(read(content, self._bot))
            except Unreadable:
                await self._refuse(content)
        known = [found for each in batch if (found := update_id_of(each)) is not None]
        return updates, max(known) + 1 if known else self._offset
