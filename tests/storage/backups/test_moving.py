"""A store moved from either engine to either: the same rows, and nothing half done."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from kit.backup_rows import fill_all

from storage.backups import moving
from storage.backups.backup_file import BackupError
from storage.engine import catalogue
from storage.engine.database import Database, Subject
from storage.engine.transaction import Transaction
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

Opener = Callable[..., Awaitable[Database]]
NOW = 2_000_000_000
_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[Subject], Awaitable[Database]]:
    """An empty database of the one engine or the other to move into."""
    make = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    opener: Opener = request.getfixturevalue("opener")  # closes before those are dropped

    async def open_one(subject: Subject) -> Database:
        file = f"sqlite:///{tmp_path}/target{next(_numbers)}.db"
        return await opener(subject, await make() if make else file, migrate=False)

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
    counts = itertools.count()
    monkeypatch.setattr(moving, "_summed", lambda rows: (len(rows), str(next(counts))))
    target = await empty("keys")
    with pytest.raises(BackupError, match="the copy of data_keys differs: nothing was moved"):
        await moving.move(keys_database, target, NOW)
    async with target.reading() as tx:
        assert await catalogue.tables(tx, target.engine) == []


async def test_what_is_not_up_to_date_is_not_moved(
    opener: Opener, empty: Callable[[Subject], Awaitable[Database]]
) -> None:
    with pytest.raises(BackupError, match="migrations are waiting: voci migrate"):
        await moving.move(await opener("keys", migrate=False), await empty("keys"), NOW)
