from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from kit.migrated_files import put_file

from storage.engine.database import Database
from storage.engine.errors import Conflict, StorageError
from storage.engine.opening import open_database
from storage.secrets.cipher import seal
from storage.secrets.keys import KeyDestroyed, KeyStore
from storage.secrets.ledger import Entry, Ledger

Opener = Callable[..., Awaitable[Database]]

MASTER = bytes(range(32))


async def no_pause(seconds: float) -> None:
    assert seconds > 0


@pytest.fixture
def store(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, MASTER, sleep=no_pause)


@pytest.fixture
async def file_store(tmp_path: Path) -> AsyncIterator[KeyStore]:
    """In a SQLite file, whose bytes are looked at."""
    await put_file(tmp_path / "keys.db", "keys")
    database = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    yield KeyStore(database, MASTER, sleep=no_pause)
    await database.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_every_member_has_a_key_of_their_own(store: KeyStore) -> None:
    first, second = await store.create_key(1), await store.create_key(2)
    assert len(first) == 32
    assert first != second
    assert await store.key(1) == first


async def test_a_key_is_made_once(store: KeyStore) -> None:
    first = await store.create_key(1)
    assert await store.create_key(1) == first


async def test_a_destroyed_key_is_gone_for_good(store: KeyStore) -> None:
    first = await store.create_key(1)
    assert await store.destroy(1)
    with pytest.raises(KeyDestroyed):
        await store.key(1)
    assert await store.destroy(1)  # again, as after a crash
    assert await store.create_key(1) != first


async def test_a_key_never_made_is_told_alike(store: KeyStore) -> None:
    with pytest.raises(KeyDestroyed):
        await store.key(1)


async def test_keys_lie_wrapped(store: KeyStore) -> None:
    key = await store.create_key(1)
    async with store.database.reading() as tx:
        [row] = await tx.statement("SELECT wrapped FROM data_keys")
    assert key not in row["wrapped"]


async def test_another_master_key_opens_nothing(store: KeyStore) -> None:
    await store.create_key(1)
    with pytest.raises(StorageError, match="master key doesn't fit"):
        await KeyStore(store.database, bytes(32)).key(1)


async def test_a_wrapped_key_fits_its_member_only(store: KeyStore) -> None:
    await store.create_key(1)
    await store.create_key(2)
    async with store.database.transaction() as tx:
        await tx.statement(
            "UPDATE data_keys SET wrapped ="
            " (SELECT other.wrapped FROM data_keys AS other WHERE other.member_id = 1)"
            " WHERE member_id = 2"
        )
    with pytest.raises(StorageError, match="master key doesn't fit"):
        await store.key(2)


async def test_a_destroyed_key_leaves_no_trace_in_the_file(
    file_store: KeyStore, tmp_path: Path
) -> None:
    store = file_store
    await store.create_key(1)
    async with store.database.reading() as tx:
        wrapped = await tx.value("data_key", member_id=1)
    assert wrapped in on_disk(tmp_path)
    async with store.database.reading() as snapshot:
        assert await snapshot.value("data_key", member_id=1)
        assert not await store.destroy(1)  # somebody reads: gone, but not yet wiped
        assert wrapped in on_disk(tmp_path)
    assert await store.destroy(1)
    assert wrapped not in on_disk(tmp_path)


async def test_several_keys_at_once(store: KeyStore) -> None:
    made = {number: await store.create_key(number) for number in (3, 5, 8, 13)}
    wanted = {number: made[number] for number in (3, 8, 13)}
    assert await store.keys([13, 3, 8, 4]) == wanted
    assert await store.keys([]) == {}
    with pytest.raises(StorageError, match="master key doesn't fit"):
        await KeyStore(store.database, bytes(32)).keys([3])


async def test_keys_of_members_between_whom_others_are(store: KeyStore) -> None:
    everybody = range(1, 240)
    made = {member_id: await store.create_key(member_id) for member_id in everybody}
    for wanted in (everybody[::4], everybody[::100], everybody[7:60], [3]):
        assert await store.keys(wanted) == {each: made[each] for each in wanted}
    assert await store.keys([5, 1_000, 2_000_000]) == {5: made[5]}


