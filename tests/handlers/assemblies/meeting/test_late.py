from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.stage import Stage

from handlers.assemblies.presses import DecideLate, ShowLate
from storage import proposals

pytestmark = pytest.mark.usefixtures("no_errors")

TAKE, NEXT_TIME = "Take it today", "Next time"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def test_what_came_later_is_offered_one_by_one_at_the_end(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    trip, plants, _ = await play.propose("A trip", "More plants", "A bench", reason="It helps.")
    listed = await play.stage.say(play.anna, "/assembly")
    await play.stage.press(play.anna, listed, "The list")
    assert "Came later; the assembly decides whether to take it:\n• A trip" in listed.words
    await play.open()
    end = await play.press(play.paula, "Next")
    assert "Came later: A trip" in end.words and "It helps." in end.words
    assert "2 more came later." in end.words
    taken = await play.press(play.paula, TAKE)
    assert "2 of 2: A trip" in taken.words
    end = await play.press(play.paula, "Talked about", "Next")
    assert "Came later: More plants" in end.words
    await play.stage.restart()
    end = await play.press(play.paula, NEXT_TIME)
    assert "Came later: A bench" in end.words
    end = await play.press(play.paula, NEXT_TIME)
    assert "That was the last point." in end.words
    asked = await play.press(play.paula, "Close the assembly")
    assert "2. A trip · talked about" in asked.words
    assert "3. More plants · goes on next time" in asked.words
    await play.press(play.paula, "Close it")
    found = [await play.stage.read(proposals.get, play.centre.id, each) for each in (trip, plants)]
    assert [each and each.status for each in found] == ["settled", "open"]
    assert await play.status(assembly) == "closed"


async def test_the_group_sees_that_it_is_at_what_was_taken(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene()
    await play.propose("A trip")
    await play.open()
    await play.press(play.paula, "Next")
    card = await play.stage.say(play.anna, "/assembly", play.group)
    assert "All points have been called." in card.words
    await play.press(play.paula, TAKE)
    await play.stage.move(30)
    assert "Now, 2 of 2: A trip" in card.words


async def test_without_points_what_came_later_is_offered_at_once(play: Meeting) -> None:
    await play.convene()
    await play.propose("A trip")
    assert "Came later: A trip" in (await play.open()).words
    assert "1 of 1: A trip" in (await play.press(play.paula, TAKE)).words


async def test_two_facilitators_at_once_put_it_on_the_list_once(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    [trip] = await play.propose("A trip")
    await play.open()
    await play.press(play.paula, "Next")
    await play.stage.say(play.bruno, "/facilitate")
    await play.stage.press_each(play.bruno, "Go on with the assembly")
    presses = [
        play.paula.press(play.stage.last(play.paula), TAKE),
        play.bruno.press(play.stage.last(play.bruno), NEXT_TIME),
    ]
    for press in presses:
        await press.answered()
    await play.stage.settle()
    assert len(await play.items(assembly)) == 2
    today = DecideLate(play.centre.id, assembly.id, trip, today=True)
    play.bruno.forge_press(play.stage.last(play.bruno), today.encode())
    await play.stage.settle()
    assert len(await play.items(assembly)) == 2


async def test_only_who_leads_decides_that(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    [trip] = await play.propose("A trip")
    await play.open()
    screen = await play.stage.say(play.anna, "/assembly")
    press = DecideLate(play.centre.id, assembly.id, trip, today=True)
    play.anna.forge_press(screen, press.encode())
    await play.stage.settle()
    assert len(await play.items(assembly)) == 1


async def test_it_can_be_taken_when_the_assembly_opens(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene()
    await play.propose("A trip", "More plants", "A bench", reason="It helps.")
    opened = await play.open()
    assert opened.labels[0] == "Came later · 3"
    asked = await play.press(play.paula, "Came later · 3")
    assert "Came later: A trip" in asked.words and "2 more came later." in asked.words
    assert "If not, it waits for next time." in asked.words, "it has not begun, so it can't go on"
    assert asked.labels == [TAKE, NEXT_TIME, "Back"]
    assert "Came later: More plants" in (await play.press(play.paula, TAKE)).words
    assert "Came later: A bench" in (await play.press(play.paula, NEXT_TIME)).words
    opened = await play.press(play.paula, "Back")
    assert "1 of 3: A quiet room" in opened.words and "Came later · 1" in opened.labels
    more = await play.press(play.paula, "More")
    assert "Came later · 1" not in more.labels, "it stands at the first point itself"
    await play.press(play.paula, "Back")
    assert "Came later · 1" not in (await play.press(play.paula, "Next")).labels
    later = await play.press(play.paula, "More", "Came later · 1", NEXT_TIME)
    assert "2 of 4: A trip" in later.words, "back at the point"
    assembly = await play.assembly()
    assert [item.title for item in await play.points(assembly)] == [
        "A quiet room",
        "A trip",
        "More plants",
        "A bench",
    ]


async def test_what_came_later_is_not_shown_to_whoever_does_not_lead(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    await play.propose("A trip")
    await play.open()
    home = await play.stage.say(play.anna, "/help")
    press = await play.stage.forge(play.anna, home, ShowLate(play.centre.id, assembly.id).encode())
    assert press.answer is not None and "Facilitators can do this" in press.answer.text
