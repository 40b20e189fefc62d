"""A transaction on PostgreSQL: what asyncpg raises is mapped, and a lost connection noticed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import asyncpg

from storage.engine.errors import NothingDone, StorageError, mapped
from storage.engine.statements import Statement, Statements, insertion
from storage.engine.transaction import Row, Transaction
from storage.engine.uninterrupted import to_the_end

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

MOMENT = "SELECT CAST(extract(epoch FROM clock_timestamp()) AS FLOAT8) AS moment"


class PostgresTransaction(Transaction):
    """Queries on one connection of the pool; unusable once its transaction is over."""

    __slots__ = ("_ahead", "_connection", "_over", "_statements")
    engine = "postgresql"

    def __init__(self, connection: PoolConnectionProxy[Any], statements: Statements) -> None:
        self._connection = connection
        self._statements = statements
        self._over = False
        self._ahead: tuple[str, dict[str, object]] | None = None

    async def begin(self, begin: str, passing: str) -> None:
        """Begins, and passes the gate; where no migration has made one yet, nothing is to pass."""
        try:
            try:
                await self._connection.execute(f"{begin}; {passing}")
            except asyncpg.UndefinedTableError:
                await self._roll_back()
                await self._connection.execute(begin)
        except Exception as error:
            raise self._mapped(error) from error

    def precede(self, query: str, /, **parameters: object) -> None:
        self._statements.run[query].check(parameters)
        if self._ahead is not None:
            raise StorageError("one query goes ahead of the next, not two")
        self._ahead = (query, parameters)

    async def go_ahead(self) -> None:
        """Runs what should precede the next query, if anything."""
        if self._ahead is not None:
            (query, parameters), self._ahead = self._ahead, None
            if not await self.run(query, **parameters):
                raise NothingDone(query)

    async def row(self, query: str, /, **parameters: object) -> Row | None:
        await self.go_ahead()
        statement = self._statements.row[query]
        given = self._in_order(statement, parameters)
        try:
            return cast("Row | None", await self._connection.fetchrow(statement.sql, *given))
        except Exception as error:
            raise self._mapped(error) from error

    async def rows(self, query: str, /, **parameters: object) -> list[Row]:
        return await self._fetch(self._statements.rows[query], parameters)

    async def value(self, query: str, /, **parameters: object) -> Any:
        await self.go_ahead()
        statement = self._statements.value[query]
        given = self._in_order(statement, parameters)
        try:
            return await self._connection.fetchval(statement.sql, *given)
        except Exception as error:
            raise self._mapped(error) from error

    async def run(self, query: str, /, **parameters: object) -> int:
        await self.go_ahead()
        statement = self._statements.run[query]
        given = self._in_order(statement, parameters)
        try:
            status = await self._connection.execute(statement.sql, *given)
        except Exception as error:
            raise self._mapped(error) from error
        return int(status.rpartition(" ")[2])  # 'UPDATE 3', 'INSERT 0 1'

    async def moment(self) -> float:
        [row] = await self.statement(MOMENT)
        return float(row["moment"])

    async def statement(self, sql: str) -> list[Row]:
        return await self._fetch(Statement("plain SQL", sql, (), frozenset()), {})

    async def batches(self, sql: str, most: int) -> AsyncIterator[list[Row]]:
        await self.statement(f"DECLARE in_batches NO SCROLL CURSOR FOR {sql}")
        try:
            # Prepared anew: what asyncpg remembers of it are the columns of another table.
            fetching = await self._connection.prepare(f"FETCH {most} FROM in_batches")
            while rows := await fetching.fetch():
                yield cast("list[Row]", rows)
        except Exception as error:
            raise self._mapped(error) from error
        await self.statement("CLOSE in_batches")

    async def insert(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        await self.go_ahead()
        statement = insertion(table, columns, "${}")
        self._in_order(statement, {})
        try:
            await self._connection.executemany(statement.sql, rows)
        except Exception as error:
            raise self._mapped(error) from error

    async def _fetch(self, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        await self.go_ahead()
        given = self._in_order(statement, parameters)
        try:
            return cast("list[Row]", await self._connection.fetch(statement.sql, *given))
        except Exception as error:
            raise self._mapped(error) from error

    def _in_order(self, statement: Statement, parameters: dict[str, object]) -> list[object]:
        statement.check(parameters)
        if self._over:
            raise StorageError("this transaction is over")
        return [parameters[name] for name in statement.parameters]

    def _mapped(self, error: Exception) -> StorageError:
        return mapped(ConnectionError() if self._lost() else error)

    def _lost(self) -> bool:
        try:
            return self._connection.is_closed()
        except asyncpg.InterfaceError:  # the pool has noticed before us and let go of it
            return True

    async def commit(self) -> None:
        self._over = True
        try:
            await to_the_end(self._connection.execute("COMMIT"))
        except Exception as error:
            # The server has rolled back already; ROLLBACK leaves the connection clean.
            problem = self._mapped(error)
            await self.roll_back()
            raise problem from error

    async def roll_back(self) -> None:
        """Ends the transaction whatever its state; a lost connection has ended it already."""
        self._over = True
        if not self._lost():
            await to_the_end(self._roll_back())

    async def _roll_back(self) -> None:
        try:
            await self._connection.execute("ROLLBACK")
        except Exception:
            if not self._lost():
                self._connection.terminate()
