from __future__ import annotations

from kit.centre_rows import add_centre

from assembly.openings import Chosen, Opening
from storage import assemblies, openings, points, sessions
from storage.engine.database import Database
from storage.points import Kind

NOW = 1_000


async def test_what_a_centre_chooses_holds_there_and_nowhere_else(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        assert await openings.of(tx, 1) == {}
        words = Chosen(True, "How is everybody today?")
        await openings.choose(tx, 1, Opening.ROUND, words)
        await openings.choose(tx, 1, Opening.BREAK, Chosen(True, None, 45))
        assert await openings.of(tx, 1) == {
            Opening.ROUND: words,
            Opening.BREAK: Chosen(True, None, 45),
        }
        await openings.choose(tx, 1, Opening.ROUND, Chosen(False))
        assert (await openings.of(tx, 1))[Opening.ROUND] == Chosen(False)
        assert await openings.of(tx, 2) == {}


async def test_openings_come_before_the_proposals_and_a_break_in_the_open_one(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 1)
        made = await assemblies.convene(
            tx, centre_id=1, starts_at=NOW, place=None, convened_by=1, now=NOW
        )
        before: list[tuple[Kind, str]] = [("opening", "How are we?"), ("report", "The groups")]
        assert await points.freeze(tx, made.id, [], NOW, before)
        items = await points.items(tx, made.id)
        assert [(each.position, each.kind, each.title) for each in items] == [
            (1, "opening", "How are we?"),
            (2, "report", "The groups"),
        ]
        assert not any(each.is_listed or each.gone for each in items)
        assert not await openings.plan_break(tx, made.id, NOW + 60), "not open yet"
        await sessions.begin(tx, 1, made.id, NOW)
        assert await openings.plan_break(tx, made.id, NOW + 60)
        found = await assemblies.find(tx, 1, made.id)
        assert found is not None and found.break_at == NOW + 60
