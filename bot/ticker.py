"""The ticker: every 30 s it looks which schedules are due. APScheduler ticks, and nothing more.

A due row is claimed and its effects are written in one transaction, so that a second process or a
restart changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from bot import supervisor
from bot.clock import Clock
from bot.due import Due
from bot.housekeeping import tidying
from bot.lease import ALONE, Leading
from bot.outbox import Sender
from bot.trouble import Trouble
from bot.vitals import Vitals
from handlers.core.unit_of_work import Services, UnitOfWork
from handlers.core.unlisted import Became, Keeper, keepers
from handlers.recovery import leaps
from storage import outbox_chats, people
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.row_order import RowOrder
from storage.engine.transaction import Transaction
from storage.secrets import pair

log = logging.getLogger(__name__)

T = TypeVar("T")

COUNT_EVERY = 3600  # seconds


class Ticker:
    """Does what fell due."""

    def __init__(
        self,
        database: Database,
        services: Services,
        sender: Sender,
        clock: Clock,
        vitals: Vitals,
        lease: Leading = ALONE,
    ) -> None:
        self._database = database
        self._row_order = RowOrder(database)
        self._due = Due(database, services, lease)
        self._services = services
        self._keys = services.keys.database
        self._counted_at = int(clock.now())  # a start counts, too
        self._sender = sender
        self._clock = clock
        self._vitals = vitals
        self._lease = lease
        self._away = Trouble(clock, "a tick is not whole", "ticks are whole again")
        self._end: Callable[[], None] = lambda: None
        self._anew: Callable[[], object] = lambda: None

    def start(self, every: int) -> None:
        """Tick every so many seconds of real time."""
        # Loaded here, so that being ready does not wait for it.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(timezone="UTC")
        job = scheduler.add_job(
            self.tick,
            "interval",
            seconds=every,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        self._anew = lambda: job.reschedule("interval", seconds=every)
        watch = asyncio.create_task(self._watch(every))

        def end() -> None:
            watch.cancel()
            scheduler.shutdown(wait=False)

        self._end = end

    def stop(self) -> None:
        """Tick no more."""
        self._end()

    async def _watch(self, every: int) -> None:
        while True:
            await self._clock.sleep(every)
            await self.look_at_the_clock()

    async def look_at_the_clock(self) -> None:
        """Where the machine's clock has leapt: go on ticking, and tell the operators.

        APScheduler goes by that clock: put back by an hour, it would not tick for an hour.
        """
        leapt = self._clock.leap()
        if not leapt:
            return
        self._anew()
        now = int(self._clock.now())
        try:
            await self._database.run(
                lambda tx: leaps.tell(UnitOfWork(tx, now, self._services), leapt)
            )
        except Exception as error:
            log.error("nobody was told that the clock leapt", exc_info=error)
        self._sender.wake()

    async def tick(self) -> None:
        """Do everything that is due at this moment, oldest first; trouble waits for the next.

        Where another process has the lease, only what each does for itself.
        """
        now = int(self._clock.now())
        parts = self._for_all(now) if self._lease.held else []
        parts.append(partial(self._stay_a_pair, now))
        parts.append(self._services.shredder.shred)  # last: the log keeps nothing of all that
        done = [await self._part(each) for each in parts]
        if all(done):
            self._away.ends()
            self._vitals.ticked()
        # Of a part that fails again and again /ready tells, and the log: starting anew would help
        # nobody, and interrupt those who press. What stands still gives no sign.
        supervisor.tell("WATCHDOG=1")
        self._sender.wake()

    async def _part(self, work: Callable[[], Awaitable[object]]) -> bool:
        """Where one part of a tick fails, the others are done all the same.

        What passes by itself is tried once more at once: at the next tick it could be too late for
        a reminder, and what comes after it in a tick would have gone ahead.
        """
        try:
            try:
                await work()
            except Transient:
                await work()
        except Transient as error:
            self._away.meets(str(error))
            return False
        except Exception as error:
            log.error("a tick was cut short", exc_info=error)
            return False
        return True

    def _for_all(self, now: int) -> list[Callable[[], Awaitable[object]]]:
        return [
            self._load_noise,
            partial(self._due.do, now),
            *(partial(self._keep, feature, keeper) for feature, keeper in keepers.items()),
            self._sender.recover,
            *(partial(self._database.run, part) for part in tidying(self._services, now)),
            self._services.eraser.catch_up,
            self._row_order.hide,
        ]

    async def _load_noise(self) -> None:
        """Slow at the first tick only: no transaction shall wait for a library."""
        if self._services.noise is None:
            return
        try:
            await asyncio.to_thread(self._services.noise.load)
        except (ImportError, OSError) as error:
            # It is damaged. Summaries fail one by one and stay due; all else is done.
            log.error("what draws summaries can't be loaded: %s", type(error).__name__)

    async def _stay_a_pair(self, now: int) -> None:
        """Counts on once an hour, so that a copy is known as one although nothing was closed."""
        if now - self._counted_at >= COUNT_EVERY:
            self._counted_at = now
            await pair.count_on(self._database, self._keys)
        else:
            await pair.catch_up(self._database, self._keys)

    async def _keep(self, feature: str, keeper: Keeper) -> None:
        """What a feature keeps sealed: what is due is taken, sent, and noted."""

        def unit(tx: Transaction) -> UnitOfWork:
            return UnitOfWork(tx, int(self._clock.now()), self._services)

        async def in_transaction(work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
            return await self._database.run(lambda tx: work(unit(tx)))

        try:
            due = await keeper.take(in_transaction)
            if not due:
                return
            became = await self._sender.send_unlisted(due)
            await keeper.note(in_transaction, became)
            await self._database.run(lambda tx: self._blocked(unit(tx), became))
        except Exception as error:
            log.error("what is kept of %s was not looked after", feature, exc_info=error)

    async def _blocked(self, unit: UnitOfWork, became: Sequence[Became]) -> None:
        for telegram_id in {each.what.chat_id for each in became if each.blocked}:
            await people.set_writable(unit.tx, telegram_id, False)
            await outbox_chats.pause_chat(unit.tx, telegram_id, unit.now)
