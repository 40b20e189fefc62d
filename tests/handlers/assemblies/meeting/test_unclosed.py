"""Nobody closes an assembly: whoever leads is asked, and next morning it closes by itself."""

from __future__ import annotations

import pytest
from kit.meeting import HOUR, Meeting
from kit.stage import Stage

from assembly.duties import Duty
from assembly.endings import Ending
from handlers.assemblies import planning
from handlers.assemblies.presses import GoesOn
from sandbox.chats import Message
from sandbox.people import Person
from storage import decisions, duties, minutes, schedules
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

ASKED, WAYS = "Is the assembly over?", ["Close the assembly", "Still going on"]
MINUTE, DAY = 60, 24 * HOUR


@pytest.fixture
async def play(stage_on_each: Stage) -> Meeting:
    """On each of the engines."""
    return await Meeting.gather(stage_on_each)


def asked(play: Meeting, person: Person) -> list[Message]:
    return [each for each in play.stage.said(person) if ASKED in each.words]


def summaries(play: Meeting) -> list[str]:
    heads = ("The assembly of ", "What we decided on ")
    return [each.words for each in play.stage.said(play.group) if each.words.startswith(heads)]


async def left_open(play: Meeting) -> Assembly:
    """One of the usual length that is opened at its time, and then left alone; its end is near."""
    await play.propose("A quiet room", "A trip")
    assembly = await play.convene(ahead=HOUR)
    await play.stage.move(HOUR)
    await play.open()
    return assembly


async def nobody_closes(play: Meeting, assembly: Assembly) -> None:
    """Until it closes by itself."""
    due = await play.stage.read(schedules.find, planning.UNCLOSED, assembly.id)
    assert due is not None and due.next_at is not None
    await play.stage.move(due.next_at - play.stage.now)
    assert await play.status(assembly) == "closed"


async def test_whoever_leads_is_asked_twice_and_then_it_closes(play: Meeting) -> None:
    assembly = await left_open(play)
    await play.stage.move(90 * MINUTE)
    assert asked(play, play.paula) == []
    await play.stage.move(30 * MINUTE)
    for person in (play.paula, play.bruno):
        [first] = asked(play, person)
        assert first.labels == WAYS
    assert asked(play, play.anna) == []
    await play.stage.restart()
    await play.stage.move(3 * HOUR)
    assert [each.labels for each in asked(play, play.bruno)] == [[], WAYS]
    await play.stage.move(13 * HOUR)
    assert await play.status(assembly) == "open" and summaries(play) == []
    await play.stage.restart()
    await nobody_closes(play, assembly)
    [told] = summaries(play)
    assert "Nobody closed it, so it closed by itself." in told
    assert "A quiet room · not reached" in told
    assert await play.items(assembly) == [Ending.NOT_REACHED, Ending.NOT_REACHED]
    await play.stage.move(MINUTE)
    assert [each.labels for each in asked(play, play.bruno)] == [[], []], "questions stay so"
    [closed] = [each for each in play.stage.said(play.bruno) if "is closed." in each.words]
    assert closed == play.stage.last(play.bruno), "it is said once"
    assert closed.words.startswith("The assembly of ") and "by itself" in closed.words
    read = await play.press(play.bruno, "The minutes")
    assert "A quiet room" in read.words
    for kind in (planning.CLOSING, planning.UNCLOSED):
        assert await play.stage.read(schedules.find, kind, assembly.id) is None
    await play.stage.move(10 * DAY)
    assert len(summaries(play)) == 1 and len(asked(play, play.bruno)) == 2


async def test_its_minutes_end_when_it_was_to_end(play: Meeting) -> None:
    assembly = await left_open(play)
    await nobody_closes(play, assembly)
    kept = await play.stage.read(minutes.find, play.centre.id, assembly.id)
    assert kept is not None and kept.is_draft
    assert 0 <= kept.minutes.closed_at - kept.minutes.starts_at - 90 * MINUTE < MINUTE
    out = await play.stage.read(schedules.find, minutes.PUBLISH, assembly.id)
    assert out is not None and out.next_at is not None
    assert abs(out.next_at - play.stage.now - 48 * HOUR) < MINUTE, "all have their time"


