"""Two facilitators stand behind a professional who comes without an invitation."""

from __future__ import annotations

import pytest
from kit.phrases import ASK_TO_JOIN, GO_ON, OLD_ENOUGH, USE_THE_SERVICE
from kit.stage import Stage

from assembly.roles import Role
from sandbox.people import Person
from storage import facilitators, join_requests, members
from storage.centres import Centre
from storage.join_requests import JoinRequest

pytestmark = pytest.mark.usefixtures("no_errors")

LABELS = {"user": USE_THE_SERVICE, "family": "I am a family member"}


async def staffed(stage: Stage, *names: str) -> tuple[Centre, list[Person]]:
    centre, group = await stage.centre()
    return centre, [await stage.member(centre, group, name, facilitator=True) for name in names]


async def ask(stage: Stage, centre: Centre, role: str = "professional") -> Person:
    anna = stage.world.person("Anna")
    await stage.start(anna, f"join_{centre.id}")
    for button in (ASK_TO_JOIN, LABELS.get(role, "I work here"), "Anna"):
        await stage.press_each(anna, button)
    return anna


async def latest(stage: Stage, centre: Centre, person: Person) -> JoinRequest:
    found = await stage.read(join_requests.latest, centre.id, person.id)
    assert found is not None
    return found


async def test_a_professional_is_let_in_by_two(stage: Stage) -> None:
    centre, [fiona, gino, hanna] = await staffed(stage, "Fiona", "Gino", "Hanna")
    anna = await ask(stage, centre)
    waiting = stage.last(anna)
    for person in (fiona, gino, hanna):
        assert "takes two of you" in stage.last(person).words
    await stage.press_each(fiona, "Welcome them")
    await stage.move(10)
    assert stage.last(anna) is waiting, "nobody is told before it is settled"
    for person in (fiona, gino, hanna):
        assert "Fiona has welcomed them. It takes one more of you." in stage.last(person).words

    await stage.restart()
    again = await stage.press(fiona, stage.last(fiona), "Welcome them")
    assert again.answer is not None and "Another facilitator" in again.answer.text
    assert (await latest(stage, centre, anna)).answered_at is None

    await stage.press_each(gino, "Welcome them")
    await stage.move(10)
    assert "welcome you" in stage.last(anna).words
    for person in (fiona, gino, hanna):
        assert "Anna has been welcomed." in stage.last(person).words
        assert stage.last(person).labels == []
    await stage.press_each(anna, GO_ON, OLD_ENOUGH, GO_ON, 0, "Yes", "Anna")
    member = await stage.read(members.find, centre.id, anna.id)
    assert member is not None and member.role is Role.PROFESSIONAL


@pytest.mark.parametrize("who", [0, 1])
async def test_anybody_can_still_say_no(stage: Stage, who: int) -> None:
    """The second facilitator, and also the first one, who has thought again."""
    centre, people = await staffed(stage, "Fiona", "Gino")
    anna = await ask(stage, centre)
    await stage.press(people[0], stage.last(people[0]), "Welcome them")
    await stage.move(10)
    for button in ("Decline …", "Decline the request"):
        await stage.press(people[who], stage.last(people[who]), button)
    await stage.move(10)
    assert (await latest(stage, centre, anna)).answer == "declined"
    assert "was declined for now" in stage.last(anna).words
    for person in people:
        assert "has been told: not now" in stage.last(person).words


async def test_where_there_is_one_facilitator_one_is_enough(stage: Stage) -> None:
    centre, [fiona] = await staffed(stage, "Fiona")
    anna = await ask(stage, centre)
    assert "takes two" not in stage.last(fiona).words
    await stage.press_each(fiona, "Welcome them")
    assert (await latest(stage, centre, anna)).answer == "accepted"


async def test_the_last_facilitator_left_can_answer_alone(stage: Stage) -> None:
    centre, [fiona, gino] = await staffed(stage, "Fiona", "Gino")
    anna = await ask(stage, centre)
    await stage.press_each(fiona, "Welcome them")
    async with stage.voci.database.transaction() as tx:
        second = await members.find(tx, centre.id, gino.id)
        assert second is not None and await facilitators.end(tx, second.id)
    await stage.press_each(fiona, "Welcome them")
    assert (await latest(stage, centre, anna)).answer == "accepted"


@pytest.mark.parametrize("role", ["user", "family"])
async def test_for_everybody_else_the_first_answer_counts(stage: Stage, role: str) -> None:
    centre, [_, gino] = await staffed(stage, "Fiona", "Gino")
    anna = await ask(stage, centre, role)
    assert "The first answer counts." in stage.last(gino).words
    await stage.press_each(gino, "Welcome them")
    assert (await latest(stage, centre, anna)).answer == "accepted"


async def test_two_welcomes_at_once_are_two(stage: Stage) -> None:
    centre, [fiona, gino] = await staffed(stage, "Fiona", "Gino")
    anna = await ask(stage, centre)
    for person in (fiona, gino):
        person.press(stage.last(person), "Welcome them")
    await stage.settle()
    assert (await latest(stage, centre, anna)).answer == "accepted"


async def test_one_press_delivered_three_times_is_one_welcome(stage: Stage) -> None:
    centre, [fiona, _] = await staffed(stage, "Fiona", "Gino")
    anna = await ask(stage, centre)
    press = stage.world.presses.add(
        fiona, stage.last(fiona), stage.last(fiona).buttons[0].data or ""
    )
    for _ in range(3):
        stage.bot.inject("callback_query", press.as_json())
    await stage.settle()
    request = await latest(stage, centre, anna)
    assert request.welcomed_by is not None and request.answered_at is None
