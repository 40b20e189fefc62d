"""The embedded engine: one writer connection behind a lock, one reader beside it.

Each awaited call to aiosqlite is a hop to its thread and back, far dearer than the query itself.
So a query is one hop, and BEGIN travels with the transaction's first query.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

import aiosqlite

from storage.database import Database, Sleep, Subject, to_the_end
from storage.errors import StorageError, mapped
from storage.private_file import make_private
from storage.statements import Statement, Statements, load
from storage.transaction import Row, Transaction

BUSY_TIMEOUT = 1_000  # milliseconds; less than an update's deadline of 2 s
CACHED_STATEMENTS = 512

# synchronous=FULL: in WAL mode a commit survives loss of power (sqlite.org/pragma.html).
# secure_delete: deleted content is overwritten with zeros, not only unlinked.
_SETTINGS = f"""
PRAGMA busy_timeout = {BUSY_TIMEOUT};
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
"""


class _Connection(sqlite3.Connection):
    """Begins a transaction with the first statement outside one."""

    begin = "BEGIN"

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if not self.in_transaction:
            super().execute(self.begin)
        return super().execute(sql, parameters)


class _WriterConnection(_Connection):
    begin = "BEGIN IMMEDIATE"


class SqliteTransaction(Transaction):
    """Queries on one connection; unusable once its transaction is over."""

    __slots__ = ("_connection", "_over", "_statements", "used")

    def __init__(self, connection: aiosqlite.Connection, statements: Statements) -> None:
        self._connection = connection
        self._statements = statements
        self._over = False
        self.used = False

    async def row(self, query: str, /, **parameters: object) -> Row | None:
        found = await self._fetch(self._statements.row[query], parameters)
        return found[0] if found else None

    async def rows(self, query: str, /, **parameters: object) -> list[Row]:
        return await self._fetch(self._statements.rows[query], parameters)

    async def value(self, query: str, /, **parameters: object) -> Any:
        found = await self._fetch(self._statements.value[query], parameters)
        return cast("Any", found[0])[0] if found else None

    async def run(self, query: str, /, **parameters: object) -> int:
        statement = self._statements.run[query]
        self._check(statement, parameters)
        try:
            cursor = await self._connection.execute(statement.sql, cast("Any", parameters))
        except Exception as error:
            raise mapped(error) from error
        return cursor.rowcount

    async def statement(self, sql: str) -> list[Row]:
        return await self._fetch(Statement("plain SQL", sql, (), frozenset()), {})

    async def _fetch(self, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        self._check(statement, parameters)
        try:
            found = await self._connection.execute_fetchall(statement.sql, cast("Any", parameters))
        except Exception as error:
            raise mapped(error) from error
        return cast("list[Row]", found)

    def _check(self, statement: Statement, parameters: dict[str, object]) -> None:
        statement.check(parameters)
        if self._over:
            raise StorageError("this transaction is over")
        self.used = True

    async def commit(self) -> None:
        """Raises StorageError when nothing was committed, CancelledError once all is settled."""
        self._over = True
        if self.used:
            try:
                await self._connection.commit()
            except asyncio.CancelledError:
                # The thread commits all the same: queue behind it, so that the next has peace.
                await to_the_end(self._connection.rollback())
                raise
            except sqlite3.Error as error:
                await to_the_end(self._connection.rollback())
                raise mapped(error) from error

    async def roll_back(self) -> None:
        """Ends the transaction whatever its state; a statement still running is interrupted."""
        self._over = True
        if self.used:
            await self._connection.interrupt()
            try:
                await self._connection.rollback()
            except asyncio.CancelledError:
                await to_the_end(self._connection.rollback())
                raise


class SqliteDatabase(Database):
    """One SQLite file."""

    engine = "sqlite"

    def __init__(
        self,
        writer: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        subject: Subject,
        sleep: Sleep,
    ) -> None:
        super().__init__(subject, sleep)
        self._writer = writer
        self._reader = reader
        self._statements = load("aiosqlite")
        self._writer_lock = asyncio.Lock()
        self._reader_lock = asyncio.Lock()

    @classmethod
    async def open(cls, name: str, subject: Subject, sleep: Sleep) -> SqliteDatabase:
        """Opens the file, making it with mode 0600; raises StorageError naming what is wrong."""
        path = Path(name)
        make_private(path)
        writer = reader = None
        try:
            writer = await _connect(path, _WriterConnection)
            async with writer.cursor() as cursor:
                await cursor.execute("PRAGMA journal_mode = WAL")
                mode = await cursor.fetchone()
            if mode is None or mode[0] != "wal":
                raise StorageError(f"{path.name} can't use a write-ahead log on this file system")
            reader = await _connect(path, _Connection)
            await reader.executescript("PRAGMA query_only = ON")
            return cls(writer, reader, subject, sleep)
        except BaseException as error:
            for connection in (reader, writer):
                if connection is not None:
                    await to_the_end(connection.close())
            if isinstance(error, sqlite3.DatabaseError):
                raise mapped(error) from error
            raise

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Transaction]:
        async with self._writer_lock:
            tx = SqliteTransaction(self._writer, self._statements)
            try:
                yield tx
            except BaseException:
                await tx.roll_back()
                raise
            await tx.commit()

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Transaction]:
        async with self._reader_lock:
            tx = SqliteTransaction(self._reader, self._statements)
            try:
                yield tx
            finally:
                await tx.roll_back()

    def migrating(self) -> AbstractAsyncContextManager[Transaction]:
        return self.transaction()  # BEGIN IMMEDIATE keeps other processes out

    async def truncate_wal(self) -> bool:
        async with self._writer_lock:
            return await to_the_end(self._truncate())

    async def _truncate(self) -> bool:
        """One checkpoint that doesn't wait for readers: whoever asked decides when to try again."""
        async with self._writer.cursor() as cursor:
            await cursor.execute("PRAGMA busy_timeout = 0")
            try:
                await cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                answer = await cursor.fetchone()
            except sqlite3.Error as error:
                raise mapped(error) from error
            finally:
                await cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        return answer is not None and answer[0] == 0

    async def rewrite(self) -> bool:
        async with self._writer_lock:
            return await to_the_end(self._rewrite())

    async def _rewrite(self) -> bool:
        async with self._writer.cursor() as cursor:
            try:
                await cursor.execute("VACUUM")
            except sqlite3.Error as error:
                raise mapped(error) from error
        return await self._truncate()

    async def close(self) -> None:
        async with self._reader_lock, self._writer_lock:
            await to_the_end(self._reader.close())
            await to_the_end(self._writer.close())


async def _connect(path: Path, factory: type[_Connection]) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(
        path, factory=factory, isolation_level=None, cached_statements=CACHED_STATEMENTS
    )
    connection.row_factory = sqlite3.Row
    try:
        await connection.executescript(_SETTINGS)
    except BaseException:
        await to_the_end(connection.close())
        raise
    return connection
