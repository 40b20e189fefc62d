"""A person's turn on PostgreSQL: advisory locks, in memory only, which end with whoever dies.

A turn is waited for before a transaction begins, whose snapshot would else be older than the lock,
and outlives those that fail. asyncpg gives it back with the connection (pg_advisory_unlock_all).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.engine.database import Sleep

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

# Whoever only stands still keeps a turn: nobody waits for ever, with a connection in their hand.
TIMEOUT = 5_000  # milliseconds; longer than the deadline of an update
WAITING = "SET lock_timeout = '{}ms'"
NEARLY = 0.02  # seconds; what arrives within them arrives at the same moment
INT = (1 << 31) - 1

BEFORE = """
SELECT MIN(CAST(objid AS BIGINT)) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND CAST(classid AS BIGINT) = $1 AND CAST(objid AS BIGINT) < $2
"""
AFTER = "SELECT pg_advisory_lock({0}, {1}); SELECT pg_advisory_unlock({0}, {1})"


async def take_turn(connection: PoolConnectionProxy[Any], number: int) -> None:
    """Waits for whoever asked for this number before. Raises what asyncpg has."""
    await connection.execute(f"{WAITING.format(TIMEOUT)}; SELECT pg_advisory_lock({int(number)})")


async def let_go_first(
    connection: PoolConnectionProxy[Any], number: int, rank: int, sleep: Sleep
) -> None:
    """Waits for those of this number that come at nearly the same moment, with a lower rank.

    Everybody says first that they are there: so what is on its way to two processes at the same
    moment comes in the order of the ranks, not by chance. Raises what asyncpg has.
    """
    name, place = number & INT, rank & INT
    waiting = WAITING.format(TIMEOUT)
    await connection.execute(f"{waiting}; SELECT pg_advisory_lock({name}, {place})")
    await sleep(NEARLY)
    while (before := await connection.fetchval(BEFORE, name, place)) is not None:
        await connection.execute(AFTER.format(name, int(before)))
