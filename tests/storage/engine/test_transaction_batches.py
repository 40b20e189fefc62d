from __future__ import annotations

import pytest

from storage.engine.database import Database
from storage.engine.errors import StorageError


async def test_rows_come_so_many_at_a_time(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.insert("setups", ("chat_id", "updated_at"), [(each, 0) for each in range(7)])
    for most, sizes in ((3, [3, 3, 1]), (7, [7]), (10, [7])):
        async with database.reading() as tx:
            found = [
                [row["chat_id"] for row in rows]
                async for rows in tx.batches("SELECT chat_id FROM setups ORDER BY 1", most)
            ]
        assert [len(rows) for rows in found] == sizes
        assert [each for rows in found for each in rows] == [*range(7)]


async def test_two_after_another_in_one_transaction(database: Database) -> None:
    async with database.reading() as tx:
        for table in ("setups", "people"):
            assert [rows async for rows in tx.batches(f"SELECT * FROM {table}", 5)] == []


async def test_what_is_wrong_is_told_as_everywhere(database: Database) -> None:
    async with database.reading() as tx:
        with pytest.raises(StorageError):
            [rows async for rows in tx.batches("SELECT nothing FROM nowhere", 5)]


async def test_tables_with_other_columns_one_after_the_other(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.insert("setups", ("chat_id", "updated_at"), [(1, 0)])
        await tx.insert("people", ("telegram_id", "language", "created_at"), [(2, "it", 0)])
    for _ in range(2):
        async with database.reading() as tx:
            for table, column in (("setups", "chat_id"), ("people", "telegram_id")):
                found = [rows async for rows in tx.batches(f"SELECT {column} FROM {table}", 5)]
                assert [[*row.keys()] for rows in found for row in rows] == [[column]]
