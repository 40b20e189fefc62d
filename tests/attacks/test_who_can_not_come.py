"""Who said that they can't come gets no reminder: two days later nothing tells who that was."""

from __future__ import annotations

import pytest
from kit.leading_to import leading_to
from kit.stage import DAY, HOUR, Stage

from handlers.assemblies import reminders
from storage import attendances, retention, sessions
from storage.attendances import Attendance

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_two_days_later_nobody_can_tell_who_was_not_reminded(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    anna, bruno = [await stage.member(centre, group, name) for name in ("Anna", "Bruno")]
    ids = [await stage.member_id(centre, person) for person in (anna, bruno)]
    found = await stage.convene(centre, fiona, 26 * HOUR)
    await stage.write(reminders.plan, found, centre.zone, stage.now)
    for member in ids:
        await stage.write(attendances.wish, member, True)
    await stage.write(attendances.answer, found.id, ids[1], Attendance.NO)
    await stage.move(25 * HOUR)
    assert "reminder" in str(await leading_to(stage, centre, anna))
    await stage.move(HOUR)
    assert await stage.write(sessions.begin, centre.id, found.id, stage.now)
    assert await stage.write(sessions.close, centre.id, found.id, stage.now, {})
    await stage.move(60)
    for _ in range(2):
        stage.clock.move(DAY)
        await stage.write(retention.sweep, stage.voci.keys, centre.id, stage.now)
    for person in (anna, bruno):
        rows = await leading_to(stage, centre, person)
        assert [each.partition(":")[0] for each in rows] == ["reminder_settings"], rows
