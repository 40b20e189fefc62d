from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.putting import HOUR, QUESTION, put
from kit.stage import Stage

from handlers.decisions.presses import CancelDecision, CloseDecision, Extend, SeeHistory
from sandbox.chats import Message
from sandbox.people import Person
from storage import members
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")


@dataclass
class Hall:
    """A question that is open for an hour; Fiona facilitates, Anna does not."""

    stage: Stage
    centre: Centre
    decision: Decision
    fiona: Person
    anna: Person

    async def does(self, data: str) -> None:
        """Fiona presses a button of this question."""
        await self.stage.forge(self.fiona, await self.stage.start(self.fiona), data)

    async def reads(self, person: Person) -> Message:
        home = await self.stage.start(person)
        press = SeeHistory(self.centre.id, self.decision.id)
        await self.stage.forge(person, home, press.encode())
        return self.stage.last(person)


@pytest.fixture
async def hall(stage: Stage) -> Hall:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona <3", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    await stage.member(centre, group, "Bruno")  # of fewer than three nothing is put in secret
    decision = await put(stage, centre)
    return Hall(stage, centre, decision, fiona, anna)


async def test_putting_it_is_the_first_thing_that_happened(hall: Hall) -> None:
    stage = hall.stage
    hub = await stage.say(hall.fiona, "/facilitate")
    await stage.press(hall.fiona, hub, "Put a question to a decision")
    await stage.say(hall.fiona, "Shall we buy a piano?")
    await stage.press(hall.fiona, stage.last(hall.fiona), "Put it to everybody")
    await stage.press(hall.fiona, stage.last(hall.fiona), "How it is counted")
    await stage.press(hall.fiona, stage.last(hall.fiona), "What happened with it")
    told = stage.last(hall.fiona).words
    assert told.endswith("Shall we buy a piano?\n\nPut by Fiona <3, Wednesday 3 December, 13:00.")


async def test_everybody_reads_when_it_was_extended_and_by_whom(hall: Hall) -> None:
    until = (hall.decision.closes_at or 0) + 600
    hall.stage.clock.move(120)
    extend = Extend(hall.centre.id, hall.decision.id, until).encode()
    await hall.does(extend)
    await hall.does(extend)  # a second time nothing happens
    told = await hall.reads(hall.anna)
    assert told.words == (
        f"What happened with it\n{QUESTION}\n\n"
        "Extended until 14:10 by Fiona <3, Wednesday 3 December, 13:02."
    )
    await hall.stage.press(hall.anna, told, "Back")
    back = hall.stage.last(hall.anna)
    assert "How it is counted" in back.labels
    await hall.stage.press(hall.anna, back, "How it is counted")
    assert "What happened with it" in hall.stage.last(hall.anna).labels


async def test_an_extension_that_is_not_allowed_is_not_noted(hall: Hall) -> None:
    closes_at = hall.decision.closes_at or 0
    for until in (closes_at, closes_at - 60, hall.decision.opened_at + 15 * 24 * HOUR):
        await hall.does(Extend(hall.centre.id, hall.decision.id, until).encode())
    assert (await hall.reads(hall.anna)).words.endswith("Nothing is noted about it.")


async def test_closing_early_is_noted_once_and_closing_in_time_is_not(hall: Hall) -> None:
    await hall.does(CloseDecision(hall.centre.id, hall.decision.id, sure=False).encode())
    assert (await hall.reads(hall.anna)).words.endswith("Nothing is noted about it.")
    for _ in range(2):
        await hall.does(CloseDecision(hall.centre.id, hall.decision.id, sure=True).encode())
    told = (await hall.reads(hall.anna)).words
    assert told.count("Closed early by Fiona <3, Wednesday 3 December, 13:00.") == 1


async def test_closed_in_time_nothing_is_noted(hall: Hall) -> None:
    await hall.stage.move(HOUR)
    assert (await hall.reads(hall.anna)).words.endswith("Nothing is noted about it.")


async def test_a_cancelled_one_tells_its_reason(hall: Hall) -> None:
    await hall.does(CancelDecision(hall.centre.id, hall.decision.id).encode())
    await hall.stage.say(hall.fiona, "The offer <b>has</b> gone")
    await hall.stage.press(hall.fiona, hall.stage.last(hall.fiona), "Cancel it")
    assert (await hall.reads(hall.anna)).words.endswith(
        "Cancelled by Fiona <3, Wednesday 3 December, 13:00. The reason: The offer <b>has</b> gone"
    )


async def test_whoever_has_left_is_named_no_more(hall: Hall) -> None:
    await hall.does(CloseDecision(hall.centre.id, hall.decision.id, sure=True).encode())
    async with hall.stage.voci.database.transaction() as tx:
        fiona = await members.find(tx, hall.centre.id, hall.fiona.id)
        assert fiona is not None
        await members.leave(tx, fiona.id)
    told = (await hall.reads(hall.anna)).words
    assert "Closed early by somebody who has left since, Wednesday" in told


async def test_of_a_long_history_the_end_is_told(hall: Hall) -> None:
    for number in range(1, 16):
        until = (hall.decision.closes_at or 0) + number * 600
        await hall.does(Extend(hall.centre.id, hall.decision.id, until).encode())
    told = (await hall.reads(hall.anna)).words
    assert "3 entries before." in told
    assert told.count("Extended until") == 12
    assert told.splitlines()[-1].startswith("Extended until 16:30")


async def test_it_is_not_for_a_group_nor_for_another_centre(hall: Hall) -> None:
    stage = hall.stage
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo")
    own = SeeHistory(other.id, hall.decision.id).encode()
    theirs = SeeHistory(hall.centre.id, hall.decision.id).encode()
    for data in (own, theirs):
        await stage.forge(hugo, await stage.start(hugo), data)
        assert QUESTION not in stage.last(hugo).words
    message = stage.world.post(other_group, stage.bot, text="a message")
    press = await stage.forge(hugo, message, own)
    assert press.answer is not None
    assert press.answer.text == "This is for your private chat with me."
