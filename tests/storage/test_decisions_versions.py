from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, put_question

from assembly.rule import DecisionMethod, Rule
from storage import decisions
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

CENTRE, OTHER = 1, 2


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


@pytest.fixture
async def centres(database: Database) -> Database:
    async with database.transaction() as tx:
        for centre_id in (CENTRE, OTHER):
            await add_centre(tx, centre_id=centre_id)
    return database


async def put(tx: Transaction, keys: KeyStore, previous_id: int | None = None) -> int:
    return await put_question(
        tx,
        keys,
        Rule(DecisionMethod.CONSENT),
        centre_id=CENTRE,
        question="Do we try it?",
        now=0,
        previous_id=previous_id,
    )


async def test_a_version_leads_to_the_next(centres: Database, keys: KeyStore) -> None:
    async with centres.transaction() as tx:
        first = await put(tx, keys)
        assert await decisions.next_version(tx, CENTRE, first) is None
        second = await put(tx, keys, previous_id=first)
        assert await decisions.next_version(tx, CENTRE, first) == second
        assert await decisions.next_version(tx, CENTRE, second) is None
        assert await decisions.next_version(tx, OTHER, first) is None
        found = await decisions.get(tx, CENTRE, second)
    assert found is not None and (found.version, found.previous_id) == (2, first)


async def test_a_cancelled_version_leaves_room_for_another(
    centres: Database, keys: KeyStore
) -> None:
    async with centres.transaction() as tx:
        first = await put(tx, keys)
        second = await put(tx, keys, previous_id=first)
        await decisions.cancel(tx, CENTRE, second, "Too early", 1)
        assert await decisions.next_version(tx, CENTRE, first) is None
        third = await put(tx, keys, previous_id=first)
        assert await decisions.next_version(tx, CENTRE, first) == third
