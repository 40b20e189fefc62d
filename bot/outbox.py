"""The one sender of proactive messages: claims rows, sends them within limits, settles them.

A send whose fate is unknown is *uncertain*, and not repeated by itself (a second copy would be
worse than a missing one). Of a group's post the facilitators are asked: it is there, or once more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import assert_never

from bot.bucket import Bucket, Urgency
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
    fate_of,
)
from bot.sending import Sending
from handlers.centre.chats import follow
from handlers.core import poll as polls
from handlers.core.notices import report_barred, report_uncertain
from handlers.core.registration import second_looks
from handlers.core.screen import load
from handlers.core.unit_of_work import Services, UnitOfWork
from storage import barred_chats, messages, outbox, outbox_faults, people
from storage.engine.database import Database
from storage.engine.errors import StorageError, Transient
from storage.engine.transaction import Transaction
from storage.outbox import Outgoing, Settled

log = logging.getLogger(__name__)

BATCH = 30  # what may leave in one second
IDLE = 5.0  # seconds between looks when nothing wakes the sender
LONGEST_HALT = 2.0  # seconds; a chat that must wait for longer must not hold a place in the batch
REST = 5.0  # seconds without sending after an error of our own, which might meet every row
DOUBLINGS = 6  # of that, between the tries of one row that such an error keeps: 320 s at most


class Sender:
    """Empties the outbox; `wake()` after each commit that wrote into it."""

    def __init__(
        self,
        database: Database,
        sending: Sending,
        bucket: Bucket,
        services: Services,
        clock: Clock,
    ) -> None:
        self._database = database
        self._sending = sending
        self._bucket = bucket
        self._services = services
        self._clock = clock
        self._awake = asyncio.Event()
        self._under_way: set[int] = set()
        self._resting_until = 0.0

    def wake(self) -> None:
        """There may be something new to send."""
        self._awake.set()

    async def recover(self) -> None:
        """What a process that died left on its way is uncertain, or sent again.

        At start and at each tick: what another process is sending keeps its lease until it ends.
        """
        now = int(self._clock.now())

        async def work(tx: Transaction) -> None:
            for outgoing_id in tuple(self._under_way):
                await outbox.hold(tx, outgoing_id, now)
            for row in await outbox.recover(tx, now):
                await self._tell(tx, row, now)

        await self._database.run(work)

    async def run(self) -> None:
        """Send for ever; while the database is out of reach, look again and again."""
        while True:
            self._awake.clear()
            try:
                if await self.send_due():
                    continue
            except StorageError as error:
                log.warning("the outbox can't be read: %s", type(error).__name__)
            waiter = asyncio.ensure_future(self._awake.wait())
            sleeper = asyncio.ensure_future(self._clock.sleep(IDLE))
            _, pending = await asyncio.wait({waiter, sleeper}, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()

    async def send_due(self) -> int:
        """Send what is due now, one batch; how many rows were dealt with.

        0 while the sender rests after an error of our own: it would meet every row.
        """
        if self._clock.now() < self._resting_until:
            return 0
        now = int(self._clock.now())
        rows = await self._database.run(lambda tx: outbox.claim_due(tx, now, BATCH))
        await asyncio.gather(*(self._send(row) for row in rows))
        return len(rows)

    async def _send(self, row: Outgoing) -> None:
        """Whatever goes wrong with one row concerns no other."""
        self._under_way.add(row.id)
        try:
            await self._send_in_turn(row)
        except Exception as error:
            # Without its text and its cause: they could quote what people wrote.
            log.error("outbox row %d could not be settled: %s", row.id, type(error).__name__)
        finally:
            self._under_way.discard(row.id)

    async def _send_in_turn(self, row: Outgoing) -> None:
        wait = self._bucket.ready_at(row.chat_id) - self._clock.now()
        if wait > LONGEST_HALT:
            await self._postpone(row, wait)
            return
        try:
            status, message_id = await self._attempt(row)
        except Exception as error:
            await self._accept(row, fate_of(error, repeatable=row.repeatable))
        else:
            await self._settle(row, status, message_id=message_id)

    async def _accept(self, row: Outgoing, fate: Fate) -> None:
        """Store what became of a row whose sending raised an error."""
        match fate:
            case Sent(cause):
                log.error("outbox row %d was sent, but its id was lost: %s", row.id, cause)
                await self._settle(row, "sent")
            case Wait(seconds):
                await self._postpone(row, seconds)
            case Barred(seconds):
                await self._wait_to_be_let_in(row, seconds)
            case Moved(chat_id):
                await self._follow(row, chat_id)
            case Blocked():
                await self._settle(row, "paused", blocked=True)
            case Refused(cause):
                log.warning("outbox row %d was refused: %s", row.id, cause)
                await self._settle(row, "failed")
            case Uncertain(cause):
                log.warning("outbox row %d is uncertain: %s", row.id, cause)
                await self._settle(row, "uncertain")
            case Ours(cause):
                await self._set_aside(row, cause)
            case _:
                assert_never(fate)

    async def _attempt(self, row: Outgoing) -> tuple[Settled, int | None]:
        poll = polls.load(row.payload)
        if poll is not None:
            return "sent", await self._sending.post_poll(row.chat_id, poll, Urgency.OUTBOX)
        content = load(row.payload)
        if not content.edit:
            payload = await self._looked_at_again(row)
            if payload is None:
                return "sent", None  # nothing shows that it was not
            return "sent", await self._sending.post(row.chat_id, load(payload), Urgency.OUTBOX)
        place = await self._database.run(lambda tx: messages.find(tx, row.ref or ""))
        if place is None:
            return "dropped", None  # the message never arrived, or its chat is no more
        await self._sending.edit(place.chat_id, place.message_id, content, Urgency.OUTBOX)
        return "sent", None

    async def _looked_at_again(self, row: Outgoing) -> str | None:
        look = second_looks.get(row.key.partition(":")[0])
        if look is None:
            return row.payload
        now = int(self._clock.now())
        return await self._database.run(lambda tx: look(row, UnitOfWork(tx, now, self._services)))

    async def _follow(self, row: Outgoing, new_chat_id: int) -> None:
        """The group has become a supergroup: send it there, with all that waits."""
        now = int(self._clock.now())

        async def work(tx: Transaction) -> None:
            await follow(UnitOfWork(tx, now, self._services), row.chat_id, new_chat_id)
            await outbox.move_chat(tx, row.chat_id, new_chat_id)
            await outbox.postpone(tx, row.id, now)

        await self._note(work)

    async def _postpone(self, row: Outgoing, wait: float) -> None:
        until = int(self._clock.now() + wait) + 1
        await self._note(lambda tx: outbox.postpone(tx, row.id, until))

    async def _wait_to_be_let_in(self, row: Outgoing, wait: float) -> None:
        """Telegram says no for now: the whole chat waits, and its facilitators hear it once."""
        now = int(self._clock.now())
        log.warning("outbox row %d waits: the bot may not write there for now", row.id)

        async def work(tx: Transaction) -> None:
            await outbox.postpone(tx, row.id, now + int(wait))
            await report_barred(UnitOfWork(tx, now, self._services), row.chat_id)

        await self._note(work)

    async def _set_aside(self, row: Outgoing, fault: str) -> None:
        """No fault of the row: it waits, twice as long each time, and all sending for a moment."""
        wait = REST * 2 ** min(row.faults, DOUBLINGS)
        log.error("outbox row %d waits for %d s: %s, an error of ours", row.id, wait, fault)
        self._resting_until = self._clock.now() + REST
        until = int(self._clock.now() + wait) + 1
        await self._note(lambda tx: outbox_faults.set_aside(tx, row.id, until, fault))

    async def _settle(
        self,
        row: Outgoing,
        status: Settled,
        *,
        message_id: int | None = None,
        blocked: bool = False,
    ) -> None:
        now = int(self._clock.now())

        async def work(tx: Transaction) -> None:
            await outbox.settle(tx, row.id, status, now)
            if message_id is not None and row.ref is not None:
                await messages.remember(tx, row.ref, row.chat_id, message_id)
            if blocked and row.chat_id > 0:
                await people.set_writable(tx, row.chat_id, False)
                await outbox.pause_chat(tx, row.chat_id, now)
            elif blocked:
                await report_barred(UnitOfWork(tx, now, self._services), row.chat_id)
            if message_id is not None and row.chat_id < 0:  # an edit shows no right to write
                await barred_chats.let_in(tx, row.chat_id)
            if status == "uncertain":
                await self._tell(tx, row, now)

        await self._note(work)

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

    async def _tell(self, tx: Transaction, row: Outgoing, now: int) -> None:
        if row.centre_id is not None and row.chat_id < 0:
            await report_uncertain(UnitOfWork(tx, now, self._services), row)
