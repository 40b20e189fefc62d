"""A query that goes ahead of the next one: the mark of an update, in the same hop."""

from __future__ import annotations

import asyncio

import pytest

from storage import updates
from storage.engine.database import Database
from storage.engine.errors import NothingDone, StorageError
from storage.engine.transaction import Transaction


async def marks(database: Database) -> int:
    async with database.reading() as tx:
        return int((await tx.statement("SELECT COUNT(*) AS n FROM updates"))[0]["n"])


@pytest.mark.parametrize("kind", ["row", "rows", "value", "run", "insert"])
async def test_it_runs_before_the_next_query_of_any_kind(database: Database, kind: str) -> None:
    async with database.transaction() as tx:
        updates.mark_first(tx, 1, 500, 10)
        queries = {
            "row": lambda: tx.row("draft_of", telegram_id=1),
            "rows": lambda: tx.rows("applied_migrations"),
            "value": lambda: tx.value("next_schedule_at"),
            "run": lambda: tx.run("remove_draft", telegram_id=1),
            "insert": lambda: tx.insert("closing_reminders_off", ["member_id"], []),
        }
        await queries[kind]()
        assert not await updates.mark(tx, 1, 500, 10)  # it is there already
    assert await marks(database) == 1


async def test_without_another_query_it_runs_at_the_end(database: Database) -> None:
    async with database.transaction() as tx:
        updates.mark_first(tx, 1, 500, 10)
    assert await marks(database) == 1


@pytest.mark.parametrize("asks", [True, False])
async def test_where_it_does_nothing_nothing_else_is_done(database: Database, asks: bool) -> None:
    async with database.transaction() as tx:
        await updates.mark(tx, 1, 500, 10)

    async def again() -> None:
        async with database.transaction() as tx:
            updates.mark_first(tx, 1, 500, 11)
            if asks:
                await updates.mark(tx, 1, 501, 11)

    with pytest.raises(NothingDone):
        await again()
    assert await marks(database) == 1


async def test_after_another_query_it_travels_with_the_commit(database: Database) -> None:
    async with database.transaction() as tx:
        await updates.mark(tx, 1, 501, 10)
        updates.mark_first(tx, 1, 500, 10)
    assert await marks(database) == 2

    async def again() -> None:
        async with database.transaction() as tx:
            await updates.mark(tx, 1, 502, 10)
            updates.mark_first(tx, 1, 500, 11)

    with pytest.raises(NothingDone):
        await again()
    assert await marks(database) == 2
    async with database.transaction() as tx:  # and the connection is good for the next
        assert await updates.mark(tx, 1, 502, 12)
    assert await marks(database) == 3


async def test_only_one_goes_ahead(database: Database) -> None:
    async with database.transaction() as tx:
        updates.mark_first(tx, 1, 500, 10)
        with pytest.raises(StorageError, match="not two"):
            updates.mark_first(tx, 1, 501, 10)


@pytest.mark.parametrize("asks", [True, False])
async def test_it_is_rolled_back_with_the_rest(database: Database, asks: bool) -> None:
    async def failing() -> None:
        async with database.transaction() as tx:
            updates.mark_first(tx, 1, 500, 10)
            if asks:
                await updates.mark(tx, 1, 501, 10)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert await marks(database) == 0


async def test_its_parameters_are_checked_at_once(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(StorageError, match="mark_update"):
            tx.precede("mark_update", bot_id=1)


async def test_of_two_at_once_one_is_first(database: Database) -> None:
    async def one(tx: Transaction) -> None:
        updates.mark_first(tx, 1, 500, 10)
        await tx.rows("applied_migrations")

    results = await asyncio.gather(*(database.run(one) for _ in range(2)), return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [NothingDone]
    assert await marks(database) == 1


async def test_who_has_asked_nothing_yet_holds_nobody_up(database: Database) -> None:
    async def other() -> None:
        async with database.transaction() as tx:
            assert await updates.mark(tx, 1, 501, 10)

    async with database.transaction() as tx:
        await asyncio.wait_for(asyncio.create_task(other()), 5)
        assert not tx.waiting
        await updates.mark(tx, 1, 500, 10)
    assert await marks(database) == 2
