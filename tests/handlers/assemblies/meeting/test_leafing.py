"""On, back, and straight to a point: members see where the assembly is, and nothing is settled."""

from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.stage import Stage

from assembly.endings import Ending
from handlers.assemblies.presses import GoToPoint, ListPoints
from storage import assemblies, points

pytestmark = pytest.mark.usefixtures("no_errors")

ON, ALL = "Go on with the assembly", "All points"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def test_straight_to_a_point_of_the_list(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", "More plants")
    assembly = await play.convene()
    await play.open()
    listed = await play.press(play.paula, "Talked about", ALL)
    assert listed.words == (
        "The points\n\n"
        "1. A quiet room (now) · talked about\n2. A trip in spring\n3. More plants\n\n"
        "1 of 3 have ended."
    )
    assert listed.labels == ["1", "2", "3", "Change the order", "Time", "Back"]
    assert "3 of 3: More plants" in (await play.press(play.paula, "3")).words
    assert "(now)" in (await play.press(play.paula, ALL)).words.splitlines()[4]
    assert "1 of 3" in (await play.press(play.paula, "1")).words
    assert "1 of 3" in (await play.press(play.paula, ALL, "1")).words, "where it is already"
    assert await play.items(assembly) == [Ending.TALKED, None, None]


async def test_sixty_points_are_leafed_through_by_page(play: Meeting) -> None:
    await play.propose(*(f"{'A long title ' * 8}{number}" for number in range(1, 61)))
    await play.convene()
    await play.open()
    listed = await play.press(play.paula, ALL, *["More"] * 3)
    assert listed.labels[:10] == [str(number) for number in range(31, 41)]
    await play.press(play.paula, "37")
    listed = await play.press(play.paula, ALL)
    assert listed.labels[:10] == [str(number) for number in range(31, 41)], "where it is"
    last = await play.press(play.paula, "More", "More")
    assert "More" not in last.labels and "60" in last.labels
    assert "31" in (await play.press(play.paula, "Earlier ones", "Earlier ones")).labels


async def test_of_two_who_go_on_at_once_both_see_where_it_is(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", "More plants")
    await play.convene()
    await play.open()
    listed = await play.press(play.paula, ALL)
    await play.stage.say(play.bruno, "/facilitate")
    await play.press(play.bruno, ON, "Next")
    await play.stage.press(play.paula, listed, "3")
    assert "2 of 3" in play.stage.last(play.paula).words, "not from where she had seen it"


async def test_members_see_the_point_it_is_at(play: Meeting) -> None:
    await play.propose("A quiet <room>", "A trip in spring")
    await play.convene()
    await play.open()
    await play.stage.say(play.anna, "/assembly")
    assert "Now, 1 of 2: A quiet <room>" in play.stage.last(play.anna).words
    posted = await play.stage.say(play.anna, "/assembly", play.group)
    assert "Now, 1 of 2: A quiet <room>" in posted.words
    await play.press(play.paula, "Next")
    await play.stage.move(10)
    assert "Now, 2 of 2: A trip in spring" in posted.words, "edited in place"
    said = len(play.stage.said(play.group))
    await play.press(play.paula, "Next")
    await play.stage.move(10)
    assert "All points have been called." in posted.words
    assert len(play.stage.said(play.group)) == said
    card = await play.stage.say(play.anna, "/assembly")
    assert "All points have been called." in card.words


async def test_a_killed_process_comes_back_at_the_same_point(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", "More plants")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, "Talked about", "Next", "Goes on next time")
    await play.stage.restart()
    await play.stage.say(play.bruno, "/facilitate")
    point = await play.press(play.bruno, ON)
    assert "2 of 3: A trip in spring" in point.words
    assert "Goes on next time: it stays on the list." in point.words
    assert await play.items(assembly) == [Ending.TALKED, Ending.GOES_ON, None]
    listed = await play.press(play.bruno, ALL)
    assert "2 of 3 have ended." in listed.words
    assert "3 of 3" in (await play.press(play.bruno, "3")).words
    assert "Now, 3 of 3" in (await play.stage.say(play.anna, "/assembly")).words


async def test_nobody_else_leads_it_elsewhere(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    screen = await play.open()
    items = await play.stage.read(points.items, assembly.id)
    other, zoe, zoes = await play.elsewhere()
    for press in (
        GoToPoint(other.id, items[1].id, 1),
        ListPoints(other.id, assembly.id, 1),
    ):
        zoe.forge_press(zoes, press.encode())
        await play.stage.settle()
        assert "A trip in spring" not in play.stage.last(zoe).words
    play.paula.forge_press(screen, GoToPoint(play.centre.id, items[1].id, 7).encode())
    await play.stage.settle()
    found = await play.stage.read(assemblies.by_id, assembly.id)
    assert found is not None and found.position == 1
    await play.press(play.paula, "Close the assembly", "Close it")
    for press in (
        GoToPoint(play.centre.id, items[1].id, 1),
        ListPoints(play.centre.id, assembly.id, 0),
    ):
        play.paula.forge_press(screen, press.encode())
        await play.stage.settle()
        assert "This assembly is closed." in play.stage.last(play.paula).words
