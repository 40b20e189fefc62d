"""Turns: whatever process asks for the same number gets it in order, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from storage import updates
from storage.engine import postgres_turns
from storage.engine.database import Database
from storage.engine.errors import Transient

Opener = Callable[..., Awaitable[Database]]
ANNA, BRUNO = 1 << 59, 7


@pytest.fixture
async def two(postgres_url: Callable[..., Awaitable[str]], opener: Opener) -> list[Database]:
    """Two processes on one PostgreSQL: on SQLite there is one, which keeps order by itself."""
    url = await postgres_url("main")
    return [await opener("main", url) for _ in range(2)]


@pytest.fixture
def engine() -> str:
    return "postgresql"


async def until_waits(database: Database) -> None:
    """Until somebody waits for a turn."""
    while True:
        async with database.reading() as tx:
            rows = await tx.statement(
                "SELECT 1 AS one FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            )
        if rows:
            return
        await asyncio.sleep(0.005)


async def test_the_second_waits_and_sees_what_the_first_did(two: list[Database]) -> None:
    one, other = two
    seen = []

    async def second() -> None:
        async with other.in_turn(ANNA, 1) as begin, begin() as tx:
            seen.append(await updates.mark(tx, 1, 5, 10))

    async with one.in_turn(ANNA, 1) as begin:
        task = asyncio.create_task(second())
        await until_waits(one)
        async with begin() as tx:
            assert await updates.mark(tx, 1, 5, 10)
        assert seen == []
    await task
    assert seen == [False]  # at once, without a conflict: its snapshot is younger than its turn


async def test_a_turn_is_kept_when_a_transaction_fails(two: list[Database]) -> None:
    one, other = two
    order = []

    async def second() -> None:
        async with other.in_turn(ANNA, 1) as begin, begin():
            order.append("second")

    async with one.in_turn(ANNA, 1) as begin:
        task = asyncio.create_task(second())
        await until_waits(one)
        with pytest.raises(Transient):
            async with begin():
                raise Transient("serialization failure")
        async with begin():
            order.append("first")
    await task
    assert order == ["first", "second"]


async def test_what_comes_at_the_same_moment_comes_in_the_order_of_its_ranks(
    two: list[Database],
) -> None:
    """The later update is there first; while it waits a little, the earlier one arrives."""
    one, other = two
    arrived = asyncio.Event()
    order = []

    async def a_little(_: float) -> None:
        await arrived.wait()

    async def arrives(_: float) -> None:
        arrived.set()

    one._sleep, other._sleep = arrives, a_little
    for each in two:
        each.several = True

    async def deal(database: Database, rank: int) -> None:
        async with database.in_turn(ANNA, rank) as begin, begin():
            order.append(rank)

    await asyncio.gather(deal(other, 8), deal(one, 7))
    assert order == [7, 8]
    await asyncio.gather(deal(one, 9), deal(other, 9))  # delivered twice
    assert order == [7, 8, 9, 9]


async def test_others_do_not_wait(two: list[Database]) -> None:
    one, other = two
    async with (
        one.in_turn(ANNA, 1) as begin,
        begin() as tx,
        other.in_turn(BRUNO, 1) as begin_other,
        begin_other() as tx_other,
    ):
        assert await updates.mark(tx, 1, 5, 10)
        assert await updates.mark(tx_other, 1, 6, 10)


async def test_whoever_is_cancelled_while_waiting_leaves_no_turn_behind(
    two: list[Database],
) -> None:
    one, other = two

    async def second() -> None:
        async with other.in_turn(ANNA, 1):
            raise AssertionError("it was not its turn")

    async with one.in_turn(ANNA, 1):
        task = asyncio.create_task(second())
        await until_waits(one)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with asyncio.timeout(10), one.in_turn(ANNA, 1), other.in_turn(BRUNO, 1):
        pass


async def test_a_process_that_dies_gives_its_turn_back(two: list[Database]) -> None:
    one, other = two

    async def dies() -> None:
        async with one.in_turn(ANNA, 1) as begin, begin() as tx:
            async with other.transaction() as killer:
                await killer.statement(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            await updates.mark(tx, 1, 5, 10)

    with pytest.raises(Transient):
        await dies()
    async with asyncio.timeout(10), other.in_turn(ANNA, 1) as begin, begin() as tx:
        assert await updates.mark(tx, 1, 5, 10)


async def test_whoever_stands_still_in_their_turn_takes_nobody_s_connection_for_ever(
    two: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_turns, "TIMEOUT", 50)
    one, other = two
    async with one.in_turn(ANNA, 1):
        with pytest.raises(Transient):
            async with other.in_turn(ANNA, 1):
                raise AssertionError("it was not its turn")
    async with other.in_turn(ANNA, 1) as begin, begin() as tx:
        assert await updates.mark(tx, 1, 5, 10)


async def test_one_connection_is_enough_for_a_turn(two: list[Database]) -> None:
    """Fifty people at once, with ten connections: nobody waits for a second one."""
    one, _ = two

    async def person(number: int) -> None:
        async with one.in_turn(number, 1) as begin, begin() as tx:
            await updates.mark(tx, 1, number, 10)

    async with asyncio.timeout(30):
        found = await asyncio.gather(*map(person, range(50)), return_exceptions=True)
    assert {type(each) for each in found} <= {type(None), Transient}


async def test_a_machine_that_is_cut_off_holds_nothing_for_ever(two: list[Database]) -> None:
    async with two[0].reading() as tx:
        [row] = await tx.statement("SHOW idle_in_transaction_session_timeout")
    assert row["idle_in_transaction_session_timeout"] == "20s"
