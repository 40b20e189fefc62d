from __future__ import annotations

import asyncio

import pytest

from assembly.endings import Ending
from storage import assemblies, centres, late_points, members, people, points, proposals, sessions
from storage.assemblies import Assembly
from storage.engine.database import Database
from storage.engine.transaction import Transaction

NOW = 1_780_000_000
DAY = 86_400


async def propose(tx: Transaction, centre_id: int, author_id: int, title: str) -> int:
    return await proposals.add(
        tx,
        centre_id=centre_id,
        author_id=author_id,
        title=title,
        reason=None,
        named=False,
        now=NOW,
    )


async def sent(tx: Transaction, *late: str, begun: bool = True) -> tuple[Assembly, list[int]]:
    """An assembly with one point, and what came later."""
    centre = await centres.add(
        tx, chat_id=-100, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, 1, "it", NOW)
    member = await members.add(
        tx, centre_id=centre.id, telegram_id=1, role="user", name="Anna", now=NOW
    )
    made = await assemblies.convene(
        tx,
        centre_id=centre.id,
        starts_at=NOW + DAY,
        place=None,
        convened_by=member.id,
        now=NOW,
    )
    first = await propose(tx, centre.id, member.id, "A quiet room")
    assert await late_points.waiting(tx, made, NOW) == [], "nothing was sent yet"
    await points.freeze(tx, made.id, [(first, "A quiet room")], NOW)
    ids = [await propose(tx, centre.id, member.id, title) for title in late]
    if begun:
        assert await sessions.begin(tx, centre.id, made.id, NOW)
    found = await assemblies.by_id(tx, made.id)
    assert found is not None
    return found, ids


async def titles(database: Database, made: Assembly) -> list[str]:
    async with database.reading() as tx:
        return [each.title for each in await late_points.waiting(tx, made, NOW)]


async def test_what_came_later_is_taken_or_left_and_offered_no_more(database: Database) -> None:
    async with database.transaction() as tx:
        made, (trip, plants, bench) = await sent(tx, "A trip", "Plants", "A bench")
    assert await titles(database, made) == ["A trip", "Plants", "A bench"]
    async with database.transaction() as tx:
        assert await late_points.take(tx, made.centre_id, made.id, trip)
        assert not await late_points.take(tx, made.centre_id, made.id, trip)
        assert await late_points.leave(tx, made.centre_id, made.id, plants)
        assert await proposals.withdraw(tx, made.centre_id, bench, 1)
    assert await titles(database, made) == []
    async with database.reading() as tx:
        items = await points.items(tx, made.id)
    assert [(each.title, each.kind, each.ending) for each in items] == [
        ("A quiet room", "proposal", None),
        ("A trip", "late", None),
        ("Plants", "late", Ending.GOES_ON),
    ]


async def test_closing_settles_what_was_talked_about_and_keeps_the_rest(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        made, (trip, plants) = await sent(tx, "A trip", "Plants")
        await late_points.take(tx, made.centre_id, made.id, trip)
        await late_points.leave(tx, made.centre_id, made.id, plants)
        items = await points.items(tx, made.id)
        endings = {item.id: Ending.TALKED for item in items if item.ending is None}
        assert await sessions.close(tx, made.centre_id, made.id, NOW, endings)
        found = [await proposals.get(tx, made.centre_id, each) for each in (trip, plants)]
    assert [each and each.status for each in found] == ["settled", "open"]


@pytest.mark.parametrize("begun", [True, False])
async def test_only_an_open_assembly_takes_anything(database: Database, begun: bool) -> None:
    async with database.transaction() as tx:
        made, (trip,) = await sent(tx, "A trip", begun=begun)
        assert not await late_points.take(tx, made.centre_id + 1, made.id, trip)
        assert await late_points.take(tx, made.centre_id, made.id, trip) is begun


async def test_of_two_who_press_at_once_one_takes_it(database: Database) -> None:
    async with database.transaction() as tx:
        made, (trip, _) = await sent(tx, "A trip", "Plants")

    async def take(tx: Transaction) -> bool:
        return await late_points.take(tx, made.centre_id, made.id, trip)

    async def leave(tx: Transaction) -> bool:
        return await late_points.leave(tx, made.centre_id, made.id, trip)

    done = await asyncio.gather(*(database.run(work) for work in (take, leave, take, leave)))
    assert sorted(done) == [False, False, False, True]
    async with database.reading() as tx:
        items = await points.items(tx, made.id)
    assert [each.proposal_id for each in items][1:] == [trip]
    assert await titles(database, made) == ["Plants"]


async def test_what_stands_on_another_agenda_is_not_late_here(database: Database) -> None:
    async with database.transaction() as tx:
        made, (trip,) = await sent(tx, "A trip", begun=False)
        other = await assemblies.convene(
            tx,
            centre_id=made.centre_id,
            starts_at=NOW + 8 * DAY,
            place=None,
            convened_by=1,
            now=NOW,
        )
        await points.freeze(tx, other.id, [(trip, "A trip")], NOW)
    assert await titles(database, made) == []
