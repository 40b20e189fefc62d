"""What is scheduled and has fallen due: each thing in a transaction of its own, oldest first."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from time import monotonic

from assembly.immutable import immutable
from bot.lease import Leading
from bot.process import after_commit
from handlers.core.registration import due_kinds
from handlers.core.unit_of_work import CURRENT, Services, UnitOfWork
from storage import schedules
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.schedules import Schedule
from storage.secrets import pair

log = logging.getLogger(__name__)

BATCH = 50
DEADLINE = 10.0  # seconds for one thing that is due: nobody's press waits longer for it
AT_ONE_TICK = 15.0  # seconds for all that is due: then check-ins are sealed, the logs emptied
LATE = 3600  # seconds: nobody looked for so long
LEFT_OUT = "of what fell due while nobody looked, this was left out or put off"


@immutable
class _Done:
    """What came of one row: `helped` where anybody has it, so many `changes` of the key store."""

    unit: UnitOfWork
    changes: int
    helped: bool


class Due:
    """Does it, and goes on at the next tick where a pass was cut."""

    def __init__(self, database: Database, services: Services, lease: Leading) -> None:
        self._database = database
        self._services = services
        self._lease = lease
        self._left_out = Counter[str]()  # at this tick, by kind
        self._further: Schedule | None = None  # how far a pass came that was cut

    async def do(self, now: int) -> None:
        """All of it, and a word in the log about what an outage has left undone."""
        self._left_out.clear()
        try:
            await self._in_turn(now)
        finally:
            if self._left_out:
                told = ", ".join(f"{n} {kind}" for kind, n in sorted(self._left_out.items()))
                log.warning("%s: %s", LEFT_OUT, told)

    async def _in_turn(self, now: int) -> None:
        """For so long at one tick; the next one goes on from there, whatever failed before.

        Where everybody's check-in is due in one minute, the rest of a tick does not wait for all.
        """
        until, last_pass = monotonic() + AT_ONE_TICK, self._further is None
        while self._lease.held and monotonic() < until:
            async with self._database.reading() as tx:
                rows = await schedules.due(tx, now, BATCH, self._further)
            self._further = rows[-1] if rows else None
            if not rows and last_pass:
                return
            last_pass = last_pass or not rows
            for row in rows:
                await self._one(row, now)

    async def _one(self, row: Schedule, now: int) -> None:
        try:
            done = await self._database.run(lambda tx: self._work(tx, row, now))
        except Exception as error:
            # The row stays due and is tried again at the next tick; the others go on.
            log.error("schedule %d (%s) failed", row.id, row.kind, exc_info=error)
            return
        if done is None:
            return
        pair.noted(self._services.keys.database, done.changes)
        if not done.helped and row.next_at is not None and now - row.next_at > LATE:
            self._left_out[row.kind] += 1
        await after_commit(done.unit)

    async def _work(self, tx: Transaction, row: Schedule, now: int) -> _Done | None:
        # It may have been moved or ended since it was found; only what stands now is done.
        if await schedules.find(tx, row.kind, row.subject_id) != row or row.next_at is None:
            return None
        if not await schedules.claim(tx, row.id, row.next_at, now):
            return None
        unit = UnitOfWork(tx, now, self._services)
        token = CURRENT.set(unit)
        try:
            async with asyncio.timeout(DEADLINE):
                helped = await due_kinds[row.kind](row, unit)
        finally:
            CURRENT.reset(token)
        if not helped:
            await schedules.mark_skipped(tx, row.id, row.next_at)
        return _Done(unit, await pair.note(tx, self._services.keys.database), helped)
