from __future__ import annotations

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.running_bot import NOON
from kit.stage import Stage

from assembly import duty
from handlers.core.navigation import GiveBack
from sandbox.chats import Message
from sandbox.people import Person
from storage import facilitators, invitations, members
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def on_duty(stage: Stage, centre: Centre, now: int) -> list[int]:
    return [each.telegram_id for each in await stage.read(facilitators.contacts, centre.id, now)]


async def asked(stage: Stage, person: Person) -> Message:
    hub = await stage.say(person, "/facilitate")
    await stage.press(person, hub, "Stop facilitating")
    return stage.last(person)


async def takes_duty(stage: Stage, centre: Centre, person: Person) -> None:
    token = await stage.write(
        invitations.add,
        centre_id=centre.id,
        role=None,
        now=stage.now,
        facilitator=True,
    )
    offer = await stage.open_link(person, stage.voci.services.link(f"i_{token}"))
    await stage.press(person, offer, "I take it on")


async def test_a_duty_ends_after_a_year_and_can_be_taken_on_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await takes_duty(stage, centre, anna)
    taken = stage.now
    assert await on_duty(stage, centre, taken + 364 * 86_400) == [anna.id]
    stage.clock.move(duty.TERM + 60)
    refused = await stage.say(anna, "/facilitate")
    assert FACILITATORS_ONLY in refused.words
    await takes_duty(stage, centre, anna)
    assert await on_duty(stage, centre, stage.now) == [anna.id]


async def test_the_duty_is_given_back_after_one_question(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    ben = await stage.member(centre, group, "Ben", facilitator=True)
    await takes_duty(stage, centre, anna)
    question = await asked(stage, anna)
    assert question.words.splitlines() == [
        "Stop facilitating in Centro Aurora?",
        "Otherwise you facilitate until 3 December 2026.",
        "You stay a member, and what you put forward stays as it is.",
    ]
    await stage.press(anna, question, "Keep it")
    assert await on_duty(stage, centre, NOON) == [anna.id, ben.id]
    question = await asked(stage, anna)
    await stage.press(anna, question, "Stop facilitating")
    assert stage.last(anna).words == "You don’t facilitate in Centro Aurora any more. Thank you."
    assert await on_duty(stage, centre, NOON) == [ben.id]
    member = await stage.read(members.find, centre.id, anna.id)
    assert member is not None and member.status == "active"


async def test_the_last_one_is_told_that_nobody_would_be_left(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    question = await asked(stage, anna)
    assert "Nobody would be left to facilitate." in question.words
    assert "until" not in question.words, "this duty has no end"
    assert question.labels == ["Invite a facilitator first", "Stop facilitating", "Keep it"]
    await stage.press(anna, question, "Stop facilitating")
    assert await on_duty(stage, centre, NOON) == []


async def test_an_old_answer_asks_again_and_others_have_nothing_to_give(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    ben = await stage.member(centre, group, "Ben")
    question = await asked(stage, anna)
    stage.clock.move(3600)
    await stage.press(anna, question, "Stop facilitating")
    assert stage.last(anna).words.startswith("Stop facilitating")
    data = GiveBack(centre.id, stage.now).encode()
    await stage.forge(ben, await stage.say(ben, "/start"), data)
    assert await on_duty(stage, centre, NOON) == [anna.id]
