"""Presses made while Voci was away are gone after 150 s: what is open is shown again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from kit.centre_rows import QUESTION
from kit.checkin_steps import HOUR, OF_ALL, WEDNESDAY, at, go_to, wants
from kit.stage import Stage

from assembly.rule import Quorum, Rule
from handlers.core.unit_of_work import UnitOfWork
from handlers.recovery.outage import PRESSES_KEPT, begin_again
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import updates
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

AWAY = "Voci was away."


async def put(stage: Stage, centre: Centre, group: Group, seconds: int) -> Message:
    """A decision that is open for so long; its message in the group."""
    await stage.put(centre, seconds, Rule(quorum=Quorum(Fraction(1, 5))))
    return stage.last(group)


async def outage(stage: Stage, seconds: int) -> None:
    await stage.tick()
    await stage.stop_bot()
    stage.clock.move(seconds)
    await stage.start_bot()
    await stage.tick()


def shown_again(stage: Stage, where: Person | Group) -> list[Message]:
    return [message for message in stage.said(where) if AWAY in message.words]


async def test_an_open_decision_is_posted_again_with_its_buttons(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    before = await put(stage, centre, group, 2 * HOUR)
    labels = before.labels
    await outage(stage, 600)
    [anew] = shown_again(stage, group)
    assert QUESTION in anew.words and anew.labels == labels
    await stage.move(60)
    assert before.labels == [] and "further down" in before.words
    press = await stage.press(anna, anew, "Yes")
    assert press.answer is not None
    await stage.move(2 * HOUR)
    await stage.move(60)
    assert anew.labels == [], "from here on it is the decision's message"


async def test_one_outage_is_told_of_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    await put(stage, centre, group, 6 * HOUR)
    await outage(stage, 600)
    await stage.restart()
    await stage.tick()
    await outage(stage, 140)
    [first] = shown_again(stage, group)
    await stage.move(60)
    await outage(stage, 600)
    await stage.move(60)
    [second] = shown_again(stage, group)
    assert second is not first
    assert first.labels == [] and second.labels != []


@pytest.mark.parametrize(("away", "lost"), [(PRESSES_KEPT, False), (PRESSES_KEPT + 1, True)])
async def test_a_press_is_kept_for_as_long_as_telegram_keeps_it(
    stage: Stage, away: int, lost: bool
) -> None:
    async with stage.voci.database.transaction() as tx:
        now = int(stage.clock.now()) + 3600
        await updates.note_alive(tx, now - away)
        assert await begin_again(UnitOfWork(tx, now, stage.voci.services)) is lost
        assert await updates.last_alive(tx) == now


async def test_a_quiet_centre_is_no_outage(stage: Stage) -> None:
    centre, group = await stage.centre()
    await put(stage, centre, group, 6 * HOUR)
    await stage.move(3 * HOUR)
    await stage.restart()
    await stage.tick()
    assert shown_again(stage, group) == []


async def test_what_is_over_by_then_is_not_posted_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    await put(stage, centre, group, 300)
    await outage(stage, 600)
    assert shown_again(stage, group) == []


async def test_at_night_only_what_cannot_wait_is_posted(stage: Stage) -> None:
    centre, group = await stage.centre()
    await go_to(stage, at("2025-12-03 22:00"))
    short = await put(stage, centre, group, HOUR)
    long = await put(stage, centre, group, 20 * HOUR)
    await outage(stage, 600)
    assert len(shown_again(stage, group)) == 1
    await stage.move(60)
    assert short.labels == [] and long.labels != []
    await go_to(stage, at("2025-12-04 09:01"))
    await stage.move(60)
    [anew] = shown_again(stage, group)
    assert anew.labels != [] and long.labels == []


async def test_an_open_check_in_is_shown_again_to_its_member(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    bea = await wants(stage, centre, group, "Bea")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(bea, "Not this week")
    await outage(stage, 600)
    [again] = shown_again(stage, anna)
    assert f"1 {OF_ALL}" in again.words
    assert shown_again(stage, bea) == []
    await stage.press(anna, again, "Skip")
    assert f"2 {OF_ALL}" in again.words


async def test_it_takes_the_place_of_the_reminder(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await outage(stage, 600)
    before = len(stage.said(anna))
    await go_to(stage, WEDNESDAY + 30 * HOUR)
    assert len(stage.said(anna)) == before


async def test_a_check_in_waits_for_the_morning(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await go_to(stage, at("2025-12-03 23:00"))
    await outage(stage, 600)
    assert shown_again(stage, anna) == []
    await go_to(stage, at("2025-12-04 09:01"))
    assert len(shown_again(stage, anna)) == 1


async def test_the_bot_is_ready_before_and_a_start_that_breaks_off_is_made_up_for(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    await put(stage, centre, group, 6 * HOUR)
    await stage.tick()
    await stage.stop_bot()
    stage.clock.move(600)
    await stage.start_bot()
    await stage.settle()
    assert shown_again(stage, group) == [], "it is planned, for the first tick"
    await stage.restart()
    await stage.tick()
    assert len(shown_again(stage, group)) == 1
    assert await stage.rows("SELECT id FROM schedules WHERE kind = 'outage'") == []


async def test_open_check_ins_wait_for_the_first_tick_too(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    states = "SELECT round_id, sealed FROM round_states"
    await stage.tick()
    before = [tuple(row) for row in await stage.rows(states)]
    await stage.stop_bot()
    stage.clock.move(600)
    await stage.start_bot()
    assert [tuple(row) for row in await stage.rows(states)] == before, "no start writes them"
    await stage.settle()
    assert shown_again(stage, anna) == []
    await stage.tick()
    assert len(shown_again(stage, anna)) == 1
