from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from storage import updates
from storage.engine.database import Database
from storage.engine.errors import Conflict, Damaged, StorageError, Transient, mapped
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction

Opener = Callable[..., Awaitable[Database]]


def sqlite_error(kind: type[sqlite3.Error], code: int) -> sqlite3.Error:
    error = kind("a message that may quote what somebody wrote")
    error.sqlite_errorcode = code
    error.sqlite_errorname = "SQLITE_SOMETHING"
    return error


CASES = [
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_BUSY), Transient),
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_BUSY_SNAPSHOT), Transient),
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_FULL), Transient),
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_IOERR_FSYNC), Transient),
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_READONLY), StorageError),
    (sqlite_error(sqlite3.DatabaseError, sqlite3.SQLITE_CORRUPT), Damaged),
    (sqlite_error(sqlite3.DatabaseError, sqlite3.SQLITE_NOTADB), Damaged),
    (sqlite_error(sqlite3.OperationalError, sqlite3.SQLITE_ERROR), StorageError),
    (sqlite_error(sqlite3.IntegrityError, sqlite3.SQLITE_CONSTRAINT_UNIQUE), Conflict),
    (sqlite3.ProgrammingError("no code at all"), StorageError),
    (asyncpg.SerializationError("x"), Transient),
    (asyncpg.DeadlockDetectedError("x"), Transient),
    (asyncpg.DiskFullError("x"), Transient),
    (asyncpg.TooManyConnectionsError("x"), Transient),
    (asyncpg.AdminShutdownError("x"), Transient),
    (asyncpg.ConnectionDoesNotExistError("x"), Transient),
    (asyncpg.LockNotAvailableError("x"), Transient),
    (asyncpg.InvalidCachedStatementError("x"), Transient),
    (asyncpg.UniqueViolationError("x"), Conflict),
    (asyncpg.ForeignKeyViolationError("x"), Conflict),
    (asyncpg.CheckViolationError("x"), Conflict),
    (asyncpg.UndefinedTableError("x"), StorageError),
    (asyncpg.InvalidPasswordError("x"), StorageError),
    (asyncpg.DataError("x"), StorageError),
    (ConnectionResetError("x"), Transient),
    (TimeoutError("x"), Transient),
    (ValueError("x"), StorageError),
]


@pytest.mark.parametrize(("error", "kind"), CASES)
def test_a_driver_s_error_becomes_one_of_ours(error: Exception, kind: type[StorageError]) -> None:
    assert type(mapped(error)) is kind
    assert "wrote" not in str(mapped(error))  # nobody's text in messages


def test_our_own_errors_stay_as_they_are() -> None:
    error = Conflict("already")
    assert mapped(error) is error


CENTRE = "INSERT INTO centres (chat_id, name, language, zone, created_at) VALUES "
CONFLICTS = [
    CENTRE + "(1, 'a', 'en', 'UTC', 1), (1, 'b', 'en', 'UTC', 1)",
    CENTRE + "(1, NULL, 'en', 'UTC', 1)",
    "INSERT INTO facilitators (member_id, since) VALUES (99, 1)",
    "INSERT INTO updates (bot_id, update_id, status, at) VALUES (1, 1, 'doubted', 1)",
]


@pytest.mark.parametrize("sql", CONFLICTS)
async def test_a_violated_constraint_is_a_conflict(database: Database, sql: str) -> None:
    async def work(tx: Transaction) -> None:
        await updates.mark(tx, 1, 5, 10)
        await tx.statement(sql)

    with pytest.raises(Conflict):
        await database.run(work)
    async with database.reading() as tx:
        assert await tx.statement("SELECT update_id FROM updates") == []


async def test_wrong_sql_is_neither_transient_nor_conflict(database: Database) -> None:
    with pytest.raises(StorageError) as caught:
        async with database.reading() as tx:
            await tx.statement("SELECT nothing FROM nowhere")
    assert type(caught.value) is StorageError


async def test_a_wrong_type_is_refused(database: Database) -> None:
    with pytest.raises(StorageError):
        async with database.transaction() as tx:
            await tx.run("prune_updates", before=[1])


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_changed_table_is_transient(
    opener: Opener, fresh_url: Callable[..., Awaitable[str]]
) -> None:
    """Another process migrates while this one has the query's plan in its cache."""
    url = await fresh_url("main")
    ours, theirs = await opener("main", url), await opener("main", url)

    async def look(tx: Transaction) -> list[str]:
        rows = await tx.statement("SELECT * FROM messages")
        return [list(row.keys())[-1] for row in rows]

    async with ours.transaction() as tx:
        await tx.statement("INSERT INTO messages (ref, chat_id, message_id) VALUES ('a', 1, 2)")
    assert await ours.run(look) == ["message_id"]
    async with theirs.migrating() as tx:
        await tx.statement("ALTER TABLE messages ADD COLUMN topic_id BIGINT")
    with pytest.raises(Transient, match="InvalidCachedStatementError"):
        async with ours.transaction() as tx:
            await look(tx)
    assert await ours.run(look) == ["topic_id"]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("turns", [0, 500])  # the pool has noticed by then, and let go of it
async def test_a_lost_connection_is_transient(
    opener: Opener, fresh_url: Callable[..., Awaitable[str]], turns: int
) -> None:
    url = await fresh_url("main")
    ours, theirs = await opener("main", url), await opener("main", url)

    async def cut() -> None:
        async with theirs.transaction() as tx:
            await tx.statement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )

    async def interrupted() -> None:
        async with ours.transaction() as tx:
            await updates.mark(tx, 1, 5, 10)
            await cut()
            for _ in range(turns):
                await asyncio.sleep(0)
            await updates.mark(tx, 1, 6, 10)

    with pytest.raises(Transient):
        await interrupted()
    async with ours.transaction() as tx:
        assert await updates.mark(tx, 1, 5, 10)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_server_that_is_away_is_transient(tmp_path: object, engine: str) -> None:
    with pytest.raises(Transient, match="can't be reached"):
        await open_database(f"postgresql://voci:secret@/voci?host={tmp_path}")


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_database_that_is_not_there_is_told_without_the_password(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    url = (await fresh_url()).replace("postgres@/voci", "postgres:secret@/novoci")
    with pytest.raises(StorageError) as caught:
        await open_database(url)
    assert "secret" not in str(caught.value)
    assert not isinstance(caught.value, Transient)
