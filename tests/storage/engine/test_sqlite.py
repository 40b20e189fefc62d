"""What only the embedded engine has: files, their rights, the write-ahead log."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import aiosqlite
import pytest

from storage import drafts, people, updates
from storage.drafts import Draft
from storage.engine import schema, sqlite_connection
from storage.engine.database import Database
from storage.engine.errors import Damaged, StorageError, Transient
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction

SECRET = b"longer opening hours on Saturdays" * 400  # so long that it fills overflow pages


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "voci.db"


async def opened(file: Path) -> Database:
    database = await open_database(f"sqlite:///{file}")
    await schema.migrate(database)
    return database


async def keep(database: Database, content: bytes) -> None:
    async with database.transaction() as tx:
        await drafts.save(tx, Draft(7, None, "proposal", "title", content, None, 1))


async def remove(database: Database) -> None:
    async with database.transaction() as tx:
        await drafts.remove(tx, 7)


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def bytes_on_disk(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(file.name + "*")))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
async def test_files_belong_to_their_owner_alone(file: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        database = await opened(file)
        await keep(database, b"x")
        modes = {path.name: mode(path) for path in file.parent.iterdir()}
        await database.close()
    finally:
        os.umask(before)
    assert modes == {"voci.db": 0o600, "voci.db-wal": 0o600, "voci.db-shm": 0o600}


@pytest.mark.parametrize("beside", ["", "-wal", "-shm"])
async def test_a_file_open_to_others_is_refused(file: Path, beside: str) -> None:
    """And left as it is: whoever runs Voci has to know."""
    database = await opened(file)
    await keep(database, b"x")
    opened_up = file.with_name(file.name + beside)
    opened_up.chmod(0o644)
    with pytest.raises(StorageError, match=rf"{opened_up.name} is open to others: chmod 600 /"):
        await opened(file)
    assert mode(opened_up) == 0o644
    await database.close()


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"voci\.db can't be made: there is no folder"):
        await open_database(f"sqlite:///{tmp_path / 'nowhere' / 'voci.db'}")


@pytest.fixture
def letter(file: Path) -> Path:
    file.write_bytes(b"not a database, whatever its name says" * 100)
    file.chmod(0o600)
    return file


async def test_a_file_that_is_no_database_is_refused(letter: Path) -> None:
    with pytest.raises(StorageError, match="SQLITE_NOTADB"):
        await open_database(f"sqlite:///{letter}")


async def test_a_relative_address_starts_at_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await (await open_database("sqlite:///here.db")).close()
    assert (tmp_path / "here.db").exists()


async def test_the_settings_of_the_connections(file: Path) -> None:
    database = await opened(file)
    try:
        found = {}
        for pragma in ("journal_mode", "synchronous", "secure_delete", "foreign_keys"):
            async with database.transaction() as tx:
                found[pragma] = (await tx.statement(f"PRAGMA {pragma}"))[0][pragma]
        async with database.reading() as tx:
            found["query_only"] = (await tx.statement("PRAGMA query_only"))[0]["query_only"]
    finally:
        await database.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "secure_delete": 1,
        "foreign_keys": 1,
        "query_only": 1,
    }


async def test_what_was_deleted_is_gone_from_the_files(file: Path) -> None:
    database = await opened(file)
    try:
        await keep(database, SECRET)
        assert b"Saturdays" in bytes_on_disk(file)
        await remove(database)
        assert b"Saturdays" in bytes_on_disk(file)  # the log still has it
        assert await database.truncate_wal()
        assert b"Saturdays" not in bytes_on_disk(file)
    finally:
        await database.close()


async def test_a_reader_prevents_truncating_and_is_told_of(file: Path) -> None:
    database = await opened(file)
    try:
        await keep(database, SECRET)
        async with database.reading() as snapshot:
            assert await drafts.find(snapshot, 7) is not None
            await remove(database)
            assert not await database.truncate_wal()
            assert b"Saturdays" in bytes_on_disk(file)
        assert await database.truncate_wal()
        assert b"Saturdays" not in bytes_on_disk(file)
    finally:
        await database.close()


@pytest.mark.parametrize("at", [0, 1, 2])
async def test_whatever_fails_while_truncating_is_mapped(
    file: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await opened(file)
    execute, calls = aiosqlite.Cursor.execute, itertools.count()

    async def failing(cursor: aiosqlite.Cursor, sql: str) -> aiosqlite.Cursor:
        if next(calls) == at:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return await execute(cursor, sql)

    try:
        with monkeypatch.context() as broken:
            broken.setattr(aiosqlite.Cursor, "execute", failing)
            with pytest.raises(Transient):
                await database.truncate_wal()
        assert await database.truncate_wal()
    finally:
        await database.close()


async def test_a_locked_file_is_transient(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = sqlite_connection._SETTINGS.replace("1000", "0")
    monkeypatch.setattr(sqlite_connection, "_SETTINGS", settings)
    database = await opened(file)
    other = sqlite3.connect(file, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Transient, match="SQLITE_BUSY"):
            await keep(database, b"x")
        other.execute("ROLLBACK")
        await keep(database, b"x")  # and the writer is as good as new
    finally:
        other.close()
        await database.close()


async def test_a_full_disk_is_transient(file: Path) -> None:
    database = await opened(file)
    try:
        async with database.transaction() as tx:
            await tx.statement("PRAGMA max_page_count = 1")
        with pytest.raises(Transient, match="SQLITE_FULL"):
            await keep(database, SECRET)
        async with database.transaction() as tx:
            assert await drafts.find(tx, 7) is None
    finally:
        await database.close()


async def test_a_cancelled_commit_is_settled_before_its_lock_is_free(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread commits what it was told to, even when nobody waits for it any more."""
    database = await opened(file)
    commit = aiosqlite.Connection.commit
    try:

        async def cancelled_on_its_way(connection: aiosqlite.Connection) -> None:
            writing.cancel()
            await commit(connection)

        monkeypatch.setattr(aiosqlite.Connection, "commit", cancelled_on_its_way)
        writing = asyncio.create_task(keep(database, b"x"))
        results = await asyncio.gather(writing, return_exceptions=True)
        monkeypatch.undo()
        assert isinstance(results[0], asyncio.CancelledError)
        async with database.transaction() as tx:
            assert await drafts.find(tx, 7) is not None  # committed all the same
    finally:
        await database.close()


