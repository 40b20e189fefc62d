from __future__ import annotations

import pytest
from kit.stage import DAY, Stage

from assembly.retention import Choice, Kept, next_sweep
from bot import period_notes
from bot.checks import examine
from storage import retention, schedules
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

KEEPS = (
    "Centre 1 keeps, in days (* its own choice): left 180*, answers 730, invitations 90, "
    "requests 60, minutes 3650, tasks 365, names 730, audit 1825, messages 180, drafts 30."
)


async def with_nights(stage: Stage) -> Centre:
    """A centre that takes away every night what was kept long enough, as /setup makes it."""
    centre, _ = await stage.centre()
    at = next_sweep(stage.now, centre.clock)
    await stage.write(schedules.set, retention.SCHEDULE, centre.id, at, centre.zone)
    return centre


async def test_check_says_for_how_long_each_centre_keeps_what(stage: Stage) -> None:
    centre = await with_nights(stage)
    choice = Choice(180, 365, stage.now)
    await stage.write(retention.choose, centre.id, Kept.LEFT, choice)
    found = await examine(stage.voci.settings, stage.now)
    assert KEEPS in found.notes and found.problems == []
    assert len(found.notes) == 1, "the nights are kept"


async def test_a_night_that_was_missed_is_told(stage: Stage) -> None:
    centre = await with_nights(stage)
    nightly = await stage.read(schedules.find, retention.SCHEDULE, centre.id)
    assert nightly is not None and nightly.next_at is not None
    since = nightly.next_at
    soon = await stage.read(period_notes.notes, since + DAY)
    late = await stage.read(period_notes.notes, since + 2 * DAY)
    assert len(soon) == 1
    assert late[1] == (
        "Centre 1: what was kept long enough waits since 2025-12-04; voci run takes it away."
    )


async def test_after_a_migration_no_night_was_missed_yet(stage: Stage) -> None:
    centre, _ = await stage.centre()
    await stage.write(schedules.set, retention.SCHEDULE, centre.id, 0, centre.zone)
    assert len(await stage.read(period_notes.notes, stage.now)) == 1


async def test_that_nothing_goes_at_all_is_told(stage: Stage) -> None:
    centre, _ = await stage.centre()
    told = await stage.read(period_notes.notes, stage.now)
    assert told[1:] == [f"Centre {centre.id}: nothing takes away what was kept long enough."]


async def test_an_erasure_that_does_not_come_to_its_end_is_told(stage: Stage) -> None:
    await stage.rows(f"INSERT INTO erasures (member_id, mark, at) VALUES (7, 'm', {stage.now})")
    assert await stage.read(period_notes.notes, stage.now + period_notes.SLOW - 1) == []
    assert await stage.read(period_notes.notes, stage.now + period_notes.SLOW) == [
        "Erasures that have not come to their end: 1, the first of 2025-12-03; voci run goes on "
        "with them, and its log says what is in the way."
    ]
