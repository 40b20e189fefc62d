from __future__ import annotations

import pytest
from kit.phone_voters import Voters, gather_voters
from kit.phrases import FACILITATORS_ONLY, I_CONSENT, I_OBJECT, PUT_A_QUESTION, PUT_TO_EVERYBODY
from kit.stage import Stage

from assembly.rule import DecisionMethod, Electorate, Quorum
from handlers.core.navigation import SeeDecision
from handlers.decisions.presses import PutAgain
from sandbox.people import Person
from storage import decisions, facilitators
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

AGAIN = "Put it again, changed"
NEW = "Shall we try it for three months?"


@pytest.fixture
async def room(stage: Stage) -> Voters:
    return await gather_voters(stage)


async def facilitating(room: Voters, person: Person) -> Person:
    found_id = await room.stage.member_id(room.centre, person)
    await room.stage.write(facilitators.add, found_id, room.stage.now)
    return person


async def object_to(room: Voters) -> None:
    """One objects, the others consent, and the question closes."""
    decision_id = await room.put(DecisionMethod.CONSENT)
    for person in (room.anna, *room.others):
        await room.open(person, decision_id)
        await room.tap(person, I_OBJECT if person is room.anna else I_CONSENT)
    await room.stage.say(room.anna, "It is <b>too</b> loud for some of us.")
    await room.stage.move(600)
    told = room.stage.last(room.group).words
    assert "Not carried: there is one objection." in told and "too</b> loud for some" in told


async def see(room: Voters, person: Person, decision_id: int) -> list[str]:
    """Look at a decision in private; its buttons."""
    await room.stage.say(person, "/decide")
    data = SeeDecision(room.centre.id, decision_id).encode()
    await room.stage.forge(person, room.stage.last(person), data)
    return room.stage.last(person).labels


async def all_of(room: Voters) -> list[Decision]:
    async with room.stage.voci.database.reading() as tx:
        found = [await decisions.get(tx, room.centre.id, n) for n in range(1, 9)]
    return [each for each in found if each is not None]


async def test_a_question_that_met_objections_is_put_again(room: Voters) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    await object_to(room)
    assert AGAIN in await see(room, gino, 1)
    await room.tap(gino, AGAIN)
    assert "How should it read now?" in room.words(gino)
    assert "What shall we do first?" in room.words(gino)
    preview = await stage.say(gino, NEW)
    assert "Version 2" in preview.words and "Carried if nobody objects." in preview.words
    await room.tap(gino, PUT_TO_EVERYBODY)
    first, second = await all_of(room)
    assert (second.version, second.previous_id, second.question) == (2, first.id, NEW)
    assert second.rule == first.rule
    assert "Version 2" in stage.last(room.group).words
    assert first.status == "closed" and first.result == "not_carried"  # it stays as it was

    assert "What was said before" in await see(room, room.others[1], 2)
    assert "Version 2" in room.words(room.others[1])  # consent to version 1 is none to this one
    await room.tap(room.others[1], "What was said before")
    assert "What shall we do first?" in room.words(room.others[1])
    assert "It is <b>too</b> loud for some of us." in room.words(room.others[1])


async def test_only_once_and_only_by_facilitators(room: Voters) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    carla = await facilitating(room, room.others[1])
    await object_to(room)
    assert AGAIN not in await see(room, room.anna, 1)
    press = await stage.forge(
        room.anna, stage.last(room.anna), PutAgain(room.centre.id, 1).encode()
    )
    assert press.answer is not None and press.answer.text == FACILITATORS_ONLY
    for person in (gino, carla):
        await see(room, person, 1)
        await room.tap(person, AGAIN)
        await stage.say(person, NEW)
    await room.tap(gino, PUT_TO_EVERYBODY)
    press = await stage.press(carla, stage.last(carla), PUT_TO_EVERYBODY)
    assert press.answer is not None and press.answer.text == "It was put again already."
    assert len(await all_of(room)) == 2
    await see(room, carla, 1)
    press = await stage.press(carla, stage.last(carla), AGAIN)
    assert press.answer is not None and press.answer.text == "It was put again already."
    assert NEW in room.words(carla)


async def test_what_was_carried_or_is_no_consent_is_not_put_again(room: Voters) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    await room.put(DecisionMethod.MAJORITY)
    await room.put(DecisionMethod.CONSENT)
    for person in (room.anna, *room.others):
        await room.open(person, 2)
        await room.tap(person, I_CONSENT)
    for decision_id in (1, 2, 99):
        press = await stage.forge(
            gino, stage.last(gino), PutAgain(room.centre.id, decision_id).encode()
        )
        assert press.answer is not None
        assert press.answer.text == "There is nothing to put again here."
    await stage.move(600)
    for decision_id in (1, 2):
        assert AGAIN not in await see(room, gino, decision_id)


@pytest.mark.parametrize("objections", [0, 1])
async def test_objections_are_met_also_where_too_few_took_part(
    room: Voters, objections: int
) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    await room.put(DecisionMethod.CONSENT, quorum=Quorum(number=6))
    for person in (room.anna, *room.others[:4]):
        await room.open(person, 1)
        await room.tap(person, I_OBJECT if objections and person is gino else I_CONSENT)
    await stage.move(600)
    assert "Not decided: too few took part." in stage.last(room.group).words
    assert (AGAIN in await see(room, gino, 1)) == bool(objections)
    if objections:
        await room.tap(gino, AGAIN)
        assert "How should it read now?" in room.words(gino)


async def test_a_restart_in_the_middle_keeps_what_it_is_a_version_of(room: Voters) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    await object_to(room)
    await see(room, gino, 1)
    await room.tap(gino, AGAIN)
    await stage.restart()
    await stage.say(gino, NEW)
    await room.tap(gino, PUT_TO_EVERYBODY)
    assert [each.version for each in await all_of(room)] == [1, 2]


async def test_a_half_written_question_is_not_thrown_away_unasked(room: Voters) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    await object_to(room)
    await stage.say(gino, "/facilitate")
    await room.tap(gino, PUT_A_QUESTION)
    await stage.say(gino, NEW)
    for on, told in (("Go on with it", NEW), ("Let it go", "How should it read now?")):
        await see(room, gino, 1)
        await room.tap(gino, AGAIN)
        assert "You have begun this, and it is not sent yet:" in room.words(gino)
        await room.tap(gino, on)
        assert told in room.words(gino)


async def test_names_are_chosen_anew(room: Voters) -> None:
    stage, gino = room.stage, await facilitating(room, room.others[0])
    await object_to(room)
    await stage.rows("UPDATE decisions SET electorate = 'named'")
    await see(room, gino, 1)
    await room.tap(gino, AGAIN)
    assert "The names you choose anew" in room.words(gino)
    preview = await stage.say(gino, NEW)
    assert "Nobody is chosen yet" in preview.words
    await room.tap(gino, "Choose the names", "Anna", *(each.first_name for each in room.others[:4]))
    hanna = await stage.member(room.centre, room.group, "Hanna", "family", facilitator=True)
    await room.tap(gino, "Back", "See the preview", "Ask for a second yes")
    await room.tap(hanna, "Yes, these people")
    await room.tap(gino, "See the preview", PUT_TO_EVERYBODY)
    second = (await all_of(room))[-1]
    assert (second.version, second.electorate) == (2, 5)
    assert second.rule.electorate is Electorate.NAMED
