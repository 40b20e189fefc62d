"""What a start looks for: what the ledger knows and this database may not, and nothing else."""

from __future__ import annotations

import pytest
from kit.erasing_rows import HERS, MEMBER, OTHERS, TELEGRAM, carry_to_the_end, fill, herself
from kit.wiping import eraser_of

from storage import endings
from storage.endings import Ending
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.erasure import erasing, hearing
from storage.erasure.ending_again import end_again
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

RESTORED = 9_000


@pytest.fixture
async def keys(database: Database, keys_database: Database) -> KeyStore:
    keys = KeyStore(keys_database, bytes(32))
    await keys.create_key(MEMBER)
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
    await pair.join(database, keys_database)
    return keys


async def erase(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await erasing.erase(tx, keys, await herself(tx), 100)


async def left(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        subject = endings.of_member(await herself(tx))
        await endings.note(tx, keys, Ending.MEMBERSHIP, subject, 100)


async def heard(database: Database) -> int:
    async with database.reading() as tx:
        return int(await tx.value("heard"))


async def kinds(database: Database, keys: KeyStore) -> list[str]:
    """What a start looks for."""
    known = await hearing.on_their_way(database)
    unheard = await hearing.unheard(database, keys.database)
    return [each.kind for each in unheard if each.subject not in known]


async def start(database: Database, keys: KeyStore) -> int:
    """As bot/recovering.py does; how much ended again."""
    keys.database.listened = False
    highest = await Ledger(keys.database).highest()
    count = await erasing.erase_again(database, keys, RESTORED)
    count += await end_again(database, keys, RESTORED)
    await hearing.all_heard(database, keys.database, highest)
    return count


async def test_what_a_start_has_heard_no_start_looks_for_again(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await left(database, keys)
    await endings.carry(database, keys)
    assert await kinds(database, keys) == [Ending.MEMBERSHIP.value]
    assert await start(database, keys) == 1
    assert await kinds(database, keys) == []

    async def everybody(tx: object) -> None:
        raise AssertionError("nobody is to be looked at")

    monkeypatch.setattr("storage.erasure.ending_again.end_marked", everybody)
    monkeypatch.setattr("storage.erasure.erasing.erase_marked", everybody)
    assert await start(database, keys) == 0


@pytest.mark.parametrize("killed", ["before the ledger knows", "before the row goes", "after it"])
async def test_a_kill_leaves_nothing_to_look_for(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch, killed: str
) -> None:
    await start(database, keys)
    await left(database, keys)
    await erase(database, keys)
    if killed == "before the row goes":
        with monkeypatch.context() as patch:

            async def run(*_: object) -> None:
                raise StorageError("killed")

            patch.setattr(database, "run", run)
            await eraser_of(database, keys).catch_up()
        assert len(await Ledger(keys.database).entries("member erased")) == 1
    elif killed == "after it":
        await carry_to_the_end(database, keys)
    assert await kinds(database, keys) == []


async def test_a_database_from_before_is_told_what_came_since(
    database: Database, keys: KeyStore
) -> None:
    await left(database, keys)
    await endings.carry(database, keys)
    await start(database, keys)
    before = await heard(database)
    assert before == 1
    await erase(database, keys)
    await carry_to_the_end(database, keys)
    assert await heard(database) == await Ledger(keys.database).highest() > before
    async with database.transaction() as tx:  # what was in a copy of before
        await tx.run("put_heard", heard=before)
        await tx.statement(
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at) "
            f"VALUES ({MEMBER}, 1, {TELEGRAM}, 'user', 'Anna', 'left', 5)"
        )
    assert "member erased" in await kinds(database, keys)
    assert await start(database, keys) == 1


async def test_a_start_that_fails_notes_nothing(database: Database, keys: KeyStore) -> None:
    """Its databases are closed, and what is not noted is noted before that (bot/stores.py)."""
    await left(database, keys)
    await endings.carry(database, keys)
    await pair.catch_up(database, keys.database)
    assert await heard(database) == 0
    assert await kinds(database, keys) == [Ending.MEMBERSHIP.value]
    await start(database, keys)
    await Ledger(keys.database).append("decision closed", "7", "closed", 5)
    await pair.catch_up(database, keys.database)
    assert await heard(database) == 2, "a tick notes it where the start is through"


async def test_another_ledger_begins_at_its_beginning(database: Database, keys: KeyStore) -> None:
    await left(database, keys)
    await endings.carry(database, keys)
    await start(database, keys)
    assert await heard(database) == 1
    async with database.transaction() as tx:
        await tx.run("put_pair", id="another", changes=9)
    assert await heard(database) == 0


async def test_an_older_ledger_is_not_taken_to_be_heard_further_than_it_goes(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await tx.run("put_heard", heard=50)
    await start(database, keys)
    assert await heard(database) == 0
