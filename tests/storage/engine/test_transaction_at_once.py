"""Many transactions at once: none sees, loses or takes back what is another's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from storage import updates
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.transaction import Transaction

Opener = Callable[..., Awaitable[Database]]

COUNTER = "CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL)"


async def begin_counting(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.statement(COUNTER)
        await tx.statement("INSERT INTO counter (id, n) VALUES (1, 0)")


async def counted(tx: Transaction) -> int:
    return int((await tx.statement("SELECT n FROM counter WHERE id = 1"))[0]["n"])


async def count_to(tx: Transaction, n: int) -> None:
    await tx.statement(f"UPDATE counter SET n = {n} WHERE id = 1")


async def insist(database: Database, work: Callable[[Transaction], Awaitable[None]]) -> None:
    """As the intake does: work that met somebody else in all its attempts comes again."""
    while True:
        try:
            return await database.run(work)
        except Transient:
            await asyncio.sleep(0)


async def marks(database: Database) -> list[int]:
    async with database.reading() as tx:
        rows = await tx.statement("SELECT update_id FROM updates ORDER BY update_id")
    return [row["update_id"] for row in rows]


async def test_rolling_back_takes_nothing_of_others(database: Database) -> None:
    """Twenty transactions at once, every other one fails after its write."""

    async def work(number: int) -> None:
        async def write(tx: Transaction) -> None:
            await updates.mark(tx, 1, number, 10)
            await asyncio.sleep(0)
            if number % 2:
                raise RuntimeError

        await database.run(write)

    results = await asyncio.gather(*map(work, range(20)), return_exceptions=True)
    assert [isinstance(result, RuntimeError) for result in results] == [False, True] * 10
    assert await marks(database) == list(range(0, 20, 2))


async def test_counting_at_once_loses_nothing(database: Database) -> None:
    """Read, wait, write: what READ COMMITTED would lose."""
    await begin_counting(database)

    async def add_one(tx: Transaction) -> None:
        n = await counted(tx)
        await asyncio.sleep(0)
        await count_to(tx, n + 1)

    async def person() -> None:
        for _ in range(5):
            await insist(database, add_one)

    await asyncio.gather(*(person() for _ in range(6)))
    async with database.reading() as tx:
        assert await counted(tx) == 30


async def test_two_connections_count_together(opener: Opener, fresh_url: Opener) -> None:
    """As two processes would."""
    url = await fresh_url()
    one, two = await opener("main", url), await opener("main", url)
    await begin_counting(one)

    async def add_one(tx: Transaction) -> None:
        await count_to(tx, await counted(tx) + 1)

    async def person(database: Database) -> None:
        for _ in range(10):
            await insist(database, add_one)

    await asyncio.gather(person(one), person(two))
    async with two.reading() as tx:
        assert await counted(tx) == 20


async def test_who_is_alone_is_never_asked_to_repeat(opener: Opener, fresh_url: Opener) -> None:
    """Read, wait, write, by two processes; nobody insists."""
    url = await fresh_url()
    one, two = await opener("main", url), await opener("main", url)
    await begin_counting(one)

    async def person(database: Database) -> None:
        for _ in range(10):
            async with database.alone(5) as tx:
                n = await counted(tx)
                await asyncio.sleep(0)
                await count_to(tx, n + 1)

    await asyncio.gather(person(one), person(two))
    async with two.reading() as tx:
        assert await counted(tx) == 20
