from __future__ import annotations

import pytest
from kit.phrases import ANOTHER_NAME, ASK_TO_JOIN, FACILITATORS_ONLY, GO_ON, OLD_ENOUGH, UNDERSTOOD
from kit.stage import Stage

from assembly.roles import Role
from handlers.membership.presses import DeclineRequest, LeaveRequest
from sandbox.chats import Group
from sandbox.people import Person
from storage import join_requests, joinings, members, people
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

DAY = 24 * 3600


async def ask(stage: Stage, person: Person, centre: Centre) -> None:
    """Ask to join as a family member under the own first name."""
    await stage.start(person, f"join_{centre.id}")
    await stage.press_each(person, ASK_TO_JOIN, "I am a family member", person.first_name)


async def staffed(stage: Stage) -> tuple[Centre, Group, Person, Person]:
    """A centre with two facilitators."""
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gino = await stage.member(centre, group, "Gino", facilitator=True)
    return centre, group, fiona, gino


async def test_somebody_asks_and_is_welcomed(stage: Stage) -> None:
    centre, group, fiona, gino = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    assert "with the facilitators of Centro Aurora" in stage.last(anna).words
    for person in (fiona, gino):
        assert "Anna asks to take part, as a family member." in stage.last(person).words
    question = stage.last(gino)
    await stage.press_each(fiona, "Welcome them")
    await stage.move(10)
    for person in (fiona, gino):
        assert "Anna has been welcomed." in stage.last(person).words
        assert stage.last(person).labels == []
    assert stage.last(gino) is question
    assert "welcome you" in stage.last(anna).words

    await stage.press_each(anna, GO_ON, OLD_ENOUGH, GO_ON, UNDERSTOOD, "Yes")
    assert "Which name may the assembly see?" in stage.last(anna).words, (
        "the name that was asked for before is the facilitators' alone"
    )
    await stage.press_each(anna, "Just “a member”")
    assert "Welcome.\n" in stage.last(anna).words
    async with stage.voci.database.reading() as tx:
        member = await members.find(tx, centre.id, anna.id)
        assert await join_requests.latest(tx, centre.id, anna.id) is None
    assert member is not None and member.role is Role.FAMILY
    assert stage.said(group) == []


async def test_the_first_answer_counts(stage: Stage) -> None:
    centre, _, fiona, gino = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    yes = stage.last(gino).buttons[0].data
    assert yes is not None
    await stage.press_each(fiona, "Decline …", "Decline the request")
    await stage.forge(gino, stage.last(gino), yes)
    assert "has been told: not now" in stage.last(gino).words
    request = await stage.read(join_requests.latest, centre.id, anna.id)
    assert request is not None and request.answer == "declined"
    assert stage.last(anna).words.splitlines() == [
        "Centro Aurora: your request to join the assembly in Voci was declined for now.",
        "This is about Voci only: your place at the centre is untouched.",
        "You can ask again from Wednesday 17 December.",
        "If you think that this is a mistake, talk with somebody at the centre.",
    ]


async def test_declining_is_asked_once_and_can_wait(stage: Stage) -> None:
    centre, _, fiona, gino = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    message = stage.last(fiona)
    request = message.words
    assert message.labels == ["Welcome them", "Decide later", "Decline …"]
    said = await stage.press(fiona, message, "Decide later")
    assert said.answer is not None and "It waits here" in said.answer.text
    assert message.words == request
    await stage.press(fiona, message, "Decline …")
    assert "Decline the request of Anna?" in message.words
    assert "They can ask again from Wednesday 17 December." in message.words
    await stage.press(fiona, message, "Back")
    assert message.words == request
    found = await stage.read(join_requests.latest, centre.id, anna.id)
    assert found is not None and found.answered_at is None
    await stage.press(fiona, message, "Decline …")
    await stage.press_each(gino, "Welcome them")
    await stage.forge(fiona, message, DeclineRequest(centre.id, found.id).encode())
    assert "Anna has been welcomed." in stage.last(fiona).words, "the first answer counts"


async def test_a_member_can_not_decline(stage: Stage) -> None:
    centre, group, _, _ = await staffed(stage)
    anna, bruno = stage.world.person("Anna"), await stage.member(centre, group, "Bruno")
    await ask(stage, anna, centre)
    found = await stage.read(join_requests.latest, centre.id, anna.id)
    assert found is not None
    home = await stage.say(bruno, "/start")
    for press in (DeclineRequest(centre.id, found.id), LeaveRequest(centre.id, found.id, True)):
        answer = (await stage.forge(bruno, home, press.encode())).answer
        assert answer is not None and answer.text == FACILITATORS_ONLY
    again = await stage.read(join_requests.latest, centre.id, anna.id)
    assert again is not None and again.answered_at is None


