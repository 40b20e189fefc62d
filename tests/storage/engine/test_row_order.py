from __future__ import annotations

import pytest

from storage.engine import row_order
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction


async def come(database: Database, *members: int) -> None:
    for member in members:
        async with database.transaction() as tx:
            await tx.insert("presences", ("assembly_id", "member_id"), [(1, member)])


async def lying(database: Database) -> list[int]:
    place = "ctid" if database.engine == "postgresql" else "1"
    async with database.reading() as tx:
        rows = await tx.statement(f"SELECT member_id FROM presences ORDER BY {place}")
    return [row["member_id"] for row in rows]


async def test_rows_that_came_together_are_written_in_the_order_of_their_keys(
    database: Database,
) -> None:
    await come(database, 3, 1, 2)
    await row_order.hide(database)
    assert await lying(database) == [1, 2, 3]


async def test_what_came_at_once_is_left_alone(database: Database) -> None:
    rows = [(1, member) for member in (1, 2, 3)]
    async with database.transaction() as tx:
        await tx.insert("presences", ("assembly_id", "member_id"), rows)
    await row_order.hide(database)
    assert await lying(database) == [1, 2, 3]


async def test_what_is_in_the_way_is_told_and_the_other_tables_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hide = row_order._hide

    async def busy(tx: Transaction, table: str) -> None:
        if table == "supports":
            raise StorageError("somebody presses")
        await hide(tx, table)

    monkeypatch.setattr(row_order, "_hide", busy)
    await come(database, 2, 1)
    await row_order.hide(database)
    assert await lying(database) == [1, 2]
    told = "rows of supports lie as they came: StorageError"
    assert (told in caplog.messages) == (database.engine == "postgresql")
