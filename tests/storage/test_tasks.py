from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from kit.centre_rows import add_centre
from kit.older_schema import as_before

from assembly.roles import Role
from assembly.tasks import Standing
from storage import assemblies, leaving, members, points, sessions, task_takers, task_taking, tasks
from storage.backups.backup_tables import as_kept
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore
from storage.task_taking import Took
from storage.tasks import Task

Opener = Callable[..., Awaitable[Database]]

NOW = 1_000_000
WEEK = 7 * 86_400


async def with_task(tx: Transaction, due_at: int | None = NOW + WEEK) -> int:
    await add_centre(tx, 4, tuple(Role))
    return await tasks.add(tx, centre_id=1, what="Ask for a bench", due_at=due_at, now=NOW)


async def seen(tx: Transaction, task_id: int, now: int = NOW) -> Task:
    found = await tasks.get(tx, 1, task_id, now)
    assert found is not None
    return found


async def meet(tx: Transaction, starts_at: int) -> int:
    found = await assemblies.convene(
        tx, centre_id=1, starts_at=starts_at, place=None, convened_by=1, now=NOW
    )
    return found.id


async def test_two_take_it_and_a_third_does_not(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        assert (await seen(tx, task_id)).standing is Standing.FREE
        assert await task_taking.take(tx, 1, task_id, 1, NOW) is Took.NOW
        assert await task_taking.take(tx, 1, task_id, 1, NOW + 1) is Took.BEFORE
        assert await task_takers.welcome_company(tx, task_id, 1, False)
        assert not (await seen(tx, task_id)).can_be_taken(2)
        for joins in (True, False):
            assert await task_taking.take(tx, 1, task_id, 2, NOW + 2, joins=joins) is Took.ALONE
        assert await task_takers.welcome_company(tx, task_id, 1, True)
        assert (await seen(tx, task_id)).can_be_taken(2)
        assert await task_taking.take(tx, 1, task_id, 2, NOW + 2) is Took.NOW
        assert await task_taking.take(tx, 1, task_id, 3, NOW + 3) is Took.FULL
        assert await task_taking.take(tx, 2, task_id, 3, NOW + 3) is Took.OVER, "another centre's"
        found = await seen(tx, task_id)
    assert [each.member_id for each in found.takers] == [1, 2]
    assert not any(each.shown for each in found.takers), "nobody is named who did not choose it"
    assert found.standing is Standing.TAKEN and not found.can_be_taken(3)


async def test_whoever_has_not_answered_keeps_nobody_out(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        await task_taking.take(tx, 1, task_id, 1, NOW)
        found = await seen(tx, task_id)
        assert found.takers[0].company is None, "not answered is not no"
        assert found.can_be_taken(2) and not found.welcomes
        assert await task_taking.take(tx, 1, task_id, 2, NOW) is Took.ALONE, (
            "who did not know of them"
        )
        assert await task_taking.take(tx, 1, task_id, 2, NOW, joins=True) is Took.NOW
        assert await task_taking.take(tx, 1, task_id, 3, NOW, joins=True) is Took.FULL
        await task_takers.let_go(tx, task_id, 1)
        assert (await seen(tx, task_id)).can_be_taken(3), "the second was never asked"


async def test_who_did_it_alone_before_there_was_no_answer_still_does(opener: Opener) -> None:
    database = await opener(migrate=False)
    async with as_before(68, database) as tx:
        await add_centre(tx, 3)
        for task_id, company in ((1, 0), (2, 1)):
            await tx.statement(
                f"INSERT INTO tasks (id, centre_id, what, made_at) VALUES ({task_id}, 1, 'W', 1)"
            )
            await tx.statement(
                "INSERT INTO task_takers (task_id, member_id, company, told_at) "
                f"VALUES ({task_id}, 1, {company}, 5)"
            )
    await schema.migrate(database, 2)
    async with database.transaction() as tx:
        assert [each.company for i in (1, 2) for each in (await seen(tx, i)).takers] == [
            False,
            True,
        ]
        assert await task_taking.take(tx, 1, 1, 2, NOW, joins=True) is Took.ALONE
        assert await task_taking.take(tx, 1, 2, 2, NOW) is Took.NOW
        assert [each.company for each in (await seen(tx, 2)).takers] == [True, None]


async def test_of_two_who_press_at_once_for_the_last_place_one_has_it(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        await task_taking.take(tx, 1, task_id, 1, NOW)
        await task_takers.welcome_company(tx, task_id, 1, True)

    async def press(member_id: int) -> Took:
        return await database.run(lambda tx: task_taking.take(tx, 1, task_id, member_id, NOW))

    answers = await asyncio.gather(*(press(member_id) for member_id in (2, 3, 4)))
    assert sorted(each.name for each in answers) == ["FULL", "FULL", "NOW"]
    async with database.reading() as tx:
        assert len((await seen(tx, task_id)).takers) == 2


async def test_what_is_let_go_is_free_again(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        await task_taking.take(tx, 1, task_id, 1, NOW)
        assert await tasks.put_off(tx, 1, task_id, NOW + 2 * WEEK)
        assert (await seen(tx, task_id)).standing is Standing.LONGER
        assert await task_takers.let_go(tx, task_id, 1)
        assert not await task_takers.let_go(tx, task_id, 1)
        found = await seen(tx, task_id)
    assert (found.standing, found.due_at) == (Standing.FREE, NOW + 2 * WEEK)


async def test_a_group_looks_after_it(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        assert await tasks.give_to_group(tx, 1, task_id, "The garden group")
        assert (await seen(tx, task_id)).standing is Standing.TAKEN
        assert await tasks.give_to_group(tx, 1, task_id, None)
        assert (await seen(tx, task_id)).standing is Standing.FREE
        await tasks.finish(tx, 1, task_id, NOW)
        assert not await tasks.give_to_group(tx, 1, task_id, "Too late")


async def test_it_is_done_once_and_not_done_after_all(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        assert not await tasks.finish(tx, 2, task_id, NOW), "another centre's"
        assert await tasks.finish(tx, 1, task_id, NOW + 5)
        assert not await tasks.finish(tx, 1, task_id, NOW + 6)
        assert await task_taking.take(tx, 1, task_id, 1, NOW + 7) is Took.OVER
        assert not await tasks.put_off(tx, 1, task_id, None)
        assert await tasks.open_ones(tx, 1, NOW) == []
        assert [each.id for each in await tasks.done_since(tx, 1, NOW + 5, NOW)] == [task_id]
        assert await tasks.done_since(tx, 1, NOW + 6, NOW) == []
        assert await tasks.reopen(tx, 1, task_id) and not await tasks.reopen(tx, 1, task_id)
        assert [each.id for each in await tasks.open_ones(tx, 1, NOW)] == [task_id]


async def test_the_next_assembly_is_followed_wherever_it_goes(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx, due_at=None)
        found = await seen(tx, task_id)
        assert found.by_next and found.due_at is None
        first, second = await meet(tx, NOW + 100), await meet(tx, NOW + WEEK)
        assert (await seen(tx, task_id)).due_at == NOW + 100
        await assemblies.move(tx, 1, first, NOW + 200, None)
        assert (await seen(tx, task_id)).due_at == NOW + 200
        await points.freeze(tx, first, [], NOW + 200)
        await sessions.begin(tx, 1, first, NOW + 200)
        assert (await seen(tx, task_id)).due_at == NOW + WEEK, "the one that is open is no next one"
        await assemblies.cancel(tx, 1, second)
        assert (await seen(tx, task_id)).due_at is None


async def test_only_what_was_due_counts_as_left_open(database: Database) -> None:
    async with database.transaction() as tx:
        by_next = await with_task(tx, due_at=None)
        early, late = [
            await tasks.add(tx, centre_id=1, what="Something", due_at=at, now=NOW)
            for at in (NOW + 5, NOW + WEEK)
        ]
        meeting = await meet(tx, NOW + 10)
        own = await tasks.add(
            tx, centre_id=1, what="Of this one", due_at=None, now=NOW, assembly_id=meeting
        )
        for _ in range(3):
            await tasks.left_open(tx, 1, meeting, NOW + 10)
        times = {each.id: each.times_open for each in await tasks.open_ones(tx, 1, NOW)}
        assert times == {by_next: 3, early: 3, late: 0, own: 0}
        assert not await tasks.became_a_point(tx, 1, late), "it did not ask for that"
        assert await tasks.became_a_point(tx, 1, early)
        assert not await tasks.became_a_point(tx, 1, early)
        assert (await seen(tx, early)).times_open == 0


async def test_from_one_decision_follows_one_task(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 2)
        await tx.statement(
            "INSERT INTO decisions (id, centre_id, question, quorum_numerator, "
            "quorum_denominator, electorate_size, opened_at) VALUES (40, 1, 'Q', 1, 3, 2, 0)"
        )
        assert await tasks.of_decision(tx, 1, 40) is None
        made = [
            await tasks.add(tx, centre_id=1, what="Q", due_at=None, now=NOW, decision_id=40)
            for _ in range(2)
        ]
        assert made[0] == made[1] == await tasks.of_decision(tx, 1, 40)
        assert await tasks.of_decision(tx, 2, 40) is None


async def test_whoever_chose_it_is_named(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        assert not await task_takers.show(tx, task_id, 1, True), "it is not theirs"
        await task_taking.take(tx, 1, task_id, 1, NOW)
        assert await task_takers.show(tx, task_id, 1, True)
        assert await task_takers.welcome_company(tx, task_id, 1, True)
        await task_takers.told(tx, task_id, 1, NOW + 9)
        taker = (await seen(tx, task_id)).takers[0]
    assert (taker.name, taker.shown, taker.company, taker.told_at) == ("M1", True, True, NOW + 9)


def test_after_a_restore_nobody_is_named_who_took_it_back() -> None:
    assert as_kept("task_takers", {"task_id": 1, "shown": 1}) == {"task_id": 1, "shown": 0}


async def test_whoever_leaves_or_rests_looks_after_nothing(
    database: Database, keys_database: Database
) -> None:
    keys = KeyStore(keys_database, bytes(32))
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        done = await tasks.add(tx, centre_id=1, what="It is done", due_at=None, now=NOW)
        for member_id in (1, 2):
            await task_taking.take(tx, 1, task_id, member_id, NOW)
            await task_takers.welcome_company(tx, task_id, member_id, True)
        await task_taking.take(tx, 1, done, 1, NOW)
        await tasks.finish(tx, 1, done, NOW)
        await members.restrict(tx, 2, NOW)
        assert [each.member_id for each in (await seen(tx, task_id)).takers] == [1]
        assert await task_taking.take(tx, 1, task_id, 3, NOW) is Took.NOW, "their place is free"
        await members.lift(tx, 2)
        assert {each.member_id for each in (await seen(tx, task_id)).takers} == {1, 2, 3}
        member = await members.get(tx, 1)
        assert member is not None
        await leaving.leave(tx, keys, member, NOW)
        rows = await tx.statement("SELECT task_id FROM task_takers WHERE member_id = 1")
        assert [row["task_id"] for row in rows] == [done], "what is done is done by them"


async def test_what_is_taken_out_is_gone(database: Database) -> None:
    async with database.transaction() as tx:
        task_id = await with_task(tx)
        await task_taking.take(tx, 1, task_id, 1, NOW)
        assert not await tasks.remove(tx, 2, task_id)
        assert await tasks.remove(tx, 1, task_id)
        assert await tasks.get(tx, 1, task_id, NOW) is None
        assert await tx.statement("SELECT * FROM task_takers") == []
