from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.centre_rows import QUESTION
from kit.phrases import (
    CANCEL_THE_QUESTION,
    HOW_IS_COUNTED,
    PRIVATE_ONLY,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
)
from kit.stage import HOUR, Stage

from handlers.decisions.presses import CancelDecision, CloseDecision, Extend, SeeHistory
from sandbox.chats import Message
from sandbox.people import Person
from storage import members
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")


@dataclass
class Scene:
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
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona <3", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    await stage.member(centre, group, "Bruno")  # of fewer than three nothing is put in secret
    decision = await stage.put(centre)
    return Scene(stage, centre, decision, fiona, anna)


async def test_putting_it_is_the_first_thing_that_happened(scene: Scene) -> None:
    stage = scene.stage
    hub = await stage.say(scene.fiona, "/facilitate")
    await stage.press(scene.fiona, hub, PUT_A_QUESTION)
    await stage.say(scene.fiona, "Shall we buy a piano?")
    await stage.press_each(scene.fiona, PUT_TO_EVERYBODY, HOW_IS_COUNTED, "What happened with it")
    told = stage.last(scene.fiona).words
    assert told.endswith("Shall we buy a piano?\n\nPut by Fiona <3, Wednesday 3 December, 13:00.")


async def test_everybody_reads_when_it_was_extended_and_by_whom(scene: Scene) -> None:
    until = (scene.decision.closes_at or 0) + 600
    scene.stage.clock.move(120)
    extend = Extend(scene.centre.id, scene.decision.id, until).encode()
    await scene.does(extend)
    await scene.does(extend)  # a second time nothing happens
    told = await scene.reads(scene.anna)
    assert told.words == (
        f"What happened with it\n{QUESTION}\n\n"
        "Extended until 14:10 by Fiona <3, Wednesday 3 December, 13:02."
    )
    await scene.stage.press(scene.anna, told, "Back")
    back = scene.stage.last(scene.anna)
    assert HOW_IS_COUNTED in back.labels
    await scene.stage.press(scene.anna, back, HOW_IS_COUNTED)
    assert "What happened with it" in scene.stage.last(scene.anna).labels


async def test_an_extension_that_is_not_allowed_is_not_noted(scene: Scene) -> None:
    closes_at = scene.decision.closes_at or 0
    for until in (closes_at, closes_at - 60, scene.decision.opened_at + 15 * 24 * HOUR):
        await scene.does(Extend(scene.centre.id, scene.decision.id, until).encode())
    assert (await scene.reads(scene.anna)).words.endswith("Nothing is noted about it.")


async def test_closing_early_is_noted_once_and_closing_in_time_is_not(scene: Scene) -> None:
    await scene.does(CloseDecision(scene.centre.id, scene.decision.id, sure=False).encode())
    assert (await scene.reads(scene.anna)).words.endswith("Nothing is noted about it.")
    for _ in range(2):
        await scene.does(CloseDecision(scene.centre.id, scene.decision.id, sure=True).encode())
    told = (await scene.reads(scene.anna)).words
    assert told.count("Closed early by Fiona <3, Wednesday 3 December, 13:00.") == 1


async def test_closed_in_time_nothing_is_noted(scene: Scene) -> None:
    await scene.stage.move(HOUR)
    assert (await scene.reads(scene.anna)).words.endswith("Nothing is noted about it.")


async def test_a_cancelled_one_tells_its_reason(scene: Scene) -> None:
    await scene.does(CancelDecision(scene.centre.id, scene.decision.id).encode())
    await scene.stage.say(scene.fiona, "The offer <b>has</b> gone")
    await scene.stage.press_each(scene.fiona, CANCEL_THE_QUESTION)
    assert (await scene.reads(scene.anna)).words.endswith(
        "Cancelled by Fiona <3, Wednesday 3 December, 13:00. The reason: The offer <b>has</b> gone"
    )


async def test_whoever_has_left_is_named_no_more(scene: Scene) -> None:
    await scene.does(CloseDecision(scene.centre.id, scene.decision.id, sure=True).encode())
    fiona_id = await scene.stage.member_id(scene.centre, scene.fiona)
    await scene.stage.write(members.leave, fiona_id, 99)
    told = (await scene.reads(scene.anna)).words
    assert "Closed early by somebody who has left since, Wednesday" in told


async def test_of_a_long_history_the_end_is_told(scene: Scene) -> None:
    for number in range(1, 16):
        until = (scene.decision.closes_at or 0) + number * 600
        await scene.does(Extend(scene.centre.id, scene.decision.id, until).encode())
    told = (await scene.reads(scene.anna)).words
    assert "3 entries before." in told
    assert told.count("Extended until") == 12
    assert told.splitlines()[-1].startswith("Extended until 16:30")


async def test_it_is_not_for_a_group_nor_for_another_centre(scene: Scene) -> None:
    stage = scene.stage
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo")
    own = SeeHistory(other.id, scene.decision.id).encode()
    theirs = SeeHistory(scene.centre.id, scene.decision.id).encode()
    for data in (own, theirs):
        await stage.forge(hugo, await stage.start(hugo), data)
        assert QUESTION not in stage.last(hugo).words
    message = stage.world.post(other_group, stage.bot, text="a message")
    press = await stage.forge(hugo, message, own)
    assert press.answer is not None
    assert press.answer.text == PRIVATE_ONLY
