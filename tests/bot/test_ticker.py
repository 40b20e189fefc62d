"""At each tick all that is to be done is done, whatever part of it fails."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Self

import pytest
from apscheduler.schedulers import base
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers import interval
from kit.planned import plan

from bot import housekeeping
from bot.noise import OpenDpNoise
from handlers.core.unit_of_work import UnitOfWork
from handlers.recovery import outage
from storage import marks, schedules, updates
from storage.engine import row_order
from storage.engine.errors import Transient
from storage.engine.transaction import Transaction


async def test_a_failure_to_tell_of_posts_does_not_look_like_an_outage(
    stage: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    pruned: list[int] = []

    async def prune(_: Transaction, now: int) -> None:
        pruned.append(now)

    monkeypatch.setattr(housekeeping, "give_up_uncertain", broken)
    monkeypatch.setattr(marks, "prune", prune)
    stage.clock.move(60)
    await stage.tick()
    assert await stage.read(updates.last_alive) == stage.now
    assert "a tick was cut short" in caplog.text
    assert pruned == [stage.now]


async def test_what_fell_due_is_forgotten_after_two_weeks_by_whole_days(
    stage: Any, done: list[int]
) -> None:
    await plan(stage, 2)
    await stage.tick()
    stage.clock.move(2)
    await plan(stage, 4)
    await stage.tick()
    assert done == [2, 4]
    query = f"SELECT at FROM occurrences WHERE at <= {stage.now}"
    assert len(await stage.rows(query)) == 2
    midnight = housekeeping.DAY - stage.now % housekeeping.DAY
    await stage.move(housekeeping.POSTS_KEPT + midnight - 60)
    assert len(await stage.rows(query)) == 2, "neither before the other"
    await stage.move(120)
    assert await stage.rows(query) == []


async def test_trouble_with_the_database_waits_for_the_next_tick(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any) -> Any:
        raise OSError("disk")

    await plan(stage, 2)
    with monkeypatch.context() as patch:
        patch.setattr(schedules, "due", broken)
        await stage.voci.ticker.tick()
    assert done == []
    assert "a tick was cut short" in caplog.text
    await stage.tick()
    assert done == [2]


async def test_a_database_that_stays_away_is_told_once_and_its_end(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(*_: Any) -> Any:
        raise Transient("the database can't be reached: the connection is refused")

    caplog.set_level("INFO")
    await plan(stage, 2)
    with monkeypatch.context() as patch:
        patch.setattr(schedules, "due", away)
        for _ in range(3):
            await stage.voci.ticker.tick()
            stage.clock.move(30)
    await stage.voci.ticker.tick()
    assert done == [2]
    told = [each.getMessage() for each in caplog.records if each.name == "bot.trouble"]
    assert told == [
        "a tick is not whole: the database can't be reached: the connection is refused",
        "ticks are whole again, after 90 s",
    ]
    assert "a tick was cut short" not in caplog.text


async def test_what_passes_by_itself_is_tried_again_at_once(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    due = schedules.due
    failed: list[object] = []

    async def away_once(*given: Any) -> Any:
        if not failed:
            failed.append(given)
            raise Transient("the disk can't be read or written")
        return await due(*given)

    await plan(stage, 2)
    monkeypatch.setattr(schedules, "due", away_once)
    await stage.voci.ticker.tick()
    assert failed and done == [2]
    assert "a tick was cut short" not in caplog.text


async def test_where_one_part_fails_the_others_are_done(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> Any:
        raise OSError("disk")

    vitals, before = stage.voci.vitals, stage.voci.vitals.ticked_at
    stage.clock.move(60)
    with monkeypatch.context() as patch:
        patch.setattr(stage.voci.sender, "recover", broken)
        await stage.voci.ticker.tick()
    assert await stage.read(updates.last_alive) == stage.now
    assert vitals.ticked_at == before  # whoever watches hears of it
    await stage.tick()
    assert vitals.ticked_at == stage.clock.now()


async def _come(tx: Transaction, member: int) -> None:
    await tx.insert("presences", ("assembly_id", "member_id"), [(1, member)])


async def test_people_who_press_without_a_pause_make_no_tick_fail(
    stage_on_each: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """On PostgreSQL rows can't be put into another order while they are written."""
    stage = stage_on_each

    async def met_somebody(*_: Any, **__: Any) -> None:
        raise Transient("serialization failure")

    monkeypatch.setattr(row_order, "TABLES", {"presences": row_order.TABLES["presences"]})
    monkeypatch.setattr(row_order, "_hide", met_somebody)
    for member in (2, 1):
        await stage.write(_come, member)
    stage.clock.move(60)
    await stage.tick()
    assert stage.voci.vitals.ticked_at == stage.clock.now()
    told = "rows of presences lie as they came: Transient"
    assert (told in caplog.messages) == (stage.voci.database.engine == "postgresql")


async def test_no_transaction_waits_for_the_sampler(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    transaction = stage.voci.database.transaction

    @asynccontextmanager
    async def noted() -> Any:
        seen.append("transaction")
        async with transaction() as tx:
            yield tx

    await plan(stage, 2)
    monkeypatch.setattr(OpenDpNoise, "load", lambda _: seen.append("load"))
    monkeypatch.setattr(stage.voci.database, "transaction", noted)
    await stage.voci.ticker.tick()
    assert done == [2]
    assert seen[:2] == ["load", "transaction"]


async def test_a_start_is_not_stopped_by_what_cannot_be_shown_again(
    stage: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: UnitOfWork) -> bool:
        raise RuntimeError("odd row")

    monkeypatch.setattr(outage, "begin_again", broken)
    await stage.restart()
    assert "what is open was not shown again" in caplog.text
    assert await stage.start(stage.operator)


async def test_it_goes_on_ticking_when_the_machine_s_clock_is_put_back(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[AsyncIOScheduler] = []
    start = AsyncIOScheduler.start

    def note(scheduler: AsyncIOScheduler) -> None:
        started.append(scheduler)
        start(scheduler)

    monkeypatch.setattr(AsyncIOScheduler, "start", note)
    stage.voci.ticker.start(30)
    [scheduler] = started
    [job] = scheduler.get_jobs()
    planned = job.next_run_time

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Self:
            return super().now(tz) - timedelta(hours=1)

    for module in (base, interval):
        monkeypatch.setattr(module, "datetime", Earlier)
    monkeypatch.setattr(stage.clock, "leap", lambda: -3600.0)
    await stage.voci.ticker.look_at_the_clock()
    assert job.next_run_time < planned - timedelta(minutes=59)
    stage.voci.ticker.stop()


async def test_a_library_that_is_damaged_stops_nothing_else(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def load(_: OpenDpNoise) -> None:
        raise OSError("opendp.abi3.so: file too short")

    await plan(stage, 2)
    monkeypatch.setattr(OpenDpNoise, "load", load)
    await stage.tick()
    assert done == [2]
    assert "what draws summaries can't be loaded: OSError" in caplog.messages
