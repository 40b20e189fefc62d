from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from kit.assembly_rows import HOUR, NOW, a_centre, a_member, a_proposal, convened, opened
from kit.older_schema import as_before

from assembly.convening import given_up_at
from assembly.endings import Ending
from storage import (
    assemblies,
    attendances,
    members,
    people,
    points,
    proposals,
    schedules,
    sessions,
)
from storage.assemblies import Assembly
from storage.attendances import Attendance
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction

Opener = Callable[..., Awaitable[Database]]


async def endings(tx: Transaction, assembly: Assembly) -> list[Ending | None]:
    return [item.ending for item in await points.items(tx, assembly.id)]


async def test_a_convened_assembly_is_found_as_it_was_stored(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        made = await convened(tx, centre, await a_member(tx, centre))
        assert made.status == "convened"
        assert await assemblies.find(tx, centre.id, made.id) == made
        assert await assemblies.by_id(tx, made.id) == made
        assert await assemblies.by_id(tx, made.id + 1) is None


async def test_another_centre_does_not_see_it(database: Database) -> None:
    async with database.transaction() as tx:
        centre, other = await a_centre(tx), await a_centre(tx, -200)
        made = await convened(tx, centre, await a_member(tx, centre))
        assert await assemblies.find(tx, other.id, made.id) is None
        assert await assemblies.upcoming(tx, other.id, NOW) == []
        assert not await assemblies.move(tx, other.id, made.id, NOW + HOUR, None)
        assert not await assemblies.cancel(tx, other.id, made.id)
        assert not await sessions.begin(tx, other.id, made.id, NOW)
        assert await assemblies.find(tx, centre.id, made.id) == made


async def test_upcoming_are_the_open_one_then_by_start(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        late = await convened(tx, centre, member, 72 * HOUR)
        soon = await convened(tx, centre, member, 24 * HOUR)
        going_on = await convened(tx, centre, member, 96 * HOUR)
        gone = await convened(tx, centre, member, 12 * HOUR)
        await sessions.begin(tx, centre.id, going_on.id, NOW)
        await assemblies.cancel(tx, centre.id, gone.id)
        found = await assemblies.upcoming(tx, centre.id, NOW)
        assert [each.id for each in found] == [going_on.id, soon.id, late.id]


async def test_an_assembly_never_opened_is_upcoming_until_three_hours_after(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        made = await convened(tx, centre, await a_member(tx, centre))
        at = made.starts_at + 3 * HOUR
        assert await assemblies.upcoming(tx, centre.id, at - 1) == [made]
        assert await assemblies.upcoming(tx, centre.id, at) == []


async def test_the_last_place_is_that_of_the_latest_assembly_that_has_one(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        assert await assemblies.last_place(tx, centre.id) is None
        await convened(tx, centre, member)
        cancelled = await assemblies.convene(
            tx,
            centre_id=centre.id,
            starts_at=NOW + 90 * HOUR,
            place="Nowhere",
            convened_by=member.id,
            now=NOW,
        )
        await assemblies.cancel(tx, centre.id, cancelled.id)
        await assemblies.convene(
            tx,
            centre_id=centre.id,
            starts_at=NOW + 99 * HOUR,
            place=None,
            convened_by=member.id,
            now=NOW,
        )
        assert await assemblies.last_place(tx, centre.id) == "Via Roma 12"


async def test_only_what_is_convened_can_be_moved_or_cancelled(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        made = await convened(tx, centre, await a_member(tx, centre))
        assert await assemblies.move(tx, centre.id, made.id, NOW + HOUR, None)
        moved = await assemblies.find(tx, centre.id, made.id)
        assert moved == replace(made, starts_at=NOW + HOUR, place=None, sequence=1)
        assert await assemblies.cancel(tx, centre.id, made.id)
        assert not await assemblies.cancel(tx, centre.id, made.id)
        assert not await assemblies.move(tx, centre.id, made.id, NOW + 2 * HOUR, None)
        assert not await sessions.begin(tx, centre.id, made.id, NOW)


async def test_the_walk_starts_at_the_first_item(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        assert await endings(tx, made) == [None, None, None]
        found = await assemblies.find(tx, centre.id, made.id)
        assert found is not None
        assert (found.status, found.position, found.opened_at) == ("open", 1, NOW)
        assert not await sessions.begin(tx, centre.id, made.id, NOW)


async def test_one_assembly_of_a_centre_is_open_at_a_time(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        other = await convened(tx, centre, await a_member(tx, centre, 2))
        assert not await sessions.begin(tx, centre.id, other.id, NOW)
        await sessions.close(tx, centre.id, made.id, NOW)
        assert await sessions.begin(tx, centre.id, other.id, NOW)


async def test_walking_ends_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)

        async def move(position: int, to: int, now: int) -> bool:
            return await sessions.move(tx, centre.id, made.id, position=position, to=to, now=now)

        for position in (1, 2, 3):
            assert await move(position, position + 1, NOW + position)
        assert await move(4, 3, NOW + 60)
        assert await endings(tx, made) == [None, None, None]
        found = await assemblies.find(tx, centre.id, made.id)
        assert found is not None and (found.position, found.point_since) == (3, NOW + 60)


async def test_of_two_who_move_at_once_one_does(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        assert await sessions.move(tx, centre.id, made.id, position=1, to=2, now=NOW)
        assert not await sessions.move(tx, centre.id, made.id, position=1, to=2, now=NOW)
        assert not await sessions.move(tx, centre.id + 1, made.id, position=2, to=3, now=NOW)


async def test_a_point_ends_as_somebody_says_until_somebody_opens_it_again(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        first, second, _ = await points.items(tx, made.id)
        assert await sessions.end_point(tx, centre.id, first.id, Ending.TALKED)
        assert await sessions.end_point(tx, centre.id, second.id, Ending.GOES_ON)
        assert await endings(tx, made) == [Ending.TALKED, Ending.GOES_ON, None]
        assert await sessions.end_point(tx, centre.id, first.id, None, was=Ending.TALKED)
        assert await endings(tx, made) == [None, Ending.GOES_ON, None]


async def test_whoever_has_seen_something_else_changes_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        first = (await points.items(tx, made.id))[0]
        assert await sessions.end_point(tx, centre.id, first.id, Ending.TALKED)
        assert not await sessions.end_point(tx, centre.id, first.id, Ending.GOES_ON)
        assert not await sessions.end_point(tx, centre.id, first.id, None, was=Ending.DECIDED)
        assert not await sessions.end_point(
            tx, centre.id + 1, first.id, Ending.GOES_ON, was=Ending.TALKED
        )
        assert await endings(tx, made) == [Ending.TALKED, None, None]
        await sessions.close(tx, centre.id, made.id, NOW)
        assert not await sessions.end_point(tx, centre.id, first.id, None, was=Ending.TALKED)


async def test_two_facilitators_who_end_a_point_at_once_both_learn_how_it_stands(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre, made, _ = await opened(tx)
        first = (await points.items(tx, made.id))[0]

    def end(ending: Ending) -> Callable[[Transaction], Awaitable[bool]]:
        async def work(tx: Transaction) -> bool:
            return await sessions.end_point(tx, centre.id, first.id, ending)

        return work

    done = await asyncio.gather(
        *(database.run(end(each)) for each in (Ending.TALKED, Ending.GOES_ON))
    )
    assert sorted(done) == [False, True]
    async with database.reading() as tx:
        expected = Ending.TALKED if done[0] else Ending.GOES_ON
        assert await endings(tx, made) == [expected, None, None]


async def test_closing_settles_what_ended_so_and_keeps_the_rest_open(database: Database) -> None:
    async with database.transaction() as tx:
        centre, made, ids = await opened(tx, 7)
        items = await points.items(tx, made.id)
        said = [
            Ending.DECIDED,
            Ending.AGREED,
            Ending.TALKED,
            Ending.GOES_ON,
            Ending.TAKEN_BACK,
        ]
        for item, ending in zip(items, said, strict=False):
            assert await sessions.end_point(tx, centre.id, item.id, ending)
        by_itself = {items[5].id: Ending.DECIDED, items[0].id: Ending.GOES_ON}
        assert await sessions.close(tx, centre.id, made.id, NOW + HOUR, by_itself)
        assert await endings(tx, made) == [*said, Ending.DECIDED, Ending.NOT_REACHED]
        found = [await proposals.get(tx, centre.id, each) for each in ids]
        off, on = "settled", "open"
        assert [each and each.status for each in found] == [off, off, off, on, on, off, on]
        closed = await assemblies.find(tx, centre.id, made.id)
        assert closed is not None
        assert (closed.status, closed.closed_at, closed.position) == ("closed", NOW + HOUR, None)
        assert not await sessions.close(tx, centre.id, made.id, NOW)


async def test_closing_leaves_a_proposal_withdrawn_that_its_author_took_back(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre, made, ids = await opened(tx, 1)
        found = await proposals.get(tx, centre.id, ids[0])
        assert found is not None and found.author_id is not None
        await proposals.withdraw(tx, centre.id, ids[0], found.author_id)
        [item] = await points.items(tx, made.id)
        assert not item.is_listed and item.gone is Ending.TAKEN_BACK
        assert await sessions.end_point(tx, centre.id, item.id, Ending.TALKED)
        await sessions.close(tx, centre.id, made.id, NOW)
        after = await proposals.get(tx, centre.id, ids[0])
        assert after is not None and after.status == "withdrawn"


async def test_the_later_answer_counts(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        anna, bruno = await a_member(tx, centre), await a_member(tx, centre, 2)
        made = await convened(tx, centre, anna)
        assert await attendances.of(tx, made.id, anna.id) is None
        assert await attendances.coming(tx, made.id) == 0
        await attendances.answer(tx, made.id, anna.id, Attendance.YES)
        await attendances.answer(tx, made.id, bruno.id, Attendance.YES)
        await attendances.answer(tx, made.id, bruno.id, Attendance.MAYBE)
        assert await attendances.coming(tx, made.id) == 1
        assert await attendances.of(tx, made.id, bruno.id) is Attendance.MAYBE
        await attendances.clear(tx, made.id)
        assert await attendances.of(tx, made.id, bruno.id) is None
        assert await attendances.coming(tx, made.id) == 0


async def test_reminders_in_private_go_to_who_wants_them(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        other = await a_centre(tx, -200)
        wanting = [await a_member(tx, centre, number) for number in range(1, 5)]
        not_wanting = await a_member(tx, centre, 9)
        elsewhere = await a_member(tx, other, 1)
        made = await convened(tx, centre, not_wanting)
        for member in (*wanting, elsewhere):
            await attendances.wish(tx, member.id, wanted=True)
            await attendances.wish(tx, member.id, wanted=True)
        await attendances.answer(tx, made.id, wanting[1].id, Attendance.YES)
        await attendances.answer(tx, made.id, wanting[2].id, Attendance.NO)
        await people.set_writable(tx, wanting[3].telegram_id, False)
        found = await attendances.reminded(tx, centre.id, made.id)
        assert [(each.member_id, each.answer) for each in found] == [
            (wanting[0].id, None),
            (wanting[1].id, Attendance.YES),
        ]
        assert (found[0].telegram_id, found[0].language) == (1, "it")
        assert await attendances.wishes(tx, wanting[0].id)
        assert not await attendances.wishes(tx, not_wanting.id)
        await attendances.wish(tx, wanting[0].id, wanted=False)
        assert not await attendances.wishes(tx, wanting[0].id)


async def test_two_facilitators_at_once_open_once_and_step_once(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        member = await a_member(tx, centre)
        made = await convened(tx, centre, member)
        proposal_id = await a_proposal(tx, centre, member, "A quiet room")
        await points.freeze(tx, made.id, [(proposal_id, "A quiet room")], NOW)

    async def begin(tx: Transaction) -> bool:
        return await sessions.begin(tx, centre.id, made.id, NOW)

    async def step(tx: Transaction) -> bool:
        return await sessions.move(tx, centre.id, made.id, position=1, to=2, now=NOW)

    for work in (begin, step):
        done = await asyncio.gather(*(database.run(work) for _ in range(3)))
        assert sorted(done) == [False, False, True]


async def test_of_opening_and_cancelling_at_once_one_counts(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        made = await convened(tx, centre, await a_member(tx, centre))
        await points.freeze(tx, made.id, [], NOW)

    async def begin(tx: Transaction) -> bool:
        return await sessions.begin(tx, centre.id, made.id, NOW)

    async def cancel(tx: Transaction) -> bool:
        return await assemblies.cancel(tx, centre.id, made.id)

    done = await asyncio.gather(*(database.run(work) for work in (begin, cancel, begin, cancel)))
    assert sorted(done) == [False, False, False, True]
    async with database.reading() as tx:
        found = await assemblies.by_id(tx, made.id)
    assert found is not None
    assert found.status == ("open" if done[0] or done[2] else "cancelled")


async def test_erasing_a_member_takes_their_answers_and_wish_along(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        anna, bruno = await a_member(tx, centre), await a_member(tx, centre, 2)
        made = await convened(tx, centre, anna)
        for member in (anna, bruno):
            await attendances.answer(tx, made.id, member.id, Attendance.YES)
            await attendances.wish(tx, member.id, wanted=True)
        await members.leave(tx, bruno.id, 99)
        assert await attendances.coming(tx, made.id) == 1
        assert len(await attendances.reminded(tx, centre.id, made.id)) == 1
        await members.remove(tx, anna.id)
        assert await attendances.coming(tx, made.id) == 0
        assert await attendances.of(tx, made.id, anna.id) is None
        assert not await attendances.wishes(tx, anna.id)
        assert await assemblies.find(tx, centre.id, made.id) == made


OPEN_AT_ITS_SECOND_POINT = (
    "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
    "VALUES (1, -100, 'Aurora', 'de', 'Europe/Vienna', 0)",
    "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at, current_position) "
    "VALUES (1, 1, 0, 'open', 0, 2)",
    "INSERT INTO agenda_items (assembly_id, position, title, status) VALUES (1, 1, 'A', 'done')",
    "INSERT INTO agenda_items (assembly_id, position, title, status) VALUES (1, 2, 'B', 'current')",
)


async def test_the_point_that_it_is_at_when_voci_is_renewed_is_not_done(opener: Opener) -> None:
    """Migration 0020."""
    database = await opener(migrate=False)
    async with as_before(20, database) as tx:
        for row in OPEN_AT_ITS_SECOND_POINT:
            await tx.statement(row)
    await schema.migrate(database, 2)
    async with database.reading() as tx:
        found = await assemblies.find(tx, 1, 1)
        items = await points.items(tx, 1)
    assert found is not None and found.position == 2
    assert [item.ending for item in items] == [Ending.TALKED, None]


async def test_one_convened_before_the_renewal_is_asked_for_at_its_time_too(opener: Opener) -> None:
    """Migration 0022."""
    database = await opener(migrate=False)
    async with as_before(22, database) as tx:
        await tx.statement(OPEN_AT_ITS_SECOND_POINT[0])
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            "VALUES (1, 1, 5000, 'convened', 0), (2, 1, 100, 'cancelled', 0)"
        )
    await schema.migrate(database, 2)
    async with database.reading() as tx:
        asked = await schedules.find(tx, "assembly-opening", 1)
        told = await schedules.find(tx, "assembly-unopened", 1)
        assert await schedules.find(tx, "assembly-unopened", 2) is None
    assert asked is not None and (asked.next_at, asked.zone) == (5000, "Europe/Vienna")
    assert told is not None and told.next_at == given_up_at(5000)


async def test_one_that_is_open_meanwhile_is_asked_about_and_closes_too(opener: Opener) -> None:
    """Migration 0057."""
    database = await opener(migrate=False)
    async with as_before(57, database) as tx:
        await tx.statement(OPEN_AT_ITS_SECOND_POINT[0])
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            "VALUES (1, 1, 5000, 'open', 0), (2, 1, 100, 'closed', 0)"
        )
    await schema.migrate(database, 2)
    for kind in ("assembly-closing", "assembly-unclosed"):
        async with database.reading() as tx:
            found = await schedules.find(tx, kind, 1)
            assert await schedules.find(tx, kind, 2) is None
        assert found is not None and (found.next_at, found.zone) == (5000, "Europe/Vienna")
