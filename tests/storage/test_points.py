from __future__ import annotations

from kit.assembly_rows import HOUR, NOW, a_centre, a_member, a_proposal, convened, opened

from storage import assemblies, points, proposals, sessions
from storage.engine.database import Database


async def test_the_agenda_is_frozen_once(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        made = await convened(tx, centre, member)
        ids = [await a_proposal(tx, centre, member, title) for title in ("Beta", "Alpha")]
        assert await points.items(tx, made.id) == []
        proposed = [(ids[1], "Alpha"), (ids[0], "Beta")]
        assert await points.freeze(tx, made.id, proposed, NOW + 5)
        assert not await points.freeze(tx, made.id, [(ids[0], "Beta")], NOW + 6)
        found = await points.items(tx, made.id)
        assert [(item.position, item.proposal_id, item.title) for item in found] == [
            (1, ids[1], "Alpha"),
            (2, ids[0], "Beta"),
        ]
        assert {item.ending for item in found} == {None}
        frozen = await assemblies.find(tx, centre.id, made.id)
        assert frozen is not None and frozen.frozen_at == NOW + 5


async def test_the_title_is_kept_as_it_was(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        made = await convened(tx, centre, member)
        proposal_id = await a_proposal(tx, centre, member, "A quiet room")
        await points.freeze(tx, made.id, [(proposal_id, "A quiet room")], NOW)
        await proposals.edit(
            tx,
            centre_id=centre.id,
            proposal_id=proposal_id,
            author_id=member.id,
            title="Something else",
            reason=None,
            named=False,
            now=NOW,
        )
        assert [item.title for item in await points.items(tx, made.id)] == ["A quiet room"]


async def test_thawing_makes_room_for_another_freeze(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        made = await convened(tx, centre, member)
        proposal_id = await a_proposal(tx, centre, member, "A quiet room")
        await points.freeze(tx, made.id, [(proposal_id, "A quiet room")], NOW)
        await points.thaw(tx, made.id)
        assert await points.items(tx, made.id) == []
        assert await assemblies.find(tx, centre.id, made.id) == made
        assert await points.freeze(tx, made.id, [], NOW)


async def test_an_open_agenda_does_not_thaw(database: Database) -> None:
    async with database.transaction() as tx:
        _, made, _ = await opened(tx)
        await points.thaw(tx, made.id)
        assert len(await points.items(tx, made.id)) == 3


async def test_what_is_on_another_agenda_is_taken_until_that_is_over(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, ids = await opened(tx, 2)
        following = await convened(tx, centre, await a_member(tx, centre, 2), 99 * HOUR)
        assert await points.taken(tx, centre.id, following.id, NOW) == frozenset(ids)
        assert await points.taken(tx, centre.id, made.id, NOW) == frozenset()
        await sessions.close(tx, centre.id, made.id, NOW)
        assert await points.taken(tx, centre.id, following.id, NOW) == frozenset()


async def test_an_assembly_never_opened_does_not_keep_its_points_for_ever(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        forgotten = await convened(tx, centre, member, HOUR)
        proposal_id = await a_proposal(tx, centre, member, "A quiet room")
        await points.freeze(tx, forgotten.id, [(proposal_id, "A quiet room")], NOW)
        following = await convened(tx, centre, member, 99 * HOUR)
        taken = await points.taken(tx, centre.id, following.id, NOW)
        assert taken == frozenset([proposal_id])
        later = NOW + 13 * HOUR
        assert await points.taken(tx, centre.id, following.id, later) == frozenset()


async def test_an_item_is_found_in_its_own_centre_only(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        first = (await points.items(tx, made.id))[0]
        found = await points.item(tx, centre.id, first.id)
        assert found == first
        assert found is not None and found.assembly_status == "open"
        assert await points.item(tx, centre.id + 1, first.id) is None
