"""After a restore: what is void, what is said, what is not told a second time."""

from __future__ import annotations

from typing import Any

import pytest
from kit.disaster import DAY, Disaster, put, texts
from kit.running_bot import NOON

from bot.bucket import Bucket
from bot.clock import MovableClock
from bot.settings import Settings
from bot.vitals import Vitals
from handlers.assemblies import reminders, sending
from handlers.core.registration import due_kinds
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from handlers.recovery import restored
from storage import (
    checkins,
    consents,
    decisions,
    schedules,
)
from storage.engine.database import Database
from storage.secrets.ledger import Ledger

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_what_was_open_is_void_and_the_group_is_told(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    decision_id = await put(disaster, centre, "Shall we open on Saturdays?")
    posted = stage.last(group)
    answer = (await stage.press(anna, posted, "Yes")).answer
    assert answer is not None and "You said yes" in (answer.text or "")
    await disaster.back_up()
    stage.clock.move(3600)
    done = await disaster.strike()
    assert (done.void, done.erased, done.taken_at) == (1, 0, NOON)
    assert await disaster.rows("SELECT id, status, result FROM decisions") == [
        (decision_id, "void", None)
    ]
    for table in ("electors", "ballots"):
        assert await disaster.rows(f"SELECT * FROM {table}") == []
    assert await schedules_of(disaster) == []
    question, back, void = stage.said(group)[-3:]
    assert question.text == "Shall we open on Saturdays?\nVoid: it does not count."
    assert question.buttons == []
    assert back.text == (
        "Voci had to go back to an earlier copy: Wednesday 3 December, 13:00.\n"
        "What came after that is missing here: proposals, voices, answers, settings. "
        "Please look again at what matters to you.\n"
        "Who has left or stopped check-ins since then need not do it again."
    )
    assert void.text == (
        "Shall we open on Saturdays? Void: it does not count.\n"
        "Voci had to go back to an earlier copy, and the ballots are lost.\n"
        "The question can be put again."
    )
    await stage.restart()
    await stage.tick()
    assert stage.last(group) == void


async def test_an_old_copy_whose_key_is_destroyed_is_void(disaster: Disaster) -> None:
    """Somebody put an old file in the database's place, in which the decision is still open."""
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    decision_id = await put(disaster, centre, "Shall we open on Saturdays?")
    other = await put(disaster, centre, "Shall we paint the kitchen?")
    for posted in stage.said(group)[-2:]:
        await stage.press(anna, posted, "Yes")
    await Ledger(stage.voci.keys.database).append("decision closed", str(decision_id), "void", NOON)
    await stage.voci.keys.destroy_ballot_key(decision_id)
    await stage.restart()
    await stage.tick()
    assert await disaster.rows("SELECT id, status FROM decisions ORDER BY id") == [
        (decision_id, "void"),
        (other, "open"),
    ]
    assert await disaster.rows("SELECT decision_id FROM ballots") == [(other,)]
    assert stage.last(group).text == (
        "Shall we open on Saturdays? Void: it does not count.\n"
        "Voci had to go back to an earlier copy, and the ballots are lost.\n"
        "The question can be put again."
    )
    await stage.restart()
    await stage.tick()
    assert [text for text in texts(disaster, group) if text.startswith("Shall we open")] == [
        "Shall we open on Saturdays?\nVoid: it does not count.",
        stage.last(group).text,
    ]


async def test_after_a_restore_no_ballot_key_is_left(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, _ = await stage.centre()
    await put(disaster, centre, "Shall we open on Saturdays?")
    await disaster.back_up()
    await put(disaster, centre, "Put after the copy was made?")
    assert len(await stage.voci.keys.ballot_keys()) == 2
    await disaster.strike()
    assert await stage.voci.keys.ballot_keys() == set()
    entries = await Ledger(stage.voci.keys.database).entries("decision closed")
    assert [entry.data for entry in entries] == ["void", "void"]


async def schedules_of(disaster: Disaster, kinds: str = "decision-close") -> list[Any]:
    return await disaster.rows(f"SELECT * FROM schedules WHERE kind = '{kinds}'")


async def test_an_outcome_that_was_posted_stays_as_it_was(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna")
    kept = await put(disaster, centre, "Shall we?")
    cancelled = await put(disaster, centre, "Shall we not?")
    await disaster.back_up()
    stage.clock.move(60)
    voci = stage.voci
    async with voci.database.transaction() as tx:
        unit = UnitOfWork(tx, stage.now, voci.services)
        for decision_id in (kept, cancelled):
            decision = await decisions.get(tx, centre.id, decision_id)
            assert decision is not None
            if decision_id == kept:
                await closing.close(unit, centre, decision)
            else:
                await closing.cancel(unit, centre, decision, "Too early")
    await stage.settle()
    before = texts(disaster, group)
    done = await disaster.strike()
    assert done.void == 2
    assert texts(disaster, group)[:-2] == before
    back, since = texts(disaster, group)[-2:]
    assert back.startswith("Voci had to go back")
    assert since == (
        "Shall we?\nThis was closed after the copy was made. The outcome that I posted then can "
        "still be read here, but I have lost it.\n"
        "Talk about whether it holds, or put the question again."
    )


async def test_no_reminder_comes_twice_and_the_next_one_comes(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    assembly = await stage.convene(centre, fiona, 2 * DAY)
    await stage.write(reminders.plan, assembly, centre.zone, NOON)
    await disaster.back_up()
    await stage.move(DAY + 60)
    told = texts(disaster, group)
    assert len(told) == 1
    stage.clock.move(3600)
    await disaster.strike()
    assert len(texts(disaster, group)) == 2  # that, and what is said after a restore
    [(frozen_at,)] = await disaster.rows("SELECT frozen_at FROM assemblies")
    assert frozen_at == NOON + DAY + 60 + 3600
    assert ("skipped",) in await disaster.rows("SELECT status FROM occurrences")
    await stage.move(assembly.starts_at - 2 * 3600 - stage.clock.now())
    await stage.move(60)
    assert len(texts(disaster, group)) == 3


async def test_no_check_in_comes_twice_and_next_weeks_comes(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    her_id = await stage.member_id(centre, anna)
    async with stage.voci.database.transaction() as tx:
        await consents.grant(tx, her_id, "checkin", consents.VERSIONS["checkin"], NOON)
        await checkins.enrol(tx, her_id, centre.zone, NOON)
    await disaster.back_up()
    await stage.move(5 * 3600)
    sent = len(stage.said(anna))
    await stage.move(3600)
    await disaster.strike()
    await stage.move(DAY)
    assert len(stage.said(anna)) == sent
    await stage.move(6 * DAY)
    assert len(stage.said(anna)) == sent + 1


async def test_in_the_night_the_group_is_told_in_the_morning(disaster: Disaster) -> None:
    stage = disaster.stage
    _, group = await stage.centre()
    await disaster.back_up()
    stage.clock.move(11 * 3600)  # midnight in Rome
    await disaster.strike()
    assert texts(disaster, group) == []
    await stage.move(9 * 3600)
    assert len(texts(disaster, group)) == 1


def test_of_every_schedule_it_is_said_what_a_restore_does() -> None:
    import bot.app

    settings = Settings(_env_file=None, bot_token="1:" + "a" * 30)
    clock = MovableClock(NOON)
    bot.app.create_application(settings, Bucket(clock), Vitals(clock), clock)
    groups = (restored.SKIPPED, restored.ASKS, restored.CHANGES, restored.GO_ON.keys())
    assert set().union(*groups) == set(due_kinds)
    assert sum(len(group) for group in groups) == len(due_kinds)


async def test_the_order_of_due_schedules_does_not_stop_at_what_stays_due(
    disaster: Disaster,
) -> None:
    """More than one batch, and between those that are skipped some that are not."""
    stage = disaster.stage
    await stage.centre()
    database: Database = stage.voci.database
    async with database.transaction() as tx:
        for number in range(250):
            kind = sending.FREEZE if number % 2 else "assembly-reminder-2h"
            await schedules.set(tx, kind, 1000 + number, NOON + number // 3, "UTC")
        await restored._skip_missed(tx, NOON + DAY)
        left = await tx.statement("SELECT kind, COUNT(*) AS n FROM schedules GROUP BY kind")
    assert [(row["kind"], row["n"]) for row in left] == [(sending.FREEZE, 125)]
