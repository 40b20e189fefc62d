"""What became of a message is stored: sent, waiting for a while or for something, or ended."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import assert_never

from bot.clock import Clock
from bot.fate import (
    UNREACHED,
    Barred,
    Blocked,
    Fate,
    Moved,
    Ours,
    Refused,
    Sent,
    Uncertain,
    Wait,
)
from handlers.centre.chats import arrived, follow
from handlers.core import lost_posts
from handlers.core.notices import report_barred, report_uncertain, report_unreached
from handlers.core.screens.lost_posts import Why
from handlers.core.unit_of_work import Services, UnitOfWork
from storage import outbox, outbox_chats, outbox_faults, people
from storage.barred_chats import Bar
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.transaction import Transaction
from storage.messages import Place
from storage.outbox import Outgoing, Settled

log = logging.getLogger(__name__)

REST = 5.0  # seconds without sending after an error of our own, which might meet every row
DOUBLINGS = 6  # of that, between the tries of one row that such an error keeps: 320 s at most


class Settling:
    """Stores the fate of rows, and tells people about it where they must know."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._resting_until = 0.0

    @property
    def rests(self) -> bool:
        """Whether nothing should be sent for a moment: an error of ours would meet every row."""
        return self._clock.now() < self._resting_until

    async def accept(self, row: Outgoing, fate: Fate) -> None:
        """Store what became of a row whose sending raised an error."""
        match fate:
            case Sent(cause):
                log.error("outbox row %d was sent, but its id was lost: %s", row.id, cause)
                await self.settle(row, "sent")
            case Wait(seconds):
                await self._postpone(row, seconds)
            case Barred():
                await self._wait_to_be_let_in(row, fate)
            case Moved(chat_id):
                await self._follow(row, chat_id)
            case Blocked():
                await self.settle(row, "paused", blocked=True)
            case Refused(cause):
                log.warning("outbox row %d was refused: %s", row.id, cause)
                await self.settle(row, "failed")
            case Uncertain(cause):
                log.warning("outbox row %d is uncertain: %s", row.id, cause)
                await self.settle(row, "uncertain")
            case Ours(cause):
                await self._set_aside(row, cause)
            case _:
                assert_never(fate)

    async def settle(
        self,
        row: Outgoing,
        status: Settled,
        *,
        message_id: int | None = None,
        blocked: bool = False,
    ) -> None:
        """Store that a row has ended, and where its message is if it arrived."""
        now = int(self._clock.now())

        async def work(tx: Transaction) -> None:
            await outbox.settle(tx, row.id, status, now)
            if message_id is not None and row.ref is not None:
                unit = UnitOfWork(tx, now, self._services)
                await unit.remember(row.ref, Place(row.chat_id, message_id))
            if blocked:
                await self._shut(tx, row, now)
            if message_id is not None:  # an edit shows no right to write
                await arrived(UnitOfWork(tx, now, self._services), row.chat_id)
            if status == "uncertain":
                await self.ask_about(tx, row, now)
            if status == "failed":
                await lost_posts.report(UnitOfWork(tx, now, self._services), [row], Why.REFUSED)

        await self._note(work)

    async def ask_about(self, tx: Transaction, row: Outgoing, now: int) -> None:
        """Ask people whether a group's post is there."""
        if row.centre_id is not None and row.chat_id < 0:
            await report_uncertain(UnitOfWork(tx, now, self._services), row)

    async def too_late(self, tx: Transaction, rows: Sequence[Outgoing], now: int) -> None:
        """These have expired unsent: of groups' posts the facilitators hear, of the others the log.

        Who it was for is nobody's business; they find under /start what they would have read.
        """
        if private := sum(row.chat_id > 0 for row in rows):
            log.warning("%d private messages came too late, and are dropped", private)
        await lost_posts.report(UnitOfWork(tx, now, self._services), rows, Why.TOO_LATE)

    async def _shut(self, tx: Transaction, row: Outgoing, now: int) -> None:
        """The chat can't be written to, until its people let Voci in again."""
        unit = UnitOfWork(tx, now, self._services)
        if row.chat_id > 0:
            await people.set_writable(tx, row.chat_id, False)
            await outbox_chats.pause_chat(tx, row.chat_id, now)
            await report_unreached(unit, row)
        else:
            await report_barred(unit, row.chat_id, Bar.OUT)

    async def _follow(self, row: Outgoing, new_chat_id: int) -> None:
        """The group has become a supergroup: send it there, with all that waits."""
        now = int(self._clock.now())

        async def work(tx: Transaction) -> None:
            await follow(UnitOfWork(tx, now, self._services), row.chat_id, new_chat_id)
            await outbox_chats.move_chat(tx, row.chat_id, new_chat_id)
            await outbox.postpone(tx, row.id, now)

        await self._note(work)

    async def _postpone(self, row: Outgoing, wait: float) -> None:
        until = int(self._clock.now() + wait) + 1
        await self._note(lambda tx: outbox.postpone(tx, row.id, until))

    async def _wait_to_be_let_in(self, row: Outgoing, barred: Barred) -> None:
        """Telegram says no for now: the whole chat waits, and its facilitators hear it once."""
        now = int(self._clock.now())
        until = int(now + barred.seconds) + 1
        if row.chat_id > 0:  # of a group it is said once, with the centre
            log.warning("outbox row %d waits: %s", row.id, barred.by)

        async def work(tx: Transaction) -> None:
            await outbox.postpone(tx, row.id, until)
            unit = UnitOfWork(tx, now, self._services)
            await report_barred(unit, row.chat_id, barred.by, until)

        await self._note(work)

    async def _set_aside(self, row: Outgoing, fault: str) -> None:
        """No fault of the row: it waits, twice as long each time, and all sending for a moment."""
        wait = REST * 2 ** min(row.faults, DOUBLINGS)
        log.error("outbox row %d waits for %d s: %s, an error of ours", row.id, wait, fault)
        self._resting_until = self._clock.now() + REST
        until = int(self._clock.now() + wait) + 1
        await self._note(lambda tx: outbox_faults.set_aside(tx, row.id, until, fault))

    async def _note(self, work: Callable[[Transaction], Awaitable[object]]) -> None:
        """Store what became of a row, however long the database is out of reach."""
        while True:
            try:
                await self._database.run(work)
            except Transient as error:
                log.warning("the outbox can't be written: %s", type(error).__name__)
                await self._clock.sleep(UNREACHED)
            else:
                return
