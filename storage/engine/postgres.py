"""PostgreSQL: a small pool of connections, every transaction SERIALIZABLE."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import asyncpg

from storage.engine import postgres_wiping
from storage.engine.database import Begin, Database, Sleep, Subject
from storage.engine.errors import StorageError, Transient, mapped
from storage.engine.postgres_loss import ERRORS, notice_loss
from storage.engine.postgres_transaction import PostgresTransaction
from storage.engine.postgres_turns import let_go_first, take_turn
from storage.engine.postgres_twin import GATE
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
# Passed before the first query of each transaction, without which it has no snapshot: shut while a
# table is put in the place of another one (storage/engine/postgres_twin.py).
PASSING = f"LOCK TABLE {GATE} IN ACCESS SHARE MODE"


class PostgresDatabase(Database):
    """One PostgreSQL database."""

    engine = "postgresql"

    def __init__(self, pool: asyncpg.Pool[Any], subject: Subject, sleep: Sleep) -> None:
        super().__init__(subject, sleep)
        self._pool = pool
        self._statements = load("asyncpg")

    @classmethod
    async def open(cls, url: str, subject: Subject, sleep: Sleep) -> PostgresDatabase:
        """Connects; raises StorageError (wrong address, password) or Transient (no answer)."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=CONNECTIONS,
                server_settings=SESSION,
                init=notice_loss,
            )
        except (ValueError, OverflowError) as error:
            # Of the standard library or asyncpg, and each can quote the password.
            raise StorageError(
                "this address can't be read; one is like postgresql://user:password@host:5432/name"
            ) from error
        except OSError as error:
            said = f"{mapped(error)}; look whether PostgreSQL runs, and at its address"
            raise Transient(said) from error
        except ERRORS as error:
            raise mapped(error) from error
        return cls(pool, subject, sleep)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[PoolConnectionProxy[Any]]:
        try:
            connection = await self._pool.acquire()
        except (OSError, *ERRORS) as error:
            raise mapped(error) from error
        try:
            yield connection
        finally:
            # All is committed or rolled back by now; of a connection that is lost the pool makes
            # another one. Raised here, it would hide what went wrong, or that nothing did.
            with suppress(OSError, *ERRORS):
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
                await tx.begin(begin, PASSING)
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
            except (OSError, *ERRORS) as error:
                raise mapped(error) from error
            yield lambda: self._on(connection, WRITING)

    def _writing(self) -> AbstractAsyncContextManager[Transaction]:
        return self._begun(WRITING)

    def _snapshot(self) -> AbstractAsyncContextManager[Transaction]:
        return self._begun(READING)

    @asynccontextmanager
    async def alone(self, number: int) -> AsyncIterator[Transaction]:
        async with self._begun(f"{ALONE}; SELECT pg_advisory_xact_lock({int(number)})") as tx:
            yield tx

    async def truncate_wal(self) -> bool:
        return True

    async def wipe(self, table: str) -> bool:
        return await postgres_wiping.wipe_one(self._pool, self._sleep, table)

    async def wipe_remains(self) -> bool:
        return await postgres_wiping.wipe_all(self._pool, self._sleep)

    async def refuse_damage(self) -> None:
        """The server looks at each page that it reads, where it has checksums."""

    async def notices_damage(self) -> bool:
        async with self.reading() as tx:
            [row] = await tx.statement("SHOW data_checksums")
        return bool(row["data_checksums"] != "off")

    async def close(self) -> None:
        await to_the_end(self._pool.close())
