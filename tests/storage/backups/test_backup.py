"""Taking a backup: one snapshot, one private file, without what must not be kept."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from kit.backup_rows import dump, fill_all, read_all

from storage.backups import backup
from storage.backups.backup_file import BackupError
from storage.backups.backup_tables import KEPT, LEFT_OUT
from storage.backups.backup_writing import NoRoom, Writer
from storage.engine import catalogue
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.schema import MIGRATIONS, available

Opener = Callable[..., Awaitable[Database]]


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.transaction() as tx:
        await fill_all(tx)
    return database


async def test_of_every_table_it_is_said_whether_it_is_kept(database: Database) -> None:
    """A new table fails here until it stands in `backup_tables.py`, and in `backup_rows.py`."""
    async with database.reading() as tx:
        tables = await catalogue.tables(tx, database.engine)
    assert sorted((*KEPT, *LEFT_OUT)) == tables


async def test_every_table_is_filled_in_these_tests(filled: Database) -> None:
    assert [name for name, rows in (await dump(filled)).items() if not rows] == []


def test_a_table_comes_after_those_that_it_refers_to() -> None:
    connection = sqlite3.connect(":memory:")
    for step in available(MIGRATIONS / "main"):
        for sql in step.statements("sqlite"):
            connection.execute(sql)
    for position, table in enumerate(KEPT):
        for row in connection.execute(f"PRAGMA foreign_key_list({table})"):
            assert row[2] in KEPT[: position + 1], f"{table} refers to {row[2]}"
    connection.close()


async def test_who_answered_and_who_said_what_is_not_in_it(
    filled: Database, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    await backup.take(filled, path, 77)
    found = read_all(path)
    assert set(found["manifest"]["tables"]) == set(KEPT)
    assert {"round_states", "ballots", "outbox", "drafts"} <= {*LEFT_OUT}
    assert {row["kind"] for row in found["schedules"]} == {
        "checkin",
        "checkin-close",
        "decision-close",
        "reminder-week",
    }
    refs = {row["ref"].split(":")[0] for row in found["messages"]}
    assert refs == {"decision", "request", "uncertain"}
    assert found["manifest"]["taken_at"] == 77


async def test_the_file_is_private_and_never_overwritten(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    await backup.take(filled, path, 77)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    with pytest.raises(BackupError, match=r"b\.zip exists already"):
        await backup.take(filled, path, 78)
    assert path.read_bytes() == content
    with pytest.raises(BackupError, match="can't be written: there is no folder"):
        await backup.take(filled, tmp_path / "nowhere" / "b.zip", 78)


async def test_two_backups_of_the_same_rows_are_the_same_bytes(
    filled: Database, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        await backup.take(filled, tmp_path / name, 77)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


async def test_what_fails_on_the_way_leaves_no_file(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("table", "finish"):
        with monkeypatch.context() as patch:
            patch.setattr(Writer, name, full)
            with pytest.raises(NoRoom, match="can't be written: the disk is full"):
                await backup.take(filled, folder / "b.zip", 77)
        assert list(folder.iterdir()) == []


async def test_it_is_one_snapshot_while_others_write(filled: Database, tmp_path: Path) -> None:
    """A proposal and its support are written together: never is one there without the other."""

    async def write() -> None:
        for number in range(500, 560):
            async with filled.transaction() as tx:
                await tx.statement(
                    "INSERT INTO proposals (id, centre_id, title, named, status, created_at) "
                    f"VALUES ({number}, 1, 'x', 0, 'open', 1)"
                )
                await tx.statement(f"INSERT INTO supports VALUES ({number}, 11)")

    async def copy() -> list[Path]:
        paths = [tmp_path / f"{number}.zip" for number in range(5)]
        for path in paths:
            await backup.take(filled, path, 77)
        return paths

    _, paths = await asyncio.gather(write(), copy())
    for path in paths:
        found = read_all(path)
        proposals = {row["id"] for row in found["proposals"] if row["id"] >= 500}
        assert proposals == {row["proposal_id"] for row in found["supports"]} - {20}


async def test_there_must_be_something_to_back_up(opener: Opener, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        await backup.take(await opener(migrate=False), tmp_path / "b.zip", 77)
    assert not (tmp_path / "b.zip").exists()


async def test_a_backup_while_another_process_has_the_database_open(
    filled: Database, tmp_path: Path
) -> None:
    if filled.engine == "postgresql":
        async with filled.transaction() as tx:
            await tx.statement("UPDATE centres SET name = 'unseen'")
            await backup.take(filled, tmp_path / "b.zip", 77)
    else:
        async with filled.reading() as tx:
            [row] = await tx.statement("PRAGMA database_list")
        other = await open_database(f"sqlite:///{row['file']}")
        try:
            async with filled.transaction() as tx:
                await tx.statement("UPDATE centres SET name = 'unseen'")
                await backup.take(other, tmp_path / "b.zip", 77)
        finally:
            await other.close()
    assert "unseen" not in str(read_all(tmp_path / "b.zip"))
