"""A transaction on the embedded engine: each query is one hop to the connection's thread.

BEGIN travels with the first query, and only then does a transaction wait for its turn: what its
owner does before holds nobody up.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any, TypeVar, cast

import aiosqlite

from storage.engine.errors import NothingDone, StorageError, mapped
from storage.engine.sqlite_connection import Connection, Preceded
from storage.engine.statements import Statement, Statements, insertion
from storage.engine.transaction import Row, Transaction
from storage.engine.uninterrupted import to_the_end

T = TypeVar("T")

MOMENT = "SELECT (julianday('now') - 2440587.5) * 86400.0 AS moment"  # to the millisecond


class SqliteTransaction(Transaction):
    """Queries on one connection; unusable once its transaction is over."""

    __slots__ = (
        "_ahead",
        "_connection",
        "_cut",
        "_lock",
        "_over",
        "_statements",
        "used",
        "waiting",
    )
    engine = "sqlite"

    def __init__(
        self, connection: aiosqlite.Connection, statements: Statements, lock: asyncio.Lock
    ) -> None:
        self._connection = connection
        self._statements = statements
        self._lock = lock
        self._over = False
        self._cut = False  # whoever waited for a hop was cancelled: it may be under way still
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
        cursor = await self._hop(self._connection.execute(sql, cast("Any", parameters)))
        return cursor.rowcount

    async def moment(self) -> float:
        [row] = await self.statement(MOMENT)
        return float(row["moment"])

    async def statement(self, sql: str) -> list[Row]:
        return await self._fetch(Statement("plain SQL", sql, (), frozenset()), {})

    async def batches(self, sql: str, most: int) -> AsyncIterator[list[Row]]:
        text = await self._ready(Statement("plain SQL", sql, (), frozenset()), {})
        try:
            async with self._connection.execute(text) as cursor:
                while rows := await cursor.fetchmany(most):
                    yield cast("list[Row]", rows)
        except sqlite3.Error as error:
            raise mapped(error) from error

    async def insert(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        await self._first()
        sql = await self._ready(insertion(table, columns, "?"), {})
        await self._hop(self._connection.executemany(sql, cast("Any", rows)))

    async def _fetch(self, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        sql = await self._ready(statement, parameters)
        found = await self._hop(self._connection.execute_fetchall(sql, cast("Any", parameters)))
        return cast("list[Row]", found)

    async def _hop(self, work: Awaitable[T]) -> T:
        self._cut = True
        try:
            done = await work
        except Exception as error:
            self._cut = False
            raise mapped(error) from error
        self._cut = False
        return done

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
        """Ends the transaction whatever its state; a statement still running is interrupted.

        Only such a one: one that failed while its rows were read is no more than left open, and
        with it SQLite would interrupt the rollback, and go on with the transaction.
        """
        self._over = True
        if self.used:
            if self._cut:
                await self._connection.interrupt()
            try:
                await self._connection.rollback()
            except asyncio.CancelledError:
                await to_the_end(self._connection.rollback())
                raise