async def test_keys_are_made_for_those_who_have_none(store: KeyStore) -> None:
    first = await store.create_key(3)
    found = await store.keys_of_all({8, 3, 5})
    assert (found[3], len({*found.values()})) == (first, 3)
    assert await store.keys([3, 5, 8]) == await store.keys_of_all([3, 5, 8]) == found
    assert await store.keys_of_all([]) == {}


async def test_a_ballot_key_lives_as_long_as_its_decision(store: KeyStore) -> None:
    first, second = await store.create_ballot_key(1), await store.create_ballot_key(2)
    assert (await store.ballot_key(1), await store.ballot_key(2)) == (first, second)
    assert await store.ballot_keys() == {1, 2}
    assert await store.destroy_ballot_key(1)
    assert await store.destroy_ballot_key(1)  # again, as after a crash
    with pytest.raises(KeyDestroyed):
        await store.ballot_key(1)
    assert await store.ballot_key(2) == second
    assert await store.ballot_keys() == {2}


async def test_a_ballot_key_s_leftover_is_replaced(store: KeyStore) -> None:
    first = await store.create_ballot_key(1)
    assert await store.ballot_key(1) == first
    second = await store.create_ballot_key(1)
    assert second != first
    assert await store.ballot_key(1) == second


async def test_a_ballot_key_that_another_process_destroyed(store: KeyStore) -> None:
    await store.create_ballot_key(1)
    key = await store.ballot_key(1)
    await KeyStore(store.database, MASTER).destroy_ballot_key(1)
    assert await store.ballot_key(1) == key  # remembered until the next tick
    assert await store.ballot_keys() == set()
    with pytest.raises(KeyDestroyed):
        await store.ballot_key(1)


async def test_a_ballot_key_fits_its_decision_only(store: KeyStore) -> None:
    await store.create_ballot_key(1)
    async with store.database.transaction() as tx:
        await tx.statement("UPDATE ballot_keys SET decision_id = 2")
    with pytest.raises(StorageError, match="master key doesn't fit"):
        await store.ballot_key(2)


async def test_destroyed_ballot_keys_leave_no_trace_in_the_file(
    file_store: KeyStore, tmp_path: Path
) -> None:
    store = file_store
    for decision_id in random.Random(3).sample(range(300), 300):  # pages split and are balanced
        await store.create_ballot_key(decision_id)
    async with store.database.reading() as tx:
        wrapped = {row["decision_id"]: row["wrapped"] for row in await tx.rows("ballot_keys")}
    assert all(each in on_disk(tmp_path) for each in wrapped.values())
    for decision_id in random.Random(4).sample(range(300), 20):
        async with store.database.reading() as snapshot:
            assert await snapshot.value("ballot_key", decision_id=decision_id)
            assert not await store.destroy_ballot_key(decision_id)  # somebody reads
        assert await store.destroy_ballot_key(decision_id)
        assert wrapped.pop(decision_id) not in on_disk(tmp_path)
    assert await store.ballot_keys() == wrapped.keys()


async def test_the_ledger_keeps_the_first_fact_about_a_subject(keys_database: Database) -> None:
    ledger = Ledger(keys_database)
    assert await ledger.append("release", "7:2025-W49", '{"c": 12}', 100)
    assert await ledger.append("release", "7:2025-W51", "{}", 200)
    assert await ledger.append("erased", "7:2025-W49", "{}", 300)
    assert not await ledger.append("release", "7:2025-W49", '{"c": 13}', 400)
    entries = await ledger.entries("release")
    assert [(entry.subject, entry.data, entry.at) for entry in entries] == [
        ("7:2025-W49", '{"c": 12}', 100),
        ("7:2025-W51", "{}", 200),
    ]
    assert await ledger.find("release", "7:2025-W51") == Entry(
        entries[1].id, "release", "7:2025-W51", 200, "{}"
    )
    assert await ledger.find("release", "8") is None


@pytest.mark.parametrize(
    "sql", ["UPDATE ledger SET data = '{}'", "DELETE FROM ledger WHERE kind = 'release'"]
)
async def test_the_ledger_can_only_grow(keys_database: Database, sql: str) -> None:
    ledger = Ledger(keys_database)
    await ledger.append("release", "7", '{"c": 12}', 100)
    with pytest.raises(Conflict):
        async with keys_database.transaction() as tx:
            await tx.statement(sql)
    assert [entry.data for entry in await ledger.entries("release")] == ['{"c": 12}']


def test_a_wrong_master_key_is_no_key() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(b"short", b"text", b"")
