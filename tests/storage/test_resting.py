from __future__ import annotations

import pytest

from assembly.roles import Role
from storage import centres, members, people, resting
from storage.engine.database import Database
from storage.members import Member
from storage.secrets.keys import KeyStore


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


@pytest.fixture
async def anna(database: Database, keys: KeyStore) -> Member:
    async with database.transaction() as tx:
        centre = await centres.add(
            tx, chat_id=-1, name="Aurora", language="it", zone="Europe/Rome", now=1
        )
        await people.meet(tx, 5, "it", 1)
        await keys.create_key(1)
        return await members.add(
            tx, centre_id=centre.id, telegram_id=5, role=Role.USER, name="Anna", now=1
        )


async def noted(database: Database) -> list[str]:
    async with database.reading() as tx:
        return [row["kind"] for row in await tx.rows("pending_endings")]


async def test_the_ledger_is_to_be_told_of_rest_and_of_its_end(
    database: Database, keys: KeyStore, anna: Member
) -> None:
    async with database.transaction() as tx:
        assert not await resting.lift(tx, keys, anna, 8)
        await resting.restrict(tx, keys, anna, 9)
        await resting.restrict(tx, keys, anna, 10)
        assert await members.is_restricted(tx, anna.id)
    assert await noted(database) == ["use restricted"]
    async with database.transaction() as tx:
        assert await resting.lift(tx, keys, anna, 11)
        assert not await members.is_restricted(tx, anna.id)
    assert await noted(database) == ["restriction lifted", "use restricted"]


async def test_the_ledger_is_to_be_told_of_an_objection_and_of_its_end(
    database: Database, keys: KeyStore, anna: Member
) -> None:
    for on, told in ((True, 0), (False, 1), (False, 1), (True, 2)):
        async with database.transaction() as tx:
            await resting.count_answers(tx, keys, anna, on, 9)
            assert await members.answers_count(tx, anna.id) == on
        assert len(await noted(database)) == told
