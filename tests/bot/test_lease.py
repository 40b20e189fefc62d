"""The lease of several processes: one has it, another one takes over, whoever lost it knows."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.running_bot import LeapingClock

from bot.lease import ALONE, ANSWERS, EVERY, SECONDS, STANDS_BY, Leading, Lease
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.opening import open_database

Opener = Callable[[], Awaitable[Database]]


@pytest.fixture
async def opened(postgres_url: Callable[[str], Awaitable[str]]) -> AsyncIterator[Opener]:
    """Connections of one process after the other to the same database."""
    url = await postgres_url("main")
    async with AsyncExitStack() as stack:

        async def open_one() -> Database:
            database = await open_database(url)
            stack.push_async_callback(database.close)
            return database

        yield open_one


async def ends(database: Database) -> None:
    """As if its time were over by the database's clock."""
    async with database.transaction() as tx:
        await tx.statement("UPDATE lease SET until_at = 0")


async def still_has(lease: Leading, database: Database) -> bool:
    async with database.transaction() as tx:
        return await lease.still_has(tx)


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock(1_000)


async def test_one_has_it_and_the_other_knows_who(
    opened: Opener, clock: LeapingClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    one, other = [Lease(await opened(), "webhook", clock) for _ in range(2)]
    for _ in range(2):
        await one.look()
        await other.look()
    assert (one.held, other.held) == (True, False)
    assert one.other is None
    assert other.other is not None
    assert other.other.mode == "webhook"
    how = [record.getMessage() for record in caplog.records if record.levelname == "INFO"]
    assert how == ["this process sends what is due and looks at the schedule", ANSWERS]


async def test_a_database_that_stays_away_is_told_once_and_its_end(
    opened: Opener,
    clock: LeapingClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def away(*_: object) -> object:
        raise Transient("the database can't be reached: the connection is refused")

    caplog.set_level("INFO")
    database = await opened()
    lease = Lease(database, "webhook", clock)
    with monkeypatch.context() as patch:
        patch.setattr(database, "alone", away)
        for _ in range(3):
            await lease.look()
            clock.move(EVERY)
    await lease.look()
    assert [each for each in caplog.messages if "lease" in each] == [
        "the lease can't be renewed: the database can't be reached: the connection is refused",
        "the lease can be renewed again, after 12 s",
    ]


async def test_another_one_takes_over_from_whoever_died(
    opened: Opener, clock: LeapingClock
) -> None:
    """Within 30 s: the lease is over after 15 by the database's clock, and looked at every 4."""
    database = await opened()
    one, other = [Lease(database, "webhook", clock) for _ in range(2)]
    await one.look()
    taken = asyncio.Event()
    await ends(database)
    running = asyncio.create_task(other.run(taken.set))
    await taken.wait()
    running.cancel()
    assert other.held
    assert SECONDS + EVERY < 30
    assert not await still_has(one, database)  # by the fence, though its own time is not over
    assert await still_has(other, database)


async def test_whoever_stood_still_knows_by_its_own_clock(
    opened: Opener, clock: LeapingClock
) -> None:
    database = await opened()
    lease = Lease(database, "webhook", clock)
    await lease.look()
    clock.move(SECONDS - 1.5)
    assert lease.held
    clock.move(0.5)
    assert not lease.held
    assert not await still_has(lease, database)
    await lease.look()
    assert lease.held


@pytest.mark.parametrize("apart", [-40, 40])
async def test_a_clock_that_goes_wrong_is_told_once(
    opened: Opener, clock: LeapingClock, caplog: pytest.LogCaptureFixture, apart: int
) -> None:
    database = await opened()
    async with database.reading() as tx:
        clock.move(await tx.moment() - clock.now())
    lease = Lease(database, "webhook", clock)
    await lease.look()
    assert caplog.messages == []
    lease._clock = LeapingClock(clock.now() + apart)
    for _ in range(2):
        await lease.look()
    [told] = caplog.messages
    assert re.fullmatch(
        r"this machine's clock and the database's are (39|4\d) s apart: set both", told
    )


async def test_whoever_renews_it_is_told_nothing_anew(opened: Opener, clock: LeapingClock) -> None:
    lease, taken = Lease(await opened(), "webhook", clock), list[float]()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.5):
            await lease.run(lambda: taken.append(clock.now()))
    assert clock.now() > 1_000 + EVERY
    assert taken == [1_000]


async def test_at_the_end_it_is_given_up(opened: Opener, clock: LeapingClock) -> None:
    one, other = [Lease(await opened(), "polling", clock) for _ in range(2)]
    await one.look()
    await other.give_up()  # it has nothing to give
    await one.give_up()
    await other.look()
    assert (one.held, other.held) == (False, True)


async def test_a_database_that_is_away_lets_it_end(
    opened: Opener, clock: LeapingClock, caplog: pytest.LogCaptureFixture
) -> None:
    database = await opened()
    lease = Lease(database, "webhook", clock)
    await lease.look()
    await database.close()
    await lease.look()
    assert lease.held
    assert "the lease can't be renewed" in caplog.text
    clock.move(SECONDS)
    assert not lease.held
    await lease.give_up()
    clock = LeapingClock(5_000)
    other = Lease(await opened(), "polling", clock)
    caplog.set_level("INFO")
    await other.look()
    assert caplog.messages[-1] == STANDS_BY
    other._until = 6_000
    await database.close()
    other._database = database
    await other.give_up()
    assert "the lease ends by itself" in caplog.text


async def test_with_sqlite_there_is_one_process(tmp_path: Path, clock: LeapingClock) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/voci.db")
    both: tuple[Leading, ...] = (Lease(database, "polling", clock), ALONE)
    for each in both:
        assert (each.shared, each.held) == (False, True)
        assert await still_has(each, database)
    lease = Lease(database, "polling", clock)
    await lease.look()
    await lease.run(lambda: pytest.fail("there is nothing to take"))
    await lease.give_up()
    assert lease.held
    await database.close()
