"""A store moved from either engine to either: the same rows, and nothing half done."""

from __future__ import annotations

import asyncio
import itertools
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from kit.backup_rows import fill_all

from storage.backups import moving
from storage.backups.backup_file import BATCH, BackupError
from storage.backups.backup_row import Value, encoded
from storage.engine import catalogue
from storage.engine.database import Database, Subject
from storage.engine.postgres_transaction import PostgresTransaction
from storage.engine.sqlite_transaction import SqliteTransaction
from storage.engine.transaction import Row, Transaction
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

Opener = Callable[..., Awaitable[Database]]
NOW = 2_000_000_000
ROOT = Path(__file__).parents[3]
_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Awaitable[str]]:
    """Addresses of empty databases of the one engine or the other to move into."""
    if request.param == "postgresql":
        make: Callable[[], Awaitable[str]] = request.getfixturevalue("postgres_url")
        return make

    async def name_file() -> str:
        return f"sqlite:///{tmp_path}/target{next(_numbers)}.db"

    return name_file


@pytest.fixture
def empty(
    empty_url: Callable[[], Awaitable[str]], opener: Opener
) -> Callable[[Subject], Awaitable[Database]]:
    """Such a database, open; it is closed before those are dropped."""

    async def open_one(subject: Subject) -> Database:
        return await opener(subject, await empty_url(), migrate=False)

    return open_one


async def rows(database: Database) -> dict[str, list[str]]:
    async with database.reading() as tx:
        columns = await catalogue.columns(tx, database.engine)
        return {
            table: sorted(
                str([row[name] for name in columns[table]])
                for row in await tx.statement(f"SELECT * FROM {table}")
            )
            for table in columns
            if table != "schema_versions" and not table.startswith("sqlite_")
        }


async def only_bytes_in_blobs(tx: Transaction) -> None:
    """Rows of tests are written as text, which SQLite keeps as it is; the bot writes bytes."""
    found = await tx.statement(
        "SELECT t.name AS name, c.name AS blob FROM sqlite_master AS t"
        " JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND c.type = 'BLOB'"
    )
    for row in found:
        await tx.statement(f"UPDATE {row['name']} SET {row['blob']} = CAST({row['blob']} AS BLOB)")


async def test_the_main_database(
    database: Database, empty: Callable[[Subject], Awaitable[Database]]
) -> None:
    async with database.transaction() as tx:
        await fill_all(tx)
        if database.engine == "sqlite":
            await only_bytes_in_blobs(tx)
    before = await rows(database)
    assert all(before.values()), "something in every table"
    target = await empty("main")
    done = await moving.move(database, target, NOW)
    assert await rows(target) == before == await rows(database)
    assert done.tables == len(before)
    assert done.rows == sum(map(len, before.values()))
    async with target.transaction() as tx:
        [row] = await tx.statement(
            "INSERT INTO centres (chat_id, name, language, zone, created_at)"
            " VALUES (-9, 'x', 'en', 'UTC', 0) RETURNING id"
        )
    assert row["id"] > NOW, "no id is given a second time"


async def test_the_key_store(
    keys_database: Database, empty: Callable[[Subject], Awaitable[Database]]
) -> None:
    keys = KeyStore(keys_database, bytes(32))
    made = {number: await keys.create_key(number) for number in (1, 2, 3)}
    await keys.create_ballot_key(7)
    await Ledger(keys_database).append("member erased", "mark", "", 5)
    target = await empty("keys")
    assert (await moving.move(keys_database, target, NOW)).rows == 5
    moved = KeyStore(target, bytes(32))
    assert await moved.keys(made) == made
    assert await Ledger(target).append("member erased", "other", "", 6)
    assert [each.subject for each in await Ledger(target).entries("member erased")] == [
        "mark",
        "other",
    ]
    assert await pair.key_state(target) == await pair.key_state(keys_database)


async def test_nothing_is_overwritten(
    keys_database: Database, empty: Callable[[Subject], Awaitable[Database]]
) -> None:
    target = await empty("keys")
    await moving.move(keys_database, target, NOW)
    await KeyStore(target, bytes(32)).create_key(1)
    with pytest.raises(BackupError, match="not empty, and nothing is overwritten"):
        await moving.move(keys_database, target, NOW)


