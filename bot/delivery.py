"""What goes out after the commit: the toast first, then the screens, best effort within 10 s."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Sequence

from telegram import Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from assembly.immutable import immutable
from bot.bucket import TooLate, Urgency
from bot.clock import Clock
from bot.sending import Arrived, Sending
from handlers.core.screens import plain
from handlers.core.speech import Speech, known_language
from handlers.core.unit_of_work import Services, Show, Toast, UnitOfWork
from storage import people
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.messages import Place

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds; after that a screen is old news
LINE = 12  # screens that may wait for one chat: at one a second, more could not go out in time


@immutable
class _Waiting:
    show: Show
    deadline: float


class Delivery:
    """Sends screens beside the intake, which never waits for them.

    One chat's screens go out in order. A newer screen for the same message takes the place of the
    one that still waits: only how things stand now is worth showing.
    """

    def __init__(
        self, sending: Sending, database: Database, services: Services, clock: Clock
    ) -> None:
        self._sending = sending
        self._database = database
        self._services = services
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: dict[int, deque[_Waiting]] = {}

    def start(self, update: Update, unit: UnitOfWork) -> None:
        """Begin to send what a committed unit of work wants to say: the toast first."""
        self.say(update, toast=unit.toast, shows=unit.shows)

    def say(
        self, update: Update, *, toast: Toast | None = None, shows: Sequence[Show] = ()
    ) -> None:
        """The same of what belongs to no unit of work."""
        if update.callback_query is not None:
            self.answer(update.callback_query.id, toast)
        for show in shows:
            self._line_up(show)

    def take_buttons(self, place: Place) -> None:
        """Begin to take a message's buttons, best effort: nothing is written of it."""
        self._begin(self._take_buttons(place))

    def answer(self, query_id: str, toast: Toast | None) -> None:
        """Begin to answer a press."""
        self._begin(self._answer(query_id, toast))

    async def finish(self) -> None:
        """Wait for everything that is on its way: not longer than screens are worth showing."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _line_up(self, show: Show) -> None:
        waiting = _Waiting(show, self._clock.now() + PATIENCE)
        line = self._lines.get(show.chat_id)
        if line is None:
            self._lines[show.chat_id] = deque([waiting])
            self._begin(self._serve(show.chat_id))
            return
        if show.message_id is not None:
            superseded = [each for each in line if each.show.message_id == show.message_id]
            for each in superseded:
                line.remove(each)
        line.append(waiting)
        while len(line) > LINE:
            line.popleft()

    async def _serve(self, chat_id: int) -> None:
        line = self._lines[chat_id]
        try:
            while line:
                waiting = line.popleft()
                try:
                    await self._show(waiting.show, waiting.deadline)
                except Exception as error:
                    log.error("a screen could not be delivered", exc_info=error)
        finally:
            del self._lines[chat_id]

    async def _answer(self, query_id: str, toast: Toast | None) -> None:
        try:
            await self._sending.answer(query_id, toast)
        except BadRequest:
            log.info("a press was too old to be answered")
        except TelegramError as error:
            log.warning("a press was not answered: %s", type(error).__name__)
        except Exception as error:
            log.error("a press could not be answered", exc_info=error)

    async def _show(self, show: Show, deadline: float) -> None:
        while True:
            try:
                sent = await self._sending.show(show, deadline)
            except RetryAfter:
                continue  # the bucket knows of it: the next try waits, or comes too late
            except TooLate:
                log.warning("a screen was given up: the chat must wait too long")
                return
            except Forbidden:
                await self._database.run(lambda tx: people.set_writable(tx, show.chat_id, False))
                return
            except TelegramError as error:
                log.warning("a screen was not shown: %s", type(error).__name__)
                if isinstance(error, BadRequest):  # of others nobody knows whether it is there
                    await self._say_that_it_was_not_shown(show.chat_id, deadline)
                return
            except Arrived:
                raise
            except Exception:
                await self._say_that_it_was_not_shown(show.chat_id, deadline)
                raise
            break
        self._note_what_it_is_about(show, show.message_id if sent is None else sent)
        if show.ref is not None and sent is not None:
            await self._remember(show.ref, show.chat_id, sent)

    async def _say_that_it_was_not_shown(self, chat_id: int, deadline: float) -> None:
        """A press that seems to do nothing is pressed again and again: in private, a sentence."""
        if chat_id < 0:
            return
        try:
            person = await self._database.run(lambda tx: people.find(tx, chat_id))
            speak = Speech(known_language(person.language if person else None))
            said = plain.sentence(
                speak(
                    "This could not be shown. Nothing that you did is lost. "
                    "Whoever runs Voci can see why."
                )
            )
            await self._sending.show(Show(chat_id, said), deadline)
        except Exception as error:
            log.warning("nor could that be said: %s", type(error).__name__)

    def _note_what_it_is_about(self, show: Show, message_id: int | None) -> None:
        if show.chat_id < 0 or message_id is None:
            return
        place = Place(show.chat_id, message_id)
        if show.about is None:
            self._services.unwritten.forget(place)
        else:
            self._services.unwritten.note(place, [show.about])

    async def _take_buttons(self, place: Place) -> None:
        try:
            await self._sending.take_buttons(place.chat_id, place.message_id, Urgency.OUTBOX)
        except TelegramError as error:
            log.warning("a message kept its buttons: %s", type(error).__name__)

    async def _remember(self, ref: str, chat_id: int, message_id: int) -> None:
        now = int(self._clock.now())

        async def work(tx: Transaction) -> None:
            await UnitOfWork(tx, now, self._services).remember(ref, Place(chat_id, message_id))

        await self._database.run(work)
