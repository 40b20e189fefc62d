"""Reminders before a question closes: to whom, when, once; and that nothing says to whom."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from kit.centre_rows import QUESTION
from kit.file_bytes import bytes_of
from kit.phrases import TAKE_PART
from kit.stage import HOUR, Stage

from bot.ticker import Ticker
from handlers.decisions.presses import (
    CancelDecision,
    CancelNow,
    Cast,
    Extend,
    StopReminding,
)
from handlers.profile.presses import Leave, MyClosingReminders
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import closing_reminders
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

NAMES = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio")
MINUTE, DAY = 60, 24 * HOUR


@dataclass
class Scene:
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

    async def cancel(self, decision: Decision) -> None:
        await self.press(self.fiona, CancelDecision(self.centre.id, decision.id).encode())
        await self.stage.say(self.fiona, "The offer has gone")
        await self.press(self.fiona, CancelNow(self.centre.id, decision.id).encode())

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
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    people = [await stage.member(centre, group, name) for name in NAMES]
    return Scene(stage, centre, group, fiona, people)


async def test_who_has_not_taken_part_is_reminded_once_and_privately(scene: Scene) -> None:
    stage = scene.stage
    decision = await stage.put(scene.centre)
    anna, bruno, *_ = scene.people
    await scene.cast(decision, scene.fiona, bruno)
    await stage.move(49 * MINUTE)
    assert scene.reminded() == []
    before = len(stage.said(scene.group))
    await stage.move(MINUTE)
    assert scene.reminded() == ["Anna", "Carla", "Dario", "Elena", "Fabio"]
    assert len(stage.said(scene.group)) == before
    [reminder] = scene.reminders(anna)
    assert reminder.words == (
        f"{QUESTION}\nYou can still take part, until 14:00.\n"
        "Nobody else sees that Voci reminds you."
    )
    for _ in range(4):
        await stage.move(MINUTE)
    await stage.restart()
    await stage.tick()
    assert len(scene.reminded()) == 5
    await stage.press(anna, reminder, TAKE_PART)
    assert "Yes" in stage.last(anna).labels


async def test_many_questions_make_one_reminder_with_what_is_still_unanswered(
    scene: Scene,
) -> None:
    stage, (anna, bruno, *_) = scene.stage, scene.people
    questions = [f"Shall we cook on day {number}?" for number in range(8)]
    put = []
    for number, question in enumerate(questions):
        put.append(await stage.put(scene.centre, HOUR + number, question=question))
    for decision in put[:7]:
        await scene.cast(decision, bruno)
    for decision in put[1:7]:
        await scene.cast(decision, anna)
    await stage.move(50 * MINUTE)
    assert scene.reminded() == sorted(["Fiona", *NAMES])
    [hers], [his] = scene.reminders(anna), scene.reminders(bruno)
    assert hers.labels == [questions[0], questions[7], "No reminders before closing"]
    assert f"{questions[0]} Open until 14:00." in hers.words and questions[1] not in hers.words
    assert his.labels == [TAKE_PART, "No reminders before closing"] and questions[7] in his.words
    await stage.move(5 * MINUTE)
    assert len(scene.reminded()) == 7
    await stage.press(anna, hers, questions[7])
    assert "Yes" in stage.last(anna).labels
    await stage.move(6 * MINUTE)
    assert await scene.rows() == []


@pytest.mark.parametrize("cancelled", [False, True])
async def test_the_reminder_loses_its_buttons_when_the_last_of_it_is_over(
    scene: Scene, cancelled: bool
) -> None:
    first = await scene.stage.put(scene.centre, question="Shall we cook?")
    last = await scene.stage.put(scene.centre, HOUR + 60)
    await scene.stage.move(50 * MINUTE)
    [reminder] = scene.reminders(scene.people[0])
    await scene.cancel(first)
    assert reminder.buttons, "one of the two is open"
    if cancelled:
        await scene.cancel(last)
    else:
        await scene.stage.move(2 * HOUR)
    await scene.stage.move(10)
    assert not reminder.buttons and reminder.words


async def test_a_process_that_came_later_knows_of_no_reminder(scene: Scene) -> None:
    await scene.stage.put(scene.centre)
    await scene.stage.move(50 * MINUTE)
    [reminder] = scene.reminders(scene.people[0])
    await scene.stage.restart()
    await scene.stage.move(2 * HOUR)
    assert TAKE_PART in reminder.labels
    press = await scene.stage.press(scene.people[0], reminder, TAKE_PART)
    assert press.answer is not None
    assert press.answer.text == "It has closed. Here is what came of it."
    assert QUESTION in reminder.words and TAKE_PART not in reminder.labels
    listed = await scene.stage.say(scene.people[0], "/decide")
    press = await scene.stage.press(scene.people[0], listed, QUESTION)
    assert press.answer is not None and press.answer.text == "", "who looked for it knows"


async def test_a_question_that_closes_much_later_has_its_own_reminder(scene: Scene) -> None:
    await scene.stage.put(scene.centre)
    await scene.stage.put(scene.centre, 3 * HOUR, question="Shall we cook?")
    await scene.stage.move(50 * MINUTE)
    assert len(scene.reminded()) == 7
    await scene.stage.move(HOUR + 50 * MINUTE)
    assert len(scene.reminded()) == 7, "those of the first have lost their buttons"
    assert all("Shall we cook?" in scene.reminders(each)[0].words for each in scene.people)


async def test_the_rows_look_alike_for_who_took_part_and_who_did_not(scene: Scene) -> None:
    decision = await scene.stage.put(scene.centre)
    await scene.cast(decision, *scene.people[:3])
    await scene.stage.move(50 * MINUTE)
    rows = await scene.rows()
    assert [chat_id for *_, chat_id in rows] == sorted(
        person.id for person in (scene.fiona, *scene.people)
    )
    assert {status for _, status, _ in rows} == {"sent"}
    assert scene.reminded() == ["Dario", "Elena", "Fabio", "Fiona"]
    await scene.stage.move(10 * MINUTE)
    assert await scene.rows() == []


async def test_after_closing_no_byte_says_who_could_be_reminded(scene: Scene) -> None:
    await scene.stage.put(scene.centre)
    await scene.stage.move(50 * MINUTE)
    keys = [key.rpartition(":")[2].encode() for key, *_ in await scene.rows()]

    def found() -> int:
        files = scene.stage.folder.glob("voci.db*")
        content = bytes_of(files)
        return sum(key in content for key in keys)

    assert found() == 7
    await scene.stage.move(10 * MINUTE)
    await scene.stage.tick()
    assert found() == 0


async def test_who_takes_part_while_it_waits_is_not_reminded(scene: Scene) -> None:
    decision = await scene.stage.put(scene.centre)
    scene.stage.clock.move(50 * MINUTE)
    await scene.stage.voci.ticker.tick()  # written, not sent yet
    async with scene.stage.voci.database.transaction() as tx:
        await tx.statement("UPDATE outbox SET not_before = not_before + 60")
        await tx.statement("UPDATE outbox_chats SET next_at = next_at + 60")
    await scene.cast(decision, *scene.people[1:], scene.fiona)
    assert scene.reminded() == []
    await scene.stage.move(MINUTE)
    assert scene.reminded() == ["Anna"]


async def test_who_left_blocked_or_wants_none_is_left_alone(scene: Scene) -> None:
    stage = scene.stage
    anna, bruno, carla, *_ = scene.people
    await stage.put(scene.centre)
    anna.block(stage.bot)
    await stage.settle()
    await scene.press(bruno, Leave(scene.centre.id, stage.now).encode())
    await scene.press(carla, MyClosingReminders(scene.centre.id, on=False).encode())
    await stage.move(50 * MINUTE)
    assert scene.reminded() == ["Dario", "Elena", "Fabio", "Fiona"]


async def test_the_button_below_ends_them_and_me_brings_them_back(scene: Scene) -> None:
    stage, anna = scene.stage, scene.people[0]
    await stage.put(scene.centre)
    await stage.move(50 * MINUTE)
    press = await stage.press(anna, scene.reminders(anna)[0], "No reminders before closing")
    assert press.answer is not None
    assert press.answer.text == (
        "Voci reminds you no more before a question closes. You can change that with /me."
    )
    assert QUESTION in stage.last(anna).words
    me = await stage.say(anna, "/me")
    await stage.press(anna, me, "Remind me before a question closes")
    assert "No reminders before closing" in stage.last(anna).labels
    member_id = await stage.member_id(scene.centre, anna)
    assert await stage.read(closing_reminders.wishes, member_id)


async def test_an_extension_moves_it(scene: Scene) -> None:
    decision = await scene.stage.put(scene.centre)
    until = (decision.closes_at or 0) + 10 * MINUTE
    await scene.press(scene.fiona, Extend(scene.centre.id, decision.id, until).encode())
    await scene.stage.move(50 * MINUTE)
    assert scene.reminded() == []
    await scene.stage.move(10 * MINUTE)
    assert len(scene.reminded()) == 7


async def test_extended_after_the_reminder_nobody_gets_a_second_one(scene: Scene) -> None:
    decision = await scene.stage.put(scene.centre)
    await scene.stage.move(50 * MINUTE)
    until = (decision.closes_at or 0) + 3 * DAY
    await scene.press(scene.fiona, Extend(scene.centre.id, decision.id, until).encode())
    for _ in range(3):
        await scene.stage.move(DAY)
    assert len(scene.reminded()) == 7


async def test_cancelled_nobody_is_reminded(scene: Scene) -> None:
    decision = await scene.stage.put(scene.centre)
    await scene.cancel(decision)
    await scene.stage.move(50 * MINUTE)
    assert scene.reminded() == []


async def test_without_a_moment_of_closing_there_is_no_reminder(scene: Scene) -> None:
    await scene.stage.put(scene.centre, span=None)
    await scene.stage.move(3 * DAY)
    assert scene.reminded() == []


async def test_after_a_downtime_only_if_it_still_helps(scene: Scene) -> None:
    await scene.stage.put(scene.centre)
    await scene.stage.stop_bot()
    scene.stage.clock.move(58 * MINUTE)
    await scene.stage.start_bot()
    await scene.stage.tick()
    assert len(scene.reminded()) == 7
    await scene.stage.put(scene.centre)
    await scene.stage.stop_bot()
    scene.stage.clock.move(HOUR - 30)
    await scene.stage.start_bot()
    await scene.stage.tick()
    assert len(scene.reminded()) == 7


async def test_missed_until_the_night_it_waits_for_the_morning(scene: Scene) -> None:
    await scene.stage.put(scene.centre, span=3 * DAY)  # Friday, 18:00, on the eve
    await scene.stage.stop_bot()
    scene.stage.clock.move(2 * DAY + 9 * HOUR)  # Friday, 22:00
    await scene.stage.start_bot()
    await scene.stage.tick()
    assert scene.reminded() == []
    await scene.stage.move(11 * HOUR)
    assert len(scene.reminded()) == 7


async def test_two_processes_remind_once(scene: Scene) -> None:
    stage, voci = scene.stage, scene.stage.voci
    await stage.put(scene.centre)
    stage.clock.move(50 * MINUTE)
    other = Ticker(voci.database, voci.services, voci.sender, stage.clock, voci.vitals)
    await asyncio.gather(voci.ticker.tick(), other.tick())
    await stage.settle()
    assert len(scene.reminded()) == 7


async def test_a_press_for_another_centre_changes_nothing(scene: Scene) -> None:
    stage = scene.stage
    decision = await stage.put(scene.centre)
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo")
    for centre in (scene.centre, other):
        await scene.press(hugo, StopReminding(centre.id, decision.id).encode())
        assert QUESTION not in stage.last(hugo).words
    await stage.move(50 * MINUTE)
    assert len(scene.reminded()) == 7