async def test_a_copy_that_differs_is_none(
    keys_database: Database,
    empty: Callable[[Subject], Awaitable[Database]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await KeyStore(keys_database, bytes(32)).create_key(1)
    target = await empty("keys")
    kind = SqliteTransaction if target.engine == "sqlite" else PostgresTransaction
    insert = kind.insert

    async def other_key(
        tx: Transaction, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        changed = [
            [b"?" * 40 if isinstance(value, bytes) else value for value in row] for row in rows
        ]
        await insert(tx, table, columns, changed)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "insert", other_key)
    with pytest.raises(BackupError, match="the copy of data_keys differs: nothing was moved"):
        await moving.move(keys_database, target, NOW)
    async with target.reading() as tx:
        assert await catalogue.tables(tx, target.engine) == []


async def test_large_tables_go_in_batches(
    keys_database: Database,
    empty: Callable[[Subject], Awaitable[Database]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [("member erased", f"{number:04}", "", number) for number in range(1_001)]
    async with keys_database.transaction() as tx:
        await tx.insert("ledger", ("kind", "subject", "data", "at"), rows)
    sizes: list[int] = []

    def counted(row: Sequence[Value]) -> bytes:
        sizes[-1] += 1
        return encoded(row)

    for kind in (SqliteTransaction, PostgresTransaction):
        batches = kind.batches

        async def noted(
            tx: Transaction, sql: str, most: int, batches: Any = batches
        ) -> AsyncIterator[list[Row]]:
            async for found in batches(tx, sql, most):
                sizes.append(0)
                yield found

        monkeypatch.setattr(kind, "batches", noted)
    monkeypatch.setattr(moving, "encoded", counted)
    target = await empty("keys")
    assert (await moving.move(keys_database, target, NOW)).rows == 1_001
    assert max(sizes) == BATCH and sizes.count(BATCH) == 4, "two in each of both"
    async with target.reading() as reading:
        [row] = await reading.statement("SELECT COUNT(*) AS many, SUM(at) AS sum FROM ledger")
    assert (row["many"], row["sum"]) == (1_001, 500_500)


KILLED = """
import asyncio, os, signal, sys
from storage.backups import moving
from storage.engine import catalogue, opening, postgres_transaction, sqlite_transaction

after, calls = int(sys.argv[3]), 0

def dying(call):
    async def called(*given):
        global calls
        if calls == after or call is give:
            os.kill(os.getpid(), signal.SIGKILL)
        calls += 1
        await call(*given)
    return called

give = catalogue.give_ids_above
for kind in (sqlite_transaction.SqliteTransaction, postgres_transaction.PostgresTransaction):
    kind.insert = dying(kind.insert)
catalogue.give_ids_above = dying(give)

async def main():
    source, target = [await opening.open_database(url) for url in sys.argv[1:3]]
    await moving.move(source, target, 2_000_000_000)

asyncio.run(main())
"""


@pytest.mark.parametrize("after", [20, 1_000_000])
async def test_killed_in_the_middle_it_leaves_the_target_empty(
    fresh_url: Callable[..., Awaitable[str]],
    empty_url: Callable[[], Awaitable[str]],
    opener: Opener,
    after: int,
) -> None:
    """After some tables; and when all is copied and compared, but not committed."""
    url, target_url = await fresh_url("main"), await empty_url()
    source = await opener("main", url)
    async with source.transaction() as tx:
        await fill_all(tx)
        if source.engine == "sqlite":
            await only_bytes_in_blobs(tx)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, url, target_url, str(after)), cwd=ROOT
    )
    assert await process.wait() == -signal.SIGKILL
    target = await opener("main", target_url, migrate=False)
    async with target.reading() as reading:
        assert await catalogue.tables(reading, target.engine) == []
    await moving.move(source, target, NOW)
    assert await rows(target) == await rows(source)


async def test_what_is_not_up_to_date_is_not_moved(
    opener: Opener, empty: Callable[[Subject], Awaitable[Database]]
) -> None:
    with pytest.raises(BackupError, match="migrations are waiting: voci migrate"):
        await moving.move(await opener("keys", migrate=False), await empty("keys"), NOW)
