from __future__ import annotations

from kit.centre_rows import add_centre

from storage import assemblies, points, sessions
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.points import AgendaItem

NOW = 1_000


async def meeting(tx: Transaction) -> tuple[int, AgendaItem]:
    """An assembly with one point, fixed and not open yet."""
    await add_centre(tx, 1)
    made = await assemblies.convene(
        tx, centre_id=1, starts_at=NOW, place=None, convened_by=1, now=NOW
    )
    await points.freeze(tx, made.id, [], NOW, [("report", "The groups")])
    [item] = await points.items(tx, made.id)
    return made.id, item


async def test_points_and_assemblies_get_their_time_until_they_are_over(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        made, item = await meeting(tx)
        assert item.planned_minutes is None
        assert await sessions.plan_minutes(tx, 1, item.id, 20)
        assert await sessions.set_length(tx, 1, made, 90)
        await sessions.begin(tx, 1, made, NOW)
        [item] = await points.items(tx, made)
        found = await assemblies.by_id(tx, made)
        assert found is not None
        assert (item.planned_minutes, found.length_minutes, found.point_since) == (20, 90, NOW)
        assert await sessions.plan_minutes(tx, 1, item.id, None)
        assert await sessions.set_length(tx, 1, made, 120)
        await sessions.close(tx, 1, made, NOW + 60)
        assert not await sessions.plan_minutes(tx, 1, item.id, 5)
        assert not await sessions.set_length(tx, 1, made, 60)
        [item] = await points.items(tx, made)
        found = await assemblies.by_id(tx, made)
        assert found is not None
        assert (item.planned_minutes, found.length_minutes, found.point_since) == (None, 120, None)


async def test_another_centre_gives_them_none(database: Database) -> None:
    async with database.transaction() as tx:
        made, item = await meeting(tx)
        assert not await sessions.plan_minutes(tx, 2, item.id, 20)
        assert not await sessions.set_length(tx, 2, made, 90)
