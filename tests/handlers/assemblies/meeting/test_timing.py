"""Time: minutes by buttons, the total against the assembly's, and a quiet sign when one is over."""

from __future__ import annotations

import pytest
from kit.meeting import HOUR, Meeting
from kit.stage import Stage

from handlers.assemblies.timing_presses import PlanTime, PlanTimes, SetLength, SetTime
from storage import assemblies, points, schedules
from storage.assemblies import SIGN, Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

ON, ALL, TIME = "Go on with the assembly", "All points", "Time"
OVER = "The time for this point is over."


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def minutes(play: Meeting, assembly: Assembly) -> list[int | None]:
    return [each.planned_minutes for each in await play.stage.read(points.items, assembly.id)]


async def test_the_chair_sees_the_total_against_the_assembly(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", "More plants")
    assembly = await play.convene(12 * HOUR)
    await play.hub()
    change = next(each for each in play.stage.last(play.paula).labels if "Change" in each)
    times = await play.press(play.paula, change, "The time of the points")
    assert "Together: 0 minutes.\n3 points have no time." in times.words
    times = await play.press(play.paula, "1", "45", "2", "30")
    assert "1. A quiet room · 45 minutes\n2. A trip in spring · 30 minutes\n3. More plants" in (
        times.words
    )
    assert "Together: 75 minutes.\nOne point has no time." in times.words
    times = await play.press(play.paula, "How long the assembly takes", "60")
    assert "Together: 75 of 60 minutes.\nThat is 15 minutes too much." in times.words
    one = await play.press(play.paula, "1")
    assert "✓ 45" in one.labels
    times = await play.press(play.paula, "No time")
    assert "Together: 30 of 60 minutes.\n2 points have no time." in times.words
    assert await minutes(play, assembly) == [None, 30, None]


async def test_whoever_leads_sees_by_itself_that_a_time_is_over(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    await play.open()
    point = await play.press(play.paula, TIME, "10")
    assert "Time for it until 13:" in point.words and OVER not in point.words
    await play.stage.say(play.bruno, "/facilitate")
    brunos = await play.press(play.bruno, ON)
    in_group, in_private = len(play.stage.said(play.group)), len(play.stage.said(play.paula))
    await play.stage.move(11 * 60)
    await play.stage.move(10)
    for screen in (point, brunos):
        assert OVER in screen.words, "edited in place"
        assert "+5 minutes" in screen.labels
    assert len(play.stage.said(play.group)) == in_group
    assert len(play.stage.said(play.paula)) == in_private, "without a new message"
    await play.stage.move(7 * 60)
    longer = await play.stage.press(play.paula, point, "+5 minutes")
    assert longer.answer is not None
    assert OVER not in point.words and "+5 minutes" not in point.labels
    [longer_now, _] = await minutes(play, assembly)
    assert longer_now is not None and 23 <= longer_now <= 25, "five from now on"
    await play.stage.move(9 * 60)
    await play.stage.move(10)
    assert OVER in point.words, "and once more"
    await play.stage.press(play.paula, point, "Next")
    await play.stage.move(3 * HOUR)
    assert OVER not in point.words, "the next point has no time"


async def test_whoever_is_elsewhere_is_left_in_peace(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene()
    await play.open()
    await play.press(play.paula, TIME, "5", ALL)
    listed = play.stage.last(play.paula)
    before = listed.words
    await play.stage.move(6 * 60)
    await play.stage.move(10)
    assert listed.words == before
    assert OVER in (await play.press(play.paula, "Back")).words


async def test_the_break_comes_by_itself_and_a_restart_loses_no_sign(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.hub("The centre", "How our assemblies begin", "A break", "30 minutes")
    await play.convene()
    await play.open()
    point = await play.press(play.paula, TIME, "5")
    await play.stage.restart()
    await play.stage.move(6 * 60)
    await play.stage.move(10)
    assert OVER in point.words and "break" not in point.words
    await play.stage.move(25 * 60)
    await play.stage.move(10)
    assert "It is time for the break." in point.words


async def test_closing_ends_the_signs_and_other_facilitators_buttons(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, TIME, "5")
    await play.stage.say(play.bruno, "/facilitate")
    brunos = await play.press(play.bruno, ON)
    closed = await play.press(play.paula, "Close the assembly", "Close it")
    await play.stage.move(6 * 60)
    await play.stage.move(10)
    assert "The assembly is closed." in closed.words and "Back" in closed.labels
    assert brunos.labels == [] and OVER not in brunos.words
    async with play.stage.voci.database.reading() as tx:
        assert await schedules.find(tx, SIGN, assembly.id) is None


async def test_nobody_else_gives_points_their_time(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    screen = await play.open()
    [item] = await play.stage.read(points.items, assembly.id)
    other, zoe, zoes = await play.elsewhere()
    for press in (
        SetTime(other.id, item.id, 1, 10),
        PlanTime(other.id, item.id, 0),
        PlanTimes(other.id, assembly.id, 1),
        SetLength(other.id, assembly.id, 60),
    ):
        zoe.forge_press(zoes, press.encode())
        await play.stage.settle()
        assert "A quiet room" not in play.stage.last(zoe).words
    for made_up in (-5, 10**9):
        play.paula.forge_press(screen, SetTime(play.centre.id, item.id, 0, made_up).encode())
    play.paula.forge_press(screen, SetLength(play.centre.id, assembly.id, 7).encode())
    await play.stage.settle()
    assert await minutes(play, assembly) == [None]
    await play.hub(ON, "Close the assembly", "Close it")
    play.paula.forge_press(screen, SetTime(play.centre.id, item.id, 0, 10).encode())
    await play.stage.settle()
    assert await minutes(play, assembly) == [None]
    found = await play.stage.read(assemblies.by_id, assembly.id)
    assert found is not None and found.length_minutes is None


async def test_a_clock_that_leaps_ahead_in_an_open_assembly_takes_nothing(play: Meeting) -> None:
    """Three hours at once, with a time that runs and notes that are being written."""
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, TIME, "10")
    await play.press(play.paula, "Notes")
    await play.stage.say(play.paula, "It should be green.")
    play.stage.clock.move(3 * HOUR)
    await play.stage.restart()
    await play.stage.tick()
    await play.stage.say(play.paula, "/facilitate")
    point = await play.press(play.paula, ON)
    assert "1 of 2: A quiet room" in point.words and OVER in point.words
    assert "Notes · 1" in point.labels
    assert await minutes(play, assembly) == [10, None]
    assert await play.status(assembly) == "open"
