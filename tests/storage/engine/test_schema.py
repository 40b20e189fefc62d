from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from storage.engine import schema
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.schema import Migration

Opener = Callable[..., Awaitable[Database]]

TABLE = "CREATE TABLE {name} (id {ID}, content {BLOB});\n"


def write(folder: Path, *migrations: str) -> Path:
    (folder / "main").mkdir(exist_ok=True)
    for number, text in enumerate(migrations, start=1):
        (folder / "main" / f"{number:04}_step.sql").write_text(text, encoding="utf-8")
    return folder


def table(name: str) -> str:
    return TABLE.replace("{name}", name)


async def tables(database: Database) -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    }[database.engine]
    async with database.reading() as tx:
        found = {row["name"] for row in await tx.statement(catalogue)}
    return found - {"sqlite_sequence"}


@pytest.fixture
async def empty(opener: Opener) -> Database:
    return await opener(migrate=False)


@pytest.mark.parametrize("subject", ["main", "keys"])
async def test_all_migrations_are_applied_once(opener: Opener, subject: str) -> None:
    database = await opener(subject, migrate=False)
    versions = [step.version for step in schema.available(schema.MIGRATIONS / subject)]
    assert await schema.pending(database) == versions
    assert await schema.migrate(database, 1_700_000_000) == versions
    assert await schema.pending(database) == []
    assert await schema.migrate(database, 1_800_000_000) == []
    async with database.reading() as tx:
        applied = await tx.rows("applied_migrations")
    assert [row["version"] for row in applied] == versions
    assert {row["applied_at"] for row in applied} == {1_700_000_000}


async def test_asking_what_is_pending_writes_nothing(empty: Database) -> None:
    assert await schema.pending(empty)
    assert await tables(empty) == set()


async def test_a_failing_migration_leaves_nothing_behind(empty: Database, tmp_path: Path) -> None:
    folder = write(tmp_path, table("one"), table("two") + "\n" + "INSERT INTO nowhere VALUES (1);")
    with pytest.raises(StorageError):
        await schema.migrate(empty, 1, folder)
    assert await tables(empty) == {"one", "schema_versions"}
    write(tmp_path, table("one"), table("two"))
    assert await schema.migrate(empty, 1, folder) == [2]
    assert await tables(empty) == {"one", "two", "schema_versions"}


async def test_a_cancelled_migration_leaves_nothing_behind(empty: Database, tmp_path: Path) -> None:
    folder = write(tmp_path, table("one") + "\n" + table("two"))
    for turns in range(1, 60, 6):
        task = asyncio.create_task(schema.migrate(empty, 1, folder))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert len(await tables(empty) & {"one", "two"}) in (0, 2)
    await schema.migrate(empty, 1, folder)
    assert await tables(empty) == {"one", "two", "schema_versions"}


async def test_processes_that_migrate_at_once_wait_for_each_other(
    opener: Opener, fresh_url: Opener
) -> None:
    url = await fresh_url()
    one = await opener("main", url, migrate=False)
    two = await opener("main", url, migrate=False)
    applied = await asyncio.gather(schema.migrate(one), schema.migrate(two))
    versions = [step.version for step in schema.available(schema.MIGRATIONS / "main")]
    assert sorted(applied[0] + applied[1]) == versions


async def test_a_changed_migration_is_noticed(empty: Database, tmp_path: Path) -> None:
    folder = write(tmp_path, table("one"))
    await schema.migrate(empty, 1, folder)
    write(tmp_path, table("one") + "-- an afterthought\n")
    with pytest.raises(StorageError, match="0001_step was changed"):
        await schema.migrate(empty, 1, folder)
    with pytest.raises(StorageError, match="0001_step was changed"):
        await schema.pending(empty, folder)


async def test_a_newer_database_is_refused(empty: Database, tmp_path: Path) -> None:
    folder = write(tmp_path, table("one"), table("two"))
    await schema.migrate(empty, 1, folder)
    older = tmp_path / "older"
    older.mkdir()
    write(older, table("one"))
    with pytest.raises(StorageError, match="newer than this program"):
        await schema.migrate(empty, 1, older)


async def test_the_other_store_is_not_mistaken_for_this_one(
    opener: Opener, fresh_url: Opener
) -> None:
    url = await fresh_url()
    await opener("main", url)
    keys = await opener("keys", url, migrate=False)
    with pytest.raises(StorageError, match="belongs to something else"):
        await schema.migrate(keys)


def test_blocks_are_for_an_engine_and_tokens_are_filled_in() -> None:
    step = Migration(
        1,
        "0001_step",
        "-- What it is for.\n\nCREATE TABLE a (id {ID}) {WITHOUT_ROWID};\n\n"
        "-- only sqlite\nCREATE TABLE b (c {BLOB});\n\n"
        "-- only postgresql\n-- with a reason\nCREATE TABLE c (c {BLOB});\n",
    )
    assert step.statements("sqlite") == [
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT) WITHOUT ROWID",
        "CREATE TABLE b (c BLOB)",
    ]
    assert step.statements("postgresql") == [
        "CREATE TABLE a (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)",
        "CREATE TABLE c (c BYTEA)",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CREATE TABLE a (b {BYTES});", "unknown token {BYTES}"),
        ("CREATE TABLE a (b BIGINT)", "semicolon"),
    ],
)
def test_a_wrong_block_is_named(text: str, message: str) -> None:
    with pytest.raises(StorageError, match=message):
        Migration(1, "0001_step", text).statements("sqlite")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["0002_second.sql"], "0001 is missing"),
        (["0001_a.sql", "0003_c.sql"], "0002 is missing"),
        (["0001_a.sql", "0001_b.sql"], "0002 is missing"),
        (["first.sql"], "NNNN_name"),
    ],
)
def test_files_are_numbered_without_gap(tmp_path: Path, names: list[str], message: str) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1;")
    with pytest.raises(StorageError, match=message):
        schema.available(tmp_path)