async def test_its_chair_is_asked_first_and_everybody_after_that(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    anna = await play.stage.member_id(play.centre, play.anna)
    assert await play.stage.write(duties.take, assembly.id, Duty.CHAIR, anna, play.stage.now)
    await play.stage.move(HOUR)
    await play.stage.say(play.anna, "/assembly")
    await play.press(play.anna, "Open the assembly")
    await play.stage.move(2 * HOUR)
    assert [len(asked(play, each)) for each in (play.anna, play.paula, play.bruno)] == [1, 0, 0]
    await play.stage.move(3 * HOUR)
    assert [len(asked(play, each)) for each in (play.anna, play.paula, play.bruno)] == [2, 1, 1]
    await play.press(play.anna, "Close the assembly", "Close it")
    await play.stage.move(MINUTE)
    assert await play.status(assembly) == "closed"
    assert asked(play, play.bruno) == [], "it says that it is closed"
    told = play.stage.last(play.bruno)
    assert told.words.startswith("The assembly of ") and told.words.endswith("is closed.")
    assert told.labels == ["The minutes", "Back"]
    await play.stage.move(20 * HOUR)
    assert len(summaries(play)) == 1 and "by itself" not in summaries(play)[0]


async def test_still_going_on_asks_later_and_closes_a_day_later(play: Meeting) -> None:
    assembly = await left_open(play)
    await play.stage.move(2 * HOUR)
    at_point = await play.press(play.paula, "Still going on")
    assert "A quiet room" in at_point.words
    await play.stage.move(MINUTE)
    bruno = asked(play, play.bruno)
    assert bruno == []
    said = play.stage.last(play.bruno)
    assert said.words.startswith("Somebody says that the assembly is still going on.")
    assert said.labels == ["Go on with the assembly"]
    await play.stage.move(30 * MINUTE)
    assert len(asked(play, play.paula)) == 1
    await play.stage.move(15 * HOUR)
    again = asked(play, play.paula)[-1]
    await play.stage.press(play.paula, again, "Still going on")
    await play.stage.move(8 * HOUR)
    assert await play.status(assembly) == "open"
    await nobody_closes(play, assembly)
    assert len(summaries(play)) == 1


async def test_while_somebody_moves_on_nobody_is_asked(play: Meeting) -> None:
    await left_open(play)
    await play.stage.move(100 * MINUTE)
    await play.press(play.paula, "Next")
    await play.stage.move(20 * MINUTE)
    assert asked(play, play.paula) == []
    await play.stage.move(10 * MINUTE)
    assert len(asked(play, play.paula)) == 1


async def test_another_length_is_another_end(play: Meeting) -> None:
    await left_open(play)
    await play.press(play.paula, "All points", "Time", "How long the assembly takes", "180")
    await play.stage.move(3 * HOUR)
    assert asked(play, play.bruno) == []
    await play.stage.move(30 * MINUTE)
    assert len(asked(play, play.bruno)) == 1


async def test_at_night_nobody_is_asked(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene(ahead=6 * HOUR)
    await play.stage.move(6 * HOUR)
    await play.open()
    await play.stage.move(4 * HOUR)
    assert asked(play, play.bruno) == []
    await play.stage.move(10 * HOUR)
    assert len(asked(play, play.bruno)) == 1


async def test_back_after_days_it_asks_before_it_closes(play: Meeting) -> None:
    assembly = await left_open(play)
    await play.stage.move(5 * DAY)
    await play.stage.restart()
    assert await play.status(assembly) == "open" and summaries(play) == []
    await play.stage.move(HOUR)
    assert len(asked(play, play.bruno)) == 1
    await nobody_closes(play, assembly)
    assert len(summaries(play)) == 1


async def test_open_questions_keep_their_own_time(play: Meeting) -> None:
    assembly = await left_open(play)
    await play.press(play.paula, "Put it to a decision", "One week", "Put it to everybody")
    await nobody_closes(play, assembly)
    [told] = summaries(play)
    assert "Still being decided: A quiet room" in told
    [question] = await play.stage.read(decisions.open_ones, play.centre.id)
    assert question.question == "A quiet room?"


async def test_what_a_stranger_forges_does_nothing(play: Meeting) -> None:
    assembly = await left_open(play)
    before = await play.stage.read(schedules.find, planning.UNCLOSED, assembly.id)
    home = await play.stage.say(play.anna, "/help")
    await play.stage.forge(play.anna, home, GoesOn(play.centre.id, assembly.id).encode())
    assert await play.stage.read(schedules.find, planning.UNCLOSED, assembly.id) == before


async def test_after_it_is_closed_still_going_on_says_so(play: Meeting) -> None:
    assembly = await left_open(play)
    await play.stage.move(2 * HOUR)
    [question] = asked(play, play.paula)
    await play.stage.press_each(play.bruno, "Close the assembly", "Close it")
    await play.stage.forge(play.paula, question, GoesOn(play.centre.id, assembly.id).encode())
    assert question.words == "This assembly is closed."
    assert await play.stage.read(schedules.find, planning.CLOSING, assembly.id) is None
