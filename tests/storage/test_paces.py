from __future__ import annotations

from storage import paces
from storage.engine.database import Database
from storage.paces import PACES, Pace


async def test_what_left_is_known_to_all(database: Database) -> None:
    async with database.alone(PACES) as tx:
        assert await paces.find(tx, 7) == Pace()
        await paces.note(tx, 7, Pace((1_000, 2_000), 0))
        await paces.note(tx, 8, Pace((), 9_000))
        await paces.note(tx, 7, Pace((2_000, 3_000), 0))
    async with database.reading() as tx:
        assert await paces.find(tx, 7) == Pace((2_000, 3_000), 0)
        assert await paces.find(tx, 8) == Pace((), 9_000)


async def test_what_is_over_is_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        await paces.note(tx, 7, Pace((1_000, 2_000), 0))
        await paces.note(tx, 8, Pace((1_000,), 9_000))
        assert await paces.prune(tx, 2_000) == 0
        assert await paces.prune(tx, 2_001) == 1
        assert await paces.find(tx, 7) == Pace()
        assert await paces.find(tx, 8) == Pace((1_000,), 9_000)
