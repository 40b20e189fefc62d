"""Of several processes on one PostgreSQL, which one sends what is due and looks at the schedule.

All of them try to take the lease every few seconds. Whoever has it renews it; whoever could not,
or stood still meanwhile, finds by its own clock that it is over, and sends nothing more. Another
one has it within 20 s. On SQLite there is one process, which always has it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Protocol

from bot.clock import Clock
from bot.trouble import Trouble
from storage import lease
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.lease import LEASE, Held

log = logging.getLogger(__name__)

SECONDS = 15  # for which it is taken
EVERY = 4.0  # seconds between two looks: it is renewed three times before it is over
APART = 5.0  # seconds by which clocks may differ; what is under way is known by them for 60
STANDS_BY = "standing by: another process of this database takes the updates in"
ANSWERS = "another process sends what is due; this one answers people"


class Leading(Protocol):
    """Whether this process sends and ticks; `shared`: where it might be another one."""

    @property
    def shared(self) -> bool: ...

    @property
    def held(self) -> bool:
        """At this moment."""
        ...

    async def still_has(self, tx: Transaction) -> bool:
        """In a transaction that takes something in hand: nobody else has been it since."""
        ...


class Alone:
    """Where there is one process, it sends and ticks."""

    shared = False
    held = True

    async def still_has(self, tx: Transaction) -> bool:
        return True


ALONE = Alone()


class Lease:
    """This process's part: whether it has the lease, and under which fence."""

    def __init__(self, database: Database, mode: str, clock: Clock) -> None:
        self._database = database
        self._mode = mode
        self._clock = clock
        self._holder = secrets.token_hex(8)
        self._until = 0.0  # by this process's clock
        self._fence = 0
        self._told = ""
        self._warned = False
        self._away = Trouble(clock, "the lease can't be renewed", "the lease can be renewed again")
        self.shared = database.engine == "postgresql"
        self.other: Held | None = None  # the process that has it, where that is not this one

    @property
    def held(self) -> bool:
        """Whether this process has it at this moment."""
        return not self.shared or self._clock.now() < self._until

    async def run(self, taken: Callable[[], object]) -> None:
        """Take and renew it for ever; `taken` is called each time it becomes this process's."""
        while self.shared:
            had = self.held
            await self.look()
            if self.held and not had:
                taken()
            await self._clock.sleep(EVERY)

    async def look(self) -> None:
        """Take it, renew it, or see who has it."""
        if not self.shared:
            return
        before = self._clock.now()
        try:
            async with self._database.alone(LEASE) as tx:
                now = await tx.moment()
                found = await lease.take(tx, self._holder, self._mode, now, SECONDS)
        except StorageError as error:  # it ends by itself, unless the next look comes in time
            self._away.meets(str(error))
            return
        self._away.ends()
        self._compare(before, now)
        if found.holder == self._holder:
            self.other = None
            self._fence = found.fence
            self._until = before + SECONDS - 1  # the database rounds its second off
            self._tell("this process sends what is due and looks at the schedule")
        else:
            self.other, self._until = found, 0.0
            self._tell(STANDS_BY if self._mode == "polling" else ANSWERS)

    def _compare(self, before: float, there: float) -> None:
        """Warn where the machine's clock goes wrong: the other processes go by theirs."""
        apart = max(before - there, there - self._clock.now())
        if apart > APART and not self._warned:
            log.warning("this machine's clock and the database's are %d s apart: set both", apart)
        self._warned = apart > APART

    def _tell(self, how_it_is: str) -> None:
        if how_it_is != self._told:
            log.info(how_it_is)
        self._told = how_it_is

    async def still_has(self, tx: Transaction) -> bool:
        """In a transaction that takes something in hand: nobody else has had it since."""
        return not self.shared or (self.held and await lease.has(tx, self._holder, self._fence))

    async def give_up(self) -> None:
        """At the end: the next one need not wait."""
        if not self.shared or not self.held:
            return
        self._until = 0.0
        try:
            await self._database.run(lambda tx: lease.give_up(tx, self._holder, self._fence))
        except StorageError as error:
            log.warning("the lease ends by itself: %s", type(error).__name__)
