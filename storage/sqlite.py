"""The embedded engine: one writer connection behind a lock, one reader beside it.

Each awaited call to aiosqlite is a hop to its thread and back, far dearer than the query itself.
So a query is one hop, and BEGIN travels with the transaction's first query. Only then does a
transaction wait for its turn: what its owner does before holds nobody up.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

import aiosqlite

from storage.database import Database, Sleep, Subject, to_the_end
from storage.errors import NothingDone, StorageError, mapped
from storage.private_file import make_private
from storage.sqlite_connection import BUSY_TIMEOUT, Connection, Preceded, WriterConnection, connect
from storage.statements import Statement, Statements, insertion, load
from storage.transaction import Row, Transaction


class SqliteTransaction(Transaction):
    """Queries on one connection; unusable once its transaction is over."""

    __slots__ = ("_ahead", "_connection", "_lock", "_over", "_statements", "used", "waiting")

    def __init__(
        self, connection: aiosqlite.Connection, statements: Statements, lock: asyncio.Lock
    ) -> None:
        self._connection = connection
        self._statements = statements
        self._lock = lock
        self._over = False
        self._ahead: tuple[Statement, dict[str, object]] | None = None
        self.used = False
        self.waiting = False

    def precede(self, query: str, /, **parameters: object) -> None:
        statement = self._statements.run[query]
        statement.check(parameters)
        if self._ahead is not None:
            raise StorageError("one query goes ahead of the next, not two")
        self._ahead = (statement, parameters)

    async def row(self, query: str, /, **parameters: object) -> Row | None:
        found = await self._fetch(self._statements.row[query], parameters)
        return found[0] if found else None

    async def rows(self, query: str, /, **parameters: object) -> list[Row]:
        return await self._fetch(self._statements.rows[query], parameters)

    async def value(self, query: str, /, **parameters: object) -> Any:
        found = await self._fetch(self._statements.value[query], parameters)
        return cast("Any", found[0])[0] if found else None

    async def run(self, query: str, /, **parameters: object) -> int:
        sql = await self._ready(self._statements.run[query], parameters)
        try:
            cursor = await self._connection.execute(sql, cast("Any", parameters))
        except Exception as error:
            raise mapped(error) from error
        return cursor.rowcount

    async def statement(self, sql: str) -> list[Row]:
        return await self._fetch(Statement("plain SQL", sql, (), frozenset()), {})

    async def insert(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        await self._first()
        sql = await self._ready(insertion(table, columns, "?"), {})
        try:
            await self._connection.executemany(sql, cast("Any", rows))
        except Exception as error:
            raise mapped(error) from error

    async def _fetch(self, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        sql = await self._ready(statement, parameters)
        try:
            found = await self._connection.execute_fetchall(sql, cast("Any", parameters))
        except Exception as error:
            raise mapped(error) from error
        return cast("list[Row]", found)

    async def _ready(self, statement: Statement, parameters: dict[str, object]) -> str:
        """The statement's text, once it is this transaction's turn."""
        statement.check(parameters)
        if self._over:
            raise StorageError("this transaction is over")
        if not self.used:
            self.waiting = True
            await self._lock.acquire()
            self.waiting = False
            self.used = True
        if self._ahead is None:
            return statement.sql
        sql = Preceded(statement.sql)
        sql.ahead, self._ahead = self._ahead, None
        return sql

    async def go_ahead(self) -> None:
        """Runs what should precede the next query, where none has come and none had come before.

        Otherwise it travels with the commit.
        """
        if not self.used:
            await self._first()

    async def _first(self) -> None:
        """Runs what should precede the next query, in a hop of its own."""
        if self._ahead is not None:
            (statement, parameters), self._ahead = self._ahead, None
            if not await self.run(statement.name, **parameters):
                raise NothingDone(statement.name)

    def release(self) -> None:
        """Lets the next transaction have its turn."""
        if self.used:
            self._lock.release()

    async def commit(self) -> None:
        """Raises StorageError when nothing was committed, CancelledError once all is settled."""
        self._over = True
        if self.used:
            if self._ahead is not None:
                cast("Connection", self._connection._conn).last = self._ahead
            try:
                await self._connection.commit()
            except asyncio.CancelledError:
                # The thread commits all the same: queue behind it, so that the next has peace.
                await to_the_end(self._connection.rollback())
                raise
            except sqlite3.Error as error:
                await to_the_end(self._connection.rollback())
                raise mapped(error) from error
            except NothingDone:
                await to_the_end(self._connection.rollback())
                raise

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
            writer = await connect(path, WriterConnection)
            async with writer.cursor() as cursor:
                await cursor.execute("PRAGMA journal_mode = WAL")
                mode = await cursor.fetchone()
            if mode is None or mode[0] != "wal":
                raise StorageError(f"{path.name} can't use a write-ahead log on this file system")
            reader = await connect(path, Connection)
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
        tx = SqliteTransaction(self._writer, self._statements, self._writer_lock)
        try:
            try:
                yield tx
                await tx.go_ahead()
            except BaseException:
                await tx.roll_back()
                raise
            await tx.commit()
        finally:
            tx.release()

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Transaction]:
        tx = SqliteTransaction(self._reader, self._statements, self._reader_lock)
        try:
            try:
                yield tx
            finally:
                await tx.roll_back()
        finally:
            tx.release()

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

    async def wipe(self, table: str) -> bool:
        return await self.truncate_wal()  # secure_delete has overwritten the rows

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
