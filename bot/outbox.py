"""The one sender of proactive messages: claims rows, sends them within limits, settles them.

A send whose fate is unknown is *uncertain*, and not repeated by itself (a second copy would be
worse than a missing one). Of a group's post the facilitators are asked: it is there, or once more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from bot.bucket import Budget, Urgency
from bot.calls import Place
from bot.causes import cause_of, unreached
from bot.clock import Clock
from bot.fate import fate_of, halted
from bot.lease import ALONE, Leading
from bot.sending import Sending
from bot.settling import Settling
from bot.trouble import Trouble
from bot.unlisted import send
from bot.vitals import Vitals
from handlers.core import poll as polls
from handlers.core.registration import second_looks, unwritten_kinds
from handlers.core.screen import Posted, as_new, load, load_bare
from handlers.core.unit_of_work import Services, UnitOfWork
from handlers.core.unlisted import Became, Unlisted
from storage import centres, messages, outbox, outbox_changes, uncertain_posts
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.outbox import Outgoing, Settled

log = logging.getLogger(__name__)

BATCH = 30  # what may leave in one second
IDLE = 5.0  # seconds between looks when nothing wakes the sender
IDLE_SHARED = 1.0  # where others write what is to be sent, who can't wake it
LONGEST_HALT = 2.0  # seconds; a chat that must wait for longer must not hold a place in the batch


class GivenUp(Exception):
    """Whoever had this row in hand was away for so long that it is somebody else's by now."""


