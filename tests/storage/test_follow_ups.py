from __future__ import annotations

import asyncio

from kit.centre_rows import add_centre

from assembly.endings import Ending
from assembly.quarters import Quarter
from storage import assemblies, follow_ups, points, proposals, sessions, tasks
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.follow_ups import FollowUp, Numbers

NOW = 1_000_000
QUARTER = Quarter(2026, 1, NOW - 1_000, NOW + 1_000)


async def propose(tx: Transaction, title: str, now: int = NOW) -> int:
    return await proposals.add(
        tx, centre_id=1, author_id=1, title=title, reason=None, named=False, now=now
    )


async def meet(tx: Transaction, *titles: str, now: int = NOW) -> int:
    """An assembly that is open with these points; its id."""
    proposed = [(await propose(tx, title, now), title) for title in titles]
    found = await assemblies.convene(
        tx, centre_id=1, starts_at=now, place=None, convened_by=1, now=now
    )
    await points.freeze(tx, found.id, proposed, now)
    assert await sessions.begin(tx, 1, found.id, now)
    return found.id


async def end(tx: Transaction, assembly_id: int, *endings: Ending, now: int = NOW) -> None:
    items = await points.items(tx, assembly_id)
    found = {item.id: ending for item, ending in zip(items, endings, strict=True)}
    assert await sessions.close(tx, 1, assembly_id, now, found)


async def test_before_the_first_assembly_there_is_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 1)
        assert await follow_ups.follow_up(tx, 1, NOW) == FollowUp()


async def test_what_the_last_one_settled_and_what_became_of_it(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 1)
        long_ago = await meet(tx, "Long ago", now=NOW - 500)
        old = await tasks.add(tx, centre_id=1, what="Old", due_at=None, now=NOW - 500)
        done_then = await tasks.add(tx, centre_id=1, what="Then", due_at=None, now=NOW - 500)
        await tasks.finish(tx, 1, done_then, NOW - 450)
        await end(tx, long_ago, Ending.AGREED, now=NOW - 400)
        last = await meet(tx, "A quiet room", "A trip", "Plants", now=NOW)
        await end(tx, last, Ending.DECIDED, Ending.TALKED, Ending.AGREED, now=NOW)
        fresh = await tasks.add(
            tx, centre_id=1, what="Fresh", due_at=None, now=NOW, assembly_id=last
        )
        await tasks.finish(tx, 1, old, NOW + 10)
        current = await meet(tx, now=NOW + 20)
        await tasks.add(tx, centre_id=1, what="Now", due_at=None, now=NOW, assembly_id=current)
        found = await follow_ups.follow_up(tx, 1, NOW + 20, current)
    assert (found.assembly_id, found.held_at) == (last, NOW)
    assert [(each.title, each.ending) for each in found.settled] == [
        ("A quiet room", Ending.DECIDED),
        ("Plants", Ending.AGREED),
    ]
    assert [task.id for task in found.tasks] == [old, fresh]


async def test_a_task_becomes_a_point_once(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 1)
        current = await meet(tx, "A quiet room")
        task_id = await tasks.add(tx, centre_id=1, what="x " * 100, due_at=None, now=NOW)
        assert await tasks.insistent(tx, 1, NOW) is None
        for _ in range(3):
            await tasks.left_open(tx, 1, current, NOW)
        task = await tasks.insistent(tx, 1, NOW)
        assert task is not None and task.id == task_id

    async def press() -> bool:
        return await database.run(lambda tx: follow_ups.make_point(tx, 1, current, task))

    assert sorted(await asyncio.gather(press(), press())) == [False, True]
    async with database.transaction() as tx:
        items = await points.items(tx, current)
        assert [(item.position, item.kind) for item in items] == [(1, "proposal"), (2, "task")]
        assert len(items[1].title) <= 120 and items[1].proposal_id is None
        assert await tasks.insistent(tx, 1, NOW) is None, "it counts anew"
        assert items[1].gone is None


async def test_a_quarter_is_added_up(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 1)
        await propose(tx, "Before", QUARTER.starts_at - 1)
        await propose(tx, "After", QUARTER.ends_at)
        gone = await propose(tx, "Taken back")
        await proposals.withdraw(tx, 1, gone, 1)
        meeting = await meet(tx, "One", "Two", "Three", "Four")
        await end(tx, meeting, Ending.DECIDED, Ending.TALKED, Ending.AGREED, Ending.GOES_ON)
        later = await meet(tx, "Five", now=QUARTER.ends_at)
        await end(tx, later, Ending.DECIDED, now=QUARTER.ends_at)
        for at in (QUARTER.starts_at, QUARTER.ends_at - 1, QUARTER.ends_at):
            task_id = await tasks.add(tx, centre_id=1, what="Done", due_at=None, now=NOW)
            await tasks.finish(tx, 1, task_id, at)
        found = await follow_ups.numbers(tx, 1, QUARTER)
        assert found == Numbers(proposed=4, talked_about=3, agreed=2, done=2) and found.any
        assert not (await follow_ups.numbers(tx, 2, QUARTER)).any
