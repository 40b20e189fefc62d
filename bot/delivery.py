"""What goes out after the commit: the toast first, then the screens, best effort within 10 s."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine

from telegram import CallbackQuery, Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.clock import Clock
from bot.limits import seconds
from bot.sending import Sending
from handlers.unit import Show, Toast, Unit
from storage import messages, people
from storage.database import Database, Transaction

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds; after that a screen is old news


class Delivery:
    """Sends screens beside the intake, which never waits for them."""

    def __init__(self, sending: Sending, database: Database, clock: Clock) -> None:
        self._sending = sending
        self._database = database
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, update: Update, unit: Unit) -> None:
        """Begin to send what a committed unit of work wants to say."""
        self._begin(self._deliver(update.callback_query, unit.toast, unit.shows))

    def say(self, update: Update, *, toast: Toast | None = None, show: Show | None = None) -> None:
        """Begin to send one thing that belongs to no unit of work."""
        self._begin(self._deliver(update.callback_query, toast, [show] if show else []))

    async def finish(self) -> None:
        """Wait for everything that is on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(
        self, query: CallbackQuery | None, toast: Toast | None, shows: list[Show]
    ) -> None:
        deadline = self._clock.now() + PATIENCE
        try:
            if query is not None:
                await self._answer(query, toast)
            for show in shows:
                await self._show(show, deadline)
        except Exception as error:
            log.error("a screen could not be delivered", exc_info=error)

    async def _answer(self, query: CallbackQuery, toast: Toast | None) -> None:
        try:
            await self._sending.answer(query.id, toast)
        except BadRequest:
            log.info("a press was too old to be answered")
        except TelegramError as error:
            log.warning("a press was not answered: %s", type(error).__name__)

    async def _show(self, show: Show, deadline: float) -> None:
        while True:
            try:
                sent = await self._sending.show(show)
            except RetryAfter as error:
                if self._clock.now() + seconds(error) > deadline:
                    log.warning("a screen was given up: the chat must wait too long")
                    return
                continue  # the bucket makes the next try wait
            except Forbidden:
                await self._database.run(lambda tx: people.set_writable(tx, show.chat_id, False))
                return
            except TelegramError as error:
                log.warning("a screen was not shown: %s", type(error).__name__)
                return
            break
        if show.ref is not None and sent is not None:
            await self._remember(show.ref, show.chat_id, sent)

    async def _remember(self, ref: str, chat_id: int, message_id: int) -> None:
        async def work(tx: Transaction) -> None:
            await messages.remember(tx, ref, chat_id, message_id)

        await self._database.run(work)
