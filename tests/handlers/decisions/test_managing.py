"""Below an open question: longer, earlier, not at all; and what must not be lost beside it."""

from __future__ import annotations

import pytest
from kit.centre_rows import QUESTION
from kit.in_person import InPersonAssembly, open_assembly
from kit.own_copy import read_copy
from kit.phrases import (
    BEGIN_TO_COUNT,
    CANCEL_THE_QUESTION,
    CLOSE_NOW,
    GIVE_A_COPY,
    HOW_WAS_COUNTED,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
)
from kit.stage import HOUR, Stage

from assembly.rule import Rule
from handlers.core.navigation import SeeDecision
from handlers.decisions.presses import CancelDecision, CancelNow, Cast, CloseDecision, Extend
from sandbox.chats import Message
from sandbox.people import Person
from storage import decisions
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")
NOT_YET = "Not everybody has taken part yet"


async def as_it_is(stage: Stage, decision: Decision) -> Decision:
    found = await stage.read(decisions.get, decision.centre_id, decision.id)
    assert found is not None
    return found


async def five(stage: Stage) -> tuple[Centre, list[Person]]:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    return centre, [fiona, *[await stage.member(centre, group, f"M{n}") for n in range(4)]]


async def test_outside_an_assembly_it_is_closed_early_once_all_have_taken_part(
    stage: Stage,
) -> None:
    centre, people = await five(stage)
    fiona, decision = people[0], await stage.put(centre)
    see = SeeDecision(centre.id, decision.id).encode()
    close = [CloseDecision(centre.id, decision.id, sure=sure).encode() for sure in (False, True)]
    for person in people:
        home = await stage.start(fiona)
        await stage.forge(fiona, home, see)
        assert CLOSE_NOW not in stage.last(fiona).labels
        for data in close:  # from an old screen
            pressed = await stage.forge(fiona, home, data)
            assert pressed.answer is not None and NOT_YET in pressed.answer.text
            assert len(pressed.answer.text) <= 200
        await stage.forge(
            person, await stage.start(person), Cast(centre.id, decision.id, "yes").encode()
        )
    assert (await as_it_is(stage, decision)).status == "open"
    await stage.forge(fiona, await stage.start(fiona), see)
    await stage.press_each(fiona, CLOSE_NOW)
    assert stage.last(fiona).words == f"{QUESTION}\nEverybody has taken part.\nClose it now?"
    await stage.press_each(fiona, CLOSE_NOW)
    assert (await as_it_is(stage, decision)).status == "closed"


