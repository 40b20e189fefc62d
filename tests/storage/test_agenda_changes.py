from __future__ import annotations

import asyncio

from assembly.endings import Ending
from storage import agenda_changes, assemblies, centres, members, people, points, sessions
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.database import Database
from storage.engine.transaction import Transaction

NOW = 1_780_000_000


async def fixed(tx: Transaction, *, begun: bool = False) -> tuple[Centre, Assembly]:
    centre = await centres.add(
        tx, chat_id=-100, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, 1, "it", NOW)
    anna = await members.add(
        tx, centre_id=centre.id, telegram_id=1, role="user", name="Anna", now=NOW
    )
    made = await assemblies.convene(
        tx, centre_id=centre.id, starts_at=NOW, place=None, convened_by=anna.id, now=NOW
    )
    await points.freeze(tx, made.id, [], NOW)
    for place, title in enumerate("abcde", start=1):
        await tx.run(
            "add_agenda_item",
            assembly_id=made.id,
            position=place,
            kind="proposal",
            proposal_id=None,
            title=title,
        )
    if begun:
        assert await sessions.begin(tx, centre.id, made.id, NOW)
    return centre, made


async def order(tx: Transaction, made: Assembly) -> str:
    items = await points.items(tx, made.id)
    assert [each.position for each in items] == list(range(1, len(items) + 1))
    return "".join(each.title for each in items)


async def move(
    tx: Transaction, centre_id: int, made: Assembly, title: str, was: int, becomes: int
) -> bool:
    items = await points.items(tx, made.id)
    [item_id] = [each.id for each in items if each.title == title]
    return await agenda_changes.reorder(
        tx,
        centre_id=centre_id,
        item_id=item_id,
        was=was,
        becomes=becomes,
        reason=f"{title} can't wait.",
        member_id=1,
        now=NOW + 5,
    )


async def test_a_point_gets_another_place_and_all_can_read_why(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made = await fixed(tx)
        assert await move(tx, centre.id, made, "d", 4, 2)
        assert await order(tx, made) == "adbce"
        assert await move(tx, centre.id, made, "a", 1, 5)
        assert await order(tx, made) == "dbcea"
        found = await agenda_changes.of(tx, made.id)
        assert [(each.title, each.was, each.becomes) for each in found] == [
            ("d", 4, 2),
            ("a", 1, 5),
        ]
        assert found[0].reason == "d can't wait." and found[0].changed_at == NOW + 5


async def test_the_point_that_it_is_at_stays_the_one_it_is_at(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made = await fixed(tx, begun=True)
        await sessions.move(tx, centre.id, made.id, position=1, to=3, now=NOW)

        async def at() -> str:
            found = await assemblies.find(tx, centre.id, made.id)
            assert found is not None and found.position is not None
            items = await points.items(tx, made.id)
            return items[found.position - 1].title if found.position <= len(items) else "end"

        for title, was, becomes in (("e", 5, 1), ("c", 4, 2), ("a", 3, 5)):
            assert await move(tx, centre.id, made, title, was, becomes)
            assert await at() == "c"
        assert await order(tx, made) == "ecbda"
        await sessions.move(tx, centre.id, made.id, position=2, to=6, now=NOW)
        assert await move(tx, centre.id, made, "e", 1, 5)
        assert await at() == "end"


async def test_nothing_moves_from_where_it_was_not_seen(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made = await fixed(tx)
        for title, was, becomes in (("d", 3, 1), ("d", 4, 4), ("d", 4, 0), ("d", 4, 6)):
            assert not await move(tx, centre.id, made, title, was, becomes)
        assert not await move(tx, centre.id + 1, made, "d", 4, 1)
        assert await order(tx, made) == "abcde"
        assert await sessions.begin(tx, centre.id, made.id, NOW)
        items = await points.items(tx, made.id)
        assert await sessions.end_point(tx, centre.id, items[3].id, Ending.TALKED)
        assert await move(tx, centre.id, made, "d", 4, 1), "also one that has ended"
        await sessions.close(tx, centre.id, made.id, NOW)
        assert not await move(tx, centre.id, made, "d", 1, 2)
        assert await order(tx, made) == "dabce"
        assert len(await agenda_changes.of(tx, made.id)) == 1


async def test_of_two_who_move_the_same_point_at_once_one_does(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made = await fixed(tx)

    async def first(tx: Transaction) -> bool:
        return await move(tx, centre.id, made, "d", 4, 1)

    async def second(tx: Transaction) -> bool:
        return await move(tx, centre.id, made, "d", 4, 5)

    done = await asyncio.gather(database.run(first), database.run(second))
    assert sorted(done) == [False, True]
    async with database.reading() as tx:
        assert await order(tx, made) in ("dabce", "abced")
        assert len(await agenda_changes.of(tx, made.id)) == 1


async def test_the_reason_goes_with_who_gave_it(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made = await fixed(tx)
        await move(tx, centre.id, made, "d", 4, 2)
        await tx.run("erase_order_reasons", member_id=1)
        await members.remove(tx, 1)
        [found] = await agenda_changes.of(tx, made.id)
        assert (found.title, found.reason) == ("d", None)
