"""PostgreSQL: a small pool of connections, every transaction SERIALIZABLE."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg

from storage.engine.database import Begin, Database, Sleep, Subject
from storage.engine.errors import mapped
from storage.engine.postgres_loss import notice_loss
from storage.engine.postgres_transaction import PostgresTransaction
from storage.engine.postgres_turns import let_go_first, take_turn
from storage.engine.statements import load
from storage.engine.transaction import Transaction
from storage.engine.uninterrupted import to_the_end

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

CONNECTIONS = 10  # most of the time of a turn is waiting
WRITING = "BEGIN ISOLATION LEVEL SERIALIZABLE"
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# Not SERIALIZABLE: the snapshot must be younger than the lock that is waited for.
ALONE = "BEGIN ISOLATION LEVEL READ COMMITTED"
# What a process that was cut off or stands still held is free again after so long, also where
# nothing tells the server: it would else keep the turn of whom it was answering, or the pace of
# all messages.
SESSION = {
    "application_name": "voci",
    "jit": "off",
    "idle_in_transaction_session_timeout": "20s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

OWN_TABLES = """
SELECT quote_ident(tablename) AS name FROM pg_tables
WHERE schemaname = current_schema() ORDER BY tablename
"""
# Whoever has a snapshot from before a deletion: until it ends, VACUUM keeps what it could see.
READERS = """
SELECT COUNT(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
"""
LOCK_TIMEOUT = 1_000  # milliseconds; whoever waits for a table makes all others wait behind them


class PostgresDatabase(Database):
    """One PostgreSQL database."""

    engine = "postgresql"

    def __init__(self, pool: asyncpg.Pool[Any], subject: Subject, sleep: Sleep) -> None:
        super().__init__(subject, sleep)
        self._pool = pool
        self._statements = load("asyncpg")

    @classmethod
    async def open(cls, url: str, subject: Subject, sleep: Sleep) -> PostgresDatabase:
        """Connects; raises StorageError (wrong name, password) or Transient (no answer)."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=CONNECTIONS,
                server_settings=SESSION,
                init=notice_loss,
            )
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise mapped(error) from error
        return cls(pool, subject, sleep)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[PoolConnectionProxy[Any]]:
        try:
            connection = await self._pool.acquire()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise mapped(error) from error
        try:
            yield connection
        finally:
            await to_the_end(self._pool.release(connection))

    @asynccontextmanager
    async def _begun(self, begin: str) -> AsyncIterator[PostgresTransaction]:
        async with self._connected() as connection, self._on(connection, begin) as tx:
            yield tx

    @asynccontextmanager
    async def _on(
        self, connection: PoolConnectionProxy[Any], begin: str
    ) -> AsyncIterator[PostgresTransaction]:
        tx = PostgresTransaction(connection, self._statements)
        with self.watching():
            try:
                await tx.statement(begin)
                yield tx
                await tx.go_ahead()
            except BaseException:
                await tx.roll_back()
                raise
            await tx.commit()

    @asynccontextmanager
    async def in_turn(self, number: int, rank: int) -> AsyncIterator[Begin]:
        async with self._connected() as connection:
            try:
                if self.several:
                    await let_go_first(connection, number, rank, self._sleep)
                await take_turn(connection, number)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                raise mapped(error) from error
            yield lambda: self._on(connection, WRITING)

    def _writing(self) -> AbstractAsyncContextManager[Transaction]:
        return self._begun(WRITING)

    def _snapshot(self) -> AbstractAsyncContextManager[Transaction]:
        return self._begun(READING)

    @asynccontextmanager
    async def alone(self, number: int) -> AsyncIterator[Transaction]:
        async with self._begun(ALONE) as tx:
            await tx.statement(f"SELECT pg_advisory_xact_lock({int(number)})")
            yield tx

    async def truncate_wal(self) -> bool:
        return True

    async def wipe(self, table: str) -> bool:
        async with self._vacuuming() as connection:
            if await connection.fetchval(READERS):
                return False
            await connection.execute(f"VACUUM FULL {table}")
        return True

    async def wipe_remains(self) -> bool:
        async with self._vacuuming() as connection:
            for table in await connection.fetch(OWN_TABLES):
                await connection.execute(f"VACUUM FULL {table['name']}")
        return True

    @asynccontextmanager
    async def _vacuuming(self) -> AsyncIterator[PoolConnectionProxy[Any]]:
        """VACUUM FULL writes a table into a new file, without the rows that are dead."""
        try:
            async with self._pool.acquire() as connection:
                await connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}ms'")
                yield connection
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise mapped(error) from error

    async def close(self) -> None:
        await to_the_end(self._pool.close())
