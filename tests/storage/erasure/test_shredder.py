from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from kit.wiping import shredder_of

from storage.engine import catalogue, schema
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyDestroyed, KeyStore


async def no_pause(seconds: float) -> None:
    assert seconds > 0


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32), sleep=no_pause)


async def decide(database: Database, decision_id: int, status: str) -> None:
    async with database.transaction() as tx:
        await tx.statement(
            "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
            "VALUES (1, -100, 'Aurora', 'it', 'Europe/Rome', 0) ON CONFLICT DO NOTHING"
        )
        await tx.statement(
            "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
            f" opened_at, status) VALUES ({decision_id}, 1, 'Shall we?', 1, 3, 0, '{status}')"
        )


class Log:
    """A database's log that answers as it is told."""

    subject = "main"

    def __init__(self, *answers: bool | Exception) -> None:
        self.answers = list(answers)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Log]:
        yield self

    async def value(self, query: str) -> None:
        assert query == "remains_left"  # there are none

    async def truncate_wal(self) -> bool:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_each_time_the_log_is_emptied(keys: KeyStore) -> None:
    log = Log(True, True)
    shredder = shredder_of(cast(Database, log), keys)
    await shredder.shred()
    await shredder.shred()
    assert log.answers == []


async def test_a_key_whose_destruction_broke_off_is_wiped_later(
    database: Database,
    keys: KeyStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The key may be gone already; that it stands in the log is known from nothing else."""
    shredder = shredder_of(database, keys)
    await shredder.shred()
    await decide(database, 1, "closed")
    await keys.create_ballot_key(1)
    wipe, wiped = keys.wipe_ballot_keys, list[bool]()

    async def breaks_off_once() -> bool:
        wiped.append(len(wiped) > 0)
        if not wiped[-1]:
            raise Transient("SQLITE_BUSY")
        return await wipe()

    monkeypatch.setattr(keys, "wipe_ballot_keys", breaks_off_once)
    await shredder.shred()
    assert "a ballot key was not destroyed: Transient" in caplog.text
    assert wiped == [False] and await keys.ballot_keys() == set()
    for _ in range(2):
        await shredder.shred()
    assert wiped == [False, True]


async def test_at_start_a_destroyed_key_may_still_be_in_the_log(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiped: list[bool] = []

    async def wipe() -> bool:
        wiped.append(len(wiped) > 0)
        return wiped[-1]

    monkeypatch.setattr(keys, "wipe_ballot_keys", wipe)
    shredder = shredder_of(database, keys)
    for _ in range(4):
        await shredder.shred()
    assert wiped == [False, True], "until it is wiped, then no more"


async def test_a_reader_that_stays_in_the_way_is_told_once(
    keys: KeyStore, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [False, False, False, False, True, False, False, True, False, False, False]
    shredder = shredder_of(cast(Database, Log(*answers)), keys)
    said = []
    for _ in answers:
        caplog.clear()
        await shredder.shred()
        said.append(caplog.messages)
    held = ["the log of the main database can't be emptied: it is being read"]
    assert said == [[], [], held, [], [], [], [], [], [], [], held]


async def test_a_failure_is_not_the_update_s_affair(
    keys: KeyStore, caplog: pytest.LogCaptureFixture
) -> None:
    log = Log(Transient("SQLITE_BUSY"), True)
    shredder = shredder_of(cast(Database, log), keys)
    await shredder.shred()
    assert caplog.messages == ["the log of the main database: Transient"]
    await shredder.shred()
    assert log.answers == []


async def test_on_both_engines(database: Database, keys: KeyStore) -> None:
    shredder = shredder_of(database, keys)
    await shredder.shred()
    assert await database.truncate_wal()


async def test_keys_of_what_is_over_are_destroyed(database: Database, keys: KeyStore) -> None:
    for decision_id, status in enumerate(("open", "closed", "cancelled", "void"), 1):
        await decide(database, decision_id, status)
    for decision_id in range(1, 6):  # of the fifth this database knows nothing
        await keys.create_ballot_key(decision_id)
        await keys.ballot_key(decision_id)
    keys.just_made.clear()  # as after a restart
    shredder = shredder_of(database, keys)
    await shredder.shred()
    assert await keys.ballot_keys() == {1, 5}
    with pytest.raises(KeyDestroyed):
        await keys.ballot_key(2)
    await decide(database, 5, "closed")
    await shredder.shred()  # at each tick
    assert await keys.ballot_keys() == {1}


async def test_keys_of_what_was_rolled_back_are_destroyed(
    database: Database, keys_database: Database, keys: KeyStore
) -> None:
    """But none that this process did not make: this database may be an old copy."""
    await KeyStore(keys_database, bytes(32), sleep=no_pause).create_ballot_key(7)
    await keys.create_ballot_key(5)
    await keys.create_ballot_key(6)
    await decide(database, 6, "open")
    shredder = shredder_of(database, keys)
    await shredder.shred()
    assert await keys.ballot_keys() == {6, 7}
    await database_is_lost(database)
    await shredder.shred()
    assert await keys.ballot_keys() == {6, 7}


async def test_what_was_rolled_back_is_wiped_too(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key is removed, and nothing else is owed at that moment."""
    shredder = shredder_of(database, keys)
    await shredder.shred()
    await keys.create_ballot_key(5)
    wipe, left = keys.wipe_ballot_keys, list[set[int]]()

    async def watched() -> bool:
        left.append(await keys.ballot_keys())
        return await wipe()

    monkeypatch.setattr(keys, "wipe_ballot_keys", watched)
    for _ in range(2):
        await shredder.shred()
    assert left == [set()]


async def database_is_lost(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.statement("DELETE FROM decisions")


async def test_a_key_waits_for_the_commit_that_needs_it(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, keep_still = asyncio.Event(), catalogue.keep_still

    async def watched(tx: Transaction, engine: str, table: str) -> None:
        looking.set()
        await keep_still(tx, engine, table)

    async def emptied() -> bool:
        return True

    monkeypatch.setattr(catalogue, "keep_still", watched)
    monkeypatch.setattr(database, "truncate_wal", emptied)  # that would wait for the commit too
    await decide(database, 1, "open")
    shredder = shredder_of(database, keys)
    await shredder.shred()  # nothing is owed any more: what it waits for is the commit
    async with database.transaction() as tx:
        await tx.statement(
            "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
            " opened_at) VALUES (2, 1, 'Shall we?', 1, 3, 0)"
        )
        await keys.create_ballot_key(2)
        waiting = asyncio.create_task(shredder.shred())
        async with asyncio.timeout(20):
            await looking.wait()
        for _ in range(200):
            await asyncio.sleep(0)
        assert not waiting.done()
    await waiting
    assert await keys.ballot_keys() == {2}
    assert keys.just_made == {2}
    await shredder.shred()
    assert keys.just_made == set()


async def test_a_reader_of_the_key_store_is_waited_for(database: Database, tmp_path: Path) -> None:
    store = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    await schema.migrate(store)
    keys = KeyStore(store, bytes(32), sleep=no_pause)
    shredder = shredder_of(database, keys)
    await shredder.shred()
    await decide(database, 1, "closed")
    await keys.create_ballot_key(1)
    async with store.reading() as tx:
        wrapped = await tx.value("ballot_key", decision_id=1)

    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("keys.db*"))

    reader = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    try:
        async with reader.reading() as tx:
            assert await tx.value("ballot_key", decision_id=1) == wrapped
            await shredder.shred()
            assert await keys.ballot_keys() == set()
            assert wrapped in on_disk()  # the log could not be truncated
        await shredder.shred()
        assert wrapped not in on_disk()
    finally:
        await reader.close()
        await store.close()


async def test_what_is_as_it_was_is_not_looked_at_one_by_one(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for decision_id in (1, 2, 3):
        await decide(database, decision_id, "open")
        await keys.create_ballot_key(decision_id)
    shredder, looked = shredder_of(database, keys), []
    for _ in range(2):
        await shredder.shred()
    all_of_them = keys.ballot_keys

    async def counted() -> set[int]:
        looked.append(1)
        return await all_of_them()

    monkeypatch.setattr(keys, "ballot_keys", counted)
    await shredder.shred()
    assert looked == []
    async with database.transaction() as tx:  # as another process does, which then dies
        await tx.value("cancel_decision", centre_id=1, decision_id=2, closed_at=9, reason="")
    await shredder.shred()
    assert looked
    assert await all_of_them() == {1, 3}
