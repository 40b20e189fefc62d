from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kit.centre_rows import add_member, new_centre

from assembly.pulse import goes_out_at
from assembly.questionnaire import PULSE
from assembly.recurrence import resolve
from storage import assemblies, centres, pulses, rounds, schedules, windows
from storage.engine.database import Database
from storage.engine.transaction import Transaction

ROME = ZoneInfo("Europe/Rome")


def at(text: str) -> int:
    return resolve(datetime.fromisoformat(text), ROME)


CLOSED = at("2026-10-15 18:00")  # a Thursday


async def sent(tx: Transaction, centre_id: int, member_id: int, moment: int) -> None:
    await add_member(tx, member_id, centre_id=centre_id)
    assert await rounds.begin(tx, member_id, moment, PULSE) is not None


async def test_it_is_planned_once_in_four_weeks(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await centres.get(tx, await new_centre(tx))
        assert await pulses.plan(tx, centre, CLOSED)
        planned = await schedules.find(tx, pulses.SCHEDULE, centre.id)
        assert planned is not None and planned.next_at == goes_out_at(CLOSED, ROME)
        assert await windows.calendar(tx, centre.id, PULSE) is not None
        await schedules.remove(tx, pulses.SCHEDULE, centre.id)
        await sent(tx, centre.id, 7, CLOSED + 3600)
        for weeks in (1, 2, 3):
            assert not await pulses.plan(tx, centre, CLOSED + weeks * 7 * 86_400)
        assert await schedules.find(tx, pulses.SCHEDULE, centre.id) is None
        assert await pulses.plan(tx, centre, CLOSED + 28 * 86_400)


async def test_another_centre_s_is_no_matter(database: Database) -> None:
    async with database.transaction() as tx:
        ours, other = await new_centre(tx), await new_centre(tx, chat_id=-8)
        await sent(tx, other, 7, CLOSED)
        assert await pulses.last_sent(tx, ours) is None
        assert await pulses.last_sent(tx, other) == CLOSED
        assert await pulses.plan(tx, await centres.get(tx, ours), CLOSED)


async def test_the_week_of_an_assembly_that_it_will_follow_is_taken(database: Database) -> None:
    wednesday = at("2026-10-14 17:00")
    async with database.transaction() as tx:
        centre = await centres.get(tx, await new_centre(tx))
        await add_member(tx, 7, centre_id=centre.id)
        assert not await pulses.takes_week(tx, centre, wednesday)
        assembly = await assemblies.convene(
            tx, centre_id=centre.id, starts_at=CLOSED, place=None, convened_by=7, now=wednesday
        )
        assert await pulses.takes_week(tx, centre, wednesday)
        await assemblies.cancel(tx, centre.id, assembly.id)
        assert not await pulses.takes_week(tx, centre, wednesday)
        await pulses.plan(tx, centre, CLOSED)
        assert await pulses.takes_week(tx, centre, wednesday)
