from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from storage import updates
from storage.database import ATTEMPTS, Database, Transaction, open_database, to_the_end
from storage.errors import Conflict, StorageError, Transient

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


async def test_what_is_committed_is_there(database: Database) -> None:
    async with database.transaction() as tx:
        await updates.mark(tx, 1, 5, 10)
    assert await marks(database) == [5]


async def test_an_exception_takes_everything_back(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await updates.mark(tx, 1, 5, 10)
        raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        await database.run(work)
    assert await marks(database) == []


async def test_rows_are_read_by_column(database: Database) -> None:
    async with database.reading() as tx:
        rows = await tx.rows("applied_migrations")
    assert rows[0]["name"] == "0001_foundation"
    assert list(rows[0].keys()) == ["version", "name", "checksum", "applied_at"]


async def test_run_counts_affected_rows(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(3):
            assert await updates.mark(tx, 1, number, number)
        assert await tx.run("prune_updates", before=2) == 2
        assert await tx.run("prune_updates", before=2) == 0


async def test_no_row_is_none(database: Database) -> None:
    async with database.reading() as tx:
        assert await tx.row("person", telegram_id=1) is None
        assert await tx.value("current_centre_of", telegram_id=1) is None
        assert await tx.rows("all_centres") == []


async def test_only_the_declared_parameters_are_taken(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(StorageError, match="takes"):
            await tx.run("prune_updates")
        with pytest.raises(StorageError, match="takes"):
            await tx.run("prune_updates", before=1, after=2)


async def test_a_query_is_called_by_its_operator(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(KeyError):
            await tx.row("prune_updates", before=1)
        with pytest.raises(KeyError):
            await tx.run("no_such_query")


async def test_a_transaction_that_is_over_runs_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await updates.mark(tx, 1, 5, 10)
    with pytest.raises(StorageError, match="over"):
        await updates.mark(tx, 1, 6, 10)
    async with database.reading() as snapshot:
        pass
    with pytest.raises(StorageError, match="over"):
        await snapshot.rows("all_centres")


async def test_a_task_does_not_wait_for_itself(database: Database) -> None:
    async with database.transaction():
        with pytest.raises(StorageError, match="open already"):
            async with database.transaction():
                pass
    async with database.transaction() as tx:  # and nothing stays locked
        assert await updates.mark(tx, 1, 5, 10)


async def test_a_reader_sees_what_is_committed_and_waits_for_nobody(database: Database) -> None:
    async with database.transaction() as tx:
        await updates.mark(tx, 1, 5, 10)
        assert await marks(database) == []
    assert await marks(database) == [5]


async def test_a_reader_keeps_its_snapshot(database: Database) -> None:
    async with database.reading() as snapshot:
        before = await snapshot.statement("SELECT COUNT(*) AS n FROM updates")
        async with database.transaction() as tx:
            await updates.mark(tx, 1, 5, 10)
        after = await snapshot.statement("SELECT COUNT(*) AS n FROM updates")
    assert (before[0]["n"], after[0]["n"]) == (0, 0)


async def test_a_reader_writes_nothing(database: Database) -> None:
    with pytest.raises(StorageError):
        async with database.reading() as tx:
            await updates.mark(tx, 1, 5, 10)
    assert await marks(database) == []


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


async def test_transient_work_is_done_again_with_growing_pauses(fresh_url: Opener) -> None:
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    database = await open_database(await fresh_url(), sleep=note)
    await database.migrate()
    tries = 0

    async def work(tx: Transaction) -> int:
        nonlocal tries
        tries += 1
        assert await updates.mark(tx, 1, 5, 10)  # the failed try's mark is gone
        if tries < 4:
            raise Transient("locked")
        return tries

    try:
        assert await database.run(work) == 4
        assert pauses == [0.01, 0.02, 0.04]
        assert await marks(database) == [5]
    finally:
        await database.close()


async def test_transient_work_is_given_up_in_the_end(database: Database) -> None:
    tries = 0

    async def work(tx: Transaction) -> None:
        nonlocal tries
        tries += 1
        raise Transient("disk full")

    with pytest.raises(Transient, match="disk full"):
        await database.run(work)
    assert tries == ATTEMPTS


async def test_a_conflict_is_not_tried_again(database: Database) -> None:
    tries = 0

    async def work(tx: Transaction) -> None:
        nonlocal tries
        tries += 1
        await tx.run("add_facilitator", member_id=99, since=1, until=None)
        await tx.statement("SELECT 1")

    with pytest.raises(Conflict):
        await database.run(work)
    assert tries == 1


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


@pytest.mark.parametrize(
    "url", ["", "voci.db", "sqlite://", "sqlite:///", "sqlite://voci.db", "mysql://localhost/voci"]
)
async def test_an_address_that_is_none_is_explained(url: str) -> None:
    with pytest.raises(StorageError, match="sqlite:///file"):
        await open_database(url)


async def test_closing_leaves_no_thread(opener: Opener) -> None:
    before = set(threading.enumerate())
    database = await opener()
    started = set(threading.enumerate()) - before
    await database.close()
    for thread in started:
        thread.join(10)
    assert [thread for thread in started if thread.is_alive()] == []