async def test_of_fewer_than_five_it_is_not_said_whether_all_have_taken_part(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    decision = await stage.put(centre)
    for cast in (False, True):
        home = await stage.start(fiona)
        if cast:
            await stage.forge(fiona, home, Cast(centre.id, decision.id, "yes").encode())
        await stage.forge(fiona, home, CloseDecision(centre.id, decision.id, sure=False).encode())
        assert stage.last(fiona).words == (
            f"{QUESTION}\nWhoever has not taken part no longer can.\nClose it now?"
        )
    await stage.press_each(fiona, CLOSE_NOW)
    assert (await as_it_is(stage, decision)).status == "closed"


async def test_in_its_open_assembly_the_chair_closes_it(stage: Stage) -> None:
    play = await open_assembly(stage)
    await stage.member(play.centre, play.group, "Emil")
    decision_id = await play.put(Rule())
    await play.forge(play.paula, SeeDecision(play.centre.id, decision_id))
    asked = await play.press(play.paula, CLOSE_NOW)
    assert NOT_YET in asked.words
    await play.end()
    await play.forge(play.paula, SeeDecision(play.centre.id, decision_id))
    assert CLOSE_NOW not in stage.last(play.paula).labels


async def test_once_its_time_is_up_it_is_not_extended(stage: Stage) -> None:
    centre, people = await five(stage)
    fiona, decision = people[0], await stage.put(centre)
    until = (decision.closes_at or 0) + 4 * HOUR
    stage.clock.move(HOUR)  # time is up, but nobody has counted yet
    home = await stage.start(fiona)
    pressed = await stage.forge(fiona, home, Extend(centre.id, decision.id, until).encode())
    assert pressed.answer is not None and "Time is up." in pressed.answer.text
    assert await as_it_is(stage, decision) == decision
    assert "10 minutes more" not in stage.last(fiona).labels


async def test_a_reason_is_shown_before_anything_is_cancelled(stage: Stage) -> None:
    centre, people = await five(stage)
    fiona, decision = people[0], await stage.put(centre)
    ids = centre.id, decision.id
    await stage.forge(fiona, await stage.start(fiona), CancelNow(*ids).encode())
    await stage.forge(fiona, await stage.start(fiona), CancelDecision(*ids).encode())
    for wrong in ("x", "...", "12!"):
        assert "at least 5 characters" in (await stage.say(fiona, wrong)).words
    assert "up to 1,000 fit" in (await stage.say(fiona, "x" * 1_001)).words
    shown = await stage.say(fiona, "ciao, <b>come</b> state?")
    assert "The reason: ciao, <b>come</b> state?" in shown.words
    assert shown.labels == [CANCEL_THE_QUESTION, "Keep it open"]
    assert (await as_it_is(stage, decision)).status == "open"
    await stage.press(fiona, shown, "Keep it open")
    await stage.forge(fiona, stage.last(fiona), CancelNow(*ids).encode())
    assert (await as_it_is(stage, decision)).status == "open"
    assert "Nobody reads this here" in (await stage.say(fiona, "something else")).words


async def test_a_reason_that_is_half_written_is_in_their_copy(stage: Stage) -> None:
    centre, people = await five(stage)
    fiona, decision = people[0], await stage.put(centre)
    cancel = CancelDecision(centre.id, decision.id).encode()
    await stage.forge(fiona, await stage.start(fiona), cancel)
    await stage.say(fiona, "The offer has gone")
    await stage.press(fiona, await stage.say(fiona, "/me"), GIVE_A_COPY)
    [half] = read_copy(stage, stage.last(fiona))["half_written"]
    assert half["content"] == {"reason": "The offer has gone"}


async def test_what_was_never_counted_says_nothing_of_counting(stage: Stage) -> None:
    centre, people = await five(stage)
    fiona, decision = people[0], await stage.put(centre)
    home = await stage.start(fiona)
    await stage.forge(fiona, home, CancelDecision(centre.id, decision.id).encode())
    await stage.say(fiona, "The offer has gone")
    await stage.press_each(fiona, CANCEL_THE_QUESTION)
    assert HOW_WAS_COUNTED not in stage.last(fiona).labels
    assert "What happened with it" in stage.last(fiona).labels
    await stage.settle()
    [group] = stage.world.groups.values()
    assert "Cancelled." in stage.last(group).words
    assert HOW_WAS_COUNTED not in stage.last(group).labels


async def half_made(play: InPersonAssembly) -> Message:
    """The preview of a question; what follows stands below it."""
    await play.stage.say(play.paula, "/facilitate")
    await play.press(play.paula, PUT_A_QUESTION)
    preview = await play.stage.say(play.paula, "Shall we buy a piano?")
    await play.stage.start(play.paula)
    return preview


async def test_a_number_takes_nothing_from_a_half_made_question(stage: Stage) -> None:
    play = await open_assembly(stage)
    preview = await half_made(play)
    asked = await play.room()
    assert "Press a number. What you write belongs to something else" in asked.words
    decision_id = await play.put()
    await play.press(play.paula, "3")
    asked = await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    assert "What you write belongs to something else" in asked.words
    await play.press(play.paula, "3", "Back")
    await stage.press(play.paula, preview, PUT_TO_EVERYBODY)
    await stage.settle()
    assert "Shall we buy a piano?" in stage.last(play.group).words


async def test_a_number_is_written_instead_where_that_is_wished(stage: Stage) -> None:
    play = await open_assembly(stage)
    preview = await half_made(play)
    await play.room()
    asked = await play.press(play.paula, "Leave that, and write the number")
    assert "or write it" in asked.words
    await stage.say(play.paula, "23")
    assert await play.people() == {None: 23}
    await play.forge(play.paula, CancelDecision(play.centre.id, await play.put()))
    pressed = await stage.press(play.paula, preview, PUT_TO_EVERYBODY)
    assert pressed.answer is not None
    assert pressed.answer.text == "Something else took this question’s place. Nothing was posted."


async def test_cancelling_asks_before_it_takes_the_place_of_a_question(stage: Stage) -> None:
    play = await open_assembly(stage)
    preview = await half_made(play)
    ids = play.centre.id, await play.put()
    await play.forge(play.paula, CancelDecision(*ids))
    asked = stage.last(play.paula).words
    assert "You have begun this, and it is not sent yet:" in asked
    assert "Shall we buy a piano?" in asked
    await play.press(play.paula, "Go on with it")
    await stage.press(play.paula, preview, "1 hour")
    assert "Shall we buy a piano?" in preview.words
    await play.forge(play.paula, CancelDecision(*ids))
    assert "Why do you cancel it?" in (await play.press(play.paula, "Let it go")).words
