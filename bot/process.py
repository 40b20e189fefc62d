"""One update is one transaction: mark it, run the handlers, commit, then let the screens out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update

from bot.clock import Clock
from bot.delivery import Delivery
from bot.flood import Flood, Verdict
from bot.ordering import Full, Ordering
from bot.reading import query_id_of, update_id_of
from bot.turns import BACKOFF, Turns
from bot.vitals import Outcome, Vitals
from handlers.centre.typed_text import show_open_question
from handlers.core.context import actor
from handlers.core.press import StalePress, decode
from handlers.core.registration import App
from handlers.core.screens import plain
from handlers.core.speech import Speech, known_language
from handlers.core.unit_of_work import CURRENT, Services, Show, Toast, UnitOfWork
from storage import updates
from storage.engine.database import Begin, Database
from storage.engine.errors import NothingDone, StorageError, Transient
from storage.secrets import pair

log = logging.getLogger(__name__)

DEADLINE = 2.0  # seconds for the handlers of one update


class _Rehearsal(Exception):
    """Takes back what a redelivered press did a second time, keeping what it wants to show."""


class Processing:
    """Applies updates, each once, whatever is delivered how often."""

    def __init__(
        self,
        application: App,
        database: Database,
        services: Services,
        delivery: Delivery,
        clock: Clock,
        committed: Callable[[], None],
        vitals: Vitals,
    ) -> None:
        self._application = application
        self._database = database
        self._services = services
        self._delivery = delivery
        self._clock = clock
        self._committed = committed
        self._vitals = vitals
        self._ordering = Ordering()
        self._turns = Turns(database, services.keys, clock)
        self.flood = Flood(clock)
        application.add_error_handler(_record_error)

    async def accept(self, update: Update) -> None:
        """Return when the update is dealt with for good: applied, already applied, or failed.

        Never raises: one update that nobody foresaw must not keep all others from coming in.
        """
        try:
            await self._accept(update, _key(update))
        except Exception as error:
            log.error("update %s could not be dealt with", update.update_id, exc_info=error)

    async def _accept(self, update: Update, key: int) -> None:
        verdict = self.flood.verdict(key)
        if verdict is Verdict.DEAL:
            try:
                await self._ordering.run(key, lambda: self._until_settled(update, key))
            except Full:
                verdict = self.flood.too_much(key)
        if verdict is not Verdict.DEAL:
            self._vitals.updates["left out"] += 1
        if verdict is Verdict.TELL:
            log.warning("update %d left out: too many at once from one person", update.update_id)
            self._say(update, _too_many)

    async def refuse(self, content: object) -> None:
        """Deal with what could not be read: it is marked, and a press is answered. Never raises."""
        update_id, query_id = update_id_of(content), query_id_of(content)
        log.warning("update %s can't be read; it is left out", update_id)
        self._vitals.updates["unreadable"] += 1
        try:
            while update_id is not None and await self._mark_failed(update_id) is None:
                pass
        except Exception as error:
            log.error("update %s could not be marked", update_id, exc_info=error)
        if query_id is not None:
            speak = Speech(known_language(None))
            self._delivery.answer(query_id, Toast(_not_saved(speak), alert=True))

    async def _until_settled(self, update: Update, key: int) -> None:
        """Applied, and what follows from it begun; or marked as failed."""
        while True:
            try:
                work = partial(self._once, update)
                unit = await self._turns.run(key, update.update_id, work)
            except Exception as error:
                log.error("update %d failed", update.update_id, exc_info=error)
                self._vitals.updates["failed"] += 1
                failed = await self._mark_failed(update.update_id)
                if failed is not None:
                    self._say(update, _not_saved if failed else _arrived)
                    return
            else:
                await after_commit(unit)
                self._committed()
                self._delivery.start(update, unit)
                return

    async def _once(self, update: Update, begin: Begin) -> UnitOfWork:
        outcome: Outcome = "done"
        try:
            with self._vitals.timing(self._vitals.handling):
                unit = await self._apply(update, begin)
        except NothingDone:
            unit, outcome = await self._once_more(update, begin), "again"
        self._vitals.updates[outcome] += 1
        return unit

    async def _apply(self, update: Update, begin: Begin) -> UnitOfWork:
        """Mark it and let the handlers work, committed. Raises NothingDone if it was marked."""
        keys = self._services.keys.database
        async with begin() as tx:
            unit = UnitOfWork(tx, int(self._clock.now()), self._services)
            mark = tx, self._application.bot.id, update.update_id, unit.now
            if _repeats(update):
                updates.mark_first(*mark)  # a press: its handler does nothing before it asks
            elif not await updates.mark(*mark):
                raise NothingDone("mark_update")
            await self._handle(update, unit)
            await unit.note_places()
            changes = await pair.note(tx, keys)
        pair.noted(keys, changes)
        return unit

    async def _once_more(self, update: Update, begin: Begin) -> UnitOfWork:
        """It was marked already: rehearse it where that tells how things stand.

        Not one that has failed: what it would say is not so.
        """
        try:
            async with begin() as tx:
                unit = UnitOfWork(tx, int(self._clock.now()), self._services)
                if await updates.has_failed(tx, self._application.bot.id, update.update_id):
                    unit.toast, unit.shows = _words(update, _not_saved)
                elif _repeats(update):
                    await self._handle(update, unit)
                elif update.message is None:
                    unit.toast = Toast(_arrived(_speech(update)))
                else:
                    await self._within(unit, self._show_open_question(update))
                raise _Rehearsal
        except _Rehearsal:
            unit.after_commit.clear()
            return unit

    async def _handle(self, update: Update, unit: UnitOfWork) -> None:
        await self._within(unit, self._application.process_update(update))
        if unit.error is not None:
            raise unit.error

    async def _show_open_question(self, update: Update) -> None:
        types = self._application.context_types
        await show_open_question(types.context.from_update(update, self._application))

    async def _within(self, unit: UnitOfWork, work: Coroutine[Any, Any, None]) -> None:
        """Work in this unit, for DEADLINE seconds at most."""
        token = CURRENT.set(unit)
        try:
            async with asyncio.timeout(DEADLINE):
                await work
        except TimeoutError as error:
            if unit.tx.waiting:  # somebody else was slow: it has not had its turn
                raise Transient("no turn in time") from error
            raise
        finally:
            CURRENT.reset(token)

    async def _mark_failed(self, update_id: int) -> bool | None:
        """Record the failure in a transaction of its own; None where that must be tried again.

        False where it was processed after all.
        """
        now = int(self._clock.now())
        try:
            async with self._database.transaction() as tx:
                return await updates.mark_failed(tx, self._application.bot.id, update_id, now)
        except StorageError:
            await self._clock.sleep(BACKOFF[-1])
            return None

    def _say(self, update: Update, make: Callable[[Speech], str]) -> None:
        toast, shows = _words(update, make)
        if toast is not None or shows:
            self._delivery.say(update, toast=toast, shows=shows)


async def after_commit(unit: UnitOfWork) -> None:
    """Do what had to wait for the commit. It is committed: a failure here is no failure of the
    update, and each such work is retried at the next start.
    """
    for work in unit.after_commit:
        try:
            await work()
        except Exception as error:
            log.error("something after a commit failed; it is retried at start", exc_info=error)


async def _record_error(update: object, context: object) -> None:
    """PTB swallows what handlers raise; the unit carries it out to the transaction."""
    CURRENT.get().error = getattr(context, "error", None) or RuntimeError("unknown")


def _key(update: Update) -> int:
    who = update.effective_user or update.effective_chat
    return who.id if who is not None else 0


def _repeats(update: Update) -> bool:
    """Whether a redelivered update may be rehearsed to show again where things stand."""
    query = update.callback_query
    if query is None or query.data is None:
        return False
    try:
        return decode(query.data).repeats
    except StalePress:
        return True


def _words(update: Update, make: Callable[[Speech], str]) -> tuple[Toast | None, list[Show]]:
    """Over a press, or in a person's own chat; nothing in a group, and nothing to channels."""
    said, chat = make(_speech(update)), update.effective_chat
    if update.callback_query is not None:
        return Toast(said, alert=True), []
    if actor(update) is not None and chat is not None and chat.id > 0:
        return None, [Show(chat.id, plain.sentence(said))]
    return None, []


def _speech(update: Update) -> Speech:
    user = update.effective_user
    return Speech(known_language(user.language_code if user else None))


def _not_saved(speak: Speech) -> str:
    return speak("That was not saved. Please press again.")


def _arrived(speak: Speech) -> str:
    return speak("That has arrived already.")


def _too_many(speak: Speech) -> str:
    return speak("That was a lot at once; the last part was not saved. Please press again.")