def copied(file: Path, name: str) -> Path:
    """The files as a power cut would leave them."""
    folder = file.parent / name
    folder.mkdir()
    for path in file.parent.glob(file.name + "*"):
        shutil.copy(path, folder)
    return folder / file.name


async def test_a_crash_inside_a_migration_leaves_nothing_behind(file: Path) -> None:
    database = await open_database(f"sqlite:///{file}")
    try:
        async with database.migrating() as tx:
            await tx.statement("CREATE TABLE half (id BIGINT)")
            await tx.statement("INSERT INTO half VALUES (1)")
            during = copied(file, "during")
        after = copied(file, "after")
    finally:
        await database.close()
    for crashed, tables in ((during, []), (after, ["half"])):
        survivor = await open_database(f"sqlite:///{crashed}")
        async with survivor.reading() as tx:
            rows = await tx.statement("SELECT name FROM sqlite_master")
        await survivor.close()
        assert [row["name"] for row in rows] == tables


LOOKS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT COUNT(*) FROM people").fetchone()[0])
connection.close()
"""


async def test_opened_twice_it_keeps_its_locks_and_its_log(tmp_path: Path) -> None:
    """Whoever closes a descriptor of the file gives up all locks that their process has on it.

    Another process would then take itself for the last one, and remove the log that is in use.
    """
    url = f"sqlite:///{tmp_path / 'voci.db'}"
    first = await open_database(url)
    await schema.migrate(first)
    second = await open_database(url)
    try:
        for number in (1, 2):
            async with first.transaction() as tx:
                await people.meet(tx, number, "en", 0)
            other = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", LOOKS, str(tmp_path / "voci.db")),
                stdout=asyncio.subprocess.PIPE,
            )
            said, _ = await other.communicate()
            assert int(said) == number
            assert (tmp_path / "voci.db-wal").exists()
    finally:
        await second.close()
        await first.close()


async def test_what_goes_ahead_of_a_commit_that_never_began_goes_ahead_of_no_other(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object) -> None:
        raise sqlite3.OperationalError("before anything was done")

    async def mark_both(tx: Transaction) -> None:
        assert await updates.mark(tx, 1, 500, 10)
        updates.mark_first(tx, 1, 501, 10)

    database = await open_database(f"sqlite:///{file}")
    try:
        await schema.migrate(database)
        with monkeypatch.context() as broken:
            broken.setattr(aiosqlite.Connection, "commit", fail)
            with pytest.raises(StorageError):
                await database.run(mark_both)
        async with database.transaction() as tx:
            assert await updates.mark(tx, 1, 502, 10)
        async with database.transaction() as tx:
            assert [await updates.mark(tx, 1, each, 20) for each in (500, 501, 502)] == [
                True,
                True,
                False,
            ]
    finally:
        await database.close()


async def reads_no_text(tx: Transaction) -> None:
    await updates.mark(tx, 7, 1, 1_000)
    await tx.statement("SELECT CAST(x'ff' AS TEXT) AS one UNION SELECT 'two'")


async def test_what_fails_while_it_is_read_is_rolled_back_with_all_before_it(file: Path) -> None:
    """Text that is none: the statement stays open, and must not keep its transaction open."""
    database = await opened(file)
    try:
        with pytest.raises(Damaged):
            await database.run(reads_no_text)
        async with database.transaction() as tx:
            assert await updates.mark(tx, 7, 1, 1_000)
    finally:
        await database.close()
