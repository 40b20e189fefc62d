"""What is due is done once, and no failing row stands in another's way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from kit.elsewhere import Elsewhere
from kit.planned import plan

from bot import due
from bot.ticker import Ticker
from handlers.core import registration
from handlers.core.unit_of_work import UnitOfWork
from storage import schedules
from storage.schedules import Schedule


async def test_each_is_done_once_and_what_came_too_late_is_recorded(
    stage: Any, done: list[int]
) -> None:
    await plan(stage, 2, 3)
    await stage.tick()
    await stage.tick()
    assert done == [2, 3]
    rows = await stage.rows("SELECT status FROM occurrences ORDER BY schedule_id")
    assert [row["status"] for row in rows] == ["claimed", "skipped"]


async def test_where_another_process_has_the_lease_nothing_is_done(
    stage: Any, done: list[int]
) -> None:
    voci = stage.voci
    elsewhere = Elsewhere()
    other = Ticker(voci.database, voci.services, voci.sender, stage.clock, voci.vitals, elsewhere)
    await plan(stage, 2, 4)
    stage.clock.move(7)
    await other.tick()
    assert done == []
    assert voci.vitals.ticked_at == stage.clock.now()  # it is well
    elsewhere.looks = 3  # lost while it works
    await other.tick()
    assert done == [2, 4]
    await plan(stage, 6)
    await other.tick()
    assert done == [2, 4]
    await stage.tick()
    assert done == [2, 4, 6]


async def test_what_is_left_out_after_an_outage_is_told_by_kind(
    stage: Any, done: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    await plan(stage, 1, 2, 3, earlier=2 * due.LATE)
    await plan(stage, 5)
    await stage.tick()
    await stage.tick()
    assert done == [1, 2, 3, 5]
    assert [text for text in caplog.messages if "fell due" in text] == [
        "of what fell due while nobody looked, this was left out or put off: 2 test"
    ]


async def test_failing_rows_do_not_stand_in_the_way(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "BATCH", 3)
    await plan(stage, *range(-8, 0), earlier=60)
    await plan(stage, 4, 6)
    await stage.tick()
    assert done == [*range(-8, 0), 4, 6]
    done.clear()
    await stage.tick()
    assert done == list(range(-8, 0))  # tried again, each once a tick


async def test_the_rest_of_a_tick_does_not_wait_for_a_crowd(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "BATCH", 2)
    monkeypatch.setattr(due, "monotonic", lambda: 6.0 * len(done))  # 6 s for each
    await plan(stage, *range(-8, 0), earlier=60)
    await plan(stage, 4)
    await stage.voci.ticker.tick()
    assert done == [-8, -7, -6, -5]
    assert stage.voci.vitals.ticked_at > 0, "all else was done"
    await plan(stage, 6, earlier=90)  # late as it comes, it has its turn before those that fail
    await stage.voci.ticker.tick()
    assert done[4:] == [-4, -3, -2, -1]
    await stage.voci.ticker.tick()
    assert done[8:] == [4, 6, -8]


async def test_a_row_that_was_moved_meanwhile_is_left_alone(stage: Any, done: list[int]) -> None:
    await plan(stage, 1000, earlier=60)
    await plan(stage, 1)
    await stage.tick()
    assert done == [1000]
    await stage.move(61)
    assert done == [1000, 1]


async def test_what_is_stuck_is_cut_and_tried_again(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    async def stuck(row: Schedule, unit: UnitOfWork) -> bool:
        nonlocal tries
        tries += 1
        await schedules.advance(unit.tx, row.id, None)
        if tries == 1:
            await asyncio.Event().wait()
        return True

    assert due.DEADLINE == 10.0
    monkeypatch.setattr(due, "DEADLINE", 0.02)
    monkeypatch.setitem(registration.due_kinds, "stuck", stuck)
    await stage.write(schedules.set, "stuck", 1, stage.now - 60, "UTC")
    await plan(stage, 2)
    await stage.tick()
    assert done == [2], "the others are dealt with"
    assert "(stuck) failed" in caplog.text
    await stage.tick()
    await stage.tick()
    assert tries == 2, "nothing of the first time was kept, and the second one counts"