class Sender:
    """Empties the outbox; `wake()` after each commit that wrote into it."""

    def __init__(
        self,
        database: Database,
        sending: Sending,
        bucket: Budget,
        services: Services,
        clock: Clock,
        vitals: Vitals,
        lease: Leading = ALONE,
    ) -> None:
        self._database = database
        self._sending = sending
        self._bucket = bucket
        self._services = services
        self._clock = clock
        self._vitals = vitals
        self._trouble = Trouble(clock, "no messages leave", "messages leave again")
        self._away = Trouble(clock, "the outbox can't be read", "the outbox can be read again")
        self._lease = lease
        self._awake = asyncio.Event()
        self._under_way: set[int] = set()
        self._settling = Settling(database, services, clock)

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
                log.warning("outbox row %d is uncertain: its sender has ended", row.id)
                await self._ask_about(tx, row, now)

        await self._database.run(work)

    async def _ask_about(self, tx: Transaction, row: Outgoing, now: int) -> None:
        """Where that fails, the others' chats must not wait for it at each tick."""
        try:
            await self._settling.ask_about(tx, row, now)
        except StorageError:
            raise
        except Exception as error:  # without its text: it could quote the post
            log.error("nobody is asked about outbox row %d: %s", row.id, type(error).__name__)

    async def run(self) -> None:
        """Send for ever; while the database is out of reach, look again and again."""
        idle = IDLE_SHARED if self._lease.shared else IDLE
        while True:
            self._awake.clear()
            try:
                if await self.send_due():
                    continue
            except StorageError as error:
                self._away.meets(str(error))
            waiter = asyncio.ensure_future(self._awake.wait())
            sleeper = asyncio.ensure_future(self._clock.sleep(idle))
            _, pending = await asyncio.wait({waiter, sleeper}, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()

    async def send_due(self) -> int:
        """Send what is due now, one batch; how many rows were dealt with.

        0 while the sender rests after an error of our own, which would meet every row, and where
        another process has the lease.
        """
        if self._settling.rests or not self._lease.held:
            return 0
        rows = await self._database.run(self._claim)
        self._away.ends()
        await asyncio.gather(*(self._send(row) for row in rows))
        return len(rows)

    async def _claim(self, tx: Transaction) -> list[Outgoing]:
        if not await self._lease.still_has(tx):
            return []
        now = int(self._clock.now())
        if expired := await outbox.expire(tx, now):
            await self._settling.too_late(tx, expired, now)
        return await outbox.claim_due(tx, now, BATCH)

    async def send_unlisted(self, what: Sequence[Unlisted]) -> list[Became]:
        """Send at once what no row is to know of; what became of each."""
        return await send(self._sending, self._clock, self._vitals, what)

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
        if not self._lease.held:
            return  # whoever has it now finds the row given up, and asks whether it is there
        try:
            wait = await self._bucket.wait(row.chat_id)
            sent = await self._attempt(row) if wait <= LONGEST_HALT else None
        except GivenUp:
            return
        except Exception as error:
            if unreached(error):
                self._trouble.meets(cause_of(error))
            tries = 0 if row.key.startswith("edit:") else row.attempts - 1
            fate = fate_of(error, repeatable=row.repeatable, tries=tries)
            self._vitals.fates[type(fate).__name__.lower()] += 1
            await self._settling.accept(row, fate)
            return
        if sent is None:
            await self._settling.accept(row, halted(wait))
            return
        self._trouble.ends()
        status, message_id = sent
        self._vitals.fates[status] += 1
        await self._settling.settle(row, status, message_id=message_id)

    async def _attempt(self, row: Outgoing) -> tuple[Settled, int | None]:
        leaving = None if row.repeatable else partial(self._leaves, row)
        poll = polls.load(row.payload)
        if poll is not None:
            place = await self._place(row)
            return "sent", await self._sending.post_poll(place, poll, Urgency.OUTBOX, leaving)
        bare = load_bare(row.payload)
        if bare is not None:
            await self._sending.take_buttons(row.chat_id, bare, Urgency.OUTBOX)
            return "sent", None
        content = load(row.payload)
        if content.edit:
            return await self._edit(row, content), None
        payload = await self._looked_at_again(row)
        if payload is None:
            return "sent", None  # nothing shows that it was not
        place = await self._place(row)
        content = load(payload)
        message_id = await self._sending.post(place, content, Urgency.OUTBOX, leaving=leaving)
        about = unwritten_kinds.get(row.key.partition(":")[0])
        if about is not None:
            self._services.unwritten.note(messages.Place(row.chat_id, message_id), about(payload))
        return "sent", message_id

    async def _leaves(self, row: Outgoing) -> None:
        """Its turn has come: from now on it may have arrived. Raises GivenUp where it may not."""

        async def work(tx: Transaction) -> bool:
            return await self._lease.still_has(tx) and await outbox.leaves(tx, row)

        if not await self._database.run(work):
            raise GivenUp

    async def _edit(self, row: Outgoing, content: Posted) -> Settled:
        """Change the message; where it is not there yet, what it will say when it comes."""
        ref = row.ref or ""
        place = await self._database.run(lambda tx: messages.find(tx, ref))
        if place is None:
            fresh = as_new(row.payload)
            await self._database.run(lambda tx: self._say_later(tx, row, fresh))
            return "dropped"
        await self._sending.edit(place.chat_id, place.message_id, content, Urgency.OUTBOX)
        return "sent"

    async def _say_later(self, tx: Transaction, row: Outgoing, fresh: str) -> None:
        """Other words for what waits; what people found comes anew, unless it is over."""
        ref = row.ref or ""
        if not await outbox_changes.reword_post(tx, ref, fresh) and load(fresh).keyboard:
            await uncertain_posts.post_anew(tx, ref, row.chat_id, fresh)

    async def _place(self, row: Outgoing) -> Place:
        """Where its centre posts now, whatever held when the message was written."""
        if row.chat_id > 0:
            return Place(row.chat_id)
        topic = await self._database.run(lambda tx: centres.topic_of(tx, row.chat_id))
        return Place(row.chat_id, topic)

    async def _looked_at_again(self, row: Outgoing) -> str | None:
        look = second_looks.get(row.key.partition(":")[0])
        if look is None:
            return row.payload
        now = int(self._clock.now())
        return await self._database.run(lambda tx: look(row, UnitOfWork(tx, now, self._services)))
