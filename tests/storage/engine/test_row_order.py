from __future__ import annotations

import pytest

from storage.engine import postgres_wiping, row_order
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.row_order import RowOrder
from storage.engine.transaction import Transaction

COLUMNS = ("assembly_id", "member_id")


async def come(database: Database, *members: int, assembly: int = 1) -> None:
    for member in members:
        async with database.transaction() as tx:
            await tx.insert("presences", COLUMNS, [(assembly, member)])


async def lying(database: Database, assembly: int = 1, table: str = "presences") -> list[int]:
    place = "ctid" if database.engine == "postgresql" else "1"
    async with database.reading() as tx:
        rows = await tx.statement(
            f"SELECT member_id FROM {table} WHERE assembly_id = {assembly} ORDER BY {place}"
        )
    return [row["member_id"] for row in rows]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The groups of rows that were looked at one by one."""
    groups: list[int] = []
    hide = row_order._hide

    async def noted(tx: Transaction, table: str, group: int) -> str | None:
        groups.append(group)
        return await hide(tx, table, group)

    monkeypatch.setattr(row_order, "_hide", noted)
    return groups


async def test_rows_that_came_together_are_written_in_the_order_of_their_keys(
    database: Database,
) -> None:
    order = RowOrder(database)
    await come(database, 3, 1, 2)
    await come(database, 6, 5, assembly=2)
    for more in ((8, 7), (10, 9)):  # at the first tick, and at later ones
        await order.hide()
        await come(database, *more)
        await order.hide()
    assert await lying(database) == [1, 2, 3, 7, 8, 9, 10]
    assert await lying(database, 2) == [5, 6]


async def test_what_came_at_once_is_left_alone(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.insert("presences", COLUMNS, [(1, member) for member in (1, 2, 3)])
    await RowOrder(database).hide()
    assert await lying(database) == [1, 2, 3]


async def test_only_where_something_came_is_looked_again(
    database: Database, looked_at: list[int]
) -> None:
    order, on_postgres = RowOrder(database), database.engine == "postgresql"
    for assembly in (1, 2, 3):
        await come(database, 2, 1, assembly=assembly)
    seen = []
    for coming in (None, None, None, 2, None, None):
        if coming is not None:
            await come(database, 9, 8, assembly=coming)
        await order.hide()
        seen.append([*looked_at])
        looked_at.clear()
    expected = [[1, 2, 3], [], [], [2], [], []]
    assert seen == (expected if on_postgres else [[]] * 6)


async def test_what_was_written_anew_as_a_whole_is_not_looked_at_one_by_one(
    database: Database, looked_at: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure copies each large table, in a transaction of its own."""
    monkeypatch.setattr(postgres_wiping, "SMALL", 0)
    order = RowOrder(database)
    for assembly in (1, 2, 3):
        await come(database, 2, 1, assembly=assembly)
    await order.hide()
    looked_at.clear()
    assert await database.wipe_remains()
    await order.hide()
    assert looked_at == []
    await come(database, 9, 8, assembly=2)
    await order.hide()
    assert looked_at == ([2] if database.engine == "postgresql" else [])


async def test_what_was_not_committed_at_one_tick_is_found_at_the_next(
    database: Database,
) -> None:
    if database.engine == "sqlite":
        return  # nobody writes beside
    order = RowOrder(database)
    await come(database, 5, 3)
    await order.hide()
    async with database.transaction() as tx:
        await tx.insert("presences", COLUMNS, [(1, 4)])
        await order.hide()
    await come(database, 1, assembly=2)
    await order.hide()
    assert await lying(database) == [3, 4, 5]


async def test_what_is_in_the_way_is_told_and_the_other_tables_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hide = row_order._hide
    order, on_postgres = RowOrder(database), database.engine == "postgresql"
    async with database.transaction() as tx:
        await tx.statement("CREATE TABLE others (assembly_id BIGINT, member_id BIGINT)")
    for member in (2, 1):
        async with database.transaction() as tx:
            await tx.insert("others", COLUMNS, [(1, member)])
    await come(database, 2, 1)

    async def busy(tx: Transaction, table: str, group: int) -> None:
        if table == "others":
            raise StorageError("somebody presses")
        await hide(tx, table, group)

    monkeypatch.setattr(row_order, "TABLES", {"others": COLUMNS, "presences": COLUMNS})
    with monkeypatch.context() as patch:
        patch.setattr(row_order, "_hide", busy)
        await order.hide()
    assert await lying(database) == [1, 2]
    told = "rows of others lie as they came: StorageError"
    assert (told in caplog.messages) == on_postgres
    await order.hide()
    if on_postgres:
        assert await lying(database, table="others") == [1, 2], "tried again"
