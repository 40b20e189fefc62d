"""The ticker does what is due, once, and lets no failing row stand in another's way."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Self

import pytest
from apscheduler.schedulers import base
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers import interval
from kit.elsewhere import Elsewhere

from bot import housekeeping, ticker
from bot.noise import OpenDpNoise
from bot.ticker import Ticker
from handlers.core import registration
from handlers.core.unit_of_work import UnitOfWork
from handlers.recovery import outage
from storage import marks, schedules, updates
from storage.engine import row_order
from storage.engine.errors import Transient
from storage.engine.transaction import Transaction
from storage.schedules import Schedule


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Subjects of the kind `test`, in the order in which they were dealt with."""
    seen: list[int] = []

    async def work(row: Schedule, unit: UnitOfWork) -> bool:
        seen.append(row.subject_id)
        if row.subject_id < 0:
            raise RuntimeError("broken")
        if row.subject_id >= 1000:  # takes another one's place while both are due
            await schedules.set(unit.tx, "test", 1, unit.now + 60, "UTC")
        await schedules.advance(unit.tx, row.id, None)
        return row.subject_id % 2 == 0

    monkeypatch.setitem(registration.due_kinds, "test", work)
    return seen


async def plan(stage: Any, *subjects: int, earlier: int = 0) -> None:
    now = stage.now - earlier
    async with stage.voci.database.transaction() as tx:
        for subject in subjects:
            await schedules.set(tx, "test", subject, now, "UTC")


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
    await plan(stage, 1, 2, 3, earlier=2 * ticker.LATE)
    await plan(stage, 5)
    await stage.tick()
    await stage.tick()
    assert done == [1, 2, 3, 5]
    assert [text for text in caplog.messages if "fell due" in text] == [
        "of what fell due while nobody looked, this was left out or put off: 2 test"
    ]


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


async def test_failing_rows_do_not_stand_in_the_way(
    stage: Any, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "BATCH", 3)
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
    monkeypatch.setattr(ticker, "BATCH", 2)
    monkeypatch.setattr(ticker, "monotonic", lambda: 6.0 * len(done))  # 6 s for each
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

    assert ticker.DEADLINE == 10.0
    monkeypatch.setattr(ticker, "DEADLINE", 0.02)
    monkeypatch.setitem(registration.due_kinds, "stuck", stuck)
    await stage.write(schedules.set, "stuck", 1, stage.now - 60, "UTC")
    await plan(stage, 2)
    await stage.tick()
    assert done == [2], "the others are dealt with"
    assert "(stuck) failed" in caplog.text
    await stage.tick()
    await stage.tick()
    assert tries == 2, "nothing of the first time was kept, and the second one counts"


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
