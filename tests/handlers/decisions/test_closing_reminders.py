"""Reminders before a question closes: to whom, when, once; and that nothing says to whom."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from kit.putting import HOUR, QUESTION, put
from kit.stage import Stage

from bot.ticker import Ticker
from handlers.decisions.presses import CancelDecision, CancelNow, Cast, Extend, StopReminding
from handlers.profile.presses import Leave, MyClosingReminders
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import closing_reminders, members
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

NAMES = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio")
MINUTE, DAY = 60, 24 * HOUR


@dataclass
class Hall:
    """A centre with a facilitator, Fiona, and six members; it is Wednesday, 13:00 in Rome."""

    stage: Stage
    centre: Centre
    group: Group
    fiona: Person
    people: list[Person]

    async def press(self, person: Person, data: str) -> None:
        await self.stage.forge(person, await self.stage.start(person), data)

    async def cast(self, decision: Decision, *people: Person) -> None:
        for person in people:
            await self.press(person, Cast(self.centre.id, decision.id, "yes").encode())

    def reminders(self, person: Person) -> list[Message]:
        return [
            message
            for message in self.stage.said(person)
            if "No reminders before closing" in message.labels
        ]

    def reminded(self) -> list[str]:
        """The names of those who were, as often as they were."""
        everybody = [self.fiona, *self.people]
        return sorted(each.first_name for each in everybody for _ in self.reminders(each))

    async def rows(self) -> list[tuple[str, str, int]]:
        """What lies in the outbox for reminders."""
        async with self.stage.voci.database.reading() as tx:
            found = await tx.statement(
                "SELECT key, status, chat_id FROM outbox "
                "WHERE substr(key, 1, 8) = 'closing:' ORDER BY chat_id"
            )
            return [(row["key"], row["status"], row["chat_id"]) for row in found]


@pytest.fixture
async def hall(stage: Stage) -> Hall:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    people = [await stage.member(centre, group, name) for name in NAMES]
    return Hall(stage, centre, group, fiona, people)


async def test_who_has_not_taken_part_is_reminded_once_and_privately(hall: Hall) -> None:
    stage = hall.stage
    decision = await put(stage, hall.centre)
    anna, bruno, *_ = hall.people
    await hall.cast(decision, hall.fiona, bruno)
    await stage.move(49 * MINUTE)
    assert hall.reminded() == []
    before = len(stage.said(hall.group))
    await stage.move(MINUTE)
    assert hall.reminded() == ["Anna", "Carla", "Dario", "Elena", "Fabio"]
    assert len(stage.said(hall.group)) == before
    [reminder] = hall.reminders(anna)
    assert reminder.words == (
        f"{QUESTION}\nYou can still take part, until 14:00.\n"
        "Nobody else sees that Voci reminds you."
    )
    for _ in range(4):
        await stage.move(MINUTE)
    await stage.restart()
    await stage.tick()
    assert len(hall.reminded()) == 5
    await stage.press(anna, reminder, "Take part")
    assert "Yes" in stage.last(anna).labels


async def test_the_rows_look_alike_for_who_took_part_and_who_did_not(hall: Hall) -> None:
    decision = await put(hall.stage, hall.centre)
    await hall.cast(decision, *hall.people[:3])
    await hall.stage.move(50 * MINUTE)
    rows = await hall.rows()
    assert [chat_id for *_, chat_id in rows] == sorted(
        person.id for person in (hall.fiona, *hall.people)
    )
    assert {status for _, status, _ in rows} == {"sent"}
    assert hall.reminded() == ["Dario", "Elena", "Fabio", "Fiona"]
    await hall.stage.move(10 * MINUTE)
    assert await hall.rows() == []


async def test_after_closing_no_byte_says_who_could_be_reminded(hall: Hall) -> None:
    await put(hall.stage, hall.centre)
    await hall.stage.move(50 * MINUTE)
    keys = [key.rpartition(":")[2].encode() for key, *_ in await hall.rows()]

    def found() -> int:
        files = hall.stage.folder.glob("voci.db*")
        content = b"".join(path.read_bytes() for path in sorted(files))
        return sum(key in content for key in keys)

    assert found() == 7
    await hall.stage.move(10 * MINUTE)
    await hall.stage.tick()
    assert found() == 0


async def test_who_takes_part_while_it_waits_is_not_reminded(hall: Hall) -> None:
    decision = await put(hall.stage, hall.centre)
    hall.stage.clock.move(50 * MINUTE)
    await hall.stage.voci.ticker.tick()  # written, not sent yet
    async with hall.stage.voci.database.transaction() as tx:
        await tx.statement("UPDATE outbox SET not_before = not_before + 60")
        await tx.statement("UPDATE outbox_chats SET next_at = next_at + 60")
    await hall.cast(decision, *hall.people[1:], hall.fiona)
    assert hall.reminded() == []
    await hall.stage.move(MINUTE)
    assert hall.reminded() == ["Anna"]


async def test_who_left_blocked_or_wants_none_is_left_alone(hall: Hall) -> None:
    stage = hall.stage
    anna, bruno, carla, *_ = hall.people
    await put(stage, hall.centre)
    anna.block(stage.bot)
    await stage.settle()
    await hall.press(bruno, Leave(hall.centre.id, int(stage.clock.now())).encode())
    await hall.press(carla, MyClosingReminders(hall.centre.id, on=False).encode())
    await stage.move(50 * MINUTE)
    assert hall.reminded() == ["Dario", "Elena", "Fabio", "Fiona"]


async def test_the_button_below_ends_them_and_me_brings_them_back(hall: Hall) -> None:
    stage, anna = hall.stage, hall.people[0]
    await put(stage, hall.centre)
    await stage.move(50 * MINUTE)
    press = await stage.press(anna, hall.reminders(anna)[0], "No reminders before closing")
    assert press.answer is not None
    assert press.answer.text == (
        "Voci reminds you no more before a question closes. You can change that with /me."
    )
    assert QUESTION in stage.last(anna).words
    me = await stage.say(anna, "/me")
    await stage.press(anna, me, "Remind me before a question closes")
    assert "No reminders before a question closes" in stage.last(anna).labels
    async with stage.voci.database.reading() as tx:
        member = await members.find(tx, hall.centre.id, anna.id)
        assert member is not None
        assert await closing_reminders.wishes(tx, member.id)


async def test_an_extension_moves_it(hall: Hall) -> None:
    decision = await put(hall.stage, hall.centre)
    until = (decision.closes_at or 0) + 10 * MINUTE
    await hall.press(hall.fiona, Extend(hall.centre.id, decision.id, until).encode())
    await hall.stage.move(50 * MINUTE)
    assert hall.reminded() == []
    await hall.stage.move(10 * MINUTE)
    assert len(hall.reminded()) == 7


async def test_extended_after_the_reminder_nobody_gets_a_second_one(hall: Hall) -> None:
    decision = await put(hall.stage, hall.centre)
    await hall.stage.move(50 * MINUTE)
    until = (decision.closes_at or 0) + 3 * DAY
    await hall.press(hall.fiona, Extend(hall.centre.id, decision.id, until).encode())
    for _ in range(3):
        await hall.stage.move(DAY)
    assert len(hall.reminded()) == 7


async def test_cancelled_nobody_is_reminded(hall: Hall) -> None:
    decision = await put(hall.stage, hall.centre)
    ids = hall.centre.id, decision.id
    await hall.press(hall.fiona, CancelDecision(*ids).encode())
    await hall.stage.say(hall.fiona, "The offer has gone")
    await hall.press(hall.fiona, CancelNow(*ids).encode())
    await hall.stage.move(50 * MINUTE)
    assert hall.reminded() == []


async def test_without_a_moment_of_closing_there_is_no_reminder(hall: Hall) -> None:
    await put(hall.stage, hall.centre, span=None)
    await hall.stage.move(3 * DAY)
    assert hall.reminded() == []


async def test_after_a_downtime_only_if_it_still_helps(hall: Hall) -> None:
    await put(hall.stage, hall.centre)
    await hall.stage.stop_bot()
    hall.stage.clock.move(58 * MINUTE)
    await hall.stage.start_bot()
    await hall.stage.tick()
    assert len(hall.reminded()) == 7
    await put(hall.stage, hall.centre)
    await hall.stage.stop_bot()
    hall.stage.clock.move(HOUR - 30)
    await hall.stage.start_bot()
    await hall.stage.tick()
    assert len(hall.reminded()) == 7


async def test_missed_until_the_night_it_waits_for_the_morning(hall: Hall) -> None:
    await put(hall.stage, hall.centre, span=3 * DAY)  # Friday, 18:00, on the eve
    await hall.stage.stop_bot()
    hall.stage.clock.move(2 * DAY + 9 * HOUR)  # Friday, 22:00
    await hall.stage.start_bot()
    await hall.stage.tick()
    assert hall.reminded() == []
    await hall.stage.move(11 * HOUR)
    assert len(hall.reminded()) == 7


async def test_two_processes_remind_once(hall: Hall) -> None:
    stage, voci = hall.stage, hall.stage.voci
    await put(stage, hall.centre)
    stage.clock.move(50 * MINUTE)
    other = Ticker(voci.database, voci.services, voci.sender, stage.clock)
    await asyncio.gather(voci.ticker.tick(), other.tick())
    await stage.settle()
    assert len(hall.reminded()) == 7


async def test_a_press_for_another_centre_changes_nothing(hall: Hall) -> None:
    stage = hall.stage
    decision = await put(stage, hall.centre)
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo")
    for centre in (hall.centre, other):
        await hall.press(hugo, StopReminding(centre.id, decision.id).encode())
        assert QUESTION not in stage.last(hugo).words
    await stage.move(50 * MINUTE)
    assert len(hall.reminded()) == 7
