from __future__ import annotations

from storage import updates
from storage.engine.database import Database


async def test_an_update_is_marked_once(database: Database) -> None:
    async with database.transaction() as tx:
        assert await updates.mark(tx, 1, 500, 10)
    async with database.transaction() as tx:
        assert not await updates.mark(tx, 1, 500, 11)
        assert await updates.mark(tx, 2, 500, 11)  # another bot's


async def test_a_failed_update_counts_as_dealt_with(database: Database) -> None:
    async with database.transaction() as tx:
        assert await updates.mark_failed(tx, 1, 500, 10)
        assert not await updates.mark(tx, 1, 500, 10)


async def test_what_was_processed_cannot_fail_any_more(database: Database) -> None:
    async with database.transaction() as tx:
        await updates.mark(tx, 1, 500, 10)
        assert not await updates.mark_failed(tx, 1, 500, 10)


async def test_marks_are_pruned_by_time(database: Database) -> None:
    async with database.transaction() as tx:
        for update_id, at in ((1, 10), (2, 20), (3, 30)):
            await updates.mark(tx, 1, update_id, at)
        assert await updates.prune(tx, 20) == 1
        assert [await updates.mark(tx, 1, number, 40) for number in (1, 2, 3)] == [
            True,
            False,
            False,
        ]


async def test_the_bot_is_known_to_have_worked_at_its_last_sign(database: Database) -> None:
    async with database.transaction() as tx:
        assert await updates.last_alive(tx) is None
        await updates.mark(tx, 1, 500, 10)
        assert await updates.last_alive(tx) == 10
        for at in (20, 30):
            await updates.note_alive(tx, at)
        assert await updates.last_alive(tx) == 30
        await updates.mark(tx, 1, 501, 40)
        assert await updates.last_alive(tx) == 40
        assert len(await tx.statement("SELECT update_id FROM updates")) == 3
