"""The deadline may fall anywhere: all is stored or nothing, and the next one can go on."""

from __future__ import annotations

import asyncio

import pytest

from storage import updates
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.engine.uninterrupted import to_the_end


async def marks(database: Database) -> list[int]:
    async with database.reading() as tx:
        rows = await tx.statement("SELECT update_id FROM updates ORDER BY update_id")
    return [row["update_id"] for row in rows]


async def test_a_cancelled_transaction_is_rolled_back(database: Database) -> None:
    written = asyncio.Event()

    async def work() -> None:
        async with database.transaction() as tx:
            await updates.mark(tx, 1, 5, 10)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await marks(database) == []
    async with database.transaction() as tx:
        assert await updates.mark(tx, 1, 5, 10)


ENDLESS = {
    "sqlite": """
        WITH RECURSIVE counting (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting)
        SELECT COUNT(*) FROM counting""",
    "postgresql": "SELECT pg_sleep(3600)",
}


async def test_a_statement_without_end_is_cut_by_the_deadline(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await updates.mark(tx, 1, 5, 10)
        await tx.statement(ENDLESS[database.engine])

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(database.run(work), 0.05)
    async with database.transaction() as tx:
        assert await updates.mark(tx, 1, 5, 10)


async def test_cancelling_at_any_moment_leaves_all_or_nothing(database: Database) -> None:
    """The deadline may fall anywhere: before the first query, between two, into the commit."""
    for turns in range(25):

        async def work(first: int) -> None:
            async with database.transaction() as tx:
                await updates.mark(tx, 1, first, 10)
                await updates.mark(tx, 1, first + 1, 10)

        task = asyncio.create_task(work(turns * 2))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        found = await marks(database)
        assert found.count(turns * 2) == found.count(turns * 2 + 1)
    async with database.transaction() as tx:
        assert await updates.mark(tx, 1, 999, 10)


async def test_whoever_waits_for_the_writer_can_be_cancelled(database: Database) -> None:
    async def late() -> None:
        async with database.transaction() as tx:
            await updates.mark(tx, 1, 6, 10)

    async with database.transaction() as tx:
        await updates.mark(tx, 1, 5, 10)
        tasks = [asyncio.create_task(late()) for _ in range(8)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)
    assert await marks(database) == [5]


async def test_work_that_must_end_ends_before_the_cancellation_is_raised() -> None:
    going_on = asyncio.Event()
    ended = False

    async def work() -> None:
        nonlocal ended
        await going_on.wait()
        ended = True

    task = asyncio.create_task(to_the_end(work()))
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    assert not task.done()
    going_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended
