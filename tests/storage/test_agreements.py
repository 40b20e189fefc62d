"""What was agreed on without a ballot, on both engines: who can turn it back, and what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assembly.agreement import Standing, after, until
from assembly.roles import Role
from storage import agreements, assemblies, centres, members, people, points, presences, sessions
from storage.centres import Centre
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.members import Member

NOW = 1_780_000_000
WORDS = "The quiet room is open from nine on."


@dataclass
class Scene:
    """An open assembly with one point; Anna and Bruno are there, Carl is not."""

    centre: Centre
    assembly_id: int
    item_id: int
    anna: Member
    bruno: Member
    carl: Member

    async def put(self, tx: Transaction, wording: str = WORDS) -> int | None:
        return await agreements.put(
            tx, self.centre.id, self.item_id, wording=wording, now=NOW, until=until(NOW)
        )

    async def standing(self, tx: Transaction) -> Standing:
        found = await agreements.at_point(tx, self.assembly_id, self.item_id)
        assert found is not None
        return found.standing


async def _member(tx: Transaction, centre: Centre, telegram_id: int) -> Member:
    await people.meet(tx, telegram_id, "en", NOW)
    return await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=Role.USER, name="Anna", now=NOW
    )


async def _say_here(tx: Transaction, centre: Centre, assembly_id: int, member: Member) -> None:
    ids = {"centre_id": centre.id, "assembly_id": assembly_id, "member_id": member.id}
    assert await presences.say(tx, here=True, **ids)


async def begin(tx: Transaction, chat_id: int = -100) -> Scene:
    centre = await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )
    anna, bruno, carl = [await _member(tx, centre, each - chat_id) for each in (1, 2, 3)]
    assembly = await assemblies.convene(
        tx, centre_id=centre.id, starts_at=NOW, place=None, convened_by=anna.id, now=NOW
    )
    proposal_id = await tx.value(
        "add_proposal",
        centre_id=centre.id,
        author_id=anna.id,
        title="A quiet room",
        reason=None,
        named=0,
        at=NOW,
    )
    await points.freeze(tx, assembly.id, [(proposal_id, "A quiet room")], NOW)
    assert await sessions.begin(tx, centre.id, assembly.id, NOW)
    for each in (anna, bruno):
        await _say_here(tx, centre, assembly.id, each)
    [item] = await points.items(tx, assembly.id)
    return Scene(centre, assembly.id, item.id, anna, bruno, carl)


async def rows(tx: Transaction) -> str:
    tables = ("agreements", "presences", "agenda_items", "assemblies", "outbox", "schedules")
    return str(
        [[tuple(row) for row in await tx.statement(f"SELECT * FROM {each}")] for each in tables]
    )


async def test_a_point_has_one_wording_at_a_time(database: Database) -> None:
    async with database.transaction() as tx:
        scene = await begin(tx)
        first = await scene.put(tx)
        assert first is not None and await scene.put(tx, "Something else") is None
        found = await agreements.find(tx, scene.centre.id, first)
        assert found is not None
        assert (found.title, found.wording, found.until) == ("A quiet room", WORDS, NOW + 600)
        assert await agreements.disagree(tx, first, scene.anna.id)
        second = await scene.put(tx, "From ten on.")
        assert second is not None and await agreements.by_id(tx, first) is None
        assert [each.wording for each in await agreements.of_assembly(tx, scene.assembly_id)] == [
            "From ten on."
        ]
        assert await agreements.stand(tx, second, NOW + 600)
        assert await scene.put(tx) is None, "it stands: whoever leads opens it first"


async def test_only_who_is_there_turns_it_back_and_once(database: Database) -> None:
    async with database.transaction() as tx:
        scene = await begin(tx)
        found = await scene.put(tx) or 0
        stranger = await begin(tx, -200)
        for member in (scene.carl, stranger.anna):
            assert not await agreements.disagree(tx, found, member.id)
        await members.restrict(tx, scene.bruno.id, NOW)
        assert not await agreements.disagree(tx, found, scene.bruno.id), "kept, and not used"
        assert await scene.standing(tx) is Standing.PUT
        assert await agreements.find(tx, stranger.centre.id, found) is None
        assert await agreements.disagree(tx, found, scene.anna.id)
        assert not await agreements.disagree(tx, found, scene.anna.id)
        assert await scene.standing(tx) is Standing.TURNED_BACK


async def test_what_holds_is_opened_only_by_who_leads_and_while_it_meets(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        scene = await begin(tx)
        found = await scene.put(tx) or 0
        assert await agreements.stand(tx, found, NOW + 600)
        assert not await agreements.stand(tx, found, NOW + 700)
        assert not await agreements.disagree(tx, found, scene.anna.id)
        assert await scene.standing(tx) is Standing.STANDS
        assert await agreements.open_again(tx, found)
        assert await scene.standing(tx) is Standing.TURNED_BACK
        assert not await agreements.begin_again(tx, found, NOW, NOW + 600)
        again = await scene.put(tx) or 0
        assert await agreements.stand(tx, again, NOW + 600)
        await sessions.close(tx, scene.centre.id, scene.assembly_id, NOW + 700)
        assert not await agreements.open_again(tx, again)
        assert await scene.put(tx) is None
        assert await scene.standing(tx) is Standing.STANDS


async def test_nothing_is_put_where_the_assembly_is_not_open(database: Database) -> None:
    async with database.transaction() as tx:
        scene = await begin(tx)
        await sessions.close(tx, scene.centre.id, scene.assembly_id, NOW)
        assert await scene.put(tx) is None
        other = await begin(tx, -200)
        assert (
            await agreements.put(
                tx, scene.centre.id, other.item_id, wording=WORDS, now=NOW, until=NOW + 600
            )
            is None
        ), "a point of another centre"


async def test_its_time_begins_again(database: Database) -> None:
    async with database.transaction() as tx:
        scene = await begin(tx)
        found = await scene.put(tx) or 0
        assert await agreements.begin_again(tx, found, NOW + 900, NOW + 1_500)
        again = await agreements.by_id(tx, found)
        assert again is not None and (again.put_at, again.until) == (NOW + 900, NOW + 1_500)


async def test_the_rows_are_equal_whoever_turned_it_back(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    """Each in a database of its own: by Anna, by Bruno, at the desk; at different moments."""
    found = []
    for who in ("anna", "bruno", "desk"):
        database = await open_database(await fresh_url("main"))
        await schema.migrate(database, 1_000)
        async with database.transaction() as tx:
            scene = await begin(tx)
            agreement_id = await scene.put(tx) or 0
        async with database.transaction() as tx:
            if who == "desk":
                assert await agreements.open_again(tx, agreement_id)
            else:
                member: Member = getattr(scene, who)
                assert await agreements.disagree(tx, agreement_id, member.id)
        async with database.reading() as tx:
            found.append(await rows(tx))
        await database.close()
    assert found[0] == found[1] == found[2]


async def test_of_two_at_once_each_is_heard_and_nothing_fails(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    """By two processes: both disagree, while its time ends."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    scene = await doors[0].run(begin)
    agreement_id = await doors[0].run(scene.put) or 0
    done = await asyncio.gather(
        doors[0].run(lambda tx: agreements.disagree(tx, agreement_id, scene.anna.id)),
        doors[1].run(lambda tx: agreements.disagree(tx, agreement_id, scene.bruno.id)),
        doors[1].run(lambda tx: agreements.stand(tx, agreement_id, NOW + 600)),
    )
    assert sum(done) == 1, "one of the three acted"
    standing = await doors[0].run(scene.standing)
    assert standing is (Standing.STANDS if done[2] else Standing.TURNED_BACK)
    assert standing is after(Standing.PUT, disagreed=not done[2], over=True)
    for door in doors:
        await door.close()


async def test_of_two_wordings_at_once_one_is_put(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    scene = await doors[0].run(begin)
    put = await asyncio.gather(*(door.run(scene.put) for door in doors))
    assert sorted(each is None for each in put) == [False, True]
    for door in doors:
        await door.close()
