from __future__ import annotations

import logging
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from kit.checkin_steps import (
    DAY,
    HOUR,
    OF_ALL,
    OPEN,
    WEDNESDAY,
    agreed,
    at,
    current,
    given,
    go_to,
    state,
    wants,
)
from kit.phrases import OLDER_MESSAGE
from kit.stage import Stage

from assembly.recurrence import local
from sandbox.people import Person
from storage import checkins, members, rounds, schedules

pytestmark = pytest.mark.usefixtures("no_errors")


def asked(stage: Stage, person: Person) -> int:
    """How many messages with the first question the person has."""
    return len([message for message in stage.said(person) if f"1 {OF_ALL}" in message.words])


async def test_exactly_once_over_double_ticks_and_restarts(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    stage.clock.move(WEDNESDAY - stage.clock.now())
    await stage.voci.ticker.tick()
    await stage.voci.ticker.tick()
    await stage.restart()
    await stage.tick()
    await stage.restart()
    await stage.tick()
    assert asked(stage, anna) == 1
    await go_to(stage, WEDNESDAY + DAY)
    await stage.restart()
    await stage.tick()
    assert asked(stage, anna) == 2  # with its one reminder
    await go_to(stage, WEDNESDAY + OPEN)
    await stage.restart()
    await stage.tick()
    await stage.move(10)
    assert asked(stage, anna) == 0


@pytest.mark.parametrize(
    ("back", "out"),
    [
        ("2025-12-03 20:00", "2025-12-03 20:00"),
        ("2025-12-03 23:00", "2025-12-04 09:00"),
        ("2025-12-04 03:00", "2025-12-04 09:00"),
        ("2025-12-04 16:30", "2025-12-04 16:30"),
    ],
)
async def test_after_a_downtime_it_comes_once_and_not_at_night(
    stage: Stage, back: str, out: str
) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await stage.stop_bot()
    stage.clock.move(at(back) - stage.clock.now())
    await stage.start_bot()
    await stage.tick()
    if out != back:
        assert asked(stage, anna) == 0
        await go_to(stage, at(out) - 60)
        assert asked(stage, anna) == 0
        await go_to(stage, at(out) + 1)
    assert asked(stage, anna) == 1
    found = await current(stage, centre, anna)
    assert 0 <= found.sent_at - at(out) < 60
    assert found.closes_at == found.sent_at + OPEN
    await go_to(stage, WEDNESDAY + 7 * DAY)
    await stage.move(10)
    assert asked(stage, anna) == 1  # the next week's; the first has lost its buttons


@pytest.mark.parametrize("days", [1, 3, 20])
async def test_after_a_day_it_is_left_out(stage: Stage, days: int) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await stage.stop_bot()
    stage.clock.move(WEDNESDAY + days * DAY - stage.clock.now())
    await stage.start_bot()
    await stage.tick()
    assert asked(stage, anna) == 0
    following = WEDNESDAY + (days // 7 + 1) * 7 * DAY
    await go_to(stage, following)
    assert asked(stage, anna) == 1


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Rome", "2026-03-29"),
        ("America/New_York", "2026-03-08"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
    ],
)
async def test_five_in_the_afternoon_stays_when_clocks_change(
    stage: Stage, zone: str, around: str
) -> None:
    centre, group = await stage.centre(zone=zone)
    anna = await wants(stage, centre, group)
    member_id, place = await stage.member_id(centre, anna), ZoneInfo(zone)
    stage.clock.move(at(f"{around} 12:00", place) - 9 * DAY - stage.clock.now())
    await stage.tick()
    sent: set[int] = set()
    end = at(f"{around} 12:00", place) + 18 * DAY
    while True:
        due = await stage.read(schedules.next_at)
        assert due is not None
        if due > end:
            break
        await go_to(stage, max(due, stage.now))
        last = await stage.read(rounds.last, member_id)
        sent |= {last.sent_at} if last else set()
    shown = [f"{local(moment, place):%a %H:%M}" for moment in sorted(sent)]
    assert shown == ["Wed 17:00"] * 4
    days = [local(moment, place).date().toordinal() for moment in sorted(sent)]
    assert [later - day for day, later in pairwise(days)] == [7, 7, 7]


async def test_an_hour_at_night_is_kept_but_its_reminder_waits(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    async with stage.voci.database.transaction() as tx:
        member_id = (await members.find(tx, centre.id, anna.id)).id  # type: ignore[union-attr]
        now = stage.now
        await checkins.set_time(tx, member_id, 2, 22, "Europe/Rome", now)
    await go_to(stage, at("2025-12-03 22:00"))
    assert asked(stage, anna) == 1
    await go_to(stage, at("2025-12-05 08:59"))
    assert asked(stage, anna) == 1
    await go_to(stage, at("2025-12-05 09:00"))
    assert asked(stage, anna) == 2


async def test_a_reminder_that_is_late_keeps_out_of_the_night(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.stop_bot()
    stage.clock.move(WEDNESDAY + DAY + 6 * HOUR - stage.clock.now())  # Thursday, 23:00
    await stage.start_bot()
    await stage.tick()
    assert asked(stage, anna) == 1
    await go_to(stage, at("2025-12-05 09:01"))
    assert asked(stage, anna) == 2


async def test_a_reminder_too_late_to_help_is_left_out(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.stop_bot()
    stage.clock.move(WEDNESDAY + 3 * DAY - stage.clock.now())
    await stage.start_bot()
    await stage.tick()
    await stage.move(10)
    assert asked(stage, anna) == 0
    assert len([m for m in stage.said(anna) if ": closed." in m.words]) == 1


async def test_who_has_blocked_the_bot_is_not_asked(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    anna.block(stage.bot)
    await stage.settle()
    await go_to(stage, WEDNESDAY)
    member_id = await stage.member_id(centre, anna)
    assert await stage.read(rounds.last, member_id) is None
    anna.unblock(stage.bot)
    await stage.start(anna)
    await go_to(stage, WEDNESDAY + 7 * DAY)
    assert asked(stage, anna) == 1


async def test_everybody_is_asked_in_their_language(stage: Stage) -> None:
    centre, group = await stage.centre()
    people = {
        language: await wants(stage, centre, group, f"P{language}", language)
        for language in ("en", "it", "de")
    }
    await go_to(stage, WEDNESDAY)
    first = {language: stage.last(person) for language, person in people.items()}
    assert first["en"].labels[3] == "😌 Good"
    assert first["it"].labels[3] == "😌 Bene"
    assert first["de"].labels[3] == "😌 Gut"
    assert "Notdienst" in first["de"].words
    assert "emergenza" in first["it"].words


async def test_a_member_of_two_centres_reads_which_one_asks(stage: Stage) -> None:
    centre, group = await stage.centre()
    other, _ = await stage.centre("Centro <Vega>")
    anna = await wants(stage, centre, group)
    await stage.enrol(other, anna, "family", facilitator=False, language="en")
    await agreed(stage, other, anna)
    before = len(stage.said(anna))
    await go_to(stage, WEDNESDAY)
    await stage.move(10)
    first, second = stage.said(anna)[before:]
    tops = {first.words.splitlines()[0], second.words.splitlines()[0]}
    assert tops == {"Centro Aurora", "Centro <Vega>"}


async def test_an_erased_member_is_asked_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    member_id = await stage.member_id(centre, anna)
    await stage.write(members.remove, member_id)
    said = len(stage.said(anna))
    for days in (1, 2, 7, 14):
        await go_to(stage, WEDNESDAY + days * DAY)
    assert len(stage.said(anna)) == said
    assert await stage.read(schedules.find, checkins.SCHEDULE, member_id) is None


async def test_places_of_messages_stand_in_no_table(stage: Stage) -> None:
    """Which message of last month's was left open tells who did not answer."""
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    assert (await state(stage, centre, anna)).places == (stage.last(anna).id,)
    await go_to(stage, WEDNESDAY + OPEN)
    await go_to(stage, WEDNESDAY + OPEN + HOUR)
    assert await stage.rows("SELECT ref FROM messages WHERE ref LIKE 'round:%'") == []
    assert await stage.rows("SELECT * FROM round_states") == []


async def test_what_waited_is_gone_when_the_round_closes(stage: Stage) -> None:
    centre, group = await stage.centre()
    await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    keys = "SELECT key FROM outbox WHERE key LIKE 'round:%'"
    assert len(await stage.rows(keys)) == 1
    await go_to(stage, WEDNESDAY + OPEN)
    assert await stage.rows(keys) == []


async def test_without_a_key_nothing_happens_and_the_log_says_so(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await stage.press(anna, message, "😌 Good")
    assert await given(stage, centre, anna) == {"week": 3}
    member_id = await stage.member_id(centre, anna)
    await stage.voci.keys.destroy(member_id)
    for button in ("Skip", "😐 Somewhat"):
        pressed = await stage.press(anna, message, button)
        assert (await pressed.answered()).text == OLDER_MESSAGE
    said = len(stage.said(anna))
    await stage.say(anna, "/checkin")
    for days in (1, 2, 7):
        await go_to(stage, WEDNESDAY + days * DAY)
    assert asked(stage, anna) == 0
    assert len(stage.said(anna)) == said
    last = await stage.read(rounds.last, member_id)
    assert last is not None
    assert local(last.sent_at, ZoneInfo("UTC")) == datetime.fromisoformat("2025-12-03 16:00")
    errors = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert errors == [f"centre {centre.id}: a check-in is skipped: its member has no key"]
    caplog.clear()  # and there was no other
