"""How a centre's assemblies begin: switched and worded by facilitators, lived in the assembly."""

from __future__ import annotations

import pytest
from kit.meeting import HOUR, Meeting
from kit.stage import Stage

from assembly.endings import Ending
from assembly.openings import Opening
from handlers.assemblies.openings_presses import SwitchOpening, WordOpening
from handlers.assemblies.presses import EndPoint
from storage import openings, points

pytestmark = pytest.mark.usefixtures("no_errors")

SETTINGS = "How our assemblies begin"
ROUND, REPORTS = "A round of how everybody is", "Reports of the groups"
RULES, BREAK = "How we talk with each other", "A break"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def test_facilitators_switch_and_word_how_it_begins(play: Meeting) -> None:
    screen = await play.hub("The centre", SETTINGS)
    assert "A round of how everybody is: off" in screen.words
    assert "What became of what was decided: on" in screen.words
    one = await play.press(play.paula, ROUND)
    assert "On the agenda: How is everybody?" in one.words
    await play.press(play.paula, "Switch it on", "Write other words")
    unfit = await play.stage.say(play.paula, "?")
    assert "That does not fit." in unfit.words
    worded = await play.stage.say(play.paula, "How are <we> today?")
    assert "On the agenda: How are <we> today?" in worded.words
    usual = await play.press(play.paula, "Back to Voci’s words")
    assert "On the agenda: How is everybody?" in usual.words
    await play.press(play.paula, "Back", BREAK)
    chosen = await play.press(play.paula, "45 minutes")
    assert "✓ 45 minutes" in chosen.labels
    settings = await play.press(play.paula, "Back")
    assert "A round of how everybody is: on" in settings.words
    assert "A break: after 45 minutes" in settings.words
    await play.press(play.paula, ROUND, "Write other words", "Back", "Back", "Back")
    said = await play.stage.say(play.paula, "Nobody asked for this")
    assert "On the agenda" not in said.words


async def test_an_assembly_begins_as_its_centre_wants_it(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.hub("The centre", SETTINGS, ROUND, "Switch it on", "Back", REPORTS, "Switch it on")
    await play.press(play.paula, "Back", RULES, "Switch it on")
    assembly = await play.convene()
    point = await play.open()
    assert "1 of 3: How is everybody?" in point.words
    assert "Nothing of it is noted." in point.words
    unwanted = {"Notes", "Put it to a decision", "Talked about", "Write a task"}
    assert not unwanted & set(point.labels)
    opened = play.stage.last(play.group)
    assert "How we talk with each other\nOne speaks, the others listen." in opened.words
    reports = await play.press(play.paula, "Next")
    assert "2 of 3: What the groups report" in reports.words
    assert "taken it back" not in reports.words and "Taken back" not in reports.labels
    await play.press(play.paula, "Talked about", "Next", "Goes on next time")
    asked = await play.press(play.paula, "Close the assembly")
    assert "How is everybody?" not in asked.words, "it does not end somehow"
    assert "2. What the groups report · talked about" in asked.words
    assert "Off the list: 0. Still on it: 1." in asked.words
    await play.press(play.paula, "Close it")
    assert (await play.items(assembly))[1:] == [Ending.TALKED, Ending.GOES_ON]


async def test_what_was_decided_before_is_told_where_there_is_something(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    await play.convene()
    first = await play.open()
    assert "1 of 2: A quiet room" in first.words, "nothing from before yet"
    await play.press(play.paula, "Write a task")
    await play.stage.say(play.paula, "Ask the town for a bench")
    await play.press(play.paula, "In a week", "Go on with the assembly", "Talked about")
    await play.press(play.paula, "Close the assembly", "Close it")
    await play.stage.move(HOUR)
    await play.convene()
    assert "1 of 3: Minutes of the last time: all right?" in (await play.open()).words
    second = await play.press(play.paula, "Next")
    assert "2 of 3: What we decided, and what became of it" in second.words
    assert "Ask the town for a bench" in second.words
    assert "Talked about" in second.labels and "taken it back" not in second.words
    assert "3 of 3: A trip in spring" in (await play.press(play.paula, "Next")).words


async def test_who_leads_sees_when_it_is_time_for_the_break(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.hub("The centre", SETTINGS, BREAK, "30 minutes")
    await play.convene()
    opened = await play.open()
    assert "break" not in opened.words
    said = len(play.stage.said(play.group))
    await play.stage.move(31 * 60)
    point = await play.hub("Go on with the assembly")
    assert "It is time for the break." in point.words
    assert "Now: say when you go on, and go." in point.words
    after = await play.press(play.paula, "We had the break")
    assert "It is time" not in after.words and "We had the break" not in after.labels
    assert len(play.stage.said(play.group)) == said


async def test_nobody_else_changes_how_it_begins(play: Meeting) -> None:
    await play.propose("A quiet room")
    screen = await play.hub("The centre", SETTINGS, ROUND, "Switch it on")
    _, zoe, zoes = await play.elsewhere()
    annas = await play.stage.say(play.anna, "/agenda")
    for person, message in ((zoe, zoes), (play.anna, annas)):
        for press in (
            SwitchOpening(play.centre.id, Opening.ROUND, on=False),
            WordOpening(play.centre.id, Opening.ROUND),
        ):
            person.forge_press(message, press.encode())
            await play.stage.settle()
    for made_up in (
        WordOpening(play.centre.id, Opening.BREAK),
        SwitchOpening(play.centre.id, Opening.BREAK, on=True),
    ):
        play.paula.forge_press(screen, made_up.encode())
        await play.stage.settle()
    found = await play.stage.read(openings.of, play.centre.id)
    assert set(found) == {Opening.ROUND} and found[Opening.ROUND].active
    assembly = await play.convene()
    opened = await play.open()
    item = (await play.stage.read(points.items, assembly.id))[0]
    play.paula.forge_press(opened, EndPoint(play.centre.id, item.id, 0, Ending.TALKED).encode())
    await play.stage.settle()
    assert (await play.items(assembly))[0] is None, "the round does not end somehow"
