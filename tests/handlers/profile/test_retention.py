"""Every night: what was kept long enough goes, once, and those who run the bot hear how much."""

from __future__ import annotations

import pytest
from kit.stage import DAY, Stage

from assembly.retention import next_sweep
from storage import members, people, retention, schedules
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def meet_operator(stage: Stage) -> None:
    await stage.start(stage.operator)
    await stage.write(people.meet, stage.operator.id, "en", stage.now)


async def nightly(stage: Stage, centre: Centre) -> None:
    """The schedule that setting up makes."""
    at = next_sweep(stage.now, centre.clock)
    await stage.write(schedules.set, retention.SCHEDULE, centre.id, at, centre.zone)


async def due(stage: Stage, centre: Centre) -> int | None:
    found = await stage.read(schedules.find, retention.SCHEDULE, centre.id)
    assert found is not None
    return found.next_at


async def test_after_a_downtime_it_is_done_once_and_told_as_numbers(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    await meet_operator(stage)
    await nightly(stage, centre)
    gone = [await stage.member(centre, group, name) for name in ("Zephyrine", "Yolanda", "Xenia")]
    gone += [await stage.member(centre, group, name) for name in ("Wim", "Vera")]
    for person in gone:
        member_id = await stage.member_id(centre, person)
        await stage.write(members.leave, member_id, stage.now)
    stays = await stage.member(centre, group, "Anna")
    said = len(stage.said(stage.operator))
    caplog.set_level("INFO")
    stage.clock.move(400 * DAY)
    for _ in range(3):  # in steps of three: two have something to do
        await stage.tick()
        stage.clock.move(30)
    await stage.move(12 * 3_600)  # nobody is woken for it
    assert [await stage.member_of(centre, person) for person in gone] == [None] * 5
    assert await stage.member_of(centre, stays) is not None
    [told] = stage.said(stage.operator)[said:]
    assert told.words.splitlines() == [
        "Centro Aurora: what was kept long enough is gone.",
        "members who had left: 5",
    ]
    assert f"centre {centre.id} forgot what was kept long enough: left 5" in caplog.text
    assert "Zephyrine" not in caplog.text and str(gone[0].id) not in caplog.text
    at = await due(stage, centre)
    assert at is not None and stage.now < at <= stage.now + DAY


async def test_a_night_without_anything_is_told_to_nobody(stage: Stage) -> None:
    centre, group = await stage.centre()
    await meet_operator(stage)
    await nightly(stage, centre)
    anna = await stage.member(centre, group, "Anna")
    said = len(stage.said(stage.operator))
    first = await due(stage, centre)
    assert first is not None
    await stage.move(2 * DAY)
    assert len(stage.said(stage.operator)) == said
    assert await stage.member_of(centre, anna) is not None
    assert await due(stage, centre) == first + 2 * DAY
