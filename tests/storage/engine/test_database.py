from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from storage import updates
from storage.engine import schema
from storage.engine.database import ATTEMPTS, Database
from storage.engine.errors import Conflict, StorageError, Transient
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction

Opener = Callable[..., Awaitable[Database]]


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
    async with database.reading():
        with pytest.raises(StorageError, match="open already"):
            async with database.reading():
                pass
    assert await marks(database) == []
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


async def test_transient_work_is_done_again_with_growing_pauses(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    database = await open_database(await fresh_url(), sleep=note)
    await schema.migrate(database)
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


async def test_its_clock_is_that_of_all(database: Database) -> None:
    before = time.time()
    async with database.reading() as tx:
        moment = await tx.moment()
    assert before - 0.01 <= moment <= time.time() + 0.01  # SQLite has milliseconds


async def test_whoever_counts_sees_each_transaction_however_it_ends(database: Database) -> None:
    seen: list[str] = []

    @contextmanager
    def watching() -> Iterator[None]:
        seen.append("begins")
        try:
            yield
        finally:
            seen.append("ends")

    database.watching = watching
    async with database.transaction() as tx:
        await tx.statement("SELECT 1")
        assert seen == ["begins"]
    async with database.reading() as tx:
        await tx.statement("SELECT 1")
    with pytest.raises(ZeroDivisionError):
        async with database.transaction():
            raise ZeroDivisionError
    async with database.in_turn(7, 1) as begin, begin() as tx:
        await tx.statement("SELECT 1")
    assert seen == ["begins", "ends"] * 4
