"""Wiping what deleting leaves: nothing is lost, and nothing that was deleted is left."""

from __future__ import annotations

import random
from pathlib import Path

from storage import people
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database


async def meet(database: Database, numbers: list[int]) -> None:
    async with database.transaction() as tx:
        for number in numbers:
            await people.meet(tx, number, f"language-{number}", number)


async def known(database: Database) -> list[int]:
    async with database.reading() as tx:
        rows = await tx.statement("SELECT telegram_id FROM people ORDER BY telegram_id")
    return [row["telegram_id"] for row in rows]


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_everything_that_was_there_is_there(database: Database) -> None:
    await meet(database, list(range(1, 50)))
    for _ in range(2):
        assert await database.wipe_remains()
    assert await known(database) == list(range(1, 50))
    assert await schema.pending(database) == []
    await meet(database, [50])
    assert len(await known(database)) == 50


async def test_ids_that_were_deleted_do_not_come_back(database: Database) -> None:
    add = (
        "INSERT INTO centres (chat_id, name, language, zone, created_at) "
        "VALUES (-1, 'a', 'en', 'UTC', 0) RETURNING id"
    )
    async with database.transaction() as tx:
        [first] = await tx.statement(add)
        await tx.statement("DELETE FROM centres")
    assert await database.wipe_remains()
    async with database.transaction() as tx:
        [second] = await tx.statement(add)
    assert second["id"] > first["id"]


async def test_another_process_that_writes_is_waited_for_another_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'voci.db'}"
    database, other = await open_database(url), await open_database(url)
    await schema.migrate(database)
    try:
        async with other.transaction() as tx:
            await people.meet(tx, 1, "en", 0)
            assert not await database.wipe_remains()
        assert await database.wipe_remains()
        assert await known(database) == [1]
    finally:
        await other.close()
        await database.close()


async def test_a_reader_in_the_way_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'voci.db'}"
    database, other = await open_database(url), await open_database(url)
    await schema.migrate(database)
    try:
        async with other.reading() as tx:
            assert await people.find(tx, 1) is None
            assert not await database.wipe_remains()
        assert await database.wipe_remains()
    finally:
        await other.close()
        await database.close()


async def test_pages_keep_no_copies(tmp_path: Path) -> None:
    """Deleting zeroes a row where it lies, but not where it lay before its page was split."""
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    await schema.migrate(database)
    numbers = random.Random(2).sample(range(10_000, 99_999), 2_000)
    try:
        for start in range(0, len(numbers), 50):
            await meet(database, numbers[start : start + 50])
        async with database.transaction() as tx:
            for number in numbers[:500]:
                await tx.statement(f"DELETE FROM people WHERE telegram_id = {number}")
        assert await database.wipe_remains()
        data = on_disk(tmp_path)
        left = [number for number in numbers[:500] if f"language-{number}".encode() in data]
        assert left == []
        assert f"language-{numbers[-1]}".encode() in data
    finally:
        await database.close()
