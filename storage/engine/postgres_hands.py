"""What wiping on PostgreSQL works with: two connections, and locks that keep nobody long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import asyncpg

from assembly.immutable import immutable
from storage.engine.database import Sleep

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

# Whoever waits for a table makes all others wait behind them, so for no longer than this.
BRIEF = "50ms"
# For a lock behind which nobody who reads or writes has to wait. Longer than PostgreSQL's
# deadlock_timeout, after which its own cleaning makes way.
PATIENT = "5s"
TIMES = 40
PAUSE = 0.25  # seconds
OTHERS = (
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.ObjectInUseError,
)


class InTheWay(Exception):
    """Somebody else has what is needed: another time."""


@immutable
class Hands:
    """One connection that locks and changes tables, and one that writes while the first holds."""

    one: PoolConnectionProxy[Any]
    other: PoolConnectionProxy[Any]
    sleep: Sleep

    async def often(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Does the work, again after a pause where somebody is in the way; False if they stay."""
        for _ in range(TIMES):
            try:
                await work()
            except (InTheWay, *OTHERS):
                await self.sleep(PAUSE)
            else:
                return True
        return False

    async def briefly(self, sql: str) -> bool:
        """Runs statements in one transaction, with locks that others may have to wait behind."""
        return await self.often(lambda: self._run(f"SET LOCAL lock_timeout = '{BRIEF}'; {sql}"))

    async def patiently(self, sql: str) -> None:
        """Runs statements in one transaction, with locks behind which nobody waits."""
        await self._run(f"SET LOCAL lock_timeout = '{PATIENT}'; {sql}")

    async def _run(self, sql: str) -> None:
        async with self.one.transaction():
            await self.one.execute(sql)
