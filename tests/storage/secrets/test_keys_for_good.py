"""A ballot key that was destroyed is in no table's file any more, on either engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage.engine.database import Database
from storage.engine.postgres import PostgresDatabase
from storage.secrets.keys import KeyStore

MASTER = b"m" * 32


async def no_pause(seconds: float) -> None:
    assert seconds > 0


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, MASTER, sleep=no_pause)


async def lying(keys: KeyStore, folder: Path) -> bytes:
    """All bytes of the key store's files; of PostgreSQL's own log it is said in the docs."""
    database = keys.database
    if database.engine == "sqlite":
        return _bytes(folder)
    async with database.reading() as tx:
        [row] = await tx.statement(
            "SELECT current_setting('data_directory') AS d, "
            "(SELECT oid FROM pg_database WHERE datname = current_database()) AS o"
        )
    assert isinstance(database, PostgresDatabase)
    await database._pool.execute("CHECKPOINT")
    return _bytes(Path(row["d"], "base", str(row["o"])))


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


async def wrapped(keys: KeyStore, decision_id: int) -> bytes:
    async with keys.database.reading() as tx:
        return bytes(await tx.value("ballot_key", decision_id=decision_id))


async def test_no_byte_of_a_destroyed_key_is_left(keys: KeyStore, tmp_path: Path) -> None:
    for decision_id in range(1, 6):
        await keys.create_ballot_key(decision_id)
    gone, kept = await wrapped(keys, 3), await wrapped(keys, 4)
    assert gone in await lying(keys, tmp_path)  # it finds what is there
    assert await keys.destroy_ballot_key(3)
    data = await lying(keys, tmp_path)
    assert gone not in data
    assert kept in data
    assert await keys.ballot_keys() == {1, 2, 4, 5}


@pytest.mark.parametrize("others", [0, 4])
async def test_nor_in_what_the_server_notes_of_values(
    keys: KeyStore, tmp_path: Path, others: int
) -> None:
    for decision_id in range(3, 4 + others):
        await keys.create_ballot_key(decision_id)
    gone = await wrapped(keys, 3)
    if keys.database.engine == "postgresql":
        server: Any = keys.database
        await server._pool.execute("ANALYZE ballot_keys")
    assert await keys.destroy_ballot_key(3)
    assert gone not in await lying(keys, tmp_path)


async def test_while_a_reader_could_still_see_it_the_wiping_is_owed(
    keys: KeyStore, tmp_path: Path
) -> None:
    await keys.create_ballot_key(3)
    gone = await wrapped(keys, 3)
    async with keys.database.reading() as tx:
        assert await tx.value("ballot_key", decision_id=3)  # a snapshot from before
        assert not await keys.destroy_ballot_key(3)
    assert gone in await lying(keys, tmp_path)
    assert await keys.wipe_ballot_keys()
    assert gone not in await lying(keys, tmp_path)
