from __future__ import annotations

from storage import setups
from storage.engine.database import Database
from storage.setups import Setup


async def test_a_setup_goes_from_question_to_question(database: Database) -> None:
    async with database.transaction() as tx:
        await setups.begin(tx, -7, 100)
        assert await setups.find(tx, -7) == Setup(-7, None, None)
        assert await setups.choose_language(tx, -7, "it", 101)
        await setups.begin(tx, -7, 102)
        assert await setups.choose_zone(tx, -7, "Europe/Rome", 103)
        assert await setups.find(tx, -7) == Setup(-7, "it", "Europe/Rome")


async def test_a_setup_ends_once(database: Database) -> None:
    async with database.transaction() as tx:
        await setups.begin(tx, -7, 100)
        assert await setups.end(tx, -7)
        assert not await setups.end(tx, -7)
        assert await setups.find(tx, -7) is None
        assert not await setups.choose_language(tx, -7, "it", 101)
        assert not await setups.choose_zone(tx, -7, "Europe/Rome", 101)


async def test_a_setup_follows_its_group(database: Database) -> None:
    async with database.transaction() as tx:
        await setups.begin(tx, -7, 100)
        await setups.choose_language(tx, -7, "de", 101)
        await setups.move(tx, -7, -1007)
        await setups.move(tx, -8, -1008)
        assert await setups.find(tx, -7) is None
        assert await setups.find(tx, -1007) == Setup(-1007, "de", None)
        assert await setups.find(tx, -1008) is None