async def test_after_a_no_two_weeks_pass(stage: Stage) -> None:
    centre, _, fiona, _ = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    await stage.press_each(fiona, "Decline …", "Decline the request")
    again = await stage.start(anna, f"join_{centre.id}")
    assert "You can ask again from Wednesday 17 December." in again.words
    await stage.forge(anna, again, f"aN:{centre.id}:family:f")
    request = await stage.read(join_requests.latest, centre.id, anna.id)
    assert request is not None and request.answer == "declined"
    stage.clock.move(14 * DAY)
    await ask(stage, anna, centre)
    request = await stage.read(join_requests.latest, centre.id, anna.id)
    assert request is not None and request.answer is None


async def test_one_open_question_for_each_person(stage: Stage) -> None:
    centre, _, fiona, _ = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    before = len(stage.said(fiona))
    await stage.forge(anna, stage.last(anna), f"aN:{centre.id}:user:f")
    assert "with the facilitators" in (await stage.start(anna, f"join_{centre.id}")).words
    assert len(stage.said(fiona)) == before


async def test_a_name_is_typed_and_cleaned(stage: Stage) -> None:
    centre, _, fiona, _ = await staffed(stage)
    anna = stage.world.person("\u200b")
    await stage.start(anna, f"join_{centre.id}")
    await stage.press_each(anna, ASK_TO_JOIN, "I work here")
    assert stage.last(anna).labels == [ANOTHER_NAME, "Back"]
    await stage.press_each(anna, ANOTHER_NAME)
    assert "letters or digits" in (await stage.say(anna, "!!!")).words
    await stage.restart()
    await stage.say(anna, "<b>Anna</b>\u202e & co")
    assert "<b>Anna</b> & co asks to take part, as a professional." in stage.last(fiona).words


async def test_without_facilitators_nobody_can_answer(stage: Stage) -> None:
    centre, _ = await stage.centre()
    answer = await stage.start(stage.world.person("Anna"), f"join_{centre.id}")
    assert "no facilitators yet" in answer.words


async def test_a_member_asks_for_nothing(stage: Stage) -> None:
    centre, group, _, _ = await staffed(stage)
    anna = await stage.member(centre, group, "Anna")
    answer = await stage.start(anna, f"join_{centre.id}")
    assert "What would you like to do?" in answer.words
    await stage.forge(anna, answer, f"aN:{centre.id}:professional:f")
    assert await stage.read(join_requests.latest, centre.id, anna.id) is None


async def test_only_facilitators_answer_and_only_in_their_centre(stage: Stage) -> None:
    centre, group, fiona, _ = await staffed(stage)
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno")
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    request = await stage.read(join_requests.latest, centre.id, anna.id)
    assert request is not None
    message = stage.last(fiona)
    for person, centre_id in ((anna, centre.id), (bruno, centre.id), (hugo, other.id)):
        await stage.forge(person, message, f"aA:{centre_id}:{request.id}:1")
    assert await stage.read(join_requests.latest, centre.id, anna.id) == request


@pytest.mark.parametrize("rest", ["99", "x", "-1", "1" * 40, "٣", "1_2"])
async def test_links_to_no_centre(stage: Stage, rest: str) -> None:
    stage.operator.say(stage.bot, f"/start join_{rest}")
    await stage.settle()
    assert "leads nowhere" in stage.last(stage.operator).words


async def test_a_welcome_that_waited_too_long_is_asked_again(stage: Stage) -> None:
    centre, _, fiona, _ = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    await stage.press_each(fiona, "Welcome them")
    stage.clock.move(14 * DAY)
    await stage.press_each(anna, GO_ON)
    assert "you can ask to take part" in stage.last(anna).words


async def test_who_asked_and_then_does_not_want_to_leaves_nothing_behind(stage: Stage) -> None:
    centre, _, fiona, gino = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    await stage.press_each(fiona, "Welcome them")
    await stage.press_each(anna, GO_ON, OLD_ENOUGH, GO_ON, "Not now")
    assert stage.last(anna).words.startswith("Nothing was kept.")
    async with stage.voci.database.reading() as tx:
        assert await join_requests.latest(tx, centre.id, anna.id) is None
        assert await joinings.find(tx, anna.id, centre.id) is None
        assert await people.find(tx, anna.id) is None
    await stage.move(10)
    assert "a member has been welcomed." in stage.last(gino).words, "it was not sent yet"


@pytest.mark.parametrize(("answered", "days"), [(True, 14), (False, 90)])
async def test_strangers_are_forgotten_in_time(stage: Stage, answered: bool, days: int) -> None:
    """At the latest: a centre that keeps requests for less has it done at night."""
    centre, _, fiona, _ = await staffed(stage)
    anna = stage.world.person("Anna")
    await ask(stage, anna, centre)
    if answered:
        await stage.press_each(fiona, "Decline …", "Decline the request")
    await stage.move(days * DAY - 60)
    assert await stage.read(people.find, anna.id) is not None
    await stage.move(120)
    async with stage.voci.database.reading() as tx:
        assert await join_requests.latest(tx, centre.id, anna.id) is None
        assert await people.find(tx, anna.id) is None
        assert await people.find(tx, fiona.id) is not None
