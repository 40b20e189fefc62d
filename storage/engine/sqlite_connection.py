"""SQLite's connections: how they are set, and what travels along with a statement."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, cast

import aiosqlite

from storage.engine.errors import NothingDone
from storage.engine.statements import Statement
from storage.engine.uninterrupted import to_the_end

BUSY_TIMEOUT = 1_000  # milliseconds; less than an update's deadline of 2 s
CACHED_STATEMENTS = 512

# synchronous=FULL: in WAL mode a commit survives loss of power (sqlite.org/pragma.html).
# secure_delete: deleted content is overwritten with zeros, not only unlinked.
# auto_vacuum, of a new file: a build of SQLite may switch it on, which sqlite_remains.py refuses.
_SETTINGS = f"""
PRAGMA busy_timeout = {BUSY_TIMEOUT};
PRAGMA auto_vacuum = NONE;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
"""


class Preceded(str):
    """A statement with another that goes ahead of it, in the same hop."""

    ahead: tuple[Statement, dict[str, object]]


class Connection(sqlite3.Connection):
    """Begins a transaction with the first statement outside one."""

    begin = "BEGIN"
    last: tuple[Statement, dict[str, object]] | None = None  # goes ahead of the commit

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if not self.in_transaction:
            super().execute(self.begin)
        if isinstance(sql, Preceded):
            statement, given = sql.ahead
            if not super().execute(statement.sql, cast("Any", given)).rowcount:
                raise NothingDone(statement.name)
            sql = str(sql)
        return super().execute(sql, parameters)

    def commit(self) -> None:
        if self.last is not None:
            (statement, given), self.last = self.last, None
            if not super().execute(statement.sql, cast("Any", given)).rowcount:
                raise NothingDone(statement.name)
        super().commit()

    def rollback(self) -> None:
        self.last = None  # where the commit was never begun, it goes ahead of nobody else's
        super().rollback()

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        if not self.in_transaction:
            super().execute(self.begin)
        return super().executemany(sql, parameters)


class WriterConnection(Connection):
    """Takes SQLite's write lock as it begins, so that no transaction has to change over to it."""

    begin = "BEGIN IMMEDIATE"


async def connect(path: Path, factory: type[Connection]) -> aiosqlite.Connection:
    """Opens a SQLite file with our settings; closed again where one of them fails."""
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
