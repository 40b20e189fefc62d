from __future__ import annotations

import asyncio

import pytest

from storage import retention, schedules
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.schedules import Schedule

ROME = "Europe/Rome"


async def test_a_schedule_is_kept_as_it_was_set(database: Database) -> None:
    async with database.transaction() as tx:
        number = await schedules.set(tx, "checkin", 7, 100, ROME, "FREQ=WEEKLY")
        assert await schedules.find(tx, "checkin", 7) == Schedule(
            number, "checkin", 7, "FREQ=WEEKLY", ROME, 100
        )
        assert await schedules.find(tx, "checkin", 8) is None


async def test_setting_again_changes_the_same_row(database: Database) -> None:
    async with database.transaction() as tx:
        first = await schedules.set(tx, "reminder", 7, 100, ROME)
        assert await schedules.set(tx, "reminder", 7, 200, "UTC") == first
        changed = await schedules.find(tx, "reminder", 7)
    assert changed == Schedule(first, "reminder", 7, None, "UTC", 200)


async def test_what_is_due_comes_earliest_first(database: Database) -> None:
    async with database.transaction() as tx:
        for subject, next_at in ((1, 300), (2, 100), (3, 200), (4, None), (5, 301)):
            await schedules.set(tx, "reminder", subject, next_at, ROME)
        assert [row.subject_id for row in await schedules.due(tx, 300, 10)] == [2, 3, 1]
        assert [row.subject_id for row in await schedules.due(tx, 300, 2)] == [2, 3]
        assert await schedules.due(tx, 99, 10) == []
        assert await schedules.next_at(tx) == 100
        await schedules.set(tx, retention.SCHEDULE, 1, 50, "UTC")
        assert await schedules.next_at(tx) == 100, "what is forgotten at night is heard by nobody"
        assert await schedules.earliest(tx) == 50, "and yet it can be late"
        await schedules.remove(tx, retention.SCHEDULE, 1)


async def test_nothing_is_next_where_nothing_is_set(database: Database) -> None:
    async with database.reading() as tx:
        assert await schedules.next_at(tx) is None


async def test_an_occurrence_is_claimed_once_even_by_many(database: Database) -> None:
    async def claim(tx: Transaction) -> bool:
        return await schedules.claim(tx, 7, 100, 101)

    claimed = await asyncio.gather(*(database.run(claim) for _ in range(8)))
    assert sorted(claimed) == [False] * 7 + [True]


async def test_a_claim_that_is_rolled_back_can_be_made_again(database: Database) -> None:
    class Crash(Exception):
        pass

    try:
        async with database.transaction() as tx:
            await schedules.claim(tx, 7, 100, 101)
            raise Crash
    except Crash:
        pass
    async with database.transaction() as tx:
        assert await schedules.claim(tx, 7, 100, 101)


async def test_advancing_ends_being_due(database: Database) -> None:
    async with database.transaction() as tx:
        number = await schedules.set(tx, "reminder", 7, 100, ROME)
        await schedules.advance(tx, number, 200)
        assert await schedules.due(tx, 150, 10) == []
        await schedules.advance(tx, number, None)
        assert await schedules.due(tx, 999, 10) == []


async def test_a_late_occurrence_is_recorded_as_skipped(database: Database) -> None:
    async with database.transaction() as tx:
        await schedules.claim(tx, 7, 100, 101)
        await schedules.claim(tx, 7, 200, 201)
        await schedules.mark_skipped(tx, 7, 100)
        rows = await tx.statement("SELECT status FROM occurrences ORDER BY occurrence_at")
    assert [row["status"] for row in rows] == ["skipped", "claimed"]


async def test_occurrences_outlive_their_schedule(database: Database) -> None:
    async with database.transaction() as tx:
        number = await schedules.set(tx, "reminder", 7, 100, ROME)
        await schedules.claim(tx, number, 100, 101)
        assert await schedules.remove(tx, "reminder", 7)
        assert not await schedules.remove(tx, "reminder", 7)
        assert not await schedules.claim(tx, number, 100, 102)
        again = await schedules.set(tx, "reminder", 7, 100, ROME)
    assert again != number  # an id never comes back


async def test_what_fell_due_long_ago_is_forgotten_some_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedules, "MOST_PRUNED", 2)
    async with database.transaction() as tx:
        for at in (100, 200, 300, 400):
            assert await schedules.claim(tx, 7, at, at)
        assert await schedules.prune(tx, 400) == 2
        assert await schedules.prune(tx, 400) == 1
        assert await schedules.prune(tx, 400) == 0
        assert not await schedules.claim(tx, 7, 400, 500), "what was lately is remembered"
