from __future__ import annotations

from storage import lease
from storage.engine.database import Database
from storage.lease import LEASE, Held


async def take(database: Database, holder: str, now: float) -> Held:
    async with database.alone(LEASE) as tx:
        return await lease.take(tx, holder, "webhook", now, 15)


async def has(database: Database, holder: str, fence: int) -> bool:
    async with database.reading() as tx:
        return await lease.has(tx, holder, fence)


async def test_one_has_it_until_it_is_over(database: Database) -> None:
    assert await take(database, "one", 1_000.9) == Held("one", "webhook", 1, 1_015)
    assert (await take(database, "other", 1_014.9)).holder == "one"
    assert await take(database, "other", 1_015.0) == Held("other", "webhook", 2, 1_030)
    assert (await take(database, "one", 1_016)).holder == "other"


async def test_whoever_has_it_renews_it_under_the_same_fence(database: Database) -> None:
    for now in (1_000, 1_010, 1_400):  # the last time it was over, and nobody had taken it
        held = await take(database, "one", now)
        assert held.fence == 1
        assert held.until == now + 15


async def test_a_former_holder_is_told_by_its_fence(database: Database) -> None:
    assert not await has(database, "one", 1)
    await take(database, "one", 1_000)
    assert await has(database, "one", 1)
    await take(database, "other", 2_000)
    assert not await has(database, "one", 1)
    assert await has(database, "other", 2)


async def test_a_former_holder_is_told_where_a_fence_is_counted_again(database: Database) -> None:
    """A server that took over does not know of the last commits of the one that was lost."""
    await take(database, "one", 1_000)
    async with database.transaction() as tx:
        await tx.statement("DELETE FROM lease")
    await take(database, "other", 1_001)
    assert await has(database, "other", 1)
    assert not await has(database, "one", 1)
    async with database.transaction() as tx:
        await lease.give_up(tx, "one", 1)
    assert (await take(database, "one", 1_002)).holder == "other"


async def test_whoever_gives_it_up_lets_the_next_one_take_it(database: Database) -> None:
    await take(database, "one", 1_000)
    async with database.transaction() as tx:
        await lease.give_up(tx, "one", 7)  # somebody else's: nothing
    assert (await take(database, "other", 1_001)).holder == "one"
    async with database.transaction() as tx:
        await lease.give_up(tx, "one", 1)
    assert (await take(database, "other", 1_001)).fence == 2


async def test_before_the_first_nobody_has_it(database: Database) -> None:
    async with database.reading() as tx:
        assert await lease.find(tx) is None
