"""Putting a backup back: from either engine into either, whole or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from kit.backup_rows import SEALED, dump, fill_all, read_all

from storage.backups import backup, restoring
from storage.backups.backup_file import BackupError, read
from storage.backups.backup_tables import KEPT, LEFT_OUT, as_kept
from storage.engine import catalogue, schema
from storage.engine.database import Database
from storage.engine.schema import available

Opener = Callable[..., Awaitable[Database]]
NOW = 1_764_763_200


async def put_back(database: Database, path: Path, above: int = 0, now: int = NOW) -> int:
    with read(path) as file:
        async with database.migrating() as tx:
            return await restoring.put_back(tx, database.engine, file, now, above)


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.transaction() as tx:
        await fill_all(tx)
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Awaitable[str]]:
    """Makes the address of an empty database of either engine, whichever the first one is."""
    if request.param == "postgresql":
        make: Callable[[], Awaitable[str]] = request.getfixturevalue("postgres_url")
        return make

    async def make_file() -> str:
        return f"sqlite:///{tmp_path / 'restored.db'}"

    return make_file


@pytest.fixture
async def empty(other_url: Callable[[], Awaitable[str]], opener: Opener) -> Database:
    return await opener("main", await other_url(), migrate=False)


async def test_all_rows_come_back_on_either_engine(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    before = await dump(filled)
    written = await backup.take(filled, path, 77)
    assert await put_back(empty, path) == written
    after = await dump(empty)
    for table in KEPT:
        kept = [as_kept(table, each) for each in before[table]]
        assert after[table] == [each for each in kept if each is not None], table
        assert after[table]
    assert {table: after[table] for table in LEFT_OUT if table != "schema_versions"} == {
        table: [] for table in LEFT_OUT if table != "schema_versions"
    }
    assert [row["sealed"] for row in after["answers"]] == [SEALED, b""]
    assert await schema.pending(empty) == []
    again = tmp_path / "again.zip"
    await backup.take(empty, again, 77)
    one, two = read_all(path), read_all(again)
    for table in KEPT:
        assert sorted(one[table], key=repr) == sorted(two[table], key=repr), table


async def test_only_an_empty_database_takes_it(
    filled: Database, opener: Opener, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    await backup.take(filled, path, 77)
    other = await opener()
    async with other.transaction() as tx:
        await tx.statement("INSERT INTO updates VALUES (1, 2, 'processed', 3)")
    before = await dump(other)
    with pytest.raises(BackupError, match="is not empty"):
        await put_back(other, path)
    assert await dump(other) == before
    migrated = await opener()
    assert await put_back(migrated, path) > 0


async def test_ids_go_on_above_all_that_were_ever_given(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    await backup.take(filled, path, 77)
    highest = 0x4B6A2F1C3D01  # her id, far above any moment in seconds
    await put_back(empty, path, above=highest + 5)
    for sql in (
        "INSERT INTO members (centre_id, telegram_id, role, name, status, joined_at) "
        "VALUES (1, 99, 'user', 'Nina', 'active', 1) RETURNING id",
        "INSERT INTO schedules (kind, subject_id, zone) VALUES ('x', 1, 'UTC') RETURNING id",
        "INSERT INTO outbox (key, chat_id, not_before, repeatable, status, created_at) "
        "VALUES ('x', 1, 1, 0, 'waiting', 1) RETURNING id",
    ):
        async with empty.transaction() as tx:
            [row] = await tx.statement(sql)
        assert row["id"] == highest + 6


@pytest.mark.parametrize(("above", "expected"), [(0, NOW + 1), (NOW + 7, NOW + 8)])
async def test_ids_go_on_above_the_moment_and_above_the_keys(
    database: Database, empty: Database, tmp_path: Path, above: int, expected: int
) -> None:
    path = tmp_path / "b.zip"
    await backup.take(database, path, 77)
    await put_back(empty, path, above)
    async with empty.transaction() as tx:
        [row] = await tx.statement(
            "INSERT INTO centres (chat_id, name, language, zone, created_at) "
            "VALUES (-1, 'A', 'en', 'UTC', 1) RETURNING id"
        )
    assert row["id"] == expected


async def test_an_older_backup_is_brought_up_to_date(
    opener: Opener, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, past = tmp_path / "b.zip", 3
    older = await opener(migrate=False)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "available", lambda folder: available(folder)[:past])
        await schema.migrate(older)
        async with older.transaction() as tx:
            await tx.statement(
                "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
                "VALUES (4, -1, 'Aurora', 'en', 'UTC', 1)"
            )
            # Migrations since then write schedules, too.
            await tx.statement(
                "INSERT INTO schedules (id, kind, subject_id, zone, next_at) "
                "VALUES (1, 'checkin', 4, 'UTC', 9)"
            )
        await backup.take(older, path, 77)
    assert len(read_all(path)["manifest"]["schema"]) == past
    await put_back(empty, path)
    assert await schema.pending(empty) == []
    kept = await dump(empty)
    assert [row["name"] for row in kept["centres"]] == ["Aurora"]
    assert {"checkin", "retention"} <= {row["kind"] for row in kept["schedules"]}

    migrated = await opener()
    with pytest.raises(BackupError, match=r"b\.zip is older than the empty database"):
        await put_back(migrated, path)


async def test_a_newer_backup_is_refused(
    filled: Database, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.zip"
    await backup.take(filled, path, 77)
    monkeypatch.setattr(schema, "available", lambda folder: available(folder)[:-1])
    with pytest.raises(BackupError, match=r"is newer than this program.*update Voci first"):
        await put_back(empty, path)
    assert await dump(empty) == {}


async def test_when_something_fails_on_the_way_nothing_is_there(
    filled: Database, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.zip"
    await backup.take(filled, path, 77)

    async def broken(*_: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "give_ids_above", broken)
        with pytest.raises(RuntimeError):
            await put_back(empty, path)
    assert await dump(empty) == {}
    await put_back(empty, path)
